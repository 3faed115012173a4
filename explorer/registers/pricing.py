"""Prices by calendar month: consumer price index and statutory minimum wage, small tables with their sources."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np

from models.clocks import day_number
from models.results import FloatArray, IntArray

FOLDER: Final = "prices"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceTables:
    """The tables.

    Attributes
    ----------
    cpi_months, cpi
        Consecutive months as ``2022-01`` and the index, 2015 = 100.
    minimum_from, minimum
        First day of validity and EUR an hour.
    cpi_source, minimum_source
        What stands above each table: source, date and how rows were made.
    """

    cpi_months: tuple[str, ...]
    cpi: tuple[float, ...]
    minimum_from: tuple[date, ...]
    minimum: tuple[float, ...]
    cpi_source: str
    minimum_source: str


@cache
def price_tables() -> PriceTables:
    """Return the bundled tables."""
    cpi, cpi_source = _read("cpi.csv")
    minimum, minimum_source = _read("minimum_wage.csv")
    return PriceTables(
        cpi_months=tuple(row["month"] for row in cpi),
        cpi=tuple(float(row["index"]) for row in cpi),
        minimum_from=tuple(date.fromisoformat(row["from"]) for row in minimum),
        minimum=tuple(float(row["eur_per_hour"]) for row in minimum),
        cpi_source=cpi_source,
        minimum_source=minimum_source,
    )


def month_number(month: str) -> int:
    """Return a month as ``2022-01`` as year × 12 + month − 1."""
    year, number = map(int, month.split("-"))
    return year * 12 + number - 1


def index_in(tables: PriceTables, months: IntArray) -> FloatArray:
    """Return the price index of months given as year × 12 + month − 1; NaN outside the table."""
    place = np.asarray(months) - month_number(tables.cpi_months[0])
    index = np.asarray(tables.cpi)
    inside = (place >= 0) & (place < len(index))
    return np.where(inside, index[np.clip(place, 0, len(index) - 1)], np.nan)


def minimum_on(tables: PriceTables, days: IntArray) -> FloatArray:
    """Return the minimum wage in EUR an hour on days since 1 January 1970; NaN before the first."""
    starts = np.asarray([day_number(day) for day in tables.minimum_from])
    place = np.searchsorted(starts, np.asarray(days), side="right") - 1
    amounts = np.asarray(tables.minimum)
    return np.where(place >= 0, amounts[np.maximum(place, 0)], np.nan)


def _read(name: str) -> tuple[list[dict[str, str]], str]:
    text = Path(str(files("explorer.registers").joinpath(FOLDER, name))).read_text(encoding="utf-8")
    lines = text.splitlines()
    about = " ".join(line.lstrip("# ") for line in lines if line.startswith("#"))
    return list(csv.DictReader(line for line in lines if not line.startswith("#"))), about
