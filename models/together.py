"""Results of several selections in one: what is drawn together when A is compared with B."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np

from models.results import BoolArray, Curves, FloatArray, Listing, Measure, Nothing, Result
from models.wages import WageFan

SELECTION: Final = "selection"
"""Name of the column that holds the name of each selection."""


def together(results: Mapping[str, Result]) -> Result:
    """Return the results of several selections as one, with the name of each in the column ``selection``.

    Those that are `Nothing` are left out; when all are, the first reason is the answer.
    """
    some = {name: result for name, result in results.items() if not isinstance(result, Nothing)}
    if not some:
        return next(iter(results.values()))
    if isinstance(next(iter(some.values())), Curves):
        return _curves({name: one for name, one in some.items() if isinstance(one, Curves)})
    return _listings({name: one for name, one in some.items() if isinstance(one, Listing)})


def _curves(results: Mapping[str, Curves]) -> Curves:
    first = next(iter(results.values()))
    at = max((one.at for one in results.values()), key=len)
    points = len(at)
    keys = tuple((name, *key) for name, one in results.items() for key in one.keys)
    behind = [
        np.concatenate([_padded(one.behind[place], points, 0.0) for one in results.values()])
        for place in range(len(first.behind))
    ]
    starts = {one.start_month for one in results.values()}
    beside: dict[str, Any] = {}
    if isinstance(first, WageFan):
        fans = [one for one in results.values() if isinstance(one, WageFan)]
        beside["minimum"] = np.concatenate([_padded(fan.minimum, points, np.nan) for fan in fans])
    return replace(
        first,
        **beside,
        by=(SELECTION, *first.by),
        keys=keys,
        at=at,
        measures=tuple(
            Measure(
                name=measure.name,
                unit=measure.unit,
                values=np.concatenate(
                    [_padded(one[measure.name], points, np.nan) for one in results.values()]
                ),
            )
            for measure in first.measures
        ),
        observed=np.concatenate([_seen(one.observed, points) for one in results.values()]),
        behind=tuple(behind),
        start_month=starts.pop() if len(starts) == 1 else 0,
        start_days=tuple(day for one in results.values() for day in one.start_days),
        tests=(),
    )


def _listings(results: Mapping[str, Listing]) -> Listing:
    first = next(iter(results.values()))
    keys = tuple((name, *key) for name, one in results.items() for key in one.keys)
    behind = [
        np.concatenate([one.behind[place] for one in results.values()]) for place in range(len(first.behind))
    ]
    starts = {one.start_month for one in results.values()}
    return replace(
        first,
        columns=(SELECTION, *first.columns),
        keys=keys,
        measures=tuple(
            Measure(
                name=measure.name,
                unit=measure.unit,
                values=np.concatenate([one[measure.name] for one in results.values()]),
            )
            for measure in first.measures
        ),
        behind=tuple(behind),
        start_month=starts.pop() if len(starts) == 1 else 0,
    )


def _padded(values: FloatArray, points: int, blank: float) -> FloatArray:
    return np.pad(values.astype(np.float64), ((0, 0), (0, points - values.shape[1])), constant_values=blank)


def _seen(observed: BoolArray, points: int) -> BoolArray:
    return np.pad(observed, ((0, 0), (0, points - observed.shape[1])), constant_values=False)
