"""Numbers and dates are written as the language writes them."""

from __future__ import annotations

import math
from datetime import date

import pytest

from explorer.core.formatting import LEAST_P, MISSING, Formats, digits_for


def test_dutch_has_a_decimal_comma_and_points_between_thousands():
    dutch = Formats("nl")
    assert dutch.number(1234567.891, 2) == "1.234.567,89"
    assert dutch.percent(0.12345) == "12,3%"
    assert dutch.count(157000) == "157.000"


def test_english_has_a_decimal_point_and_commas_between_thousands():
    english = Formats("en")
    assert english.number(1234567.891, 2) == "1,234,567.89"
    assert english.percent(0.5, 0) == "50%"


def test_a_minus_is_a_minus_and_not_a_hyphen():
    assert Formats("en").number(-1.5, 1) == "\N{MINUS SIGN}1.5"


def test_next_to_nothing_is_not_written_as_nought():
    assert Formats("nl").below(LEAST_P, 4) == "<0,0001"


@pytest.mark.parametrize(
    "value", [0.1 + 0.2, -1.5, 1.234e-9, -2.0, 12.0, 1e22, 1e-310, 123456789.123456, 0.0]
)
def test_a_number_is_copied_so_that_a_program_reads_the_same_number(value):
    english, dutch = Formats("en").exact(value), Formats("nl").exact(value)
    assert float(english) == value
    assert float(dutch.replace(",", ".")) == value
    assert "\N{MINUS SIGN}" not in english + dutch


def test_what_is_not_a_number_is_copied_as_nothing():
    assert [Formats("nl").exact(value) for value in (math.nan, math.inf, -math.inf)] == ["", "", ""]


def test_what_is_not_a_number_is_a_dash():
    assert Formats("nl").percent(math.nan) == MISSING
    assert Formats("nl").number(math.nan, 1) == MISSING


def test_dates_are_in_words_of_the_language():
    assert Formats("nl").day(date(2024, 7, 1)) == "1 juli 2024"
    assert Formats("en").day(date(2024, 7, 1)) == "1 July 2024"


def test_countries_are_named_in_the_language_and_unknown_codes_stay():
    assert Formats("nl").country("UA") == "Oekraïne"
    assert Formats("en").country("XQ") == "XQ"


@pytest.mark.parametrize(
    ("spacing", "digits"), [(1, 0), (0.5, 1), (0.1, 1), (0.25, 2), (0.02, 2), (0.001, 3), (10, 0)]
)
def test_ticks_have_the_decimals_that_tell_them_apart(spacing, digits):
    assert digits_for(spacing) == digits


@pytest.mark.parametrize(
    ("spacing", "digits"),
    [(1.0, 0), (5.0, 0), (2.5, 1), (0.5, 1), (0.25, 2), (0.05, 2), (0.025, 3), (12.5, 1)],
)
def test_ticks_are_written_with_all_their_decimals(spacing, digits):
    assert digits_for(spacing) == digits
