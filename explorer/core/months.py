"""Calendar months: their numbers, their names, and their place on a Lexis surface."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from explorer.core.formatting import Formats
from explorer.core.words import Worded, Words
from models.clocks import day_number, from_day_number

MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class MonthOf(Worded):
    """A calendar month written as ``2023-04``, told as April 2023, april 2023."""

    label: str

    def told(self, words: Words) -> str:
        """Return the month in words."""
        return Formats(words.language).month(from_day_number(first_day(number_of(self.label))))


def number_of(label: str) -> int:
    """Return a month written as ``2023-04`` as year × 12 + month − 1."""
    year, month = map(int, label.split("-"))
    return year * MONTHS + month - 1


def label_of(number: int) -> str:
    """Return a month, year × 12 + month − 1, as ``2023-04``."""
    return f"{number // MONTHS}-{number % MONTHS + 1:02d}"


def first_day(number: int) -> int:
    """Return the first day of a month, as days since 1 January 1970."""
    return day_number(date(number // MONTHS, number % MONTHS + 1, 1))


def first_column(labels: Sequence[str]) -> int:
    """Return the calendar month of column 0 of a surface whose months are `labels`: the first of them."""
    return min(map(number_of, labels))


@lru_cache(maxsize=4096)
def month_name(day: int, language: str) -> str:
    """Return the month that holds a day counted from 1 January 1970: Apr 2023, apr 2023."""
    from babel.dates import format_date

    return str(format_date(from_day_number(day), "MMM y", locale=language))
