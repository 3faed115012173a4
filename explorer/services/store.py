"""The state on the screen's thread: one signal, changed(old, new)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from explorer.core.events import Event
from explorer.core.history import History, Step
from explorer.core.state import AppState


class Store(QObject):
    """Holds the history and tells of every change of state."""

    changed = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = History(present=AppState())

    @property
    def state(self) -> AppState:
        """The present state."""
        return self._history.present

    def send(self, event: Event) -> None:
        """Change the state by `event`."""
        self._to(self._history.after(event))

    def hold(self) -> None:
        """Begin a gesture: its events are undone as one."""
        self._history = self._history.hold()

    def hold_on(self) -> None:
        """Begin a gesture, unless one lasts already."""
        self._history = self._history.hold_on()

    def let_go(self) -> None:
        """End a gesture."""
        self._to(self._history.let_go())

    def undo(self) -> None:
        """Go one step back."""
        self._to(self._history.undone())

    def redo(self) -> None:
        """Go one step forward."""
        self._to(self._history.redone())

    def reset(self, state: AppState | None = None) -> None:
        """Begin anew, with `state`, else as the program begins, for the dataset that is used next.

        Only that one tells of it: of the one before nothing is to be asked any more.
        """
        self._history = History(present=state or AppState())

    @property
    def undo_step(self) -> Step | None:
        """What undo would take back."""
        return self._history.past[-1] if self._history.past else None

    @property
    def redo_step(self) -> Step | None:
        """What redo would bring forward."""
        return self._history.future[0] if self._history.future else None

    def _to(self, history: History) -> None:
        old, self._history = self._history, history
        if old != history:
            self.changed.emit(old.present, history.present)
