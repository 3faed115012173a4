"""Those present carried forward: months of stay that tell a rate, and arrivals that settle on every day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from models import projection
from models.clocks import DAYS_PER_MONTH, MONTH_DAYS, day_number
from models.fit import Lack, NoFit
from models.projection import Scenario, project
from models.regression.formula import Formula, parse_terms
from models.rules import NONE
from models.selection import EVERYONE
from models.tally.choosing import choose
from models.tally.codes import NO_DAY
from tests.models.simulated import UNTIL, codes_of, exponential_days, settle

PLAIN = Formula(terms=parse_terms("sex"))
START = day_number(UNTIL)


def world(seed=1, persons=2000, rate=0.0006):
    rng = np.random.default_rng(seed)
    lifetime = exponential_days(rng, np.full(persons, rate))
    return codes_of(settle(rng, persons), lifetime, rng.integers(0, 2, persons))


def forward(codes, **asked):
    scenario = Scenario(until=asked.pop("until", day_number(date(2026, 7, 1))), **asked)
    return project(codes, choose(codes, EVERYONE), PLAIN, scenario, NONE)


def with_one_early_settler(codes, day):
    """Somebody who settled before all others and left on the first day of a month of stay nobody else reached."""
    settled, duration = codes.settled.copy(), codes.duration.copy()
    destination, since = codes.destination.copy(), codes.current_since.copy()
    settled[0], duration[0], destination[0], since[0] = START - day - 40, day, 1, NO_DAY
    return replace(codes, settled=settled, duration=duration, destination=destination, current_since=since)


@pytest.mark.parametrize("month", [28, 30, 35])
def test_one_departure_on_one_person_day_is_not_that_of_everybody(month):
    """The rate of a month of stay rests on ten person-months, or is that of the last twelve calendar months."""
    codes = world()
    first = codes.settled < day_number(date(2022, 4, 1))
    codes = replace(
        codes, settled=np.where(first, day_number(date(2022, 4, 1)), codes.settled).astype(np.int32)
    )
    usual = forward(codes)["present"][0]
    odd = forward(with_one_early_settler(codes, MONTH_DAYS[month] + 1))["present"][0]
    assert odd == pytest.approx(usual, rel=0.01)
    # At a constant rate what is left after two years is known.
    assert usual[-1] / usual[0] == pytest.approx(np.exp(-0.0006 * 730), rel=0.1)


def test_a_world_of_which_nobody_was_followed_for_a_year_and_one_of_few_have_no_projection():
    young = world()
    late = replace(young, settled=np.maximum(young.settled, START - 300).astype(np.int32))
    duration = np.minimum(late.duration, START - late.settled).astype(np.int32)
    found = forward(replace(late, duration=duration))
    assert isinstance(found, NoFit)
    assert found.lack is Lack.FEW_FOLLOWED


def test_arrivals_settle_evenly_over_the_days():
    """With a factor of 0 nobody leaves: what comes is the days times the arrivals of a day."""
    found = forward(world(), factor=0.0, factor_from=START, arrivals=100.0)
    days = found.at - START
    assert found["present"][0] - found["present"][0, 0] == pytest.approx(
        100 * days / DAYS_PER_MONTH, rel=1e-9
    )


@pytest.mark.parametrize("kind", ["as-now", "trend"])
def test_arrivals_leave_as_if_some_had_settled_on_every_day(monkeypatch, kind):
    few = forward(world(), kind=kind, arrivals=1000.0, factor=2.0, factor_from=START + 100)
    monkeypatch.setattr(projection, "NODES", 12)
    many = forward(world(), kind=kind, arrivals=1000.0, factor=2.0, factor_from=START + 100)
    assert few["present"] == pytest.approx(many["present"], rel=1e-4)


def test_arrivals_like_nobody_are_refused():
    codes = world()
    old = replace(codes, settled=np.minimum(codes.settled, START - 400).astype(np.int32))
    found = forward(old, arrivals=10.0)
    assert isinstance(found, NoFit)
    assert found.lack is Lack.NO_SETTLERS
    assert not isinstance(forward(old), NoFit)
