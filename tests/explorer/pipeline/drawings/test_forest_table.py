"""The table of a fit is written as readers write it, and copied as numbers."""

from __future__ import annotations

import pytest

from explorer.core.words import Words
from explorer.pipeline.drawings.table import written


@pytest.mark.parametrize(("lang", "least"), [("en", "<0.0001"), ("nl", "<0,0001")])
def test_a_p_value_next_to_nothing_is_shown_as_less_and_copied_as_a_number(figure, dataset, lang, least):
    found = figure("model_terms")
    shown = written(found.table, dataset.codes.info, Words(lang))
    place = [column.key for column in shown.columns].index("p_value")
    told = {
        row: (cells[place], shown.text(row, place), shown.plain(row, place))
        for row, cells in enumerate(shown.rows)
        if cells[place] is not None
    }
    small = [one for one in told.values() if one[0] < 1e-4]
    assert small
    assert {text for _, text, _ in small} == {least}
    assert all(
        float(plain.replace(",", ".")) == pytest.approx(value, rel=0.01) for value, _, plain in small if value
    )
    assert all("<" not in text for value, text, _ in told.values() if value >= 1e-4)
