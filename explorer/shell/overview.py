"""The Overview: it asks for figures and facets when the state changes, and shows the answers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.core.state import (
    AppState,
    ChooseMeasure,
    ChooseRange,
    ClearColumn,
    ClearSelection,
    CompareBy,
    DropCondition,
    FocusPanel,
    OnlyLevel,
    ShowInterval,
    ShowPublished,
    ToggleLevel,
)
from explorer.core.views import all_views
from explorer.core.where import unparse
from explorer.core.words import N_, Message, Words
from explorer.pipeline.drawing import Look
from explorer.pipeline.facets import Facets
from explorer.pipeline.figure import Figure, redraw
from explorer.pipeline.opening import Dataset
from explorer.services.runner import Runner
from explorer.services.store import Store
from explorer.shell import jobs, showing
from explorer.shell.window import MainWindow
from models.selection import conjuncts
from widgets import messages
from widgets.palette import LIGHT, Theme
from widgets.tables import TableData

PATIENCE_MS = 250
"""A figure that takes longer than this is dimmed while the newer one is counted."""


class Overview(QObject):
    """Two figures on one set of people, their filters and their numbers."""

    save_requested = Signal()
    message_chosen = Signal(str)
    shown = Signal()

    def __init__(self, window: MainWindow, store: Store, runner: Runner) -> None:
        super().__init__(window)
        self._window, self._store, self._runner = window, store, runner
        self._dataset: Dataset | None = None
        self._facets: Facets | None = None
        self._figures: list[Figure | None] = [None] * len(window.panels)
        self._words, self._theme = Words("en"), LIGHT
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._dim)
        self._connect()

    def _connect(self) -> None:
        store, facets = self._store, self._window.facets
        store.changed.connect(self._changed)
        self._runner.done.connect(self._answered)
        self._runner.failed.connect(self._failed)
        facets.level_toggled.connect(self._toggle)
        facets.only_level.connect(lambda column, level: store.send(OnlyLevel(column, level)))
        facets.range_started.connect(lambda column: store.hold())
        facets.range_changed.connect(
            lambda column, low, high: store.send(
                ChooseRange(column, *showing.ages(low, high), showing.WHOLE_AGES)
            )
        )
        facets.range_finished.connect(lambda column: store.let_go())
        facets.cleared.connect(lambda column: store.send(ClearColumn(column)))
        self._window.selection.chip_removed.connect(self._drop)
        self._window.selection.cleared.connect(lambda: store.send(ClearSelection()))
        self._window.compare_chosen.connect(self._compare)
        for index, panel in enumerate(self._window.panels):
            panel.measure_chosen.connect(lambda view, at=index: store.send(ChooseMeasure(at, view)))
            panel.interval_toggled.connect(lambda on, at=index: store.send(ShowInterval(at, on)))
            panel.published_toggled.connect(lambda on, at=index: store.send(ShowPublished(at, on)))
            panel.focused.connect(lambda at=index: store.send(FocusPanel(at)))
            panel.save_requested.connect(partial(self._save, index))
            panel.message_chosen.connect(self.message_chosen)
            self._window.plots[index].hovered.connect(partial(self._hovered, index))

    # --- what others ask -------------------------------------------------------------------------------------

    def figure(self, index: int) -> Figure | None:
        """Return what panel `index` shows, if it is the answer to what is asked now."""
        return self._figures[index]

    @property
    def settled(self) -> bool:
        """Whether everything shown is the answer to what is asked now."""
        state, known = self._store.state, self._known()
        return (
            self._facets is not None
            and self._facets.selection == state.selection
            and all(f is not None and f.spec == state.spec(at, known) for at, f in enumerate(self._figures))
        )

    def by(self, index: int) -> tuple[str, ...]:
        """Return the columns panel `index` is compared by."""
        return self._store.state.by(index, self._known())

    def show_dataset(self, dataset: Dataset, words: Words) -> None:
        """Show another dataset."""
        self._dataset, self._facets = dataset, None
        self._figures = [None] * len(self._figures)
        self._window.card.show_card(showing.card(dataset, words))
        self._ask_all()
        self._show_frame()

    def show_words(self, words: Words) -> None:
        """Show everything in another language; nothing is counted again."""
        self._words = words
        if self._dataset is not None:
            self._window.card.show_card(showing.card(self._dataset, words))
        self._redraw()
        self._show_frame()

    def show_theme(self, theme: Theme) -> None:
        """Show everything in another appearance."""
        self._theme = theme
        self._show_figures()

    def show_opening(self) -> None:
        """Say that the first dataset is on its way."""
        self._message(messages.Message(title=self._words(N_("Opening the dataset…")), kind="info"))

    def show_refusal(self, message: Message) -> None:
        """Say why no dataset is open, and what to try."""
        words = self._words
        self._message(
            messages.Message(
                title=words(N_("No dataset is open")),
                sentence=words.say(message),
                buttons=(
                    messages.MessageButton(key="file.open", text=words(N_("Open dataset…"))),
                    messages.MessageButton(key="file.sample", text=words(N_("Open the synthetic sample"))),
                ),
                kind="warning",
            )
        )

    def release(self) -> None:
        """Let go of the dataset and of everything made from it."""
        self._dataset, self._facets = None, None
        self._figures = [None] * len(self._figures)

    # --- what the reader does --------------------------------------------------------------------------------

    def _toggle(self, column: str, level: str) -> None:
        if self._dataset is not None:
            levels = self._dataset.codes.groupings[column].levels
            self._store.send(ToggleLevel(column, level, levels))

    def _drop(self, key: str) -> None:
        for part in conjuncts(self._store.state.selection):
            if unparse(part) == key:
                self._store.send(DropCondition(part))
                return

    def _compare(self, key: str) -> None:
        self._store.send(CompareBy(None if key == "=" else (key,) if key else ()))

    def _save(self, index: int) -> None:
        self._store.send(FocusPanel(index))
        self.save_requested.emit()

    def _hovered(self, index: int, x: float | None) -> None:
        for at, plot in enumerate(self._window.plots):
            if at != index:
                plot.mark(x)

    # --- asking and answering --------------------------------------------------------------------------------

    def _known(self) -> frozenset[str]:
        return frozenset(self._dataset.codes.groupings) if self._dataset is not None else frozenset()

    def _changed(self, old: AppState, new: AppState) -> None:
        if self._dataset is None:
            return
        known = self._known()
        for index, panel in enumerate(new.panels):
            if new.spec(index, known) != old.spec(index, known):
                self._ask(index)
            elif panel != old.panels[index]:
                self._redraw(index)
        if new.selection != old.selection:
            self._runner.submit("facets", jobs.facets_of(self._dataset, new.selection))
        self._show_frame()

    def _ask_all(self) -> None:
        for index in range(len(self._figures)):
            self._ask(index)
        if self._dataset is not None:
            self._runner.submit("facets", jobs.facets_of(self._dataset, self._store.state.selection))

    def _ask(self, index: int) -> None:
        if self._dataset is not None:
            spec = self._store.state.spec(index, self._known())
            self._runner.submit(
                f"panel:{index}", jobs.figure_of(self._dataset, spec, self._look(index), self._words)
            )
            if not self._patience.isActive():
                self._patience.start()

    def _look(self, index: int) -> Look:
        panel = self._store.state.panels[index]
        return Look(interval=panel.interval, published=panel.published)

    def _answered(self, kind: str, answer: object) -> None:
        if isinstance(answer, Facets):
            self._facets = answer
            self._show_facets()
            self._show_selection()
        elif isinstance(answer, Figure) and kind.startswith("panel:"):
            index = int(kind.removeprefix("panel:"))
            self._figures[index] = answer
            # The language or the look may have changed while it was counted.
            self._redraw(index)
            self.shown.emit()

    def _failed(self, kind: str, message: object) -> None:
        if kind.startswith("panel:") and isinstance(message, Message):
            index = int(kind.removeprefix("panel:"))
            self._settle(index)
            words = self._words
            self._window.panels[index].show_message(
                messages.Message(
                    title=words(N_("This figure cannot be made")),
                    sentence=words.say(message),
                    buttons=(messages.MessageButton(key="edit.undo", text=words(N_("Undo"))),),
                    kind="warning",
                )
            )

    def _dim(self) -> None:
        for index, plot in enumerate(self._window.plots):
            if self._runner.busy(f"panel:{index}"):
                plot.set_dimmed(True)
                self._window.panels[index].set_busy(self._words(N_("Counting…")))

    def _settle(self, index: int) -> None:
        self._window.plots[index].set_dimmed(False)
        self._window.panels[index].set_busy(None)

    # --- what is shown ---------------------------------------------------------------------------------------

    def _redraw(self, index: int | None = None) -> None:
        for at in range(len(self._figures)) if index is None else (index,):
            figure = self._figures[at]
            if figure is not None and self._dataset is not None:
                self._figures[at] = redraw(figure, self._dataset, self._look(at), self._words)
                self._show_figure(at)

    def _show_figures(self) -> None:
        for index in range(len(self._figures)):
            self._show_figure(index)

    def _show_figure(self, index: int) -> None:
        figure = self._figures[index]
        if figure is not None:
            self._window.panels[index].show_message(None)
            self._window.plots[index].show_chart(figure.chart, self._theme)
            self._settle(index)
        self._show_panel(index)
        if index == self._store.state.focused:
            self._show_table()

    def _show_frame(self) -> None:
        """Everything around the pictures that follows from the state alone."""
        state, words = self._store.state, self._words
        for index in range(len(self._figures)):
            self._show_panel(index)
        self._window.name_tabs(tuple(words(all_views()[panel.view].title) for panel in state.panels))
        self._window.turn_to(state.focused)
        self._window.filter_label.show_text(words(N_("Choose people")))
        choices = showing.compare_choices(self._dataset, words) if self._dataset is not None else ()
        chosen = "=" if state.compare is None else "".join(state.compare)
        self._window.show_compare(words(N_("Compare by")), choices, chosen)
        self._show_facets()
        self._show_selection()
        self._show_table()

    def _show_panel(self, index: int) -> None:
        synthetic = self._dataset is not None and self._dataset.codes.info.synthetic
        data = showing.panel_data(self._store.state, index, self._figures[index], self._words, synthetic)
        self._window.panels[index].show_panel(data)

    def _show_facets(self) -> None:
        if self._facets is not None and self._dataset is not None:
            facets = showing.facets_shown(
                self._facets, self._store.state, self._dataset.codes.info, self._words
            )
            self._window.facets.show_facets(facets, showing.facet_words(self._words))

    def _show_selection(self) -> None:
        if self._dataset is None:
            return
        text = showing.selection_text(self._store.state, self._facets, self._dataset.codes.info, self._words)
        self._window.selection.show_selection(
            text.sentence,
            text.count,
            text.chips,
            clear_text=self._words(N_("Clear")),
            clear_enabled=bool(text.chips),
            clear_tooltip=text.clear_tooltip,
        )

    def _show_table(self) -> None:
        state, words, table = self._store.state, self._words, self._window.table
        figure = self._figures[state.focused]
        title = words(
            N_("Numbers of “{title}”"), title=words(all_views()[state.panels[state.focused].view].title)
        )
        shown = figure is not None and not figure.chart.empty
        data = TableData(columns=(), rows=(), text=lambda row, column: "")
        if figure is not None and shown and self._dataset is not None:
            data = showing.table_shown(figure, self._dataset.codes.info, words)
        table.show_table(title, data, words(N_("Copy")))
        table.show_buttons(
            words(N_("Copy")),
            words(N_("Save numbers…")),
            shown,
            "" if shown else words(N_("There are no numbers to save yet.")),
        )

    def _message(self, message: messages.Message) -> None:
        for panel in self._window.panels:
            panel.show_message(message)
