"""Whatever takes the keyboard or a click has a name in words, for those who hear the window instead of seeing it."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from explorer.core.events import ChooseMeasure, Float, KeepAs, OnlyLevel, PutBeside, TurnTo
from explorer.core.views import PAGES

WORD = re.compile(r"[^\W\d_]{2,}|\d{2,}")
"""A name is a word or a year: "A" or a cross says nothing to who does not see where it stands."""


def acts(widget):
    if widget.focusProxy() is not None:
        return False
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(widget, QAbstractButton)


def name_of(widget):
    """Return what a screen reader calls it; what Qt made to be part of a widget is called as that widget."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton) and widget.text():
        return widget.text()
    whole = widget.parentWidget()
    return name_of(whole) if widget.objectName().startswith("qt_") and whole is not None else ""


def nameless(window):
    return {
        f"{type(widget.parentWidget()).__name__} > {type(widget).__name__}: {name_of(widget)!r}"
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and acts(widget) and not WORD.search(name_of(widget))
    }


@pytest.mark.parametrize("language", ["en", "nl"])
def test_everything_that_can_be_used_has_a_name_in_words(opened, settled, language):
    opened.appearance.set_language(language)
    opened.window.show_table(True)
    opened.send(OnlyLevel("sex", "female"))
    opened.send(KeepAs("A"))
    for events in (
        *((TurnTo(page),) for page in PAGES),
        (TurnTo("departure"), ChooseMeasure(0, "projection")),
        (TurnTo("wages"), ChooseMeasure(2, "wage_threshold"), Float(2, True)),
        (TurnTo("flows"), ChooseMeasure(3, "flows"), PutBeside(4, True)),
    ):
        for event in events:
            opened.send(event)
        settled()
        assert nameless(opened.window) == set(), events
    opened.help.show_search()
    opened.help.show_quality()
    opened.help.explain(0)
    assert nameless(opened.window) == set()


def test_the_short_buttons_are_called_by_what_they_do(opened):
    assert [button.text() for button in opened.window.kept_buttons] == ["A", "B", "A | B"]
    assert [button.accessibleName() for button in opened.window.kept_buttons] == [
        "Keep the selection as A",
        "Keep the selection as B",
        "Compare A with B",
    ]
    *_, compare = opened.window.kept_buttons
    assert compare.accessibleDescription() == "Keep one selection as A and another as B first."
    undo = opened.window.undo_button
    opened.send(OnlyLevel("sex", "female"))
    assert undo.accessibleName() == undo.text() == "Undo: filter on sex"
