"""Menus and shortcuts, made from the command table and kept true to the state."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolButton

from explorer.commands.file import recent
from explorer.commands.table import ALL
from explorer.commands.workspace import forgetting, restoring
from explorer.core.commands import MENUS, App, Command, run
from explorer.core.words import N_, Words
from explorer.services.preferences import Preferences
from widgets.controls.search import Found

REST_MS: Final = 100
"""While a range is dragged the menus wait until the hand has rested so long."""


class Menus:
    """The actions of every command; `refresh` writes titles, marks switches, and says why one cannot act."""

    def __init__(self, bar: QMenuBar, app: App, preferences: Preferences) -> None:
        self._bar, self._app, self._preferences = bar, app, preferences
        self._menus: dict[str, QMenu] = {}
        self._actions: dict[str, tuple[Command, QAction]] = {}
        self._words = Words(preferences.language)
        self._listed: dict[QMenu, object] = {}
        self._buttons: list[tuple[QToolButton, QAction, str]] = []
        self._stale = QTimer(bar)
        self._stale.setSingleShot(True)
        self._stale.timeout.connect(lambda: self.refresh(self._words))
        self._recent: QMenu = QMenu(bar)
        self._snapshots: QMenu = QMenu(bar)
        for name in MENUS:
            menu = bar.addMenu("")
            menu.setToolTipsVisible(True)
            self._menus[name] = menu
        for command in ALL:
            if command.gap:
                self._menus[command.menu].addSeparator()
            self._add(command, self._menus[command.menu])
            if command.name == "file.sample":
                self._menus["file"].addMenu(self._recent)
            if command.name == "view.snapshot":
                self._menus["view"].addMenu(self._snapshots)

    def action(self, name: str) -> QAction:
        """Return the action of the command called `name`."""
        return self._actions[name][1]

    def put_on(self, button: QToolButton, name: str, short: str = "") -> None:
        """Let a button stand for a command, with `short` on it; a screen reader says its title."""
        action = self.action(name)
        action.setIconText(short)
        button.setDefaultAction(action)
        self._buttons.append((button, action, short))

    def refresh(self, words: Words) -> None:
        """Bring every title, switch and reason up to date."""
        self._stale.stop()
        for name, menu in self._menus.items():
            menu.setTitle(words(MENUS[name]))
        for command, action in self._actions.values():
            _refresh(command, action, self._app, words)
        for button, action, short in self._buttons:
            if not short:
                action.setIconText(_plain(action.text()))
            button.setAccessibleName(_plain(action.text()))
            button.setAccessibleDescription(action.toolTip())
        self._refresh_recent(words)
        self._refresh_snapshots(words)

    def refresh_soon(self, words: Words, *, dragging: bool) -> None:
        """Bring all up to date in one go for what comes together, but before the next key or click."""
        self._words = words
        self._stale.start(REST_MS if dragging else 0)

    def stop(self) -> None:
        """Refresh nothing any more: a last figure may come while the window goes."""
        self._stale.timeout.disconnect()

    def _lists(self, menu: QMenu, what: object) -> bool:
        """Whether `menu` lists `what` already; making its actions anew at every change takes longer than looking."""
        same = self._listed.get(menu) == what
        self._listed[menu] = what
        return same

    def _add(self, command: Command, menu: QMenu) -> None:
        action = QAction(menu)
        action.setCheckable(command.on is not None)
        if command.shortcut:
            keys = [QKeySequence(command.shortcut)]
            if command.shortcut == "Ctrl++":
                keys.append(QKeySequence("Ctrl+="))
            action.setShortcuts(keys)
        action.triggered.connect(partial(self._run, command))
        menu.addAction(action)
        self._actions[command.name] = (command, action)

    def _run(self, command: Command, checked: bool = False) -> None:
        run(command, self._app)

    def _refresh_snapshots(self, words: Words) -> None:
        names = self._app.snapshots
        if self._lists(self._snapshots, (names, words)):
            return
        self._snapshots.setTitle(words(N_("S&napshots")))
        self._snapshots.setEnabled(bool(names))
        self._snapshots.clear()
        for command in restoring(names):
            action = self._snapshots.addAction(words.say(command.words(self._app)))
            action.triggered.connect(partial(self._run, command))
        self._snapshots.addSeparator()
        for command in forgetting(names):
            action = self._snapshots.addAction(words.say(command.words(self._app)))
            action.triggered.connect(partial(self._run, command))

    def _refresh_recent(self, words: Words) -> None:
        paths = self._preferences.recent
        if self._lists(self._recent, (paths, words)):
            return
        self._recent.setTitle(words(N_("Open &recent")))
        self._recent.setEnabled(bool(paths))
        self._recent.clear()
        for command in recent(paths):
            action = self._recent.addAction(words.say(command.words(self._app)))
            action.triggered.connect(partial(self._run, command))


def _plain(title: str) -> str:
    """Return a title without the marks that a menu needs."""
    return title.replace("&", "").rstrip("…")


def _refresh(command: Command, action: QAction, app: App, words: Words) -> None:
    lacks = command.lacks(app)
    title = words.say(command.words(app))
    action.setText(title)
    action.setEnabled(lacks is None)
    action.setToolTip(words(lacks) if lacks else _plain(title))
    action.setStatusTip("")
    if command.on is not None:
        action.setChecked(command.on(app))


def searched(commands: Sequence[Command], app: App, words: Words) -> tuple[Found, ...]:
    """Return every command as the palette lists it: those that cannot act say why."""
    out = []
    for command in commands:
        lacks = command.lacks(app)
        title = _plain(words.say(command.words(app)))
        out.append(
            Found(
                key=command.name,
                text=title,
                detail=words(lacks) if lacks else words(MENUS[command.menu]).replace("&", ""),
                keys=QKeySequence(command.shortcut).toString(QKeySequence.SequenceFormat.NativeText),
                enabled=lacks is None,
                tooltip=words(lacks) if lacks else "",
            )
        )
    return tuple(out)


def shortcut_rows(
    app: App, words: Words, commands: Sequence[Command] = ALL
) -> tuple[tuple[str, str, str], ...]:
    """Return (menu, command, keys) of every command, for the help page."""
    return tuple(
        (
            words(MENUS[command.menu]).replace("&", ""),
            _plain(words.say(command.words(app))),
            QKeySequence(command.shortcut).toString(QKeySequence.SequenceFormat.NativeText),
        )
        for command in commands
    )
