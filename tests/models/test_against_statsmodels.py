"""Survival and incidence equal those of statsmodels, a second program that shares no code with the tally."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight

from models.departure import kaplan_meier
from models.selection import EVERYONE
from models.tally.building import build_codes
from models.tally.choosing import choose
from models.tally.exits import count_departures
from tests.models.exactly import share_by_destination
from tests.models.worlds import make_world


@pytest.fixture(scope="module")
def codes():
    return build_codes(make_world(31, persons=300).register())


def test_survival_and_its_error_equal_survfunc(codes):
    km = kaplan_meier(count_departures(codes, choose(codes, EVERYONE)))
    other = SurvfuncRight(codes.duration.astype(float), (codes.destination > 0).astype(float))
    days = other.surv_times.astype(int)
    inside = other.surv_prob > 0
    assert km.survival[0, days] == pytest.approx(other.surv_prob, abs=1e-12)
    error = km.survival[0, days[inside]] * np.sqrt(km.variance[0, days[inside]])
    assert error == pytest.approx(other.surv_prob_se[inside], abs=1e-12)


def test_incidence_by_destination_equals_cumincidence(codes):
    curves = share_by_destination(count_departures(codes, choose(codes, EVERYONE)))
    other = CumIncidenceRight(codes.duration.astype(float), codes.destination.astype(int))
    days = other.times.astype(int)
    from models.clocks import MONTH_DAYS

    for cause in range(5):
        for point, month in enumerate(curves.at):
            at = np.searchsorted(days, MONTH_DAYS[month], side="right") - 1
            expected = other.cinc[cause][at] if at >= 0 else 0.0
            assert curves["share"][cause, point] == pytest.approx(expected, abs=1e-12)
