"""Counting what happened to every row: rows in = used + repaired + set aside, per table, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from explorer.registers import sql
from explorer.registers.cleaning import AMOUNT, EXACT, last_day, parts
from explorer.registers.code_lists import NATIONALITY, SECTOR
from explorer.registers.judging import FAR, Raw
from explorer.registers.noticing import EXAMPLES, commonest
from models.register import (
    CONTRACTS,
    DESTINATIONS,
    HOURLY_FROM,
    HOURLY_TO,
    SEXES,
    Finding,
    QualityReport,
    RowCount,
    TableName,
    Treatment,
)

TABLES: Final[tuple[TableName, ...]] = ("persons", "stays", "jobs")

Note = tuple[TableName, str, Treatment, str, str]
"""Table, problem, treatment, column, and the SQL condition of its rows among those not set aside."""


def quality(raw: Raw, noticed: Sequence[Finding] = ()) -> QualityReport:
    """Return the quality report of the judged tables, with what was `noticed` in their columns."""
    findings = [finding for table in TABLES for finding in _set_aside(raw, table)]
    findings += [found for note in _notes(raw) if (found := _noted(raw, note)) is not None]
    findings += noticed
    order = {table: place for place, table in enumerate(TABLES)}
    findings.sort(key=lambda finding: order[finding.table])
    return QualityReport(counts=tuple(_count(raw, table) for table in TABLES), findings=tuple(findings))


def _set_aside(raw: Raw, table: TableName) -> list[Finding]:
    rows = raw.con.execute(f"""
        select problem, count(*), min(n, {EXAMPLES}) from {table}_judged
        where problem is not null group by 1 order by 2 desc, 1
    """).fetchall()
    return [
        Finding(table=table, problem=problem, treatment="set aside", rows=count, examples=tuple(examples))
        for problem, count, examples in rows
    ]


def _count(raw: Raw, table: TableName) -> RowCount:
    rows_in, aside = raw.con.execute(f"select count(*), count(problem) from {table}_judged").fetchone()
    repaired = 0
    if table == "stays":
        repaired = raw.con.execute("select coalesce(sum(pieces - 1), 0) from stays_merged").fetchone()[0]
    if table == "jobs":
        repaired = raw.con.execute(
            f"select count(*) from jobs_judged where problem is null and {_spans_months(raw)}"
        ).fetchone()[0]
    return RowCount(
        table=table, rows_in=rows_in, used=rows_in - aside - repaired, repaired=int(repaired), set_aside=aside
    )


def _spans_months(raw: Raw) -> str:
    return f"date_trunc('month', start) < date_trunc('month', {last_day(raw)})"


def _without_wage(raw: Raw) -> str:
    """Return the SQL condition of jobs that lie, in whole or in part, in a sum left out of wages.

    The sums are those of a person, an employer and a calendar month, judged as `models.tally.expression` does. A sum of
    records that are each usable is usable, so that only employers with other records are summed up.
    """
    one = _usable(wage=f"cast(wage as {AMOUNT})", hours=f"cast(hours as {AMOUNT})")
    doubtful = f"""(person_id, employer_id) in (
        select (person_id, employer_id) from jobs_judged where problem is null and not coalesce({one}, false)
    )"""
    return f"""n in (
        select unnest(list(n)) from ({parts(raw, doubtful)})
        group by person_id, employer_id, date_trunc('month', start)
        having count(wage) < count(*) or not ({_usable(wage="sum(wage)", hours="sum(hours)")})
    )"""


def _usable(*, wage: str, hours: str) -> str:
    # A thousand times as many hours as anybody writes are more digits than a record has.
    bounds = " and ".join(f"{factor} * cast({hours} as {EXACT})" for factor in (HOURLY_FROM, HOURLY_TO))
    return f"{wage} > 0 and {hours} > 0 and {wage} between {bounds}"


def _noted(raw: Raw, note: Note) -> Finding | None:
    table, problem, treatment, column, condition = note
    own = f"{table}_judged where problem is null and ({condition})"
    rows, examples = raw.con.execute(f"select count(*), min(n, {EXAMPLES}) from {own}").fetchone()
    if not rows:
        return None
    return Finding(
        table=table,
        problem=problem,
        treatment=treatment,
        rows=rows,
        column=column,
        examples=tuple(examples),
        found=commonest(raw, column, own) if treatment == "recoded" else (),
    )


def _notes(raw: Raw) -> list[Note]:
    return [*_of_persons(raw), *_of_stays(raw), *_of_jobs(raw)]


def _of_persons(raw: Raw) -> list[Note]:
    later = f"(select person_id from stays_merged where settled >= date '{raw.info.arrivals_from}')"
    stood_in = """n in (
        select p.n from persons_judged p join stays_merged m on p.person_id = m.person_id and p.born > m.settled
    )"""
    sex = f"not coalesce({sql.among('coded_sex', SEXES)}, false)"
    foreign = f"not coalesce(regexp_matches(coded_nationality, '{NATIONALITY}'), false)"
    return [
        ("persons", "sex_unknown", "recoded", "sex", sex),
        ("persons", "nationality_unknown", "recoded", "nationality", foreign),
        ("persons", "birth_missing", "kept", "birth_date", "born is null"),
        ("persons", "birth_withheld", "kept", "birth_date", stood_in),
        ("persons", "not_in_cohort", "kept", "person_id", f"person_id not in {later}"),
    ]


def _of_stays(raw: Raw) -> list[Note]:
    until = f"date '{raw.info.observed_until}'"
    known = sql.among("destination", DESTINATIONS)
    merged = """n in (
        select n from (
            select j.n, row_number() over (partition by m.person_id, m.settled order by j.settled, j.n) as nth
            from stays_judged j join stays_merged m on j.person_id = m.person_id and m.pieces > 1
                and j.settled >= m.settled and j.settled <= coalesce(m.departed, date '9999-01-01')
            where j.problem is null
        ) where nth > 1
    )"""
    again = f"""n in (
        select n from (
            select min(j.n) as n, row_number() over (partition by m.person_id order by m.settled) as nth
            from stays_merged m join stays_judged j on j.person_id = m.person_id and j.settled = m.settled
            where j.problem is null and m.settled >= date '{raw.info.arrivals_from}'
            group by m.person_id, m.settled
        ) where nth > 1
    )"""
    # No two merged stays of a person end on one day.
    overruled = f"""n in (
        select j.n from stays_judged j join stays_merged m on j.person_id = m.person_id and j.departed = m.departed
        where j.problem is null and m.destination <> case when j.{known} then j.destination else 'unknown' end
    )"""
    ended = f"departed <= {until} and not ({overruled})"
    ignored = f"coalesce(departed, {FAR}) > {until} and destination is not null"
    strange = f"{ended} and destination is not null and not {known}"
    return [
        ("stays", "stay_merged", "repaired", "settled", merged),
        ("stays", "stay_again", "kept", "settled", again),
        ("stays", "departed_after_observation", "kept", "departed", f"departed > {until}"),
        ("stays", "destination_unknown", "recoded", "destination", strange),
        ("stays", "destination_missing", "recoded", "destination", f"{ended} and destination is null"),
        ("stays", "destination_overruled", "kept", "destination", overruled),
        ("stays", "destination_ignored", "kept", "destination", ignored),
    ]


def _of_jobs(raw: Raw) -> list[Note]:
    contract = f"not coalesce({sql.among('contract', CONTRACTS)}, false)"
    sector = f"sector is not null and not regexp_matches(sector, '{SECTOR}')"
    return [
        ("jobs", "job_split", "repaired", "end", _spans_months(raw)),
        ("jobs", "job_end_after_observation", "kept", "end", f"\"end\" > date '{raw.info.observed_until}'"),
        ("jobs", "wage_unusable", "kept", "wage", _without_wage(raw)),
        ("jobs", "contract_unknown", "recoded", "contract", contract),
        ("jobs", "sector_unknown", "recoded", "sector", sector),
        ("jobs", "employer_missing", "kept", "employer_id", "employer_id = ''"),
    ]
