"""The figures: pages, side by side, locks, explanations, and every measure and comparison for the palette."""

from __future__ import annotations

from itertools import starmap

from explorer.commands.app import App, no_columns, no_dataset
from explorer.core.commands import Command
from explorer.core.events import ChooseMeasure, CompareBy, Float, LockPanel, PutBeside, TurnTo
from explorer.core.names import column_names
from explorer.core.views import PAGES, views_of
from explorer.core.words import N_, Message

NOT_ON_OVERVIEW = N_("The overview shows every figure; turn to a page first.")


def _page(number: int, page: str) -> Command[App]:
    return Command(
        name=f"view.page.{page}",
        menu="view",
        title=PAGES[page],
        shortcut=f"Ctrl+{number}",
        do=lambda app, _: app.send(TurnTo(page)),
        on=lambda app: app.state.page == page,
    )


def _beside(app: App) -> None:
    state = app.state
    following = [at for at in range(len(state.panels)) if at not in state.visible]
    app.send(PutBeside(following[0], True))


def _no_beside(app: App) -> str | None:
    if app.state.page == "overview":
        return NOT_ON_OVERVIEW
    full = len(app.state.visible) == len(app.state.panels)
    return N_("Every figure is shown already.") if full else None


def _lock(app: App) -> None:
    at = app.state.focused
    app.send(LockPanel(at, app.state.panels[at].lock is None))


def _float(app: App) -> None:
    at = app.state.focused
    app.send(Float(at, at not in app.state.floating))


COMMANDS: tuple[Command[App], ...] = (
    *(_page(number, page) for number, page in enumerate(PAGES, start=1)),
    Command(
        name="view.beside",
        menu="view",
        title=N_("Another figure &beside"),
        shortcut="Ctrl+B",
        do=lambda app, _: _beside(app),
        unavailable=_no_beside,
        gap=True,
    ),
    Command(
        name="view.alone",
        menu="view",
        title=N_("This figure &alone"),
        shortcut="Ctrl+Shift+B",
        do=lambda app, _: app.send(TurnTo(app.state.panels[app.state.focused].topic)),
        unavailable=lambda app: N_("This figure is alone already.") if len(app.state.docked) < 2 else None,
    ),
    Command(
        name="view.float",
        menu="view",
        title=N_("Figure in a window of its &own"),
        shortcut="Ctrl+Shift+W",
        do=lambda app, _: _float(app),
        on=lambda app: app.state.focused in app.state.floating,
    ),
    Command(
        name="view.lock",
        menu="view",
        title=N_("Loc&k this figure to its selection"),
        shortcut="Ctrl+L",
        do=lambda app, _: _lock(app),
        on=lambda app: app.state.panels[app.state.focused].lock is not None,
        unavailable=no_dataset,
    ),
)

EXPLAIN: Command[App] = Command(
    name="help.explain",
    menu="help",
    title=N_("&Explain this figure"),
    shortcut="Shift+F1",
    do=lambda app, _: app.help.explain(app.state.focused),
)

SEARCH: Command[App] = Command(
    name="help.search",
    menu="help",
    title=N_("&Find a command…"),
    shortcut="Ctrl+Shift+P",
    do=lambda app, _: app.help.show_search(),
)


def measures(app: App) -> tuple[Command[App], ...]:
    """Return one command for each measure of each figure, and for each column to compare by."""
    shown = []
    for at, panel in enumerate(app.state.panels):
        shown += [_measure(at, panel.topic, view.name, view.title) for view in views_of(panel.topic)]
    dataset, words = app.context.dataset, app.context.words
    if dataset is None:
        return tuple(shown)
    columns = column_names(dataset.codes.groupings, dataset.codes.info, words)
    return (*shown, *starmap(_comparison, columns))


def _measure(at: int, topic: str, view: str, title: str) -> Command[App]:
    def do(app: App) -> None:
        if at not in app.state.visible:
            app.send(TurnTo(topic))
        app.send(ChooseMeasure(at, view))
        if app.state.view(at) != view:
            # Among the small figures of the overview a table has no place.
            app.send(TurnTo(topic))

    return Command(
        name=f"measure.{view}",
        menu="view",
        title=lambda app: Message(
            N_("{page}: {measure}"), {"page": Message(PAGES[topic]), "measure": Message(title)}
        ),
        do=lambda app, _: do(app),
        on=lambda app: app.state.panels[at].view == view,
    )


def _comparison(name: str, text: str) -> Command[App]:
    return Command(
        name=f"compare.{name}",
        menu="select",
        title=lambda app: Message(N_("Compare by: {column}"), {"column": text}),
        do=lambda app, _: app.send(CompareBy((name,))),
        unavailable=no_columns,
        on=lambda app: app.state.compare == (name,),
    )
