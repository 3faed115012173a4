"""What a program that fell could not save is brought back, once, and never from under one that runs."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from explorer.core.words import Refusal
from explorer.workspace.recovery import RecoveryFile
from tests.runs import another_run

FALLEN = ("one", "two", "three")
"""Names of runs that have ended."""


def test_nothing_is_found_where_nothing_fell(tmp_path):
    assert RecoveryFile(tmp_path / "none").load() is None


def test_what_a_fallen_program_saved_is_found_with_its_file(workspace, tmp_path):
    file = Path("/home/me/thesis.cohort.json")
    RecoveryFile(tmp_path / "r", FALLEN[0]).save(workspace, file)
    found = RecoveryFile(tmp_path / "r").load()
    assert found.stored.workspace == workspace
    assert found.file == file
    assert RecoveryFile(tmp_path / "r").load().stored.workspace == workspace


def test_the_newest_of_several_is_found_and_then_the_next(workspace, tmp_path):
    for age, (run, language) in enumerate(zip(FALLEN, ("en", "nl", "en"), strict=True)):
        old = RecoveryFile(tmp_path, run)
        old.save(replace(workspace, language=language, saved_with=str(age)))
        os.utime(old.path, ns=(age * 10**9, age * 10**9))
    for expected in ("2", "1", "0"):
        mine = RecoveryFile(tmp_path)
        assert mine.load().stored.workspace.saved_with == expected
        mine.clear()
    assert RecoveryFile(tmp_path).load() is None
    assert not list(tmp_path.iterdir())


def test_the_file_of_a_running_program_is_left_to_it(workspace, tmp_path):
    with another_run() as (process, name):
        other = RecoveryFile(tmp_path, name)
        other.save(workspace)
        assert RecoveryFile(tmp_path).load() is None
        RecoveryFile(tmp_path).clear()
        assert other.path.exists()
        process.kill()
    assert RecoveryFile(tmp_path).load().stored.workspace == workspace


def test_this_program_does_not_bring_back_its_own(workspace, tmp_path):
    mine = RecoveryFile(tmp_path)
    mine.save(workspace)
    assert mine.load() is None
    assert RecoveryFile(tmp_path).load() is None


def test_what_was_brought_back_stays_until_the_program_ends_by_itself(workspace, tmp_path):
    old = RecoveryFile(tmp_path, FALLEN[0])
    old.save(workspace)
    mine = RecoveryFile(tmp_path)
    mine.load()
    mine.save(workspace)
    assert old.path.exists()
    assert mine.path.exists()
    mine.clear()
    assert not list(tmp_path.iterdir())


def test_the_same_analysis_is_not_written_again(workspace, tmp_path):
    mine = RecoveryFile(tmp_path)
    mine.save(workspace)
    os.utime(mine.path, ns=(0, 0))
    mine.save(workspace)
    assert mine.path.stat().st_mtime_ns == 0
    mine.save(replace(workspace, language="en"))
    assert mine.path.stat().st_mtime_ns > 0


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_only_the_user_can_read_it(workspace, tmp_path):
    mine = RecoveryFile(tmp_path / "r")
    mine.save(workspace)
    assert stat.S_IMODE(mine.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(mine.path.parent.stat().st_mode) == 0o700
    mine.path.chmod(0o644)
    mine.save(replace(workspace, language="en"))
    assert stat.S_IMODE(mine.path.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"process": 3}', b'{"format": 99, "process": {}}'])
def test_a_file_that_cannot_be_read_is_passed_over(workspace, tmp_path, content):
    good, bad = (RecoveryFile(tmp_path, run) for run in FALLEN[:2])
    good.save(workspace)
    os.utime(good.path, ns=(0, 0))
    bad.path.write_bytes(content)
    assert RecoveryFile(tmp_path).load().stored.workspace == workspace


def test_a_place_that_cannot_be_made_is_refused(workspace, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Refusal, match="file"):
        RecoveryFile(tmp_path / "file" / "r").save(workspace)
    assert RecoveryFile(tmp_path / "file" / "r").load() is None
