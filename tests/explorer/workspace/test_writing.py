"""A workspace is written whole or not at all; whoever could read it before still can, and nobody else."""

from __future__ import annotations

import errno
import os
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from explorer.core.words import Refusal
from explorer.workspace.document import Workspace
from explorer.workspace.reading import read
from explorer.workspace.writing import to_bytes, to_json, write
from models.selection import Between, IsIn

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_file_is_text_in_order_that_the_eye_can_read(workspace, tmp_path):
    write(workspace, tmp_path / "w.cohort.json")
    text = (tmp_path / "w.cohort.json").read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert "Aankomsten – één" in text
    top = [line.split('"')[1] for line in text.splitlines() if line.startswith('  "')]
    assert top == ["dataset", "format", "language", "saved_with", "snapshots", "state"]
    assert '  "format": 1,' in text.splitlines()


def test_the_same_analysis_gives_the_same_bytes_however_it_was_typed(dataset, rich, tmp_path):
    for name, low in (("a", 18), ("b", 18.0)):
        write(
            Workspace(state=replace(rich, selection=Between("age", low, 34)), dataset=dataset),
            tmp_path / name,
        )
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@posix
def test_a_file_keeps_its_mode_and_a_new_one_has_that_of_any_new_file(workspace, tmp_path):
    (tmp_path / "other").touch()
    path = tmp_path / "w.cohort.json"
    write(workspace, path)
    assert mode(path) == mode(tmp_path / "other")
    path.chmod(0o640)
    write(replace(workspace, language="en"), path)
    assert mode(path) == 0o640
    assert read(path).workspace.language == "en"


@posix
def test_a_link_keeps_being_one(workspace, tmp_path):
    (tmp_path / "there").mkdir()
    link = tmp_path / "link.cohort.json"
    link.symlink_to(tmp_path / "there" / "w.cohort.json")
    write(workspace, link)
    write(workspace, link)
    assert link.is_symlink()
    assert read(tmp_path / "there" / "w.cohort.json").workspace.state == workspace.state


@posix
def test_a_loop_of_links_is_refused(workspace, tmp_path):
    loop = tmp_path / "loop.cohort.json"
    loop.symlink_to(loop)
    for act in (lambda: write(workspace, loop), lambda: read(loop)):
        with pytest.raises(Refusal, match="loop"):
            act()


def test_a_missing_folder_is_refused_by_name(workspace, tmp_path):
    with pytest.raises(Refusal, match="nowhere") as refused:
        write(workspace, tmp_path / "nowhere" / "w.cohort.json")
    assert "choose another folder" in str(refused.value)


def test_a_folder_in_its_place_is_refused(workspace, tmp_path):
    with pytest.raises(Refusal, match="cannot be written"):
        write(workspace, tmp_path / "..")
    (tmp_path / "w").mkdir()
    with pytest.raises(Refusal, match="cannot be written"):
        write(workspace, tmp_path / "w")
    assert [path.name for path in tmp_path.iterdir()] == ["w"]


@pytest.mark.parametrize(("step", "number"), [("fsync", errno.ENOSPC), ("open", errno.EACCES)])
def test_a_full_disk_or_no_permission_leaves_the_file_as_it_was(
    workspace, tmp_path, monkeypatch, step, number
):
    path = tmp_path / "w.cohort.json"
    write(workspace, path)
    before = path.read_bytes()

    def fail(*arguments):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(Refusal) as refused:
        write(replace(workspace, language="en"), path)
    monkeypatch.undo()
    assert os.strerror(number) in str(refused.value)
    assert str(path) in str(refused.value)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_file_that_may_not_be_written_is_not_put_aside(workspace, tmp_path, monkeypatch):
    path = tmp_path / "w.cohort.json"
    path.write_bytes(b"mine")
    monkeypatch.setattr(os, "access", lambda *arguments: False)
    with pytest.raises(Refusal, match="Permission denied"):
        write(workspace, path)
    assert path.read_bytes() == b"mine"


def test_names_that_text_cannot_hold_come_back(workspace, tmp_path):
    about = replace(workspace.dataset, path="/data/\udcff\udce9", columns=("a\nb", "c\"'", "\u2028"))
    state = replace(workspace.state, selection=IsIn("c\"'", ("é\udc80",)))
    path = tmp_path / "w.cohort.json"
    write(replace(workspace, dataset=about, state=state), path)
    again = read(path).workspace
    assert again.dataset.path == about.path
    assert again.dataset.columns == about.columns
    assert again.state == state


@pytest.mark.parametrize(("low", "high"), [("-inf", 1e300), (-10.5, "inf")])
def test_an_open_end_is_written_as_json_can(workspace, tmp_path, low, high):
    state = replace(workspace.state, selection=Between("age", float(low), float(high)))
    assert b'inf"' in to_bytes(to_json(replace(workspace, state=state)))
    write(replace(workspace, state=state), tmp_path / "w.cohort.json")
    assert read(tmp_path / "w.cohort.json").workspace.state == state


def test_the_dataset_is_also_named_as_seen_from_the_file(workspace, tmp_path):
    about = replace(workspace.dataset, path=str(tmp_path / "data"))
    write(replace(workspace, dataset=about), tmp_path / "w.cohort.json")
    assert read(tmp_path / "w.cohort.json").workspace.dataset.relative == "data"
    (tmp_path / "deep").mkdir()
    write(replace(workspace, dataset=about), tmp_path / "deep" / "w.cohort.json")
    assert read(tmp_path / "deep" / "w.cohort.json").workspace.dataset.relative == "../data"
    assert Path(about.path).is_absolute()
