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
    jobs = _cohort_jobs(register, offsets).cache()
    worked = _worked_records(jobs)
    last = months_within((info.observed_until - info.arrivals_from).days)
    months = ibis.memtable({"month": list(range(last + 1)), "day": list(MONTH_DAYS[: last + 1])})
    covering = _covering(worked, months, day_number(info.observed_until)).cache()
    return Relations(
        cohort=cohort,
        spells=_spells(register, offsets),
        work=_main_jobs(covering),
        pay=_pay(jobs, covering),
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


def _cohort_jobs(register: Register, offsets: ir.Table) -> ir.Table:
    """Records of the cohort, as days since settling; hours and wages as decimals."""
    jobs = register.jobs.inner_join(offsets, "person_id")
    return jobs.select(
        "row",
        "employer_id",
        "contract",
        "sector",
        "wage_usable",
        day0=jobs.day0,
        start=day(jobs.start) - jobs.day0,
        stop=day(jobs.end) - jobs.day0,
        calendar=(jobs.start.year() * 12 + jobs.start.month()).cast("int32"),
        hours=jobs.hours.cast(MONEY),
        wage=jobs.wage.cast(MONEY),
    )


def _worked_records(jobs: ir.Table) -> ir.Table:
    """Records of employers whose hours in that calendar month sum to more than zero."""
    keys = ["row", "employer_id", "calendar"]
    months = jobs.group_by(keys).agg(month_hours=jobs.hours.sum(), month_wage=jobs.wage.sum())
    return jobs.drop("wage_usable").inner_join(months.filter(months.month_hours > 0).view(), keys)


def _covering(worked: ir.Table, months: ir.Table, until: int) -> ir.Table:
    """Records that cover an observed month day, one row a record and month."""
    joined = worked.inner_join(months, [worked.start <= months.day, worked.stop >= months.day])
    return joined.filter(joined.day + joined.day0 <= until)


def _main_jobs(covering: ir.Table) -> ir.Table:
    """Main job on each month day: most hours in the calendar month, ties by wage, then by employer.

    Its contract and sector are those of its covering record with most hours (ties by wage, then contract and
    sector in alphabetical order, so that the answer never depends on the order of rows). Only the days with
    several records are ranked; on all others the one record is the main job.
    """
    days = covering.group_by("row", "month").agg(
        records=covering.count(),
        employers=covering.employer_id.nunique(),
        contract=covering.contract.min(),
        sector=covering.sector.min(),
    )
    several = days.filter(days.records > 1).select("row", "month", "employers")
    order = [
        ibis._.month_hours.desc(),
        ibis._.month_wage.desc(),
        ibis._.employer_id.asc(),
        ibis._.hours.desc(),
        ibis._.wage.desc(),
        ibis._.contract.asc(),
        ibis._.sector.asc(),
    ]
    ranked = covering.inner_join(several.view(), ["row", "month"])
    window = ibis.window(group_by=[ranked.row, ranked.month], order_by=order)
    main = ranked.mutate(nth=ibis.row_number().over(window)).filter(ibis._.nth == 0)
    columns = ("row", "month", "contract", "sector", "employers")
    return days.filter(days.records == 1).select(*columns).union(main.select(*columns))


def _pay(jobs: ir.Table, covering: ir.Table) -> ir.Table:
    """Wage and hours of all usable records in the calendar month that holds the month day, for those working."""
    usable = jobs.filter(jobs.wage_usable)
    sums = usable.group_by("row", "calendar").agg(wage=usable.wage.sum(), hours=usable.hours.sum())
    working = covering.select("row", "month", "calendar").distinct()
    paid = working.inner_join(sums.filter(sums.hours > 0), ["row", "calendar"])
    return paid.select("row", "month", wage=paid.wage.cast("float64"), hours=paid.hours.cast("float64"))
