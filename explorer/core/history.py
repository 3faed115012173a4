"""Undo and redo: a tuple of states before, a state now, a tuple of states after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from explorer.core.events import Event
from explorer.core.reducing import reduce
from explorer.core.state import AppState
from explorer.core.undoing import stops_undo

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Step:
    """A state and the event that led away from it; of redo, the state that it led to."""

    state: AppState
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The present state, what undo brings back and what redo brings forward.

    While a gesture lasts (`held`), its events are one step: dragging a handle is undone at once.
    """

    present: AppState
    past: tuple[Step, ...] = ()
    future: tuple[Step, ...] = ()
    held: bool = False
    begun: AppState | None = None

    def after(self, event: Event) -> History:
        """Return the history after `event`; events that change nothing leave no step."""
        state = reduce(self.present, event)
        if state == self.present:
            return self
        if not stops_undo(event):
            return replace(self, present=state)
        if self.held and self.begun is not None:
            return replace(self, present=state, future=())
        past = (*self.past, Step(self.present, event))[-MOST:]
        begun = self.present if self.held else None
        return replace(self, present=state, past=past, future=(), begun=begun)

    def hold(self) -> History:
        """Return the history with a gesture begun."""
        return replace(self, held=True, begun=None)

    def hold_on(self) -> History:
        """Return the history with a gesture begun, unless one lasts already."""
        return self if self.held else self.hold()

    def let_go(self) -> History:
        """Return the history with the gesture ended; a gesture that came back to its start leaves no step."""
        if self.begun is not None and self.begun == self.present and self.past:
            return replace(self, past=self.past[:-1], held=False, begun=None)
        return replace(self, held=False, begun=None)

    def undone(self) -> History:
        """Return the history one step back."""
        if not self.past:
            return self
        *past, step = self.past
        future = (Step(self.present, step.event), *self.future)
        return History(present=step.state, past=tuple(past), future=future)

    def redone(self) -> History:
        """Return the history one step forward."""
        if not self.future:
            return self
        step, *future = self.future
        past = (*self.past, Step(self.present, step.event))
        return History(present=step.state, past=past, future=tuple(future))
