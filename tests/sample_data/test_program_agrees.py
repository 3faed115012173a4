"""On the full sample, dirt and all, the program's tables equal a direct count in pandas that shares no code with it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from explorer.core.spec import Spec
from explorer.core.views import all_views
from explorer.pipeline.answering import answer
from models.rules import NONE

MONTHS = (0, 1, 4, 12, 24, 28)


@pytest.fixture(scope="module")
def table(sample_dataset):
    def ask(view, by=(), **options):
        spec = Spec(view=view, by=by, options=all_views()[view].options(**options))
        found = answer(sample_dataset.source, spec, NONE).table()
        return pd.DataFrame(found.rows, columns=[column.name for column in found.columns])

    return ask


@pytest.fixture(scope="module", params=MONTHS)
def counted(request, register, counting):
    here, jobs = counting.at_month(register, request.param)
    return request.param, here, jobs


def group_of(people):
    other = np.where(people.nationality == "unknown", "unknown", "other")
    return pd.Series(np.where(people.nationality == "UA", "Ukrainian", other), people.index)


def test_present_and_working_equal_the_direct_count(table, counted):
    month, here, jobs = counted
    found = table("employment", ("nationality_group",))
    found = found[found.month == month].set_index("nationality_group")
    group = group_of(here)
    at_work = here.person_id.isin(jobs.person_id)
    for name, row in found.iterrows():
        assert row.present == int((group == name).sum())
        assert row.working == int(((group == name) & at_work).sum())


def test_contracts_sectors_and_wages_equal_the_direct_count(table, counted):
    month, _, jobs = counted
    for view, column in (("contracts", "contract"), ("sectors", "sector")):
        found = table(view)
        found = found[found.month == month].set_index(column).persons
        # The direct count keeps codes that are no section; the program calls them unknown, as it does empty ones.
        direct = jobs[column].where(jobs[column].isin(found.index), "unknown").value_counts()
        assert {k: v for k, v in found.items() if v} == {k: v for k, v in direct.items() if v}
    found = table("wages")
    row = found[found.month == month].iloc[0]
    hourly = jobs.hourly.dropna()
    assert row.workers == len(hourly)
    for name, share in (("p10", 0.1), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p90", 0.9)):
        assert row[name] == pytest.approx(float(np.quantile(hourly, share)), abs=1e-9)


def test_more_than_one_employer_equals_the_direct_count(table, counted, register, counting):
    month, here, jobs = counted
    several = jobs.person_id.map(
        counting.employers_since_settling(register, here, here.settled + counting.MONTH_DAY[month])
    )
    found = table("employers")
    row = found[found.month == month].iloc[0]
    assert (row.workers, row.more_than_one) == (len(jobs), int((several > 1).sum()))


def test_share_departed_with_fixed_follow_up_equals_the_direct_count(table, register, counting):
    found = table("departure_followed").set_index("month")
    for month in MONTHS[1:]:
        direct = counting.fixed_follow_up(register.people, counting.MONTH_DAY[month])
        assert found.share_departed[month] == pytest.approx(direct, abs=1e-12)


@pytest.mark.parametrize("day", [date(2022, 7, 1), date(2023, 1, 1), date(2024, 7, 1)])
def test_counts_on_a_date_equal_the_direct_count(table, register, counting, day):
    people = register.people
    number = float(counting.number(day.year, day.month, day.day))
    [row] = table("stock", on=day).to_dict("records")
    here = counting.present(register, people, pd.Series(number, people.index))
    assert row["settled"] == int((people.settled <= number).sum())
    gone = (people.departed <= number) & (people.departed <= counting.OBSERVED_UNTIL)
    assert row["departed"] == int(gone.sum())
    assert row["present"] == int(here.sum())
    [aged] = table("stock", on=day, ages=(15, 64)).to_dict("records")
    direct = counting.on_date(register, (day.year, day.month, day.day), people)
    assert aged["share_working"] == pytest.approx(direct, abs=1e-12)
