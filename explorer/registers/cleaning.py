"""The clean tables: persons, stays and jobs as a Register promises them, from the rows that were not set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from explorer.registers import sql
from explorer.registers.judging import Raw
from models.register import CONTRACTS, SEXES, PersonColumn

OWN: Final = frozenset({"person_id", "sex", "nationality", "birth_date", "birth_year", "birth_month"})
NATIONALITY: Final = "^([A-Z]{2}|stateless|unknown)$"
SECTOR: Final = "^[A-U]$"
ONE: Final = "one"
"""The value of one column, whichever it is."""
USABLE: Final = "(wage > 0 and hours > 0 and wage / hours between 1 and 1000)"


def person_columns(raw: Raw) -> tuple[PersonColumn, ...]:
    """Return every extra column of persons; its kind as stated, else as found from its values.

    Text is a category, numbers are a number, and text where any value has a leading zero is a category.
    """
    stated = {column.name: column for column in raw.info.columns}
    extras = [name for name in raw.kinds["persons"] if name not in OWN and name != "n"]
    asked = [name for name in extras if name not in stated or not stated[name].kind_stated]
    numbers = _all_numbers(raw, asked)
    out = []
    for name in extras:
        column = stated.get(name) or PersonColumn(name=name, kind="category", kind_stated=False)
        if not column.kind_stated:
            column = replace(column, kind="number" if name in numbers else "category", kind_stated=True)
        out.append(column)
    return tuple(out)


def _all_numbers(raw: Raw, names: Sequence[str]) -> frozenset[str]:
    """Return which of these columns hold numbers alone, in one look at all rows."""
    kinds = raw.kinds["persons"]
    texts = [name for name in names if kinds[name] == "VARCHAR"]
    numbers = frozenset(name for name in names if sql.is_number(kinds[name]))
    if not texts:
        return numbers
    written = sql.text(ONE)
    # As a list, for what the engine makes of an expression for every column grows with the square of their number.
    found = raw.con.execute(f"""
        select place from (
            select unnest([{listed(texts)}]) as {ONE}, unnest(range({len(texts)})) as place from raw_persons
        ) group by place having count({written}) > 0 and bool_and(
            try_cast({written} as double) is not null and not regexp_matches({written}, '^0[0-9]')
        )
    """).fetchall()
    return numbers | {texts[place] for [place] in found}


def clean_persons(raw: Raw, columns: tuple[PersonColumn, ...]) -> None:
    """Make ``persons``: one row a person, coded columns recoded, missing categories "unknown"."""
    kinds = raw.kinds["persons"]
    # As lists, see above; text and numbers are lists of their own.
    texts = [column.name for column in columns if column.kind == "category"]
    groups = {
        "texts": (texts, f"coalesce({sql.text(ONE)}, 'unknown')"),
        **{
            f"numbers_{place}": (
                [c.name for c in columns if c.kind == "number" and kinds[c.name] == kind],
                sql.number(ONE, {ONE: kind}),
            )
            for place, kind in enumerate(sorted({kinds[c.name] for c in columns if c.kind == "number"}))
        },
    }
    lists = "".join(
        f", list_transform([{listed(names, 'varchar' if name == 'texts' else None)}], lambda {ONE}: {made}) as {name}"
        for name, (names, made) in groups.items()
        if names
    )
    places = {
        column: f"{name}[{place}]"
        for name, (names, _) in groups.items()
        for place, column in enumerate(names, start=1)
    }
    extras = "".join(f", {places[column.name]} as {sql.name(column.name)}" for column in columns)
    raw.con.execute(f"""
        create or replace table persons as
        select person_id, sex, birth_date, nationality {extras}
        from (
            select person_id,
                case when {sql.among(sql.text("sex"), SEXES)} then {sql.text("sex")} else 'unknown' end as sex,
                born as birth_date,
                case when regexp_matches({sql.text("nationality")}, '{NATIONALITY}')
                    then {sql.text("nationality")} else 'unknown' end as nationality
                {lists}
            from persons_judged where problem is null
        )
    """)


def listed(names: Sequence[str], kind: str | None = None) -> str:
    """Return columns as the items of a list, as another type where one is wanted."""
    return ", ".join(f"cast({sql.name(name)} as {kind})" if kind else sql.name(name) for name in names)


def clean_stays(raw: Raw) -> None:
    """Make ``stays`` from the merged ones."""
    raw.con.execute(
        "create or replace table stays as select person_id, settled, departed, destination from stays_merged"
    )


def clean_jobs(raw: Raw) -> None:
    """Make ``jobs``: coded columns recoded, usable wages marked, records that span months split by days.

    A view over the judged rows: the largest table is not copied once more.
    """
    raw.con.execute(f"""
        create or replace view jobs as
        with read as (
            select person_id, employer_id, start, "end",
                case when {sql.among("contract", CONTRACTS)} then contract else 'unknown' end as contract,
                case when regexp_matches(sector, '{SECTOR}') then sector end as sector,
                hours, coalesce(wage, 0) as wage, coalesce({USABLE}, false) as wage_usable
            from jobs_judged where problem is null
        )
        select * from read where date_trunc('month', start) = date_trunc('month', "end")
        union all
        select person_id, employer_id, greatest(start, month) as start,
            least("end", cast(month + interval 1 month as date) - 1) as "end", contract, sector,
            hours * (least("end", cast(month + interval 1 month as date) - 1) - greatest(start, month) + 1)
                / ("end" - start + 1) as hours,
            wage * (least("end", cast(month + interval 1 month as date) - 1) - greatest(start, month) + 1)
                / ("end" - start + 1) as wage,
            wage_usable
        from (
            select *, cast(unnest(generate_series(
                date_trunc('month', start), date_trunc('month', "end"), interval 1 month)) as date) as month
            from read where date_trunc('month', start) < date_trunc('month', "end")
        )
    """)
