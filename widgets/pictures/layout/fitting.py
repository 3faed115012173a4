"""Fitting names into their room: folding, and moving apart; the same on screen and on paper. No Qt, no matplotlib."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from widgets.pictures.page import Page, elide

MOST_LINES = 3
WORDS_AT_MOST = 14
"""A name of more words is no name; it is folded as if its last words were one."""


class TooLarge(Exception):
    """Not all of a picture fits the page: so many rows or columns need it so much wider and higher."""

    def __init__(self, *, rows: int = 0, columns: int = 0, wider: float = 0.0, higher: float = 0.0) -> None:
        super().__init__(rows, columns, wider, higher)
        self.rows, self.columns, self.wider, self.higher = rows, columns, wider, higher


def fold(page: Page, text: str, lines: int) -> tuple[str, ...]:
    """Return `text` in at most `lines` lines, broken at spaces so that the widest line is as narrow as can be."""
    words = text.replace(" · ", "\u00a0· ").split(" ")
    if len(words) > WORDS_AT_MOST:
        words = [*words[: WORDS_AT_MOST - 1], " ".join(words[WORDS_AT_MOST - 1 :])]
    best: tuple[str, ...] = (text,)
    for breaks in combinations(range(1, len(words)), min(lines, len(words)) - 1):
        edges = (0, *breaks, len(words))
        tried = tuple(" ".join(words[a:b]) for a, b in pairwise(edges))
        if max(map(page.measure, tried)) < max(map(page.measure, best)):
            best = tried
    return best


def fit_names(
    page: Page, names: Sequence[str], width: float, height: float
) -> tuple[tuple[str, ...], ...] | None:
    """Return every name in lines that fit `width`, whole; None when they do not all fit `width` and `height`.

    A narrow column is tried first, since its room is taken from the figure.

    Parameters
    ----------
    names
        The names, in any order.
    width, height
        The room for all names, one under the other.
    """
    for share, lines in ((0.7, 1), (0.7, 2), (0.85, 2), (1.0, 2), (1.0, MOST_LINES)):
        room = width * share
        folded = tuple(_folded(page, name, lines, room) for name in names)
        fits = all(page.measure(part) <= room for parts in folded for part in parts)
        if fits and sum(map(len, folded)) * page.line <= height:
            return folded
    return None


def _folded(page: Page, name: str, most: int, room: float) -> tuple[str, ...]:
    for lines in range(1, most + 1):
        parts = (name,) if lines == 1 else fold(page, name, lines)
        if max(map(page.measure, parts)) <= room:
            return parts
    return parts


def stack(centres: Sequence[float], sizes: Sequence[float], first: float, last: float) -> list[float]:
    """Return ascending centres moved as little as can be so that blocks of `sizes` do not overlap.

    With the sizes of all earlier blocks taken away, "no overlap" is "ascending": the least squares answer is then
    the isotonic regression of the places, found by pooling adjacent violators.

    Parameters
    ----------
    centres
        Where the blocks would like to be, ascending.
    sizes
        Their sizes.
    first, last
        Between these all blocks lie; when they need more room, they start at `first`.
    """
    offsets, total = [], 0.0
    for size in sizes:
        offsets.append(total + size / 2)
        total += size
    pools: list[tuple[float, int]] = []
    for centre, offset in zip(centres, offsets, strict=True):
        mean, count = centre - offset, 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean, count = (before * many + mean * count) / (many + count), many + count
        pools.append((mean, count))
    tops = [mean for mean, count in pools for _ in range(count)]
    return [max(min(top, last - total), first) + offset for top, offset in zip(tops, offsets, strict=True)]


def wrap(
    page: Page, text: str, width: float, most: int, *, bold: bool = False
) -> tuple[tuple[str, ...], bool]:
    """Return `text` in at most `most` lines of `width`, and whether something had to be cut."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and page.measure(longer, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    cut = tuple(elide(page, line, width, bold=bold) for line in lines)
    return cut, cut != tuple(lines)
