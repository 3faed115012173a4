"""A page that remembers what is written on it, with the letters of the screen or of paper."""

from __future__ import annotations

from contextlib import nullcontext
from itertools import combinations

from widgets.pictures.page import Box

LETTERS = 0.62
"""Height of capitals and figures with their tails, in lines of text."""


class Even:
    """A page whose letters are all equally wide; nothing can be drawn on it."""

    line = 1.0

    def __init__(self, letter=1.0):
        self.letter = letter

    def measure(self, text, *, bold=False):
        return self.letter * len(text)


class Recording:
    """Measures as `page` does; what is drawn is forgotten, what is written is kept with the room it takes."""

    def __init__(self, page):
        self.page = page
        self.theme, self.box, self.line = page.theme, page.box, page.line
        self.measure = page.measure
        self.written: list[tuple[str, Box]] = []

    def write(self, text, x, middle, hue, *, align="left", bold=False, opacity=1.0):
        if text.strip():
            wide, high = self.measure(text, bold=bold), LETTERS * self.line
            left = x - wide * {"left": 0.0, "centre": 0.5, "right": 1.0}[align]
            self.written.append((text, Box(left, middle - high / 2, wide, high)))

    def texts(self):
        return [text for text, _ in self.written]

    def outside(self):
        """Return what is written beyond an edge of the page."""
        near = 0.03 * self.line
        room = self.box.grown(near, near)
        return [
            text
            for text, box in self.written
            if not (room.holds(box.left, box.top) and room.holds(box.right, box.bottom))
        ]

    def meeting(self):
        """Return the texts that lie on one another."""
        return [
            (one, other)
            for (one, a), (other, b) in combinations(self.written, 2)
            if min(a.right, b.right) - max(a.left, b.left) > 0.02 * self.line
            and min(a.bottom, b.bottom) - max(a.top, b.top) > 0.02 * self.line
        ]

    def stroke(self, points, hue, width=1.0, *, dash=(), opacity=1.0):
        pass

    def area(self, points, hue, *, opacity=1.0, edge="", width=1.0):
        pass

    def ribbon(self, start, end, hue, *, opacity=1.0):
        pass

    def image(self, box, pixels):
        pass

    def hatch(self, boxes, ground, hue):
        pass

    def clip(self, box):
        return nullcontext()
