"""Damages small datasets in many ways and opens them: each is refused in words, or read to its last row.

`python -m tools.fuzz [FILES] [--seed SEED]` opens every damaged file in this program and counts its rows with another
reader (Python's csv, pyarrow, pyreadstat). It prints what came of them, and exits 1 when one neither was read in full
nor refused in one sentence.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import io
import os
import random
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

FILES: Final = 2_000
SEED: Final = 12
PERSONS: Final = 40
PATIENCE: Final = 60
"""Seconds for one dataset."""
FORMATS: Final = ("csv", "csv.gz", "parquet", "sav", "dta", "toml")
TABLES: Final = ("persons", "stays", "jobs")
FIELD: Final = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One damaged file: its number, its format, the table, and the harm that is done to it."""

    number: int
    kind: str
    table: str
    harm: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a trial: `ended` as read, refused, or how it fell short; `said` in words."""

    trial: Trial
    ended: str
    said: str


READ: Final = "read in full"
REFUSED: Final = "refused in one sentence"
WELL: Final = (READ, REFUSED)

Harm = Callable[[bytes, random.Random], bytes]


def cut(data: bytes, chance: random.Random) -> bytes:
    """Leave out the end."""
    return data[: chance.randrange(len(data))]


def flip(data: bytes, chance: random.Random) -> bytes:
    """Make some bytes others."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def zero(data: bytes, chance: random.Random) -> bytes:
    """Make a stretch, or the end, zeros."""
    first = chance.randrange(len(data))
    last = chance.choice((len(data), min(len(data), first + chance.randrange(1, 400))))
    return data[:first] + bytes(last - first) + data[last:]


def double(data: bytes, chance: random.Random) -> bytes:
    """Write a stretch twice, or the whole."""
    first, last = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    return chance.choice((data + data, data[:last] + data[first:]))


def drop(data: bytes, chance: random.Random) -> bytes:
    """Leave out a stretch."""
    first = chance.randrange(len(data))
    return data[:first] + data[first + chance.randrange(1, 300) :]


def insert(data: bytes, chance: random.Random) -> bytes:
    """Put something in that means something."""
    piece = chance.choice(
        (b'"', b'""', b"\0", b"\r", b"\n", b"\r\n", b",", b";", b"\xff", b"\xef\xbb\xbf", b"'", b"\x1a")
    )
    for _ in range(chance.choice((1, 2, 9))):
        place = chance.randrange(len(data) + 1)
        data = data[:place] + piece + data[place:]
    return data


def append(data: bytes, chance: random.Random) -> bytes:
    """Put something after the end."""
    return data + chance.choice(
        (b"\0" * 5_000, b"rubbish", b"\n\n\n", b"x" * 3_000_000, b'"', data[:100], b"\x1a")
    )


def empty(data: bytes, chance: random.Random) -> bytes:
    """Leave nearly nothing."""
    return data[: chance.choice((0, 1, 2, 4, 8))]


def rows_swapped(data: bytes, chance: random.Random) -> bytes:
    """Mix the lines, the headings too."""
    lines = data.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.choice((0, chance.randrange(len(lines))))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def coded(data: bytes, chance: random.Random) -> bytes:
    """Write the text in another encoding."""
    text = data.decode().replace("female", chance.choice(("female", "fémale", "😀", "日本")))
    name = chance.choice(("utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32", "utf-8-sig"))
    marked = b"\xfe\xff" if name == "utf-16-be" and chance.random() < 0.5 else b""
    return marked + text.encode(name, errors="replace")


def line_ends(data: bytes, chance: random.Random) -> bytes:
    """End lines in another way, all or some."""
    end = chance.choice((b"\r\n", b"\r", b"\n\n", b"\r\r\n"))
    return data.replace(b"\n", end, chance.choice((-1, -1, 3)))


def quoted(data: bytes, chance: random.Random) -> bytes:
    """Put cells in quotes, some with line ends or quotes inside."""
    inside = chance.choice((b"%s", b"%s\n", b"\r\n%s", b'%s""', b'a"%s', b"%s\n\n\n%s"))
    lines = []
    for line in data.split(b"\n"):
        cells = line.split(b",")
        if line and chance.random() < 0.4:
            place = chance.randrange(len(cells))
            cells[place] = b'"' + inside.replace(b"%s", cells[place]) + b'"'
        lines.append(b",".join(cells))
    return b"\n".join(lines)


def cells(data: bytes, chance: random.Random) -> bytes:
    """Put odd values in the place of some."""
    odd = (
        b"99999999999",
        b"9" * 400,
        b"1e999",
        b"-1e308",
        b"nan",
        b"9999-12-31",
        b"0000-00-00",
        b"2022-02-30",
    )
    odd += (
        b"294277-01-01",
        b"-5000-01-01",
        b"",
        b" ",
        b"NULL",
        b"=1+1",
        b"2022-03-01 23:30:00+14:00",
        b"\\",
        b"x" * 9_000,
    )
    lines = data.split(b"\n")
    for _ in range(chance.choice((1, 5, 40))):
        place = chance.randrange(1, max(len(lines), 2)) % len(lines)
        row = lines[place].split(b",")
        row[chance.randrange(len(row))] = chance.choice(odd)
        lines[place] = b",".join(row)
    return b"\n".join(lines)


def headings(data: bytes, chance: random.Random) -> bytes:
    """Spoil the headings."""
    head, _, rest = data.partition(b"\n")
    names = head.split(b",")
    place = chance.randrange(len(names))
    extra = (
        b"",
        b"age",
        b"SEX",
        b"file_row_number",
        b"n",
        b"a" * 130_000,
        b'"x"',
        b"c0",
        b"select",
        b"x\x1b[31m",
        names[0],
    )
    names[place] = chance.choice(extra)
    if chance.random() < 0.3:
        names.append(chance.choice(extra))
        rest = b"\n".join(line + b",1" if line else line for line in rest.split(b"\n"))
    return chance.choice((b",".join(names) + b"\n" + rest, rest))


def toml(data: bytes, chance: random.Random) -> bytes:
    """Write what TOML allows, or nearly."""
    more = (
        b"x=" + b"[" * 20_000,
        b"x=" + b"9" * 5_000,
        b"[columns]\nhours = 3\n",
        b"[columns.weight]\nkind='number'\n",
    )
    more += (
        b"[nl]\ntitle = 3\n",
        b"periods = [2022-02-24, 2022-02-24]\n",
        b"present_on = 1000-01-01\n",
        b"x = '\\ud800'\n",
    )
    more += (
        b"a." * 3_000 + b"b = 1\n",
        b"x = 0000-00-00\n",
        b"x = {a={a={a=1}}}\n",
        b"present_on = 2022-13-01\n",
    )
    return data + b"\n" + chance.choice(more)


EVERYWHERE: Final[dict[str, Harm]] = {
    "cut": cut,
    "flip": flip,
    "zero": zero,
    "double": double,
    "drop": drop,
    "insert": insert,
    "append": append,
    "empty": empty,
}
IN_TEXT: Final[dict[str, Harm]] = {
    "rows_swapped": rows_swapped,
    "coded": coded,
    "line_ends": line_ends,
    "quoted": quoted,
    "cells": cells,
    "headings": headings,
}
IN_TOML: Final[dict[str, Harm]] = {"toml": toml, "rows_swapped": rows_swapped, "coded": coded}


def trials(count: int, seed: int) -> list[Trial]:
    """Return the trials of a run; the first of a longer run are those of a shorter."""
    out = []
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        kind = FORMATS[number % len(FORMATS)]
        harms = EVERYWHERE | (IN_TEXT if kind.startswith("csv") else IN_TOML if kind == "toml" else {})
        out.append(
            Trial(number=number, kind=kind, table=chance.choice(TABLES), harm=chance.choice(sorted(harms)))
        )
    return out


def make_sound(folder: Path) -> None:
    """Write the sound datasets, one a format."""
    from sample_data import generator, writing

    tables = generator.generate(persons=PERSONS)
    for kind in ("csv", "parquet", "sav", "dta"):
        (folder / kind).mkdir(parents=True)
        writing.write(tables, folder / kind, kind)
    shutil.copytree(folder / "csv", folder / "csv.gz")
    for table in TABLES:
        plain = folder / "csv.gz" / f"{table}.csv"
        (folder / "csv.gz" / f"{table}.csv.gz").write_bytes(gzip.compress(plain.read_bytes(), mtime=0))
        plain.unlink()


def damage(trial: Trial, sound: Path, folder: Path, seed: int) -> Path:
    """Write the damaged dataset of a trial and return the damaged file."""
    chance = random.Random(f"{seed} {trial.number} harm")
    shutil.copytree(sound / ("csv" if trial.kind == "toml" else trial.kind), folder)
    path = folder / ("dataset.toml" if trial.kind == "toml" else f"{trial.table}.{trial.kind}")
    data = path.read_bytes()
    harm = (EVERYWHERE | IN_TEXT | IN_TOML)[trial.harm]
    if trial.kind == "csv.gz" and trial.harm in IN_TEXT:
        path.write_bytes(gzip.compress(harm(gzip.decompress(data), chance), mtime=0))
    else:
        path.write_bytes(harm(data, chance))
    return path


def rows_of(path: Path) -> int | None:
    """Count the rows of a table with another reader; None when it cannot read the file either."""
    import csv

    import pyarrow.parquet
    import pyreadstat

    csv.field_size_limit(FIELD)
    try:
        if path.suffix == ".parquet":
            return int(pyarrow.parquet.read_table(path).num_rows)
        if path.suffix in (".sav", ".dta"):
            read = pyreadstat.read_sav if path.suffix == ".sav" else pyreadstat.read_dta
            # Days that no calendar has are not rows that are not there.
            return len(read(str(path), apply_value_formats=False, disable_datetime_conversion=True)[0])
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
        return sum(1 for row in lines if row) - 1
    except Exception:
        return None


def outcome(trial: Trial, sound: Path, work: Path, seed: int) -> Outcome:
    """Open the damaged dataset of one trial."""
    from explorer.core.words import Refusal
    from explorer.registers.engine import Engine
    from explorer.registers.opening import open_dataset
    from models.tally.building import build_codes

    folder = work / str(trial.number)
    path = damage(trial, sound, folder, seed)
    engine = Engine()

    def ended(how: str, said: str = "") -> Outcome:
        return Outcome(trial=trial, ended=how, said=said)

    try:
        with patience():
            register = open_dataset(folder, engine=engine)
            with engine.working():
                build_codes(register)
    except Refusal as refusal:
        said = str(refusal)
        one = "\n" not in said and said.endswith((".", ")")) and said.isprintable()
        return ended(REFUSED if one else "refused in other than one sentence", said)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return ended("something went wrong that should not", f"{type(error).__name__}: {str(error)[:200]}")
    finally:
        engine.close()
        there = None if trial.kind == "toml" else rows_of(path)
        shutil.rmtree(folder)
    if trial.kind == "toml":
        return ended(READ)
    [count] = [count for count in register.quality.counts if count.table == trial.table]
    parts = count.used + count.repaired + count.set_aside
    fine = count.rows_in == there == parts
    return ended(
        READ if fine else "read with another count", f"{count.rows_in} read, {there} by another reader"
    )


@contextlib.contextmanager
def patience() -> Iterator[None]:
    """Raise TimeoutError when what is inside takes too long; only where the system has alarms."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def late(*_: object) -> None:
        raise TimeoutError(f"longer than {PATIENCE} seconds")

    former = signal.signal(signal.SIGALRM, late)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, former)


def run(count: int, seed: int, processes: int) -> list[Outcome]:
    """Run trials in several processes; each reads nothing but its own copy."""
    with tempfile.TemporaryDirectory() as made:
        sound, work = Path(made) / "sound", Path(made) / "work"
        os.environ["XDG_CACHE_HOME"] = str(Path(made) / "cache")
        make_sound(sound)
        work.mkdir()
        asked = [(trial, sound, work, seed) for trial in trials(count, seed)]
        if processes == 1:
            return [outcome(*one) for one in asked]
        with get_context("spawn").Pool(processes, maxtasksperchild=200) as pool:
            return pool.starmap(outcome, asked, chunksize=10)


def main(argv: list[str] | None = None) -> int:
    """Run, print what came of it, and return 1 when something fell short."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="?", type=int, default=FILES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked: Any = parser.parse_args(argv)
    found = run(asked.files, asked.seed, asked.processes)
    for kind in FORMATS:
        ends = Counter(one.ended for one in found if one.trial.kind == kind)
        print(f"{kind:8}", ", ".join(f"{ended}: {count}" for ended, count in sorted(ends.items())))
    short = [one for one in found if one.ended not in WELL]
    for one in short:
        print(
            f"{one.trial.number} {one.trial.kind} {one.trial.table} {one.trial.harm}: {one.ended} ({one.said})"
        )
    print(f"{len(short)} of {len(found)} fall short")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
