"""What is told under the rules of CBS is a function of counts rounded to tens, and does not tell of a few persons."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from explorer.core.modelling import ModelOptions
from explorer.core.spec import Spec
from explorer.core.views import Source, all_views
from explorer.pipeline.answering import answer
from explorer.pipeline.prices import BundledPrices
from models.clocks import MONTH_DAYS
from models.disclosure.fits import ReleasedFit, ReleasedNoFit
from models.results import Curves, Nothing, Unit
from models.rules import CBS, NONE
from models.selection import EVERYONE, IsIn, Not
from models.tally.building import build_codes
from models.tally.choosing import choose
from tests.models.worlds import make_world

SIZES = (64, 90, 130, 180, 250, 350, 500, 700, 1000, 1400, 2000, 2800)
WORLDS = [(seed, SIZES[seed % len(SIZES)]) for seed in range(20)]
COUNTED = tuple(name for name, view in all_views().items() if view.runs == "counting")
SHARES = {
    "employment": ("share_working", "working", "present"),
    "employers": ("share", "more_than_one", "workers"),
    "stock": ("share_working", "working", "present"),
    "departure_followed": ("share_departed", "departed", "observable"),
}


def source_of(seed, persons):
    register = make_world(seed, persons=persons).register()
    return Source(codes=build_codes(register), register=lambda: register, prices=BundledPrices())


def told(source, view, by=(), rules=CBS, options=None, **parts):
    return answer(
        source, Spec(view=view, options=options or all_views()[view].options(), by=by, **parts), rules
    )


@pytest.fixture(scope="module", params=WORLDS, ids=[f"{seed}-{persons}" for seed, persons in WORLDS])
def source(request):
    return source_of(*request.param)


def test_every_number_of_persons_is_a_multiple_of_ten_or_is_not_told(source):
    numbers = 0
    for view in COUNTED:
        for by in ((), ("sex",)):
            table = told(source, view, by).table()
            for place, column in enumerate(table.columns):
                if column.unit is Unit.PERSONS:
                    found = [row[place] for row in table.rows if row[place] is not None]
                    numbers += len(found)
                    assert all(number % 10 == 0 for number in found), (view, by, column.name)
                    assert all(abs(a - b) not in range(1, 10) for a, b in pairwise(found)), view
    assert numbers or source.codes.persons < 100


def test_every_share_is_the_ratio_of_two_numbers_that_are_told(source):
    for view, (share, part, whole) in SHARES.items():
        table = told(source, view, ("sex",)).table()
        names = [column.name for column in table.columns]
        if share not in names:
            continue
        for row in table.rows:
            value, of, over = (row[names.index(name)] for name in (share, part, whole))
            if value is not None:
                assert value == pytest.approx(of / over, abs=1e-15)


def test_a_fit_tells_rounded_numbers_alone(source):
    found = told(source, "model_terms")
    if not isinstance(found, ReleasedFit):
        assert source.codes.persons < 3000
        return
    fit = found.fit
    assert fit.persons % 10 == fit.events % 10 == 0
    assert fit.log_likelihood == round(fit.log_likelihood)
    estimate = fit.coefficients.estimate[~found.hidden]
    assert estimate == pytest.approx(np.round(estimate, 3), abs=1e-12)
    for error in fit.coefficients.std_error[~found.hidden]:
        assert float(f"{error:.2g}") == pytest.approx(error, rel=1e-9)


def test_a_group_of_a_few_has_no_row_as_one_of_nobody_has_not(source):
    by = ("nationality", "province", "sex")
    groups = choose(source.codes, EVERYONE, by)
    sizes = dict(zip(groups.keys, np.bincount(groups.group, minlength=groups.groups).tolist(), strict=True))
    small = {key for key, size in sizes.items() if size < 10}
    assert small or source.codes.persons >= 1000
    for view in COUNTED:
        if view in ("naive_month24", "differences"):
            continue
        table = told(source, view, by).table()
        names = [column.name for column in table.columns]
        if "nationality" in names:
            places = [names.index(name) for name in by]
            assert not small & {tuple(row[place] for place in places) for row in table.rows}, view


def test_what_a_fit_predicts_ends_where_its_months_are_hidden(source):
    fits = told(source, "model_terms", options=ModelOptions(terms=()))
    curve = told(source, "model_profile", options=ModelOptions(terms=()))
    if not isinstance(fits, ReleasedFit):
        assert isinstance(curve, ReleasedNoFit)
        return
    hidden = [
        int(term[6:-1])
        for term, gone in zip(fits.fit.coefficients.terms, fits.hidden.tolist(), strict=True)
        if gone
    ]
    first = min(hidden, default=1000)
    if isinstance(curve, Nothing):
        assert first == 1
    else:
        assert np.isnan(curve["share_departed"][0, curve.at >= first]).all()
        estimates = [np.round(fits.fit.coefficients.estimate[: first - 1], 3)]
        days = np.diff(np.asarray(MONTH_DAYS[:first]))
        share = 1 - np.exp(-np.cumsum(np.exp(estimates[0][: len(days)]) * days[: len(estimates[0])]))
        known = curve["share_departed"][0, 1 : len(share) + 1]
        assert known[~np.isnan(known)] == pytest.approx(share[~np.isnan(known)], abs=1e-12)


def test_what_was_observed_beside_a_fit_is_the_ratio_of_two_rounded_numbers(source):
    found = told(source, "model_fitted", options=ModelOptions(model="employment", terms=("sex",)))
    if not isinstance(found, Curves):
        return
    shares = found["share_working"][0::2]
    working, present = (np.arange(10, 3000, 10),) * 2
    for share in shares[~np.isnan(shares)].tolist():
        assert np.isclose(share * present, np.round(share * present / 10) * 10, atol=1e-9).any()
    assert len(working)


# What an attacker finds who knows every rule: an integer program over all that was told.


MONTHS = 12


def told_bounds(numbers):
    """Bounds of departures so far behind numbers rounded to tens; NaN is none to nine, or once told anything more."""
    low, high, least = [], [], 0
    for number in numbers:
        if np.isnan(number):
            low.append(least)
            high.append(9 if least == 0 else np.inf)
        elif number == 0:
            low.append(0)
            high.append(0)
        else:
            least = max(10, int(number) - 5)
            low.append(least)
            high.append(int(number) + 4)
    return np.asarray(low, dtype=float), np.asarray(high)


def masked_bounds(numbers):
    """Bounds behind exact numbers of which those from one to nine were hidden: how it was done before."""
    hidden = (numbers > 0) & (numbers < 10)
    return np.where(hidden, 1.0, numbers), np.where(hidden, 9.0, numbers)


def found_out(of_levels, of_all, of_others, truth):
    """Return how many monthly departures of one to nine can be told exactly, and how many there are.

    Each argument but the last holds bounds of departures so far, shape (2, levels or 1, months).
    """
    levels, months = of_levels.shape[1:]
    so_far = np.tril(np.ones((months, months)))
    rows, low, high = [], [], []
    for bounds, weights in (
        (of_levels, np.eye(levels)),
        (of_all, np.ones((1, levels))),
        (of_others, 1 - np.eye(levels)),
    ):
        rows.append(np.kron(weights, so_far))
        low.append(bounds[0].ravel())
        high.append(bounds[1].ravel())
    constraint = LinearConstraint(csr_matrix(np.vstack(rows)), np.concatenate(low), np.concatenate(high))
    exact, small = 0, np.argwhere((truth > 0) & (truth < 10))
    for level, month in small.tolist():
        cost = np.zeros(levels * months)
        cost[level * months + month] = 1.0
        ends = [
            milp(
                sign * cost, constraints=constraint, integrality=np.ones_like(cost), bounds=Bounds(0, np.inf)
            )
            for sign in (1, -1)
        ]
        assert all(end.status in (0, 3) for end in ends)
        exact += all(end.status == 0 for end in ends) and round(ends[0].fun) == round(-ends[1].fun)
    return exact, len(small)


def departures(source, rules, **parts):
    found = told(source, "departure", rules=rules, **parts)
    assert isinstance(found, Curves)
    out = np.full((len(found.keys), MONTHS), np.nan)
    shown = np.where(found.observed, found["departed"], np.nan)[:, :MONTHS]
    out[:, : shown.shape[1]] = shown
    return out


@pytest.mark.parametrize("seed", [3, 4])
def test_no_monthly_departures_of_a_few_can_be_found_out(seed):
    source = source_of(seed, 600)
    levels = source.codes.groupings["sex"].levels[:2]
    women_and_men = IsIn("sex", levels)
    exact = departures(source, NONE, by=("sex",), selection=women_and_men)
    truth = np.diff(exact, axis=1, prepend=0.0).astype(int)
    asked = {
        "of_levels": [{"selection": IsIn("sex", (level,))} for level in levels],
        "of_all": [{"selection": women_and_men}],
        "of_others": [{"selection": IsIn("sex", (other,))} for other in reversed(levels)],
    }
    results = {}
    for name, rules, bounds in (("rounded", CBS, told_bounds), ("masked", NONE, masked_bounds)):
        found = {
            key: np.stack([bounds(departures(source, rules, **part)[0]) for part in parts], axis=1)
            for key, parts in asked.items()
        }
        results[name] = found_out(**found, truth=truth)
    known, small = results["rounded"]
    assert small > 5
    assert known == 0
    # Hidden where they are small, beside exact numbers, most were to be had by subtracting.
    assert results["masked"][0] > small / 2


def test_the_number_of_those_in_one_selection_only_is_not_told():
    source = source_of(5, 700)
    level = source.codes.groupings["province"].levels[0]
    all_of, without = (
        departures(source, CBS, selection=selection)[0]
        for selection in (EVERYONE, Not(IsIn("province", (level,))))
    )
    points = min(len(all_of), len(without))
    apart = all_of[:points] - without[:points]
    assert (apart[~np.isnan(apart)] % 10 == 0).all()
