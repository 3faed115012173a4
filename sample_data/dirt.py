"""What is wrong with registers? A few rows of every problem of the data contract, added to clean tables.

No problem moves the number of persons in the cohort: persons who will be set aside come on top, and what is changed in
the rows of others is repaired, recoded or set aside row by row. In tables with typed dates an impossible date is a
missing `settled`, a departure before settling, or a birth after settling; dates that cannot be read exist only in text
and are put in by `unreadable_dates`, for the formats that hold text.

Some rows look odd and are no problem: touching and overlapping stays, an unknown birth date, a stay that began before
24 February 2022 and still lasts when its next piece begins (such a person is not in the cohort).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sample_data.days import ARRIVALS_FROM, OBSERVED_UNTIL, IntArray, as_date, day
from sample_data.tables import JOBS, PERSONS, STAYS, SampleTables, employer_text

Row = dict[str, Any]

NEW_KINDS: Final = (
    "not identical duplicate",
    "without stay",
    "departed before settled",
    "settled at the end",
    "birth after settling",
    "settled missing",
    "same-day stay only",
    "stay not in persons",
    "job not in persons",
    "stay across the first day",
)
"""Problems that bring a person id of their own."""

UNREADABLE: Final = ("1985-13-45", "31-02-1990", "2022/??/01", "onbekend", "00000000")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Added:
    """Rows to append."""

    persons: list[Row] = field(default_factory=list)
    stays: list[Row] = field(default_factory=list)
    jobs: list[Row] = field(default_factory=list)


def rows_a_kind(persons: int) -> int:
    """Return how many rows of every problem a sample of `persons` gets."""
    return max(3, min(24, persons // 8000))


def dirt_persons(persons: int) -> int:
    """Return how many person ids `add_dirt` needs beyond those of the clean tables."""
    return rows_a_kind(persons) * len(NEW_KINDS)


def add_dirt(tables: SampleTables, spare_ids: Sequence[str], rng: np.random.Generator) -> SampleTables:
    """Return `tables` with problems: some rows changed in place, others appended at the end.

    Parameters
    ----------
    spare_ids
        `dirt_persons` person ids that no clean person has.
    """
    count = len(spare_ids) // len(NEW_KINDS)
    stays = _dirty_stays(tables.stays, count, rng)
    jobs = _dirty_jobs(tables.jobs, count, rng)
    persons = _dirty_persons(tables.persons, count, rng)
    added = _new_persons(spare_ids, count, rng)
    # A row that is changed above must not be copied: identical duplicates are copies of untouched rows.
    added.persons.extend(persons.take(_choose(rng, _whole_rows(persons), count)).to_pylist())
    added.stays.extend(_more_stays(tables.stays, count, rng))
    added.jobs.extend(_more_jobs(tables, count, rng))
    return SampleTables(
        persons=pa.concat_tables([persons, pa.Table.from_pylist(added.persons, schema=PERSONS)]),
        stays=pa.concat_tables([stays, pa.Table.from_pylist(added.stays, schema=STAYS)]),
        jobs=pa.concat_tables([jobs, pa.Table.from_pylist(added.jobs, schema=JOBS)]),
    )


def unreadable_dates(tables: SampleTables) -> SampleTables:
    """Return `tables` with dates as text, some of which nobody can read.

    Some birth dates among the persons without a stay and some settling dates among the persons who departed before they
    settled: both are set aside in any case, so the cohort stays the same.
    """
    persons = _as_text(tables.persons, ("birth_date",))
    stays = _as_text(tables.stays, ("settled", "departed"))
    with_stay = pc.is_in(persons.column("person_id"), pc.unique(stays.column("person_id")))
    without = np.flatnonzero(~np.asarray(with_stay.to_numpy(zero_copy_only=False), dtype=np.bool_))
    half = without[: max(1, len(without) // 2)]
    persons = _set(persons, "birth_date", half, [UNREADABLE[i % len(UNREADABLE)] for i in range(len(half))])
    backward = np.flatnonzero(
        pc.less(stays.column("departed"), stays.column("settled"))
        .fill_null(False)
        .to_numpy(zero_copy_only=False)
    )
    half = backward[: max(1, len(backward) // 2)]
    stays = _set(stays, "settled", half, [UNREADABLE[i % len(UNREADABLE)] for i in range(len(half))])
    return SampleTables(persons=persons, stays=stays, jobs=tables.jobs)


def _as_text(table: pa.Table, columns: Sequence[str]) -> pa.Table:
    for name in columns:
        table = table.set_column(
            table.schema.get_field_index(name), name, table.column(name).cast(pa.string())
        )
    return table


def _choose(rng: np.random.Generator, candidates: IntArray, count: int) -> IntArray:
    """Return up to `count` of the candidates in ascending order."""
    return np.asarray(np.sort(rng.permutation(candidates)[:count]))


def _set(table: pa.Table, column: str, rows: IntArray, values: Sequence[Any]) -> pa.Table:
    """Return `table` with the values at the given ascending rows replaced."""
    mask = np.zeros(table.num_rows, dtype=np.bool_)
    mask[rows] = True
    index = table.schema.get_field_index(column)
    old = table.column(column).combine_chunks()
    new = pc.replace_with_mask(old, pa.array(mask), pa.array(list(values), type=old.type))
    return table.set_column(index, table.field(index), new)


def _numbers(table: pa.Table, column: str, missing: int) -> IntArray:
    """Return a date column as days since 1970."""
    return np.asarray(table.column(column).cast(pa.int32()).fill_null(missing).to_numpy(), dtype=np.int64)


def _whole_rows(persons: pa.Table) -> IntArray:
    return np.flatnonzero(persons.column("birth_date").is_valid().to_numpy())


def _dirty_persons(persons: pa.Table, count: int, rng: np.random.Generator) -> pa.Table:
    """Unknown codes of sex and nationality; unknown birth dates."""
    rows = rng.permutation(persons.num_rows)[: 3 * count]
    sex, nationality, birth = (np.sort(part) for part in np.array_split(rows, 3))
    persons = _set(persons, "sex", sex, [("V", "x", "9")[i % 3] for i in range(len(sex))])
    codes = ("Ukraine", "UKR", "??")
    persons = _set(persons, "nationality", nationality, [codes[i % 3] for i in range(len(nationality))])
    return _set(persons, "birth_date", birth, [None] * len(birth))


def _dirty_stays(stays: pa.Table, count: int, rng: np.random.Generator) -> pa.Table:
    """Departures after the end, destinations without departure, empty and unknown destinations; cut stays."""
    departed = _numbers(stays, "departed", OBSERVED_UNTIL + 10_000)
    settled = _numbers(stays, "settled", 0)
    resident = _choose(rng, np.flatnonzero(departed > OBSERVED_UNTIL), 2 * count)
    after, unfinished = rng.permutation(resident[::2]), rng.permutation(resident[1::2])
    after, unfinished = np.sort(after), np.sort(unfinished)
    stays = _set(stays, "departed", after, [as_date(OBSERVED_UNTIL + 1 + i) for i in range(len(after))])
    stays = _set(stays, "destination", np.sort(resident), ["origin"] * len(resident))
    lost = pc.equal(stays.column("destination"), "unknown").fill_null(False).to_numpy(zero_copy_only=False)
    chosen = _choose(rng, np.flatnonzero(lost), 2 * count)
    stays = _set(stays, "destination", chosen[::2], [None] * len(chosen[::2]))
    stays = _set(stays, "destination", chosen[1::2], ["abroad"] * len(chosen[1::2]))
    long = (settled >= ARRIVALS_FROM) & (departed <= OBSERVED_UNTIL) & (departed - settled > 90) & ~lost
    return _cut_stays(stays, _choose(rng, np.flatnonzero(long), 2 * count), settled)


def _cut_stays(stays: pa.Table, rows: IntArray, settled: IntArray) -> pa.Table:
    """Cut stays in two pieces, touching and overlapping in turn; the second piece follows its first."""
    pieces = stays.take(rows).to_pylist()
    for turn, (piece, start) in enumerate(zip(pieces, settled[rows].tolist(), strict=True)):
        piece["settled"] = as_date(start + (40 if turn % 2 == 0 else 25))
    ends = [as_date(start + 40) for start in settled[rows].tolist()]
    stays = _set(stays, "departed", rows, ends)
    stays = _set(stays, "destination", rows, ["administrative"] * len(rows))
    parts, last = [], 0
    for row, piece in zip(rows.tolist(), pieces, strict=True):
        parts += [stays.slice(last, row + 1 - last), pa.Table.from_pylist([piece], schema=STAYS)]
        last = row + 1
    return pa.concat_tables([*parts, stays.slice(last)])


def _dirty_jobs(jobs: pa.Table, count: int, rng: np.random.Generator) -> pa.Table:
    """Unknown contracts and sections; wages that are zero, negative, far too low or far too high."""
    hours = np.asarray(jobs.column("hours").to_numpy())
    rows = rng.permutation(np.flatnonzero(hours >= 8.0))[: 5 * count]
    contract, sector, zero, low, high = (np.sort(part) for part in np.array_split(rows, 5))
    jobs = _set(jobs, "contract", contract, [("payroll", "zzp")[i % 2] for i in range(len(contract))])
    jobs = _set(jobs, "sector", sector, [("Z", "56101")[i % 2] for i in range(len(sector))])
    jobs = _set(jobs, "wage", zero, [(0.0, -125.5)[i % 2] for i in range(len(zero))])
    jobs = _set(jobs, "wage", low, np.round(hours[low] * 0.5, 2).tolist())
    return _set(jobs, "wage", high, np.round(hours[high] * 1500.0, 2).tolist())


def _more_stays(stays: pa.Table, count: int, rng: np.random.Generator) -> list[Row]:
    """Stays of existing persons that are dropped: same-day, backward after a departure, after the end."""
    departed = _numbers(stays, "departed", OBSERVED_UNTIL + 10_000)
    settled = _numbers(stays, "settled", 0)
    late = _choose(rng, np.flatnonzero(settled > ARRIVALS_FROM + 30), count)
    rows = [_stay(row, settled[i] - 10, settled[i] - 10, "unknown") for i, row in _rows(stays, late)]
    gone = _choose(rng, np.flatnonzero(departed <= OBSERVED_UNTIL), 2 * count)
    rows += [_stay(row, departed[i] + 200, departed[i] + 170, "onward") for i, row in _rows(stays, gone[::2])]
    return rows + [_stay(row, OBSERVED_UNTIL + 5, None, None) for _, row in _rows(stays, gone[1::2])]


def _rows(table: pa.Table, index: IntArray) -> list[tuple[int, Row]]:
    return list(zip(index.tolist(), table.take(index).to_pylist(), strict=True))


def _stay(row: Row, settled: int, departed: int | None, destination: str | None) -> Row:
    return {
        "person_id": row["person_id"],
        "settled": as_date(settled),
        "departed": None if departed is None else as_date(departed),
        "destination": destination,
    }


def _more_jobs(tables: SampleTables, count: int, rng: np.random.Generator) -> list[Row]:
    """Records outside every stay, after the end, and backward."""
    whole = np.flatnonzero(np.asarray(tables.jobs.column("hours").to_numpy()) > 8.0)
    picked = tables.jobs.take(_choose(rng, whole, 3 * count)).to_pylist()
    outside, after, backward = picked[::3], picked[1::3], picked[2::3]
    for row in outside:
        row.update(start=date(2019, 1, 7), end=date(2019, 1, 31))
    for row in after:
        row.update(start=date(2024, 7, 8), end=date(2024, 7, 31))
    for row in backward:
        row.update(start=row["start"].replace(day=20), end=row["start"].replace(day=4))
    return [*outside, *after, *backward]


def _new_persons(ids: Sequence[str], count: int, rng: np.random.Generator) -> _Added:
    """Return persons whose own rows are the problem, with a stay and two jobs to be taken along."""
    added = _Added()
    for number, person_id in enumerate(ids):
        kind = NEW_KINDS[number // count]
        settled = as_date(int(rng.integers(day(2022, 9, 1), day(2023, 12, 1))))
        person: Row = {
            "person_id": person_id,
            "sex": ("female", "male")[int(rng.integers(2))],
            "birth_date": settled - timedelta(days=int(rng.integers(20 * 365, 50 * 365))),
            "nationality": "UA",
            "household": "single",
            "province": "Utrecht",
            "education": "middle",
        }
        stay: Row = {"person_id": person_id, "settled": settled, "departed": None, "destination": None}
        _spoil(kind, person, stay, added)
        if kind != "job not in persons":
            added.stays.extend([] if kind == "without stay" else [stay])
        if kind not in ("stay not in persons", "job not in persons"):
            added.persons.append(person)
        added.jobs.extend(_two_records(person_id, settled, int(rng.integers(30_000))))
    return added


def _spoil(kind: str, person: Row, stay: Row, added: _Added) -> None:
    """Make one person or stay wrong in the way of `kind`."""
    settled: date = stay["settled"]
    if kind == "not identical duplicate":
        added.persons.append({**person, "birth_date": person["birth_date"] + timedelta(days=31)})
    elif kind == "departed before settled":
        stay.update(departed=settled - timedelta(days=20), destination="origin")
    elif kind == "settled at the end":
        stay["settled"] = as_date(OBSERVED_UNTIL + settled.day % 9)
    elif kind == "birth after settling":
        person["birth_date"] = settled + timedelta(days=40)
    elif kind == "settled missing":
        stay["settled"] = None
    elif kind == "same-day stay only":
        stay.update(departed=settled, destination="unknown")
    elif kind == "stay across the first day":
        seam = as_date(ARRIVALS_FROM + 14)
        earlier = {**stay, "settled": date(2021, 10, 4), "departed": seam, "destination": "administrative"}
        added.stays.append(earlier)
        stay["settled"] = seam


def _two_records(person_id: str, settled: date, employer: int) -> list[Row]:
    """Return two monthly records of one job that begins in the month after settling."""
    start = (settled.replace(day=1) + timedelta(days=32)).replace(day=1)
    rows = []
    for _ in range(2):
        following = (start + timedelta(days=32)).replace(day=1)
        rows.append(
            {
                "person_id": person_id,
                "employer_id": employer_text(employer),
                "start": start,
                "end": following - timedelta(days=1),
                "contract": "fixed-term",
                "sector": "G",
                "hours": 120.0,
                "wage": 1800.0,
            }
        )
        start = following
    return rows
