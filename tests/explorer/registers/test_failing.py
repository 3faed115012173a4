"""What goes wrong in the engine is told of the file it is about, or not at all when the program was stopped."""

from __future__ import annotations

import os
import random
import signal
import sys
import threading

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from explorer.core.words import Refusal
from explorer.registers import engine as engines
from explorer.registers.engine import Engine
from explorer.registers.failing import stopping_at_once
from explorer.registers.opening import open_dataset
from tests.explorer.registers.test_opened_files import write_as

LONG = "select count(*) from range(100000000000) t(x) where hash(x) = 3"


@pytest.fixture
def private(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    return tmp_path / "cache"


def parquet(dataset, **options):
    folder = dataset(persons=None, stays=None, jobs=None)
    write_as(folder, "parquet")
    for table in ("persons", "stays", "jobs"):
        path = folder / f"{table}.parquet"
        rows = pq.read_table(path)
        pq.write_table(pa.concat_tables([rows] * 200), path, **options)
    return folder


@pytest.mark.parametrize("table", ["persons", "stays", "jobs"])
def test_a_parquet_file_that_is_damaged_inside_is_named_wherever_that_shows(dataset, table):
    folder = parquet(dataset)
    path = folder / f"{table}.parquet"
    sound, chance, told = path.read_bytes(), random.Random(3), 0
    for _ in range(12):
        place = chance.randrange(4, len(sound) - 40)
        path.write_bytes(
            sound[:place] + bytes(chance.randrange(256) for _ in range(30)) + sound[place + 30 :]
        )
        try:
            open_dataset(folder)
        except Refusal as refusal:
            told += f"{table}.parquet" in str(refusal)
    assert told >= 6


def test_a_parquet_file_that_shrinks_while_it_is_read_is_refused(dataset, monkeypatch):
    from explorer.registers import opening

    folder, judge = parquet(dataset, compression="none"), opening._judge

    def shrinking(raw, tell):
        path = folder / "jobs.parquet"
        os.truncate(path, path.stat().st_size // 3)
        judge(raw, tell)

    monkeypatch.setattr(opening, "_judge", shrinking)
    with pytest.raises(Refusal, match=r"jobs\.parquet was changed"):
        open_dataset(folder)


def test_after_a_damaged_file_the_engine_opens_the_next_dataset_and_the_former_is_as_it_was(
    dataset, tmp_path
):
    engine = Engine()
    register = open_dataset(dataset(), engine=engine)
    former = engine.backend
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    write_as(damaged, "parquet")
    (damaged / "dataset.toml").write_bytes((tmp_path / "dataset.toml").read_bytes())
    (damaged / "jobs.parquet").write_bytes(b"PAR1" + bytes(200) + b"PAR1")
    with pytest.raises(Refusal):
        open_dataset(damaged, engine=engine)
    assert engine.backend is former
    assert register.jobs.count().execute() == 2
    assert open_dataset(dataset(), engine=engine).quality.counts[0].rows_in == 2
    engine.close()


def test_no_room_to_set_aside_is_told_of_the_folder_and_never_of_a_file(dataset, private, monkeypatch):
    monkeypatch.setattr(engines, "LEAST_SPILL_MB", 1)
    monkeypatch.setattr(engines, "SPILL_PER_BYTE", 0)
    engine = Engine()
    con = engine.connect().con
    con.execute("set memory_limit = '30MB'")
    with pytest.raises(Refusal, match="spill") as refusal, engine.working():
        con.execute(
            "create table t as select hash(range)::varchar || hash(range + 1)::varchar as x from range(4000000)"
        )
    assert "set aside" in str(refusal.value)
    engine.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a file in the place of a folder is told otherwise there")
def test_a_folder_that_cannot_be_made_is_told_as_such(dataset, private):
    private.mkdir()
    (private / "cohort-flow-explorer").write_text("no folder")
    engine = Engine()
    con = engine.connect().con
    con.execute("set memory_limit = '30MB'")
    with pytest.raises(Refusal, match="set aside"), engine.working():
        con.execute(
            "create table t as select hash(range)::varchar || hash(range + 1)::varchar as x from range(4000000)"
        )
    engine.close()


def test_too_little_memory_is_told_as_that(private):
    engine = Engine()
    con = engine.connect().con
    con.execute("set memory_limit = '10MB'")
    with pytest.raises(MemoryError), engine.working():
        con.execute("select list(range) from range(40000000)").fetchall()
    engine.close()


def test_a_fault_of_our_own_stays_one(private):
    engine = Engine()
    con = engine.connect().con
    with pytest.raises(duckdb.CatalogException), engine.working():
        con.execute("select * from nowhere")
    engine.close()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent another way there")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_ends_a_query_with_what_the_program_raises(private, stop):
    class Stopped(BaseException):
        pass

    def stopped(number, frame):
        raise Stopped

    former = signal.signal(stop, stopped)
    try:
        engine = Engine()
        con = engine.connect().con
        timer = threading.Timer(0.3, os.kill, (os.getpid(), stop))
        timer.start()
        with pytest.raises(Stopped), engine.working():
            con.execute(f"create table t as {LONG}")
        assert signal.getsignal(stop) is stopped
        engine.close()
    finally:
        signal.signal(stop, former)


def test_on_another_thread_signals_are_left_alone():
    found = []

    def look():
        with stopping_at_once(lambda: None):
            found.append(signal.getsignal(signal.SIGINT))

    before = signal.getsignal(signal.SIGINT)
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [before]
