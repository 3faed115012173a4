"""Any number of persons is chosen by as age is: dragged with live figures, undone, kept, said and asked as text."""

from __future__ import annotations

import csv
import io
import math

import pytest

from explorer.__main__ import main
from explorer.core.events import ChooseRange
from explorer.core.person_numbers import OPEN
from models.selection import EVERYONE, Between, conjunction
from tests.explorer.worlds import with_numbers

RANGES = (Between("rooms", 2.5, 5.5), Between("balance", -20, -10), Between("distance", 20, math.inf))


@pytest.fixture
def folder(tmp_path):
    return with_numbers(tmp_path / "numbers")


@pytest.fixture
def opened(session, settled, folder):
    session.documents.open_dataset(folder)
    settled()
    return session


def drag(opened, part):
    facets = opened.window.facets
    facets.range_started.emit(part.column)
    for low in (part.low + 2, part.low + 1, part.low):
        facets.range_changed.emit(part.column, low, part.high)
    facets.range_finished.emit(part.column)


@pytest.mark.parametrize("part", RANGES, ids=lambda part: part.column)
def test_dragging_a_number_shows_what_choosing_it_at_once_shows(opened, settled, part):
    facets = opened.window.facets

    def seen():
        settled()
        tables = [opened.overview.figure(at).table.rows for at in opened.state.visible]
        return opened.window.selection.count.text(), tables

    facets.range_started.emit(part.column)
    settled()
    for low in (part.low + 2, part.low):
        facets.range_changed.emit(part.column, low, part.high)
        settled()
    assert opened.overview.dragging
    dragged = seen()
    facets.range_finished.emit(part.column)
    opened.store.undo()
    assert opened.state.selection == EVERYONE
    assert seen() != dragged
    opened.send(ChooseRange(part.column, part.low, part.high, OPEN))
    assert not opened.overview.dragging
    assert seen() == dragged


def test_numbers_are_undone_and_done_again_one_drag_at_a_time(opened, settled):
    for part in RANGES:
        drag(opened, part)
    for kept in (2, 1, 0):
        opened.store.undo()
        assert opened.state.selection == conjunction(RANGES[:kept])
    for _ in RANGES:
        opened.store.redo()
    assert opened.state.selection == conjunction(RANGES)
    opened.window.facets.range_changed.emit("rooms", -math.inf, math.inf)
    assert opened.state.selection == conjunction(RANGES[1:])


@pytest.mark.parametrize(
    ("language", "chips", "summary", "boxes", "unknown"),
    [
        (
            "en",
            ["Rooms: 2.5–5.5", "Balance: −20 to −10", "Distance: 20+"],
            "2.5 to 5.5",
            ["2.5", "5.5"],
            "unknown: ",
        ),
        (
            "nl",
            ["Kamers: 2,5–5,5", "Balance: −20 t/m −10", "Afstand: 20+"],
            "2,5 tot en met 5,5",
            ["2,5", "5,5"],
            "onbekend: ",
        ),
    ],
)
def test_a_range_is_said_in_the_language_of_the_reader(
    opened, settled, language, chips, summary, boxes, unknown
):
    opened.appearance.set_language(language)
    for part in RANGES:
        drag(opened, part)
    settled()
    assert [chip.chip.text for chip in opened.window.selection.chips] == chips
    section = opened.window.facets.section("rooms")
    assert section.histogram.accessibleName().endswith(summary)
    assert [box.text() for box in section.boxes] == boxes
    assert section.note.text().startswith(unknown)
    assert not opened.window.facets.section("balance").note.text()


def test_a_workspace_brings_ranges_back_and_the_command_line_counts_the_same_persons(
    opened, settled, folder, tmp_path, capsys
):
    for part in RANGES:
        drag(opened, part)
    settled()
    rows = opened.overview.figure(0).table.rows
    opened.documents.save_workspace(tmp_path / "ranges.cohort.json")
    opened.window.facets.cleared.emit("distance")
    opened.documents.open_workspace(tmp_path / "ranges.cohort.json")
    settled()
    assert opened.state.selection == conjunction(RANGES)
    where = "rooms between 2.5 and 5.5 and balance between -20 and -10 and distance >= 20"
    assert main(["table", "departure", str(folder), "--by", "cohort", "--where", where]) == 0
    told = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(told) == len(rows) > 10
    at_risk = [column.name for column in opened.overview.figure(0).table.columns].index("at_risk")
    assert [int(row["at_risk"]) for row in told] == [row[at_risk] for row in rows]
