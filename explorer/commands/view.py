"""How things are shown: focus, interval, published points, table, text, appearance, language."""

from __future__ import annotations

from explorer.commands.app import App
from explorer.core.commands import NO_INTERVAL, Command
from explorer.core.events import FocusPanel, ShowInterval, ShowPublished
from explorer.core.state import Panel
from explorer.core.words import LANGUAGES, N_, Message


def _next(visible: tuple[int, ...], focused: int) -> int:
    return visible[(visible.index(focused) + 1) % len(visible)] if focused in visible else (*visible, 0)[0]


def _panel(app: App) -> Panel:
    """Return the panel that has the keyboard."""
    return app.state.panels[app.state.focused]


def _interval(app: App) -> None:
    app.send(ShowInterval(app.state.focused, not _panel(app).interval))


def _no_interval(app: App) -> str | None:
    return None if app.figures.has_interval(app.state.focused) else NO_INTERVAL


def _published(app: App) -> None:
    app.send(ShowPublished(app.state.focused, not _panel(app).published))


def _no_published(app: App) -> str | None:
    return app.figures.no_published(app.state.focused)


def _language(code: str, name: str, gap: bool) -> Command[App]:
    return Command(
        name=f"view.language.{code}",
        menu="view",
        title=lambda app: Message("{name}", {"name": name}),
        do=lambda app, _: app.appearance.set_language(code),
        on=lambda app: app.context.words.language == code,
        gap=gap,
    )


COMMANDS: tuple[Command[App], ...] = (
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
        on=lambda app: _panel(app).interval and _no_interval(app) is None,
        unavailable=_no_interval,
        gap=True,
    ),
    Command(
        name="view.published",
        menu="view",
        title=N_("&Published points"),
        shortcut="Ctrl+P",
        do=lambda app, _: _published(app),
        on=lambda app: _panel(app).published and _no_published(app) is None,
        unavailable=_no_published,
    ),
    Command(
        name="view.table",
        menu="view",
        title=N_("&Numbers below the figures"),
        shortcut="Ctrl+T",
        do=lambda app, _: app.window.show_table(not app.window.table_shown),
        on=lambda app: app.window.table_shown,
    ),
    Command(
        name="view.larger",
        menu="view",
        title=N_("&Larger text"),
        shortcut="Ctrl++",
        do=lambda app, _: app.appearance.zoom_text(1),
        gap=True,
    ),
    Command(
        name="view.smaller",
        menu="view",
        title=N_("&Smaller text"),
        shortcut="Ctrl+-",
        do=lambda app, _: app.appearance.zoom_text(-1),
    ),
    Command(
        name="view.usual",
        menu="view",
        title=N_("&Usual text size"),
        shortcut="Ctrl+0",
        do=lambda app, _: app.appearance.zoom_text(0),
    ),
    Command(
        name="view.dark",
        menu="view",
        title=N_("&Dark appearance"),
        shortcut="Ctrl+D",
        do=lambda app, _: app.appearance.set_theme("light" if app.context.theme.name == "dark" else "dark"),
        on=lambda app: app.context.theme.name == "dark",
        gap=True,
    ),
    *(_language(code, name, index == 0) for index, (code, name) in enumerate(LANGUAGES.items())),
)
