"""A table on paper: every number, nothing off the page or over another; too many rows are refused in words."""

from __future__ import annotations

from itertools import combinations

import pytest

from explorer.export.paper import TooSmall
from explorer.export.printing import make_figure, on_paper, print_on_first
from tests.pictures_of_rates import make_table


def boxes(figure):
    from matplotlib.text import Text

    renderer = figure.canvas.get_renderer()
    found = [text for text in figure.findobj(Text) if text.get_text().strip()]
    return [(text.get_text(), text.get_window_extent(renderer)) for text in found]


@pytest.mark.parametrize(("rows", "columns"), [(1, 3), (30, 6), (30, 12)])
def test_every_word_lies_on_the_page_and_over_no_other(rows, columns):
    with on_paper():
        figure = make_figure(make_table(rows, columns), 160, 200)
        figure.canvas.draw()
        found = boxes(figure)
    words = [text for text, _ in found]
    data = make_table(rows, columns).data
    for row in range(rows):
        for column in range(columns):
            assert data.text(row, column) in words
    width, height = figure.canvas.get_width_height()
    for text, box in found:
        assert box.x0 >= -1, text
        assert box.x1 <= width + 1, text
        assert box.y0 >= -1, text
        assert box.y1 <= height + 1, text
    for (one, first), (other, second) in combinations(found, 2):
        across = min(first.x1, second.x1) - max(first.x0, second.x0)
        down = min(first.y1, second.y1) - max(first.y0, second.y0)
        assert across < 1 or down < 2, (one, other)


def test_a_page_grows_with_the_rows_and_is_refused_beyond_a_metre(tmp_path):
    print_on_first(make_table(120), tmp_path / "long.svg")
    assert 'height="' in (tmp_path / "long.svg").read_text()[:600]
    with pytest.raises(TooSmall, match="The 2000 rows of this figure need a page at least") as refused:
        print_on_first(make_table(2000), tmp_path / "longer.svg")
    assert refused.value.needed > 1000
    assert not (tmp_path / "longer.svg").exists()


def test_a_height_that_is_asked_for_is_kept(tmp_path):
    with pytest.raises(TooSmall):
        print_on_first(make_table(120), tmp_path / "low.svg", (110.0,))


def test_columns_too_wide_for_the_page_are_refused_in_words(tmp_path):
    with pytest.raises(TooSmall, match="columns of this table need a page at least"):
        print_on_first(make_table(3, 18), tmp_path / "narrow.svg", width_mm=80)
