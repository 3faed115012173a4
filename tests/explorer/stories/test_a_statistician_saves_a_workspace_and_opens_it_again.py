"""A statistician leaves an analysis in a file and finds it again as it was."""

from __future__ import annotations


def test_a_statistician_saves_a_workspace_and_opens_it_again(person, tmp_path):
    person.session.ui.file = tmp_path / "women.cohort.json"
    person.tick("sex", "female")
    person.choose(person.window.compare, "Education")
    person.wait()
    person.turn_to("Departures")
    person.choose(person.panel("departure").header.measure_box, "Departure rate")
    person.wait()
    seen, cells = person.chart("departure"), person.cells

    person.press("Ctrl+S")
    assert person.session.ui.file.is_file()
    assert any("women.cohort.json" in text for text in person.texts())

    person.click(person.window.selection.clear_button)
    person.turn_to("Work")
    person.choose(person.window.compare, "nothing")
    person.wait()
    assert person.chips == []
    person.press("Ctrl+Shift+O")
    person.wait()

    assert person.chips == ["Sex: female"]
    assert person.window.compare.currentText() == "Education"
    found = person.chart("departure")
    assert found.title == "Departure rate"
    assert [line.label for line in found.lines] == [line.label for line in seen.lines]
    assert person.cells == cells
    assert not person.window.undo_button.isEnabled()
