"""Small random worlds: a clean register in plain Python rows, and the same as a Register on DuckDB."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

import ibis
import pyarrow as pa

from models.register import CONTRACTS, DESTINATIONS, DatasetInfo, PersonColumn, QualityReport, Register

FROM, UNTIL = date(2022, 2, 24), date(2024, 7, 1)


@dataclass(frozen=True)
class World:
    info: DatasetInfo
    persons: list[dict]
    stays: list[dict]
    jobs: list[dict]

    def register(self) -> Register:
        backend = ibis.duckdb.connect(threads=1)
        day = pa.date32()
        schemas = {
            "persons": {
                "person_id": pa.string(),
                "sex": pa.string(),
                "birth_date": day,
                "nationality": pa.string(),
                "province": pa.string(),
                "income": pa.float64(),
            },
            "stays": {"person_id": pa.string(), "settled": day, "departed": day, "destination": pa.string()},
            "jobs": {
                "person_id": pa.string(),
                "employer_id": pa.string(),
                "start": day,
                "end": day,
                "contract": pa.string(),
                "sector": pa.string(),
                "hours": pa.float64(),
                "wage": pa.float64(),
            },
        }
        tables = {}
        for name, schema in schemas.items():
            # Ibis 12 with DuckDB 2 writes a faulty DROP VIEW for create_table(obj=<Arrow table>).
            backend.con.register(f"rows_{name}", pa.Table.from_pylist(getattr(self, name), pa.schema(schema)))
            backend.con.execute(f"create table {name} as select * from rows_{name}")
            tables[name] = backend.table(name)
        return Register(
            info=self.info, quality=QualityReport(counts=(), findings=()), data_hash="world", **tables
        )


def make_world(
    seed: int, persons: int = 60, present_on: date | None = None, *, reversals: bool = False
) -> World:
    """A world with returns, earlier stays, leap-day births, corrections, ties and unknown birth dates.

    With `reversals` some records are also taken back as a whole, and some lack a wage.
    """
    dice = random.Random(seed)
    columns = (PersonColumn(name="province", kind="category"), PersonColumn(name="income", kind="number"))
    info = DatasetInfo(
        title="world",
        source="tests",
        synthetic=True,
        arrivals_from=FROM,
        observed_until=UNTIL,
        reference_nationality="UA",
        present_on=present_on,
        periods=(FROM, date(2022, 7, 1), date(2023, 1, 1), date(2024, 1, 1)),
        columns=columns,
    )
    people, stays, jobs = [], [], []
    for number in range(persons):
        person = f"{number:06d}"
        settled = FROM + timedelta(days=dice.randrange((UNTIL - FROM).days))
        if present_on is not None:
            settled = FROM + timedelta(days=dice.randrange((present_on - FROM).days))
        born = dice.choice(
            [
                date(2004, 2, 29),
                date(1958, 2, 28),
                date(1980, 6, 15),
                None,
                settled - timedelta(days=dice.randrange(30_000)),
            ]
        )
        people.append(
            {
                "person_id": person,
                "sex": dice.choice(["female", "male", "unknown"]),
                "birth_date": born,
                "nationality": dice.choice(["UA", "UA", "NG", "stateless", "unknown"]),
                "province": dice.choice(["North", "South", "unknown"]),
                "income": dice.choice([None, 1.0, 2.5]),
            }
        )
        own = _stays(dice, person, settled, present_on)
        stays += own
        for stay in own:
            jobs += _jobs(dice, person, stay["settled"], stay["departed"] or UNTIL + timedelta(days=9))
    jobs = _corrected(random.Random(seed), jobs) if reversals else jobs
    return World(info=info, persons=people, stays=stays, jobs=jobs)


def _corrected(dice: random.Random, jobs: list[dict]) -> list[dict]:
    """Some records are taken back, some of these booked anew (600.20 in 40 hours: half a cent); some lack a wage."""
    out = []
    for job in jobs:
        lot = dice.random()
        out.append({**job, "wage": None} if lot > 0.97 else job)
        if lot < 0.15:
            out.append({**job, "hours": -job["hours"], "wage": -job["wage"]})
        if lot < 0.1:
            out.append({**job, "hours": 40.0, "wage": dice.choice([600.2, 600.6, 20.0, 80_000.0])})
    return out


def _stays(dice: random.Random, person: str, settled: date, present_on: date | None) -> list[dict]:
    out = []
    if dice.random() < 0.1:
        out.append(
            {
                "person_id": person,
                "settled": date(2020, 1, 1),
                "departed": date(2021, 1, 1),
                "destination": "origin",
            }
        )
    at = settled
    while at < UNTIL:
        length = dice.choice([1, 30, 30, 91, 200, 5000, dice.randrange(1, 400)])
        if present_on is not None and at == settled:
            length = max(length, (present_on - settled).days + 1)
        gone = at + timedelta(days=length)
        if gone > UNTIL + timedelta(days=60):
            out.append({"person_id": person, "settled": at, "departed": None, "destination": None})
            break
        out.append(
            {"person_id": person, "settled": at, "departed": gone, "destination": dice.choice(DESTINATIONS)}
        )
        if dice.random() < 0.7:
            break
        at = gone + timedelta(days=dice.randrange(1, 200))
    return out


def _jobs(dice: random.Random, person: str, first: date, last: date) -> list[dict]:
    out = []
    month = date(first.year, first.month, 1)
    while month < last:
        following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        for _ in range(dice.choice([0, 0, 1, 1, 2, 3])):
            days = (following - month).days
            a, b = sorted((dice.randrange(days), dice.randrange(days)))
            if dice.random() < 0.5:
                a, b = 0, days - 1
            hours = dice.choice([0.0, -8.0, 8.0, 40.0, 40.0, 160.3, 10.1, -10.1])
            wage = round(hours * dice.choice([10.0, 12.345, 15.0, 20.0]), 2)
            out.append(
                {
                    "person_id": person,
                    "employer_id": dice.choice("ABC"),
                    "start": month + timedelta(days=a),
                    "end": month + timedelta(days=b),
                    "contract": dice.choice(CONTRACTS),
                    "sector": dice.choice(["A", "I", "N", None]),
                    "hours": hours,
                    "wage": wage,
                }
            )
        month = following
    return out
