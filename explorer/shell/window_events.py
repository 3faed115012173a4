"""What a person does at the figures and filters, as events."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from explorer.core.comparing import NO_PEOPLE
from explorer.core.events import (
    ChooseMeasure,
    ChooseRange,
    ClearColumn,
    ClearSelection,
    CompareBy,
    DropCondition,
    Float,
    FocusPanel,
    JoinSelection,
    LockPanel,
    OnlyLevel,
    PutBeside,
    SetOption,
    ShowInterval,
    ShowPublished,
    ToggleLevel,
    TurnTo,
)
from explorer.core.person_numbers import ends_of
from explorer.core.views import all_views
from explorer.core.where import unparse
from explorer.core.words import N_, Message
from explorer.services.context import Context
from explorer.services.store import Store
from explorer.shell.notices import Notices
from explorer.shell.overview import Overview
from explorer.shell.window import MainWindow
from models.selection import conjuncts
from widgets.pictures.gestures import Brush


class WindowEvents(QObject):
    """Sends to the store what is done in the window; `run` does a command that a button stands for."""

    def __init__(
        self,
        window: MainWindow,
        store: Store,
        context: Context,
        overview: Overview,
        notices: Notices,
        run: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self._window, self._store, self._context, self._overview = window, store, context, overview
        self._notices, self._run = notices, run
        self._connect()
        for index in range(len(window.panels)):
            self._connect_panel(index)

    def _connect(self) -> None:
        store, window, facets = self._store, self._window, self._window.facets
        facets.level_toggled.connect(self._toggle)
        facets.only_level.connect(lambda column, level: store.send(OnlyLevel(column, level)))
        facets.range_started.connect(self.take_hold)
        facets.range_changed.connect(
            lambda column, low, high: store.send(ChooseRange(column, low, high, ends_of(column)))
        )
        facets.range_finished.connect(self.let_go)
        facets.cleared.connect(lambda column: store.send(ClearColumn(column)))
        window.selection.chip_removed.connect(self._drop)
        window.selection.cleared.connect(lambda: store.send(ClearSelection()))
        window.compare_chosen.connect(self._compare)
        window.pages.page_chosen.connect(lambda page: store.send(TurnTo(page)))
        window.pages.beside_requested.connect(self._beside)
        window.desk.float_closed.connect(lambda index: store.send(Float(index, False)))
        window.table.save_requested.connect(lambda: self._run("export.table"))

    def _connect_panel(self, index: int) -> None:
        store, panel, plot = self._store, self._window.panels[index], self._window.plots[index]
        head = panel.header
        head.measure_chosen.connect(lambda view: store.send(ChooseMeasure(index, view)))
        head.interval.asked.connect(lambda on: store.send(ShowInterval(index, on)))
        head.published.asked.connect(lambda on: store.send(ShowPublished(index, on)))
        head.lock.asked.connect(lambda on: store.send(LockPanel(index, on)))
        head.afloat.asked.connect(lambda: store.send(Float(index, not head.afloat.state.on)))
        panel.focused.connect(lambda: store.send(FocusPanel(index)))
        head.save.asked.connect(lambda: self._save(index))
        panel.message.chosen.connect(self._run)
        panel.form.changed.connect(lambda name, value: store.send(SetOption(index, name, value)))
        panel.form.started.connect(lambda name: store.hold())
        panel.form.finished.connect(lambda name: store.let_go())
        plot.hovered.connect(partial(self._hovered, index))
        plot.brushed.connect(partial(self._brushed, index))
        plot.rule_moved.connect(partial(self._rule_moved, index))
        plot.rule_dropped.connect(partial(self._rule_dropped, index))

    # --- filters -----------------------------------------------------------------------------------------------

    def _toggle(self, column: str, level: str) -> None:
        dataset = self._context.dataset
        if dataset is not None and column in dataset.codes.groupings:
            self._store.send(ToggleLevel(column, level, dataset.codes.groupings[column].levels))

    def take_hold(self, column: str) -> None:
        """A range comes under the hand."""
        self._overview.answers.take_hold(column)
        self._store.hold()

    def let_go(self, column: str) -> None:
        """A range is let go."""
        self._overview.catch_up()
        self._overview.answers.let_go()
        self._store.let_go()

    def _drop(self, key: str) -> None:
        for part in conjuncts(self._store.state.selection):
            if unparse(part) == key:
                self._store.send(DropCondition(part))
                return

    def _compare(self, key: str) -> None:
        self._store.send(CompareBy(None if key == "=" else (key,) if key else ()))

    def _beside(self, page: str) -> None:
        for index, panel in enumerate(self._store.state.panels):
            if panel.topic == page:
                self._store.send(PutBeside(index, index not in self._store.state.beside))

    # --- figures -----------------------------------------------------------------------------------------------

    def _save(self, index: int) -> None:
        self._store.send(FocusPanel(index))
        self._run("export.figure")

    def _hovered(self, index: int, x: float | None) -> None:
        for at in self._store.state.visible:
            if at != index:
                self._window.plots[at].mark(x)

    def _brushed(self, index: int, brush: Brush) -> None:
        """A brush in a figure becomes a condition of the selection, or a line that says why it cannot."""
        figure = self._overview.figure(index)
        if figure is None or figure.spec != self._overview.answers.spec(index):
            return
        if figure.spec.versus or self._store.state.versus:
            self._tell(NO_PEOPLE)
            return
        view = all_views()[figure.spec.view]
        part = None if view.brush is None else view.brush(brush, figure.released, figure.spec.options)
        if part is None:
            self._tell(N_("Nobody can be followed from there: choose people who are still present."))
        else:
            self._store.send(JoinSelection(part, brush.how, figure.spec.selection))

    def _tell(self, why: str) -> None:
        """Say why nothing came of it."""
        self._notices.tell(Message(why), "info", passing=True)

    def _rule_moved(self, index: int, name: str, value: float) -> None:
        self._store.hold_on()
        self._store.send(SetOption(index, name, value))

    def _rule_dropped(self, index: int, name: str, value: float) -> None:
        self._store.send(SetOption(index, name, value))
        self._store.let_go()
