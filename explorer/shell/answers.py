"""What the panels ask and what came back: counting goes to the counting thread, fits to the process of fits.

A panel that is not shown asks nothing; an answer to what is no longer asked is dropped by runner and fitter, and a
figure is never shown for anything but the spec it answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.core.folders import cache_folder
from explorer.core.spec import Spec
from explorer.core.state import AppState
from explorer.core.views import all_views
from explorer.core.words import Message, Words
from explorer.pipeline.drag_index import DragIndex
from explorer.pipeline.drawings.frame import Look
from explorer.pipeline.figure import Figure, default_rules, figure_of, redraw
from explorer.pipeline.opening import Dataset
from explorer.services.context import Context
from explorer.services.fitter import Fitter
from explorer.services.runner import Runner
from explorer.services.store import Store
from explorer.shell import jobs
from explorer.shell.jobs import PanelFigure, PanelSums, Place
from models.rules import NONE

if TYPE_CHECKING:
    from models.disclosure.fits import Answer

LATE_MS = 50
"""So long at most everything else waits for the figure under the hand, which may not come."""

WARM_MS = 400
"""So long after the first figures are there the process of fits is warmed."""


class Answers(QObject):
    """The figures of all panels, and why those that are missing are.

    `column` is the number whose range is under the hand, "" while nothing is dragged.

    Signals
    -------
    shown(int)
        Panel whose figure is new.
    refused(int)
        Panel that has no figure; `refusal` says why.
    """

    shown = Signal(int)
    refused = Signal(int)

    def __init__(
        self, store: Store, context: Context, runner: Runner, fitter: Fitter, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._store, self._context, self._runner, self._fitter = store, context, runner, fitter
        panels = len(store.state.panels)
        self._figures: list[Figure | None] = [None] * panels
        self._refusals: list[tuple[Spec, Message] | None] = [None] * panels
        self._asked: list[Spec | None] = [None] * panels
        self._drawn: list[tuple[Look, Words] | None] = [None] * panels
        # Whether a refusal is seen in a panel, in the place of its last figure.
        self._refused = [False] * panels
        self._warmed = False
        # Of the counting thread: made here, used there.
        self.hand, self.column = DragIndex(NONE), ""
        # Fits that came while the view under the hand was still awaited: they are shown after it.
        self._late: dict[int, tuple[Spec, object]] = {}
        # A fit that is ready is shown before the next figure, not after them all.
        runner.done.connect(self.show_fits)
        runner.done.connect(self._done)
        fitter.done.connect(self._fitted)
        for source in (runner, fitter):
            source.failed.connect(self._failed)
            source.cancelled.connect(self._cancelled)

    # --- what others ask -------------------------------------------------------------------------------------

    def stands(self, index: int) -> Figure | None:
        """Return the figure that is seen in panel `index`, perhaps one asked before; None where a refusal is."""
        return None if self._refused[index] else self._figures[index]

    def refusal(self, index: int) -> Message | None:
        """Return why panel `index` has no figure for what is asked now."""
        refused = self._refusals[index]
        return refused[1] if refused is not None and refused[0] == self.spec(index) else None

    def spec(self, index: int) -> Spec:
        """Return what panel `index` asks now."""
        return self._store.state.spec(index, self._context.groupings)

    def current(self, index: int) -> bool:
        """Whether panel `index` shows the answer, or the refusal, of what it asks now."""
        figure = self._figures[index]
        spec = self.spec(index)
        return (figure is not None and figure.spec == spec) or self.refusal(index) is not None

    @property
    def settled(self) -> bool:
        """Whether every panel that is shown is current."""
        return all(self.current(index) for index in self._store.state.visible)

    def waiting(self, index: int) -> bool:
        """Whether panel `index` waits for an answer."""
        return self._asked[index] is not None

    def look(self, index: int) -> Look:
        """Return how panel `index` is drawn."""
        panel = self._store.state.panels[index]
        return Look(interval=panel.interval, published=panel.published)

    # --- asking ----------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Let go of everything made from the dataset before, and answer about the one that is open now."""
        dataset = self._context.dataset
        self.hand, self.column = DragIndex(NONE if dataset is None else default_rules(dataset)), ""
        self._late = {}
        for index in range(len(self._figures)):
            self._runner.cancel(PanelFigure(index))
            self._runner.cancel(PanelSums(index))
        self._runner.cancel(Place.FACET_SUMS)
        for held in (self._figures, self._refusals, self._asked):
            held[:] = [None] * len(held)
        self._refused[:] = [False] * len(self._refused)
        if dataset is not None:
            stored = cache_folder() / "codes"
            self._fitter.use(stored, dataset.data_hash, None if dataset.stored else dataset.codes)
            self.ask(self._store.state)

    def ask(self, state: AppState) -> None:
        """Ask for every panel that is shown and not current; the focused one first."""
        dataset = self._context.dataset
        if dataset is None:
            return
        for index in sorted(state.visible, key=lambda at: at != state.focused):
            spec = self.spec(index)
            if self.current(index):
                self._call_off(index)
            elif self._asked[index] != spec:
                self._ask(index, spec, dataset)

    def ask_first(self, state: AppState) -> bool:
        """Ask for the figure under the hand alone, and for fits, which are made elsewhere meanwhile.

        Returns
        -------
        Whether there is such a figure; then `ask` is for when it has been shown. Until then nothing else is counted.
        """
        index, dataset = state.focused, self._context.dataset
        if dataset is None or not self.under_hand(index) or self.current(index):
            return False
        fits = [at for at in state.visible if all_views()[state.view(at)].runs == "fits"]
        for at in (at for at in state.visible if at not in (index, *fits)):
            self._runner.cancel(PanelFigure(at))
        # Fits go first: handing them over lets go of the interpreter, which a count would then hold.
        for at in (*fits, index):
            spec = self.spec(at)
            if not self.current(at) and self._asked[at] != spec:
                self._ask(at, spec, dataset)
        return True

    def take_hold(self, column: str) -> None:
        """A range of `column` comes under the hand: count along its values before the hand moves."""
        self.column = column
        state, dataset = self._store.state, self._context.dataset
        if dataset is None:
            return
        for index in sorted(state.visible, key=lambda at: at != state.focused):
            spec = self.spec(index)
            if all_views()[spec.view].runs == "counting" and not spec.versus:
                self._runner.submit(PanelSums(index), jobs.sums_of(dataset, spec, self.hand, column))
        job = jobs.facet_sums_of(dataset, state.selection, self.hand, column)
        self._runner.submit(Place.FACET_SUMS, job)

    def under_hand(self, index: int) -> bool:
        """Whether panel `index` is the one that follows the hand first: it is counted, not fitted."""
        state = self._store.state
        return (
            bool(self.column) and index == state.focused and all_views()[state.view(index)].runs == "counting"
        )

    def let_go(self) -> None:
        """Nothing is under the hand any more."""
        self.column = ""

    def show_fits(self) -> None:
        """Show the fits that are there."""
        self._fitter.look()
        self._show_late()

    def draw(self, indices: Iterable[int]) -> None:
        """Draw figures anew, with the look and the language of now."""
        dataset = self._context.dataset
        for index in indices:
            figure = self._figures[index]
            if figure is not None and dataset is not None:
                self._figures[index] = redraw(figure, dataset, self.look(index), self._context.words)
                self.shown.emit(index)

    def _ask(self, index: int, spec: Spec, dataset: Dataset) -> None:
        place, words = PanelFigure(index), self._context.words
        if all_views()[spec.view].runs == "fits":
            self._runner.cancel(place)
            self._fitter.submit(place, spec, default_rules(dataset))
        else:
            self._fitter.drop(place)
            job = jobs.figure_of(dataset, spec, self.look(index), words, self.hand, self.column)
            self._runner.submit(place, job)
        self._asked[index] = spec
        self._drawn[index] = (self.look(index), words)

    def _call_off(self, index: int) -> None:
        """Ask nothing more for a panel that came back to what it shows: a late answer would take its place."""
        seen, self._refused[index] = self._refused[index], self.refusal(index) is not None
        asked, self._asked[index] = self._asked[index], None
        if asked is not None:
            self._runner.cancel(PanelFigure(index))
            self._fitter.drop(PanelFigure(index))
        if asked is not None or seen != self._refused[index]:
            (self.refused if self._refused[index] else self.shown).emit(index)

    # --- answers ---------------------------------------------------------------------------------------------

    def _fitted(self, place: object, answer: object) -> None:
        """Show a fit, but not between a move of the hand and the figure that follows it."""
        focused = self._store.state.focused
        if isinstance(place, PanelFigure) and self.under_hand(focused) and self.waiting(focused):
            spec = self._asked[place.panel]
            if spec is not None:
                self._late[place.panel] = (spec, answer)
                QTimer.singleShot(LATE_MS, self, self._show_late)
        else:
            self._done(place, answer)

    def _show_late(self) -> None:
        late, self._late = self._late, {}
        for index, (spec, answer) in late.items():
            # What was asked since has its own answer coming.
            if self._asked[index] is spec:
                self._fitted(PanelFigure(index), answer)

    def _done(self, place: object, answer: object) -> None:
        dataset, words = self._context.dataset, self._context.words
        if isinstance(place, PanelFigure) and dataset is not None:
            index = place.panel
            spec, self._asked[index] = self._asked[index], None
            if isinstance(answer, Figure):
                self._figures[index] = answer
                if self._drawn[index] != (self.look(index), words):
                    # The language or the look changed while it was counted.
                    self._figures[index] = redraw(answer, dataset, self.look(index), words)
            elif spec is not None:
                self._figures[index] = figure_of(
                    dataset, spec, cast("Answer", answer), self.look(index), words
                )
            self._refusals[index], self._refused[index] = None, False
            self.shown.emit(index)
            if not self._warmed and self.settled:
                self._warmed = True
                QTimer.singleShot(WARM_MS, self, self._warm)

    def _warm(self) -> None:
        if self._context.dataset is not None and not self._fitter.busy():
            self._fitter.submit(Place.WARM_UP)

    def _failed(self, place: object, message: object) -> None:
        if isinstance(place, PanelFigure) and isinstance(message, Message):
            index = place.panel
            spec, self._asked[index] = self._asked[index], None
            if spec is not None:
                self._refusals[index], self._refused[index] = (spec, message), True
            self.refused.emit(index)

    def _cancelled(self, place: object) -> None:
        if isinstance(place, PanelFigure):
            self._asked[place.panel] = None
