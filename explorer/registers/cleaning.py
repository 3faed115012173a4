"""The clean tables: persons, stays and jobs as a Register promises them, from the rows that were not set aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from explorer.registers import coding, sql
from explorer.registers.coding import NATIONALITY, SECTOR
from explorer.registers.judging import Raw
from models.register import CONTRACTS, SEXES, PersonColumn

OWN: Final = frozenset({"person_id", "sex", "nationality", "birth_date", "birth_year", "birth_month"})
USABLE: Final = "(wage > 0 and hours > 0 and wage / hours between 1 and 1000)"


def person_columns(raw: Raw, orders: Mapping[str, tuple[str, ...]]) -> tuple[PersonColumn, ...]:
    """Return every extra column of persons; its kind as stated, else as found from its values.

    Text is a category, numbers are a number, and text where any value has a leading zero is a category. Its levels
    have the order of dataset.toml, else that of the file, where `orders` has it.
    """
    stated = {column.name: column for column in raw.info.columns}
    out = []
    for name, kind in raw.kinds["persons"].items():
        if name in OWN or name == "n":
            continue
        column = stated.get(name) or PersonColumn(name=name, kind="category", kind_stated=False)
        if not column.kind_stated:
            column = replace(
                column, kind="number" if _all_numbers(raw, name, kind) else "category", kind_stated=True
            )
        out.append(replace(column, order=column.order or orders.get(name, ())))
    return tuple(out)


def _all_numbers(raw: Raw, name: str, kind: str) -> bool:
    if sql.is_number(kind):
        return True
    if kind != "VARCHAR":
        return False
    written = sql.text(name)
    row = raw.con.execute(f"""
        select count({written}) > 0
            and bool_and({sql.decimal(name)} is not null and not regexp_matches({written}, '^[+-]?0[0-9]'))
        from raw_persons where {written} is not null
    """).fetchone()
    return bool(row[0])


def clean_persons(raw: Raw, columns: tuple[PersonColumn, ...], kept: Mapping[str, tuple[str, ...]]) -> None:
    """Make ``persons``: one row a person, coded columns recoded, missing categories "unknown".

    `kept` are, by column, words for a missing value that are levels there.
    """
    kinds = raw.kinds["persons"]
    extras = "".join(
        f", {sql.number(column.name, kinds)} as {sql.name(column.name)}"
        if column.kind == "number"
        else f", coalesce({sql.level(column.name, kinds[column.name], kept.get(column.name, ()))}, 'unknown') "
        f"as {sql.name(column.name)}"
        for column in columns
    )
    sex, nationality = coding.code("sex"), coding.code("nationality")
    raw.con.execute(f"""
        create or replace table persons as
        with coded as (
            select *, {sex} as coded_sex, {nationality} as coded_nationality
            from persons_judged where problem is null
        )
        select person_id, case when {sql.among("coded_sex", SEXES)} then coded_sex else 'unknown' end as sex,
            born as birth_date,
            case when regexp_matches(coded_nationality, '{NATIONALITY}')
                then coded_nationality else 'unknown' end as nationality
            {extras}
        from coded
    """)


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
