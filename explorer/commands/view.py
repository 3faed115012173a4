"""How things are shown: focus, interval, published points, table, text, appearance, language."""

from __future__ import annotations

from explorer.core.commands import NO_INTERVAL, App, Command
from explorer.core.events import FocusPanel, ShowInterval, ShowPublished
from explorer.core.words import LANGUAGES, N_, Message


def _next(visible: tuple[int, ...], focused: int) -> int:
    return visible[(visible.index(focused) + 1) % len(visible)] if focused in visible else (*visible, 0)[0]


def _interval(app: App) -> None:
    focused = app.state.focused
    app.send(ShowInterval(focused, not app.state.panels[focused].interval))


def _published(app: App) -> None:
    focused = app.state.focused
    app.send(ShowPublished(focused, not app.state.panels[focused].published))


def _language(code: str, name: str, gap: bool) -> Command:
    return Command(
        name=f"view.language.{code}",
        menu="view",
        title=lambda app: Message("{name}", {"name": name}),
        do=lambda app, _: app.set_language(code),
        on=lambda app: app.language == code,
        gap=gap,
    )


COMMANDS = (
    Command(
        name="view.next_figure",
        menu="view",
        title=N_("Next &figure"),
        shortcut="F6",
        do=lambda app, _: app.send(FocusPanel(_next(app.state.visible, app.state.focused))),
    ),
    Command(
        name="view.interval",
        menu="view",
        title=N_("&Interval"),
        shortcut="Ctrl+I",
        do=lambda app, _: _interval(app),
        on=lambda app: app.state.panels[app.state.focused].interval and app.has_interval(app.state.focused),
        lacks=lambda app: None if app.has_interval(app.state.focused) else NO_INTERVAL,
        gap=True,
    ),
    Command(
        name="view.published",
        menu="view",
        title=N_("&Published points"),
        shortcut="Ctrl+P",
        do=lambda app, _: _published(app),
        on=lambda app: (
            app.state.panels[app.state.focused].published and app.no_published(app.state.focused) is None
        ),
        lacks=lambda app: app.no_published(app.state.focused),
    ),
    Command(
        name="view.table",
        menu="view",
        title=N_("&Numbers below the figures"),
        shortcut="Ctrl+T",
        do=lambda app, _: app.show_table(not app.table_shown),
        on=lambda app: app.table_shown,
    ),
    Command(
        name="view.larger",
        menu="view",
        title=N_("&Larger text"),
        shortcut="Ctrl++",
        do=lambda app, _: app.zoom_text(1),
        gap=True,
    ),
    Command(
        name="view.smaller",
        menu="view",
        title=N_("&Smaller text"),
        shortcut="Ctrl+-",
        do=lambda app, _: app.zoom_text(-1),
    ),
    Command(
        name="view.usual",
        menu="view",
        title=N_("&Usual text size"),
        shortcut="Ctrl+0",
        do=lambda app, _: app.zoom_text(0),
    ),
    Command(
        name="view.dark",
        menu="view",
        title=N_("&Dark appearance"),
        shortcut="Ctrl+D",
        do=lambda app, _: app.set_theme("light" if app.theme == "dark" else "dark"),
        on=lambda app: app.theme == "dark",
        gap=True,
    ),
    *(_language(code, name, index == 0) for index, (code, name) in enumerate(LANGUAGES.items())),
)
