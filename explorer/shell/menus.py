"""Menus and shortcuts, made from the command table and kept true to the state."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolButton

from explorer.commands.app import App
from explorer.commands.command import MENUS, Command, run
from explorer.commands.file import recent
from explorer.commands.table import ALL
from explorer.commands.workspace import forgetting, restoring
from explorer.core.words import N_
from widgets.controls.search import Found

REST_MS: Final = 100
"""While a range is dragged the menus wait until the hand has rested so long."""


class Menus:
    """The actions of every command; `refresh` writes titles, marks switches, and says why one cannot act."""

    def __init__(self, bar: QMenuBar, app: App) -> None:
        self._app = app
        self._menus: dict[str, QMenu] = {}
        self._actions: dict[str, tuple[Command, QAction]] = {}
        self._listed: dict[QMenu, object] = {}
        self._buttons: list[tuple[QToolButton, QAction, str]] = []
        self._stale = QTimer(bar)
        self._stale.setSingleShot(True)
        self._stale.timeout.connect(self.refresh)
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

    def refresh(self) -> None:
        """Bring every title, switch and reason up to date."""
        self._stale.stop()
        words = self._app.context.words
        for name, menu in self._menus.items():
            menu.setTitle(words(MENUS[name]))
        for command, action in self._actions.values():
            _refresh(command, action, self._app)
        for button, action, short in self._buttons:
            if not short:
                action.setIconText(_plain(action.text()))
            button.setAccessibleName(_plain(action.text()))
            button.setAccessibleDescription(action.toolTip())
        recent_files, names = self._app.documents.recent, self._app.documents.snapshots
        self._list(self._recent, N_("Open &recent"), recent(recent_files))
        self._list(self._snapshots, N_("S&napshots"), restoring(names), forgetting(names))

    def refresh_soon(self, *, dragging: bool) -> None:
        """Bring all up to date in one go for what comes together, but before the next key or click."""
        self._stale.start(REST_MS if dragging else 0)

    def stop(self) -> None:
        """Refresh nothing any more: a last figure may come while the window goes."""
        self._stale.timeout.disconnect()

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

    def _list(self, menu: QMenu, title: str, *groups: tuple[Command, ...]) -> None:
        """Let `menu` hold what comes and goes. Making its actions anew at every change takes longer than looking."""
        words = self._app.context.words
        texts = [[words.say(command.words(self._app)) for command in group] for group in groups]
        if self._listed.get(menu) == (words, texts):
            return
        self._listed[menu] = (words, texts)
        menu.setTitle(words(title))
        menu.setEnabled(any(texts))
        menu.clear()
        for group, named in zip(groups, texts, strict=True):
            menu.addSeparator()
            for command, text in zip(group, named, strict=True):
                menu.addAction(text).triggered.connect(partial(self._run, command))


def _plain(title: str) -> str:
    """Return a title without the marks that a menu needs."""
    return title.replace("&", "").rstrip("…")


def _refresh(command: Command, action: QAction, app: App) -> None:
    words, lacks = app.context.words, command.lacks(app)
    title = words.say(command.words(app))
    action.setText(title)
    action.setEnabled(lacks is None)
    action.setToolTip(words(lacks) if lacks else _plain(title))
    action.setStatusTip("")
    if command.on is not None:
        action.setChecked(command.on(app))


def searched(commands: Sequence[Command], app: App) -> tuple[Found, ...]:
    """Return every command as the palette lists it: those that cannot act say why."""
    words, out = app.context.words, []
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


def shortcut_rows(app: App) -> tuple[tuple[str, str, str], ...]:
    """Return (menu, command, keys) of every command, for the help page."""
    words = app.context.words
    return tuple(
        (
            words(MENUS[command.menu]).replace("&", ""),
            _plain(words.say(command.words(app))),
            QKeySequence(command.shortcut).toString(QKeySequence.SequenceFormat.NativeText),
        )
        for command in ALL
    )
