"""A sample comes whole or not at all, and in the place of nothing but a sample."""

from __future__ import annotations

import resource
import shutil
import sys

import pytest

import sample_data
from explorer.__main__ import main
from explorer.core import remains
from explorer.core.words import Refusal
from explorer.pipeline.opening import sample_path
from explorer.registers.fingerprint import data_hash
from sample_data.generator import generate
from sample_data.writing import FORMATS

posix = pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
FEW = ("sample", "--persons", "200", "--out")


def run(capsys, *arguments):
    status = main(list(arguments))
    out, err = capsys.readouterr()
    return status, out, err


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def there(tmp_path):
    """A sample with a file of the user beside it."""
    folder = tmp_path / "data"
    shutil.copytree(sample_data.small_path(), folder)
    (folder / "notes.txt").write_text("mine")
    return folder


def test_a_sample_takes_the_place_of_another_and_of_nothing_else(capsys, there):
    before = data_hash(there)
    assert run(capsys, *FEW, str(there), "--format", "csv")[0] == 0
    assert data_hash(there) != before
    assert (there / "notes.txt").read_text() == "mine"
    assert {path.name for path in there.iterdir() if path.name.startswith(".")} == set()
    assert run(capsys, "check", str(there))[0] == 0


def test_real_data_are_not_written_over(capsys, there):
    about = there / "dataset.toml"
    about.write_text(
        about.read_text(encoding="utf-8").replace("synthetic = true", "synthetic = false"), encoding="utf-8"
    )
    before = contents(there)
    status, _, said = run(capsys, *FEW, str(there), "--format", "csv")
    assert (status, len(said.splitlines())) == (2, 1)
    assert str(there) in said
    assert contents(there) == before


def test_tables_of_another_kind_are_not_stood_beside(capsys, there):
    before = contents(there)
    status, _, said = run(capsys, *FEW, str(there), "--format", "parquet")
    assert (status, len(said.splitlines())) == (2, 1)
    assert "persons.csv" in said
    assert contents(there) == before


@posix
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("limit", [100, 5000])
def test_a_full_disk_is_told_in_one_sentence_and_leaves_what_was_there(capsys, tmp_path, form, limit):
    folder = tmp_path / "data"
    assert run(capsys, *FEW, str(folder), "--format", form)[0] == 0
    before = contents(folder)
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, old[1]))
        status, _, said = run(capsys, *FEW, str(folder), "--seed", "9", "--format", form)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
    assert (status, len(said.splitlines())) == (2, 1)
    assert str(folder) in said
    assert "should not" not in said
    assert contents(folder) == before


@posix
@pytest.mark.parametrize("form", FORMATS)
def test_component_files_on_a_full_disk_leave_nothing(capsys, tmp_path, form):
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5000, old[1]))
        status, _, said = run(capsys, *FEW, str(tmp_path), "--layout", "cbs", "--format", form)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
    assert (status, len(said.splitlines())) == (2, 1)
    assert str(tmp_path) in said
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def few(monkeypatch, tmp_path):
    """A bundled sample of few persons, in a cache of its own."""
    monkeypatch.setattr(
        "sample_data.generator.generate", lambda progress=None: generate(200, progress=progress)
    )
    monkeypatch.setattr("explorer.pipeline.opening.cache_folder", lambda: tmp_path)
    return tmp_path / "samples"


@posix
def test_the_bundled_sample_that_has_no_room_is_refused_and_leaves_nothing(few):
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, old[1]))
        with pytest.raises(Refusal, match="samples"):
            sample_path()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
    assert list(few.iterdir()) == []


def test_of_two_programs_that_make_the_bundled_sample_the_first_wins(few, monkeypatch):
    from sample_data import writing

    real, once = writing.write, []

    def slower(tables, out, **options):
        made = real(tables, out, **options)
        if not once:
            once.append(True)
            sample_path()
        return made

    monkeypatch.setattr(writing, "write", slower)
    folder = sample_path()
    assert (folder / "dataset.toml").is_file()
    assert list(few.iterdir()) == [folder]


def test_what_a_killed_first_start_left_is_cleared_at_the_next(few):
    left = few / f"{remains.PREFIX}{remains._home()}-0badc0de-0a0b0c0d{remains.SUFFIX}"
    (left / "dataset").mkdir(parents=True)
    folder = sample_path()
    assert list(few.iterdir()) == [folder]
