"""The table of commands can be told apart, and one that is unavailable or cancelled does nothing."""

from __future__ import annotations

from collections import Counter

import pytest

from explorer.commands.table import COMMANDS
from explorer.core.commands import MENUS, Command


def twice(values):
    return [value for value, times in Counter(values).items() if times > 1]


def test_no_two_commands_share_a_name_or_keys():
    assert twice(command.name for command in COMMANDS.always) == []
    assert twice(command.shortcut for command in COMMANDS.always if command.shortcut) == []


def test_every_menu_has_a_command_and_every_listing_stands_below_one():
    assert {command.menu for command in COMMANDS.always} == set(MENUS)
    names = {command.name for command in COMMANDS.always}
    assert COMMANDS.submenus
    assert {submenu.after for submenu in COMMANDS.submenus} <= names


@pytest.mark.parametrize(
    ("unavailable", "answer", "does"),
    [(None, "it", ["it"]), (None, None, []), ("No dataset is open.", "it", [])],
)
def test_a_command_is_done_with_the_answer_unless_it_is_unavailable_or_cancelled(unavailable, answer, does):
    done, asked = [], []
    command = Command(
        name="one",
        menu="file",
        title="One",
        ask=lambda app: asked.append(app) or answer,
        do=lambda app, given: app.append(given),
        unavailable=lambda app: unavailable,
    )
    command.run(done)
    assert done == does
    assert bool(asked) == (unavailable is None)


def test_a_command_that_asks_nothing_is_done_with_nothing():
    done = []
    Command(name="one", menu="file", title="One", do=lambda app, given: app.append(given)).run(done)
    assert done == [None]
