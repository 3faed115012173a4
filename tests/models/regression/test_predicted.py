"""Curves that a hazard model predicts are those of another program's fit to the same cells, from any month on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
import statsmodels.formula.api as smf

from models.clocks import MONTH_DAYS
from models.regression.fitting import Model, of_profile, person_time, standardised
from models.regression.formula import Formula, parse_terms
from models.rules import NONE
from models.selection import EVERYONE, AtMonth
from models.tally.building import build_codes
from models.tally.choosing import choose
from tests.models.worlds import make_world

STARTS = (0, 3, 6)


@pytest.fixture(scope="module")
def codes():
    return build_codes(make_world(12, persons=900).register())


def selected(start):
    return AtMonth("present", (), start) if start else EVERYONE


def cells(codes, chosen, asked):
    """Return the cells of person-time, a row for each combination and month with exposure."""
    tally = person_time(codes, chosen, asked)
    group, month = np.nonzero(tally.person_days)
    rows = pd.DataFrame({"month": month + 1, "group": group})
    for place, column in enumerate(tally.columns):
        rows[column.name] = [column.levels[at] for at in tally.table[group, place]]
    rows["events"], rows["days"] = tally.events[group, month], tally.person_days[group, month]
    return rows, tally


def predicted_by_statsmodels(rows, tally, column, level):
    """Return 1 - the mean survival of everyone as if of `level`, by month; months without events have no rate."""
    some = rows.groupby("month")["events"].transform("sum") > 0
    terms = " + ".join(f"C({name.name})" for name in tally.columns)
    found = smf.glm(
        f"events ~ C(month) + {terms}",
        data=rows[some],
        family=sm.families.Poisson(),
        offset=np.log(rows[some]["days"]),
    ).fit(tol=1e-12)
    months = sorted(rows[some]["month"].unique())
    shares, share = [], np.zeros(len(tally.table))
    for month in range(1, int(rows["month"].max()) + 1):
        if month in months:
            people = pd.DataFrame(
                {c.name: [c.levels[at] for at in tally.table[:, p]] for p, c in enumerate(tally.columns)}
            ).assign(month=month, **{column: level})
            days = MONTH_DAYS[month] - MONTH_DAYS[month - 1]
            share = share + np.asarray(found.predict(people, offset=np.zeros(len(people)))) * days
        shares.append(1 - np.average(np.exp(-share), weights=tally.persons))
    return np.asarray(shares)


@pytest.mark.parametrize("start", STARTS)
def test_standardised_curves_are_those_of_statsmodels_from_the_month_of_the_selection(codes, start):
    asked = Model(name="departure", formula=Formula(terms=parse_terms("cohort + sex")))
    chosen = choose(codes, selected(start))
    curves = standardised(codes, chosen, asked, "cohort", NONE)
    rows, tally = cells(codes, chosen, asked)
    assert rows["month"].min() == start + 1
    assert curves.start_month == start
    assert curves.at[0] == start
    for place, (level,) in enumerate(curves.keys):
        expected = np.append(0.0, predicted_by_statsmodels(rows, tally, "cohort", level)[start:])
        seen = curves.observed[place]
        np.testing.assert_allclose(curves["share_departed"][place][seen], expected[: seen.sum()], atol=1e-8)


@pytest.mark.parametrize("start", STARTS)
def test_without_terms_the_rate_of_a_profile_is_events_by_person_days(codes, start):
    asked, chosen = Model(name="departure"), choose(codes, selected(start))
    curve = of_profile(codes, chosen, asked, {}, NONE)
    rows, _ = cells(codes, chosen, asked)
    rates = (rows.groupby("month")["events"].sum() / rows.groupby("month")["days"].sum()).to_dict()
    total, expected = 0.0, [0.0]
    for month in range(start + 1, int(curve.at[curve.observed[0]][-1]) + 1):
        total += rates[month] * (MONTH_DAYS[month] - MONTH_DAYS[month - 1])
        expected.append(1 - np.exp(-total))
    assert curve.at[0] == start
    np.testing.assert_allclose(curve["share_departed"][0][curve.observed[0]], expected, atol=1e-8)


def test_differences_of_standardised_shares_begin_after_the_month_of_the_selection(codes):
    asked = Model(name="departure", formula=Formula(terms=parse_terms("cohort + sex")))
    chosen = choose(codes, selected(6))
    found, curves = (
        standardised(codes, chosen, asked, "cohort", NONE, differences=one) for one in (True, False)
    )
    # Nobody has left at month 6, of which there is no difference to tell.
    assert {month for _, month in found.keys} == {12, 24}
    shares = curves["share_departed"]
    for (level, month), difference in zip(found.keys, found["difference"], strict=True):
        at = int(np.flatnonzero(curves.at == month)[0])
        assert difference == pytest.approx(shares[curves.keys.index((level,)), at] - shares[0, at])
