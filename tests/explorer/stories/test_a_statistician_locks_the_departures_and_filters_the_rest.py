"""A statistician keeps the departures of everybody in sight while asking the work of women only."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt


def test_a_statistician_locks_the_departures_and_filters_the_rest(person):
    person.turn_to("Departures")
    [work] = [tab for tab in person.window.pages.tabs if tab.text() == "Work"]
    person.click(work, held=Qt.KeyboardModifier.ControlModifier)
    person.wait()
    departed, working = person.chart("departure"), person.chart("work")

    person.press("F6", "F6")
    assert person.panel("departure").property("focused") == "true"
    person.press("Ctrl+L")
    person.tick("sex", "female")
    person.wait()

    assert any(text.startswith("Locked: ") for text in person.texts(person.panel("departure")))
    assert not any(text.startswith("Locked: ") for text in person.texts(person.panel("work")))
    for before, after in zip(departed.lines, person.chart("departure").lines, strict=True):
        assert np.array_equal(before.y, after.y, equal_nan=True)
    assert not np.array_equal(working.lines[0].y, person.chart("work").lines[0].y, equal_nan=True)
    assert "Selection: Everyone" in person.chart("departure").note
    assert "Sex: female" in person.chart("work").note
    assert person.chips == ["Sex: female"]

    person.press("Ctrl+L")
    person.wait()
    assert not any(text.startswith("Locked: ") for text in person.texts())
    assert "Sex: female" in person.chart("departure").note
