"""The rows under curves: persons at risk or present, a row a series, or a row a group where its parts compete."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from explorer.core.formatting import Formats
from explorer.core.words import Words
from explorer.pipeline.drawings.frame import Sheet, series_name
from explorer.pipeline.drawings.inks import inks_of
from models.results import Curves, Measure, Unit
from models.shortcuts import CURVE
from widgets.pictures.chart import RiskRow


def risk_rows(curves: Curves, sheet: Sheet, words: Words) -> tuple[RiskRow, ...]:
    """Return the numbers at risk or present, one row a series; a selection is called by its letter alone."""
    formats = Formats(words.language)
    if competing(curves):
        curves = _at_risk(curves)
    counts = curves[curves.denominator]
    x = curves.at.astype(np.float64)
    inks = inks_of(curves, sheet)
    sheet = replace(sheet, selections={})
    return tuple(
        RiskRow(
            key="|".join(key),
            label=series_name(key, curves, sheet, words),
            ink=inks[index],
            x=x,
            texts=tuple(
                "" if not seen else formats.count(value)
                for value, seen in zip(counts[index].tolist(), curves.observed[index].tolist(), strict=True)
            ),
        )
        for index, key in enumerate(curves.keys)
        # Behind a truth that is known there is nobody to count.
        if np.isfinite(counts[index]).any() or not np.isfinite(curves[curves.estimate][index]).any()
    )


def competing(curves: Curves) -> bool:
    """Whether the parts of a group are causes that compete for the same persons at risk."""
    return bool(curves.part) and curves.part != CURVE and not curves.denominator


def _at_risk(curves: Curves) -> Curves:
    """Return the persons at risk of curves whose parts compete, once a group; hidden where any part is.

    Who left is the difference from month to month: beside parts in which nobody left it would tell of a hidden one.
    """
    followed = [bool(row.any()) for row in curves.observed]
    groups = list(dict.fromkeys(key[:-1] for key, seen in zip(curves.keys, followed, strict=True) if seen))
    rows = [[row for row, key in enumerate(curves.keys) if key[:-1] == group] for group in groups]
    known = np.array([curves.behind[0][own].max(axis=0) for own in rows])
    return replace(
        curves,
        part="",
        keys=tuple(groups),
        measures=(Measure(name="at_risk", unit=Unit.PERSONS, values=known),),
        observed=np.array([curves.observed[own].any(axis=0) for own in rows]),
        estimate="at_risk",
        denominator="at_risk",
        behind=(known,),
    )
