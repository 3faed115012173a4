"""Where events separate levels there is no maximum: those terms are left out and named, the rest is the limit."""

from __future__ import annotations

import numpy as np
import pytest

from models.fit import Fit, Lack, NoFit
from models.regression.clustered import fit_working
from models.regression.cox import fit_cox
from models.regression.formula import Formula, parse_terms
from models.regression.hazard import fit_hazard
from models.regression.observed import observed_hazard, observed_months
from models.regression.predicted import standardised_curves
from models.regression.separation import separation
from models.results import Curves
from models.selection import EVERYONE
from models.tally.choosing import choose
from models.tally.codes import Grouping
from models.tally.covariates import group_by
from models.tally.episodes import episodes
from models.tally.person_months import count_work_months
from models.tally.person_time import count_person_time
from models.tally.spans import Event, spans
from tests.models.simulated import codes_of, exponential_days, settle


def codes_with(kind, levels, lifetime, seed=1, working=None, number=None):
    """Codes of a column whose level a person has, beside sex that is drawn; `number` is a number of persons."""
    from dataclasses import replace
    from datetime import date

    rng = np.random.default_rng(seed)
    persons = len(kind)
    sex = rng.integers(0, 2, persons)
    codes = codes_of(
        settle(rng, persons, date(2022, 6, 1)),
        lifetime,
        sex,
        working=working,
        groupings=(Grouping(name="kind", levels=levels, codes=np.asarray(kind, dtype=np.uint16)),),
    )
    return codes if number is None else replace(codes, numbers={**codes.numbers, "score": number})


def one_after_the_other(levels=3, persons=150, seed=4):
    """The first level leaves before month 6, the others after month 7."""
    rng = np.random.default_rng(seed)
    kind = np.arange(persons * levels) % levels
    early = rng.integers(10, 180, len(kind))
    late = 215 + np.minimum(exponential_days(rng, np.full(len(kind), 0.004)), 300).astype(int)
    return codes_with(kind, ("a", "b", "c")[:levels], np.where(kind == 0, early, late))


def hazard(codes, terms, **formula):
    made = Formula(terms=parse_terms(terms), **formula)
    covariates = group_by(codes, np.ones(codes.persons, dtype=bool), made.columns)
    tally = count_person_time(codes, covariates, spans(codes, Event.DEPARTURE))
    return fit_hazard(tally, made), tally


def cox(codes, terms, **formula):
    made = Formula(terms=parse_terms(terms), **formula)
    covariates = group_by(codes, np.ones(codes.persons, dtype=bool), made.columns)
    return fit_cox(episodes(codes, covariates, spans(codes, Event.DEPARTURE)), made)


def work(codes, terms, **formula):
    made = Formula(terms=parse_terms(terms), **formula)
    tally = count_work_months(codes, choose(codes, EVERYONE), made.columns)
    return fit_working(tally, made), tally, made


def apart(fit):
    return [out.term for out in fit.left_out if out.lack is Lack.SEPARATED]


@pytest.mark.parametrize(("levels", "named"), [(2, ["kind[b]"]), (3, ["kind[b]", "kind[c]"])])
def test_levels_that_leave_one_after_the_other_are_left_out_of_either_model(levels, named):
    codes = one_after_the_other(levels)
    found, _ = hazard(codes, "kind + sex")
    for fit in (found.fit, cox(codes, "kind + sex")):
        assert apart(fit) == named
        assert "sex[male]" in fit.coefficients.terms
        assert not set(named) & set(fit.coefficients.terms)
        assert np.abs(fit.coefficients.estimate[-1]) < 1
    assert isinstance(cox(codes, "kind"), NoFit)
    assert cox(codes, "kind").lack is Lack.NO_TERMS


def test_another_reference_compares_the_levels_that_do_overlap():
    codes = one_after_the_other()
    beside = {"references": {"kind": "b"}}
    for fit in (hazard(codes, "kind + sex", **beside)[0].fit, cox(codes, "kind + sex", **beside)):
        assert apart(fit) == ["kind[a]"]
        assert "kind[c]" in fit.coefficients.terms
    # The rest is the same, whichever the reference.
    one, other = (hazard(codes, "kind + sex", **more)[0].fit for more in ({}, beside))
    assert one.coefficients.estimate[-1] == pytest.approx(other.coefficients.estimate[-1], abs=1e-9)
    assert one.log_likelihood == pytest.approx(other.log_likelihood, abs=1e-7)
    assert [test.df for test in one.tests] == [test.df for test in other.tests] == [2, 1]


def test_a_number_that_separates_is_left_out():
    rng = np.random.default_rng(8)
    score = rng.integers(0, 50, 400) / 10.0
    # Only the highest leave, and all but one of these.
    lifetime = np.where(score >= 4.9, rng.integers(20, 300, 400), 9999)
    score[score >= 4.9] = 4.9
    lifetime[np.flatnonzero(score == 4.9)[0]] = 9999
    more = codes_with(np.zeros(400, int), ("a",), np.where(rng.random(400) < 1, lifetime, 9999), number=score)
    found = cox(more, "score + sex")
    assert isinstance(found, NoFit) or apart(found) == ["score"]


def numbers_world(seed=3):
    rng = np.random.default_rng(seed)
    score = np.where(np.arange(600) < 300, 5.0, rng.integers(0, 40, 600) / 10.0)
    lifetime = np.where(score == 5.0, exponential_days(rng, np.full(600, 0.003)), 9999).astype(int)
    return codes_with(np.arange(600) % 2, ("a", "b"), lifetime, number=score)


def test_a_number_above_which_alone_people_leave_is_left_out_and_the_rest_is_of_those_above():
    codes = numbers_world()
    for fit in (hazard(codes, "score + sex")[0].fit, cox(codes, "score + sex")):
        assert apart(fit) == ["score"]
        assert fit.coefficients.terms[-1] == "sex[male]"
    above = codes.numbers["score"] == 5.0
    made = Formula(terms=parse_terms("sex"))
    covariates = group_by(codes, above, ("sex",))
    alone = fit_hazard(count_person_time(codes, covariates, spans(codes, Event.DEPARTURE)), made).fit
    whole = hazard(codes, "score + sex")[0].fit
    assert whole.coefficients.estimate[-1] == pytest.approx(alone.coefficients.estimate[-1], abs=1e-9)
    assert whole.coefficients.std_error[-1] == pytest.approx(alone.coefficients.std_error[-1], rel=1e-6)
    assert whole.log_likelihood == pytest.approx(alone.log_likelihood, abs=1e-7)


def test_an_interaction_with_month_that_separates_is_left_out():
    """In both levels people leave at first, in the second alone in the last of these months: a steep line fits best."""
    rng = np.random.default_rng(2)
    kind = np.arange(600) % 2
    lifetime = np.where(kind == 0, rng.integers(1, 29, 600), rng.integers(32, 60, 600))
    lifetime[rng.random(600) < 0.5] = 9999
    codes = codes_with(kind, ("a", "b"), lifetime)
    fit = hazard(codes, "kind + sex", by_month=("kind",))[0].fit
    assert set(apart(fit)) == {"kind[b]", "kind[b]:month"}
    assert np.abs(fit.coefficients.estimate).max() < 15


def test_what_does_not_separate_loses_nothing():
    rng = np.random.default_rng(6)
    kind = rng.integers(0, 3, 900)
    lifetime = exponential_days(rng, np.array([0.0002, 0.002, 0.02])[kind])
    codes = codes_with(kind, ("a", "b", "c"), lifetime)
    for fit in (hazard(codes, "kind*sex")[0].fit, cox(codes, "kind*sex")):
        assert not apart(fit)
        assert len([term for term in fit.coefficients.terms if not term.startswith("month[")]) == 5


def test_a_strong_effect_of_a_number_is_no_separation():
    rng = np.random.default_rng(9)
    score = rng.uniform(0, 12, 3000).round(1)
    lifetime = exponential_days(rng, 1e-7 * np.exp(1.2 * score))
    codes = codes_with(np.zeros(3000, int), ("a",), lifetime, number=score)
    for fit in (hazard(codes, "score")[0].fit, cox(codes, "score")):
        assert not apart(fit)
        assert fit.coefficients.estimate[-1] == pytest.approx(1.2, abs=0.1)


def working_world(shares, seed=5, persons=600):
    """Codes of levels of which such shares of person-months are worked."""
    rng = np.random.default_rng(seed)
    kind = np.arange(persons) % len(shares)
    work_ = rng.random((40, persons)) < np.asarray(shares)[kind]
    return codes_with(kind, ("a", "b", "c")[: len(shares)], np.full(persons, 9999), working=work_)


@pytest.mark.parametrize(
    ("shares", "named"),
    [
        ((0.4, 0.5, 1.0), {"kind[c]": Lack.ALL_EVENTS}),
        ((0.4, 0.5, 0.0), {"kind[c]": Lack.NO_EVENTS}),
        ((0.4, 1.0, 0.0), {"kind[b]": Lack.ALL_EVENTS, "kind[c]": Lack.NO_EVENTS}),
        ((1.0, 0.4, 0.5), {"kind[b]": Lack.SEPARATED, "kind[c]": Lack.SEPARATED}),
        ((0.0, 0.4, 0.5), {"kind[b]": Lack.SEPARATED, "kind[c]": Lack.SEPARATED}),
    ],
    ids=["all work", "nobody works", "both", "all of the reference work", "nobody of the reference works"],
)
@pytest.mark.parametrize("baseline", ["steps", "linear"])
def test_a_level_where_everybody_or_nobody_works_is_named(shares, named, baseline):
    found, tally, made = work(working_world(shares), "kind + sex", baseline=baseline)
    assert isinstance(found.fit, Fit)
    assert {out.term: out.lack for out in found.fit.left_out} == named
    assert "sex[male]" in found.fit.coefficients.terms
    assert np.abs(found.fit.coefficients.estimate).max() < 3
    # What is certain is fitted as certain.
    curves = observed_months(found, tally, made, "kind")
    for level, share in zip(("a", "b", "c"), shares, strict=True):
        if share in (0.0, 1.0):
            row = curves.keys.index((level, "fitted"))
            assert (curves["share_working"][row][curves.observed[row]] == share).all()


def test_a_number_above_which_everybody_works_is_left_out_of_the_logit():
    rng = np.random.default_rng(12)
    score = rng.integers(0, 5, 400).astype(float)
    work_ = np.where(score > 2, True, np.where(score < 2, False, rng.random((40, 400)) < 0.5))
    codes = codes_with(np.zeros(400, int), ("a",), np.full(400, 9999), working=work_, number=score)
    fit = work(codes, "score + sex")[0].fit
    assert apart(fit) == ["score"]
    assert np.abs(fit.coefficients.estimate).max() < 3


def test_what_is_separated_is_predicted_to_have_no_event():
    codes = one_after_the_other()
    found, tally = hazard(codes, "kind + sex")
    seen = observed_hazard(found, tally, "kind")
    for level in ("b", "c"):
        rates = seen["rate"][seen.keys.index((level, "fitted"))]
        assert (rates[:6] == 0).all()
    curves = standardised_curves(found, tally, "kind")
    assert isinstance(curves, Curves)
    assert np.isfinite(curves["share_departed"][curves.observed]).all()
    assert curves["share_departed"][1, 6] == 0 < curves["share_departed"][0, 6]


def test_a_direction_is_found_where_there_is_one_and_only_there():
    x = np.column_stack([np.ones(6), np.arange(6.0)])
    none = np.array([True, True, True, False, False, False])
    # Binomial: below 2.5 never, above always.
    found = separation(np.empty((0, 2)), x * np.where(none, 1.0, -1.0)[:, None])
    assert found.separated.all()
    assert ((x @ found.direction < 0) == none).all()
    mixed = np.array([True, True, False, True, False, False])
    assert separation(np.empty((0, 2)), x * np.where(mixed, 1.0, -1.0)[:, None]) is None
    assert separation(x[:2], x[2:]) is None


def test_with_more_combinations_than_are_compared_a_fit_that_may_have_no_maximum_is_refused(monkeypatch):
    from models.regression import cox as module
    from models.regression import risk_sets

    codes = one_after_the_other()
    assert isinstance(cox(codes, "kind + sex"), Fit)
    for where in (module, risk_sets):
        monkeypatch.setattr(where, "MOST_GROUPS", 1)
    assert cox(codes, "kind + sex").lack is Lack.NOT_CONVERGED
    assert isinstance(cox(codes, "sex"), Fit)
