"""Surfaces and forests on paper: the words of the screen, nothing off the page or over another."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from explorer.core.words import Refusal
from explorer.export.printing import LEAST_POINTS, make_figure, on_paper, print_chart
from tests.pictures_of_rates import make_forest, make_surface
from widgets.pictures.palette import DARK

LONG = "Uitzendbureaus en arbeidsbemiddeling {}"
OUT = "Niet opgenomen: in dit niveau vertrok niemand, zodat er geen verhouding te schatten is; voeg niveaus samen."


@pytest.fixture(autouse=True)
def paper():
    with on_paper():
        yield


def texts(figure):
    from matplotlib.text import Text

    figure.canvas.draw()
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


def boxes(figure):
    renderer = figure.canvas.get_renderer()
    return [(text.get_text(), text.get_window_extent(renderer)) for text in texts(figure)]


def said(figure):
    return " ".join(text for text, _ in boxes(figure))


def check(figure):
    page, placed = figure.bbox, boxes(figure)
    assert placed
    for text, box in placed:
        assert box.x0 >= page.x0 - 1, text
        assert box.x1 <= page.x1 + 1, text
        assert box.y0 >= page.y0 - 1, text
        assert box.y1 <= page.y1 + 1, text
    for (one, a), (other, b) in combinations(placed, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        down = min(a.y1, b.y1) - max(a.y0, b.y0)
        # Boxes hold the room of accents and tails; two lines of text may share a little of it.
        assert across <= 1 or down <= 0.35 * min(a.height, b.height), (one, other)


@pytest.mark.parametrize("suffix", ["svg", "pdf", "png"])
@pytest.mark.parametrize("chart", [make_surface(panes=2), make_forest(series=2)], ids=["surface", "forest"])
def test_the_same_picture_gives_the_same_file_to_the_byte(tmp_path, suffix, chart):
    for name in ("one", "two"):
        print_chart(chart, tmp_path / f"{name}.{suffix}", height_mm=170, dpi=80)
    assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()


@pytest.mark.parametrize("size", [(85, 90), (120, 90), (160, 110), (297, 210)])
@pytest.mark.parametrize("shape", [(28, 28, 1), (40, 20, 1), (28, 28, 3)])
def test_no_text_of_a_surface_leaves_the_page_and_no_two_overlap(size, shape):
    columns, rows, panes = shape
    check(make_figure(make_surface(columns, rows, panes=panes), *size))


@pytest.mark.parametrize("size", [(85, 200), (120, 170), (160, 170), (210, 297)])
@pytest.mark.parametrize("series", [1, 2])
@pytest.mark.parametrize("label", ["Niveau {}", LONG])
def test_no_text_of_a_forest_leaves_the_page_and_no_two_overlap(size, series, label):
    check(make_figure(make_forest(columns=2, series=series, label=label, left_out=OUT, half=0.3), *size))


def test_a_surface_on_paper_has_the_words_of_the_screen():
    chart = make_surface(panes=2)
    found = said(make_figure(chart, 200, 120))
    wanted = [chart.title, chart.badge, chart.source, chart.x.label, chart.y.label, chart.scale_label]
    wanted += [chart.masked_label, "0,0%", "5,0%", "10,0%", "jan 2023"]
    wanted += [pane.title for pane in chart.panes] + [one.label for one in chart.diagonals]
    for part in wanted:
        assert part in found
    assert chart.masked_label not in said(make_figure(make_surface(masked=False), 200, 120))


def test_a_forest_on_paper_has_the_words_of_the_screen():
    chart = make_forest(series=2, left_out=OUT)
    found = said(make_figure(chart, 200, 200))
    for part in (chart.title, chart.badge, chart.x.label, chart.reading_heading, "1,00", "referentie"):
        assert part in found
    for word in OUT.split():
        assert word in found
    for name, _ in chart.series:
        assert name in found
    for row in chart.rows:
        assert row.label in found
        for one in row.estimates:
            assert one.reading in found


def test_every_cell_with_a_value_is_drawn_and_no_other():
    from matplotlib.collections import PolyCollection

    chart = make_surface()
    figure = make_figure(chart, 160, 110)
    tiles = [item for item in figure.findobj(PolyCollection) if len(item.get_paths()) != 64]
    values = chart.panes[0].values
    assert [len(item.get_paths()) for item in tiles] == [int(np.isfinite(values).sum())]


def sizes(figure, chart):
    labels = {row.label for row in chart.rows}
    return {round(text.get_fontsize(), 2) for text in texts(figure) if text.get_text() in labels}


def test_many_rows_are_written_smaller_and_too_many_are_refused_with_the_height_they_need(tmp_path):
    few, many = make_forest(columns=1), make_forest(columns=3, terms=6)
    assert sizes(make_figure(few, 160, 120), few) == {8.0}
    assert LEAST_POINTS <= min(sizes(make_figure(many, 160, 145), many)) < 8.0
    with pytest.raises(Refusal) as refused:
        print_chart(many, tmp_path / "a.svg", height_mm=90)
    needed = int(refused.value.message.values["height"])
    assert sizes(make_figure(many, 160, needed), many) == {LEAST_POINTS}
    with pytest.raises(Refusal):
        make_figure(many, 160, needed - 2)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("chart", [make_surface(panes=2), make_forest(series=2)], ids=["surface", "forest"])
def test_pictures_are_drawn_in_the_colours_of_their_theme(chart):
    figure = make_figure(chart, 160, 170, DARK)
    hues = {text.get_color() for text in texts(figure)}
    assert DARK.text in hues
    assert DARK.muted in hues


def test_an_empty_picture_prints_its_sentence():
    for chart in (make_surface(), make_forest()):
        assert "Niemand" in said(make_figure(replace(chart, empty="Niemand is geselecteerd."), 120, 80))
