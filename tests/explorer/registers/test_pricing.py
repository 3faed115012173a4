"""The price tables have no gap, say where they come from, and agree with what else is known."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from explorer.registers.pricing import index_in, minimum_on, month_number, price_tables
from models.clocks import day_number
from sample_data.days import day
from sample_data.minimum_wage import HOURLY


def test_months_follow_each_other_without_a_gap_and_indexes_are_plausible():
    tables = price_tables()
    numbers = [month_number(month) for month in tables.cpi_months]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert tables.cpi_months[0] == "2022-01"
    assert all(110 < index < 150 for index in tables.cpi)


def test_the_mean_of_2022_is_the_published_one():
    tables = price_tables()
    assert np.mean(tables.cpi[:12]) == pytest.approx(121.43, abs=0.005)


@pytest.mark.parametrize(
    ("month", "rate"),
    [("2023-02", 8.0), ("2023-03", 4.4), ("2023-10", -0.4), ("2024-01", 3.2), ("2024-12", 4.1)],
)
def test_year_on_year_rates_are_those_that_were_published(month, rate):
    tables = price_tables()
    place = tables.cpi_months.index(month)
    assert 100 * (tables.cpi[place] / tables.cpi[place - 12] - 1) == pytest.approx(rate, abs=0.06)


def test_an_index_outside_the_table_is_unknown():
    tables = price_tables()
    found = index_in(
        tables, np.asarray([month_number("2021-12"), month_number("2022-02"), month_number("2099-01")])
    )
    assert np.isnan(found[[0, 2]]).all()
    assert found[1] == 115.27


@pytest.mark.parametrize(
    ("on", "amount"),
    [
        (date(2022, 6, 30), 10.48),
        (date(2023, 6, 30), 11.75),
        (date(2024, 1, 1), 13.27),
        (date(2024, 6, 30), 13.27),
        (date(2025, 7, 1), 14.40),
    ],
)
def test_the_minimum_wage_holds_from_its_first_day(on, amount):
    assert minimum_on(price_tables(), np.asarray([day_number(on)]))[0] == amount


def test_the_minimum_wage_rose_by_a_tenth_in_january_2023():
    before, after = minimum_on(
        price_tables(), np.asarray([day_number(date(2022, 12, 31)), day_number(date(2023, 1, 1))])
    )
    assert after / before == pytest.approx(1.1015, abs=0.001)


def test_the_minimum_wage_is_that_of_the_sample_and_unknown_before():
    known = {start: amount for start, amount in HOURLY if start >= day(2022, 1, 1)}
    found = minimum_on(price_tables(), np.asarray(list(known)))
    assert found.tolist() == list(known.values())
    assert np.isnan(minimum_on(price_tables(), np.asarray([day_number(date(2021, 12, 31))]))[0])


def test_each_table_says_where_it_comes_from():
    tables = price_tables()
    assert "CBS" in tables.cpi_source
    assert "Staatscourant" in tables.minimum_source
