"""What the database sets aside lies in a folder of this process; what a broken-off process left is cleared."""

from __future__ import annotations

import duckdb
import pytest

from explorer.core import remains
from explorer.registers.engine import Engine


def test_what_a_broken_off_run_left_is_cleared_and_what_is_used_now_stays(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    from explorer.core.folders import cache_folder

    spill = cache_folder() / "spill"
    left = spill / f"{remains.PREFIX}{remains._home()}-0badc0de-0a0b0c0d{remains.SUFFIX}"
    used = remains.own_path(spill)
    for folder in (left, used):
        folder.mkdir(parents=True)
        (folder / "duckdb_temp_storage-0.tmp").write_bytes(b"rows")
    engine = Engine()
    engine.connect()
    assert not left.exists()
    assert (used / "duckdb_temp_storage-0.tmp").exists()
    engine.close()


def test_two_engines_never_share_a_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    places = []
    for engine in (Engine(), Engine()):
        backend = engine.connect()
        places.append(backend.con.execute("select current_setting('temp_directory')").fetchone()[0])
        engine.close()
    assert len(set(places)) == 2
    assert all(remains.this_run() in place for place in places)


def test_what_was_set_aside_can_be_removed_before_the_connection_closes(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    engine = Engine()
    connection = engine.connect().con
    connection.execute("set memory_limit = '30MB'")
    connection.execute(
        "create table wide as select range as n, repeat(range::varchar, 40) as t from range(600000)"
    )
    assert any(engine.spills[0].iterdir())
    engine.clear()
    assert not engine.spills[0].exists()
    engine.close()


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_csv('{file}')",
        "select * from '{file}'",
        "copy (select 1) to '{folder}/out.csv'",
        "attach '{folder}/other.db'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set allowed_paths = ['{file}']",
        "set temp_directory = '{folder}'",
    ],
)
def test_the_database_opens_and_loads_nothing_that_it_was_not_given(tmp_path, monkeypatch, query):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    given, other = tmp_path / "given.csv", tmp_path / "other.csv"
    for path in (given, other):
        path.write_text("a\n1\n")
    engine = Engine()
    con = engine.connect(sources=[str(given)]).con
    assert con.execute(f"select count(*) from read_csv('{given}')").fetchone() == (1,)
    with pytest.raises(duckdb.Error):
        con.execute(query.format(file=other, folder=tmp_path))
    assert not (tmp_path / "out.csv").exists()
    engine.close()


def test_what_is_set_aside_has_a_bound(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    engine = Engine()
    con = engine.connect(rows_bytes=10_000_000).con
    [bound] = con.execute("select current_setting('max_temp_directory_size')").fetchone()
    assert bound == "2.0 GiB"
    engine.close()
