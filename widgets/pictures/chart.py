"""What to draw, for any device: axes, lines, bands, marks, numbers at risk, notes. No Qt, no matplotlib.

A Chart is a value. The screen painter (`widgets.plots`) and the print painter (`explorer.export`) draw the same one.
Every text in it is already in the reader's language; every number that is shown as text is already formatted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, Literal, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray: TypeAlias = NDArray[np.float64]
    BoolArray: TypeAlias = NDArray[np.bool_]

NumberText: TypeAlias = Callable[[float, float], str]
"""Text of a value on an axis, given the distance between ticks (0: as exact as a reader wants it)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One axis: its label with the unit, the range of the home view, and how its numbers are written.

    `step` is the smallest sensible distance between ticks (1 for months); 0 leaves it to the painter.
    `steps` are the distances the painter may choose from, ascending (months: 1, 2, 3, 6, 12). Where round values lie
    at uneven distances (firsts of months, ratios on a log scale), `choices` are whole sets of ticks to choose from, the
    densest first.
    """

    label: str
    low: float
    high: float
    text: NumberText
    step: float = 0.0
    steps: tuple[float, ...] = ()
    choices: tuple[tuple[float, ...], ...] = ()


NO_AXIS: Final = Axis(label="", low=0.0, high=1.0, text=lambda value, spacing: "")
"""Of a picture of nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """The role of a colour, not the colour: the palette turns it into one for light, dark and grey print.

    ``ordered``: place `index` of `of` on a one-hue ramp, with a dash; ``categorical``: one of up to eight hues;
    ``single``: the accent; ``grey``: one of too many; ``faint``: what is not told.
    """

    kind: Literal["ordered", "categorical", "single", "grey", "faint"]
    index: int = 0
    of: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """An interval or a range of quantiles around a line, same x as the line; NaN where there is none."""

    low: FloatArray
    high: FloatArray
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One curve. `readings` is the text of every point as the crosshair shows it ("12.3 % (11.9–12.8)").

    NaN in `y` is a gap; its reading says why, where there is more to say than that nobody counts there. `label` is what
    it is called where it is read, and at its end, unless `name` is: where several
    curves of a group differ by their style, the group is named once and the styles stand in the `keys` of the chart.
    `style` is how it is drawn: a line with the dash of its ink, a dashed line whatever the ink (a shortcut beside the
    right curve), or dots (what was observed beside a fit). Where it is `thin` it rests on a handful and is drawn faint.
    """

    key: str
    label: str
    ink: Ink
    x: FloatArray
    y: FloatArray
    readings: tuple[str, ...]
    bands: tuple[Band, ...] = ()
    style: Literal["line", "dashed", "dots"] = "line"
    name: str | None = None
    thin: BoolArray | None = None

    @property
    def end(self) -> str:
        """What stands at the end of the curve; "" for nothing."""
        return self.label if self.name is None else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What a style of line or a sign means, whatever its colour: an entry of the legend."""

    sign: Literal["line", "dashed", "dots", "diamond"]
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A published point: where it lies, what it is called, and where it comes from (shown on hover)."""

    x: float
    y: float
    label: str
    source: str
    ink: Ink


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """Numbers at risk of one group, written under the plot at the x of each (same `x` as the lines)."""

    key: str
    label: str
    ink: Ink
    x: FloatArray
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A straight line across the plot at a value of one axis: a threshold, a minimum wage, the day data end.

    `text` writes its value; a rule that `moves` can be dragged, and then tells where it is let go.
    """

    key: str
    axis: Literal["x", "y"]
    value: float
    label: str
    text: Callable[[float], str]
    moves: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What every figure has, whatever it draws.

    Attributes
    ----------
    title, subtitle
        The measure in words; where the figure comes from ("after CBS figure 8").
    note
        One or two sentences: event, clock, who is at risk, interval, filter, what was hidden.
    source, badge
        The source line; "Synthetic" on every figure made from synthetic data, else "".
    empty
        When not "": why there is nothing to draw, and what to try; nothing else is drawn then.
    description
        The figure in words, for a screen reader and as the alternative text of an export.
    brush_hint
        What dragging or clicking in the figure chooses ("drag to choose people …"); "" when nothing.
    kind
        What it draws: the module of that name in `layout` lays it out for a page, the one in `widgets.plots` shows it.
    """

    kind: ClassVar[str]
    title: str
    subtitle: str = ""
    note: str = ""
    source: str = ""
    badge: str = ""
    empty: str = ""
    description: str = ""
    brush_hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(Picture):
    """Curves.

    Attributes
    ----------
    crosshair
        Words before the readings, a function of x ("month 7, day 213").
    lack
        Why nothing is read at an x where no curve has a value.
    risk_label, risk
        Name of the rows under the plot ("at risk") and one row a group; empty: no rows.
    rules
        Lines across the plot.
    keys
        What styles and signs mean, in a row above the plot.
    brush
        What a brush over the plot takes: a range of x, a range of y at the x where it began, or nothing.
    """

    kind: ClassVar[str] = "curves"
    x: Axis
    y: Axis
    crosshair: Callable[[float], str]
    lack: Callable[[float], str] = lambda x: ""
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    risk_label: str = ""
    risk: tuple[RiskRow, ...] = ()
    rules: tuple[Rule, ...] = ()
    keys: tuple[Key, ...] = ()
    brush: Literal["", "x", "y at x"] = ""

    def has_bands(self, line: Line, most: int) -> bool:
        """Whether the bands of `line` are drawn: of at most `most` curves, lest they hide one another.

        Grey curves stand back behind coloured ones; where there are none, they are what is looked at.
        """
        coloured = sum(one.ink.kind != "grey" for one in self.lines)
        return (coloured or len(self.lines)) <= most and (line.ink.kind != "grey" or not coloured)
