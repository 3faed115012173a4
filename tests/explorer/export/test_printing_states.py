"""Stacks and flows on paper: the content of the screen, nothing off the page, no text over another."""

from __future__ import annotations

from importlib import import_module
from itertools import combinations

import pytest
from PySide6.QtWidgets import QWidget

from explorer.export.printing import make_figure, on_paper, print_chart
from tests.explorer.export.test_printing import boxes
from tests.pictures_of_states import LABELS, make_flow, make_stack
from widgets.pictures.chart import Picture
from widgets.pictures.layout import flow, stack
from widgets.pictures.palette import DARK, LIGHT, colour


@pytest.fixture(autouse=True)
def paper():
    with on_paper():
        yield


@pytest.mark.parametrize("kind", sorted({one.kind for one in Picture.__subclasses__()}))
def test_every_kind_of_picture_is_laid_out_for_paper_and_shown_on_screen(kind):
    assert callable(getattr(import_module(f"widgets.pictures.layout.{kind}"), f"draw_{kind}"))
    assert issubclass(getattr(import_module(f"widgets.plots.{kind}"), f"{kind.capitalize()}Plot"), QWidget)


@pytest.mark.parametrize("suffix", ["svg", "pdf", "png"])
@pytest.mark.parametrize("make", [make_stack, make_flow])
def test_the_same_picture_gives_the_same_file_to_the_byte(tmp_path, make, suffix):
    for name in ("one", "two"):
        print_chart(make(panes=2), tmp_path / f"{name}.{suffix}", dpi=60)
    assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()


PICTURES = [
    make_stack(3),
    make_stack(8),
    make_stack(8, observed=20),
    make_stack(5, panes=2),
    make_stack(8, panes=4),
    make_stack(2, months=1),
    make_flow(3, 2),
    make_flow(8, 6),
    make_flow(4, 3, panes=2),
    make_flow(5, 6, panes=4),
    make_flow(1, 1),
]


@pytest.mark.parametrize("size", [(60, 90), (120, 90), (297, 210)])
@pytest.mark.parametrize("place", range(len(PICTURES)))
def test_no_text_leaves_the_page_and_no_two_overlap(size, place):
    figure = make_figure(PICTURES[place], *size)
    page = figure.bbox
    placed = boxes(figure)
    for text, box in placed:
        assert page.x0 - 1 <= box.x0, text
        assert box.x1 <= page.x1 + 1, text
        assert page.y0 - 1 <= box.y0, text
        assert box.y1 <= page.y1 + 1, text
    for (one, a), (other, b) in combinations(placed, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        down = min(a.y1, b.y1) - max(a.y0, b.y0)
        # Boxes hold the room of accents and tails; two lines of text may share a little of it.
        assert across <= 1 or down <= 0.35 * min(a.height, b.height), (one, other)


def said(figure):
    return " ".join(text for text, _ in boxes(figure))


@pytest.mark.parametrize("size", [(85, 110), (160, 110)])
def test_a_stack_says_on_paper_what_it_says_on_screen(size):
    chart = make_stack(6, panes=2)
    words = said(make_figure(chart, *size))
    parts = [chart.badge, chart.source, chart.x.label, chart.y.label, "100%", "24", *LABELS[:1]]
    for part in (*parts, *(pane.title for pane in chart.panes)):
        for word in part.split():
            assert word in words


@pytest.mark.parametrize("size", [(85, 110), (160, 110)])
def test_a_flow_says_on_paper_what_it_says_on_screen(size):
    chart = make_flow(4, 3, panes=2)
    words = said(make_figure(chart, *size))
    parts = [chart.title, chart.badge, chart.source, *chart.columns, *LABELS[:4]]
    for part in (*parts, *(pane.title for pane in chart.panes)):
        for word in part.split():
            assert word in words


@pytest.mark.parametrize("make", [make_stack, make_flow])
def test_one_pane_has_no_title(make):
    chart = make(panes=1)
    assert chart.panes[0].title not in said(make_figure(chart, 160, 110))


@pytest.mark.parametrize("make", [make_stack, make_flow])
def test_an_empty_picture_prints_its_sentence(make):
    words = said(make_figure(make(empty="Niemand is geselecteerd."), 120, 80))
    assert "Niemand is geselecteerd." in words


def pixel(figure, x, y):
    """Return the colour of a place on the page as #rrggbb."""
    import numpy as np

    figure.canvas.draw()
    image = np.asarray(figure.canvas.buffer_rgba())
    across, along = figure.axes[0].transData.transform((x, y))
    red, green, blue = image[image.shape[0] - 1 - int(along), int(across)][:3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def drawn(monkeypatch, module, name, chart, theme):
    """Return the figure and the layout it was drawn by."""
    seen = []
    lay = getattr(module, name)
    monkeypatch.setattr(module, name, lambda *given: seen.append(lay(*given)) or seen[-1])
    figure = make_figure(chart, 160, 110, theme)
    return figure, seen[0]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_layers_on_paper_have_their_colours_at_their_shares(monkeypatch, theme):
    chart = make_stack(4, observed=20)
    figure, laid = drawn(monkeypatch, stack, "lay_stack", chart, theme)
    plane, bottom = laid.panes[0].plane, 0.0
    for layer in chart.panes[0].layers:
        middle = bottom + layer.shares[9] / 2 + 0.013
        assert pixel(figure, plane.x_of(9.3), plane.y_of(middle)) == colour(layer.ink, theme)
        bottom += layer.shares[9]
    assert pixel(figure, plane.x_of(24.3), plane.y_of(0.33)) == theme.panel


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_nodes_on_paper_have_their_colours_at_their_places(monkeypatch, theme):
    chart = make_flow(4, 3)
    figure, laid = drawn(monkeypatch, flow, "lay_flow", chart, theme)
    for node, box in zip(chart.panes[0].nodes, laid.panes[0].nodes, strict=True):
        assert pixel(figure, box.centre, box.middle) == colour(node.ink, theme)
