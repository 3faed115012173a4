"""A statistician keeps two selections, draws them together and reads the difference with its interval."""

from __future__ import annotations

import re


def keep_women_and_men(person):
    """Keep women as A and men as B; return the button that compares them."""
    a, b, both = person.window.kept_buttons
    assert not both.isEnabled()
    person.tick("sex", "female")
    person.wait()
    person.click(a)
    person.tick("sex", "female")
    person.tick("sex", "male")
    person.wait()
    person.click(b)
    return both


def test_a_statistician_compares_a_with_b(person):
    person.turn_to("Departures")
    both = keep_women_and_men(person)
    person.click(both)
    person.wait()

    lines = person.chart("departure").lines
    assert len(lines) == 2
    assert [line.label[0] for line in lines] == ["A", "B"]
    note = person.chart("departure").note
    assert "A: Sex: female. B: Sex: male." in note
    found = re.findall(r"A less B at month (\d+): (\S+) percentage points \((\S+) to (\S+)\)", note)
    assert [month for month, *_ in found] == ["6", "12", "24"]
    for month, *written in found:
        less, low, high = (float(number.replace("−", "-")) / 100 for number in written)
        a_, b_ = (dict(zip(line.x.tolist(), line.y.tolist(), strict=True))[int(month)] for line in lines)
        assert abs(less - (a_ - b_)) < 0.001
        assert low < less < high

    # Every other figure draws the two as well, and one step takes it all back.
    person.turn_to("Work")
    assert [line.label[0] for line in person.chart("work").lines] == ["A", "B"]
    assert "A less B at month 12" in person.chart("work").note
    person.press("Ctrl+Z", "Ctrl+Z")
    person.wait()
    assert "A less B" not in person.chart("departure").note


def test_what_would_do_nothing_beside_a_and_b_is_off_and_says_why(person):
    both = keep_women_and_men(person)
    level = person.level("sex", "male")
    assert level.isEnabled()
    person.click(both)
    person.wait()
    assert not level.isEnabled()
    assert not person.window.compare.isEnabled()
    assert "turn that off" in person.window.compare.toolTip()
    assert "turn that off" in level.toolTip()
    person.click(both)
    person.wait()
    assert level.isEnabled()
    assert person.window.compare.isEnabled()
    assert "turn that off" not in level.toolTip()
