"""From relations to codes: categories to small integers, months to bit maps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.clocks import MONTH_DAYS, day_number, months_within
from models.register import CONTRACTS, DESTINATIONS, SEXES, DatasetInfo, Register
from models.tally.codes import NO_DAY, Bits, Codes, Grouping, HourlyWages, OtherStays, pack
from models.tally.fetching import fetch
from models.tally.periods import (
    Period,
    calendar_label,
    calendar_periods,
    cohort_periods,
    labels_of,
    period_of,
)
from models.tally.scales import AGE_BANDS, CALENDAR

Columns = Mapping[str, Any]

NEAR_HALF = 1e-9
"""Cents. A quotient so near to a half is a half: see `whole_cents`."""
REFERENCE_LABELS = {"UA": "Ukrainian"}


def build_codes(register: Register, progress: Callable[[float], None] | None = None) -> Codes:
    """Return the codes of `register`.

    The engine behind the register runs the expressions; every call is made on the calling thread.
    `progress` is told the share done, from 0 to 1.
    """
    from models.tally.expression import relations

    tell = progress or (lambda share: None)
    tell(0.0)
    tables = relations(register)
    cohort = _fetch_coded(tables.cohort)
    tell(0.3)
    spells = fetch(tables.spells)
    tell(0.4)
    work = fetch(tables.work)
    tell(0.8)
    employers = fetch(tables.employers)
    spans = fetch(tables.work_spans)
    codes = _codes(register.info, cohort, spells, work, employers, spans)
    tell(1.0)
    return codes


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of text as the codes of its levels; `missing` rows have code -1. No row becomes a Python string."""

    codes: NDArray[np.int32]
    levels: tuple[str, ...]

    def named(self, missing: str) -> Texts:
        """Return the column with `missing` in the place of what is missing."""
        if missing in self.levels:
            code, levels = self.levels.index(missing), self.levels
        else:
            code, levels = len(self.levels), (*self.levels, missing)
        return Texts(np.where(self.codes < 0, code, self.codes).astype(np.int32), levels)


def _fetch_coded(table: Any) -> dict[str, Any]:
    """Return the columns of a relation, texts as codes of their levels: no row becomes a Python string."""
    import ibis

    texts = [name for name, kind in table.schema().items() if kind.is_string() and name != "person_id"]
    # All columns in one query, for a dataset may have hundreds.
    none = ibis.literal([], type="array<string>")
    sets = {name: ibis.coalesce(table[name].collect(distinct=True), none) for name in texts}
    found_levels = fetch(table.agg(**sets)) if texts else {}
    levels = {name: tuple(sorted(found_levels[name][0])) for name in texts}
    coded = {
        # A place counted from 0; -1 for what is missing.
        name: ibis.coalesce(ibis.array([*found, ""]).index(table[name]), -1).cast("int32")
        for name, found in levels.items()
    }
    rest = [name for name in table.columns if name not in texts and name != "person_id"]
    out: dict[str, Any] = fetch(table.select(*rest, **coded).order_by("row"))
    for name, found in levels.items():
        out[name] = Texts(out[name], found)
    return out


def _codes(
    info: DatasetInfo, cohort: Columns, spells: Columns, work: Columns, employers: Columns, spans: Columns
) -> Codes:
    until = day_number(info.observed_until)
    settled = cohort["settled"].astype(np.int32)
    departed = _filled(cohort["departed"], NO_DAY)
    event = departed <= until
    duration = (np.minimum(departed, until) - settled).astype(np.int32)
    entry = np.zeros_like(duration)
    if info.present_on is not None:
        entry = np.maximum(0, day_number(info.present_on) - settled).astype(np.int32)
    born = cohort["birth_date"].astype("datetime64[D]")
    age = completed_years(born, settled)
    months = months_within(max(until - int(settled.min(initial=until)), 0)) + 1
    present = _present(spells, len(settled), months) & _observable(settled, until, months)
    return Codes(
        info=info,
        groupings=_groupings(info, cohort, settled, age),
        numbers={"age": age}
        | {one.name: cohort[one.name].astype(np.float64) for one in info.columns if one.kind == "number"},
        settled=settled,
        entry=entry,
        duration=duration,
        destination=np.where(event, _destination(cohort["destination"]), 0).astype(np.uint8),
        second_employer=_second(employers, len(settled)),
        returned=_returned(spells, departed - settled, len(settled)),
        current_since=_current(spells, until - settled),
        first_work=_placed(spans, "first_work", len(settled)),
        work_end=_placed(spans, "work_end", len(settled)),
        last_work=_placed(spans, "last_work", len(settled)),
        present=present,
        of_age=_of_age(born, settled, months) & _from_extract(entry, months),
        wages=_wages(work, present, len(settled), months),
        other_stays=_others(spells),
        **_work_bits(work, present, len(settled), months),
    )


def _filled(values: NDArray[Any], missing: int) -> NDArray[np.int64]:
    if values.dtype.kind == "f":
        return np.where(np.isnan(values), missing, values).astype(np.int64)
    return values.astype(np.int64)


def _destination(values: Texts) -> NDArray[np.int64]:
    named = values.named("unknown")
    number = [DESTINATIONS.index(name) + 1 for name in named.levels]
    return np.asarray(number, dtype=np.int64)[named.codes]


def birthday(born: NDArray[np.datetime64], years: int | NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the day on which each turns `years`; who was born on 29 February turns on 1 March.

    A month's first day plus the days into it: 29 February of a common year is 1 March by itself.
    """
    month = born.astype("datetime64[M]")
    into = (born - month.astype("datetime64[D]")).astype(np.int64)
    day = (month + years * 12).astype("datetime64[D]").astype(np.int64) + into
    day[np.isnat(born)] = NO_DAY
    return np.asarray(day, dtype=np.int64)


def completed_years(born: NDArray[np.datetime64], on: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return completed years of age on a day, NaN when the birth date is unknown."""
    year = born.astype("datetime64[Y]").astype(np.int64)
    guess = on.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) - year
    age = (guess - (birthday(born, guess) > on)).astype(np.float64)
    age[np.isnat(born)] = np.nan
    return np.asarray(age)


def _of_age(born: NDArray[np.datetime64], settled: NDArray[np.int32], months: int) -> Bits:
    first, last = birthday(born, 18) - settled, birthday(born, 65) - settled
    known = ~np.isnat(born)
    return np.stack([pack(known & (first <= day) & (day < last)) for day in MONTH_DAYS[:months]])


def _observable(settled: NDArray[np.int32], until: int, months: int) -> Bits:
    return np.stack([pack(settled + day <= until) for day in MONTH_DAYS[:months]])


def _from_extract(entry: NDArray[np.int32], months: int) -> Bits:
    """Month days on or after the day of an extract: of the days before it only those who stayed are known."""
    return np.stack([pack(entry <= day) for day in MONTH_DAYS[:months]])


def _present(spells: Columns, persons: int, months: int) -> Bits:
    row, start, stop = spells["row"], spells["start"], spells["stop"]
    out = []
    for day in MONTH_DAYS[:months]:
        mask = np.zeros(persons, dtype=np.bool_)
        mask[row[(start <= day) & (day < stop)]] = True
        out.append(pack(mask))
    return np.stack(out)


def _work_bits(work: Columns, present: Bits, persons: int, months: int) -> dict[str, Any]:
    """Bit maps of those present: working, for several employers, and by contract and sector of the main job."""
    from models.tally.expression import CONTRACT_CODES, SECTOR_CODES

    inside = work["month"] < months
    at = (work["month"][inside], work["row"][inside])

    def placed(values: NDArray[Any]) -> NDArray[np.uint8]:
        grid = np.zeros((months, persons), dtype=np.uint8)
        grid[at] = values[inside]
        return grid

    employers = placed(np.minimum(work["employers"], 2))
    working = employers > 0

    def maps(column: str, codes: tuple[str, ...], always: tuple[str, ...]) -> dict[str, Bits]:
        """One map a level; those of `always` also when nobody has it, "unknown" last and only when somebody has."""
        grid = placed(work[column])
        found = np.bincount(grid[working], minlength=len(codes) + 1)
        unknown = working & (grid == 0)
        if "unknown" in codes:
            unknown |= grid == codes.index("unknown") + 1
        named = [name for place, name in enumerate(codes, start=1) if name in always or found[place]]
        order = [name for name in (always or codes) if name in named and name != "unknown"]
        out = {name: pack(grid == codes.index(name) + 1) & present for name in order}
        return {**out, "unknown": pack(unknown) & present} if unknown.any() else out

    return {
        "working": pack(working) & present,
        "several_now": pack(employers > 1) & present,
        "contract": maps("contract", CONTRACT_CODES, CONTRACTS),
        "sector": maps("sector", SECTOR_CODES, ()),
    }


def _second(employers: Columns, persons: int) -> NDArray[np.int32]:
    """First day on which each person had worked for two employers."""
    order = np.lexsort((employers["day"], employers["row"]))
    row, day = employers["row"][order], employers["day"][order]
    second = np.full(persons, NO_DAY, dtype=np.int32)
    is_second = np.zeros(len(row), dtype=np.bool_)
    is_second[1:] = row[1:] == row[:-1]
    is_second[2:] &= row[2:] != row[:-2]
    second[row[is_second]] = day[is_second]
    return second


def _returned(spells: Columns, departed: NDArray[np.int64], persons: int) -> NDArray[np.int32]:
    """First day of the stay after the first departure."""
    later = spells["start"] >= departed[spells["row"]]
    returned = np.full(persons, NO_DAY, dtype=np.int32)
    np.minimum.at(returned, spells["row"][later], spells["start"][later].astype(np.int32))
    return returned


def _others(spells: Columns) -> OtherStays:
    """Stays that do not begin on the day of settling."""
    other = spells["start"] != 0
    return OtherStays(
        person=spells["row"][other].astype(np.int32),
        begin=spells["start"][other].astype(np.int32),
        end=spells["stop"][other].astype(np.int32),
    )


def _current(spells: Columns, window: NDArray[np.int32]) -> NDArray[np.int32]:
    """First day of the stay that holds the last day of observation."""
    row = spells["row"]
    holds = (spells["start"] <= window[row]) & (spells["stop"] > window[row])
    since = np.full(len(window), NO_DAY, dtype=np.int32)
    since[row[holds]] = spells["start"][holds]
    return since


def _placed(spans: Columns, name: str, persons: int) -> NDArray[np.int32]:
    out = np.full(persons, NO_DAY, dtype=np.int32)
    out[spans["row"].astype(np.int64)] = spans[name]
    return out


def whole_cents(wage: NDArray[np.float64], hours: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the hourly wage in cents, halves to even, as exact decimals of wage and hours give it.

    At most 1000 EUR an hour, a quotient of doubles lies within 1e-10 cent of the exact one. An exact one that is not a
    half lies at least 1 / 2h from it, h being hours in ten-thousandths (times the days of a record that was split):
    further than 1e-9 below 50 000 hours. What is nearer is a half.
    """
    cents = wage / hours * 100
    half = np.floor(cents) + 0.5
    return np.rint(np.where(np.abs(cents - half) < NEAR_HALF, half, cents))


def _wages(work: Columns, present: Bits, persons: int, months: int) -> HourlyWages:
    """Hourly wages, rounded half-even to the cent once."""
    from models.tally.codes import unpack

    row, month = work["row"].astype(np.int64), work["month"].astype(np.int64)
    inside = (month < months) & ~np.isnan(work["hours"])
    row, month = row[inside], month[inside]
    cents = whole_cents(work["wage"][inside], work["hours"][inside])
    here = unpack(present, persons)[month, row]
    row, month, cents = row[here], month[here], cents[here]
    order = np.lexsort((row, month))
    starts = np.searchsorted(month[order], np.arange(months + 1))
    return HourlyWages(
        starts=starts.astype(np.int64),
        person=row[order].astype(np.int32),
        cents=cents[order].astype(np.int32),
    )


def _groupings(
    info: DatasetInfo, cohort: Columns, settled: NDArray[np.int32], age: NDArray[np.float64]
) -> dict[str, Grouping]:
    periods = cohort_periods(info)
    made = [
        _period_grouping("cohort", settled, periods, labels_of(periods)),
        *([_nationality_group(info, cohort)] if info.reference_nationality else []),
        _category("sex", cohort["sex"], SEXES),
        _age_band(age),
        _category("nationality", cohort["nationality"]),
        *(
            _category(column.name, cohort[column.name], column.order)
            for column in info.columns
            if column.kind == "category"
        ),
        *(_calendar(info, settled, name, months) for name, months in CALENDAR.items()),
    ]
    return {grouping.name: grouping for grouping in made}


def _period_grouping(
    name: str, settled: NDArray[np.int32], periods: tuple[Period, ...], labels: tuple[str, ...]
) -> Grouping:
    codes = np.maximum(period_of(settled, periods), 0).astype(np.uint16)
    return Grouping(name=name, levels=labels, codes=codes, ordered=True)


def _calendar(info: DatasetInfo, settled: NDArray[np.int32], name: str, months: int) -> Grouping:
    periods = calendar_periods(info, months)
    labels = tuple(calendar_label(period, months) for period in periods)
    return _period_grouping(name, settled, periods, labels)


def _nationality_group(info: DatasetInfo, cohort: Columns) -> Grouping:
    reference = info.reference_nationality or ""
    label = REFERENCE_LABELS.get(reference, reference)
    nationality: Texts = cohort["nationality"].named("unknown")
    groups = (label, "other", "unknown")
    place = [0 if level == reference else 2 if level == "unknown" else 1 for level in nationality.levels]
    return _category("nationality_group", Texts(np.asarray(place)[nationality.codes], groups), groups)


def _age_band(age: NDArray[np.float64]) -> Grouping:
    lows = np.asarray([low for _, low in AGE_BANDS], dtype=np.float64)
    index = np.where(np.isnan(age), len(AGE_BANDS), np.searchsorted(lows, age, side="right") - 1)
    levels = (*(label for label, _ in AGE_BANDS), "unknown")
    used = levels if np.isnan(age).any() else levels[:-1]
    return Grouping(name="age_band", levels=used, codes=np.maximum(index, 0).astype(np.uint16), ordered=True)


def _category(name: str, values: Texts, order: tuple[str, ...] = ()) -> Grouping:
    """Levels that occur, in `order` where it is given, the others alphabetical after them; ``unknown`` last."""
    if (values.codes < 0).any():
        values = values.named("unknown")
    found = np.flatnonzero(np.bincount(values.codes, minlength=len(values.levels)))
    rank = {level: index for index, level in enumerate(order)}

    def place(code: int) -> tuple[bool, int, str]:
        level = values.levels[code]
        return level == "unknown", rank.get(level, len(rank)), level

    ordered = sorted(found.tolist(), key=place)
    position = np.zeros(len(values.levels), dtype=np.uint16)
    position[ordered] = np.arange(len(ordered), dtype=np.uint16)
    return Grouping(
        name=name, levels=tuple(values.levels[code] for code in ordered), codes=position[values.codes]
    )
