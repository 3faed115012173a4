"""Widgets in a row or in a column, written in one breath."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

Part: TypeAlias = QWidget | QLayout | int | tuple[QWidget | QLayout, int] | tuple[QWidget, Qt.AlignmentFlag]
"""What stands in a row: a widget or a layout, also with how far it stretches or where it keeps; or a stretch alone."""
Margins: TypeAlias = tuple[int, int, int, int]


def row(of: QWidget | None, *parts: Part, margins: Margins = (0, 0, 0, 0), gap: int = 0) -> QHBoxLayout:
    """Return `parts` side by side, as the layout `of` a widget or of none yet; margins from the left, as in Qt."""
    layout = QHBoxLayout() if of is None else QHBoxLayout(of)
    _fill(layout, parts, margins, gap)
    return layout


def column(of: QWidget | None, *parts: Part, margins: Margins = (0, 0, 0, 0), gap: int = 0) -> QVBoxLayout:
    """Return `parts` one under the other, as `row` does side by side."""
    layout = QVBoxLayout() if of is None else QVBoxLayout(of)
    _fill(layout, parts, margins, gap)
    return layout


def _fill(layout: QBoxLayout, parts: tuple[Part, ...], margins: Margins, gap: int) -> None:
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    for part in parts:
        if isinstance(part, int):
            layout.addStretch(part)
            continue
        what, how = part if isinstance(part, tuple) else (part, 0)
        if isinstance(what, QLayout):
            layout.addLayout(what, how if isinstance(how, int) else 0)
        elif isinstance(how, Qt.AlignmentFlag):
            layout.addWidget(what, 0, how)
        else:
            layout.addWidget(what, how)
