"""The bundled price tables as views and fits ask for them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.core.words import N_, Refusal
from models.results import FloatArray, IntArray
from models.tally.person_months import Deflator


@dataclass(frozen=True, slots=True)
class BundledPrices:
    """The consumer price index and the statutory minimum wage that come with the program."""

    def deflator(self, month: str) -> Deflator:
        """Return what makes wages real in the prices of `month`, as ``2024-01``.

        Raises
        ------
        Refusal
            When the price index does not hold the month.
        """
        from explorer.registers.pricing import month_number, price_tables

        tables = price_tables()
        if month not in tables.cpi_months:
            raise Refusal(
                N_("There is no consumer price index for “{month}”; choose a month from {first} to {last}."),
                month=month,
                first=tables.cpi_months[0],
                last=tables.cpi_months[-1],
            )
        index = np.asarray(tables.cpi)
        base = index[tables.cpi_months.index(month)]
        return Deflator(first=month_number(tables.cpi_months[0]), factors=base / index)

    def minimum_on(self, days: IntArray) -> FloatArray:
        """Return the statutory minimum wage in EUR an hour on days since 1 January 1970."""
        from explorer.registers.pricing import minimum_on, price_tables

        return minimum_on(price_tables(), days)
