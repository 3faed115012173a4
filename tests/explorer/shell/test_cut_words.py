"""At 1024 × 768, in both languages and on every page, no word is cut without an ellipsis and its whole at hand."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget

from explorer.core.events import JoinSelection, TurnTo
from explorer.core.views import PAGES
from models.selection import Between, IsIn
from widgets.controls.combos import ShortCombo
from widgets.controls.labels import ElidedLabel

SLACK = 1
"""Pixels that rounding may take."""


def words_of(widget):
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    return widget.currentText() if isinstance(widget, QComboBox) else ""


def room_of(widget):
    """Return (needed, given) in pixels, of the direction in which words would be cut."""
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()), widget.height()
    return widget.sizeHint().width(), widget.width()


def cut(window):
    """Return what is seen of the window and holds words that are cut."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and words_of(widget).strip() and not widget.visibleRegion().isEmpty():
            needed, given = room_of(widget)
            if needed > given + SLACK:
                found.append(widget)
    return found


@pytest.mark.parametrize("language", ["en", "nl"])
def test_what_is_cut_has_an_ellipsis_and_its_whole_as_a_tooltip(opened, settled, language):
    opened.appearance.set_language(language)
    opened.window.resize(1024, 768)
    for part in (IsIn("month_settled", tuple(f"2022-{m:02d}" for m in range(3, 13))), Between("age", 18, 64)):
        opened.send(JoinSelection(part, "and"))
    for page in PAGES:
        opened.send(TurnTo(page))
        settled()
        assert opened.window.width() == 1024
        bad = [
            words_of(widget)
            for widget in cut(opened.window)
            if not (isinstance(widget, ElidedLabel | ShortCombo) and widget.toolTip())
        ]
        assert (page, bad) == (page, [])


def test_the_states_of_the_overview_are_named_in_full_in_dutch(opened, settled):
    opened.appearance.set_language("nl")
    opened.window.resize(1024, 768)
    settled()
    plots = [plot.painter for plot in opened.window.plots if type(plot.painter).__name__ == "StackPlot"]
    assert plots
    for plot in plots:
        assert plot.laid.legend or plot.laid.ends
        assert [spot.text for _, spot in plot.laid.legend] == [name.label for name, _ in plot.laid.legend]
