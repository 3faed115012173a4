"""Text on a page: measured and placed in millimetres."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Any

from widgets.pictures.palette import Theme

POINT_MM = 25.4 / 72
SPACE = 0.21
"""Width of a space, in parts of the size of the font; measured words are never broken."""
NARROWEST = 0.2
"""No letter that is read is narrower, in parts of the size of the font."""
_MEASURED = 20.0
_BREAKS = re.compile(r"[\t\n\r\v\f\x85\u2028\u2029]+")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@cache
def _word_width(word: str, bold: bool) -> float:
    """Return the width of a word in parts of the size of the font."""
    word = printable(word)
    if not word.strip():
        return 0.0
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    font = FontProperties(weight="semibold" if bold else "normal")
    path = TextPath((0, 0), word.replace("$", r"\$"), size=_MEASURED, prop=font)
    return float(path.get_extents().x1) / _MEASURED


def printable(text: str) -> str:
    """Return `text` on one line, without what neither XML nor a font has a sign for: controls, halves of pairs.

    Source: the characters that XML 1.0 allows (W3C, section 2.2).
    """
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", _BREAKS.sub(" ", text))


@dataclass(slots=True)
class Pen:
    """Writes on one figure; x and y are millimetres from the lower left corner, y at the top of the text."""

    figure: Any
    width: float
    height: float
    theme: Theme
    points: float = 8.0
    margin: float = 3.0
    spare: float = 1.0
    """Words are given this many times their width, for a viewer that has another font."""

    @property
    def line(self) -> float:
        """Height of a line in millimetres."""
        return self.points * 1.28 * POINT_MM

    def text_width(self, text: str, size: float = 1.0, *, bold: bool = False) -> float:
        """Return the width of `text` in millimetres."""
        words = text.split(" ")
        width = sum(_word_width(word, bold) for word in words) + SPACE * (len(words) - 1)
        return width * self.spare * self.points * size * POINT_MM

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
    ) -> None:
        """Write one line with its top at `y`."""
        if text:
            self.figure.text(
                x / self.width,
                y / self.height,
                printable(text).replace("$", r"\$"),
                color=hue,
                fontsize=self.points * size,
                fontweight="semibold" if bold else "normal",
                ha="right" if right else "left",
                va="top",
            )

    def paragraph(
        self, text: str, x: float, y: float, width: float, hue: str, *, size: float = 1.0, bold: bool = False
    ) -> float:
        """Write `text` in lines of at most `width`; return the height below it."""
        for line in wrapped(self, text, width, size, bold=bold):
            self.write(line, x, y, hue, size=size, bold=bold)
            y -= self.line * size
        return y - 0.4


def wrapped(pen: Pen, text: str, width: float, size: float = 1.0, *, bold: bool = False) -> list[str]:
    """Return `text` in lines of at most `width` millimetres; a word that is wider is broken."""
    lines: list[str] = []
    for word in text.split():
        rest = word
        while rest:
            part = rest[: _fitting(pen, rest, width, size=size, bold=bold) or 1]
            longer = f"{lines[-1]} {part}" if lines else part
            if lines and part == word and pen.text_width(longer, size, bold=bold) <= width:
                lines[-1] = longer
            else:
                lines.append(part)
            rest = rest[len(part) :]
    return lines


def _fitting(pen: Pen, text: str, width: float, *, size: float = 1.0, bold: bool = False) -> int:
    """Return how many letters of `text` are no wider than `width` millimetres."""
    # So that a name of any length costs no more than one that fits.
    most = min(len(text), int(max(width / size, 0.0) / (NARROWEST * pen.points * POINT_MM)) + 1)
    if pen.text_width(text[:most], size, bold=bold) <= width:
        return most
    return bisect_right(
        range(1, most + 1), width, key=lambda letters: pen.text_width(text[:letters], size, bold=bold)
    )
