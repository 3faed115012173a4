"""Coefficients as rows: which term each belongs to, what it is called, what is to be said where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from explorer.core.formatting import Formats
from explorer.core.names import level_name
from explorer.core.terms import BLOCK, MONTH, Piece, column_text, in_blocks, pieces_of, row_text
from explorer.core.words import N_, Words
from explorer.pipeline.drawings.frame import Sheet
from models.disclosure.fits import ReleasedFit
from models.fit import Lack, LeftOut, TermTest, is_baseline
from models.intervals import Z
from widgets.pictures.kinds import Estimate, ForestRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How estimates are drawn and read: where a coefficient lies on the axis, and its text with its limits."""

    place: Callable[[float], float]
    reading: Callable[[float, float, float], str]


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the fits drawn together: its name ("" when alone) and where its terms stand."""

    name: str
    released: ReleasedFit

    @cached_property
    def places(self) -> dict[str, int]:
        """Place of every term that is a row: those of the baseline are none."""
        terms = self.released.fit.coefficients.terms
        return {term: at for at, term in enumerate(terms) if not is_baseline(term)}


def heading_key(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Return what the rows under one heading have in common: the columns; of blocks the level too."""
    if in_blocks(pieces):
        return (pieces[0][0], MONTH, pieces[0][1])
    return tuple(column if column != "spline" else MONTH for column, _ in pieces)


def rows_of(
    sides: Sequence[Side], scale: Scale, sheet: Sheet, words: Words, formats: Formats
) -> tuple[ForestRow, ...]:
    """Return the rows of the forest: for every term a heading, its reference, its levels, and what was left out."""
    terms = {term: pieces_of(term) for side in sides for term in _told_terms(side)}
    blocks = {term: pieces for term, pieces in terms.items() if in_blocks(pieces)}
    # A figure of blocks is about the one column that changes.
    headings = dict.fromkeys(heading_key(pieces) for pieces in (blocks or terms).values())
    out: list[ForestRow] = []
    for key in headings:
        under = [term for term, pieces in terms.items() if heading_key(pieces) == key]
        references = _references(key, sides) if not blocks else []
        out.append(_heading(key, sides, sheet, words, formats))
        for term in sorted({*under, *references}, key=lambda term: _order(term, sheet)):
            out.append(_row(term, sides, scale, sheet, words, formats))
    return tuple(out)


def _told_terms(side: Side) -> Iterable[str]:
    yield from side.places
    yield from (lack.term for lack in side.released.fit.left_out if not is_baseline(lack.term))


def _references(key: tuple[str, ...], sides: Sequence[Side]) -> list[str]:
    if len(key) != 1:
        return []
    found = (name for side in sides for name in side.released.fit.references)
    return [name for name in dict.fromkeys(found) if name.rpartition("[")[0] == key[0]]


def _order(term: str, sheet: Sheet) -> tuple[tuple[int, str], ...]:
    """Levels in the order of their column; blocks of months in time."""
    out = []
    for column, level in pieces_of(term):
        block = BLOCK.fullmatch(level) if column == MONTH else None
        levels = sheet.groupings[column].levels if column in sheet.groupings else ()
        place = int(block[1]) if block else levels.index(level) if level in levels else 0
        out.append((place, level))
    return tuple(out)


def _heading(
    key: tuple[str, ...], sides: Sequence[Side], sheet: Sheet, words: Words, formats: Formats
) -> ForestRow:
    if len(key) == 3 and key[1] == MONTH:
        level = level_name(key[0], key[2], sheet.info, words)
        label = f"{column_text(key[0], sheet.info, words)}: {level}"
        return ForestRow(key=":".join(key), label=label, kind="heading")
    label = " × ".join(column_text(column, sheet.info, words) for column in key)
    found = [(side.name, _test_of(key, side)) for side in sides]
    tests = [
        (f"{name}: " if name else "") + p_text(test.p_value, formats)
        for name, test in found
        if test is not None
    ]
    return ForestRow(key=":".join(key), label=" · ".join([label, *tests]), kind="heading")


def _test_of(key: tuple[str, ...], side: Side) -> TermTest | None:
    return next((test for test in side.released.fit.tests if tuple(test.term.split(":")) == key), None)


def p_text(p_value: float, formats: Formats) -> str:
    """Return a p-value as it stands behind a term."""
    return "p < " + formats.number(0.001, 3) if p_value < 0.001 else "p = " + formats.number(p_value, 3)


def _row(
    term: str, sides: Sequence[Side], scale: Scale, sheet: Sheet, words: Words, formats: Formats
) -> ForestRow:
    label = row_text(pieces_of(term), sheet.info, words)
    estimates = tuple(
        _estimate(at, side, term, scale)
        for at, side in enumerate(sides)
        if term in side.places and not side.released.hidden[side.places[term]]
    )
    said = [
        (f"{side.name}: " if side.name else "") + text
        for side in sides
        if (text := _lack_text(term, side, words, formats))
    ]
    if all(term in side.released.fit.references for side in sides):
        return ForestRow(key=term, label=label, kind="reference", text=words(N_("reference")))
    if estimates:
        return ForestRow(key=term, label=label, kind="term", estimates=estimates, text="; ".join(said))
    return ForestRow(key=term, label=label, kind="left out", text="; ".join(said))


def _estimate(series: int, side: Side, term: str, scale: Scale) -> Estimate:
    found = side.released.fit.coefficients
    at = side.places[term]
    value, error = float(found.estimate[at]), float(np.sqrt(found.covariance[at, at]))
    low, high = value - Z * error, value + Z * error
    return Estimate(
        series=series,
        value=scale.place(value),
        low=scale.place(low),
        high=scale.place(high),
        reading=scale.reading(value, low, high),
    )


def _lack_text(term: str, side: Side, words: Words, formats: Formats) -> str:
    """Return why a side has no estimate of a term, in a few words; "" where it has one or never heard of it."""
    fit = side.released.fit
    if term in side.places:
        hidden = side.released.hidden[side.places[term]]
        least = side.released.rules.threshold
        return words(N_("hidden: fewer than {least} persons or events"), least=least) if hidden else ""
    if term in fit.references:
        return words(N_("reference"))
    lack = next((lack for lack in fit.left_out if lack.term == term), None)
    return _left_out_text(lack, words, formats) if lack is not None else words(N_("nobody"))


def _left_out_text(lack: LeftOut, words: Words, formats: Formats) -> str:
    if lack.lack is Lack.NO_EVENTS and lack.persons < 0:
        return words(N_("no events, and too few persons to say more"))
    if lack.lack is Lack.NO_EVENTS and lack.bound >= 1:
        return words(
            N_("no events among {persons} persons, too few together to bound the rate"),
            persons=formats.count(lack.persons),
        )
    if lack.lack is Lack.NO_EVENTS and np.isfinite(lack.bound):
        return words(
            N_("no events among {persons} persons: below {bound} a month (97.5%)"),
            persons=formats.count(lack.persons),
            bound=formats.percent(lack.bound, 2),
        )
    return words(_LEFT_OUT[lack.lack])


_LEFT_OUT: Final = {
    Lack.NO_EVENTS: N_("nobody in it works on any of these days"),
    Lack.ALL_EVENTS: N_("everyone in it works on every one of these days"),
    Lack.SEPARATED: N_("left out: no finite number fits best"),
    Lack.COLLINEAR: N_("left out: other terms determine it"),
    Lack.CONSTANT: N_("left out: it never changes within a person"),
}
