"""Exactly the named file is read, whatever its folder is called and whatever stands in its place."""

from __future__ import annotations

import csv
import io
import os
import shutil
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest

from explorer.core.words import Refusal
from explorer.registers import opened_files
from explorer.registers.fingerprint import data_hash
from explorer.registers.opening import open_dataset
from tests.explorer.registers.conftest import JOBS, PERSONS, STAYS

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names or files")
NAMES = [
    b"data[1]",
    b"a*",
    b"q?",
    b"[!a]",
    b"sex=female",
    b"wage=99",
    b'it\'s "100%"',
    b"not utf-8 \xff\xfe",
    b"n" * 255,
    b"line\nend",
    b"back\\slash",
    b"~",
]


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def write_as(folder, ending):
    """Write the small dataset in a format."""
    for table, text in (("persons", PERSONS), ("stays", STAYS), ("jobs", JOBS)):
        plain = folder / f"{table}.csv"
        if ending == "csv":
            plain.write_text(text)
            continue
        rows = rows_of(text)
        if ending == "parquet":
            with (folder / f"{table}.parquet").open("wb") as file:
                pq.write_table(pa.Table.from_pylist(rows), file)
        else:
            pyreadstat.write_sav(pd.DataFrame(rows), str(folder / f"{table}.sav"))


@posix
@pytest.mark.parametrize("ending", ["csv", "parquet", "sav"])
@pytest.mark.parametrize("name", NAMES)
def test_a_folder_may_have_any_name(dataset, tmp_path_factory, name, ending):
    above = tmp_path_factory.mktemp("above")
    folder = above / os.fsdecode(name)
    folder.mkdir()
    # What a pattern would find as well: folders beside it, with other persons.
    for beside in ("data1", "ab", "qb", "b"):
        other = above / beside
        other.mkdir()
        write_as(other, ending)
        shutil.copy(dataset() / "dataset.toml", other)
    write_as(folder, ending)
    shutil.copy(dataset() / "dataset.toml", folder)
    register = open_dataset(folder)
    assert [count.rows_in for count in register.quality.counts] == [2, 2, 2]
    persons = (
        register.persons.get_backend().con.execute("select sex from persons order by person_id").fetchall()
    )
    assert persons == [("female",), ("male",)]
    wages = register.jobs.get_backend().con.execute("select wage from jobs order by person_id").fetchall()
    assert wages == [(2000.0,), (1200.0,)]


def test_where_what_is_open_has_no_name_a_pattern_is_read_from_a_copy_that_is_gone_afterwards(
    dataset, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    monkeypatch.setattr(opened_files, "DESCRIPTORS", tmp_path / "nowhere")
    folder = tmp_path / "data[1]"
    shutil.copytree(dataset(), folder, ignore=shutil.ignore_patterns("data*1*", "cache"))
    shutil.copy(dataset() / "dataset.toml", folder)
    assert [count.rows_in for count in open_dataset(folder).quality.counts] == [2, 2, 2]
    # Of a run that goes on only its lock is there.
    left = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert {path.suffix for path in left} <= {".lock"}
    assert [count.rows_in for count in open_dataset(dataset()).quality.counts] == [2, 2, 2]


def refused(folder):
    with pytest.raises(Refusal) as refusal:
        open_dataset(folder)
    said = str(refusal.value)
    assert said.isprintable()
    return said


@posix
@pytest.mark.parametrize(
    ("target", "words"),
    [("nowhere", "not there"), ("jobs.csv", "itself"), (".", "folder"), ("/dev/zero", "ordinary")],
)
def test_what_stands_in_the_place_of_a_file_is_named(dataset, target, words):
    folder = dataset()
    (folder / "jobs.csv").unlink()
    (folder / "jobs.csv").symlink_to(target)
    said = refused(folder)
    assert "jobs.csv" in said
    assert words in said
    assert data_hash(folder)


@posix
def test_nobody_waits_for_a_pipe_that_nobody_fills(dataset):
    folder = dataset(jobs=None)
    os.mkfifo(folder / "jobs.csv")
    assert "ordinary" in refused(folder)


@posix
def test_a_link_to_a_file_is_the_file(dataset, tmp_path_factory):
    folder = dataset(jobs=None)
    kept = tmp_path_factory.mktemp("kept") / "rows"
    kept.write_text(JOBS)
    (folder / "jobs.csv").symlink_to(kept)
    assert open_dataset(folder).quality.counts[2].rows_in == 2


def test_a_folder_that_may_not_be_looked_into(dataset, monkeypatch):
    folder = dataset()

    def closed(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", closed)
    assert "Permission denied" in refused(folder)


def test_a_file_that_may_not_be_read(dataset, monkeypatch):
    folder, opens = dataset(), os.open

    def closed(path, *rest, **more):
        if str(path).endswith("jobs.csv"):
            raise PermissionError(13, "Permission denied", str(path))
        return opens(path, *rest, **more)

    monkeypatch.setattr(os, "open", closed)
    said = refused(folder)
    assert "jobs.csv" in said
    assert "permissions" in said


def test_a_path_that_no_system_takes(tmp_path):
    assert refused(tmp_path / ("n" * 5_000))


def test_a_file_that_changes_while_it_is_read_is_refused(dataset, monkeypatch):
    from explorer.registers import opening

    folder, judge = dataset(), opening._judge

    def written_meanwhile(raw, tell):
        judge(raw, tell)
        with (folder / "stays.csv").open("a") as file:
            file.write("002,2024-01-01,,\n")

    monkeypatch.setattr(opening, "_judge", written_meanwhile)
    said = refused(folder)
    assert "stays.csv" in said
    assert "changed" in said
