"""Numbers and dates as a reader of a language writes them.

Babel gives the symbols of the language, once; the digits are Python's, so that a figure's hundreds of readings
cost microseconds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import cache

from models.clocks import from_day_number

MISSING = "–"
LEAST, MOST = 1e-6, 1e15
"""Numbers below and from here on are written with an exponent in a sentence."""
LEAST_P = 1e-4
"""A p-value below this is written as less than it: no chance is nought."""


@dataclass(frozen=True, slots=True)
class _Symbols:
    decimal: str
    group: str
    percent: str


@cache
def _symbols(language: str) -> _Symbols:
    from babel import Locale

    locale = Locale.parse(language)
    found = locale.number_symbols
    symbols = found.get("latn", found)
    # Dutch and English write "12%"; a thin no-break space reads better in neither.
    return _Symbols(str(symbols["decimal"]), str(symbols["group"]), str(symbols["percentSign"]))


@dataclass(frozen=True, slots=True)
class Formats:
    """How numbers and dates are written in one language."""

    language: str

    @property
    def group(self) -> str:
        """The sign between thousands."""
        return _symbols(self.language).group

    def number(self, value: float, digits: int) -> str:
        """Return `value` with `digits` decimals and grouped thousands; a dash when it is not a number."""
        if math.isnan(value):
            return MISSING
        symbols = _symbols(self.language)
        text = f"{value:,.{digits}f}"
        if text.startswith("-"):
            text = "\N{MINUS SIGN}" + text[1:]
        return text.replace(",", "\0").replace(".", symbols.decimal).replace("\0", symbols.group)

    def shortest(self, value: float) -> str:
        """Return a number with the decimals it needs, six at most: 1.5, 250; with an exponent where too many."""
        if math.isnan(value):
            return MISSING
        if value and not LEAST <= abs(value) < MOST:
            return self.exact(value)
        return self.number(value, len(f"{value:.6f}".rstrip("0").partition(".")[2]))

    def count(self, value: float) -> str:
        """Return a number of persons or days."""
        return self.number(value, 0)

    def below(self, value: float, digits: int) -> str:
        """Return "less than `value`"."""
        return f"<{self.number(value, digits)}"

    def exact(self, value: float) -> str:
        """Return a number with all its digits, as a program of the language reads it: -0.25, 1.5E-08; -0,25, 1,5E-08.

        Nothing when it is not a number; neither groups nor the typographic minus, which no program reads.
        """
        if not math.isfinite(value):
            return ""
        text = repr(value).removesuffix(".0").upper()
        return text.replace(".", _symbols(self.language).decimal)

    def percent(self, share: float, digits: int = 1) -> str:
        """Return a share as a percentage."""
        if math.isnan(share):
            return MISSING
        return self.number(share * 100, digits) + _symbols(self.language).percent

    def day(self, day: date) -> str:
        """Return a date in words: 1 July 2024, 1 juli 2024."""
        from babel.dates import format_date

        return str(format_date(day, "d MMMM y", locale=self.language))

    def month(self, day: date) -> str:
        """Return the calendar month that holds a date: July 2024, juli 2024."""
        from babel.dates import format_date

        return str(format_date(day, "MMMM y", locale=self.language))

    def day_number(self, number: int) -> str:
        """Return a day counted from 1 January 1970 in words."""
        return self.day(from_day_number(number))

    def country(self, code: str) -> str:
        """Return the name of a country by its ISO 3166 code, or the code itself."""
        from babel import Locale

        return str(Locale.parse(self.language).territories.get(code, code))


def digits_for(spacing: float) -> int:
    """Return the decimals that write multiples of `spacing` as they are: 1 for 2.5, 2 for 0.25."""
    if spacing <= 0:
        return 1
    digits = max(0, math.ceil(-math.log10(spacing) - 1e-9))
    return next(
        (d for d in range(digits, digits + 4) if abs(round(spacing, d) - spacing) < 1e-9 * spacing), digits
    )
