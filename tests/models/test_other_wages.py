"""Real wages, balanced panels and the minimum wage are what a slow count of the same rows gives."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.pipeline.prices import BundledPrices
from explorer.registers.pricing import minimum_on, price_tables
from models.results import Nothing
from models.selection import EVERYONE, AtMonth, IsIn
from models.tally.building import build_codes
from models.tally.choosing import choose
from models.wages import base_month
from tests.models.exactly import median_growth, minimum_wage, share_at_or_above, wage_fan
from tests.models.slow import Slow
from tests.models.worlds import make_world


@pytest.fixture(scope="module")
def both():
    world = make_world(5, persons=80, reversals=True)
    return Slow(world), build_codes(world.register())


def paid(slow, month):
    """Person, day and hourly wage in cents of those 18 to 64, present, observable and working at a month."""
    for person in slow.cohort:
        day = slow.month_day(person, month)
        if slow.observable(person, month) and slow.of_age(person, day) and slow.works(person, day):
            cents = slow.hourly_cents(person, day)
            if cents is not None:
                yield person, day, cents


def test_real_wages_are_nominal_ones_times_the_ratio_of_price_indexes(both):
    slow, codes = both
    tables = price_tables()
    index = dict(zip(tables.cpi_months, tables.cpi, strict=True))
    curves = wage_fan(codes, choose(codes, EVERYONE), deflator=BundledPrices().deflator("2024-01"))
    for month in range(3, 25, 4):
        real = [
            cents / 100 * index["2024-01"] / index[f"{day.year}-{day.month:02d}"]
            for _, day, cents in paid(slow, month)
        ]
        assert curves["workers"][0, month] == len(real)
        assert curves["p50"][0, month] == pytest.approx(np.quantile(real, 0.5), rel=1e-12)
        assert curves["share_at_least"][0, month] == pytest.approx(np.mean(np.asarray(real) >= 15))


def test_a_balanced_panel_holds_the_same_people_at_every_month(both):
    slow, codes = both
    at = {month: {person: cents for person, _, cents in paid(slow, month)} for month in (2, 3, 4)}
    same = set(at[2]) & set(at[3]) & set(at[4])
    assert same
    curves = wage_fan(codes, choose(codes, EVERYONE), balanced=(2, 4))
    for month in (2, 3, 4):
        assert curves["workers"][0, month] == len(same)
        assert curves["p50"][0, month] == np.quantile([at[month][person] / 100 for person in same], 0.5)
    assert not curves.observed[0, [0, 1, 5]].any()


def test_the_minimum_is_the_mean_of_what_the_law_asked_on_the_workers_own_days(both):
    slow, codes = both
    tables = price_tables()
    curves = minimum_wage(codes, choose(codes, EVERYONE), BundledPrices().minimum_on)
    for month in (1, 4, 6):
        rows = list(paid(slow, month))
        legal = [minimum_on(tables, np.asarray([np.datetime64(day).astype(int)]))[0] for _, day, _ in rows]
        assert curves["workers"][0, month] == len(rows)
        assert curves["minimum"][0, month] == pytest.approx(np.mean(legal))
        below = [cents < round(100 * amount) for (_, _, cents), amount in zip(rows, legal, strict=True)]
        assert curves["share_below"][0, month] == pytest.approx(np.mean(below))


@pytest.mark.parametrize("balanced", [None, (2, 4)])
def test_the_minimum_beside_the_fan_is_that_of_the_same_workers(both, balanced):
    slow, codes = both
    tables = price_tables()
    chosen = choose(codes, EVERYONE, ("sex",))
    fan = wage_fan(codes, chosen, balanced=balanced, minimum_on=BundledPrices().minimum_on)
    if balanced is None:
        alone = minimum_wage(codes, chosen, BundledPrices().minimum_on)
        assert np.allclose(fan.minimum, alone["minimum"], rtol=1e-12, equal_nan=True)
    else:
        at = {month: {person for person, _, _ in paid(slow, month)} for month in (2, 3, 4)}
        same = [p for p in at[2] & at[3] & at[4] if slow.people[p]["sex"] == "female"]
        days = [np.datetime64(slow.month_day(person, 3)).astype(int) for person in same]
        mean = minimum_on(tables, np.asarray(days)).mean()
        assert fan.minimum[chosen.keys.index(("female",)), 3] == pytest.approx(mean)
    plain = wage_fan(codes, chosen, balanced=balanced)
    assert all(np.array_equal(fan[m.name], m.values, equal_nan=True) for m in plain.measures)


def test_a_real_minimum_is_in_the_prices_of_the_wages_beside_it(both):
    slow, codes = both
    tables = price_tables()
    index = dict(zip(tables.cpi_months, tables.cpi, strict=True))
    prices = BundledPrices()
    fan = wage_fan(
        codes, choose(codes, EVERYONE), deflator=prices.deflator("2024-01"), minimum_on=prices.minimum_on
    )
    real = [
        minimum_on(tables, np.asarray([np.datetime64(day).astype(int)]))[0]
        * index["2024-01"]
        / index[f"{day.year}-{day.month:02d}"]
        for _, day, _ in paid(slow, 5)
    ]
    assert fan.minimum[0, 5] == pytest.approx(np.mean(real))


@pytest.mark.parametrize("threshold", [12.5, 15.0])
def test_the_share_at_or_above_a_wage_is_counted_and_its_interval_is_wilsons(both, threshold):
    slow, codes = both
    curves = share_at_or_above(codes, choose(codes, EVERYONE), threshold=threshold)
    fan = wage_fan(codes, choose(codes, EVERYONE), threshold=threshold)
    assert np.array_equal(curves["share_at_least"], fan["share_at_least"], equal_nan=True)
    cents = [value for _, _, value in paid(slow, 5)]
    n, reached = len(cents), sum(value >= round(threshold * 100) for value in cents)
    assert curves["workers"][0, 5] == n
    # The limits are the two roots of (p - share)^2 = z^2 p (1 - p) / n.
    z2, share = 1.959963984540054**2, reached / n
    low, high = np.sort(np.roots([1 + z2 / n, -(2 * share + z2 / n), share**2]))
    assert (curves["ci_low"][0, 5], curves["ci_high"][0, 5]) == pytest.approx((low, high), abs=1e-10)
    assert 0 < reached < n


def test_growth_is_of_the_median_of_those_who_work_then_over_those_who_worked_at_month_3(both):
    slow, codes = both
    curves = median_growth(codes, choose(codes, EVERYONE))
    medians = {month: np.quantile([c / 100 for _, _, c in paid(slow, month)], 0.5) for month in (3, 6)}
    assert curves["p50"][0, 6] == medians[6]
    assert curves["growth"][0, 6] == pytest.approx(medians[6] / medians[3] - 1, rel=1e-12)
    assert curves["growth"][0, 3] == 0
    assert curves.observed[0].argmax() == 3


def test_growth_begins_with_the_first_month_there_is(both):
    _, codes = both
    later = median_growth(codes, choose(codes, AtMonth("working", (), 6)))
    assert later["growth"][0, 0] == 0
    assert later.at[0] == 6
    assert base_month(0) == 3
    assert base_month(0, (6, 24)) == 6
    assert isinstance(median_growth(codes, choose(codes, IsIn("sex", ("none",)))), Nothing)
