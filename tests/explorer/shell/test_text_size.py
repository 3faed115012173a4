"""A step of text size changes fonts, and nothing looks up the style sheet anew."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget


class Polished(QObject):
    """Counts the widgets that look up their style again."""

    def __init__(self):
        super().__init__()
        self.count = 0

    def eventFilter(self, watched, event):
        self.count += event.type() == QEvent.Type.StyleChange
        return False


def looks(window):
    """Return font and wanted height of everything that is seen and says something, once the layout rests."""
    found = None
    while found != (found := _looks(window)):
        QApplication.processEvents()
    return found


def _looks(window):
    return {
        widget: (widget.font().pointSizeF(), widget.font().weight(), wanted_height(widget))
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and (getattr(widget, "text", None) is None or says(widget))
    }


def wanted_height(widget):
    """The height that words want; a picture, and what holds one, wants what it was given last."""
    return widget.sizeHint().height() if hasattr(widget, "text") else None


def says(widget):
    return bool(str(widget.text()))


def test_a_step_of_text_size_reaches_every_widget_without_a_new_style_sheet(opened, qapp):
    before = looks(opened.window)
    watch = Polished()
    qapp.installEventFilter(watch)
    opened.appearance.zoom_text(2)
    after = looks(opened.window)
    qapp.removeEventFilter(watch)
    assert watch.count == 0
    grown = {widget: after[widget][0] - before[widget][0] for widget in after if widget in before}
    assert grown
    assert [widget for widget, points in grown.items() if points <= 0] == []
    opened.appearance.dress()
    dressed = looks(opened.window)
    assert {w: (after[w], dressed[w]) for w in after if w in dressed and after[w] != dressed[w]} == {}


def test_back_at_the_size_it_began_with_everything_looks_as_it_did(opened):
    before = looks(opened.window)
    for steps in (1, 2, 0):
        opened.appearance.zoom_text(steps)
        QApplication.processEvents()
    now = looks(opened.window)
    assert {widget: (before[widget], now[widget]) for widget in before if now[widget] != before[widget]} == {}
