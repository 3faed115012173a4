"""A beside B tells nothing of the few who are in only one of them."""

from __future__ import annotations

import numpy as np
import pytest

import sample_data
from explorer.core.formulas import model_asked
from explorer.core.modelling import ModelOptions
from explorer.core.spec import Spec
from explorer.core.views import all_views
from explorer.pipeline.answering import answer
from explorer.pipeline.opening import open_dataset
from explorer.pipeline.versus import chosen_apart, only_in_one
from explorer.registers.engine import Engine
from models.disclosure.fits import ReleasedFit, ReleasedNoFit
from models.disclosure.gate import CBS, NONE, ReleasedCurves, Status
from models.fit import Lack
from models.regression.fitting import person_time
from models.selection import EVERYONE, AtMonth, Between, IsIn, Not
from models.tally.choosing import choose


def everyone_and(low):
    """Return everyone as A and, as B, all but the youngest: enough to be counted, and few in many months."""
    return (("A", EVERYONE), ("B", Between("age", low, 120)))


@pytest.fixture(scope="module")
def source():
    return open_dataset(sample_data.small_path(), Engine(), use_cache=False).source


def asked(view, versus, options=None, **parts):
    return Spec(view=view, options=options or all_views()[view].options(), versus=versus, **parts)


def pairs(found, name):
    """Return the numbers of A and of B in the cells that are shown of both, each of shape (groups, points)."""
    groups = sorted({key[1:] for key in found.curves.keys})
    rows = {key: row for row, key in enumerate(found.curves.keys)}
    sides = []
    for side in ("A", "B"):
        values = np.array([found.curves[name][rows[(side, *group)]] for group in groups])
        shown = np.array([found.status[rows[(side, *group)]] == Status.OK for group in groups])
        sides.append((values, shown))
    both = sides[0][1] & sides[1][1]
    return sides[0][0][both], sides[1][0][both]


@pytest.mark.parametrize(
    ("view", "low", "numbers"),
    [
        ("departure", 3, ("at_risk",)),
        ("hazard", 12, ("departed",)),
        ("employment", 20, ("present", "working")),
        ("contracts", 22, ("persons",)),
    ],
)
@pytest.mark.parametrize("by", [(), ("sex",)])
def test_the_numbers_of_a_less_those_of_b_are_none_or_enough(source, view, low, numbers, by):
    sides = everyone_and(low)
    assert only_in_one(source.codes, sides)[0] >= 10
    shown, unruled = (answer(source, asked(view, sides, by=by), rules) for rules in (CBS, NONE))
    assert isinstance(shown, ReleasedCurves)
    seen = 0
    for name in numbers:
        less = np.subtract(*pairs(shown, name))
        less = less[np.isfinite(less)]
        assert ((less == 0) | (less >= 10)).all(), name
        free = np.subtract(*pairs(unruled, name))
        seen += int(((free > 0) & (free < 10)).sum())
    # The rule had something to do.
    assert seen > 0


def test_sides_that_share_nobody_are_hidden_as_each_would_be_by_itself(source):
    women = IsIn("sex", ("female",))
    both = answer(source, asked("departure", (("A", women), ("B", Not(women)))), CBS)
    for place, part in enumerate((women, Not(women))):
        own = answer(
            source, Spec(view="departure", options=all_views()["departure"].options(), selection=part), CBS
        )
        points = own.status.shape[1]
        assert np.array_equal(both.status[place, :points], own.status[0])


def test_who_stands_apart_runs_from_the_month_of_the_own_side(source):
    sides = [
        choose(source.codes, EVERYONE, ("sex",)),
        choose(source.codes, AtMonth("working", (), 6), ("sex",)),
    ]
    first, second = chosen_apart(sides)
    assert (first.start_month, second.start_month) == (0, 6)
    assert second.keys == ()
    assert (second.group == -1).all()
    inside = (sides[0].group >= 0) & (sides[1].group < 0)
    assert np.array_equal(first.group >= 0, inside)
    assert np.array_equal(first.group[inside], sides[0].group[inside])


def events(source, selection, options):
    chosen = choose(source.codes, selection)
    return person_time(source.codes, chosen, model_asked(source, options)).events.sum()


def test_coefficients_of_a_and_b_that_differ_by_few_events_are_hidden(source):
    options = ModelOptions(terms=("sex",))
    few = [
        low
        for low in range(1, 40)
        if only_in_one(source.codes, everyone_and(low))[0] >= 10
        and 0 < events(source, Between("age", 0, low - 0.5), options) < 10
    ]
    assert few
    found = answer(source, asked("model_terms", everyone_and(few[0]), options), CBS)
    assert all(isinstance(one, ReleasedNoFit) and one.no_fit.lack is Lack.FEW_APART for one in found.fits)


def test_coefficients_of_a_and_b_that_differ_by_many_are_shown(source):
    found = answer(
        source,
        asked("model_terms", everyone_and(30), ModelOptions(terms=("sex",))),
        CBS,
    )
    assert all(isinstance(one, ReleasedFit) and not one.hidden.all() for one in found.fits)
