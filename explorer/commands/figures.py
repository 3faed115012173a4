"""The figures: pages, side by side, locks, explanations, and every measure and comparison for the palette."""

from __future__ import annotations

from explorer.commands.app import App, lacks_columns, lacks_dataset
from explorer.commands.command import Command
from explorer.core.events import ChooseMeasure, CompareBy, Float, LockPanel, PutBeside, TurnTo
from explorer.core.names import column_name
from explorer.core.views import PAGES, views_of
from explorer.core.words import N_, Message

NOT_ON_OVERVIEW = N_("The overview shows every figure; turn to a page first.")


def _page(number: int, page: str) -> Command:
    return Command(
        name=f"view.page.{page}",
        menu="view",
        title=PAGES[page],
        shortcut=f"Ctrl+{number}",
        do=lambda app, _: app.store.send(TurnTo(page)),
        on=lambda app: app.store.state.page == page,
    )


def _beside(app: App) -> None:
    state = app.store.state
    following = [at for at in range(len(state.panels)) if at not in state.visible]
    app.store.send(PutBeside(following[0], True))


def _lacks_beside(app: App) -> str | None:
    if app.store.state.page == "overview":
        return NOT_ON_OVERVIEW
    full = len(app.store.state.visible) == len(app.store.state.panels)
    return N_("Every figure is shown already.") if full else None


def _lock(app: App) -> None:
    at = app.store.state.focused
    app.store.send(LockPanel(at, app.store.state.panels[at].lock is None))


def _float(app: App) -> None:
    at = app.store.state.focused
    app.store.send(Float(at, at not in app.store.state.floating))


COMMANDS = (
    *(_page(number, page) for number, page in enumerate(PAGES, start=1)),
    Command(
        name="view.beside",
        menu="view",
        title=N_("Another figure &beside"),
        shortcut="Ctrl+B",
        do=lambda app, _: _beside(app),
        lacks=_lacks_beside,
        gap=True,
    ),
    Command(
        name="view.alone",
        menu="view",
        title=N_("This figure &alone"),
        shortcut="Ctrl+Shift+B",
        do=lambda app, _: app.store.send(TurnTo(app.store.state.panels[app.store.state.focused].topic)),
        lacks=lambda app: N_("This figure is alone already.") if len(app.store.state.docked) < 2 else None,
    ),
    Command(
        name="view.float",
        menu="view",
        title=N_("Figure in a window of its &own"),
        shortcut="Ctrl+Shift+W",
        do=lambda app, _: _float(app),
        on=lambda app: app.store.state.focused in app.store.state.floating,
    ),
    Command(
        name="view.lock",
        menu="view",
        title=N_("Loc&k this figure to its selection"),
        shortcut="Ctrl+L",
        do=lambda app, _: _lock(app),
        on=lambda app: app.store.state.panels[app.store.state.focused].lock is not None,
        lacks=lacks_dataset,
    ),
)

EXPLAIN = Command(
    name="help.explain",
    menu="help",
    title=N_("&Explain this figure"),
    shortcut="Shift+F1",
    do=lambda app, _: app.help.explain(app.store.state.focused),
)

SEARCH = Command(
    name="help.search",
    menu="help",
    title=N_("&Find a command…"),
    shortcut="Ctrl+Shift+P",
    do=lambda app, _: app.help.show_search(),
)


def measures(app: App) -> tuple[Command, ...]:
    """Return one command for each measure of each figure, and for each column to compare by."""
    shown = []
    for at, panel in enumerate(app.store.state.panels):
        shown += [_measure(at, panel.topic, view.name, view.title) for view in views_of(panel.topic)]
    dataset, words = app.context.dataset, app.context.words
    if dataset is None:
        return tuple(shown)
    names = {name: column_name(name, dataset.codes.info, words) for name in dataset.codes.groupings}
    return (*shown, *(_comparison(name, text) for name, text in names.items()))


def _measure(at: int, topic: str, view: str, title: str) -> Command:
    def do(app: App) -> None:
        if at not in app.store.state.visible:
            app.store.send(TurnTo(topic))
        app.store.send(ChooseMeasure(at, view))
        if app.store.state.view(at) != view:
            # Among the small figures of the overview a table has no place.
            app.store.send(TurnTo(topic))

    return Command(
        name=f"measure.{view}",
        menu="view",
        title=lambda app: Message(
            N_("{page}: {measure}"), {"page": Message(PAGES[topic]), "measure": Message(title)}
        ),
        do=lambda app, _: do(app),
        on=lambda app: app.store.state.panels[at].view == view,
    )


def _comparison(name: str, text: str) -> Command:
    return Command(
        name=f"compare.{name}",
        menu="select",
        title=lambda app: Message(N_("Compare by: {column}"), {"column": text}),
        do=lambda app, _: app.store.send(CompareBy((name,))),
        lacks=lacks_columns,
        on=lambda app: app.store.state.compare == (name,),
    )
