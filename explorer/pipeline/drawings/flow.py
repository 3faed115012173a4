"""Flows: who goes from which state to which between chosen months, as streams between stacks of states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from explorer.core.formatting import Formats
from explorer.core.spec import Spec
from explorer.core.views import ViewDef
from explorer.core.words import N_, Words
from explorer.pipeline.drawings.frame import Look, Sheet, framed
from explorer.pipeline.drawings.groups import (
    Group,
    group_name,
    group_pairs,
    groups_of,
    left_out,
    sizes_of_listing,
    state_name,
)
from explorer.pipeline.drawings.inks import STACKED, STATE_INKS
from models.results import Rows
from widgets.pictures.kinds import Flow, FlowChart, Node, Ribbon

BETWEEN: Final = 0.014
"""Free room between two states of one month, as a part of the height."""
OWN: Final = ("month", "to_month", "from_state", "to_state")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Move:
    """One row of the listing; `hidden` rows have no numbers."""

    row: int
    start: tuple[int, str]
    end: tuple[int, str]
    persons: float
    share: float
    hidden: bool


def draw_flow(released: Rows, view: ViewDef, spec: Spec, sheet: Sheet, look: Look, words: Words) -> FlowChart:
    """Return the picture of released flows: a column of states a month, a stream for each move that may be shown."""
    by = released.columns[: -len(OWN)]
    moves: dict[Group, list[_Move]] = {}
    for move, group in _moves(released):
        moves.setdefault(group, []).append(move)
    groups = groups_of(sizes_of_listing(released, by))
    months = sorted(
        {end[0] for group in groups.drawn for move in moves[group] for end in (move.start, move.end)}
    )
    panes = tuple(
        replace(
            _pane(group_name(by, group, sheet, words), moves[group], months, sheet, words),
            group=group_pairs(by, group),
        )
        for group in groups.drawn
    )
    hidden = words(HIDDEN) if released.hidden else ""
    own = {
        group: sorted({end[0] for move in moves[group] for end in (move.start, move.end)})
        for group in groups.drawn
    }
    shorter = [
        words(ONLY_MONTHS, group=group_name(by, group, sheet, words), months=_list(own[group]))
        for group in groups.drawn
        if own[group] != months
    ]
    lacks = [left_out(groups, by, sheet, words)]
    return FlowChart(
        **framed(view, spec, released, sheet, words, first=lacks, last=[*shorter, hidden]),
        columns=tuple(words(N_("month {month}"), month=month) for month in months),
        shorts=tuple(map(str, months)),
        span=_span(spec, released.start_month, months, words),
        panes=panes,
        description=_description(view, panes, len(months) - 1, words),
    )


ONLY_MONTHS: Final = N_("{group}: months {months}, as nobody in it was followed longer.")
NOT_REACHED: Final = N_("months {months}; nobody here was followed to month {missing}")


def _list(months: Iterable[int]) -> str:
    return ", ".join(map(str, months))


def _span(spec: Spec, start: int, months: list[int], words: Words) -> str:
    """Return which months are drawn, when some that were asked for are not."""
    asked: tuple[int, ...] = getattr(spec.options, "months", ())
    missing = sorted({month for month in asked if month >= start} - set(months))
    return words(NOT_REACHED, months=_list(months), missing=_list(missing)) if missing else ""


HIDDEN: Final = N_("Hidden moves are not drawn: a state is as high as the moves that are.")


def _moves(released: Rows) -> Iterable[tuple[_Move, Group]]:
    persons, share = released["persons"].tolist(), released["share"].tolist()
    for row, key in enumerate(released.keys):
        month, to_month, from_state, to_state = key[-len(OWN) :]
        move = _Move(
            row=row,
            start=(int(month), str(from_state)),
            end=(int(to_month), str(to_state)),
            persons=persons[row],
            share=share[row],
            hidden=released.withheld[row],
        )
        yield move, key[: -len(OWN)]


def _pane(title: str, moves: list[_Move], months: list[int], sheet: Sheet, words: Words) -> Flow:
    """Lay out the states of each month from the bottom up, and the streams between them in the same order."""
    shown = [move for move in moves if not move.hidden]
    out, into = _sums(shown, "start"), _sums(shown, "end")
    heights = {at: max(out.get(at, (0.0, 0.0))[1], into.get(at, (0.0, 0.0))[1]) for at in {*out, *into}}
    scale = 1.0 - BETWEEN * (len(STACKED) - 1)
    low: dict[tuple[int, str], float] = {}
    nodes = []
    partly = {end for move in moves if move.hidden for end in (move.start, move.end)}
    for month in months:
        height = 0.0
        for state in STACKED:
            at = (month, state)
            if at not in heights:
                continue
            low[at] = height
            high = height + heights[at] * scale
            nodes.append(
                Node(
                    key=f"{month}|{state}",
                    label=state_name(state, sheet, words),
                    ink=STATE_INKS[state],
                    column=months.index(month),
                    low=height,
                    high=high,
                    reading=words(N_("some moves are hidden"))
                    if at in partly
                    else _persons(*max(out.get(at, (0.0, 0.0)), into.get(at, (0.0, 0.0))), words),
                )
            )
            height = high + BETWEEN
    return Flow(title=title, nodes=tuple(nodes), ribbons=_ribbons(shown, low, scale, months, words))


def _ribbons(
    shown: list[_Move], low: dict[tuple[int, str], float], scale: float, months: list[int], words: Words
) -> tuple[Ribbon, ...]:
    """Streams leave a state in the order of where they go, and reach one in the order of where they come from."""

    def order(move: _Move) -> tuple[int, int, int]:
        return move.start[0], STACKED.index(move.start[1]), STACKED.index(move.end[1])

    left, reached = dict(low), dict(low)
    out = []
    for move in sorted(shown, key=order):
        wide = move.share * scale
        # In this order the streams that reach one state come from the lowest state first.
        start, end = left[move.start], reached[move.end]
        left[move.start], reached[move.end] = start + wide, end + wide
        out.append(
            Ribbon(
                key=str(move.row),
                ink=STATE_INKS[move.start[1]],
                column=months.index(move.start[0]),
                start=(start, start + wide),
                end=(end, end + wide),
                reading=_persons(move.persons, move.share, words),
            )
        )
    return tuple(out)


def _sums(moves: list[_Move], side: str) -> dict[tuple[int, str], tuple[float, float]]:
    """Return persons and share of each state of each month, by the moves that leave it or reach it."""
    found: dict[tuple[int, str], tuple[float, float]] = {}
    for move in moves:
        at = move.start if side == "start" else move.end
        persons, share = found.get(at, (0.0, 0.0))
        found[at] = persons + move.persons, share + move.share
    return found


def _persons(persons: float, share: float, words: Words) -> str:
    formats = Formats(words.language)
    return words(
        N_("{persons} persons, {share} of all"), persons=formats.count(persons), share=formats.percent(share)
    )


def _description(view: ViewDef, panes: Sequence[Flow], last: int, words: Words) -> str:
    """Return the figure in words: the states at the last month."""
    parts = []
    for pane in panes:
        said = "; ".join(f"{node.label}: {node.reading}" for node in pane.nodes if node.column == last)
        parts.append(f"{pane.title}: {said}" if pane.title else said)
    return f"{words(view.title)}. " + " ".join(f"{part}." for part in parts if part)
