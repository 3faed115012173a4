"""Judging rows: each raw row gets the reason why it is set aside, or none. The rules of the problem table.

A person set aside takes stays and jobs along. Problems are identified by name; their words stand in `wording`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from explorer.registers import coding, sql
from explorer.registers.code_lists import CodeLists
from explorer.registers.info import YEARS
from models.register import DatasetInfo

FAR: Final = "date '9999-01-01'"
STAND_IN_MONTH, STAND_IN_DAY = 7, 15
"""Where the day of birth is withheld the 15th stands for it; where the month is too, 1 July does."""
BEFORE_OTHERS: Final = ("deceased", "origin", "onward", "administrative", "unknown")
"""Of stays that end on one day, the destination of the whole is the first of these: no order of rows decides."""
Kinds = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """The raw tables: the engine's connection, the dataset, its code lists, the type of each column by table."""

    con: Any
    info: DatasetInfo
    lists: CodeLists
    kinds: Mapping[str, Kinds]
    files: Mapping[str, str]
    gap_days: int


def judge_persons(raw: Raw) -> None:
    """Make ``persons_judged``: n, person_id, born, the codes of sex and nationality, extras as they are, problem."""
    kinds, file = raw.kinds["persons"], raw.files["persons"]
    identity = sql.key("person_id", kinds, file)
    born, unreadable = _birth(kinds, file)
    signature = f"[{', '.join(sql.text(column) for column in kinds)}]"
    raw.con.execute(f"""
        create or replace table persons_judged as
        with double as (
            select {identity} as id from raw_persons where {identity} is not null group by 1 having count(*) > 1
        ), ranked as (
            select n, {identity} as id, {signature} as written,
                row_number() over (partition by {identity} order by n) as nth
            from raw_persons where {identity} in (select id from double)
        ), forms as (select id, count(distinct written) as forms from ranked group by 1)
        select raw_persons.* exclude (person_id), {identity} as person_id, {born} as born,
            {coding.code("sex", raw.lists)} as coded_sex, {coding.code("nationality", raw.lists)} as coded_nationality,
            case
                when {identity} is null then 'person_without_id'
                when forms.forms > 1 then 'person_conflicting'
                when ranked.nth > 1 then 'person_duplicate'
                when {unreadable} then 'birth_unreadable'
            end as problem
        from raw_persons
        left join ranked using (n)
        left join forms on forms.id = {identity}
    """)


def _birth(kinds: Kinds, file: str) -> tuple[str, str]:
    """Return SQL for the birth date, and for "there is one but it cannot be read"."""
    if "birth_date" in kinds:
        born = sql.day("birth_date", kinds, file)
        return born, f"({sql.text('birth_date')} is not null and {born} is null)"
    year = sql.whole("birth_year", kinds)
    if "birth_month" in kinds:
        month = sql.whole("birth_month", kinds)
        missing_month = f"{sql.text('birth_month')} is null"
    else:
        month, missing_month = "null", "true"
    fine = f"{year} between {YEARS[0]} and {YEARS[1]}"
    # Days of birth are withheld: the 15th, or the middle of the year.
    born = (
        f"case when {fine} and {missing_month} then make_date({year}, {STAND_IN_MONTH}, 1) "
        f"when {fine} and {month} between 1 and 12 then make_date({year}, {month}, {STAND_IN_DAY}) end"
    )
    return born, f"({sql.text('birth_year')} is not null and {born} is null)"


def _earliest_birth() -> str:
    """Return SQL for the first day of the month, or of the year, for which the date `born` can stand."""
    return (
        f"case when day(born) = {STAND_IN_DAY} then cast(date_trunc('month', born) as date) "
        f"when day(born) = 1 and month(born) = {STAND_IN_MONTH} then cast(date_trunc('year', born) as date) "
        "else born end"
    )


def judge_stays(raw: Raw) -> None:
    """Make ``stays_judged``: n, person_id, settled, departed, destination as written, problem.

    A day of birth that is withheld lies before settling unless its month, or its year, says otherwise.

    When a person's earliest stay is set aside, so is the whole person; a stay that ends on the day it began is
    dropped without that.
    """
    kinds, file = raw.kinds["stays"], raw.files["stays"]
    identity = sql.key("person_id", kinds, file)
    settled, departed = (sql.day(column, kinds, file) for column in ("settled", "departed"))
    raw.con.execute(f"""
        create or replace table stays_judged as
        with read as (
            select n, {identity} as person_id, {settled} as settled, {departed} as departed,
                {coding.code("destination", raw.lists)} as destination,
                {sql.text("departed")} is not null and {departed} is null as departed_unreadable
            from raw_stays
        ), own as (
            select read.*,
                case
                    when read.person_id is null or read.person_id not in (
                        select person_id from persons_judged where person_id is not null
                    ) then 'stay_without_person'
                    when known.person_id is null then 'stay_of_person_set_aside'
                    when settled is null then 'stay_settled_unreadable'
                    when departed_unreadable then 'stay_departed_unreadable'
                    when departed < settled then 'stay_departed_before_settled'
                    when settled >= date '{raw.info.observed_until}' then 'stay_settled_too_late'
                    when known.born_from > settled then 'stay_before_birth'
                    when departed = settled then 'stay_same_day'
                end as problem
            from read
            left join (
                select person_id, {_earliest_birth()} as born_from from persons_judged where problem is null
            ) known using (person_id)
        ), earliest as (
            select person_id, min(coalesce(settled, date '0001-01-01')) as first from own group by 1
        ), outcast as (
            select distinct own.person_id from own join earliest using (person_id)
            where coalesce(own.settled, date '0001-01-01') = earliest.first and own.problem not in
                ('stay_same_day', 'stay_without_person', 'stay_of_person_set_aside')
        )
        select own.* exclude (problem, departed_unreadable),
            case when own.problem is null and own.person_id in (select person_id from outcast)
                then 'stay_of_person_set_aside' else own.problem end as problem
        from own
    """)
    raw.con.execute("""
        update persons_judged set problem = case
            when person_id in (
                select person_id from stays_judged where problem is not null and problem not in
                    ('stay_same_day', 'stay_without_person')
            ) then 'person_stay_unusable' else 'person_without_stay' end
        where problem is null and person_id not in (
            select person_id from stays_judged where problem is null
        )
    """)


def merge_stays(raw: Raw) -> None:
    """Make ``stays_merged``: touching and overlapping stays as one, with the end and destination of the last end.

    Of several that end on that day the destination is the first by `BEFORE_OTHERS`.
    """
    raw.con.execute(f"""
        create or replace table stays_merged as
        select person_id, settled, case when until < {FAR} then until end as departed, pieces,
            case when until <= date '{raw.info.observed_until}' then destination end as destination
        from ({joined("select * from stays_judged where problem is null", str(raw.gap_days))})
    """)


def joined(stays: str, gap: str) -> str:
    """Return the query of whole stays: pieces at most so many days apart are one. It ends on `until`, or never: `FAR`.

    Parameters
    ----------
    stays
        A query of n, person_id, settled, departed and destination.
    gap
        Days in SQL; ``earlier`` is the destination of the piece before.
    """
    places = f"[{', '.join(repr(name) for name in BEFORE_OTHERS)}]"
    order = f"partition by person_id order by settled, coalesce(departed, {FAR}), n"
    return f"""
        with ordered as (
            select *, coalesce(departed, {FAR}) as until, lag(destination) over ({order}) as earlier,
                max(coalesce(departed, {FAR})) over (
                    {order} rows between unbounded preceding and 1 preceding
                ) as reach
            from ({stays})
        ), numbered as (
            select *, sum(case when reach is null or settled > reach + {gap} then 1 else 0 end) over (
                partition by person_id order by settled, until, n
            ) as spell
            from ordered
        )
        select person_id, spell, min(settled) as settled, max(until) as until, count(*) as pieces,
            -- The last day first, and on that day the first place; an empty or unknown code is "unknown".
            arg_max({places}[-place], (until, place)) as destination
        from (
            select *, -coalesce(list_position({places}, destination), {len(BEFORE_OTHERS)}) as place from numbered
        )
        group by 1, 2
    """


def judge_jobs(raw: Raw) -> None:
    """Make ``jobs_judged``: n, the columns of a job as read, the day since which the person stayed, problem."""
    kinds, file = raw.kinds["jobs"], raw.files["jobs"]
    identity = sql.key("person_id", kinds, file)
    first, last = (sql.day(column, kinds, file) for column in ("start", "end"))
    employer = f"coalesce({sql.text('employer_id')}, '')"
    raw.con.execute(f"""
        create or replace table jobs_judged as
        with read as (
            select n, {identity} as person_id, {employer} as employer_id, {first} as start, {last} as "end",
                {coding.code("contract", raw.lists)} as contract, {coding.code("sector", raw.lists)} as sector,
                {sql.number("hours", kinds)} as hours, {sql.number("wage", kinds)} as wage
            from raw_jobs
        ), spans as (
            select person_id, min(settled) as first, max(coalesce(departed, {FAR})) as until, count(*) as stays
            from stays_merged group by 1
        ), shared as (
            -- Only for persons with several stays; one stay is compared directly.
            select distinct n from read join stays_merged stay on stay.person_id = read.person_id
                and read.start < coalesce(stay.departed, {FAR}) and read."end" >= stay.settled
            where stay.person_id in (select person_id from spans where stays > 1)
        )
        select read.*, spans.first as since,
            case
                when read.person_id is null or known.person_id is null then 'job_without_person'
                when not known.used then 'job_of_person_set_aside'
                when start is null or "end" is null then 'job_date_unreadable'
                when "end" < start then 'job_end_before_start'
                when start > date '{raw.info.observed_until}' then 'job_after_observation'
                when hours is null then 'job_hours_unreadable'
                when spans.stays = 1 and not (start < spans.until and "end" >= spans.first) then 'job_outside_stays'
                when spans.stays > 1 and shared.n is null then 'job_outside_stays'
            end as problem
        from read
        left join (
            select person_id, bool_or(problem is null) as used from persons_judged
            where person_id is not null group by 1
        ) known using (person_id)
        left join spans using (person_id)
        left join shared on shared.n = read.n
    """)
