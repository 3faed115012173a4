"""A file comes whole or not at all, as the one that was there, and as the user's own new files do."""

from __future__ import annotations

import errno
import os
import resource
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from explorer.core import placing, remains
from explorer.core.placing import move_in, put, put_together
from explorer.core.words import Refusal
from explorer.export.formats import Written
from explorer.export.printing import print_chart
from explorer.export.tables import about_of, write_table
from models.results import Column, Table
from tests.charts import make_chart
from tests.runs import another_run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes, links and limits of POSIX")
TABLE = Table(
    columns=(Column(name="month", kind="count"), Column(name="status", kind="text")),
    rows=tuple((month, "ok") for month in range(500)),
)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def write(path):
    """Write what the ending says, as the program does."""
    if path.suffix in (".csv", ".xlsx", ".parquet"):
        write_table(Written(table=TABLE, note="note"), path)
    elif path.suffix in (".svg", ".pdf", ".png"):
        print_chart(make_chart(), path)
    else:
        put(path, b"{}" * 3000)


WRITERS = pytest.mark.parametrize(
    "name", ["a.csv", "a.xlsx", "a.parquet", "a.svg", "a.pdf", "a.png", "a.cohort.json"]
)


@WRITERS
@pytest.mark.parametrize(("umask", "expected"), [(0o077, 0o600), (0o002, 0o664), (0o022, 0o644)])
def test_a_new_file_has_the_mode_of_any_new_file_of_the_user(tmp_path, name, umask, expected):
    before = os.umask(umask)
    try:
        write(tmp_path / name)
    finally:
        os.umask(before)
    assert {mode(path) for path in tmp_path.iterdir()} == {expected}


@WRITERS
def test_a_file_keeps_its_mode_and_the_link_to_it(tmp_path, name):
    there = tmp_path / "there"
    there.mkdir()
    (there / name).write_bytes(b"old")
    (there / name).chmod(0o640)
    (tmp_path / name).symlink_to(there / name)
    write(tmp_path / name)
    assert (tmp_path / name).is_symlink()
    assert (there / name).read_bytes() != b"old"
    assert mode(there / name) == 0o640
    assert [path.name for path in there.iterdir()] == [name]


@WRITERS
def test_a_full_disk_is_refused_by_name_and_leaves_what_was_there(tmp_path, name):
    (tmp_path / name).write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
        with pytest.raises(Refusal) as refused:
            write(tmp_path / name)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert name in str(refused.value)
    assert os.strerror(errno.EFBIG) in str(refused.value)
    assert (tmp_path / name).read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == [name]


@WRITERS
def test_a_name_as_long_as_a_name_can_be_is_written(tmp_path, name):
    path = tmp_path / ("é" * ((255 - len(name)) // 2) + name)
    write(path)
    assert path.is_file()
    assert path.suffix != ".csv" or about_of(path).read_bytes() == b"note\n"


def test_a_link_to_nothing_yet_makes_the_file_behind_it(tmp_path):
    (tmp_path / "there").mkdir()
    link = tmp_path / "a.csv"
    link.symlink_to(Path("there") / "b.csv")
    put(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "there" / "b.csv").read_bytes() == b"new"
    link.unlink()
    link.symlink_to(tmp_path / "nowhere" / "b.csv")
    with pytest.raises(Refusal, match=r"a\.csv"):
        put(link, b"new")
    assert link.is_symlink()


def test_a_private_file_is_never_open_to_others_while_it_is_written(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o600)
    seen = []

    def fill(file):
        seen.extend(mode(one) for one in tmp_path.iterdir())
        file.write(b"new")

    put(path, fill)
    assert set(seen) == {0o600}


@pytest.mark.parametrize("wanted", [None, 0o600])
def test_a_pipe_and_a_device_are_written_as_they_are(tmp_path, wanted):
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True)
    reader.start()
    put(pipe, b"x" * 100_000, wanted)
    reader.join(10)
    assert got == [b"x" * 100_000]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    put(Path("/dev/null"), lambda file: file.write(b"x"), wanted)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_device_that_is_full_is_refused_by_name():
    with pytest.raises(Refusal, match="/dev/full"):
        put(Path("/dev/full"), b"x")


def test_the_programs_own_output_is_written_on_at_its_end(tmp_path):
    out = tmp_path / "out.txt"
    out.write_bytes(b"before\n")
    code = "from pathlib import Path; from explorer.core.placing import put; put(Path('/dev/stdout'), b'data\\n')"
    with out.open("ab") as appended:
        subprocess.run([sys.executable, "-c", code], stdout=appended, check=True, timeout=60)
    assert out.read_bytes() == b"before\ndata\n"


@pytest.fixture
def closed_folder(tmp_path, monkeypatch):
    """A folder that takes no new file, for a user who is root too; there is one in it."""
    (tmp_path / "a.csv").touch()
    (tmp_path / "a.csv").chmod(0o640)
    real = os.open

    def refuse(path, flags, *arguments, **named):
        if flags & os.O_CREAT:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return real(path, flags, *arguments, **named)

    monkeypatch.setattr(os, "open", refuse)
    return tmp_path


def test_a_file_in_a_folder_that_takes_no_new_one_is_written_over(closed_folder):
    path = closed_folder / "a.csv"
    for content in (b"long content", b"short"):
        put(path, content)
        assert path.read_bytes() == content
    assert mode(path) == 0o640
    with pytest.raises(Refusal, match=os.strerror(errno.EACCES)):
        put(closed_folder / "new.csv", b"x")


def test_what_is_written_over_comes_back_when_the_disk_is_full(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    real, failed = placing._write, []

    def once(handle, content):
        if not failed:
            failed.append(True)
            real(handle, content[:2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle, content)

    monkeypatch.setattr(placing, "_write", once)
    monkeypatch.setattr(placing, "_place", lambda path, mode: placing._Over(path))
    with pytest.raises(Refusal, match="No space left"):
        put(path, b"new content")
    assert path.read_bytes() == b"old"


def test_of_files_that_belong_together_none_comes_when_one_cannot(tmp_path):
    (tmp_path / "b").mkdir()
    with pytest.raises(Refusal, match="b”"):
        put_together({tmp_path / "a": b"a", tmp_path / "b": b"b"})
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


@pytest.mark.parametrize("name", ["", "a\0b", "file/inside", "x" * 300])
def test_a_place_that_can_be_no_file_is_refused(tmp_path, name):
    (tmp_path / "file").touch()
    with pytest.raises(Refusal, match="cannot be written"):
        put(tmp_path / name, b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.fixture
def folders(tmp_path):
    """A dataset that is there, and another that is ready."""
    ready, folder = tmp_path / "ready", tmp_path / "data"
    for place, text in ((ready, "new"), (folder, "old")):
        place.mkdir()
        for name in ("persons", "stays", "dataset.toml"):
            (place / name).write_text(text)
    (folder / "notes.txt").write_text("mine")
    (folder / "persons").chmod(0o640)
    return ready, folder


def contents(folder):
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


def test_files_move_in_whole_and_what_else_is_there_stays(folders):
    ready, folder = folders
    move_in(ready, folder, last="dataset.toml")
    assert contents(folder) == dict.fromkeys(("persons", "stays", "dataset.toml"), "new") | {
        "notes.txt": "mine"
    }
    assert mode(folder / "persons") == 0o640
    assert not list(folder.glob(".*"))


@pytest.mark.parametrize("broken", range(6))
def test_at_no_moment_do_old_and_new_pass_for_a_dataset(folders, monkeypatch, broken):
    ready, folder = folders
    real, steps = Path.rename, []

    def rename(self, target):
        if len(steps) == broken:
            there = {text for name, text in contents(folder).items() if name != "notes.txt"}
            assert "dataset.toml" not in contents(folder) or len(there) == 1
            steps.append(None)
            raise OSError(errno.EIO, "broken")
        steps.append(target)
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    before = contents(folder)
    with pytest.raises(OSError, match="broken"):
        move_in(ready, folder, last="dataset.toml")
    assert contents(folder) == before
    assert not list(folder.glob(".*"))


# --- what is left behind ---------------------------------------------------------------------------------------


def left_by(folder, home, run):
    path = folder / f"{remains.PREFIX}{home}-{run}-0a0b0c0d{remains.SUFFIX}"
    path.write_text("left")
    return path


def test_what_runs_that_are_gone_left_is_cleared_at_the_next_write_and_nothing_else(tmp_path):
    here = remains._home()
    with another_run() as (other, name):
        left = left_by(tmp_path, here, "0badc0de")
        folder = left.with_name(left.name.replace("0a0b0c0d", "0a0b0c0e"))
        folder.mkdir()
        (folder / "persons.csv").touch()
        kept = [
            left_by(tmp_path, "00000000", "0badc0de"),
            left_by(tmp_path, here, ""),
            left_by(tmp_path, here, name),
            tmp_path / ".cohort-explorer-mine.part",
            tmp_path / "mine.part",
        ]
        for path in kept:
            path.touch()
        put(tmp_path / "a.csv", b"x")
        assert {path.name for path in tmp_path.iterdir()} == {path.name for path in kept} | {"a.csv"}
        other.kill()
    put(tmp_path / "a.csv", b"x")
    assert not kept[2].exists()


def test_two_processes_write_into_one_folder_without_clearing_each_others_files(tmp_path):
    mine = remains.own_path(tmp_path)
    mine.touch()
    code = "import sys; from pathlib import Path; from explorer.core.placing import put; put(Path(sys.argv[1]), b'x')"
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "b")], check=True, timeout=60)
    assert mine.exists()
    remains.release(mine)
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
