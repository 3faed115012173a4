"""From a Register to compact relations, as Ibis expressions: the same on DuckDB and on Spark.

Month days are joined from the literal table; sums of hours and wages are decimals, so that they do not
depend on the order in which an engine adds. Nothing here is rounded by an engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis

from models.clocks import MONTH_DAYS, day_number, months_within

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from models.register import Register

MONEY = "decimal(18, 4)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """The relations from which the codes are packed.

    Attributes
    ----------
    cohort
        One row a person, ordered by person_id: row, the person columns, settled, departed, destination.
    spells
        row, start, stop: every stay as days since settling, stop excluded.
    work
        row, month, contract, sector, employers: those with work on a month day, by their main job.
    pay
        row, month, wage, hours: sums over the calendar month that holds the month day, usable wages only.
    employers
        row, day: first day worked since settling for each employer.
    """

    cohort: ir.Table
    spells: ir.Table
    work: ir.Table
    pay: ir.Table
    employers: ir.Table


def relations(register: Register) -> Relations:
    """Return the relations of `register`; `cohort` and the worked records are materialised once."""
    info = register.info
    cohort = cohort_table(register).cache()
    offsets = cohort.select("row", "person_id", day0=cohort.settled)
    worked = _worked_records(register, offsets).cache()
    last = months_within((info.observed_until - info.arrivals_from).days)
    months = ibis.memtable({"month": list(range(last + 1)), "day": list(MONTH_DAYS[: last + 1])})
    covering = _covering(worked, months, day_number(info.observed_until))
    return Relations(
        cohort=cohort,
        spells=_spells(register, offsets),
        work=_main_jobs(covering),
        pay=_pay(register, offsets, covering),
        employers=worked.filter(worked.stop >= 0)
        .group_by("row", "employer_id")
        .agg(day=lambda t: ibis.greatest(t.start.min(), 0))
        .select("row", "day"),
    )


def day(column: ir.Value) -> ir.IntegerValue:
    """Return a date column as days since 1 January 1970."""
    return column.cast("date").epoch_days()


def cohort_table(register: Register) -> ir.Table:
    """One row a person whose first stay on or after arrivals_from is day 0."""
    stays = register.stays
    later = stays.filter(stays.settled >= ibis.literal(register.info.arrivals_from))
    window = ibis.window(group_by=later.person_id, order_by=later.settled)
    first = later.mutate(nth=ibis.row_number().over(window)).filter(ibis._.nth == 0)
    first = first.select("person_id", "destination", settled=day(first.settled), departed=day(first.departed))
    joined = register.persons.inner_join(first, "person_id")
    return joined.mutate(row=ibis.row_number().over(order_by=joined.person_id).cast("int32"))


def _spells(register: Register, offsets: ir.Table) -> ir.Table:
    joined = register.stays.inner_join(offsets, "person_id")
    until = day_number(register.info.observed_until)
    return joined.select(
        "row",
        start=day(joined.settled) - joined.day0,
        # The reference day itself is observed, so an open stay reaches one day beyond it.
        stop=ibis.coalesce(day(joined.departed), ibis.literal(until + 1)) - joined.day0,
    )


def _worked_records(register: Register, offsets: ir.Table) -> ir.Table:
    """Records of employers whose hours in that calendar month sum to more than zero, as days since settling."""
    jobs = register.jobs.inner_join(offsets, "person_id")
    jobs = jobs.select(
        "row",
        "employer_id",
        "contract",
        "sector",
        day0=jobs.day0,
        start=day(jobs.start) - jobs.day0,
        stop=day(jobs.end) - jobs.day0,
        calendar=jobs.start.year() * 12 + jobs.start.month(),
        hours=jobs.hours.cast(MONEY),
        wage=jobs.wage.cast(MONEY),
    )
    month = ibis.window(group_by=[jobs.row, jobs.employer_id, jobs.calendar])
    jobs = jobs.mutate(month_hours=jobs.hours.sum().over(month), month_wage=jobs.wage.sum().over(month))
    return jobs.filter(jobs.month_hours > 0)


def _covering(worked: ir.Table, months: ir.Table, until: int) -> ir.Table:
    """Records that cover an observed month day, one row a record and month."""
    joined = worked.inner_join(months, [worked.start <= months.day, worked.stop >= months.day])
    return joined.filter(joined.day + joined.day0 <= until)


def _main_jobs(covering: ir.Table) -> ir.Table:
    """Main job on each month day: most hours in the calendar month, ties by wage, then by employer.

    Its contract and sector are those of its covering record with most hours (ties by wage, then contract and
    sector in alphabetical order, so that the answer never depends on the order of rows).
    """
    person_month = [covering.row, covering.month]
    order = [
        covering.month_hours.desc(),
        covering.month_wage.desc(),
        covering.employer_id.asc(),
        covering.hours.desc(),
        covering.wage.desc(),
        covering.contract.asc(),
        covering.sector.asc(),
    ]
    employers = covering.group_by("row", "month").agg(employers=covering.employer_id.nunique())
    ranked = covering.mutate(nth=ibis.row_number().over(ibis.window(group_by=person_month, order_by=order)))
    main = ranked.filter(ranked.nth == 0).select("row", "month", "contract", "sector")
    return main.inner_join(employers, ["row", "month"]).select(
        "row", "month", "contract", "sector", "employers"
    )


def _pay(register: Register, offsets: ir.Table, covering: ir.Table) -> ir.Table:
    """Wage and hours of all usable records in the calendar month that holds the month day, for those working."""
    jobs = register.jobs
    usable = jobs.filter(jobs.wage_usable).inner_join(offsets, "person_id")
    sums = usable.group_by("row", calendar=usable.start.year() * 12 + usable.start.month()).agg(
        wage=usable.wage.cast(MONEY).sum(), hours=usable.hours.cast(MONEY).sum()
    )
    working = covering.select("row", "month", "calendar").distinct()
    paid = working.inner_join(sums, ["row", "calendar"])
    return paid.filter(paid.hours > 0).select(
        "row", "month", wage=paid.wage.cast("float64"), hours=paid.hours.cast("float64")
    )
