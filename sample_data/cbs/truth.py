"""What must come out of the component files? The sample as far as CBS components can tell it.

Births are in the middle of their month, where somebody left is not known save of the dead, a sector is that of the
employer in its year, and who has no employer's number has that of the income relationship.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from sample_data.days import IntArray
from sample_data.generator import generate
from sample_data.tables import JOBS, STAYS, SampleTables

PERSONS: Final = pa.schema(
    [
        ("person_id", pa.string()), ("sex", pa.string()), ("birth_date", pa.date32()),
        ("nationality", pa.string()), ("household_id", pa.string()),
    ]
)  # fmt: skip

_GROUP: Final = {"single": 1, "couple": 2, "couple with children": 3, "lone parent": 2, "other": 2}
DAY: Final = pd.Timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the component files are written from, with more columns than the tidy tables have.

    `persons` has also `register` (R or S), `household`, `born_year` and what is known of the birth (`birth_known`:
    ``month``, ``year`` or ``nothing``); `jobs` also `relation`, the number of the income relationship, and
    `known_employer`.
    """

    persons: pd.DataFrame
    stays: pd.DataFrame
    jobs: pd.DataFrame

    def tidy(self) -> SampleTables:
        """Return the tables that an exact import gives."""
        return SampleTables(
            persons=_table(self.persons, PERSONS),
            stays=_table(self.stays, STAYS),
            jobs=_table(self.jobs, JOBS),
        )


def make_world(persons: int, seed: int, rng: np.random.Generator) -> World:
    """Return the sample of `persons` and `seed` as CBS would know it."""
    clean = generate(persons, seed, dirt=False)
    people = _frame(clean.persons)
    stays = _frame(clean.stays)
    return World(persons=_persons(people, rng), stays=_stays(stays, rng), jobs=_jobs(_frame(clean.jobs), rng))


def some(rng: np.random.Generator, among: IntArray, share: float, least: int = 1) -> IntArray:
    """Draw a share of the positions `among`, at least `least` of them, ascending."""
    return np.sort(rng.permutation(among)[: max(least, round(share * len(among)))])


def _persons(people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    size = len(people)
    odd = rng.permutation(size)[: 5 * max(1, size // 100)]
    without_month, without_year, without_sex, other_register, without_nationality = np.array_split(odd, 5)
    known = np.full(size, "month", dtype=object)
    known[without_month] = "year"
    known[without_year] = "nothing"
    born = people["birth_date"].dt.to_period("M").dt.to_timestamp() + 14 * DAY
    july = pd.to_datetime(people["birth_date"].dt.year.astype(str) + "-07-01")
    born = born.mask(known == "year", july).mask(known == "nothing")
    sex = people["sex"].to_numpy(dtype=object)
    sex[without_sex] = "unknown"
    nationality = people["nationality"].to_numpy(dtype=object)
    nationality[without_nationality] = "unknown"
    register = np.full(size, "R", dtype=object)
    register[other_register] = "S"
    return people.assign(
        sex=sex,
        nationality=nationality,
        household_id=_household_numbers(people["household"]),
        register=register,
        birth_known=known,
        born_year=people["birth_date"].dt.year,
        birth_date=born,
    )


def _household_numbers(household: pd.Series) -> list[str]:
    """Return numbers of twelve digits; those of a kind live together in twos or threes."""
    place = household.groupby(household).cumcount()
    together = place // household.map(_GROUP)
    pair = household + "/" + together.astype(str)
    return [f"{number * 7_919 + 10_000_019:012d}" for number in pd.factorize(pair)[0]]


def _stays(stays: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return the stays with deaths as the only destination; some last departures become deaths, so that there are."""
    last = ~stays.duplicated("person_id", keep="last") & stays["departed"].notna()
    chosen = some(rng, np.flatnonzero(last), 0.02, least=3)
    dead = (stays["destination"] == "deceased") | np.isin(np.arange(len(stays)), chosen)
    return stays.assign(destination=stays["destination"].mask(dead, "deceased").where(dead))


def _jobs(jobs: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return the records with their income relationship and the sector that the employer has in that year."""
    pair = jobs["person_id"] + "/" + jobs["employer_id"]
    code, pairs = pd.factorize(pair)
    relation = pd.Series([f"{number * 104_729 + 20_000_000_003:012d}" for number in range(len(pairs))])
    nameless = np.isin(code, some(rng, np.arange(len(pairs)), 0.02, least=2))
    jobs = jobs.assign(relation=relation.to_numpy()[code], known_employer=~nameless)
    jobs["sector"] = jobs["sector"].mask(nameless)
    sector = jobs.groupby([jobs["employer_id"], jobs["start"].dt.year])["sector"].transform("first")
    return jobs.assign(
        employer_id=jobs["employer_id"].where(~nameless, jobs["relation"]), sector=sector.mask(nameless)
    )


def _frame(table: pa.Table) -> pd.DataFrame:
    """Return a table with its dates as time stamps."""
    frame: pd.DataFrame = table.to_pandas()
    for column in table.schema:
        if pa.types.is_date(column.type):
            frame[column.name] = pd.to_datetime(frame[column.name])
    return frame


def _table(frame: pd.DataFrame, schema: pa.Schema) -> pa.Table:
    return pa.Table.from_pandas(frame[schema.names], schema=schema, preserve_index=False)
