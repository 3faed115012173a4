"""Opening a tidy dataset: read, judge, clean, count. Reading and cleaning run on DuckDB; counting on any engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from explorer.core.words import N_, Message, Refusal
from explorer.registers import cleaning, judging, noticing
from explorer.registers.code_lists import CodeLists, code_lists
from explorer.registers.columns import kinds_of, orders_of, value_labels
from explorer.registers.engine import Engine
from explorer.registers.fingerprint import TABLES, data_hash
from explorer.registers.info import dataset_folder, read_info
from explorer.registers.opened_files import TableFile, opened, readable
from explorer.registers.reading import check_all_read, read_raw
from explorer.registers.report import quality
from explorer.registers.text_files import TextForm, examined
from models.register import DatasetInfo, PersonColumn, Register

Progress = Callable[[float, Message], None]

READING: Final = {"persons": N_("Reading persons"), "stays": N_("Reading stays"), "jobs": N_("Reading jobs")}
CHECKING: Final = N_("Checking every row")
STEP: Final = 0.15
STEPS: Final = {"persons": 0.0, "stays": STEP, "jobs": 2 * STEP}
"""The share done when a table is begun."""


def open_dataset(
    path: Path,
    *,
    engine: Engine | None = None,
    gap_days: int = 0,
    progress: Progress | None = None,
) -> Register:
    """Read and clean the tidy dataset in `path`.

    Parameters
    ----------
    engine
        The database of the calling thread; one of its own when None.
    gap_days
        Stays at most this many days apart are merged as if they touched.
    progress
        Is told the share done, from 0 to 1, and what is being done.

    Raises
    ------
    Refusal
        In one sentence that names the file, the column and the remedy.
    """
    with readable(path):
        folder = dataset_folder(path)
        info, lists = read_info(folder), code_lists(folder)
    tell = progress or (lambda share, message: None)
    engine = engine or Engine()
    with ExitStack() as held:
        files = {table: held.enter_context(opened(folder, table)) for table in TABLES}
        texts: dict[str, TextForm] = {}
        for table, file in files.items():
            tell(STEPS[table], Message(READING[table]))
            if not (file.is_parquet or file.is_statistical):
                texts[table] = held.enter_context(examined(file))
        sources = [texts[table].source if table in texts else file.source for table, file in files.items()]
        backend = held.enter_context(engine.reading(tuple(files.values()), sources))
        raw, there = _read(backend.con, files, texts, (info, lists), gap_days, tell)
        engine.make_room(sum(file.size for file in files.values()), len(raw.kinds["persons"]))
        persons = files["persons"].path
        noticed = noticing.notice(raw, value_labels(persons))
        _judge(raw, tell)
        columns = cleaning.person_columns(raw, orders_of(persons))
        _clean(raw, columns, noticed.kept, tell)
        left_out = (*noticing.unknown_throughout(raw, columns), *noticing.of_kinds(raw, columns))
        report = quality(raw, (*noticed.findings, *left_out))
        for count in report.counts:
            check_all_read(files[count.table], there[count.table], count.rows_in)
        for file in files.values():
            file.check_unchanged()
        backend.con.execute("drop table persons_judged; drop table stays_judged; drop table stays_merged")
        tell(1.0, Message(CHECKING))
        return Register(
            info=replace(info, columns=columns),
            persons=backend.table("persons"),
            stays=backend.table("stays"),
            jobs=backend.table("jobs"),
            quality=report,
            data_hash=data_hash(folder, gap_days),
        )


def _read(
    con: Any,
    files: Mapping[str, TableFile],
    texts: Mapping[str, TextForm],
    stated: tuple[DatasetInfo, CodeLists],
    gap_days: int,
    tell: Progress,
) -> tuple[judging.Raw, dict[str, int | None]]:
    """Return the raw tables, and how many rows each file says that it has."""
    kinds, there = {}, {}
    for table, file in files.items():
        tell(STEPS[table] + STEP, Message(READING[table]))
        there[table] = read_raw(con, file, texts.get(table))
        kinds[table] = kinds_of(con, file.path, table)
    tell(0.45, Message(CHECKING))
    names = {table: file.name for table, file in files.items()}
    info, lists = stated
    raw = judging.Raw(con=con, info=info, lists=lists, kinds=kinds, files=names, gap_days=gap_days)
    return raw, there


def _judge(raw: judging.Raw, tell: Progress) -> None:
    judging.judge_persons(raw)
    judging.judge_stays(raw)
    tell(0.55, Message(CHECKING))
    _some_left(raw)
    judging.merge_stays(raw)
    judging.judge_jobs(raw)
    _drop(raw, "jobs", "stays")
    tell(0.75, Message(CHECKING))


def _clean(
    raw: judging.Raw, columns: tuple[PersonColumn, ...], kept: Mapping[str, tuple[str, ...]], tell: Progress
) -> None:
    cleaning.clean_persons(raw, columns, kept)
    _drop(raw, "persons")
    cleaning.clean_stays(raw)
    cleaning.clean_jobs(raw)
    tell(0.9, Message(CHECKING))


def _drop(raw: judging.Raw, *tables: str) -> None:
    """Let go of raw rows; a Parquet file is a view."""
    for table in tables:
        kind = "view" if raw.files[table].lower().endswith(".parquet") else "table"
        raw.con.execute(f"drop {kind} raw_{table}")


def _some_left(raw: judging.Raw) -> None:
    """Refuse a dataset of which no person or no stay is left, with the commonest reason."""
    counts = {
        table: raw.con.execute(f"select count(*), count(*) - count(problem) from {table}_judged").fetchone()
        for table in ("persons", "stays")
    }
    for table, (rows, _) in counts.items():
        if not rows:
            raise Refusal(N_("{file} has no rows; export it again."), file=raw.files[table])
    # Persons fall with their stays, so stays tell the reason.
    for table in ("stays", "persons"):
        if not counts[table][1]:
            _refuse_all(raw, table)


def _refuse_all(raw: judging.Raw, table: str) -> None:
    from explorer.registers.wording import PROBLEMS

    [problem] = raw.con.execute(
        f"select problem from {table}_judged group by 1 order by count(*) desc, 1 limit 1"
    ).fetchone()
    raise Refusal(
        N_("No row of {file} can be used; most often: {problem}."),
        file=raw.files[table],
        problem=Message(PROBLEMS[problem]),
    )
