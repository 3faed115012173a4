"""A researcher drags the threshold across the wages and sees how many earn at least so much."""

from __future__ import annotations

import re

from PySide6.QtCore import QPoint


def test_a_researcher_drags_the_wage_threshold(person):
    person.press("Ctrl+4")
    person.wait()
    panel = person.panel("wages")
    painter = panel.plot.painter
    undo = person.window.undo_button.defaultAction()
    threshold = panel.form.control("threshold").box

    def share() -> float:
        return float(re.search(r"([\d.]+)% of them earn at least", person.chart("wages").note)[1])

    def height(euros: float) -> QPoint:
        return painter._canvas.place_of(person.chart("wages").x.high / 2, euros).toPoint()

    assert threshold.text().startswith("15.00")
    before = share()
    places = [height(euros) for euros in (15, 15.5, 16, 17, 18, 19, 20)]
    person.drag(painter._canvas.viewport(), *places)
    person.wait()

    [rule] = person.chart("wages").rules
    assert 19 < rule.value < 21
    assert threshold.text().startswith(f"{rule.value:.2f}")
    assert f"€ {rule.value:.2f}" in person.chart("wages").note
    assert share() < before

    # The same threshold is that of the other measures of wages.
    person.choose(panel.header.measure_box, "Share at or above a wage")
    person.wait()
    assert f"at least € {rule.value:.2f}" in person.chart("wages").note
    person.press("Ctrl+Z")
    person.wait()

    assert undo.text().replace("&", "") == "Undo: threshold"
    person.press("Ctrl+Z")
    person.wait()
    assert person.chart("wages").rules[0].value == 15
    assert threshold.text().startswith("15.00")
    assert share() == before
    assert undo.text().replace("&", "") == "Undo: turn to “Wages”"
