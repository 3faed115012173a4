"""Which sample is it? The numbers that name a generated dataset (imports nothing: the way to the first window)."""

from __future__ import annotations

from typing import Final

VERSION: Final = 3
"""Raised whenever the generator gives other rows for the same seed."""

DEFAULT_PERSONS: Final = 157_000
DEFAULT_SEED: Final = 2024
SMALL_PERSONS: Final = 2_000
SMALL_SEED: Final = 7
