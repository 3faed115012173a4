"""The tables beside the departure figures have the columns of the manual, by any grouping, and say what they lack."""

from __future__ import annotations

from datetime import date

import pytest

from explorer.core.spec import Spec
from explorer.core.views import Source, all_views, figures_of, views_of
from explorer.core.words import Message
from explorer.pipeline.answering import answer
from explorer.pipeline.prices import BundledPrices
from models.results import Nothing, Reason
from models.rules import CBS, NONE
from models.tally.building import build_codes
from tests.models.worlds import make_world

COLUMNS = {
    "lexis": "period month departed person_days rate",
    "life_table": "month at_risk departed censored person_days rate share_staying ci_low ci_high",
    "restricted_mean": (
        "month persons departed mean_days std_error ci_low ci_high mean_months months_low months_high"
    ),
    "differences": "month difference std_error ci_low ci_high p_value",
}


@pytest.fixture(scope="module")
def sources():
    worlds = {"whole": make_world(8, persons=300), "delayed": make_world(9, 300, date(2023, 1, 1))}
    return {
        name: Source(codes=build_codes(world.register()), register=lambda: None, prices=BundledPrices())
        for name, world in worlds.items()
    }


@pytest.mark.parametrize("world", ["whole", "delayed"])
@pytest.mark.parametrize("by", [("cohort",), ("nationality_group", "sex")])
@pytest.mark.parametrize("view", COLUMNS)
def test_a_table_has_the_columns_of_the_manual_after_its_groups(sources, world, view, by):
    table = answer(sources[world], Spec(view=view, by=by), NONE).table()
    assert [column.name for column in table.columns] == [*by, *COLUMNS[view].split(), "status"]
    assert len(table.rows) >= 1
    kinds = {column.name: column.kind for column in table.columns}
    assert kinds["month"] == "count"
    for row in table.rows:
        assert len(row) == len(table.columns)
        assert row[-1] == "ok"


@pytest.mark.parametrize("view", COLUMNS)
def test_it_is_chosen_on_the_page_of_departures_or_on_one_of_its_own(view):
    topic = "lexis" if view == "lexis" else "departure"
    assert view in [one.name for one in views_of(topic)]


def test_only_figures_stand_among_the_small_ones_of_the_overview():
    drawn = [view.name for view in figures_of("departure")]
    assert "differences" in drawn
    assert "restricted_mean" in drawn
    assert "life_table" not in drawn


@pytest.mark.parametrize("view", COLUMNS)
def test_its_note_is_made_of_messages(sources, view):
    released = answer(sources["whole"], Spec(view=view, by=("sex",)), NONE)
    note = all_views()[view].note(released, Spec(view=view).options, sources["whole"].codes.info)
    assert note
    assert all(isinstance(part, Message) for part in note)


@pytest.mark.parametrize("view", COLUMNS)
def test_under_cbs_rules_no_count_from_one_to_nine_is_in_a_table(sources, view):
    table = answer(sources["whole"], Spec(view=view, by=("sex",)), CBS).table()
    counts = [
        place
        for place, column in enumerate(table.columns)
        if column.name in ("at_risk", "departed", "persons")
    ]
    found = [row[place] for row in table.rows for place in counts]
    assert not [cell for cell in found if cell is not None and 0 < cell < 10]


def test_differences_need_a_column_to_compare_by(sources):
    released = answer(sources["whole"], Spec(view="differences"), NONE)
    assert isinstance(released, Nothing)
    assert released.reason == Reason.ONE_GROUP
