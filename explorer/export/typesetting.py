"""Text on a page: measured and placed in millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from widgets.palette import Theme

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, width and height of a room on the page, in millimetres."""

POINT_MM = 25.4 / 72
SPACE = 0.21
"""Width of a space, in parts of the size of the font; measured words are never broken."""
_MEASURED = 20.0


@cache
def _word_width(word: str, bold: bool) -> float:
    """Return the width of a word in parts of the size of the font."""
    if not word:
        return 0.0
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    font = FontProperties(weight="semibold" if bold else "normal")
    path = TextPath((0, 0), word.replace("$", r"\$"), size=_MEASURED, prop=font)
    return float(path.get_extents().x1) / _MEASURED


@dataclass(slots=True)
class Pen:
    """Writes on one figure; x and y are millimetres from the lower left corner, y at the top of the text."""

    figure: Any
    width: float
    height: float
    theme: Theme
    points: float = 8.0
    margin: float = 3.0

    @property
    def line(self) -> float:
        """Height of a line in millimetres."""
        return self.points * 1.28 * POINT_MM

    def text_width(self, text: str, size: float = 1.0, *, bold: bool = False) -> float:
        """Return the width of `text` in millimetres."""
        words = text.split(" ")
        width = sum(_word_width(word, bold) for word in words) + SPACE * (len(words) - 1)
        return width * self.points * size * POINT_MM

    def write(
        self,
        text: str,
        x: float,
        y: float,
        hue: str,
        *,
        size: float = 1.0,
        bold: bool = False,
        right: bool = False,
        centre: bool = False,
    ) -> None:
        """Write one line with its top at `y`."""
        if text:
            self.figure.text(
                x / self.width,
                y / self.height,
                text.replace("$", r"\$"),
                color=hue,
                fontsize=self.points * size,
                fontweight="semibold" if bold else "normal",
                ha="right" if right else "center" if centre else "left",
                va="top",
            )

    def sample(self, style: dict[str, Any], x: float, y: float, length: float) -> None:
        """Draw a piece of a line, or its sign three times in a row, or a diamond once, from `x` at the height `y`."""
        from matplotlib.lines import Line2D

        marker = style.get("marker", "")
        shares = {"": (0.0, 1.0), "D": (0.7,)}.get(marker, (0.15, 0.5, 0.85))
        self.figure.add_artist(
            Line2D(
                [(x + length * share) / self.width for share in shares],
                [y / self.height] * len(shares),
                color=self.theme.muted,
                markerfacecolor=self.theme.panel if marker == "D" else self.theme.muted,
                markeredgecolor=self.theme.text,
                **style,
            )
        )

    def paragraph(
        self, text: str, x: float, y: float, width: float, hue: str, *, size: float = 1.0, bold: bool = False
    ) -> float:
        """Write `text` in lines of at most `width`; return the height below it."""
        for line in wrapped(self, text, width, size, bold=bold):
            self.write(line, x, y, hue, size=size, bold=bold)
            y -= self.line * size
        return y - 0.4

    def elided(self, text: str, width: float) -> str:
        """Return `text`, cut with an ellipsis where it is wider than `width`."""
        if self.text_width(text) <= width:
            return text
        while text and self.text_width(text + "…") > width:
            text = text[:-1]
        return text.rstrip() + "…"


def wrapped(pen: Pen, text: str, width: float, size: float = 1.0, *, bold: bool = False) -> list[str]:
    """Return `text` in lines of at most `width` millimetres."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and pen.text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
