"""A trainer clicks the agency workers at month 6 and asks what became of them."""

from __future__ import annotations

from PySide6.QtCore import QPoint


def middle_of(painter, label: str, month: float) -> QPoint:
    """Where a layer is at a month, in the stack."""
    [pane] = painter._panes
    at = [layer.label for layer in pane.stack.layers].index(label)
    place = pane.stack.x.tolist().index(month)
    low = sum(float(layer.shares[place]) for layer in pane.stack.layers[:at])
    high = low + float(pane.stack.layers[at].shares[place])
    return QPoint(round(pane.plane.x_of(month)), round(pane.plane.y_of((low + high) / 2)))


def test_a_trainer_clicks_a_state_and_follows_those_people(person):
    person.turn_to("Flows")
    painter = person.panel("flows").plot.painter
    place = middle_of(painter, "agency", 6)
    person.point(painter, place + QPoint(0, 1))
    person.point(painter, place)
    assert "agency" in person.panel("flows").plot.reading_text()

    person.click(painter, place)
    person.wait()

    [chip] = person.chips
    assert "agency" in chip
    assert "6" in chip
    assert [layer.label for layer in person.chart("flows").panes[0].layers][3] == "agency"
    # Everybody chosen was in that state then, and is followed from there.
    stack = person.chart("flows").panes[0]
    [agency] = [layer for layer in stack.layers if layer.label == "agency"]
    assert stack.x[0] == 6
    assert float(agency.shares[0]) == 1

    person.turn_to("Departures")
    departed = person.chart("departure")
    assert all(line.x[0] == 6 and line.y[0] == 0 for line in departed.lines)
    assert "From month 6" in departed.note
    # All of them work at month 6, in the figure of work; who had left and returned by then has no first stay to end,
    # and the bar says how many have.
    [told] = [text for text in person.texts() if text.endswith(" followed in a first stay")]
    count, first = int(told.split()[0]), int(told.rpartition(", ")[2].split()[0])
    followed = sum(int(row[2]) for row in person.cells if row[1] == "6")
    person.turn_to("Work")
    at_start = [row for row in person.cells if row[1] == "6"]
    assert sum(int(row[2]) for row in at_start) == sum(int(row[3]) for row in at_start) == count
    assert followed == first < count

    person.click(person.window.selection.chips[0].cross)
    person.wait()
    assert person.chips == []
    assert all(line.x[0] == 0 for line in person.chart("work").lines)
