"""The clean tables: persons, stays and jobs as a Register promises them, from the rows that were not set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from explorer.registers import sql
from explorer.registers.code_lists import NATIONALITY, SECTOR
from explorer.registers.judging import Raw
from models.register import CONTRACTS, SEXES, ColumnKind, PersonColumn

OWN: Final = frozenset({"person_id", "sex", "nationality", "birth_date", "birth_year", "birth_month"})
KINDS: Final[Mapping[str, ColumnKind]] = {"household_id": "key", "weight": "weight"}
"""What these columns are unless dataset.toml says otherwise: they are kept and neither group nor measure."""
DIGITS: Final = 4
"""Decimals of hours and wages as they are read."""
FINER: Final = 10
"""Further decimals of the part of a record, so that dividing by days moves no hourly wage."""
AMOUNT: Final = f"decimal(18, {DIGITS})"
EXACT: Final = f"decimal(38, {DIGITS + FINER})"
ONE: Final = "one"
"""The value of one column, whichever it is."""


def person_columns(raw: Raw, orders: Mapping[str, tuple[str, ...]]) -> tuple[PersonColumn, ...]:
    """Return every extra column of persons; its kind as stated, else as found from its values.

    Text is a category, numbers are a number, days a date, and text where any value has a leading zero is a category.
    Its levels
    have the order of dataset.toml, else that of the file, where `orders` has it.
    """
    stated = {column.name: column for column in raw.info.columns}
    extras = [name for name in raw.kinds["persons"] if name not in OWN and name != "n"]
    asked = [name for name in extras if name not in stated or not stated[name].kind_stated]
    found: dict[str, ColumnKind] = dict.fromkeys(_all_numbers(raw, asked), "number")
    days = (name for name in asked if raw.kinds["persons"][name].startswith(("DATE", "TIMESTAMP")))
    found |= dict.fromkeys(days, "date")
    out = []
    for name in extras:
        column = stated.get(name) or PersonColumn(name=name, kind="category", kind_stated=False)
        if not column.kind_stated:
            column = replace(column, kind=KINDS.get(name) or found.get(name, "category"), kind_stated=True)
        out.append(replace(column, order=column.order or orders.get(name, ())))
    return tuple(out)


def _all_numbers(raw: Raw, names: Sequence[str]) -> frozenset[str]:
    """Return which of these columns hold numbers alone, in one look at all rows."""
    kinds = raw.kinds["persons"]
    texts = [name for name in names if kinds[name] == "VARCHAR"]
    numbers = frozenset(name for name in names if sql.is_number(kinds[name]))
    if not texts:
        return numbers
    # As a list, for what the engine makes of an expression for every column grows with the square of their number.
    found = raw.con.execute(f"""
        select place from (
            select place, {sql.text(ONE)} as written, {sql.decimal(ONE)} as value from (
                select unnest([{listed(texts)}]) as {ONE}, unnest(range({len(texts)})) as place from raw_persons
            )
        ) where written is not null
        group by place having bool_and(value is not null and not regexp_matches(written, '^[+-]?0[0-9]'))
    """).fetchall()
    return numbers | {texts[place] for [place] in found}


def clean_persons(raw: Raw, columns: tuple[PersonColumn, ...], kept: Mapping[str, tuple[str, ...]]) -> None:
    """Make ``persons``: one row a person, coded columns recoded, missing categories "unknown".

    Nobody is born after settling: who settled in the month, or the year, of a birth whose day is withheld, but
    before the day that stands for it, is given the day of settling. `kept` are, by column, words for a missing value
    that are levels there.
    """
    kinds = raw.kinds["persons"]
    # As lists, see above: one of all columns that are read alike.
    alike: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    places = {
        column.name: sql.day(column.name, kinds, raw.files["persons"])
        for column in columns
        if column.kind == "date"
    }
    for column in columns:
        if column.name not in places:
            alike.setdefault((column.kind, kinds[column.name], kept.get(column.name, ())), []).append(
                column.name
            )
    lists = ""
    for place, ((sort, kind, words), names) in enumerate(alike.items()):
        made = (
            sql.number(ONE, {ONE: kind})
            if sort in ("number", "weight")
            else sql.level(ONE, kind, words)
            if sort == "key"
            else f"coalesce({sql.level(ONE, kind, words)}, 'unknown')"
        )
        lists += f", list_transform([{listed(names)}], lambda {ONE}: {made}) as list_{place}"
        places |= {name: f"list_{place}[{at}]" for at, name in enumerate(names, start=1)}
    extras = "".join(f", {places[column.name]} as {sql.name(column.name)}" for column in columns)
    raw.con.execute(f"""
        create or replace table persons as
        with coded as (
            select *, (
                select min(stay.settled) from stays_merged stay where stay.person_id = persons_judged.person_id
            ) as settled {lists}
            from persons_judged where problem is null
        )
        select person_id, case when {sql.among("coded_sex", SEXES)} then coded_sex else 'unknown' end as sex,
            case when born > settled then settled else born end as birth_date,
            case when regexp_matches(coded_nationality, '{NATIONALITY}')
                then coded_nationality else 'unknown' end as nationality
            {extras}
        from coded
    """)


def listed(names: Sequence[str]) -> str:
    """Return columns as the items of a list."""
    return ", ".join(map(sql.name, names))


def clean_stays(raw: Raw) -> None:
    """Make ``stays`` from the merged ones."""
    raw.con.execute(
        "create or replace table stays as select person_id, settled, departed, destination from stays_merged"
    )


def last_day(raw: Raw) -> str:
    """Return SQL for the last day of a job record: nothing is known after the end of observation."""
    return f"""least("end", date '{raw.info.observed_until}')"""


def clean_jobs(raw: Raw) -> None:
    """Make ``jobs`` of the `parts` of all records; a view over the judged rows: the largest table is not copied."""
    raw.con.execute(f"create or replace view jobs as select * exclude (n) from ({parts(raw)})")


def parts(raw: Raw, among: str = "true") -> str:
    """Return the query of job records as a Register promises them, with n, of those `among` which a condition holds.

    Coded columns are recoded. Records are cut at the end of observation, then split by calendar months. A record keeps
    its hours and its wage when it is cut: an open end says nothing of the time they were paid for. Months before the
    person's first stay are left out: nobody asks for them.
    """
    ends = "least(cut, cast(month + interval 1 month as date) - 1)"
    begins = "greatest(start, month)"
    return f"""
        with read as not materialized (
            select n, person_id, employer_id, start, {last_day(raw)} as cut, since,
                case when {sql.among("contract", CONTRACTS)} then contract else 'unknown' end as contract,
                case when regexp_matches(sector, '{SECTOR}') then sector end as sector,
                cast(hours as {AMOUNT}) as hours, cast(wage as {AMOUNT}) as wage
            from jobs_judged where problem is null and {among}
        )
        select n, person_id, employer_id, start, cut as "end", contract, sector,
            cast(hours as {EXACT}) as hours, cast(wage as {EXACT}) as wage
        from read where date_trunc('month', start) = date_trunc('month', cut)
        union all
        select n, person_id, employer_id, {begins} as start, {ends} as "end", contract, sector,
            {_part("hours", begins, ends)} as hours, {_part("wage", begins, ends)} as wage
        from (
            select *, cast(unnest(generate_series(
                date_trunc('month', greatest(start, since)), date_trunc('month', cut), interval 1 month
            )) as date) as month
            from read where date_trunc('month', start) < date_trunc('month', cut)
        )
    """


def _part(amount: str, begins: str, ends: str) -> str:
    """Return SQL for what falls on the days of a part: so much up to its end, less what fell before it.

    Whole numbers are divided, and each part begins where the one before ended, so that the parts of a record add up to
    the record; a record and its reversal are split alike.
    """
    places = DIGITS + FINER
    units = f"cast(cast({amount} as {EXACT}) * {10**DIGITS} as hugeint) * {10**FINER}"
    before = f"{units} * ({begins} - start) // (cut - start + 1)"
    upto = f"{units} * ({ends} - start + 1) // (cut - start + 1)"
    smallest = f"cast('{Decimal(1).scaleb(-places):f}' as decimal({places}, {places}))"
    return f"cast({upto} - {before} as decimal(38, 0)) * {smallest}"
