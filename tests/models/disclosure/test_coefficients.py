"""A coefficient is told where enough stand behind it and behind all that it is measured from."""

from __future__ import annotations

import numpy as np
import pytest

from models.disclosure.coefficients import hidden_terms, told, two_digits
from models.disclosure.fits import release_fit
from models.fit import Coefficients, Errors, Fit, TermTest, factors_of
from models.rules import CBS, NONE


def fit_of(numbers, references, *, persons=400, events=200, tests=()):
    """A fit with persons and events of each term."""
    found = Coefficients(
        terms=tuple(numbers),
        estimate=np.linspace(0.12345, 1.2, len(numbers)),
        covariance=np.diag(np.linspace(0.01234, 0.2, len(numbers))),
        persons=np.asarray([n for n, _ in numbers.values()]),
        events=np.asarray([d for _, d in numbers.values()]),
    )
    return Fit(
        model="departure",
        scale="log hazard",
        baseline="steps",
        coefficients=found,
        persons=persons,
        events=events,
        person_days=50_000.0,
        observations=persons,
        log_likelihood=-512.34,
        aic=2 * 6 + 2 * 512.34,
        df_residual=events - 6,
        errors=Errors.MODEL,
        references=references,
        tests=tests,
    )


def hidden_of(fit):
    hidden = hidden_terms(fit, fit.coefficients, CBS)
    return {term for term, gone in zip(fit.coefficients.terms, hidden.tolist(), strict=True) if gone}


BASE = {"month[1]": (400, 120), "month[2]": (300, 80)}


@pytest.mark.parametrize(
    ("levels", "gone"),
    [
        ({"sex[male]": (200, 100)}, set()),
        ({"sex[male]": (200, 9)}, {"sex[male]"}),
        ({"sex[male]": (9, 9)}, {"sex[male]"}),
        ({"sex[male]": (396, 150)}, {"sex[male]", "month[1]", "month[2]"}),
        ({"sex[male]": (200, 193)}, {"sex[male]", "month[1]", "month[2]"}),
    ],
    ids=["enough", "few events", "few persons", "few in the reference", "few events in the reference"],
)
def test_a_small_level_is_hidden_and_a_small_reference_hides_all_that_rests_on_it(levels, gone):
    assert hidden_of(fit_of(BASE | levels, ("sex[female]",))) == gone


def test_an_interaction_is_hidden_with_the_smallest_of_its_cells():
    enough = {"a[x]": (200, 100), "b[y]": (200, 100), "a[x]:b[y]": (100, 50)}
    assert hidden_of(fit_of(BASE | enough, ("a[o]", "b[o]"))) == set()
    for cell in ({"a[x]:b[y]": (100, 95)}, {"a[x]": (200, 57)}, {"a[x]": (200, 145)}):
        numbers = BASE | enough | cell
        assert hidden_of(fit_of(numbers, ("a[o]", "b[o]"))) == set(numbers), cell


def test_a_level_may_hold_a_colon():
    assert factors_of("a[x:y]:b[1:2]:month") == ("a[x:y]", "b[1:2]", "month")
    numbers = BASE | {"a[x:y]": (200, 100)}
    assert hidden_of(fit_of(numbers, ("a[o:p]",))) == set()


def test_what_is_told_has_three_decimals_and_errors_of_two_digits_and_no_covariance():
    fit = fit_of(BASE | {"sex[male]": (200, 100)}, ("sex[female]",))
    out = told(fit.coefficients, np.zeros(3, dtype=bool), np.nan)
    assert out.estimate.tolist() == [0.123, 0.662, 1.2]
    assert out.std_error == pytest.approx(two_digits(fit.coefficients.std_error))
    assert np.isnan(out.covariance[~np.eye(3, dtype=bool)]).all()
    assert two_digits(np.asarray([0.12345, 12.345, 0.0])).tolist() == pytest.approx([0.12, 12.0, 0.0])


def test_degrees_and_aic_follow_from_what_is_told():
    released = release_fit(fit_of(BASE | {"sex[male]": (200, 100)}, ("sex[female]",), events=204), CBS).fit
    assert (released.events, released.df_residual) == (200, 194)
    assert released.log_likelihood == -512
    assert released.aic == 2 * 6 + 2 * 512


def test_the_test_of_a_hidden_term_is_not_told():
    tests = tuple(
        TermTest(term=term, kind="likelihood ratio", statistic=12.34, df=1, p_value=0.01)
        for term in ("sex", "age")
    )
    fit = fit_of(BASE | {"sex[male]": (200, 9), "age": (400, 200)}, ("sex[female]",), tests=tests)
    assert [test.term for test in release_fit(fit, CBS).fit.tests] == ["age"]
    assert len(release_fit(fit, NONE).fit.tests) == 2
