"""Printing a Chart: the same figure as on screen, on paper of a stated size, as SVG, PDF or PNG.

Drawn by matplotlib's objects, in millimetres, with the program's own font embedded, and without dates or random
names, so that the same Chart gives the same file to the byte.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from explorer.core.words import N_, Refusal
from explorer.export.tables import write_whole
from explorer.export.typesetting import Pen, wrapped
from widgets.palette import LIGHT, Theme, colour, dash
from widgets.spacing import nice_step, spread

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from widgets.chart import Chart, Line, RiskRow

SUFFIXES: Final = (".svg", ".pdf", ".png")
FACES: Final = ("Regular", "Semibold", "It")
MM: Final = 1 / 25.4
MOST_NAMED: Final = 8
"""With more curves the grey ones are not named: there is no room, and paper cannot be hovered."""
MOST_BANDS: Final = 8
"""Paper cannot be hovered: every coloured curve has its band."""
LEAST_WIDTH, LEAST_HEIGHT = 60.0, 50.0


def print_chart(
    chart: Chart,
    path: Path,
    *,
    width_mm: float = 160.0,
    height_mm: float = 110.0,
    dpi: int = 300,
    theme: Theme = LIGHT,
) -> None:
    """Print `chart` to `path`, by its ending.

    Parameters
    ----------
    width_mm, height_mm
        Size of the page in millimetres.
    dpi
        Dots per inch of a PNG.

    Raises
    ------
    Refusal
        For an unknown ending, a page too small to hold a figure, or a place that cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise Refusal(
            N_("“{file}” has no known ending; choose one of {known}."),
            file=path.name,
            known=", ".join(SUFFIXES),
        )
    if width_mm < LEAST_WIDTH or height_mm < LEAST_HEIGHT:
        raise Refusal(
            N_(
                "A figure of {width} by {height} mm cannot be read; use at least {least_width} by {least_height} mm."
            ),
            width=f"{width_mm:g}",
            height=f"{height_mm:g}",
            least_width=f"{LEAST_WIDTH:g}",
            least_height=f"{LEAST_HEIGHT:g}",
        )
    with on_paper():
        figure = make_figure(chart, width_mm, height_mm, theme)
        write_whole(path, lambda to: _save(figure, chart, to, suffix, dpi))


def on_paper() -> AbstractContextManager[None]:
    """Return the context in which figures are made: the program's font, embedded, and nothing random."""
    import matplotlib as mpl

    settings: Any = {
        "font.family": _family(),
        "pdf.fonttype": 42,
        "svg.fonttype": "path",
        "svg.hashsalt": "cohort-flow-explorer",
        "axes.unicode_minus": True,
    }
    return mpl.rc_context(settings)


def make_figure(chart: Chart, width_mm: float, height_mm: float, theme: Theme = LIGHT) -> Any:
    """Return the matplotlib figure of `chart`, made in the context of `on_paper`; nothing lies outside the page."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width_mm * MM, height_mm * MM), facecolor=theme.panel)
    FigureCanvasAgg(figure)
    pen = Pen(figure, width_mm, height_mm, theme)
    top = _head(pen, chart)
    bottom = _foot(pen, chart)
    if chart.empty:
        pen.paragraph(chart.empty, pen.margin, (top + bottom) / 2, pen.width - 2 * pen.margin, theme.muted)
        return figure
    rows = chart.risk if len(chart.risk) * pen.line < (top - bottom) * 0.35 else ()
    axes_bottom = bottom + pen.line * (2.6 + (len(rows) + 0.4 if rows else 0))
    half = max((pen.text_width(row.texts[0]) / 2 for row in rows if row.texts), default=0.0)
    left = pen.margin + max([pen.text_width(row.label) + half + 2.5 for row in rows] + [9.0])
    labels = max((pen.text_width(line.label) for line in chart.lines), default=0.0)
    right = pen.margin + min(labels, pen.width * 0.28) + 2
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
    _end_labels(axes, pen, chart, pen.width - right)
    _risk(axes, pen, chart, rows, ticks)
    return figure


def _head(pen: Pen, chart: Chart) -> float:
    """Write title, subtitle and badge; return the height below them in millimetres."""
    top = pen.height - pen.margin
    badge = pen.text_width(chart.badge) if chart.badge else 0.0
    if badge:
        pen.write(chart.badge, pen.width - pen.margin, top, pen.theme.muted, right=True)
    top = pen.paragraph(
        chart.title,
        pen.margin,
        top,
        pen.width - 2 * pen.margin - badge - 3,
        pen.theme.text,
        size=1.25,
        bold=True,
    )
    if chart.subtitle:
        top = pen.paragraph(chart.subtitle, pen.margin, top, pen.width - 2 * pen.margin, pen.theme.muted)
    if not chart.empty:
        pen.write(chart.y.label, pen.margin, top - 1.2, pen.theme.muted)
        top -= pen.line + 2.4
    return top


def _foot(pen: Pen, chart: Chart) -> float:
    """Write note, sources of published points and source; return the height above them in millimetres."""
    parts = [text for text in (chart.note, _sources(chart), chart.source) if text]
    lines = [line for text in parts for line in wrapped(pen, text, pen.width - 2 * pen.margin, 0.82)]
    step = pen.line * 0.86
    for place, line in enumerate(reversed(lines)):
        pen.write(line, pen.margin, pen.margin + step * (place + 1), pen.theme.muted, size=0.82)
    return pen.margin + step * len(lines) + 1.5


def _sources(chart: Chart) -> str:
    return " ".join(
        f"{text}." for text in dict.fromkeys(f"{mark.label} ({mark.source})" for mark in chart.marks)
    )


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
    steps = chart.x.steps or (1.0, 2.0, 5.0, 10.0)
    span = chart.x.high - chart.x.low
    step = next((s for s in steps if s / span * width >= widest + 3.5), steps[-1])
    ticks = [
        step * index for index in range(math.ceil(chart.x.low / step), math.floor(chart.x.high / step) + 1)
    ]
    axes.set_xticks(ticks, [chart.x.text(tick, step) for tick in ticks])
    rise = nice_step((chart.y.high - chart.y.low) / max(2.0, min(6.0, height / 11)))
    values = [rise * index for index in range(math.floor(chart.y.high / rise + 1e-9) + 1)]
    axes.set_yticks(values, [chart.y.text(value, rise) for value in values])
    axes.tick_params(length=0, colors=theme.muted, labelsize=pen.points, pad=2.5)
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
    coloured = sum(line.ink.kind != "grey" for line in chart.lines)
    for line in chart.lines:
        hue = colour(line.ink, theme)
        grey = line.ink.kind == "grey"
        style: Any = (0, dash(line.ink)) if dash(line.ink) else "-"
        axes.plot(
            line.x,
            line.y,
            color=hue,
            linewidth=0.8 if grey else 1.5,
            linestyle=style,
            zorder=2 if grey else 4,
        )
        if line.bands and coloured <= MOST_BANDS and not grey:
            axes.fill_between(
                line.x, line.bands[0].low, line.bands[0].high, color=hue, alpha=0.16, linewidth=0, zorder=3
            )
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
        if line.ink.kind == "grey" and len(chart.lines) > MOST_NAMED:
            continue
        seen = np.flatnonzero(np.isfinite(line.y))
        value = min(max(float(line.y[int(seen[-1])]), low), high)
        ends.append(((box.y0 + box.height * (value - low) / (high - low)) * pen.height, line))
    ends.sort(key=lambda end: end[0])
    bottom, top = box.y0 * pen.height + pen.line / 2, (box.y0 + box.height) * pen.height
    heights = spread([height for height, _ in ends], pen.line * 0.98, bottom, top)
    for height, (_, line) in zip(heights, ends, strict=True):
        hue = pen.theme.muted if line.ink.kind == "grey" else colour(line.ink, pen.theme)
        text = pen.elided(line.label, pen.width - left - pen.margin - 0.5)
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
        pen.write(row.label, pen.margin, height, hue)
        texts = dict(zip(row.x.tolist(), row.texts, strict=True))
        for tick in ticks:
            x = (box.x0 + box.width * (tick - chart.x.low) / span) * pen.width
            pen.write(texts.get(tick, ""), x, height, pen.theme.text, centre=True)


def _save(figure: Any, chart: Chart, to: Path, suffix: str, dpi: int) -> None:
    about: dict[str, dict[str, Any]] = {
        ".svg": {"Date": None, "Title": chart.title, "Description": chart.description or chart.empty},
        ".pdf": {"CreationDate": None, "ModDate": None, "Title": chart.title, "Subject": chart.description},
        ".png": {"Title": chart.title, "Description": chart.description, "Software": None},
    }
    figure.savefig(to, format=suffix[1:], dpi=dpi, metadata=about[suffix], facecolor=figure.get_facecolor())


@cache
def _family() -> str:
    """Make the program's font known to matplotlib and return its name."""
    from matplotlib import font_manager

    folder = Path(str(files("font_source_sans_pro"))) / "files"
    for face in FACES:
        font_manager.fontManager.addfont(str(folder / f"SourceSansPro-{face}.ttf"))
    return str(font_manager.FontProperties(fname=str(folder / "SourceSansPro-Regular.ttf")).get_name())
