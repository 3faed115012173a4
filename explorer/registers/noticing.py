"""What is worth a word beside the rows set aside: words for missing values, times of day, columns that say nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from explorer.registers import coding, sql
from explorer.registers.cleaning import OWN
from explorer.registers.judging import Raw
from explorer.registers.statistical import Labels
from models.register import Finding, PersonColumn, TableName

EXAMPLES: Final = 20
LONGEST: Final = 60
"""Letters of a value that is told."""
DAYS: Final[Mapping[TableName, tuple[str, ...]]] = {
    "persons": ("birth_date",),
    "stays": ("settled", "departed"),
    "jobs": ("start", "end"),
}
AT_ONCE: Final = 100
"""Columns that one query looks at."""


class Test(NamedTuple):
    """A problem, its column, and the SQL condition of its rows."""

    problem: str
    column: str
    met: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """Findings on the raw columns, and by column the words for a missing value that are levels there."""

    findings: tuple[Finding, ...]
    kept: Mapping[str, tuple[str, ...]]


def notice(raw: Raw, labels: Labels) -> Noticed:
    """Look once at every raw column of text, at days, and at labels; the raw tables must all be there.

    A word for a missing value is a level where dataset.toml lists it, and ``NA`` among country codes is Namibia.
    """
    kept = {column.name: _marks(column) for column in raw.info.columns if _marks(column)}
    kept["nationality"] = (coding.NAMIBIA,)
    findings: list[Finding] = []
    for table in DAYS:
        found = _found(raw, table, _written(raw, table, tuple(raw.kinds[table]), kept))
        own = {finding.column or "" for finding in found if table == "persons"} - OWN - set(kept)
        countries = tuple(name for name in sorted(own) if _are_countries(raw, name))
        kept |= dict.fromkeys(countries, (coding.NAMIBIA,))
        found = [finding for finding in found if finding.column not in countries]
        again = _written(raw, table, countries, kept) + _namibia(table, (*countries, "nationality"))
        findings += found + _found(raw, table, again + _timed(raw, table))
    return Noticed(findings=(*findings, *_found(raw, "persons", _left_labels(raw, labels))), kept=kept)


def unknown_throughout(raw: Raw, columns: tuple[PersonColumn, ...]) -> list[Finding]:
    """Return the columns of the clean tables that say nothing of anybody."""
    tests: dict[TableName, dict[str, str]] = {
        "persons": {
            "sex": "sex <> 'unknown'",
            "birth_date": "birth_date is not null",
            "nationality": "nationality <> 'unknown'",
            **{
                column.name: f"{sql.name(column.name)} <> 'unknown'"
                if column.kind == "category"
                else f"{sql.name(column.name)} is not null"
                for column in columns
            },
        },
        "stays": {
            "departed": "departed is not null",
            # Nobody else has a destination than who has departed.
            "destination": "destination <> 'unknown' or (select count(destination) = 0 from stays)",
        },
        "jobs": {"contract": "contract <> 'unknown'", "wage": "wage > 0"},
    }
    return [finding for table, asked in tests.items() for finding in _silent(raw, table, asked)]


def of_kinds(raw: Raw, columns: tuple[PersonColumn, ...]) -> list[Finding]:
    """Return what the kinds of columns leave out: values that are no such thing, and dates, which no figure uses."""
    kinds, file = raw.kinds["persons"], raw.files["persons"]
    tests = []
    for column in columns:
        name = column.name
        written = f"problem is null and {sql.text(name)} is not null"
        read = sql.day(name, kinds, file) if column.kind == "date" else sql.number(name, kinds)
        if column.kind in ("number", "weight", "date"):
            tests.append(Test("value_unreadable", name, f"{written} and {read} is null"))
        if column.kind == "date":
            tests.append(Test("date_unused", name, f"{written} and {read} is not null"))
    met = {test.column: test.met for test in tests if test.problem == "value_unreadable"}
    return [
        replace(finding, found=commonest(raw, name, f"persons_judged where {met[name]}"))
        if finding.problem == "value_unreadable" and (name := finding.column or "")
        else finding
        for finding in _found(raw, "persons", tests, source="persons_judged")
    ]


def commonest(raw: Raw, column: str, rows: str) -> tuple[tuple[str, int], ...]:
    """Return the commonest values of a column, as they are written, among `rows`: a table and a condition."""
    written = sql.text(column)
    return tuple(
        raw.con.execute(f"""
            select left({written}, {LONGEST}) as value, count(*) from {rows} and {written} is not null
            group by 1 order by 2 desc, 1 limit {EXAMPLES}
        """).fetchall()
    )


def _silent(raw: Raw, table: TableName, tests: Mapping[str, str]) -> list[Finding]:
    counts = ", ".join(f"count(*) filter (where {test})" for test in tests.values())
    found = raw.con.execute(f"select {counts} from {table}").fetchone()
    # Rows as they were read: a record that is split is one.
    [rows] = raw.con.execute(f"select count(*) from {table}_judged where problem is null").fetchone()
    return [
        Finding(table=table, problem="column_unknown", treatment="kept", rows=rows, column=name)
        for name, count in zip(tests, found, strict=True)
        if rows and not count
    ]


def _marks(column: PersonColumn) -> tuple[str, ...]:
    return tuple(level for level in column.order if sql.is_mark(level))


def _written(
    raw: Raw, table: TableName, names: Sequence[str], kept: Mapping[str, tuple[str, ...]]
) -> list[Test]:
    """Return the tests for a word that is written for a missing value."""
    tests = []
    for name in names:
        if raw.kinds[table][name] == "VARCHAR":
            value = sql.written(name)
            marked = f"{sql.is_missing(value, kept.get(name, ()))} and {value} <> ''"
            if table == "persons" and name not in OWN:
                marked += f" and lower({value}) <> '{sql.ANSWER}'"
            tests.append(Test("missing_written", name, marked))
    return tests


def _namibia(table: TableName, names: Sequence[str]) -> list[Test]:
    if table != "persons":
        return []
    return [Test("namibia", name, f"{sql.written(name)} = '{coding.NAMIBIA}'") for name in names]


def _timed(raw: Raw, table: TableName) -> list[Test]:
    """Return the tests for a day with a time other than midnight."""
    kinds = raw.kinds[table]
    asked = {name: sql.is_timed(name, kinds[name]) for name in DAYS[table] if name in kinds}
    return [Test("time_of_day", name, test) for name, test in asked.items() if test is not None]


def _left_labels(raw: Raw, labels: Labels) -> list[Test]:
    """Return the tests for a labelled value in a column that is read as numbers, and not because it was said so."""
    stated = {column.name for column in raw.info.columns if column.kind_stated}
    tests = []
    for name, texts in labels.items():
        values = ", ".join(repr(float(value)) for value in texts if not isinstance(value, str))
        if values and name not in stated and sql.is_number(raw.kinds["persons"].get(name, "")):
            tests.append(Test("label_of_number", name, f"{sql.name(name)} in ({values})"))
    return tests


def _are_countries(raw: Raw, name: str) -> bool:
    """Return whether ``NA`` occurs in a column in which every other value is a country code."""
    value = sql.written(name)
    other = f"not {sql.is_missing(value)} and {value} not in ('stateless', 'unknown')"
    row = raw.con.execute(f"""
        select bool_or({value} = '{coding.NAMIBIA}'),
            bool_and(regexp_matches({value}, '^[A-Z]{{2}}$')) filter ({other})
        from raw_persons
    """).fetchone()
    return bool(row[0] and row[1])


def _found(raw: Raw, table: TableName, tests: Sequence[Test], source: str = "") -> list[Finding]:
    """Return a finding for every test that some row meets."""
    out = []
    for some in (tests[at : at + AT_ONCE] for at in range(0, len(tests), AT_ONCE)):
        met = ", ".join(f"({test.met}) as met{place}" for place, test in enumerate(some))
        asked = ", ".join(
            f"count(*) filter (met{place}), min(n, {EXAMPLES}) filter (met{place})"
            for place in range(len(some))
        )
        row = raw.con.execute(
            f"select {asked} from (select n, {met} from {source or f'raw_{table}'})"
        ).fetchone()
        out += [
            Finding(
                table=table,
                problem=test.problem,
                treatment="kept",
                rows=count,
                column=test.column,
                examples=tuple(examples),
            )
            for test, count, examples in zip(some, row[::2], row[1::2], strict=True)
            if count
        ]
    return out
