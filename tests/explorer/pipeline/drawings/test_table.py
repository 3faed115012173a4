"""A table as a picture: every number of the answer, as readers of the language write it."""

from __future__ import annotations

from explorer.core.words import Words
from explorer.pipeline.drawings.frame import Look
from explorer.pipeline.drawings.table import written
from models.rules import CBS
from models.selection import IsIn


def labels(chart):
    return [column.label for column in chart.data.columns]


def test_it_has_every_row_and_column_but_a_status_that_says_nothing(figure):
    made = figure("life_table", by=("cohort",))
    chart = made.chart
    assert "Status" not in labels(chart)
    assert list(chart.data.rows) == [row[:-1] for row in made.table.rows]
    assert chart.caption.startswith(f"{len(made.table.rows)} rows")


def test_without_the_interval_its_limits_are_not_there(figure):
    shown, hidden = figure("life_table").chart, figure("life_table", look=Look(interval=False)).chart
    assert [name for name in labels(shown) if name not in labels(hidden)] == [
        "95% CI, lower",
        "95% CI, upper",
    ]
    assert len(shown.data.rows) == len(hidden.data.rows)


def test_what_is_hidden_has_no_number_and_a_status_says_so(figure):
    made = figure("life_table", by=("nationality_group",), rules=CBS)
    data = made.chart.data
    assert labels(made.chart)[-1] == "Status"
    hidden = [row for row in range(len(data.rows)) if data.text(row, len(data.columns) - 1) == "hidden"]
    assert len(hidden) == made.released.hidden > 0
    assert all(data.text(row, labels(made.chart).index("At risk")) == "" for row in hidden)


def test_numbers_headings_and_states_are_in_the_language_of_the_reader(figure):
    chart = figure("stock", lang="nl").chart
    data = chart.data
    share = labels(chart).index("Aandeel werkend")
    assert data.text(0, share).endswith("%")
    assert "," in data.text(0, share)
    moves = figure("transitions", lang="nl").chart
    assert "overig contract" in {moves.data.text(row, 1) for row in range(len(moves.data.rows))}


def test_a_and_b_stand_under_each_other(figure):
    sides = (("A", IsIn("sex", ("female",))), ("B", IsIn("sex", ("male",))))
    chart = figure("life_table", versus=sides).chart
    assert labels(chart)[0] == "Selection"
    assert {row[0] for row in chart.data.rows} == {"A", "B"}


def test_a_difference_of_shares_is_written_in_percentage_points(figure, dataset):
    sides = (("A", IsIn("sex", ("female",))), ("B", IsIn("sex", ("male",))))
    for lang, unit in (("en", " pp"), ("nl", " procentpunt")):
        made = figure("departure", versus=sides, lang=lang)
        data = written(made.table, dataset.codes.info, Words(lang))
        names = [column.key for column in data.columns]
        month = next(row for row, cells in enumerate(data.rows) if cells[names.index("month")] == 12)
        for name in ("difference", "difference_low", "difference_high"):
            value, text = data.rows[month][names.index(name)], data.text(month, names.index(name))
            assert text.endswith(unit)
            number = text.removesuffix(unit).replace("\N{MINUS SIGN}", "-").replace(",", ".")
            assert abs(float(number) / 100 - value) < 0.00006
