"""A trainer keeps what is on the screen under a name, wanders off, and comes back before the class."""

from __future__ import annotations


def undo_words(person) -> str:
    """What the button says that it takes back."""
    return person.window.undo_button.defaultAction().text().replace("&", "")


def test_a_trainer_takes_a_snapshot_and_comes_back(person):
    person.tick("nationality_group", "Ukrainian")
    person.wait()
    person.turn_to("Work")
    seen = person.cells
    person.session.ui.called = "for the class"
    person.press("Ctrl+Shift+N")
    assert any("“for the class” is kept" in text for text in person.texts())

    person.tick("sex", "male")
    person.wait()
    person.turn_to("Wages")
    assert undo_words(person) == "Undo: turn to “Wages”"

    person.menu("View", "Snapshots", "Snapshot: for the class")
    person.wait()
    assert person.chips == ["Nationality group: Ukrainian"]
    assert person.cells == seen
    assert undo_words(person) == "Undo: snapshot “for the class”"

    person.click(person.window.undo_button)
    person.wait()
    assert person.chips == ["Nationality group: Ukrainian", "Sex: male"]
    assert person.panel("wages").isVisible()
    assert undo_words(person) == "Undo: turn to “Wages”"
    person.press("Ctrl+Z", "Ctrl+Z")
    person.wait()
    assert person.cells == seen
