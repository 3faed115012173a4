"""What a list offers, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One entry of a list; entries of the same `group`, in a row, stand under its name."""

    key: str
    label: str
    group: str = ""
