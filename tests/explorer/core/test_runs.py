"""A run that is asked about goes on until it ends, however it ends, and nothing of those that ended is left."""

from __future__ import annotations

import pytest

from explorer.core.folders import cache_folder
from explorer.core.runs import goes_on, this_run
from tests.runs import another_run


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))


def test_this_run_goes_on_and_has_one_name():
    assert this_run()
    assert this_run() == this_run()
    assert goes_on(this_run())


def test_another_run_goes_on_until_it_is_killed():
    with another_run() as (process, name):
        assert name
        assert name != this_run()
        assert goes_on(name)
        process.kill()
        process.wait()
        assert not goes_on(name)


def test_one_that_never_was_has_ended():
    assert not goes_on("0badc0de")


def test_locks_of_runs_that_ended_are_removed_and_no_others():
    folder = cache_folder() / "runs"
    folder.mkdir(parents=True)
    (folder / "left.lock").touch()
    with another_run() as (_, other):
        assert {path.stem for path in folder.iterdir()} == {other}
        this_run()
        assert {path.stem for path in folder.iterdir()} == {other, this_run()}


def test_where_no_lock_can_be_had_a_run_has_no_name_and_is_left_alone():
    cache_folder().parent.mkdir(parents=True, exist_ok=True)
    cache_folder().write_text("no folder")
    assert this_run() == ""
    assert goes_on(this_run())
