"""The figures and what stands around them: it asks for what the state wants, and shows state and answers."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.core.comparing import NO_PEOPLE
from explorer.core.state import AppState
from explorer.core.views import ViewDef, all_views
from explorer.core.words import N_, Message, Words
from explorer.pipeline.facets import Facets
from explorer.pipeline.figure import Figure
from explorer.services.context import Context
from explorer.services.fitter import Fitter
from explorer.services.runner import Runner
from explorer.services.store import Store
from explorer.shell import jobs, option_fields, panel_data, showing
from explorer.shell.answers import LATE_MS, Answers
from explorer.shell.jobs import Place
from explorer.shell.numbers import Numbers
from explorer.shell.window import MainWindow
from models.selection import Predicate
from widgets.controls import messages
from widgets.panels.panel_data import PanelData

PATIENCE_MS = 250
"""A figure that takes longer than this is dimmed while the newer one is counted."""


class Overview(QObject):
    """Linked figures on one set of people, their filters and their numbers.

    Signals
    -------
    shown()
        A figure is new.
    followed(object, object)
        The state before and after a change; while a range is dragged after the figure under the hand has been painted.
    """

    shown = Signal()
    followed = Signal(object, object)

    def __init__(
        self, window: MainWindow, store: Store, context: Context, runner: Runner, fitter: Fitter
    ) -> None:
        super().__init__(window)
        self._window, self._store, self._context, self._runner = window, store, context, runner
        self.answers = Answers(store, context, runner, fitter, self)
        self._facets: Facets | None = None
        # The selection under which the filters are being counted.
        self._counting: Predicate | None = None
        # What has been dimmed because it takes long: panels, and the counts of the filters.
        self._dimmed: set[int] = set()
        self._blank = False
        # What the panels and their forms show: writing it again takes longer than seeing that it is the same.
        self._around: dict[int, PanelData] = {}
        self._forms: dict[int, tuple[object, bool, Words, str]] = {}
        self._numbers = Numbers(window.table)
        # The state before what waits for the figure under the hand.
        self._held: AppState | None = None
        self._late = QTimer(self, singleShot=True, interval=LATE_MS)
        self._late.timeout.connect(self.catch_up)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._dim)
        store.changed.connect(self._changed)
        context.dataset_changed.connect(self._show_dataset)
        context.words_changed.connect(self._show_words)
        context.theme_changed.connect(self._show_theme)
        runner.done.connect(self._answered)
        self.answers.shown.connect(self._show_figure)
        self.answers.refused.connect(self._show_refusal)

    @property
    def _words(self) -> Words:
        return self._context.words

    # --- what others ask -------------------------------------------------------------------------------------

    def figure(self, index: int) -> Figure | None:
        """Return what panel `index` shows; nothing where a refusal stands."""
        return self.answers.stands(index)

    def ready(self, index: int) -> Figure | None:
        """Return what panel `index` shows, if it is the answer to what is asked now: only that leaves the program."""
        return self.figure(index) if self.answers.current(index) else None

    def view(self, index: int) -> ViewDef:
        """Return the view that is seen in panel `index`: until another figure is there, that of the one before."""
        figure = self.figure(index)
        return all_views()[figure.spec.view if figure is not None else self._store.state.view(index)]

    @property
    def settled(self) -> bool:
        """Whether everything shown is the answer to what is asked now."""
        return self._counted and self.answers.settled

    @property
    def _counted(self) -> bool:
        """Whether the filters are counted under the selection of now."""
        return self._facets is not None and self._facets.selection == self._store.state.selection

    @property
    def dragging(self) -> bool:
        """Whether a range is under the hand."""
        return bool(self.answers.column)

    def show_opening(self) -> None:
        """Say that the first dataset is on its way."""
        self._message(messages.PanelMessage(title=self._words(N_("Opening the dataset…")), kind="info"))

    def show_no_dataset(self, message: Message) -> None:
        """Say why no dataset is open, and what to try."""
        self._message(showing.no_dataset(message, self._words))

    def catch_up(self) -> None:
        """Follow what was held back for the figure under the hand."""
        old, self._held = self._held, None
        self._late.stop()
        if old is not None:
            self._follow(old, self._store.state)
            self.followed.emit(old, self._store.state)

    # --- following -------------------------------------------------------------------------------------------

    def _show_dataset(self) -> None:
        """Let go of everything made from the dataset before, and show the one that is open now, if any."""
        dataset = self._context.dataset
        self._facets = self._counting = self._held = None
        self._late.stop()
        self._numbers.forget()
        if dataset is not None:
            self._window.facets.show_facets((), showing.facet_words(self._words))
            self._message(messages.PanelMessage(title=self._words(N_("Counting…")), kind="info"))
            self._window.card.show_card(showing.card(dataset, self._words))
        self.answers.begin()
        if dataset is not None:
            self._ask_facets()
            self._start_patience()
            self._show_frame()

    def _show_words(self) -> None:
        """Show everything in another language; nothing is counted again."""
        if self._context.dataset is not None:
            self._window.card.show_card(showing.card(self._context.dataset, self._words))
        self.answers.draw(range(len(self._window.panels)))
        for index in range(len(self._window.panels)):
            if self.answers.refusal(index) is not None:
                self._show_refusal(index)
        self._show_frame()

    def _show_theme(self) -> None:
        for index in range(len(self._window.panels)):
            self._show_figure(index)

    def _changed(self, old: AppState, new: AppState) -> None:
        """Follow a change of state; of what is under the hand only its figure at first."""
        self._held = self._held or old
        if self.answers.ask_first(new):
            self._runner.cancel(Place.FACETS)
            self._counting = None
            self._start_patience()
            if not self._late.isActive():
                self._late.start()
            return
        self.catch_up()

    def _follow(self, old: AppState, new: AppState) -> None:
        if self._context.dataset is None:
            self._show_frame()
            return
        self.answers.ask(new)
        self._start_patience()
        for index, panel in enumerate(new.panels):
            was = old.panels[index]
            if (panel.interval, panel.published) != (was.interval, was.published):
                self.answers.draw((index,))
        self._ask_facets()
        self._show_frame()

    def _ask_facets(self) -> None:
        """Count the filters, unless those of this selection are there or on their way."""
        dataset, answers, selection = self._context.dataset, self.answers, self._store.state.selection
        counted = self._facets.selection if self._facets is not None else None
        if dataset is not None and selection != (counted if self._counting is None else self._counting):
            self._counting = selection
            job = jobs.facets_of(dataset, selection, answers.hand, answers.column)
            self._runner.submit(Place.FACETS, job)

    def _answered(self, place: object, answer: object) -> None:
        if isinstance(answer, Facets):
            self._facets, self._counting, self._blank = answer, None, False
            self._show_facets()
            self._show_selection()

    def _start_patience(self) -> None:
        if not self.settled and not self._patience.isActive():
            self._patience.start()

    def _dim(self) -> None:
        for index in self._store.state.visible:
            if self.answers.waiting(index):
                self._dimmed.add(index)
                self._window.plots[index].set_dimmed(True)
                self._window.panels[index].set_busy(self._words(N_("Counting…")))
                self._show_panel(index)
        if self._store.state.focused in self._dimmed:
            self.show_numbers()
        if not self._counted and not self.dragging:
            self._blank = True
            self._show_facets()

    # --- what is shown ---------------------------------------------------------------------------------------

    def _show_figure(self, index: int) -> None:
        figure = self.figure(index)
        if figure is not None:
            self._window.panels[index].show_message(None)
            self._window.plots[index].show_chart(figure.chart, self._context.theme)
            self._settle(index)
        self._show_panel(index)
        if index in self._store.state.floating:
            self._show_layout()
        if self.answers.under_hand(index):
            # The others are shown after it, not with it, and fits before those that are not counted yet.
            self._window.plots[index].paint_now()
            self.answers.show_fits()
            self.catch_up()
        if index == self._store.state.focused:
            self.show_numbers()
        self.shown.emit()

    def _show_refusal(self, index: int) -> None:
        refusal = self.answers.refusal(index)
        if refusal is not None:
            self._settle(index)
            self._window.panels[index].show_message(showing.refused(refusal, self._words))
            self._show_panel(index)
            if index == self._store.state.focused:
                self.show_numbers()
            self.shown.emit()

    def _settle(self, index: int) -> None:
        if not self.answers.current(index):
            return
        self._dimmed.discard(index)
        self._window.plots[index].set_dimmed(False)
        self._window.panels[index].set_busy(None)

    def _show_frame(self) -> None:
        """Everything around the pictures that follows from the state alone."""
        state, words, dataset = self._store.state, self._words, self._context.dataset
        self._show_layout()
        self._window.show_people(dataset is not None)
        for index in state.visible:
            self._show_panel(index)
        self._window.filter_label.show_text(words(N_("Choose people")))
        choices = showing.compare_choices(dataset, words) if dataset is not None else ()
        chosen = "=" if state.compare is None else "".join(state.compare)
        lack = showing.no_column(state, words)
        self._window.show_compare(words(N_("Compare by")), choices, chosen, lack)
        if not self.dragging:
            # What is under the hand stays where the hand is, and the counts are on their way.
            self._show_facets()
        self._show_selection()
        self.show_numbers()

    def _show_layout(self) -> None:
        state = self._store.state
        titles = tuple(self._words(self.view(at).title) for at in range(len(state.panels)))
        self._window.show_layout(showing.layout(state, titles, self._words))

    def _show_panel(self, index: int) -> None:
        dataset, panel = self._context.dataset, self._window.panels[index]
        state = self._store.state
        shown = panel_data.Shown(
            spec=self.answers.spec(index), figure=self.figure(index), late=index in self._dimmed
        )
        data = panel_data.panel_data(state, index, shown, self._words, dataset)
        if self._around.get(index) != data:
            self._around[index] = data
            panel.show_panel(data)
        panel.set_compact(state.page == "overview" and index not in state.floating)
        both = state.compares(index)
        asked = (state.panel(index).asked(), both, self._words, dataset.data_hash if dataset else "")
        if self._forms.get(index) != asked:
            self._forms[index] = asked
            codes = dataset.codes if dataset is not None else None
            fields = option_fields.fields_of(asked[0], codes, self._words, comparing=both) if codes else ()
            panel.show_form(fields, option_fields.fold_words(self._words))

    def _show_facets(self) -> None:
        state, info = self._store.state, self._context.info
        if self._facets is not None and info is not None:
            facets = showing.facets_shown(self._facets, state, info, self._words, late=self._blank)
            lack = self._words(NO_PEOPLE) if state.versus else ""
            self._window.facets.show_facets(facets, showing.facet_words(self._words, lack))
            self._window.facets.show_lack(lack)

    def _show_selection(self) -> None:
        if self._context.info is None:
            return
        text = showing.selection_text(self._store.state, self._facets, self._context.info, self._words)
        self._window.selection.show_selection(text, self._words(N_("Clear")))

    def show_numbers(self, *, hidden_too: bool = False) -> None:
        """Show the numbers of the focused figure; while the table is hidden nothing is written into it unless asked."""
        state = self._store.state
        if hidden_too or not self._window.table.isHidden():
            at, info = state.focused, self._context.info
            self._numbers.show(self.figure(at), self.view(at), info, self._words, late=at in self._dimmed)

    def _message(self, message: messages.PanelMessage) -> None:
        for panel in self._window.panels:
            panel.show_message(message)
