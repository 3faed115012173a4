"""How fast do people leave, by calendar month and by month of stay at once? The Lexis surface of departures."""

from __future__ import annotations

from typing import Final

import numpy as np

from models.clocks import DAYS_PER_MONTH
from models.disclosure.releasing import Released
from models.results import FEWEST, IntArray, Measure, Nothing, Reason, Result, Rows, Unit
from models.tally.lexis import LexisCells

FEWEST_PERSONS: Final = FEWEST
FEWEST_PERSON_MONTHS: Final = 30
"""Under either a cell's rate is noise and is left out; its counts are not, so that margins still add up."""


def lexis_surface(released: Released[LexisCells]) -> Result:
    """Departures, exact person-days and their ratio by calendar month and month of stay.

    Day t at risk, in (t - 1, t] since settling, lies on calendar day settled + t - 1, and in the month of stay m
    with d(m - 1) < t <= d(m). A departure at duration D lies in the cell of its last resident day, t = D, so that
    no event lacks exposure; the same cells as those of ``splitLexis`` in R's package Epi.

    Parameters
    ----------
    released
        Cells. A condition on month s starts everyone at day d(s); persons without time at risk after it are not
        counted. Of rounded cells those of too few persons have no row.

    Returns
    -------
    Rows with key columns ``(by..., period, month)``, period as ``2022-03``, and columns ``departed,
    person_days, rate`` (per 30.4375 person-days), one row a cell with exposure, ordered by group, period, month.
    Cells of fewer than 10 persons or 30 person-months have no rate. Behind a cell are the persons with exposure
    in it and those who departed in it.
    """
    tally = released.counts
    person_days, persons, counted = (
        part.ravel().astype(np.float64) for part in (tally.person_days, tally.persons, tally.departed)
    )
    if not person_days.any():
        return Nothing(reason=Reason.NOBODY)
    lived = np.flatnonzero((person_days > 0) & (persons > 0))
    if not len(lived):
        return Nothing(reason=Reason.ALL_HIDDEN)
    person_days, persons, departed = person_days[lived], persons[lived], counted[lived]
    masked = (persons < FEWEST_PERSONS) | (person_days < FEWEST_PERSON_MONTHS * DAYS_PER_MONTH)
    rate = np.where(masked, np.nan, departed / person_days * DAYS_PER_MONTH)
    return Rows(
        columns=(*tally.by, "period", "month"),
        keys=_keys(tally, lived),
        measures=(
            Measure(name="departed", unit=Unit.PERSONS, values=departed),
            Measure(name="person_days", unit=Unit.PERSON_DAYS, values=person_days),
            Measure(name="rate", unit=Unit.PER_MONTH, values=rate),
        ),
        behind=(persons, departed),
        start_month=tally.start_month,
        passed=released.passed,
    )


def _keys(tally: LexisCells, cells: IntArray) -> tuple[tuple[str | int, ...], ...]:
    _, periods, months = tally.person_days.shape
    names = np.datetime_as_string(tally.periods.astype("datetime64[D]"), unit="M").tolist()
    group, rest = np.divmod(cells, periods * months)
    period, month = np.divmod(rest, months)
    return tuple(
        (*tally.keys[g], names[p], m)
        for g, p, m in zip(group.tolist(), period.tolist(), month.tolist(), strict=True)
    )
