"""Where a model cannot be had, the fit says which term, why, and offers no number in its place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from models.disclosure.fits import ReleasedFit, ReleasedNoFit, release_fit
from models.fit import Fit, Lack, LeftOut, NoFit
from models.regression.clustered import fit_wage, fit_working
from models.regression.cox import fit_cox
from models.regression.formula import Formula, parse_terms
from models.regression.hazard import fit_hazard
from models.regression.within import fit_within
from models.rules import CBS, NONE
from models.selection import EVERYONE, IsIn
from models.tally.choosing import choose
from models.tally.codes import Grouping
from models.tally.covariates import group_by
from models.tally.episodes import episodes
from models.tally.person_months import count_wage_months, count_work_months
from models.tally.person_time import count_person_time
from models.tally.spans import Event, spans
from tests.models.simulated import codes_of, exponential_days, settle

STAYERS = 40


def world(persons=3000, rate=0.03):
    """A column whose level `c` has nobody who left, and a copy of sex."""
    rng = np.random.default_rng(11)
    sex = rng.integers(0, 2, persons)
    lifetime = exponential_days(rng, np.full(persons, rate / 30.4375))
    level = rng.integers(0, 2, persons)
    level[:STAYERS], lifetime[:STAYERS] = 2, 9999
    cents = np.rint(100 * np.exp(rng.normal(2.7, 0.2, (persons, 29)))).astype(np.int32)
    work = rng.random((29, persons)) < 0.5
    work[:, :STAYERS] = False
    return codes_of(
        settle(rng, persons),
        lifetime,
        sex,
        wages=cents,
        working=work,
        groupings=(
            Grouping(name="kind", levels=("a", "b", "c"), codes=level.astype(np.uint16)),
            Grouping(name="twin", levels=("x", "y"), codes=sex.astype(np.uint16)),
        ),
    )


@pytest.fixture(scope="module")
def codes():
    return world()


def hazard(codes, terms, selection=EVERYONE, **formula):
    made = Formula(terms=parse_terms(terms), **formula)
    chosen = choose(codes, selection)
    covariates = group_by(codes, chosen.group >= 0, made.columns)
    return fit_hazard(count_person_time(codes, covariates, spans(codes, Event.DEPARTURE)), made)


def test_a_level_without_events_is_left_out_and_bounded_never_fitted_at_minus_21(codes):
    fit = hazard(codes, "kind + sex").fit
    [out] = [out for out in fit.left_out if out.term == "kind[c]"]
    assert (out.lack, out.persons) == (Lack.NO_EVENTS, STAYERS)
    assert out.bound == pytest.approx(3.689 / (out.exposure / 30.4375), rel=1e-3)
    assert "kind[c]" not in fit.coefficients.terms
    assert np.abs(fit.coefficients.estimate[-2:]).max() < 2
    assert fit.events == (codes.destination > 0).sum()
    assert fit.person_days == codes.duration.sum()


def test_the_test_of_a_term_with_a_level_without_events_counts_that_level(codes):
    [test] = [test for test in hazard(codes, "kind + sex").fit.tests if test.term == "kind"]
    assert test.df == 2
    without = hazard(codes, "sex").fit
    with_it = hazard(codes, "kind + sex").fit
    assert test.statistic == pytest.approx(2 * (with_it.log_likelihood - without.log_likelihood))


def test_a_combination_without_events_is_left_out_by_its_name(codes):
    terms = [out.term for out in hazard(codes, "kind*sex").fit.left_out if ":" in out.term]
    assert terms == ["kind[c]:sex[male]"]


def test_a_collinear_term_names_what_determines_it(codes):
    fit = hazard(codes, "sex + twin").fit
    [out] = [out for out in fit.left_out if out.lack == Lack.COLLINEAR]
    assert (out.term, out.with_terms) == ("twin[y]", ("sex[male]",))


def test_fewer_than_ten_residual_degrees_of_freedom_are_refused():
    few = world(60, rate=0.02)
    found = hazard(few, "cohort*sex")
    assert isinstance(found, NoFit)
    assert found.lack in (Lack.FEW_EVENTS, Lack.SATURATED)
    assert found.df_residual < 10


def test_a_saturated_model_is_refused(codes):
    shape = Formula(terms=parse_terms("sex"), baseline="steps")
    covariates = group_by(codes, np.ones(codes.persons, dtype=bool), ("sex",))
    tally = count_person_time(codes, covariates, spans(codes, Event.DEPARTURE))
    one_month = replace(
        tally,
        events=tally.events[:, :1],
        person_days=tally.person_days[:, :1],
        at_risk=tally.at_risk[:, :1],
    )
    found = fit_hazard(one_month, shape)
    assert isinstance(found, NoFit)
    assert found.lack == Lack.SATURATED


def test_nobody_and_no_event_are_told_apart(codes):
    assert hazard(codes, "sex", IsIn("sex", ("none",))).lack == Lack.NOBODY
    assert hazard(codes, "sex", IsIn("kind", ("c",))).lack == Lack.NO_EVENTS


def test_a_cox_model_leaves_out_what_the_piecewise_model_leaves_out(codes):
    formula = Formula(terms=parse_terms("kind + sex + twin"))
    covariates = group_by(codes, np.ones(codes.persons, dtype=bool), formula.columns)
    fit = fit_cox(episodes(codes, covariates, spans(codes, Event.DEPARTURE)), formula)
    assert {out.term: out.lack for out in fit.left_out} == {
        "kind[c]": Lack.NO_EVENTS,
        "twin[y]": Lack.COLLINEAR,
    }


def test_a_level_in_which_nobody_works_is_left_out_of_the_logit(codes):
    formula = Formula(terms=parse_terms("kind + sex"))
    tally = count_work_months(codes, choose(codes, EVERYONE), formula.columns)
    fit = fit_working(tally, formula).fit
    assert [(out.term, out.lack) for out in fit.left_out] == [("kind[c]", Lack.NO_EVENTS)]


def test_what_is_constant_within_persons_drops_out_and_is_listed(codes):
    formula = Formula(terms=parse_terms("sex"), baseline="linear")
    tally = count_wage_months(codes, choose(codes, EVERYONE), formula.columns)
    fit = fit_within(tally, formula).fit
    assert fit.coefficients.terms == ("month",)
    assert [(out.term, out.lack) for out in fit.left_out] == [("sex[male]", Lack.CONSTANT)]
    assert isinstance(fit_wage(tally, formula).fit, Fit)


def test_a_fit_keeps_no_design_matrix_and_no_row(codes):
    found = hazard(codes, "kind + sex")
    sizes = [
        array.size
        for array in (found.fit.coefficients.estimate, found.fit.coefficients.covariance, found.basis.values)
    ]
    assert max(sizes) < 2000
    assert not hasattr(found.fit, "__dict__")


def test_terms_are_read_as_written_and_a_piece_that_is_none_is_named():
    assert parse_terms("a + b + a:b") == (("a",), ("b",), ("a", "b"))
    assert parse_terms("a*b") == (("a",), ("b",), ("a", "b"))
    assert parse_terms(" ") == ()
    with pytest.raises(ValueError, match=r"^a \+ \+ b$"):
        parse_terms("a + + b")


def test_coefficients_of_fewer_than_ten_persons_or_events_are_hidden_under_cbs(codes):
    fit = hazard(codes, "kind + sex").fit
    found = fit.coefficients
    few = replace(fit, coefficients=replace(found, events=np.where(np.arange(len(found.events)) == 1, 9, 50)))
    released = release_fit(few, CBS)
    assert isinstance(released, ReleasedFit)
    assert released.hidden.tolist() == [place == 1 for place in range(len(found.terms))]
    assert np.isnan(released.fit.coefficients.estimate[1])
    assert np.isnan(released.fit.coefficients.covariance[:, 1]).all()
    assert not release_fit(few, NONE).hidden.any()


def test_a_small_level_without_events_tells_no_count_under_cbs(codes):
    fit = hazard(codes, "kind + sex").fit
    small = replace(fit, left_out=tuple(replace(out, persons=7) for out in fit.left_out))
    told = release_fit(small, CBS).fit.left_out
    assert all(out.persons == -1 and np.isnan(out.bound) and np.isnan(out.exposure) for out in told)


def test_a_model_with_few_degrees_of_freedom_is_not_released_under_cbs(codes):
    fit = replace(hazard(codes, "sex").fit, df_residual=9)
    assert isinstance(release_fit(fit, CBS), ReleasedNoFit)
    assert isinstance(release_fit(fit, NONE), ReleasedFit)


@pytest.mark.parametrize(("missing", "told"), [(0, 0), (1, -1), (9, -1), (10, 10)])
def test_who_is_left_out_for_an_unknown_covariate_is_counted_only_where_they_are_ten(codes, missing, told):
    fit = replace(hazard(codes, "sex").fit, missing=missing)
    assert release_fit(fit, CBS).fit.missing == told
    assert release_fit(fit, NONE).fit.missing == missing


def test_events_of_levels_without_a_coefficient_are_not_those_of_the_reference(codes):
    """Whoever works always, or is apart from the others, has events: the reference has what remains of all."""
    fit = hazard(codes, "sex").fit
    [sex] = [at for at, term in enumerate(fit.coefficients.terms) if term == "sex[male]"]
    rest = fit.events - int(fit.coefficients.events[sex])
    out = LeftOut(term="sex[unknown]", lack=Lack.SEPARATED, persons=50, events=rest - 5)
    assert not release_fit(fit, CBS).hidden[sex]
    assert release_fit(replace(fit, left_out=(out,)), CBS).hidden[sex]


def test_a_logit_of_fewer_than_ten_months_of_work_is_not_released_under_cbs(codes):
    formula = Formula(terms=parse_terms("sex"))
    fit = fit_working(count_work_months(codes, choose(codes, EVERYONE), ("sex",)), formula).fit
    assert isinstance(release_fit(fit, CBS), ReleasedFit)
    assert isinstance(release_fit(replace(fit, events=9), CBS), ReleasedNoFit)
