"""How fast people leave, by calendar month and month of stay at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.core.brushing import in_group
from explorer.core.months import first_column, first_day, label_of, number_of
from explorer.core.sentences import WHATEVER
from explorer.core.views import NoOptions, Source, ViewDef, always
from explorer.core.words import N_
from models.clocks import LAST_MONTH, MONTH_DAYS
from models.results import Result, Rows
from models.selection import AtMonth, IsIn, Predicate, conjunction
from models.tally.choosing import Chosen

if TYPE_CHECKING:
    from models.disclosure.fits import Answer
    from widgets.pictures.gestures import Brush


def _ask(source: Source, chosen: Chosen, options: NoOptions) -> Result:
    from models.lexis import lexis_surface
    from models.tally.lexis import count_lexis

    return lexis_surface(source.release(count_lexis(source.codes, chosen)))


def _brush(brush: Brush, released: Answer, options: NoOptions) -> Predicate | None:
    """Choose who settled in the months of a diagonal, or who can have lived in a rectangle of cells.

    Columns of the surface are calendar months, counted from the first it shows; row r is month of stay r + 1.
    """
    assert isinstance(released, Rows)
    listing = released
    place = listing.columns.index("period")
    periods = sorted({str(key[place]) for key in listing.keys})
    begin = first_column(periods)
    months = range(number_of(periods[0]), number_of(periods[-1]) + 1)
    first, last = begin + int(brush.x0), begin + int(brush.x1)
    if brush.kind == "diagonal":
        cohort = _settled_in([month for month in months if first <= month <= last])
        return None if cohort is None else in_group(cohort, brush)
    if brush.kind != "cells":
        return None
    low, high = max(int(brush.y0), 0), min(int(brush.y1) + 1, LAST_MONTH)
    if low >= high:
        return None
    window = range(first_day(first), first_day(last + 1))
    able = [month for month in months if _can_live_in(month, window, low, high)]
    settled = _settled_in(able)
    if settled is None:
        return None
    return in_group(conjunction((settled, AtMonth("present", (), low))) if low else settled, brush)


def _can_live_in(month: int, window: range, low: int, high: int) -> bool:
    """Whether someone who settles in `month` has a day in `window` in the months of stay after `low` up to `high`."""
    earliest = first_day(month) + MONTH_DAYS[low]
    latest = first_day(month + 1) - 1 + MONTH_DAYS[high] - 1
    return earliest < window.stop and latest >= window.start


def _settled_in(months: list[int]) -> IsIn | None:
    return IsIn("month_settled", tuple(label_of(month) for month in months)) if months else None


VIEW = ViewDef(
    name="lexis",
    topic="lexis",
    title=N_("Departure rate by calendar month and month of stay"),
    axis_label=N_("departure rate"),
    ask=_ask,
    note=always(
        N_(
            "First departures per 30.4375 person-days by calendar month and month of stay; a departure lies in "
            "the cell of its last resident day. No rate is given for cells of fewer than 10 persons or 30 "
            "person-months."
        ),
        WHATEVER,
    ),
    place=0,
    explain=(
        N_(
            "Each cell is one calendar month crossed with one month of stay, and its shade the share that left there "
            "per month of presence. A cell of 2% at March 2023 and month 12 means: of those living their twelfth "
            "month in that March, two in a hundred left. People who settled together move along a diagonal, one month "
            "to the right and one month longer here. A vertical streak is an event in the calendar, a horizontal one "
            "belongs to the stay."
        ),
        N_(
            "Cells with fewer than ten people or thirty months of presence together are hatched, as their rates would "
            "be mostly chance; neighbours still scatter, so look for patterns and not for single cells. Three "
            "clocks lie in the picture, calendar, stay and settling, and two of them fix the third: no method can "
            "wholly take their effects apart. A departure stands in the month the register noticed it, so "
            "administrative clean-ups show as streaks."
        ),
    ),
    picture="surface",
    brush=_brush,
    brush_hint=N_(
        "Drag over cells to choose those who can have lived in them; click a diagonal to choose who settled then."
    ),
)
