"""Choosing people."""

from __future__ import annotations

from explorer.core.commands import Command
from explorer.core.state import ClearSelection, CompareBy
from explorer.core.words import N_
from models.selection import EVERYONE

COMMANDS = (
    Command(
        name="select.clear",
        menu="select",
        title=N_("&Clear selection"),
        shortcut="Ctrl+Shift+X",
        do=lambda app, _: app.send(ClearSelection()),
        lacks=lambda app: N_("Everyone is selected already.") if app.state.selection == EVERYONE else None,
    ),
    Command(
        name="select.compare_nothing",
        menu="select",
        title=N_("Compare by &nothing"),
        do=lambda app, _: app.send(CompareBy(())),
        lacks=lambda app: None if app.has_dataset else N_("No dataset is open."),
        on=lambda app: app.state.compare == (),
        gap=True,
    ),
    Command(
        name="select.compare_default",
        menu="select",
        title=N_("Compare as in the CBS figures"),
        do=lambda app, _: app.send(CompareBy(None)),
        lacks=lambda app: None if app.has_dataset else N_("No dataset is open."),
        on=lambda app: app.state.compare is None,
    ),
)
