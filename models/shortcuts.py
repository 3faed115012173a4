"""Why is the naive curve wrong? A shortcut that is often taken, beside the right curve and, where known, the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from models.departure import share_departed
from models.destinations import share_by_destination
from models.disclosure.releasing import Released
from models.results import BoolArray, Curves, FloatArray, IntArray, Measure, Nothing, Reason, Result, Unit
from models.selection import AtMonth
from models.tally.choosing import Chosen, rows
from models.tally.codes import Codes, pack, unpack
from models.tally.exits import Exits

CURVE: Final = "curve"
"""Name of the column that tells the curves apart."""

RIGHT: Final = "right"
SHORTCUT: Final = "shortcut"
TRUTH: Final = "truth"
ALL_PRESENT: Final = "all present"
"""Everybody present in the month from which the right curve runs."""

ALL_SETTLED: Final = "all settled"
"""Everybody, from settling."""

EVERYONE: Final = "everyone"
"""Level of a compared column under which a curve of all groups together stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One curve of every group: shape (groups, months) each, `months` from the first to the last of them.

    `at_risk` are the persons the curve divides by, NaN for a truth; `persons` and `events` are those behind it.
    """

    months: IntArray
    share: FloatArray
    low: FloatArray
    high: FloatArray
    at_risk: FloatArray
    persons: FloatArray
    events: FloatArray
    observed: BoolArray


def ignoring_censoring(released: Released[Exits], truth: FloatArray | None = None) -> Result:
    """Share departed, beside those departed by month m as a share of all who settled.

    The shortcut counts those no longer observed as stayers, so it is too low. `truth` has shape (destinations, months)
    from month 0 and is of everybody together.
    """
    right = share_departed(released)
    if not isinstance(right, Curves):
        return right
    piece = _piece(right)
    total = _counted(released.counts, right)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(piece.observed, piece.events / total, np.nan)
    everybody = np.broadcast_to(total, share.shape).copy()
    shortcut = _bare(replace(piece, share=share, at_risk=everybody, persons=everybody))
    return beside(right, _with_truth({RIGHT: piece, SHORTCUT: shortcut}, truth))


def destinations_apart(
    released: Released[Exits], destination: str, truth: FloatArray | None = None
) -> Result:
    """Cumulative incidence of one destination, beside one minus Kaplan-Meier that censors the others.

    The shortcut takes who left for elsewhere to be one who could still leave for this destination, so it is too high.

    Raises
    ------
    ValueError
        When `destination` is none of the tally's causes.
    """
    tally = released.counts
    place = tally.causes.index(destination)
    found = share_by_destination(released)
    alone = share_departed(released.then(lambda counts: only_cause(counts, place)))
    if not isinstance(found, Curves) or not isinstance(alone, Curves):
        return found
    mine = found.series(np.arange(place, len(found.keys), len(tally.causes)))
    pieces = {RIGHT: _piece(mine), SHORTCUT: _bare(_piece(alone))}
    some = None if truth is None else truth[place : place + 1]
    return beside(alone, _with_truth(pieces, some))


def only_cause(tally: Exits, place: int) -> Exits:
    """Return `tally` with the cause at `place` as the only event and all others censored: what the shortcut does."""
    event = tally.exits[:, place + 1]
    return replace(
        tally,
        exits=np.stack([tally.ended - event, event], axis=1),
        together=None,
        told=None if tally.told is None else tally.told[:, [place + 1, place + 1]],
        causes=tally.causes[place : place + 1],
    )


def in_state_at(codes: Codes, chosen: Chosen, contract: str, month: int) -> Chosen:
    """Return those of `chosen` who are present at `month` with this contract; curves start there."""
    mask = rows(AtMonth("contract", (contract,), month), codes)
    return _narrowed(codes, chosen, mask, month)


def ever_in_state(codes: Codes, chosen: Chosen, contract: str) -> Chosen:
    """Return those of `chosen` who have this contract on any month day that was observed: a condition on the future."""
    maps = codes.contract.get(contract)
    if maps is None:
        return chosen.only(np.zeros(codes.persons, dtype=np.bool_))
    seen = pack(codes.entry[None, :] <= codes.month_days[:, None])
    ever = unpack(np.bitwise_or.reduce(maps & seen, axis=0), codes.persons)
    return chosen.only(ever)


def filter_on_the_future(asked: Mapping[str, Released[Exits]], truth: FloatArray | None = None) -> Result:
    """Share departed of those in a state at `month`, from that month, beside those who ever are, from settling.

    To be counted as ever in the state one has to stay until it begins, so the shortcut is too low. Beside each stands
    everybody: those present at `month`, and all from settling. `asked` are departures of those of `who_is_asked`;
    `truth`, of those of `in_state_at`, has shape (destinations, months) from month 0.
    """
    found = {name: share_departed(released) for name, released in asked.items()}
    pieces = {name: _piece(curves) for name, curves in found.items() if isinstance(curves, Curves)}
    everybody = found[ALL_SETTLED]
    if not isinstance(everybody, Curves):
        return everybody
    if len(pieces) < len(asked):
        return Nothing(reason=Reason.NO_JOBS)
    bare = {name: piece if name == RIGHT else _bare(piece) for name, piece in pieces.items()}
    return beside(everybody, _with_truth(bare, truth))


def who_is_asked(codes: Codes, chosen: Chosen, contract: str, month: int) -> dict[str, Chosen]:
    """Return whom each curve of `filter_on_the_future` is of."""
    return {
        RIGHT: in_state_at(codes, chosen, contract, month),
        SHORTCUT: ever_in_state(codes, chosen, contract),
        ALL_PRESENT: _narrowed(codes, chosen, rows(AtMonth("present", (), month), codes), month),
        ALL_SETTLED: chosen,
    }


def pooled_to_the_end(
    apart: Released[Exits], together: Released[Exits], truth: FloatArray | None = None
) -> Result:
    """Share departed of each group to its last month, beside the curve of all groups together.

    The late months of the pooled curve are seen for some groups only; it is no statement about the others.
    """
    keys, by = apart.counts.keys, apart.counts.by
    if len(keys) < 2:
        return Nothing(reason=Reason.ONE_GROUP if keys else Reason.NOBODY)
    groups, whole = share_departed(apart), share_departed(together)
    if not isinstance(groups, Curves) or not isinstance(whole, Curves):
        return groups
    right, shortcut = _piece(groups), _bare(_piece(whole))
    known = _with_truth({SHORTCUT: shortcut}, truth)
    pieces = {RIGHT: _moved(right, 0, 1)} | {
        name: _moved(piece, len(keys), 0) for name, piece in known.items()
    }
    return beside(replace(groups, keys=(*keys, (EVERYONE,) * len(by))), pieces)


def beside(like: Curves, pieces: Mapping[str, Piece]) -> Curves:
    """Return the curves of every group one after the other, told apart by the column ``curve``.

    Groups, the first month and the start days are those of `like`. Each of `pieces` has a row for every group; months
    that a piece does not reach are not observed in it.
    """
    first = min(int(piece.months[0]) for piece in pieces.values())
    last = max(int(piece.months[-1]) for piece in pieces.values())

    def laid(name: str, blank: float) -> FloatArray:
        out = np.full((len(like.keys), len(pieces), last + 1 - first), blank)
        for place, piece in enumerate(pieces.values()):
            at = int(piece.months[0]) - first
            out[:, place, at : at + len(piece.months)] = getattr(piece, name)
        return out.reshape(-1, last + 1 - first)

    observed = laid("observed", 0.0) > 0
    measures = (
        Measure(name="at_risk", unit=Unit.PERSONS, values=laid("at_risk", np.nan)),
        Measure(name="share", unit=Unit.SHARE, values=laid("share", np.nan)),
        Measure(name="ci_low", unit=Unit.SHARE, values=laid("low", np.nan)),
        Measure(name="ci_high", unit=Unit.SHARE, values=laid("high", np.nan)),
    )
    return Curves(
        by=like.by,
        keys=tuple((*key, name) for key in like.keys for name in pieces),
        part=CURVE,
        at=np.arange(first, last + 1),
        measures=measures,
        observed=observed,
        estimate="share",
        low="ci_low",
        high="ci_high",
        denominator="at_risk",
        behind=tuple(laid(name, 0.0) for name in ("persons", "events")),
        start_month=like.start_month,
        start_days=like.start_days,
        passed=like.passed,
    )


def _counted(tally: Exits, right: Curves) -> FloatArray:
    """Persons at risk after the day on which each curve starts, shape (groups,)."""
    after = np.arange(tally.days) > np.asarray(right.start_days)[:, None]
    return np.asarray((tally.ended * after).sum(axis=1), dtype=np.float64)


def _narrowed(codes: Codes, chosen: Chosen, mask: BoolArray, month: int) -> Chosen:
    """Return those of `chosen` in `mask` who are present in the later of the two months, the start of the curves."""
    start = max(chosen.start_month, month)
    here = mask & rows(AtMonth("present", (), start), codes)
    return chosen.only(here, start)


def _piece(curves: Curves) -> Piece:
    return Piece(
        months=curves.at,
        share=curves[curves.estimate],
        low=curves[curves.low],
        high=curves[curves.high],
        at_risk=curves.behind[0],
        persons=curves.behind[0],
        events=curves.behind[1],
        observed=curves.observed,
    )


def _bare(piece: Piece) -> Piece:
    """Without an interval: what a wrong number would scatter about is of no use."""
    none = np.full_like(piece.share, np.nan)
    return replace(piece, low=none, high=none)


def _with_truth(pieces: dict[str, Piece], truth: FloatArray | None) -> dict[str, Piece]:
    """Add the truth over the months of the first piece, where there is one group and it is known."""
    like = next(iter(pieces.values()))
    if truth is None or len(like.share) != 1:
        return pieces
    share = truth.sum(axis=0)[like.months][None, :]
    none = np.full_like(share, np.nan)
    known = _bare(replace(like, share=share, at_risk=none, observed=like.observed & np.isfinite(share)))
    return {**pieces, TRUTH: known}


def _moved(piece: Piece, before: int, after: int) -> Piece:
    """With so many groups before and after it, in which the curve is not seen."""

    def padded(values: FloatArray, blank: float) -> FloatArray:
        return np.pad(values, ((before, after), (0, 0)), constant_values=blank)

    return replace(
        piece,
        share=padded(piece.share, np.nan),
        low=padded(piece.low, np.nan),
        high=padded(piece.high, np.nan),
        at_risk=padded(piece.at_risk, np.nan),
        persons=padded(piece.persons, 0.0),
        events=padded(piece.events, 0.0),
        observed=np.pad(piece.observed, ((before, after), (0, 0))),
    )
