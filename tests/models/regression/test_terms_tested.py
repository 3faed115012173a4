"""The test of a term is fitted to sums over its column, and gives what every cell by itself gives."""

from __future__ import annotations

import pytest

from models.regression import hazard
from models.regression.fitting import Model, person_time
from models.regression.formula import Formula, parse_terms
from models.regression.hazard import fit_hazard
from models.selection import EVERYONE
from models.tally.building import build_codes
from models.tally.choosing import choose
from tests.models.worlds import make_world

ASKED = {
    "one term": Formula(terms=parse_terms("sex")),
    "main effects": Formula(terms=parse_terms("cohort + sex + province")),
    "a number": Formula(terms=parse_terms("age + sex"), baseline="spline"),
    "an interaction": Formula(terms=parse_terms("cohort + sex + cohort:sex")),
    "a change with month": Formula(terms=parse_terms("sex + province"), by_month=("sex",)),
    "work the month before": Formula(terms=parse_terms("working[lag1] + sex")),
}


@pytest.fixture(scope="module")
def codes():
    return build_codes(make_world(51, persons=500).register())


@pytest.mark.parametrize("name", ASKED)
def test_statistics_of_summed_cells_are_those_of_all_cells(codes, monkeypatch, name):
    tally = person_time(codes, choose(codes, EVERYONE), Model(name="departure", formula=ASKED[name]))
    summed = fit_hazard(tally, ASKED[name]).fit.tests
    monkeypatch.setattr(hazard, "_summed", lambda whole, formula: whole)
    whole = fit_hazard(tally, ASKED[name]).fit.tests
    assert [(test.term, test.df) for test in summed] == [(test.term, test.df) for test in whole]
    assert summed
    for one, other in zip(summed, whole, strict=True):
        assert one.statistic == pytest.approx(other.statistic, abs=1e-8)
        assert one.p_value == pytest.approx(other.p_value, abs=1e-8)


def test_summing_keeps_events_and_person_days(codes):
    tally = person_time(
        codes, choose(codes, EVERYONE), Model(name="departure", formula=ASKED["main effects"])
    )
    for terms in ("", "sex", "province + cohort"):
        summed = hazard._summed(tally, Formula(terms=parse_terms(terms)))
        assert len(summed.table) < len(tally.table)
        assert (summed.events.sum(axis=0) == tally.events.sum(axis=0)).all()
        assert (summed.person_days.sum(axis=0) == tally.person_days.sum(axis=0)).all()
        assert summed.persons.sum() == tally.persons.sum()


@pytest.mark.parametrize("name", ASKED)
def test_what_is_known_of_the_whole_model_changes_no_test_of_its_terms(codes, monkeypatch, name):
    tally = person_time(codes, choose(codes, EVERYONE), Model(name="departure", formula=ASKED[name]))
    short = fit_hazard(tally, ASKED[name]).fit.tests
    known = []
    larger = hazard._larger
    monkeypatch.setattr(hazard, "_larger", lambda *asked: known.append(larger(*asked)))
    screened = fit_hazard(tally, ASKED[name]).fit.tests
    assert [(test.term, test.df) for test in short] == [(test.term, test.df) for test in screened]
    for one, other in zip(short, screened, strict=True):
        assert one.statistic == pytest.approx(other.statistic, abs=1e-8)
    # The short way is taken where nothing but steps without events is left out, else it would not be tested here.
    assert name != "main effects" or known[0] is not None
