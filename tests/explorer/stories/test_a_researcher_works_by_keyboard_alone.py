"""A researcher who uses no mouse: commands by name in Dutch, figures and controls by key."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QTextBrowser


def find(person, words: str) -> None:
    """Open the palette, type, and take the first that fits."""
    person.press("Ctrl+Shift+P")
    assert person.session.help.search.isVisible()
    person.type(words)
    person.press("Return")
    assert not person.session.help.search.isVisible()
    person.wait()


def spoken(widget) -> str:
    """What a screen reader calls a widget."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_a_researcher_works_by_keyboard_alone(person):
    find(person, "nederlands")
    assert "Vertrek" in {tab.text() for tab in person.window.pages.tabs}
    find(person, "eerste baan")
    assert person.chart("work").title == "Eerste baan"
    assert "Kies personen" in person.texts()

    person.press("Ctrl+1")
    person.wait()
    framed = []
    for _ in range(6):
        person.press("F6")
        [at] = [at for at, one in enumerate(person.window.panels) if one.property("focused") == "true"]
        framed.append(at)
    assert sorted(framed) == [0, 1, 2, 3, 4, 5]

    person.press("Ctrl+3", "Shift+F1")
    page = QApplication.activeWindow()
    [text] = page.findChildren(QTextBrowser)
    assert "Eerste baan" in text.toPlainText()
    assert "Hoe leest u dit" in text.toPlainText()
    person.press("Escape")
    person.qtbot.waitUntil(lambda: not person.window.findChildren(QTextBrowser))

    person.press("Ctrl+Shift+P", "Escape")
    assert not person.session.help.search.isVisible()
    reached = []
    for _ in range(120):
        person.press("Tab")
        if reached and person.keyboard is reached[0]:
            break
        reached.append(person.keyboard)
    else:
        raise AssertionError("Tab never comes round")
    assert person.panel("work").plot.painter in reached
    assert person.window.compare in reached
    assert person.panel("work").header.measure_box in reached
    assert all(one.isVisible() for one in reached)
    assert [one for one in reached if not spoken(one)] == []
