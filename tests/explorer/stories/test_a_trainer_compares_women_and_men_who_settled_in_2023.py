"""A trainer wants one picture for a course: did women and men who settled in 2023 leave at the same pace?"""

from __future__ import annotations


def test_a_trainer_compares_women_and_men_who_settled_in_2023(person):
    settled = int(person.level("cohort", "2023").level.count_text.replace(",", ""))

    person.tick("cohort", "2023")
    person.choose(person.window.compare, "Sex")
    person.wait()
    person.turn_to("Departures")

    assert person.chips == ["Period of settling: 2023"]
    assert f"{settled} of 2,000" in person.texts()
    assert {"female", "male"} <= {line.label for line in person.chart("departure").lines}
    assert "Period of settling: 2023" in person.chart("departure").note

    rows = [row for row in person.cells if row[1] == "0"]
    assert {"female", "male"} <= {row[0] for row in rows}
    assert sum(int(row[2]) for row in rows) == settled
    by_sex = {row.level.label: row.level.count_text for row in person.window.facets.section("sex").rows}
    assert {row[0]: row[2] for row in rows}["female"] == by_sex["female"]

    # What the table says of a year is what the hand reads in the picture.
    plot = person.panel("departure").plot.painter
    canvas = plot._canvas
    at = canvas.place_of(12, person.value("departure", "female", 12)).toPoint()
    person.point(canvas.viewport(), canvas.viewport().rect().center())
    person.point(canvas.viewport(), at)
    [written] = [row[4] for row in person.cells if row[:2] == ["female", "12"]]
    assert abs(float(written.rstrip("%")) / 100 - person.value("departure", "female", 12)) < 0.0001
    assert f"{float(written.rstrip('%')):.1f}%" in person.panel("departure").plot.reading_text()
