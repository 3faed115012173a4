"""The Register: three validated tables, what is known about them, and what happened to every row read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import ibis.expr.types as ir

TableName = Literal["persons", "stays", "jobs"]
ColumnKind = Literal["category", "number", "date", "key", "weight"]
"""Categories group and numbers measure; dates, keys and weights are kept and do neither."""
Treatment = Literal["repaired", "set aside", "kept", "recoded"]

SEXES = ("female", "male", "unknown")
DESTINATIONS = ("origin", "onward", "unknown", "administrative", "deceased")
CONTRACTS = ("permanent", "fixed-term", "on-call", "agency", "other")
HOURLY_FROM, HOURLY_TO = 1, 1000
"""Hourly wages in EUR outside these are mistakes: summed up over a person, an employer and a calendar month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonColumn:
    """An extra column of persons: its name, whether it groups or measures, and its words per language.

    `labels` are the column's names by language, `levels` the names of its levels by level and language, `order` its
    levels in their natural order, where they have one: others come after them. `kind_stated` is False where the kind
    is still to be found from the values.
    """

    name: str
    kind: ColumnKind
    kind_stated: bool = True
    labels: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetInfo:
    """What `dataset.toml` says: title, source, the observation window, and the labels of extra columns.

    Attributes
    ----------
    arrivals_from
        First day that counts as arrival in a cohort.
    observed_until
        The reference day on which presence is last known.
    present_on
        The extract holds only persons present on this date (delayed entry), if given.
    periods
        Cohort edges; the last period ends the day before `observed_until`. Empty: half-years.
    translations
        Title and source in other languages, by language and name.
    """

    title: str
    source: str
    synthetic: bool
    arrivals_from: date
    observed_until: date
    reference_nationality: str | None = None
    present_on: date | None = None
    periods: tuple[date, ...] = ()
    columns: tuple[PersonColumn, ...] = ()
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem found in one table: how many rows, what was done, up to twenty example row numbers.

    `problem` is an identifier (for instance ``stay_departed_before_settled``); its words live in the application.
    `rows` counts rows of `table`; `taken_along` counts rows of other tables that left with a person set aside.
    `found` are the commonest values that were read there, each with its number of rows.
    `examples` are 1-based numbers of data rows in the file (the header is not counted); they are never exported.
    """

    table: TableName
    problem: str
    treatment: Treatment
    rows: int
    column: str | None = None
    examples: tuple[int, ...] = ()
    found: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCount:
    """Rows of one table: rows_in = used + repaired + set_aside, always."""

    table: TableName
    rows_in: int
    used: int
    repaired: int
    set_aside: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityReport:
    """What happened to every row that was read. Nothing vanishes silently."""

    counts: tuple[RowCount, ...]
    findings: tuple[Finding, ...]

    def of(self, table: TableName) -> RowCount:
        """Return the row count of one table."""
        return next(count for count in self.counts if count.table == table)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Persons, stays and jobs after cleaning, as lazy tables on one engine.

    Attributes
    ----------
    persons
        person_id (string), sex, birth_date (date, null when unknown), nationality, then the extra columns.
        One row a person; every person has at least one stay and is born on or before its first day.
    stays
        person_id, settled (date), departed (date or null), destination (one of DESTINATIONS, null while resident).
        Touching and overlapping stays are merged; no two stays of a person share a day or touch.
    jobs
        person_id, employer_id, start, end (dates, both included, never spanning a calendar month),
        contract, sector (null when unknown), hours, wage (EUR, null when unknown). No record ends after
        `observed_until`. Hours and wages are exact decimals; floats are taken to four decimals.
    data_hash
        Identifies the files behind the tables: a key for caches and the stamp on an export.
    """

    info: DatasetInfo
    persons: ir.Table
    stays: ir.Table
    jobs: ir.Table
    quality: QualityReport
    data_hash: str
