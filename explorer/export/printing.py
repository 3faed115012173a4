"""Printing a picture: the same figure as on screen, on paper of a stated size, as SVG, PDF or PNG.

Drawn by matplotlib's objects, in millimetres, with the program's own font embedded, and without dates or random
names, so that the same picture gives the same file to the byte. This page has the head and the foot, which all
pictures share; what stands between them is laid out and drawn as on screen.
"""

from __future__ import annotations

import logging
import math
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from explorer.core.placing import put
from explorer.core.words import N_, Refusal
from explorer.export.paper import LONGEST, PaperPage, TooSmall
from explorer.export.svg_text import with_lengths
from explorer.export.typesetting import Pen, printable, wrapped
from widgets.pictures.chart import Chart, Picture
from widgets.pictures.kinds import StackChart, SurfaceChart
from widgets.pictures.layout.fitting import TooLarge
from widgets.pictures.page import Box
from widgets.pictures.palette import LIGHT, Theme

SUFFIXES: Final = (".svg", ".pdf", ".png")
FACES: Final = ("Regular", "Semibold", "It")
FALLBACKS: Final = (
    "DejaVu Sans",
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Devanagari",
    "Noto Sans CJK SC",
    "Segoe UI",
    "Microsoft YaHei",
    "Yu Gothic",
    "Nirmala UI",
    "Arial Unicode MS",
)
"""Fonts of the usual systems for scripts that the program's own font does not have."""
MM: Final = 1 / 25.4
LEAST_WIDTH, LEAST_HEIGHT = 60.0, 50.0
SPARE: Final = 1.3
"""The text of an SVG is drawn by the viewer's font; the widest of the usual ones is so much wider."""
LEAST_ROOM: Final = 14.0
"""Millimetres between title and notes; with less, long names have pushed the picture off its page."""

LEAST_POINTS: Final = 6.5
"""Size of the smallest text in which rows are written that do not fit the page otherwise,"""
SHRINK: Final = 0.25
"""and how much smaller it is made at a time."""

HEIGHTS: Final = (110.0, 150.0, 200.0, 297.0)
"""Heights of a page in millimetres, tried in turn where none is asked."""


def print_chart(
    chart: Picture,
    path: Path,
    *,
    width_mm: float = 160.0,
    height_mm: float = 110.0,
    dpi: int = 300,
    theme: Theme = LIGHT,
    check: Callable[[], None] = lambda: None,
) -> None:
    """Print `chart` to `path`, by its ending, on a page of that size in millimetres; `dpi` is that of a PNG.

    `check` is called before the file is put in its place, and may raise, to call it off.

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
        figure = make_figure(chart, width_mm, height_mm, theme, spare=SPARE if suffix == ".svg" else 1.0)
        content = _printed(figure, chart, suffix, dpi)
    check()
    put(path, content)


def print_on_first(
    chart: Picture,
    path: Path,
    heights: Sequence[float] = HEIGHTS,
    *,
    width_mm: float = 160.0,
    dpi: int = 300,
    check: Callable[[], None] = lambda: None,
) -> None:
    """Print on the first height that holds the figure: a table of many rows needs more than a curve.

    Where several heights may be taken and none is enough, the page is made as high as the rows need, up to a metre.

    Raises
    ------
    Refusal
        As `print_chart`, when no height holds it.
    """
    for height in heights:
        try:
            print_chart(chart, path, width_mm=width_mm, height_mm=height, dpi=dpi, check=check)
        except TooSmall as refusal:
            if height != heights[-1]:
                continue
            if len(heights) == 1 or refusal.needed > LONGEST:
                raise
            print_chart(chart, path, width_mm=width_mm, height_mm=refusal.needed, dpi=dpi, check=check)
        return


@contextmanager
def on_paper() -> Iterator[None]:
    """Give the context in which figures are made: the program's font, embedded, and nothing random.

    A letter that no font here has is drawn as an empty box, and nothing is said of it on a terminal.
    """
    import matplotlib as mpl

    settings: Any = {
        # Text of an SVG stays text, to be edited; where the font is missing another without serifs takes its place.
        "font.family": [_family(), *_fallbacks(), "sans-serif"],
        "pdf.fonttype": 42,
        "svg.fonttype": "none",
        "svg.hashsalt": "cohort-flow-explorer",
        "axes.unicode_minus": True,
    }
    with warnings.catch_warnings(), mpl.rc_context(settings):
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from")
        yield


def make_figure(
    chart: Picture, width_mm: float, height_mm: float, theme: Theme = LIGHT, *, spare: float = 1.0
) -> Any:
    """Return the matplotlib figure of `chart`, made in the context of `on_paper`; nothing lies outside the page.

    `spare` is how many times their width words are given (see `Pen`).
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width_mm * MM, height_mm * MM), facecolor=theme.panel)
    FigureCanvasAgg(figure)
    pen = Pen(figure, width_mm, height_mm, theme, spare=spare)
    top = _head(pen, chart)
    bottom = _foot(pen, chart)
    if top - bottom < LEAST_ROOM:
        raise TooSmall(
            N_("Title and notes of this figure need a page at least {height} mm high at this width."),
            needed=math.ceil(height_mm + LEAST_ROOM - (top - bottom)),
        )
    if chart.empty:
        pen.paragraph(chart.empty, pen.margin, (top + bottom) / 2, pen.width - 2 * pen.margin, theme.muted)
        return figure
    _draw(figure, pen, chart, Box(pen.margin, pen.height - top, pen.width - 2 * pen.margin, top - bottom))
    return figure


def _draw(figure: Any, pen: Pen, chart: Picture, room: Box) -> None:
    """Draw `chart` between head and foot, in smaller text where it does not fit."""
    # Its module is read when it is first needed.
    draw = getattr(import_module(f"widgets.pictures.layout.{chart.kind}"), f"draw_{chart.kind}")
    while True:
        try:
            draw(chart, PaperPage(figure, pen, room))
        except TooLarge as lack:
            if pen.points > LEAST_POINTS:
                pen = replace(pen, points=max(pen.points - SHRINK, LEAST_POINTS))
                continue
            raise _too_small(pen, lack) from None
        return


def _too_small(pen: Pen, lack: TooLarge) -> TooSmall:
    if lack.columns:
        return TooSmall(
            N_("The {columns} columns of this table need a page at least {width} mm wide."),
            columns=lack.columns,
            width=math.ceil(pen.width + lack.wider),
        )
    return TooSmall(
        N_("The {rows} rows of this figure need a page at least {height} mm high."),
        rows=lack.rows,
        needed=math.ceil(pen.height + lack.higher),
    )


def _head(pen: Pen, chart: Picture) -> float:
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
    if chart.empty:
        return top
    if isinstance(chart, Chart | StackChart | SurfaceChart):
        pen.write(chart.y.label, pen.margin, top - 1.2, pen.theme.muted)
        return top - (pen.line + 2.4)
    return top - 2.4


def _foot(pen: Pen, chart: Picture) -> float:
    """Write note, sources of published points and source; return the height above them in millimetres."""
    parts = [text for text in (chart.note, _sources(chart), chart.source) if text]
    lines = [line for text in parts for line in wrapped(pen, text, pen.width - 2 * pen.margin, 0.82)]
    step = pen.line * 0.86
    for place, line in enumerate(reversed(lines)):
        pen.write(line, pen.margin, pen.margin + step * (place + 1), pen.theme.muted, size=0.82)
    return pen.margin + step * len(lines) + 1.5


def _sources(chart: Picture) -> str:
    if not isinstance(chart, Chart):
        return ""
    return " ".join(
        f"{text}." for text in dict.fromkeys(f"{mark.label} ({mark.source})" for mark in chart.marks)
    )


def _printed(figure: Any, chart: Picture, suffix: str, dpi: int) -> bytes:
    title, told = printable(chart.title), printable(chart.description or chart.empty)
    about: dict[str, dict[str, Any]] = {
        ".svg": {"Date": None, "Title": title, "Description": told},
        ".pdf": {"CreationDate": None, "ModDate": None, "Title": title, "Subject": told},
        ".png": {"Title": title, "Description": told, "Software": None},
    }
    to = BytesIO()
    figure.savefig(to, format=suffix[1:], dpi=dpi, metadata=about[suffix], facecolor=figure.get_facecolor())
    return with_lengths(to.getvalue().decode()).encode() if suffix == ".svg" else to.getvalue()


@cache
def _fallbacks() -> tuple[str, ...]:
    """Return the fonts here that have letters the program's own lacks; the first of them comes with matplotlib."""
    from matplotlib import font_manager

    here = {face.name for face in font_manager.fontManager.ttflist}
    return tuple(name for name in FALLBACKS if name in here)


@cache
def _family() -> str:
    """Make the program's font known to matplotlib and return its name."""
    from matplotlib import font_manager

    # That another font has no semibold face is nothing to tell on a terminal.
    logging.getLogger(font_manager.__name__).setLevel(logging.ERROR)
    folder = Path(str(files("font_source_sans_pro"))) / "files"
    for face in FACES:
        font_manager.fontManager.addfont(str(folder / f"SourceSansPro-{face}.ttf"))
    return str(font_manager.FontProperties(fname=str(folder / "SourceSansPro-Regular.ttf")).get_name())
