"""From a Register to compact relations, as Ibis expressions: the same on DuckDB and on Spark.

Month days are joined from the literal table; sums of hours and wages are decimals, so that they do not
depend on the order in which an engine adds. Nothing here is rounded by an engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis

from models.clocks import MONTH_DAYS, day_number, months_within
from models.register import CONTRACTS, HOURLY_FROM, HOURLY_TO

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from models.register import Register

EXACT = "decimal(38, 14)"
"""Hours and wages, whole or split by days: fourteen decimals."""
READ = "decimal(18, 4)"
"""What a floating-point number is taken for first: no float holds fourteen decimals."""
CONTRACT_CODES = tuple(sorted((*CONTRACTS, "unknown")))
SECTOR_CODES = tuple("ABCDEFGHIJKLMNOPQRSTU")
"""Levels in alphabetical order; their codes are 1, 2, ... and 0 is none of them."""
MOST_DAYS_BETWEEN_JOBS = 31
"""A spell of work holds no gap of more days than this."""
LONGEST_RECORD = 31
"""Days of the longest calendar month: a record begins at most so long before a month day that it covers."""


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
        row, month, contract, sector, employers, wage, hours: those with work on a month day. Contract and sector
        (codes by CONTRACT_CODES and SECTOR_CODES) are those of the main job; wage and hours the sums over the
        employers with a usable wage in the calendar month that holds the month day, missing without any.
    employers
        row, day: first day worked since settling for each employer.
    work_spans
        row, first_work, work_end, last_work: days worked within the first stay, as `Codes` has them.
    """

    cohort: ir.Table
    spells: ir.Table
    work: ir.Table
    employers: ir.Table
    work_spans: ir.Table


def relations(register: Register) -> Relations:
    """Return the relations of `register`; `cohort` and the worked records are materialised once."""
    info = register.info
    cohort = cohort_table(register).cache()
    end = day_number(info.observed_until) + 1
    offsets = cohort.select(
        "row",
        "person_id",
        day0=cohort.settled,
        # The first day after the first stay; the reference day itself is observed.
        stay_end=ibis.least(ibis.coalesce(cohort.departed, end), end) - cohort.settled,
    )
    records = _cohort_jobs(register, offsets, _employers(register).cache()).cache()
    jobs = _with_month_sums(records).cache()
    records.release()
    worked = jobs.filter(jobs.month_hours > 0)
    months = _months_from(months_within((info.observed_until - info.arrivals_from).days))
    covering = _covering(worked, months, day_number(info.observed_until)).cache()
    return Relations(
        cohort=cohort,
        spells=_spells(register, offsets),
        work=_with_pay(_main_jobs(covering), jobs),
        employers=worked.filter(worked.stop >= 0)
        .group_by("row", "employer")
        .agg(day=lambda t: ibis.greatest(t.start.min(), 0))
        .select("row", "day"),
        work_spans=_work_spans(worked),
    )


def day(column: ir.Value) -> ir.IntegerValue:
    """Return a date column as days since 1 January 1970."""
    return column.cast("date").epoch_days()


def exact(column: ir.NumericColumn) -> ir.DecimalColumn:
    """Return hours or wages as exact decimals, whose sums no order of rows changes."""
    return (column if column.type().is_decimal() else column.cast(READ)).cast(EXACT)


def cohort_table(register: Register) -> ir.Table:
    """One row a person whose first stay on or after arrivals_from is day 0."""
    stays = register.stays
    later = stays.filter(stays.settled >= ibis.literal(register.info.arrivals_from))
    window = ibis.window(group_by=later.person_id, order_by=later.settled)
    first = later.mutate(nth=ibis.row_number().over(window)).filter(ibis._.nth == 0)
    first = first.select("person_id", "destination", settled=day(first.settled), departed=day(first.departed))
    # Keys and weights, which neither group nor measure, may have as many values as there are persons.
    aside = [column.name for column in register.info.columns if column.kind not in ("category", "number")]
    joined = register.persons.drop(*aside).inner_join(first, "person_id")
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


def _employers(register: Register) -> ir.Table:
    """Number the employers in the order of their names, so that ties between them fall alike."""
    names = register.jobs.select("employer_id").distinct()
    return names.mutate(employer=ibis.row_number().over(order_by=names.employer_id).cast("int32"))


def _code(column: ir.StringValue, levels: tuple[str, ...]) -> ir.IntegerValue:
    """Return the place of a level among `levels`, 0 for none of them; small integers sort and travel cheaply."""
    cases = [(level, ibis.literal(place, type="int8")) for place, level in enumerate(levels, start=1)]
    return column.cases(*cases, else_=ibis.literal(0, type="int8"))


def _cohort_jobs(register: Register, offsets: ir.Table, employers: ir.Table) -> ir.Table:
    """Records of the cohort in narrow columns: days since settling, codes, decimals."""
    jobs = register.jobs.inner_join(offsets, "person_id").inner_join(employers, "employer_id")
    return jobs.select(
        "row",
        "employer",
        contract=_code(jobs.contract, CONTRACT_CODES),
        sector=_code(jobs.sector, SECTOR_CODES),
        day0=jobs.day0.cast("int32"),
        stay_end=jobs.stay_end.cast("int32"),
        start=(day(jobs.start) - jobs.day0).cast("int32"),
        stop=(day(jobs.end) - jobs.day0).cast("int32"),
        calendar=(jobs.start.year() * 12 + jobs.start.month()).cast("int32"),
        hours=exact(jobs.hours),
        wage=ibis.coalesce(exact(jobs.wage), ibis.literal(0).cast(EXACT)),
        wage_known=jobs.wage.notnull(),
    )


def _with_month_sums(records: ir.Table) -> ir.Table:
    """Records with the sums of their employer's hours and wages in that calendar month, and whether these are usable.

    Judged after summing: a booking and its reversal cancel. A wage that is missing makes the sum unknown.
    """
    keys = ["row", "employer", "calendar"]
    months = records.group_by(keys).agg(
        month_hours=records.hours.sum(), month_wage=records.wage.sum(), known=records.wage_known.all()
    )
    hours, wage = months.month_hours, months.month_wage
    plausible = (hours > 0) & (wage > 0) & (wage >= hours * HOURLY_FROM) & (wage <= hours * HOURLY_TO)
    months = months.mutate(wage_usable=months.known & plausible).drop("known")
    return records.drop("wage_known").inner_join(months.view(), keys)


def _months_from(last: int) -> ir.Table:
    """For each day since settling the month days that a record beginning then may cover, up to month `last`.

    A record lies within a calendar month, so these are the next one or two: an equality join in the place of a range
    join over all records. The month days are written into the expression as they stand in Python's table.
    """
    literal = ibis.literal(
        [{"month": month, "day": MONTH_DAYS[month]} for month in range(last + 1)],
        type="array<struct<month: int64, day: int64>>",
    )
    months = literal.unnest().name("pair").as_table()
    months = months.select(month=months.pair["month"], day=months.pair["day"])
    days = ibis.range(0, MONTH_DAYS[last] + 1).unnest().name("from_day").as_table()
    days = days.select(from_day=days.from_day.cast("int64"))
    return days.join(months, [days.from_day <= months.day, months.day - days.from_day <= LONGEST_RECORD])


def _work_spans(worked: ir.Table) -> ir.Table:
    """First and last day worked in the first stay, and the end of the first spell of work."""
    inside = worked.filter((worked.stop >= 0) & (worked.start < worked.stay_end))
    inside = inside.select(
        "row", start=ibis.greatest(inside.start, 0), stop=ibis.least(inside.stop, inside.stay_end - 1)
    )
    earlier = ibis.window(group_by=inside.row, order_by=inside.start, rows=(None, -1))
    marked = inside.mutate(before=inside.stop.max().over(earlier))
    idle = marked.start - marked.before - 1 > MOST_DAYS_BETWEEN_JOBS
    spells = marked.group_by("row").agg(
        first_work=marked.start.min(),
        last_work=marked.stop.max(),
        break_after=marked.before.argmin(marked.start, where=idle),
    )
    return spells.select(
        "row", "first_work", "last_work", work_end=ibis.coalesce(spells.break_after, spells.last_work)
    )


def _covering(worked: ir.Table, months: ir.Table, until: int) -> ir.Table:
    """Records that cover an observed month day, one row a record and month."""
    from_day = worked.mutate(from_day=ibis.greatest(worked.start, 0).cast("int64"))
    joined = from_day.inner_join(months, "from_day")
    return joined.filter((joined.stop >= joined.day) & (joined.day + joined.day0 <= until)).drop("from_day")


def _main_jobs(covering: ir.Table) -> ir.Table:
    """Main job on each month day: most hours in the calendar month, ties by wage, then by employer.

    Its contract and sector are those of its covering record with most hours (ties by wage, then contract and
    sector in alphabetical order, unknown ones last, so that the answer never depends on the order of rows). Only
    the days with several records are ranked; on all others the one record is the main job.
    """
    columns = ("row", "month", "calendar", "contract", "sector", "employers")
    days = covering.group_by("row", "month").agg(
        records=covering.count(),
        calendar=covering.calendar.min(),
        contract=covering.contract.min(),
        sector=covering.sector.min(),
    )
    one = days.filter(days.records == 1).mutate(employers=ibis.literal(1).cast("int64"))
    several = days.filter(days.records > 1).select("row", "month").view()
    rows = covering.inner_join(several, ["row", "month"]).select(*covering.columns)
    counts = rows.group_by("row", "month").agg(employers=rows.employer.nunique())
    order = [
        rows.month_hours.desc(),
        rows.month_wage.desc(),
        rows.employer.asc(),
        rows.hours.desc(),
        rows.wage.desc(),
        rows.contract.asc(),
        (rows.sector == 0).asc(),
        rows.sector.asc(),
    ]
    window = ibis.window(group_by=[rows.row, rows.month], order_by=order)
    main = rows.mutate(nth=ibis.row_number().over(window)).filter(ibis._.nth == 0).drop("nth")
    main = main.view().inner_join(counts.view(), ["row", "month"])
    return one.select(*columns).union(main.select(*columns))


def _with_pay(work: ir.Table, jobs: ir.Table) -> ir.Table:
    """Wage and hours, at all employers with a usable wage, in the calendar month that holds the month day."""
    usable = jobs.filter(jobs.wage_usable)
    sums = usable.group_by("row", "calendar").agg(wage=usable.wage.sum(), hours=usable.hours.sum())
    paid = work.left_join(sums.view(), ["row", "calendar"])
    return paid.select(
        "row",
        "month",
        "contract",
        "sector",
        "employers",
        wage=paid.wage.cast("float64"),
        hours=paid.hours.cast("float64"),
    )
