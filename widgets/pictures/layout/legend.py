"""Names in rows at the top of a picture, each after a sample of what it names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from widgets.pictures.page import Page, elide

SHARE: Final = 0.42
"""Of the height of a picture, the most a legend takes with whole names."""
BESIDE, APART = 0.37, 1.0
"""From a sample to its name, and from a name to the next sample, in lines of text."""


class Spot(NamedTuple):
    """Where a name stands: the left end of its sample, that of its text, the middle of its line, and the text."""

    left: float
    name: float
    middle: float
    text: str


def place_names(page: Page, names: Sequence[tuple[str, float]], before: float = 0.0) -> list[Spot]:
    """Return where names stand, each with the width of its sample, in as many rows as they must from `before` down.

    Where those would take the room of the picture, they stand in even columns, and long ones are cut.
    """
    box, line, spots, x, row = page.box, page.line, [], 0.0, 0
    for name, sample in names:
        wide = min(sample + BESIDE * line + page.measure(name), box.width)
        if x > 0 and x + wide > box.width:
            x, row = 0.0, row + 1
        spots.append((x, row, box.width))
        x += wide + APART * line
    most = max(2, int(box.height * SHARE / line))
    if row + 1 > most:
        columns = math.ceil(len(names) / most)
        pitch = (box.width + APART * line) / columns
        spots = [(at % columns * pitch, at // columns, pitch - APART * line) for at in range(len(names))]
    out = []
    for (name, sample), (x, row, room) in zip(names, spots, strict=True):
        indent = sample + BESIDE * line
        text = elide(page, name, room - indent)
        middle = box.top + before + (row + 0.5) * line
        out.append(Spot(box.left + x, box.left + x + indent, middle, text))
    return out


def cut_name(names: Sequence[str], spots: Sequence[Spot], line: float, x: float, y: float) -> str:
    """Return the whole name that stands cut at a place; else ""."""
    for name, spot in zip(names, spots, strict=True):
        later = [one.left for one in spots if one.middle == spot.middle and one.left > spot.left]
        if spot.left <= x < min(later, default=math.inf) and abs(y - spot.middle) <= line / 2:
            return name if name != spot.text else ""
    return ""
