"""The room that every picture on screen needs, in pixels."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize

LEAST: Final = QSize(260, 170)
"""Room that every picture needs at least."""
