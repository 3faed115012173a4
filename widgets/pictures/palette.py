"""Colours by role: calm greys, one accent, colour only for data; safe for colour-blind readers and grey print."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from widgets.pictures.chart import Ink


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The greys and the accent of one appearance, as #rrggbb."""

    name: str
    window: str
    panel: str
    raised: str
    text: str
    muted: str
    line: str
    grid: str
    accent: str
    accent_text: str
    warning: str
    ordered: tuple[str, str]
    """First and last colour of the ramp for ordered groups."""
    categorical: tuple[str, ...]
    grey: str


LIGHT: Final = Theme(
    name="light",
    window="#f3f4f6",
    panel="#ffffff",
    raised="#f8f9fb",
    text="#1d2430",
    muted="#5b6472",
    line="#d5d9e0",
    grid="#e7eaef",
    accent="#1f5fa8",
    accent_text="#ffffff",
    warning="#9a5b00",
    ordered=("#0b2f5c", "#4f97d3"),
    categorical=("#1f5fa8", "#d1700a", "#1c8a6a", "#b5408a", "#7a6a00", "#5f4bb6", "#b3392f", "#4c7d8c"),
    grey="#8d95a2",
)

DARK: Final = Theme(
    name="dark",
    window="#14181f",
    panel="#1b212b",
    raised="#222a36",
    text="#e8ebf0",
    muted="#a3acb9",
    line="#343d4b",
    grid="#2a323f",
    accent="#6db1f2",
    accent_text="#0d1520",
    warning="#f0b357",
    ordered=("#d7ebff", "#3f86c9"),
    categorical=("#6db1f2", "#f2a14a", "#4fc9a4", "#ea8cc8", "#d4c04a", "#a99bf0", "#f08a80", "#8cc0d0"),
    grey="#5f6875",
)

THEMES: Final = {"light": LIGHT, "dark": DARK}

LEAST_CONTRAST: Final = 4.5

DASHES: Final[tuple[tuple[float, ...], ...]] = (
    (),
    (5, 2),
    (1.8, 1.6),
    (7, 2, 1.6, 2),
    (3, 1.6),
    (4, 1.5, 1.2, 1.5, 1.2, 1.5),
    (1.2, 2),
    (8, 1.5, 3, 1.5),
)
"""Dash patterns in units of the line's width; the first is a whole line. With colour, never instead of it."""


def colour(ink: Ink, theme: Theme) -> str:
    """Return the colour of `ink` as #rrggbb under `theme`."""
    if ink.kind == "single":
        return theme.accent
    if ink.kind == "grey":
        return theme.grey
    if ink.kind == "faint":
        return theme.line
    if ink.kind == "categorical":
        return theme.categorical[ink.index % len(theme.categorical)]
    share = ink.index / (ink.of - 1) if ink.of > 1 else 0.0
    return _between(theme.ordered[0], theme.ordered[1], share)


def dash(ink: Ink) -> tuple[float, ...]:
    """Return the dash pattern of `ink`; an empty pattern is a whole line."""
    if ink.kind in ("single", "grey", "faint"):
        return ()
    return DASHES[ink.index % len(DASHES)]


@lru_cache(maxsize=256)
def text_colour(ink: Ink, theme: Theme) -> str:
    """Return the colour of words about `ink` on a panel: its hue, moved to the text's until it can be read.

    The least contrast is 4.5 to 1, as WCAG 2.2 asks of small text.
    """
    if ink.kind in ("grey", "faint"):
        return theme.muted
    hue = colour(ink, theme)
    tries = (_between(hue, theme.text, share / 20) for share in range(21))
    return next((one for one in tries if contrast(one, theme.panel) >= LEAST_CONTRAST), theme.text)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21, by the formula of WCAG 2.2."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(hue: str) -> float:
    parts = [int(hue[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _between(first: str, last: str, share: float) -> str:
    parts = (
        round(int(first[at : at + 2], 16) * (1 - share) + int(last[at : at + 2], 16) * share)
        for at in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in parts)
