"""From a relation to numpy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray


def fetch(table: Any, pause: Callable[[], None] = lambda: None) -> dict[str, NDArray[Any]]:
    """Return the columns of a relation of numbers and dates; missing numbers are NaN, missing dates NaT.

    `pause` is called just before the query runs, and raises when its answer is not wanted any more.

    DuckDB hands numpy over itself; by way of Ibis or Arrow pandas would be imported, on the way to the first figures.
    """
    backend = table.get_backend()
    if backend.name == "duckdb":
        query = backend.compile(table)
        pause()
        found = backend.con.sql(query).fetchnumpy()
    else:
        arrow = table.to_pyarrow()
        found = {name: arrow.column(name).to_numpy() for name in arrow.column_names}
    return {name: _plain(values) for name, values in found.items()}


def _plain(values: NDArray[Any]) -> NDArray[Any]:
    if not isinstance(values, np.ma.MaskedArray):
        return values
    if not values.mask.any():
        return np.asarray(values.data)
    if values.dtype.kind == "M":
        return np.asarray(values.filled(np.datetime64("NaT")))
    return np.where(values.mask, np.nan, values.data.astype(np.float64))
