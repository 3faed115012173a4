"""Menus, shortcuts and the palette, made from the command table and kept true to the state."""

from __future__ import annotations

from functools import partial
from typing import Final, Generic

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolButton

from explorer.core.commands import MENUS, App, Command, CommandTable, Submenu
from explorer.services.context import Context
from widgets.controls.search import Found

REST_MS: Final = 100
"""While a range is dragged the menus wait until the hand has rested so long."""


class Menus(Generic[App]):
    """The actions of every command; `refresh` writes titles, marks switches, and says why one cannot act."""

    def __init__(self, bar: QMenuBar, context: Context, app: App, table: CommandTable[App]) -> None:
        self._context, self._app, self._table = context, app, table
        self._menus: dict[str, QMenu] = {}
        self._actions: dict[str, tuple[Command[App], QAction]] = {}
        self._listed: dict[QMenu, object] = {}
        self._buttons: list[tuple[QToolButton, QAction, str]] = []
        self._stale = QTimer(bar, singleShot=True)
        self._stale.timeout.connect(self.refresh)
        for name in MENUS:
            menu = bar.addMenu("")
            menu.setToolTipsVisible(True)
            self._menus[name] = menu
        below = {submenu.after: submenu for submenu in table.submenus}
        self._submenus: list[tuple[QMenu, Submenu[App]]] = []
        for command in table.always:
            menu = self._menus[command.menu]
            if command.gap:
                menu.addSeparator()
            self._add(command, menu)
            if command.name in below:
                self._submenus.append((menu.addMenu(""), below[command.name]))

    def action(self, name: str) -> QAction:
        """Return the action of the command called `name`."""
        return self._actions[name][1]

    def put_on(self, button: QToolButton, name: str, short: str = "") -> None:
        """Let a button stand for a command, with `short` on it; a screen reader says its title."""
        action = self.action(name)
        action.setIconText(short)
        button.setDefaultAction(action)
        self._buttons.append((button, action, short))

    def run(self, name: str) -> None:
        """Run the command called `name`: one of the menus, or one of the palette alone."""
        next(command for command in self._table.all(self._app) if command.name == name).run(self._app)

    def refresh(self) -> None:
        """Bring every title, switch and reason up to date."""
        self._stale.stop()
        for name, menu in self._menus.items():
            menu.setTitle(self._context.words(MENUS[name]))
        for command, action in self._actions.values():
            self._refresh(command, action)
        for button, action, short in self._buttons:
            if not short:
                action.setIconText(_plain(action.text()))
            button.setAccessibleName(_plain(action.text()))
            button.setAccessibleDescription(action.toolTip())
        for menu, submenu in self._submenus:
            self._list(menu, submenu)

    def refresh_soon(self, *, dragging: bool) -> None:
        """Bring all up to date in one go for what comes together, but before the next key or click."""
        self._stale.start(REST_MS if dragging else 0)

    def stop(self) -> None:
        """Refresh nothing any more: a last figure may come while the window goes."""
        self._stale.timeout.disconnect()

    def found(self) -> tuple[Found, ...]:
        """Return every command as the palette lists it: those that cannot act say why."""
        out = []
        for command in self._table.all(self._app):
            why = self._why_not(command)
            out.append(
                Found(
                    key=command.name,
                    text=_plain(self._title(command)),
                    detail=why or self._menu_title(command),
                    keys=_keys(command),
                    enabled=not why,
                    tooltip=why,
                )
            )
        return tuple(out)

    def shortcuts(self) -> tuple[tuple[str, str, str], ...]:
        """Return (menu, command, keys) of every command of the menus, for the help page."""
        return tuple(
            (self._menu_title(command), _plain(self._title(command)), _keys(command))
            for command in self._table.always
        )

    def _title(self, command: Command[App]) -> str:
        return self._context.words.say(command.words(self._app))

    def _why_not(self, command: Command[App]) -> str:
        """Return why a command cannot act now, "" where it can."""
        return self._context.words(command.unavailable(self._app) or "")

    def _menu_title(self, command: Command[App]) -> str:
        return _plain(self._context.words(MENUS[command.menu]))

    def _add(self, command: Command[App], menu: QMenu) -> None:
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

    def _run(self, command: Command[App], checked: bool = False) -> None:
        command.run(self._app)

    def _refresh(self, command: Command[App], action: QAction) -> None:
        why, title = self._why_not(command), self._title(command)
        action.setText(title)
        action.setEnabled(not why)
        action.setToolTip(why or _plain(title))
        action.setStatusTip("")
        if command.on is not None:
            action.setChecked(command.on(self._app))

    def _list(self, menu: QMenu, submenu: Submenu[App]) -> None:
        """Let `menu` hold what comes and goes. Making its actions anew at every change takes longer than looking."""
        words, commands = self._context.words, submenu.commands(self._app)
        titles = [self._title(command) for command in commands]
        if self._listed.get(menu) == (words, titles):
            return
        self._listed[menu] = (words, titles)
        menu.setTitle(words(submenu.title))
        menu.setEnabled(bool(commands))
        menu.clear()
        for command, title in zip(commands, titles, strict=True):
            if command.gap:
                menu.addSeparator()
            menu.addAction(title).triggered.connect(partial(self._run, command))


def _plain(title: str) -> str:
    """Return a title without the marks that a menu needs."""
    return title.replace("&", "").rstrip("…")


def _keys(command: Command[App]) -> str:
    return QKeySequence(command.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
