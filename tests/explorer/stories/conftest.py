"""A person at the window: hands that click, drag and type on real widgets, and eyes that read what is shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest


class Person:
    """Hands and eyes, nothing else: it never sends an event and never asks the state for what is shown."""

    PAGES = ("overview", "departure", "work", "wages", "flows", "lexis", "model")

    def __init__(self, qtbot, session, settled: Callable[[], None]) -> None:
        self.qtbot, self.session, self._settled = qtbot, session, settled
        self.window = session.window
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    # --- hands -----------------------------------------------------------------------------------------------

    def wait(self) -> None:
        """Wait until everything asked has been answered and shown."""
        self._settled()

    def press(self, *keys: str) -> None:
        """Press keys, one after another, wherever the keyboard is."""
        from PySide6.QtGui import QKeySequence
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        for one in keys:
            QTest.keySequence(self.keyboard, QKeySequence(one))
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type text wherever the keyboard is."""
        self.qtbot.keyClicks(self.keyboard, text)

    def point(self, widget, place) -> None:
        """Bring the mouse to a place."""
        from PySide6.QtWidgets import QApplication

        self.qtbot.mouseMove(widget, place)
        QApplication.processEvents()

    def click(self, widget, at=None, *, held=None) -> None:
        """Click a widget that is there to be clicked."""
        from PySide6.QtCore import Qt

        assert widget.isVisible()
        assert widget.isEnabled()
        where = widget.rect().center() if at is None else at
        modifiers = held or Qt.KeyboardModifier.NoModifier
        self.point(widget, where)
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, modifiers, where)

    def drag(self, widget, *places) -> None:
        """Drag from the first place over the others and let go at the last."""
        from PySide6.QtCore import Qt

        first, *others = places
        self.point(widget, first)
        self.qtbot.mousePress(widget, Qt.MouseButton.LeftButton, pos=first)
        for place in others:
            self._move_held(widget, place)
        self.qtbot.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=others[-1])

    def choose(self, box, text: str) -> None:
        """Open a list and click one of its entries."""
        self.click(box)
        view = box.view()
        self.qtbot.waitUntil(view.isVisible)
        at = box.findText(text)
        assert at >= 0, [box.itemText(one) for one in range(box.count())]
        entry = box.model().index(at, 0)
        view.scrollTo(entry)

        def taken() -> bool:
            # A list takes no click in the first moments after it opened, so that opening it chooses nothing.
            if view.isVisible():
                self.click(view.viewport(), view.visualRect(entry).center())
            return not view.isVisible()

        self.qtbot.waitUntil(taken)

    def menu(self, *path: str) -> None:
        """Choose an entry of the menus by the words that stand there."""
        holder = self.window.menuBar()
        for step, words in enumerate(path):
            [action] = [one for one in holder.actions() if plain(one.text()) == words]
            assert action.isEnabled()
            if step == len(path) - 1 or action.menu() is None:
                self.click(holder, holder.actionGeometry(action).center())
                return
            self.click(holder, holder.actionGeometry(action).center())
            holder = action.menu()
            self.qtbot.waitUntil(holder.isVisible)

    def tick(self, column: str, label: str) -> None:
        """Click a level in the filters."""
        self.click(self.level(column, label))

    def turn_to(self, name: str) -> None:
        """Click the name of a page."""
        [tab] = [tab for tab in self.window.pages.tabs if tab.text() == name]
        self.click(tab)
        self.wait()

    # --- eyes ------------------------------------------------------------------------------------------------

    @property
    def keyboard(self):
        """The widget that has the keyboard; what a window leaves when it closes goes back to the main one."""
        from PySide6.QtWidgets import QApplication

        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup.focusWidget() or popup
        active = QApplication.activeWindow()
        if active is None or not active.isVisible():
            # A desktop does this; the platform without a screen does not.
            self.window.activateWindow()
            self.qtbot.waitUntil(self.window.isActiveWindow)
        return QApplication.focusWidget() or QApplication.activeWindow()

    def panel(self, page: str):
        """The frame of a figure that is in sight."""
        panel = self.window.panels[self.PAGES.index(page) - 1]
        assert panel.isVisible()
        return panel

    def chart(self, page: str):
        """What is drawn in a figure that is in sight."""
        return self.panel(page).plot.chart

    def line(self, page: str, label: str):
        """One curve by the words at its end."""
        [line] = [line for line in self.chart(page).lines if line.label == label]
        return line

    def value(self, page: str, label: str, month: float) -> float:
        """Where a curve is at a month."""
        line = self.line(page, label)
        return float(dict(zip(line.x.tolist(), line.y.tolist(), strict=True))[month])

    def level(self, column: str, label: str):
        """A level of the filters, brought into sight."""
        section = self.window.facets.section(column)
        [row] = [row for row in section.rows if row.level.label == label]
        self.window.facets.ensureWidgetVisible(row)
        return row

    @property
    def chips(self) -> list[str]:
        """What stands on the chips."""
        return [chip.chip.text for chip in self.window.selection.chips]

    @property
    def cells(self) -> list[list[str]]:
        """The numbers below the figures, as they are written."""
        table = self.window.table
        assert table.isVisible()
        model = table.model
        return [
            [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def texts(self, widget=None) -> list[str]:
        """Every word that can be read."""
        from PySide6.QtWidgets import QAbstractButton, QLabel

        whole = widget or self.window
        found = [label.text() for label in whole.findChildren(QLabel) if label.isVisible()]
        return found + [one.text() for one in whole.findChildren(QAbstractButton) if one.isVisible()]

    def _move_held(self, widget, place) -> None:
        """Move the mouse with its left button held."""
        from PySide6.QtCore import QEvent, QPointF, Qt
        from PySide6.QtGui import QMouseEvent
        from PySide6.QtWidgets import QApplication

        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(place),
            QPointF(widget.mapToGlobal(place)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(widget, event)


def plain(text: str) -> str:
    """Words of a menu without the mark of their key."""
    return text.replace("&", "").rstrip("…")


@pytest.fixture
def person(qtbot, opened, settled) -> Person:
    """A person before the window on the small sample."""
    return Person(qtbot, opened, settled)
