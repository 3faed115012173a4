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


def together(
    results: Mapping[str, Result], alone: tuple[int, ...] = (), apart: tuple[Result, ...] = ()
) -> Result:
    """Return the results of several selections as one, with the name of each in the column ``selection``.

    Parameters
    ----------
    results
        Results of one view by name of the selection. Those that are `Nothing` are left out; when all are, the first
        reason is the answer.
    alone
        Numbers of persons in only one of the selections: they stand behind every cell, because the difference of two
        numbers that may be published tells of those persons alone.
    apart
        The same view of the persons in only one of the selections, an entry for each: the numbers behind its cells
        stand behind the cells of every selection with the same key and point, for the same reason.
    """
    some = {name: result for name, result in results.items() if not isinstance(result, Nothing)}
    if not some:
        return next(iter(results.values()))
    first = next(iter(some.values()))
    if isinstance(first, Curves):
        curves = _curves({name: one for name, one in some.items() if isinstance(one, Curves)}, alone)
        extra = [row for one in apart if isinstance(one, Curves) for row in _behind_curves(curves, one)]
        return replace(curves, behind=(*curves.behind, *extra))
    assert isinstance(first, Listing)
    listing = _listings({name: one for name, one in some.items() if isinstance(one, Listing)}, alone)
    extra = [row for one in apart if isinstance(one, Listing) for row in _behind_rows(listing, one)]
    return replace(listing, behind=(*listing.behind, *extra))


def _behind_curves(result: Curves, apart: Curves) -> list[FloatArray]:
    """Return the numbers behind the cells of `apart`, laid at the keys and points of `result`; none elsewhere."""
    series = {key: place for place, key in enumerate(apart.keys)}
    points = {int(at): place for place, at in enumerate(apart.at)}
    found = [(place, series[key[1:]]) for place, key in enumerate(result.keys) if key[1:] in series]
    here = [(place, points[int(at)]) for place, at in enumerate(result.at) if int(at) in points]
    out = []
    for persons in apart.behind:
        laid = np.zeros((len(result.keys), len(result.at)))
        if found and here:
            (rows, theirs), (columns, others) = (np.array(pairs).T for pairs in (found, here))
            laid[np.ix_(rows, columns)] = np.nan_to_num(persons[np.ix_(theirs, others)])
        out.append(laid)
    return out


def _behind_rows(result: Listing, apart: Listing) -> list[FloatArray]:
    """Return the numbers behind the rows of `apart`, laid at the keys of `result`; none elsewhere."""
    places = {key: place for place, key in enumerate(apart.keys)}
    return [
        np.array(
            [
                float(np.nan_to_num(persons[places[key[1:]]])) if key[1:] in places else 0.0
                for key in result.keys
            ]
        )
        for persons in apart.behind
    ]


def _curves(results: Mapping[str, Curves], alone: tuple[int, ...]) -> Curves:
    first = next(iter(results.values()))
    at = max((one.at for one in results.values()), key=len)
    points = len(at)
    keys = tuple((name, *key) for name, one in results.items() for key in one.keys)
    behind = [
        np.concatenate([_padded(one.behind[place], points, 0.0) for one in results.values()])
        for place in range(len(first.behind))
    ]
    behind += [np.full((len(keys), points), float(persons)) for persons in alone]
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


def _listings(results: Mapping[str, Listing], alone: tuple[int, ...]) -> Listing:
    first = next(iter(results.values()))
    keys = tuple((name, *key) for name, one in results.items() for key in one.keys)
    behind = [
        np.concatenate([one.behind[place] for one in results.values()]) for place in range(len(first.behind))
    ]
    behind += [np.full(len(keys), float(persons)) for persons in alone]
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
