"""What is brushed in a picture selects the people it is drawn from, and nobody who cannot be followed."""

from __future__ import annotations

import numpy as np
import pytest

import sample_data
from explorer.core.events import JoinSelection
from explorer.core.reducing import reduce
from explorer.core.spec import Spec
from explorer.core.state import AppState
from explorer.core.views import all_views
from explorer.core.where import parse, unparse
from explorer.core.words import Words
from explorer.pipeline.drawings.frame import Look
from explorer.pipeline.facets import count_facets
from explorer.pipeline.figure import make_figure
from explorer.pipeline.opening import open_dataset
from explorer.registers.engine import Engine
from models.clocks import MONTH_DAYS
from models.rules import NONE
from models.selection import EVERYONE, And, AtMonth, Between, IsIn
from models.tally.choosing import choose, rows
from widgets.pictures.gestures import Brush


@pytest.fixture(scope="module")
def dataset():
    return open_dataset(sample_data.small_path(), Engine(), use_cache=False)


@pytest.fixture(scope="module")
def asked(dataset):
    """Return the table of a view as dictionaries, and what a brush in it selects."""

    def ask(view, brush, by=(), **options):
        found = all_views()[view]
        spec = Spec(view=view, by=by, options=found.options(**options))
        figure = make_figure(dataset, spec, NONE, Look(), Words("en"))
        names = [column.name for column in figure.table.columns]
        table = [dict(zip(names, row, strict=True)) for row in figure.table.rows]
        made = Brush(**brush) if isinstance(brush, dict) else brush(figure)
        return table, found.brush(made, figure.released, spec.options)

    return ask


@pytest.fixture(scope="module")
def figure(dataset):
    """Return a view of those of `selection`, made."""

    def make(view, selection=EVERYONE, by=(), **options):
        spec = Spec(view=view, selection=selection, by=by, options=all_views()[view].options(**options))
        return make_figure(dataset, spec, NONE, Look(), Words("en"))

    return make


def joined(dataset, made, brush, window=None):
    """Return how many are selected after a brush in a figure; None where it chooses nobody."""
    part = all_views()[made.spec.view].brush(brush, made.released, made.spec.options)
    if part is None:
        return None
    state = AppState(selection=made.spec.selection if window is None else window)
    return selected(dataset, reduce(state, JoinSelection(part, whom=made.spec.selection)).selection)


def selected(dataset, predicate):
    return int((choose(dataset.codes, predicate).group >= 0).sum())


def written_and_read(dataset, predicate):
    codes = dataset.codes
    levels = {name: grouping.levels for name, grouping in codes.groupings.items()}
    return parse(unparse(predicate), levels, frozenset(codes.numbers))


@pytest.mark.parametrize("view", ["departure", "destinations", "hazard"])
def test_months_choose_those_still_present_at_the_first_of_them(asked, view):
    assert asked(view, {"kind": "x", "x0": 5.0, "x1": 9.0})[1] == AtMonth("present", (), 5)
    # Everybody is present at settling: nothing would be chosen.
    assert asked(view, {"kind": "x", "x0": 0.0, "x1": 9.0})[1] is None
    assert all_views()[view].brush_hint


@pytest.mark.parametrize(
    "view", ["employment", "contracts", "sectors", "wage_threshold", "wage_growth", "minimum_wage"]
)
def test_months_of_work_choose_those_of_age_of_whom_the_figure_is(dataset, asked, view):
    assert asked(view, {"kind": "x", "x0": 5.0, "x1": 9.0})[1] == AtMonth("of_age", (), 5)
    assert asked(view, {"kind": "x", "x0": 0.0, "x1": 9.0})[1] is None
    assert "18–64" in all_views()[view].brush_hint


def test_as_many_are_chosen_in_the_share_working_as_were_present(dataset, asked):
    table, predicate = asked("employment", {"kind": "x", "x0": 6.0, "x1": 6.0})
    assert selected(dataset, predicate) == next(row["present"] for row in table if row["month"] == 6)


def test_as_many_are_followed_after_a_month_as_were_at_risk_after_it(dataset, asked):
    table, predicate = asked("departure", {"kind": "x", "x0": 6.0, "x1": 6.0})
    found, day = count_facets(dataset.codes, predicate, NONE), MONTH_DAYS[6]
    # Whose stay ends on that very day is at risk on it and not after it.
    last = int((dataset.codes.duration == day).sum())
    assert (
        found.followed + last == next(row["at_risk"] for row in table if row["month"] == 6) < found.selected
    )


def test_the_people_still_present_are_those_whose_curve_goes_on(dataset, asked):
    _, predicate = asked("departure", {"kind": "x", "x0": 6.0, "x1": 6.0})
    codes = dataset.codes
    here = (codes.duration > MONTH_DAYS[6]).sum()
    back = ((codes.returned <= MONTH_DAYS[6]) & rows(predicate, codes)).sum()
    seen = rows(predicate, codes).sum()
    assert seen - back <= here <= seen + (codes.duration == MONTH_DAYS[6]).sum()
    assert seen > 100


@pytest.mark.parametrize("view", ["occupancy", "occupancy_naive"])
@pytest.mark.parametrize("state", ["not working", "agency", "other", "permanent"])
def test_a_layer_selects_the_persons_in_it(dataset, asked, view, state):
    table, predicate = asked(view, {"kind": "item", "key": state, "x0": 6.0, "x1": 6.0})
    assert predicate == AtMonth("state", (state,), 6)
    persons = next(row["persons"] for row in table if (row["month"], row["state"]) == (6, state))
    assert selected(dataset, predicate) == persons


@pytest.mark.parametrize("key", ["departed", "hidden"])
def test_who_departed_or_is_hidden_cannot_be_chosen(asked, key):
    assert asked("occupancy", {"kind": "item", "key": key, "x0": 6.0, "x1": 6.0})[1] is None


EARLIER = [
    EVERYONE,
    And((IsIn("sex", ("female",)), Between("age", 20, 45))),
    AtMonth("present", (), 6),
    AtMonth("state", ("agency", "not working"), 3),
]


@pytest.mark.parametrize("earlier", EARLIER)
@pytest.mark.parametrize("by", [(), ("cohort",), ("sex", "cohort")])
def test_every_stream_and_every_state_of_flows_selects_as_many_as_it_says(dataset, figure, by, earlier):
    made = figure("flows", earlier, by, months=(0, 6, 12))
    seen = 0
    for pane in made.chart.panes:
        for thing in (*pane.nodes, *pane.ribbons):
            found = joined(dataset, made, Brush(kind="item", key=thing.key, group=pane.group))
            if found is not None:
                assert thing.reading.startswith(f"{found:,} persons")
                seen += 1
    assert seen > 10


@pytest.mark.parametrize("earlier", EARLIER)
@pytest.mark.parametrize(
    ("view", "by"), [("occupancy", ()), ("occupancy", ("cohort",)), ("occupancy_naive", ("sex",))]
)
def test_a_layer_of_any_pane_selects_as_many_as_are_in_it(dataset, figure, view, by, earlier):
    made = figure(view, earlier, by)
    counts = {
        (*key[:-1], key[-1], month): count
        for key, row in zip(made.released.keys, made.released["persons"], strict=True)
        for month, count in zip(made.released.at.tolist(), row.tolist(), strict=True)
    }
    seen = 0
    for pane in made.chart.panes:
        for layer in pane.layers:
            for month in (6, 12):
                if month not in pane.x:
                    continue
                brush = Brush(kind="item", key=layer.key, x0=month, x1=month, group=pane.group)
                found = joined(dataset, made, brush)
                if found is not None:
                    assert found == counts[*(level for _, level in pane.group), layer.key, month]
                    seen += 1
    assert seen > 3


def test_who_departed_is_not_chosen_by_a_stream_or_a_state(asked):
    table, _ = asked("flows", {"kind": "item", "key": "12|agency"}, months=(0, 6, 12))
    gone = next(at for at, row in enumerate(table) if row["to_state"] == "departed")
    assert asked("flows", {"kind": "item", "key": str(gone)}, months=(0, 6, 12))[1] is None
    assert asked("flows", {"kind": "item", "key": "12|departed"})[1] is None


def test_a_locked_figure_chooses_among_its_own_people(dataset, figure):
    made = figure("occupancy", IsIn("sex", ("male",)))
    found = joined(
        dataset, made, Brush(kind="item", key="agency", x0=6, x1=6), window=IsIn("sex", ("female",))
    )
    row = made.released.keys.index(("agency",))
    assert found == made.released["persons"][row, 6] > 0


@pytest.mark.parametrize("earlier", EARLIER[:3])
def test_all_wages_at_a_month_are_those_of_all_its_workers(dataset, figure, earlier):
    made = figure("wages", earlier)
    curves = made.released
    brush = Brush(kind="y at x", x0=8.0, x1=8.0, y0=0.0, y1=999.0)
    assert joined(dataset, made, brush) == curves["workers"][0, curves.at.tolist().index(8)]


def test_wages_at_a_month_select_the_workers_between_them(dataset, asked):
    table, predicate = asked("wages", {"kind": "y at x", "x0": 6.0, "x1": 6.0, "y0": 0.0, "y1": 999.0})
    workers = next(row["workers"] for row in table if row["month"] == 6)
    assert selected(dataset, predicate) == workers
    half = next(row["p50"] for row in table if row["month"] == 6)
    _, upper = asked("wages", {"kind": "y at x", "x0": 6.0, "x1": 6.0, "y0": half, "y1": 999.0})
    assert selected(dataset, upper) == pytest.approx(workers / 2, rel=0.1)


def test_wages_of_a_panel_choose_nobody_and_offer_nothing(figure):
    made = figure("wages", balanced=(6, 12))
    brush = Brush(kind="y at x", x0=8.0, x1=8.0, y0=10.0, y1=15.0)
    assert all_views()["wages"].brush(brush, made.released, made.spec.options) is None
    assert made.chart.brush == made.chart.brush_hint == ""


def test_real_wages_and_wages_below_nothing_choose_nobody(asked):
    brush = {"kind": "y at x", "x0": 6.0, "x1": 6.0, "y0": 10.0, "y1": 15.0}
    assert asked("wages", brush, real="2024-01")[1] is None
    assert asked("wages", {**brush, "y0": -5.0, "y1": -1.0})[1] is None


def test_a_diagonal_in_the_pane_of_a_group_chooses_of_that_group(asked):
    brush = {"kind": "diagonal", "x0": 5.0, "x1": 6.0, "group": (("sex", "female"),)}
    _, predicate = asked("lexis", brush, ("sex",))
    assert predicate == And((IsIn("sex", ("female",)), IsIn("month_settled", ("2022-07", "2022-08"))))


def test_a_diagonal_chooses_the_months_in_which_it_settled(asked):
    table, predicate = asked("lexis", {"kind": "diagonal", "x0": 5.0, "x1": 6.0})
    assert min(row["period"] for row in table) == "2022-02"
    assert predicate == IsIn("month_settled", ("2022-07", "2022-08"))


@pytest.mark.parametrize("cells", [(5, 6, 0, 0), (10, 10, 4, 4), (12, 14, 6, 8), (2, 27, 0, 26)])
def test_a_rectangle_chooses_everyone_who_lived_in_it_and_nobody_who_could_not(dataset, asked, cells):
    x0, x1, y0, y1 = cells
    brush = {"kind": "cells", "x0": x0, "x1": x1, "y0": y0, "y1": y1}
    _, predicate = asked("lexis", {name: float(v) if name != "kind" else v for name, v in brush.items()})
    codes = dataset.codes
    begin = np.datetime64("2022-02") + x0, np.datetime64("2022-02") + x1 + 1
    window = [month.astype("datetime64[D]").astype(int) for month in begin]
    # Day t of the stay is calendar day settled + t - 1.
    first = np.maximum(codes.settled + MONTH_DAYS[y0], window[0])
    last = np.minimum(codes.settled + np.minimum(codes.duration, MONTH_DAYS[y1 + 1]) - 1, window[1] - 1)
    lived = first <= last
    chosen = choose(codes, predicate).group >= 0
    assert lived.any()
    assert not (lived & ~chosen).any()
    months = [part for part in getattr(predicate, "parts", (predicate,)) if isinstance(part, IsIn)]
    for label in months[0].values:
        opened = np.datetime64(label).astype("datetime64[D]").astype(int)
        closed = (np.datetime64(label) + 1).astype("datetime64[D]").astype(int) - 1
        assert opened + MONTH_DAYS[y0] < window[1]
        assert closed + MONTH_DAYS[y1 + 1] - 1 >= window[0]
    assert (AtMonth("present", (), y0) in getattr(predicate, "parts", ())) == (y0 > 0)


def test_a_rectangle_in_which_nobody_can_live_chooses_nobody(asked):
    assert asked("lexis", {"kind": "cells", "x0": 0.0, "x1": 0.0, "y0": 20.0, "y1": 22.0})[1] is None


@pytest.mark.parametrize(
    ("view", "brush"),
    [
        ("occupancy", Brush(kind="item", key="not working", x0=6.0, x1=6.0)),
        ("flows", Brush(kind="item", key="6|agency")),
        ("lexis", Brush(kind="cells", x0=8.0, x1=9.0, y0=3.0, y1=4.0)),
        ("wages", Brush(kind="y at x", x0=6.0, x1=6.0, y0=12.34, y1=15.0)),
        ("hazard", Brush(kind="x", x0=6.0, x1=8.0)),
    ],
)
def test_what_was_brushed_can_be_written_and_read(dataset, asked, view, brush):
    _, predicate = asked(view, lambda figure: brush)
    assert written_and_read(dataset, predicate) == predicate
