"""Who goes from which state to which between chosen months."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from explorer.core.brushing import in_group, state_at
from explorer.core.options import Choice, Written, option
from explorer.core.sentences import NET_OF_DEATHS, NO_BAND
from explorer.core.views import Source, ViewDef
from explorer.core.words import N_, Message
from models.register import DatasetInfo
from models.results import FEWEST, Result, Rows
from models.selection import FOLLOWED, AtMonth, Predicate, conjunction
from models.tally.choosing import Chosen

if TYPE_CHECKING:
    from models.disclosure.fits import Answer
    from widgets.pictures.gestures import Brush

MONTHS = Choice(
    values=(
        ((0, 6, 12, 24), N_("0, 6, 12 and 24")),
        ((0, 3, 6, 12), N_("0, 3, 6 and 12")),
        ((0, 6, 12, 18, 24), N_("0, 6, 12, 18 and 24")),
        ((0, 12, 24), N_("0, 12 and 24")),
        ((0, 12), N_("0 and 12")),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowsOptions:
    """What a reader may ask of flows: the months between which people are followed."""

    months: tuple[int, ...] = option(
        (0, 6, 12, 24),
        label=N_("Months"),
        control=MONTHS,
        written=Written(help="months between which moves are counted"),
    )


def _ask(source: Source, chosen: Chosen, options: FlowsOptions) -> Result:
    from models.flows import flows_between
    from models.tally.flows import count_flows_between

    return flows_between(source.release(count_flows_between(source.codes, chosen, options.months)))


def _note(released: Rows, options: FlowsOptions, info: DatasetInfo) -> tuple[Message, ...]:
    column = released.columns.index("to_month")
    last = max((int(key[column]) for key in released.keys), default=0)
    sentences = [
        Message(
            N_(
                "Persons aged 18–64 at settling who could be observed at all of these months, so that the people are "
                "the same at each, by their state on the month day (contract of the main job). “Departed” is net of "
                "returns."
            )
        ),
        Message(NET_OF_DEATHS),
        Message(NO_BAND),
    ]
    first = min((int(key[column - 1]) for key in released.keys), default=0)
    missed = [month for month in options.months if released.start_month <= month < first]
    if missed:
        sentences.append(
            Message(
                N_(
                    "Fewer than {persons} persons here were observed at month {asked} and at the later ones too; the "
                    "first of these months is {month}."
                ),
                {"persons": FEWEST, "asked": max(missed), "month": first},
            )
        )
    if last < max(options.months):
        sentences.append(
            Message(
                N_("Nobody here was observed at month {asked}; the last of these months is {month}."),
                {"asked": min(month for month in options.months if month > last), "month": last},
            )
        )
    return tuple(sentences)


def _brush(brush: Brush, released: Answer, options: Any) -> Predicate | None:
    """Choose the people of a node, ``month|state``, or those of a ribbon, the number of its row.

    They are those followed to the last of the months: later settlers were in these states too, and are not drawn.
    """
    if brush.kind != "item":
        return None
    assert isinstance(released, Rows)
    columns = released.columns
    rows = [dict(zip(columns, key, strict=True)) for key in released.keys]
    if brush.key.isdigit():
        row = rows[int(brush.key)]
        by = columns[: columns.index("month")]
        brush = replace(brush, group=tuple((column, str(row[column])) for column in by))
        ends: tuple[AtMonth | None, ...] = (
            state_at(str(row["from_state"]), int(row["month"])),
            state_at(str(row["to_state"]), int(row["to_month"])),
        )
    else:
        month, state = brush.key.split("|")
        ends = (state_at(state, int(month)),)
    there = tuple(end for end in ends if end is not None)
    if len(there) < len(ends):
        return None
    own = [row for row in rows if all(row[column] == level for column, level in brush.group)]
    last = max(int(row["to_month"]) for row in own)
    followed = AtMonth(FOLLOWED, (), last) if there[-1].month < last else None
    return in_group(conjunction((*there, *((followed,) if followed else ()))), brush)


VIEW = ViewDef(
    name="flows",
    topic="flows",
    title=N_("Moves between states over longer spans"),
    axis_label=N_("% of those followed"),
    options=FlowsOptions,
    ask=_ask,
    note=_note,
    place=1,
    picture="flow",
    brush=_brush,
    brush_hint=N_("Click a stream to choose those who moved so; click a state to choose those in it then."),
    explain=(
        N_(
            "Each column is a month, each block a state, each stream the people who went from one state to the next. "
            "A stream of 8% from not working at month 0 to agency at month 6 means that eight in a hundred of the "
            "people followed had no job when they settled and an agency contract half a year later. The people are "
            "the same in every column: only those who could be observed at all of these months take part."
        ),
        N_(
            "Only the chosen months are looked at; what happens between them, a job of some weeks or a short absence, "
            "is not seen. Because everyone must be observable at the last month, the picture rests on those who "
            "settled early enough and says nothing of later ones. Departed is net of returns. Not working holds the "
            "self-employed and people who left without deregistering too. A stream shows that people moved, not why "
            "they did."
        ),
    ),
)
