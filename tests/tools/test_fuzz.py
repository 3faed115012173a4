"""A slice of the damaged files of `make fuzz`: each is refused in words, or read to its last row."""

from __future__ import annotations

import pytest

from explorer.registers import reading
from tools import fuzz


@pytest.fixture
def _private(tmp_path, monkeypatch):
    # `fuzz.run` chooses a cache folder of its own; what it sets is undone afterwards.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


@pytest.mark.usefixtures("_private")
def test_damaged_files_are_refused_in_a_sentence_or_read_in_full():
    found = fuzz.run(30, fuzz.SEED, processes=1)
    assert [one for one in found if one.ended not in fuzz.WELL] == []
    assert {one.ended for one in found} == set(fuzz.WELL)


def test_the_same_seed_does_the_same_harm_and_a_longer_run_begins_with_a_shorter():
    assert fuzz.trials(40, 1) == fuzz.trials(80, 1)[:40]
    assert fuzz.trials(40, 1) != fuzz.trials(40, 2)


@pytest.mark.usefixtures("_private")
def test_a_reader_that_loses_rows_is_found_out(monkeypatch):
    rows = reading.text_rows

    def losing(text):
        found = rows(text)
        return reading.TextRows(
            source=f"(select * from {found.source} limit 3)", columns=found.columns, there=None
        )

    monkeypatch.setattr(reading, "text_rows", losing)
    monkeypatch.setattr("explorer.registers.opening.check_all_read", lambda *_: None)
    found = fuzz.run(12, fuzz.SEED, processes=1)
    assert "read with another count" in {one.ended for one in found}
