"""Curves on paper: the same lines, bands, marks, names and numbers at risk as on screen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from explorer.export.typesetting import Box, Pen
from widgets.pictures.layout.placing import Spot, best_spot
from widgets.pictures.layout.spacing import chosen_ticks, nice_step, spacing_of, spread
from widgets.pictures.layout.strokes import (
    SHORTCUT_WIDTH,
    THIN_LIGHTER,
    dash_of,
    dots_of,
    hue_of,
    lighter,
    shaded,
    thick_and_thin,
)
from widgets.pictures.palette import colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from widgets.pictures.chart import Axis, Chart, FloatArray, Line, RiskRow, Rule

MOST_NAMED: Final = 8
"""With more curves the grey ones are not named: there is no room, and paper cannot be hovered."""
NAMES_SHARE: Final = 0.25
"""Most of the width that names of curves take at the right, and those of numbers at risk at the left."""
SAMPLE: Final = 6.0
"""Length of a sample of a line, in millimetres."""
KEY_STYLES: Final[dict[str, dict[str, Any]]] = {
    "line": {"linewidth": 1.2},
    "dashed": {"linewidth": 0.8, "linestyle": (0, (4.5, 3.0))},
    "dots": {"linestyle": "none", "marker": "o", "markersize": 2.6, "markeredgewidth": 0},
    "diamond": {"linestyle": "none", "marker": "D", "markersize": 4.0, "markeredgewidth": 1.0},
}
MOST_BANDS: Final = 8
"""Paper cannot be hovered: every coloured curve has its band."""


def draw_curves(figure: Any, pen: Pen, chart: Chart, box: Box) -> None:
    """Draw the curves of `chart` in `box`, with its axes, names and numbers at risk."""
    bottom, top = box[1], _keys(pen, chart, box)
    rows = chart.risk if len(chart.risk) * pen.line < (top - bottom) * 0.35 else ()
    axes_bottom = bottom + pen.line * (2.6 + (len(rows) + 0.4 if rows else 0))
    half = max((pen.text_width(row.texts[0]) / 2 for row in rows if row.texts), default=0.0)
    most = pen.width * NAMES_SHARE
    names = max((min(pen.text_width(row.label), most) for row in rows), default=0.0)
    left = pen.margin + max(names + half + 2.5, 9.0)
    labels = max((pen.text_width(line.end) for line in chart.lines), default=0.0)
    right = pen.margin + min(labels, most) + 2
    axes = figure.add_axes(
        (
            left / pen.width,
            axes_bottom / pen.height,
            (pen.width - left - right) / pen.width,
            (top - axes_bottom) / pen.height,
        )
    )
    ticks = _dress(axes, pen, chart, rows)
    _curves(axes, pen, chart)
    draw_rules(axes, pen, chart)
    _end_labels(axes, pen, chart, pen.width - right)
    _risk(axes, pen, chart, rows, ticks)


def _keys(pen: Pen, chart: Chart, box: Box) -> float:
    """Write what styles and signs mean in a row at the top of `box`; return the height below it in millimetres."""
    top = box[1] + box[3]
    if not chart.keys:
        return top
    left, edge = pen.margin, pen.width - pen.margin
    for key in chart.keys:
        wide = SAMPLE + 1.5 + pen.text_width(key.label)
        if left > pen.margin and left + wide > edge:
            left, top = pen.margin, top - pen.line
        pen.sample(KEY_STYLES[key.sign], left, top - pen.line * 0.5, SAMPLE)
        pen.write(
            pen.elided(key.label, edge - left - SAMPLE - 1.5), left + SAMPLE + 1.5, top, pen.theme.muted
        )
        left += wide + 4.5
    return top - pen.line * 1.4


def _dress(axes: Axes, pen: Pen, chart: Chart, rows: Sequence[RiskRow]) -> list[float]:
    """Give the axes their range, ticks, numbers and grid; return the ticks of the months."""
    theme = pen.theme
    axes.set_xlim(chart.x.low, chart.x.high)
    axes.set_ylim(chart.y.low, chart.y.high)
    axes.set_facecolor(theme.panel)
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(theme.line)
    box = axes.get_position()
    width, height = box.width * pen.width, box.height * pen.height
    widest = max((pen.text_width(text) for row in rows for text in row.texts), default=4.0)
    ticks, step = ticks_of(pen, chart.x, width, widest if rows else 0.0)
    axes.set_xticks(ticks, [chart.x.text(tick, step) for tick in ticks])
    rise = nice_step((chart.y.high - chart.y.low) / max(2.0, min(6.0, height / 11)))
    first, last = math.ceil(chart.y.low / rise - 1e-9), math.floor(chart.y.high / rise + 1e-9)
    values = [rise * index for index in range(first, last + 1)]
    axes.set_yticks(values, [chart.y.text(value, rise) for value in values])
    axes.tick_params(length=0, colors=theme.muted, labelsize=pen.points, pad=2.5)
    # A date at the left end is wide: it stands under the lowest number of the values, not beside it.
    axes.tick_params(axis="x", pad=4.5)
    axes.grid(axis="y", color=theme.grid, linewidth=0.6)
    axes.set_axisbelow(True)
    pen.write(
        chart.x.label,
        (box.x0 + box.width) * pen.width,
        box.y0 * pen.height - pen.line * 1.45,
        theme.muted,
        right=True,
    )
    return ticks


def _curves(axes: Axes, pen: Pen, chart: Chart) -> None:
    theme = pen.theme
    for line in chart.lines:
        whole, faintly = thick_and_thin(line)
        axes.plot(line.x, whole, color=hue_of(line, theme), **style_of(line))
        if np.isfinite(faintly).any():
            hue = lighter(hue_of(line, theme), theme, THIN_LIGHTER)
            axes.plot(line.x, faintly, color=hue, **{**style_of(line), "zorder": 1.8})
        dots = dots_of(line)
        if line.style != "dots" and dots.any():
            axes.plot(line.x[dots], line.y[dots], color=hue_of(line, theme), **KEY_STYLES["dots"])
        if line.bands and chart.has_bands(line, MOST_BANDS):
            draw_bands(axes, pen, line)
    for mark in chart.marks:
        edge = theme.text if mark.ink.kind == "grey" else colour(mark.ink, theme)
        axes.plot(
            [mark.x],
            [mark.y],
            marker="D",
            markersize=4.5,
            markerfacecolor=theme.panel,
            markeredgecolor=edge,
            markeredgewidth=1.1,
            linestyle="none",
            zorder=6,
        )


def _end_labels(axes: Axes, pen: Pen, chart: Chart, left: float) -> None:
    box = axes.get_position()
    low, high = chart.y.low, chart.y.high
    ends: list[tuple[float, Line]] = []
    for line in chart.lines:
        seen = np.flatnonzero(np.isfinite(line.y))
        hidden = line.ink.kind == "grey" and len(chart.lines) > MOST_NAMED
        if hidden or not line.end or not len(seen):
            continue
        value = min(max(float(line.y[int(seen[-1])]), low), high)
        ends.append(((box.y0 + box.height * (value - low) / (high - low)) * pen.height, line))
    ends.sort(key=lambda end: end[0])
    bottom, top = box.y0 * pen.height + pen.line / 2, (box.y0 + box.height) * pen.height
    heights = spread([height for height, _ in ends], pen.line * 0.98, bottom, top)
    for height, (_, line) in zip(heights, ends, strict=True):
        hue = pen.theme.muted if line.ink.kind == "grey" else colour(line.ink, pen.theme)
        text = pen.elided(line.end, pen.width - left - pen.margin - 0.5)
        pen.write(text, left + 1.5, height + pen.line * 0.5, hue)


def _risk(axes: Axes, pen: Pen, chart: Chart, rows: Sequence[RiskRow], ticks: Sequence[float]) -> None:
    if not rows:
        return
    box = axes.get_position()
    top = box.y0 * pen.height - pen.line * 1.45
    pen.write(chart.risk_label, pen.margin, top, pen.theme.muted)
    span = chart.x.high - chart.x.low
    for place, row in enumerate(rows, start=1):
        height = top - pen.line * place
        hue = pen.theme.muted if row.ink.kind == "grey" else colour(row.ink, pen.theme)
        pen.write(pen.elided(row.label, pen.width * NAMES_SHARE), pen.margin, height, hue)
        texts = dict(zip(row.x.tolist(), row.texts, strict=True))
        for tick in ticks:
            x = (box.x0 + box.width * (tick - chart.x.low) / span) * pen.width
            pen.write(texts.get(tick, ""), x, height, pen.theme.text, centre=True)


def style_of(line: Line) -> dict[str, Any]:
    """Return how matplotlib draws `line`, all but its colour (`hue_of`): a line, a thin dashed one, or dots."""
    grey = line.ink.kind == "grey"
    if line.style == "dots":
        return {
            "linestyle": "none",
            "marker": "o",
            "markersize": 1.8 if grey else 2.6,
            "markeredgewidth": 0,
            "zorder": 3 if grey else 5,
        }
    pattern = dash_of(line)
    thin = SHORTCUT_WIDTH * 0.68 if line.style == "dashed" else 1.5
    return {
        "linewidth": 0.8 if grey else thin,
        "linestyle": (0, pattern) if pattern else "-",
        "zorder": 2 if grey else 4,
    }


def draw_bands(axes: Axes, pen: Pen, line: Line) -> None:
    """Draw the bands of `line`, the outer lighter than the inner."""
    hue = hue_of(line, pen.theme)
    for band, opacity in shaded(line.bands):
        axes.fill_between(line.x, band.low, band.high, color=hue, alpha=opacity, linewidth=0, zorder=1.5)


def draw_rules(axes: Axes, pen: Pen, chart: Chart) -> None:
    """Draw the rules of `chart` with label and value, each where it covers the curves and other words least."""
    box = axes.get_position()
    frame = (
        box.x0 * pen.width,
        box.y0 * pen.height,
        (box.x0 + box.width) * pen.width,
        (box.y0 + box.height) * pen.height,
    )
    seen = [rule for rule in chart.rules if _inside(rule, chart)]
    points = _places(axes, chart, seen, frame)
    taken: list[Spot] = []
    for rule in seen:
        along = axes.axvline if rule.axis == "x" else axes.axhline
        hue = pen.theme.text if rule.moves else pen.theme.muted
        along(rule.value, color=hue, linewidth=0.8, linestyle="-" if rule.moves else (0, (4, 3)), zorder=5)
        value = rule.text(rule.value)
        wide = pen.text_width(value, bold=True) + (1.8 if rule.label and value else 0.0)
        label = pen.elided(rule.label, frame[2] - frame[0] - wide - 4)
        # Measured words have no room at their sides; a long label would reach its value.
        wide += pen.text_width(label) * 1.04
        spots = _spots(_at(axes, rule.axis, rule.value, frame), rule, frame, wide, pen.line)
        spot = spots[best_spot(spots, points, taken)]
        taken.append(spot)
        _paper(axes, pen, spot)
        top = spot[3] - pen.line * 0.1
        pen.write(label, spot[0], top, pen.theme.muted)
        pen.write(value, spot[0] + wide, top, pen.theme.text, bold=True, right=True)


def _paper(axes: Axes, pen: Pen, spot: Spot) -> None:
    """Lay a piece of paper behind words, so that curves under them do not disturb."""
    from matplotlib.patches import Rectangle

    left, bottom, right, top = (spot[0] - 0.5, spot[1] + 0.2, spot[2] + 0.5, spot[3] - 0.2)
    axes.add_patch(
        Rectangle(
            (left / pen.width, bottom / pen.height),
            (right - left) / pen.width,
            (top - bottom) / pen.height,
            transform=pen.figure.transFigure,
            facecolor=pen.theme.panel,
            alpha=0.82,
            linewidth=0,
            zorder=5.5,
        )
    )


def ticks_of(pen: Pen, axis: Axis, width: float, widest: float) -> tuple[list[float], float]:
    """Return the ticks of an axis of x and their distance, so far apart that no text meets another.

    They are counted from the low end of the axis, as on screen: months from 0. Dates are firsts of months.

    Parameters
    ----------
    width
        Length of the axis in millimetres.
    widest
        Width of the widest number at risk under it, in millimetres; 0 without.
    """
    if axis.choices:

        def between(ticks: Sequence[float]) -> float:
            texts = (pen.text_width(axis.text(tick, spacing_of(ticks))) for tick in ticks)
            return max(widest + 3.5, max(texts, default=0.0) + 2.0)

        found = chosen_ticks(axis.choices, axis.low, axis.high, width, between)
        return found, spacing_of(found)
    steps = axis.steps or (1.0, 2.0, 5.0, 10.0)
    span = max(axis.high - axis.low, 1e-9)
    for step in (*steps, *(steps[-1] * more for more in (2, 4, 8, 16))):
        ticks = [axis.low + step * index for index in range(math.floor(span / step + 1e-9) + 1)]
        texts = max(pen.text_width(axis.text(tick, step)) for tick in ticks)
        if step / span * width >= max(widest + 3.5, texts + 2.0):
            break
    return ticks, step


def _inside(rule: Rule, chart: Chart) -> bool:
    axis = chart.x if rule.axis == "x" else chart.y
    return axis.low <= rule.value <= axis.high


def _at(axes: Axes, axis: str, value: Any, frame: Spot) -> Any:
    """Return where a value, or an array of values, of an axis lies on the page, in millimetres."""
    low, high = axes.get_xlim() if axis == "x" else axes.get_ylim()
    first, last = (frame[0], frame[2]) if axis == "x" else (frame[1], frame[3])
    return first + (value - low) / (high - low) * (last - first)


def _places(axes: Axes, chart: Chart, rules: Sequence[Rule], frame: Spot) -> FloatArray:
    """Return points along the curves and the rules every two millimetres, in millimetres on the page."""
    grid = np.linspace(chart.x.low, chart.x.high, max(8, int((frame[2] - frame[0]) / 2)))
    across, found = _at(axes, "x", grid, frame), []
    for line in chart.lines:
        known = np.isfinite(line.y)
        if known.sum() > 1:
            y = np.interp(grid, line.x[known], line.y[known], left=np.nan, right=np.nan)
            found.append(np.column_stack([across, _at(axes, "y", y, frame)]))
    for rule in rules:
        at = np.full_like(grid, _at(axes, rule.axis, rule.value, frame))
        up = np.linspace(frame[1], frame[3], len(grid))
        found.append(np.column_stack([at, up] if rule.axis == "x" else [across, at]))
    return np.concatenate(found) if found else np.empty((0, 2))


def _spots(at: float, rule: Rule, frame: Spot, wide: float, high: float) -> list[Spot]:
    """Return where the words of a rule can stand, the best first; all lie in the frame."""
    left, bottom, right, top = frame
    if rule.axis == "y":
        starts = (left + 1, right - wide - 1, (left + right - wide) / 2)
        corners = [(x, y) for x in starts for y in (at + 0.4, at - high - 0.4)]
    else:
        downs = (top - high - 0.5, (top + bottom - high) / 2, bottom + 0.5)
        corners = [(x, y) for y in downs for x in (at + 1, at - wide - 1)]
    spots = []
    for x, y in corners:
        x0, y0 = min(max(x, left), max(right - wide, left)), min(max(y, bottom), top - high)
        spots.append((x0, y0, x0 + wide, y0 + high))
    return spots
