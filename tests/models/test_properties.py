"""What must hold in every world: shares, sums, and that neither labels nor the order of rows matter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.clocks import day_number
from models.fit import NoFit
from models.regression.formula import Formula
from models.regression.hazard import fit_hazard
from models.selection import EVERYONE
from models.tally.choosing import choose
from models.tally.codes import Grouping
from models.tally.covariates import group_by
from models.tally.exits import count_departures
from models.tally.person_time import count_person_time
from models.tally.spans import Event, spans
from tests.models.exactly import share_by_destination, share_departed
from tests.models.simulated import FROM, UNTIL, codes_of

WORLD = st.tuples(st.integers(0, 2**32 - 1), st.integers(2, 120), st.booleans())


def world(drawn):
    """Codes with ties, several destinations, and with delayed entry when asked."""
    seed, persons, delayed = drawn
    rng = np.random.default_rng(seed)
    settled = rng.integers(day_number(FROM), day_number(UNTIL), persons).astype(np.int32)
    lifetime = np.where(
        rng.random(persons) < 0.3, rng.integers(1, 5, persons) * 30, rng.integers(1, 1500, persons)
    )
    province = rng.integers(0, 3, persons).astype(np.uint16)
    codes = codes_of(
        settled,
        lifetime,
        rng.integers(0, 2, persons),
        groupings=(Grouping(name="province", levels=("a", "b", "c"), codes=province),),
    )
    destination = np.where(codes.destination > 0, rng.integers(1, 6, persons), 0).astype(np.uint8)
    entry = rng.integers(0, 60, persons).astype(np.int32) if delayed else codes.entry
    return replace(codes, destination=destination, entry=entry)


def shares(codes, by=("cohort",)):
    return share_departed(count_departures(codes, choose(codes, EVERYONE, by)))


def same(one, other):
    return all(
        np.array_equal(a.values, b.values, equal_nan=True)
        for a, b in zip(one.measures, other.measures, strict=True)
    )


@given(WORLD)
@settings(max_examples=60)
def test_shares_departed_lie_between_0_and_1_within_their_limits_and_never_fall(drawn):
    curves = shares(world(drawn))
    if not hasattr(curves, "keys"):
        return
    share = np.where(curves.observed, curves["share_departed"], np.nan)
    low, high = curves["ci_low"], curves["ci_high"]
    assert np.nanmin(share, initial=0) >= 0
    assert np.nanmax(share, initial=0) <= 1
    assert (np.diff(share, axis=1)[~np.isnan(np.diff(share, axis=1))] >= 0).all()
    limits = ~np.isnan(low) & ~np.isnan(high) & ~np.isnan(share)
    assert (low[limits] <= share[limits] + 1e-12).all()
    assert (share[limits] <= high[limits] + 1e-12).all()


@given(WORLD)
@settings(max_examples=60)
def test_destinations_never_fall_and_add_up_to_the_share_departed(drawn):
    codes = world(drawn)
    tally = count_departures(codes, choose(codes, EVERYONE, ("sex",)))
    departed, parts = share_departed(tally), share_by_destination(tally)
    if not hasattr(departed, "keys"):
        return
    by_part = parts["share"].reshape(len(departed.keys), -1, len(parts.at))
    steps = np.diff(by_part, axis=2)
    assert (steps[~np.isnan(steps)] >= -1e-15).all()
    assert np.allclose(by_part.sum(axis=1), departed["share_departed"], atol=1e-12, equal_nan=True)


@given(WORLD)
@settings(max_examples=40)
def test_the_order_of_rows_and_the_names_of_levels_change_nothing(drawn):
    codes = world(drawn)
    order = np.random.default_rng(drawn[0]).permutation(codes.persons)
    shuffled = replace(
        codes,
        settled=codes.settled[order],
        entry=codes.entry[order],
        duration=codes.duration[order],
        destination=codes.destination[order],
        groupings={
            name: replace(g, codes=g.codes[order], levels=tuple(f"~{level}" for level in g.levels))
            for name, g in codes.groupings.items()
        },
    )
    one, other = shares(codes), shares(shuffled)
    if hasattr(one, "keys"):
        assert same(one, other)
        assert [f"~{key[0]}" for key in one.keys] == [key[0] for key in other.keys]


def both_states(counts):
    """Sum over groups and over worked or not: (groups x 2, months) to (months,), nobody and no month included."""
    groups, months = len(counts) // 2, counts.shape[1]
    return counts.reshape(groups, 2, months).sum(axis=(0, 1))


@given(WORLD, st.booleans())
@example((0, 2, True), True).via("nobody is at risk in any month")
@settings(max_examples=40)
def test_a_tally_summed_over_a_column_fixed_at_settling_equals_the_tally_made_without_it(drawn, lagged):
    codes = world(drawn)
    at_risk = spans(codes, Event.DEPARTURE)
    everyone = np.ones(codes.persons, dtype=bool)
    fine = count_person_time(
        codes, group_by(codes, everyone, ("sex", "province")), at_risk, lagged_work=lagged
    )
    coarse = count_person_time(codes, group_by(codes, everyone, ()), at_risk, lagged_work=lagged)
    for name in ("events", "person_days", "at_risk"):
        whole = getattr(coarse, name)
        summed = getattr(fine, name)
        if lagged:
            whole = both_states(whole)
            summed = both_states(summed)
            assert (whole == summed).all()
        else:
            assert (whole.sum(axis=0) == summed.sum(axis=0)).all()
    entered = codes.duration > codes.entry
    assert fine.person_days.sum() == (codes.duration - codes.entry)[entered].sum()
    assert fine.events.sum() == (codes.destination[entered] > 0).sum()


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=15)
def test_splitting_cells_by_a_column_that_is_no_term_changes_neither_fit_nor_likelihood(seed):
    codes = world((seed, 400, False))
    at_risk = spans(codes, Event.DEPARTURE)
    everyone = np.ones(codes.persons, dtype=bool)
    formula = Formula(terms=(("sex",),), baseline="spline")
    fits = [
        fit_hazard(count_person_time(codes, group_by(codes, everyone, columns), at_risk), formula)
        for columns in (("sex",), ("sex", "province", "cohort"))
    ]
    if any(isinstance(fit, NoFit) for fit in fits):
        assert all(isinstance(fit, NoFit) for fit in fits)
        return
    one, other = (found.fit for found in fits)
    assert np.allclose(one.coefficients.estimate, other.coefficients.estimate, atol=1e-6)
    assert np.allclose(one.coefficients.std_error, other.coefficients.std_error, atol=1e-6)
    assert abs(one.log_likelihood - other.log_likelihood) < 1e-6
    assert [test.term for test in one.tests] == ["sex"]
    assert abs(one.tests[0].statistic - other.tests[0].statistic) < 1e-5
