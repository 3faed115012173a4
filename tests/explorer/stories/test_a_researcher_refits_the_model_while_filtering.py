"""A researcher looks at the coefficients, filters, and changes the terms: the newest question is answered."""

from __future__ import annotations

from PySide6.QtCore import QPoint


def readings(person) -> dict[str, str]:
    """Every coefficient as it is read."""
    return {row.key: estimate.reading for row in person.chart("model").rows for estimate in row.estimates}


def headings(person) -> list[str]:
    """The terms that stand above their levels."""
    return [row.label.split(" ·")[0] for row in person.chart("model").rows if row.kind == "heading"]


def test_a_researcher_refits_the_model_while_filtering(person):
    person.turn_to("Model")
    everybody = readings(person)
    assert headings(person) == ["Period of settling", "Nationality group", "Sex", "Age band at settling"]

    # Two clicks in a row: nobody waits for the first answer, and only the last one counts.
    person.tick("cohort", "2022 H1")
    person.tick("cohort", "2022 H2")
    person.wait()
    chosen = sum(
        int(person.level("cohort", name).level.count_text.replace(",", "")) for name in ("2022 H1", "2022 H2")
    )
    assert f" {chosen:,} persons" in person.chart("model").note
    fewer = readings(person)
    assert fewer["sex[male]"] != everybody["sex[male]"]
    assert "cohort[2023]" not in fewer

    terms = person.panel("model").form.control("terms")
    person.click(terms.button)
    [province] = [box for box in terms.popup.boxes if box.text() == "Province"]
    person.click(province, QPoint(30, province.height() // 2))
    person.wait()
    assert terms.popup.isVisible()
    person.press("Escape")
    assert not terms.popup.isVisible()
    assert headings(person)[-1] == "Province"
    assert f" {chosen:,} persons" in person.chart("model").note

    person.press("Ctrl+Z")
    person.wait()
    assert readings(person) == fewer
    person.click(person.window.selection.clear_button)
    person.wait()
    assert readings(person) == everybody
