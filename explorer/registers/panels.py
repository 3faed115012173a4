"""A panel of persons and months: months one after another are a stay, and a month with work is a record of a job."""

from __future__ import annotations

from typing import Final

from explorer.core.words import N_
from explorer.registers import sql
from explorer.registers.assembly import Assembly, day, union
from explorer.registers.layout import FIELDS

PRESENT, WORKING, ABSENT = "present", "working", "absent"
"""What the codes of a state mean; a state that says nothing is present."""
SOLE: Final = "panel"
"""The employer of all records: a panel does not say who it is."""
AWAY: Final = N_("rows left out: months away")
NO_MONTH: Final = N_("rows set aside: without a person, or with a month that cannot be read")


def month(column: str) -> str:
    """Return the first day of a month in SQL: 2023-01, 202301, a day in it, or Stata's months since January 1960."""
    return (
        f"case when regexp_full_match({column}, '[0-9]{{4}}-?[0-9]{{2}}') "
        f"then try_cast({column}[1:4] || '-' || {column}[-2:] || '-01' as date) "
        f"when regexp_full_match({column}, '[0-9]{{3}}') "
        f"then (date '1960-01-01' + to_months(cast({column} as integer)))::date "
        f"else date_trunc('month', {day(column)})::date end"
    )


def add_months(work: Assembly) -> None:
    """Add a stay of a month for each month that somebody is there; the last month of the panel ends no stay."""
    rows = union(work, "months", FIELDS["months"])
    work.con.execute(f"create table register_months as select *, {month('month')} as first from ({rows})")
    unread = "person_id is null or first is null"
    work.note("months", NO_MONTH, work.count(f"select count(*) from register_months where {unread}"))
    work.con.execute(f"delete from register_months where {unread}")
    away = f"state = '{ABSENT}'"
    work.note("months", AWAY, work.count(f"select count(*) from register_months where {away}"))
    work.con.execute(f"delete from register_months where {away}")
    work.con.execute(
        "insert into all_stays select person_id, first, nullif((first + to_months(1))::date, "
        "(select max(first) + to_months(1) from register_months)::date), null, false from register_months"
    )


def add_jobs_of_months(work: Assembly) -> None:
    """Add a record for each month with work: its hours and wage, or one hour for the wage of an hour."""
    number = {name: sql.decimal(name) for name in ("hours", "wage", "hourly_wage")}
    paid = " or ".join(f"{value} > 0" for value in number.values())
    # Without hours a wage of a month says nothing of an hour, and is not told.
    work.con.execute(
        f"insert into register_jobs select person_id, null, '{SOLE}', first, last_day(first), contract, sector, "
        f"coalesce({number['hours']}, 1), "
        f"case when {number['hours']} is null then {number['hourly_wage']} "
        f"else coalesce({number['wage']}, {number['hours']} * {number['hourly_wage']}) end "
        f"from register_months where (state = '{WORKING}' or {paid}) "
        "and person_id in (select person_id from chosen)"
    )
    work.con.execute("drop table register_months")
