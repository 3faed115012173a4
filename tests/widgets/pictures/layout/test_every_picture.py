"""Every kind of picture, on paper and in windows, in both languages, with text at 100 and 200 %: nothing is cut."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace

import pytest
from PySide6.QtGui import QFont

from explorer.export.paper import PaperPage
from explorer.export.printing import on_paper
from explorer.export.typesetting import Pen
from tests.charts import make_chart
from tests.pictures_of_rates import make_forest, make_surface, make_table
from tests.pictures_of_states import LABELS, make_flow, make_stack
from tests.widgets.pictures.layout.recording import Recording
from widgets.pictures.chart import Key, Rule
from widgets.pictures.layout.curve_places import lay_curves, month_ticks, paint_around
from widgets.pictures.layout.curves import draw_curves
from widgets.pictures.layout.fitting import TooLarge
from widgets.pictures.layout.flow import draw_flow
from widgets.pictures.layout.forest import draw_forest, lay_forest
from widgets.pictures.layout.plane import value_ticks
from widgets.pictures.layout.stack import draw_stack, lay_stack
from widgets.pictures.layout.surface import draw_surface, lay_surface
from widgets.pictures.layout.table import draw_table
from widgets.pictures.page import Box
from widgets.pictures.palette import LIGHT
from widgets.plots.painted_page import PaintedPage

OUT = "Niet opgenomen: in dit niveau vertrok niemand, zodat er geen verhouding te schatten is; voeg niveaus samen."
ENGLISH = (
    dict(
        zip(
            LABELS,
            (
                "employed by a company",
                "temporary work agency",
                "self-employed",
                "benefit",
                "education",
                "neither work nor benefit",
                "settled again",
                "left the Netherlands",
            ),
            strict=True,
        )
    )
    | {
        "maanden sinds vestiging": "months since settling",
        "onder risico": "at risk",
        "Einde van de waarneming": "End of observation",
        "Minimumloon": "Minimum wage",
        "gepubliceerd": "published",
        "Selectie A": "Selection A",
        "Selectie B": "Selection B",
        "referentie": "reference",
        "Niveau weg": "Level that is out",
        OUT: "Left out: nobody departed at this level, so that no ratio can be estimated; merge levels.",
        "verhouding (95%-interval)": "ratio (95% interval)",
        "verhouding van vertrekkansen (logaritmische schaal)": "hazard ratio (log scale)",
        "kalendermaand": "calendar month",
        "vertrekkans per maand": "departure rate",
        "minder dan 10 personen of 30 persoonsmaanden": "too few persons",
        "Vestigingsperiode": "Period of settling",
        "Onder risico": "At risk",
        "Aandeel gebleven": "Share that stayed",
        "95% van": "95% from",
        "95% tot": "95% to",
        "Maand": "Month",
    }
    | {f"Vestigingsperiode {place}": f"Settled in period {place}" for place in range(20)}
)
ENGLISH |= {f"maand {month}": f"month {month}" for month in range(0, 40, 6)}
ENGLISH |= {f"Niveau {level}": f"Level {level}" for level in ("nul", *range(9))}
ENGLISH |= {f"Kenmerk {column}": f"Covariate {column}" for column in range(9)}
ENGLISH |= {f"Groep {pane}": f"Group {pane}" for pane in range(9)}
ENGLISH |= {f"Groep met een naam {pane}": f"Group with a name {pane}" for pane in range(9)}


def in_english(value):
    """Return a picture with its words in English."""
    if isinstance(value, str):
        return ENGLISH.get(value, value)
    if isinstance(value, tuple):
        return tuple(map(in_english, value))
    if is_dataclass(value):
        return replace(value, **{one.name: in_english(getattr(value, one.name)) for one in fields(value)})
    return value


def ruled(chart):
    rules = (
        Rule(key="loon", axis="y", value=0.35, label="Minimumloon", text=lambda v: f"{v:.2f}", moves=True),
        Rule(key="einde", axis="x", value=20.0, label="Einde van de waarneming", text=lambda v: ""),
    )
    keys = (Key(sign="diamond", label="gepubliceerd"), Key(sign="dots", label="geteld"))
    return replace(chart, rules=rules, keys=keys)


def draw_around(chart, page):
    """Draw what stands around curves that can be hovered and zoomed."""
    laid = lay_curves(chart, page)
    paint_around(laid, page, laid.whole)
    paint_around(lay_curves(chart, page, "g1"), Recording(page), laid.over((3.0, 9.0)))


def whole(draw):
    """Return how a picture is drawn on a page made as large as it asks for: a window scrolls, paper is cut higher."""

    def drawn(chart, page):
        try:
            draw(chart, page)
        except TooLarge as lack:
            box = page.box
            page.box = box._replace(width=box.width + lack.wider, height=box.height + lack.higher)
            drawn(chart, page)

    return drawn


PICTURES = {
    "curves": (make_chart(), draw_curves),
    "curves with rules": (ruled(make_chart(lines=8)), draw_curves),
    "fan": (ruled(make_chart(lines=1)), draw_curves),
    "many curves": (make_chart(lines=14, kind="grey"), draw_curves),
    "curves on screen": (ruled(make_chart()), draw_around),
    "many curves on screen": (make_chart(lines=14, kind="grey"), draw_around),
    "stack": (make_stack(), draw_stack),
    "stack of panes": (make_stack(8, panes=3), draw_stack),
    "flow": (make_flow(5, 5), draw_flow),
    "flow of panes": (make_flow(8, 4, panes=2), draw_flow),
    "forest": (make_forest(columns=2, left_out=OUT), whole(draw_forest)),
    "forest of two": (make_forest(columns=1, terms=3, series=2, left_out=OUT), whole(draw_forest)),
    "surface": (make_surface(), draw_surface),
    "surface of panes": (make_surface(panes=3), draw_surface),
    "surface of few months": (make_surface(40, 20), draw_surface),
    "table": (make_table(6, columns=4), whole(draw_table)),
}
WIDTHS = (85, 120, 180)
WINDOWS = ((320, 240), (560, 340), (820, 420), (1280, 720))


@pytest.fixture(params=[1.0, 2.0], ids=["100 %", "200 %"])
def text_size(request, qapp):
    """Make all text so many times as large; afterwards it is as it was."""
    before = QFont(qapp.font())
    font = QFont(before)
    font.setPointSizeF(before.pointSizeF() * request.param)
    qapp.setFont(font)
    yield request.param
    qapp.setFont(before)


@pytest.fixture
def page(text_size):
    """Return a page of a width in millimetres, or of a size in pixels."""
    from matplotlib.figure import Figure

    def make(size):
        if not isinstance(size, int):
            return PaintedPage(LIGHT, Box(0, 0, *size))
        high = size * 0.8 * text_size
        pen = Pen(Figure(), size, high, LIGHT, points=8.0 * text_size)
        return PaperPage(pen.figure, pen, Box(3, 15, size - 6, high - 25))

    with on_paper():
        yield make


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("size", [*WIDTHS, *WINDOWS], ids=str)
@pytest.mark.parametrize("kind", PICTURES)
def test_no_text_is_cut_at_the_page_and_none_lies_on_another(page, kind, size, language):
    picture, draw = PICTURES[kind]
    recording = Recording(page(size))
    draw(picture if language == "nl" else in_english(picture), recording)
    assert len(recording.written) > 5
    assert recording.outside() == []
    assert recording.meeting() == []


@pytest.mark.parametrize("size", [*WIDTHS, *WINDOWS], ids=str)
def test_what_is_written_at_the_axes_are_the_ticks_of_the_one_function(page, size):
    recording = Recording(page(size))
    draw_curves(make_chart(), recording)
    laid = lay_curves(make_chart(), recording.page, hovers=False)
    ticks = (
        *month_ticks(laid, recording.page, laid.whole),
        *value_ticks(recording.page, laid.chart.y, laid.whole),
    )
    assert len(ticks) > 3
    assert {tick.text for tick in ticks} <= set(recording.texts())
    recording = Recording(page(size))
    draw_stack(make_stack(), recording)
    stack = lay_stack(make_stack(), recording.page)
    assert len(stack.months) > 1
    assert {tick.text for tick in (*stack.months, *stack.values)} <= set(recording.texts())
    recording = Recording(page(size))
    draw_surface(make_surface(), recording)
    surface = lay_surface(make_surface(), recording.page)
    assert len([tick for tick in surface.months if tick.text]) > 1
    assert {tick.text for tick in (*surface.months, *surface.stays)} - {""} <= set(recording.texts())
    recording = Recording(page(size))
    whole(draw_forest)(make_forest(columns=1), recording)
    forest = lay_forest(make_forest(columns=1), recording)
    assert "1,00" in {tick.text for tick in forest.ticks} <= set(recording.texts())
