"""Names in their room: folded whole, never cut, moved as little as can be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.widgets.pictures.layout.recording import Even
from widgets.pictures.chart import Ink
from widgets.pictures.layout.fitting import fit_names, fold, stack, wrap
from widgets.pictures.page import Box, elide
from widgets.pictures.palette import LIGHT, THEMES, contrast, text_colour
from widgets.plots.painted_page import PaintedPage


def test_a_name_is_folded_so_that_its_widest_line_is_narrowest():
    assert fold(Even(), "een twee drie vier", 2) == ("een twee", "drie vier")
    assert fold(Even(), "een twee", 1) == ("een twee",)
    assert fold(Even(), "ondeelbaar", 3) == ("ondeelbaar",)


def test_joined_names_break_after_the_point():
    assert fold(Even(), "vrouw · 2022", 2) == ("vrouw\u00a0·", "2022")


def test_names_that_fit_are_left_alone_and_others_are_folded():
    assert fit_names(Even(), ["kort", "een langere naam"], 10, 9) == (("kort",), ("een", "langere", "naam"))
    assert fit_names(Even(), ["kort", "een langere naam"], 30, 9) == (("kort",), ("een langere naam",))


@pytest.mark.parametrize("room", [(5, 9), (30, 1)])
def test_names_without_room_are_refused_and_not_cut(room):
    assert fit_names(Even(), ["onbreekbaar", "kort"], *room) is None


@given(
    st.lists(st.tuples(st.floats(-50, 150), st.floats(1, 20)), max_size=9),
)
def test_stacked_blocks_never_overlap_and_stay_inside_when_they_can(blocks):
    blocks.sort()
    centres, sizes = [c for c, _ in blocks], [s for _, s in blocks]
    placed = stack(centres, sizes, 0, 100)
    edges = [(c - s / 2, c + s / 2) for c, s in zip(placed, sizes, strict=True)]
    assert all(above[1] <= below[0] + 1e-6 for above, below in pairwise(edges))
    if edges:
        assert edges[0][0] >= -1e-6
        assert edges[-1][1] <= max(100, sum(sizes)) + 1e-6


def test_blocks_with_room_stay_where_they_are_and_others_move_equally():
    assert stack([10, 40], [10, 10], 0, 100) == [10, 40]
    assert stack([50, 50], [10, 10], 0, 100) == [45, 55]


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_words_in_every_ink_can_be_read(theme):
    inks = [Ink(kind="categorical", index=index, of=8) for index in range(8)]
    inks += [Ink(kind="ordered", index=index, of=8) for index in range(8)]
    inks += [Ink(kind="single"), Ink(kind="grey")]
    assert min(contrast(text_colour(ink, theme), theme.panel) for ink in inks) >= 4.5


@pytest.fixture
def page(qapp):
    return PaintedPage(LIGHT, Box(0, 0, 400, 300))


@pytest.mark.parametrize("width", [60.0, 90.0, 200.0, 2000.0])
def test_wrapping_keeps_every_word_or_says_that_it_cut(page, width):
    text = "Niet opgenomen: in dit niveau vertrok niemand, zodat er geen verhouding te schatten is."
    lines, cut = wrap(page, text, width, 3)
    assert len(lines) <= 3
    assert all(page.measure(line) <= width for line in lines)
    assert cut == (" ".join(lines) != text) == any(line.endswith("…") for line in lines)


def test_eliding_keeps_as_much_as_fits(page):
    whole = page.measure("verhouding")
    assert elide(page, "verhouding", whole + 0.5) == "verhouding"
    assert elide(page, "verhouding", page.measure("verhoud…") + 0.5) == "verhoud…"
