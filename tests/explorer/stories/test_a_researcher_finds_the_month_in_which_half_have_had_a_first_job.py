"""A researcher asks after how many months half of a group has had a first job."""

from __future__ import annotations

import re


def had(reading: str) -> float:
    """The share that has had a first job, as the crosshair says it."""
    return float(re.search(r"first job: ([\d.]+)%", reading)[1])


def test_a_researcher_finds_the_month_in_which_half_have_had_a_first_job(person):
    person.press("Ctrl+3")
    person.wait()
    panel = person.panel("work")
    person.choose(panel.header.measure_box, "First job")
    person.wait()
    assert person.chart("work").title == "First job"

    plot = panel.plot
    person.click(plot.painter._canvas.viewport())
    assert plot.painter.hasFocus()
    person.press("Home")
    months = 0
    while had(plot.reading_text()) < 50:
        person.press("Right")
        months += 1
        assert months <= 28

    assert months > 0
    line = person.line("work", "first job")
    assert line.y[line.x == months] >= 0.5 > line.y[line.x == months - 1]
    written = {int(row[0]): float(row[2].rstrip("%")) for row in person.cells if row[1] == "first job"}
    assert months == min(month for month, share in written.items() if share >= 50)
    person.press("Escape")
    assert plot.reading_text() == ""
