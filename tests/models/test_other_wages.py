"""Real wages, balanced panels and the minimum wage are what a slow count of the same rows gives."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.pipeline.prices import BundledPrices
from explorer.registers.pricing import minimum_on, price_tables
from models.selection import EVERYONE
from models.tally.building import build_codes
from models.tally.choosing import choose
from models.wages import minimum_wage, wage_fan
from tests.models.slow import Slow
from tests.models.worlds import make_world


@pytest.fixture(scope="module")
def both():
    world = make_world(5, persons=80)
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
