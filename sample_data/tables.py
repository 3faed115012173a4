"""How do blocks of numbers become registers? Arrow tables with the columns of the data contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from sample_data.days import IntArray
from sample_data.leaving import DESTINATIONS, NEVER, Stays
from sample_data.pay import Records
from sample_data.people import EDUCATION, HOUSEHOLDS, NATIONALITIES, PROVINCES, SEXES, People
from sample_data.working import CONTRACTS, SECTORS

if TYPE_CHECKING:
    from numpy.typing import NDArray

PERSONS: Final = pa.schema(
    [
        ("person_id", pa.string()), ("sex", pa.string()), ("birth_date", pa.date32()),
        ("nationality", pa.string()), ("household", pa.string()), ("province", pa.string()),
        ("education", pa.string()),
    ]
)  # fmt: skip
STAYS: Final = pa.schema(
    [
        ("person_id", pa.string()), ("settled", pa.date32()), ("departed", pa.date32()),
        ("destination", pa.string()),
    ]
)  # fmt: skip
JOBS: Final = pa.schema(
    [
        ("person_id", pa.string()), ("employer_id", pa.string()), ("start", pa.date32()), ("end", pa.date32()),
        ("contract", pa.string()), ("sector", pa.string()), ("hours", pa.float64()), ("wage", pa.float64()),
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleTables:
    """The three registers as Arrow tables: `persons`, `stays`, `jobs` (columns as in the data contract)."""

    persons: pa.Table
    stays: pa.Table
    jobs: pa.Table


def block_tables(ids: pa.Array, people: People, stays: Stays, records: Records) -> SampleTables:
    """Return the tables of one block; `ids` are the person ids of its persons."""
    return SampleTables(
        persons=pa.table(
            [
                ids,
                _text(people.sex, SEXES),
                _dates(people.birth),
                _text(people.nationality, NATIONALITIES),
                _text(people.household, HOUSEHOLDS),
                _text(people.province, tuple(PROVINCES)),
                _text(people.education, EDUCATION),
            ],
            schema=PERSONS,
        ),
        stays=pa.table(
            [
                ids.take(pa.array(stays.person)),
                _dates(stays.settled),
                _dates(stays.departed, missing=stays.departed == NEVER),
                _text(stays.destination, DESTINATIONS),
            ],
            schema=STAYS,
        ),
        jobs=pa.table(
            [
                ids.take(pa.array(records.person)),
                _employer_texts(records.employer),
                _dates(records.start),
                _dates(records.end),
                _text(records.contract, CONTRACTS),
                _text(records.sector, SECTORS),
                pa.array(records.hours),
                pa.array(records.wage),
            ],
            schema=JOBS,
        ),
    )


def joined(blocks: Sequence[SampleTables]) -> SampleTables:
    """Return blocks as one, in their order."""
    return SampleTables(
        persons=pa.concat_tables([block.persons for block in blocks]),
        stays=pa.concat_tables([block.stays for block in blocks]),
        jobs=pa.concat_tables([block.jobs for block in blocks]),
    )


def nine_digits(numbers: IntArray) -> pa.Array:
    """Return numbers as text of nine characters with leading zeros."""
    return pa.array([f"{number:09d}" for number in numbers.tolist()], type=pa.string())


def employer_text(number: int) -> str:
    """Return the eight-character id of an employer; neighbours in number are not neighbours in id."""
    return f"{(number * 7_368_787 + 1_299_709) % 60_000_000:08d}"


def _employer_texts(employer: IntArray) -> pa.Array:
    distinct, code = np.unique(employer, return_inverse=True)
    names = pa.array([employer_text(number) for number in distinct.tolist()], type=pa.string())
    return names.take(pa.array(code))


def _text(codes: IntArray, names: Sequence[str]) -> pa.Array:
    """Return codes as text; a negative code is missing."""
    indices = pa.array(codes.astype(np.int32), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(names))).cast(pa.string())


def _dates(days: IntArray, missing: NDArray[np.bool_] | None = None) -> pa.Array:
    return pa.array(days.astype(np.int32), mask=missing).cast(pa.date32())
