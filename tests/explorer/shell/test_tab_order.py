"""Tab goes through the window as it is read, on every page, and comes back to where it began."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

import sample_data
from explorer.core.events import TurnTo


def stops(qtbot, window, key=Qt.Key.Key_Tab, modifier=Qt.KeyboardModifier.NoModifier):
    """Press Tab until it is back where it began; return where it was."""
    begun, found = QApplication.focusWidget(), []
    for _ in range(400):
        found.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), key, modifier)
        if QApplication.focusWidget() is begun:
            return found
    raise AssertionError(f"Tab does not come back: {[type(one).__name__ for one in found[-6:]]}")


def region(window, stop):
    """Return where in the order of reading a stop lies."""
    parts = {
        0: [window.card, window.compare, window.facets],
        1: [window.pages, *window.kept_buttons],
        2: [window.selection],
        3: list(window.panels),
        4: [window.table],
    }
    return next(
        place for place, own in parts.items() if any(one is stop or one.isAncestorOf(stop) for one in own)
    )


@pytest.mark.parametrize("page", ["overview", "work", "model"])
def test_tab_goes_through_people_pages_selection_figures_and_numbers(qtbot, opened, settled, page):
    opened.send(TurnTo(page))
    settled()
    window = opened.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.compare.setFocus()
    found = stops(qtbot, window)
    places = [region(window, stop) for stop in found]
    # All around there is one step back: from the last to the first.
    assert sum(here > there for here, there in zip(places, [*places[1:], places[0]], strict=True)) == 1
    assert {0, 1, 3} | ({2} if page != "overview" else set()) <= set(places)
    assert len(set(found)) == len(found)
    shown = [index for row in window.desk.rows for index in row]
    order = [
        next(at for at in shown if window.panels[at].isAncestorOf(stop))
        for stop in found
        if region(window, stop) == 3
    ]
    assert order == sorted(order, key=shown.index)
    assert stops(qtbot, window, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)[1:] == found[:0:-1]


def test_headings_of_filters_are_buttons(opened):
    for section in opened.window.facets.sections:
        found = QAccessible.queryAccessibleInterface(section.heading)
        assert found.role() == QAccessible.Role.Button


def test_a_dataset_that_opens_while_the_keyboard_is_in_a_filter_takes_it_to_what_stays(opened, settled):
    histogram = opened.window.facets.section("age").histogram
    histogram.setFocus()
    assert histogram.hasFocus()
    opened.documents.open_dataset(sample_data.small_path())
    settled()
    assert opened.window.facets.sections
    assert opened.window.focusWidget().isVisible()
