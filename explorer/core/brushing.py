"""From what a hand did in a picture of curves to the people who are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from explorer.core.words import N_
from models.results import SELECTION
from models.selection import OF_AGE, WORK_STATES, AtMonth, IsIn, Predicate, conjunction, conjuncts

if TYPE_CHECKING:
    from models.disclosure.fits import Answer
    from widgets.pictures.gestures import Brush

STILL_THERE: Final = N_("Drag over months to choose those who are still present at the first of them.")

STILL_THERE_OF_AGE: Final = N_(
    "Drag over months to choose those aged 18–64 who are still present at the first of them."
)
STATE_THEN: Final = N_("Click a state at a month to choose those who were in it then.")


def still_there(brush: Brush, released: Answer, options: Any) -> Predicate | None:
    """Return those present at the first month of a range of months; at settling everybody is."""
    month = round(brush.x0)
    return AtMonth("present", (), month) if brush.kind == "x" and month > 0 else None


def still_there_of_age(brush: Brush, released: Answer, options: Any) -> Predicate | None:
    """Return those present and aged 18 to 64 at the first month of a range of months, of whom work figures are."""
    month = round(brush.x0)
    return AtMonth(OF_AGE, (), month) if brush.kind == "x" and month > 0 else None


def in_group(part: Predicate, brush: Brush) -> Predicate:
    """Return those of `part` in the group whose pane was brushed; of A or B nothing more is said."""
    levels = (IsIn(column, (level,)) for column, level in brush.group if column != SELECTION)
    return conjunction((*levels, *conjuncts(part)))


def state_at(state: str, month: int) -> AtMonth | None:
    """Return those in a state at a month; who has departed can be followed no further."""
    return AtMonth("state", (state,), month) if state in WORK_STATES else None


def in_state_then(brush: Brush, released: Answer, options: Any) -> Predicate | None:
    """Return those in the layer of a stack at the month that was clicked."""
    found = state_at(brush.key, round(brush.x0)) if brush.kind == "item" else None
    return None if found is None else in_group(found, brush)
