"""Choosing people."""

from __future__ import annotations

from explorer.commands.app import App, no_columns, no_dataset
from explorer.core.commands import Command
from explorer.core.comparing import NO_PEOPLE
from explorer.core.events import ClearSelection, CompareBy, CompareKept, KeepAs
from explorer.core.words import N_
from models.selection import EVERYONE


def _no_kept(app: App) -> str | None:
    missing = {"A", "B"} - {name for name, _ in app.state.kept}
    if not missing:
        return None
    if len(missing) == 2:
        return N_("Keep one selection as A and another as B first.")
    return (
        N_("Keep another selection as A first.")
        if "A" in missing
        else N_("Keep another selection as B first.")
    )


def _no_people(app: App) -> str | None:
    return NO_PEOPLE if app.state.versus else no_dataset(app)


COMMANDS: tuple[Command[App], ...] = (
    Command(
        name="select.clear",
        menu="select",
        title=N_("&Clear selection"),
        shortcut="Ctrl+Shift+X",
        do=lambda app, _: app.send(ClearSelection()),
        unavailable=lambda app: (
            NO_PEOPLE
            if app.state.versus
            else N_("Everyone is selected already.")
            if app.state.selection == EVERYONE
            else None
        ),
    ),
    Command(
        name="select.compare_nothing",
        menu="select",
        title=N_("Compare by &nothing"),
        do=lambda app, _: app.send(CompareBy(())),
        unavailable=no_columns,
        on=lambda app: app.state.compare == (),
        gap=True,
    ),
    Command(
        name="select.compare_default",
        menu="select",
        title=N_("Compare as in the CBS figures"),
        do=lambda app, _: app.send(CompareBy(None)),
        unavailable=no_columns,
        on=lambda app: app.state.compare is None,
    ),
    Command(
        name="select.keep_a",
        menu="select",
        title=N_("Keep the selection as &A"),
        shortcut="Ctrl+Shift+1",
        do=lambda app, _: app.send(KeepAs("A")),
        unavailable=_no_people,
        gap=True,
    ),
    Command(
        name="select.keep_b",
        menu="select",
        title=N_("Keep the selection as &B"),
        shortcut="Ctrl+Shift+2",
        do=lambda app, _: app.send(KeepAs("B")),
        unavailable=_no_people,
    ),
    Command(
        name="select.compare_kept",
        menu="select",
        title=N_("Compare A &with B"),
        shortcut="Ctrl+Shift+3",
        do=lambda app, _: app.send(CompareKept(not app.state.versus)),
        unavailable=_no_kept,
        on=lambda app: app.state.versus,
    ),
)
