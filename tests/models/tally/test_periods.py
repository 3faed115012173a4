"""Periods of settling: each has a label of its own."""

from __future__ import annotations

from datetime import date

import pytest

from models.register import DatasetInfo
from models.tally.periods import cohort_periods, labels_of


def labels(*edges, until=date(2023, 1, 1)):
    info = DatasetInfo(
        title="",
        source="",
        synthetic=True,
        arrivals_from=edges[0],
        observed_until=until,
        periods=edges,
    )
    return labels_of(cohort_periods(info))


def test_a_period_inside_a_half_year_or_a_year_is_called_by_it():
    assert labels(date(2021, 1, 1), date(2022, 2, 24), date(2022, 7, 1)) == (
        "2021-01-01 – 2022-02-23",
        "2022 H1",
        "2022 H2",
    )
    assert labels(date(2021, 1, 1), date(2022, 1, 1)) == ("2021", "2022")


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        (
            (date(2022, 1, 1), date(2022, 3, 1), date(2022, 7, 1)),
            ("2022-01-01 – 2022-02-28", "2022-03-01 – 2022-06-30", "2022 H2"),
        ),
        (
            tuple(date(2022, month, 1) for month in (1, 4, 7, 10)),
            (
                "2022-01-01 – 2022-03-31",
                "2022-04-01 – 2022-06-30",
                "2022-07-01 – 2022-09-30",
                "2022-10-01 – 2022-12-31",
            ),
        ),
        # Only the last two share a half-year; the period before spans the year's middle.
        (
            (date(2022, 5, 1), date(2022, 9, 1), date(2022, 12, 1)),
            ("2022", "2022-09-01 – 2022-11-30", "2022-12-01 – 2022-12-31"),
        ),
        ((date(2022, 1, 1), date(2022, 9, 1)), ("2022", "2022 H2")),
    ],
)
def test_periods_that_would_be_called_alike_are_called_by_their_days(edges, expected):
    assert labels(*edges) == expected


def test_every_period_of_a_day_has_its_own_label():
    edges = tuple(date(2022, 12, day) for day in range(1, 32))
    assert len(set(labels(*edges))) == 31
