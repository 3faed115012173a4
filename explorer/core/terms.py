"""The coefficients of a regression as readers see them: what ``cohort[2022 H2]:month`` is called in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

from explorer.core.names import column_name, level_name
from explorer.core.person_numbers import NUMBERS
from explorer.core.words import N_, Words
from models.fit import factors_of
from models.register import DatasetInfo
from models.regression.formula import LAGGED_WORK

Piece: TypeAlias = tuple[str, str]
"""A factor of a term: its column, and its level ("" for a number)."""

MONTH: Final = "month"
INTERCEPT: Final = "(intercept)"
BLOCK: Final = re.compile(r"(\d+)-(\d+)")


def pieces_of(term: str) -> tuple[Piece, ...]:
    """Return the factors of ``a[x]:b[y]``; ``working[lag1]`` is a column by itself."""
    return tuple(map(_piece, factors_of(term)))


def _piece(text: str) -> Piece:
    if text == LAGGED_WORK:
        return text, "yes"
    column, bracket, level = text.partition("[")
    return column, level[:-1] if bracket else ""


def in_blocks(pieces: Sequence[Piece]) -> bool:
    """Whether a term is a difference within a block of months."""
    return pieces[-1][0] == MONTH and BLOCK.fullmatch(pieces[-1][1]) is not None


def column_text(column: str, info: DatasetInfo, words: Words) -> str:
    """Return the name of a column of the terms."""
    if column == LAGGED_WORK:
        return words(N_("Working the month before"))
    return column_name(column, info, words)


def row_text(pieces: Sequence[Piece], info: DatasetInfo, words: Words) -> str:
    """Return the name of a row under the name of its columns: its levels; what a number or a month means."""
    if in_blocks(pieces):
        return _piece_text(pieces[-1], info, words)
    return " × ".join(_piece_text(piece, info, words) for piece in pieces)


def term_text(term: str, info: DatasetInfo, words: Words) -> str:
    """Return the name of a coefficient where it stands alone: each column with its level, and months in words."""
    return " × ".join(
        _piece_text((column, level), info, words)
        if column in (MONTH, "spline", INTERCEPT)
        else f"{column_text(column, info, words)}: {_piece_text((column, level), info, words)}"
        for column, level in pieces_of(term)
    )


def _piece_text(piece: Piece, info: DatasetInfo, words: Words) -> str:
    column, level = piece
    if column == INTERCEPT:
        return words(N_("constant"))
    if column == MONTH and level:
        first, _, last = level.partition("-")
        if first == (last or first):
            return words(N_("month {month}"), month=first)
        return words(N_("months {first}–{last}"), first=first, last=last)
    if column == MONTH:
        return words(N_("each month more"))
    if column == "spline":
        return words(N_("curve in months, part {part}"), part=level)
    if column == LAGGED_WORK:
        return words(N_("yes"))
    if not level:
        return words(NUMBERS[column].one_more if column in NUMBERS else N_("each one more"))
    return level_name(column, level, info, words)
