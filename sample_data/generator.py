"""How is the synthetic cohort made? Block by block, the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from sample_data.days import ARRIVALS_FROM, IntArray
from sample_data.draws import stream
from sample_data.leaving import STAYED_FROM, draw_stays
from sample_data.pay import draw_records
from sample_data.people import draw_people, settling_days
from sample_data.tables import SampleTables, block_tables, joined, nine_digits
from sample_data.truth import TRUTH
from sample_data.version import DEFAULT_PERSONS, DEFAULT_SEED
from sample_data.working import draw_jobs

__all__ = ["DEFAULT_PERSONS", "DEFAULT_SEED", "SampleTables", "generate"]

_BLOCK: Final = 16_384
_STEPS: Final = 3
_ID_SPACE: Final = 400_000_000
_ID_STEP: Final = 156_847_399
"""Coprime to `_ID_SPACE`: consecutive numbers become distinct, scattered ids, a quarter with a leading zero."""


def generate(
    persons: int = DEFAULT_PERSONS,
    seed: int = DEFAULT_SEED,
    progress: Callable[[float], None] | None = None,
    dirt: bool = True,
) -> SampleTables:
    """Return a synthetic cohort of `persons` persons.

    Parameters
    ----------
    persons
        Persons in the cohort after cleaning; everything scales with it. A few persons outside the cohort come on top.
    seed
        The same seed gives the same tables.
    progress
        Called with the share done, from 0 to 1, at least three times per block of persons.
    dirt
        Add a few rows of every problem of the data contract (see `sample_data.dirt`). None of them moves the number of
        persons in the cohort.

    Raises
    ------
    ValueError
        If `persons` is not between 1 and 100 million.
    """
    if not 1 <= persons <= 100_000_000:
        raise ValueError(f"persons must be between 1 and 100 million, not {persons}")
    from sample_data.dirt import add_dirt, dirt_persons

    report = progress or _silent
    report(0.0)
    plan = _plan(persons, seed)
    spare = dirt_persons(persons) if dirt else 0
    ids, spare_ids = _ids(len(plan), spare, seed)
    blocks = []
    total = -(-len(plan) // _BLOCK)
    for block in range(total):
        part = slice(block * _BLOCK, (block + 1) * _BLOCK)
        done = _Progress(report=report, block=block, total=total)
        blocks.append(_one_block(plan[part], ids[part], seed, block, done))
    tables = joined(blocks)
    if dirt:
        tables = add_dirt(tables, nine_digits(spare_ids).to_pylist(), stream(seed, "dirt"))
    report(1.0)
    return tables


class _Progress:
    """Turns steps within a block into a share of the whole."""

    __slots__ = ("_block", "_report", "_total")

    def __init__(self, *, report: Callable[[float], None], block: int, total: int) -> None:
        self._report, self._block, self._total = report, block, total

    def __call__(self, step: int) -> None:
        self._report(0.98 * (self._block + step / _STEPS) / self._total)


def _silent(_: float) -> None:
    """Tell nobody."""


def _plan(persons: int, seed: int) -> IntArray:
    """Return every person's settling day in random order; those before the window are outside the cohort."""
    rng = stream(seed, "plan")
    inside = settling_days(persons, rng)
    outside = round(persons * TRUTH.settling.outside_cohort)
    earlier = rng.integers(STAYED_FROM, ARRIVALS_FROM, outside)
    return np.asarray(rng.permutation(np.concatenate([inside, earlier])))


def _ids(persons: int, spare: int, seed: int) -> tuple[IntArray, IntArray]:
    """Return ascending id numbers for `persons`, and `spare` others scattered among them."""
    rng = stream(seed, "plan", 1)
    offset = int(rng.integers(0, _ID_SPACE))
    numbers = (np.arange(persons + spare) * _ID_STEP + offset) % _ID_SPACE
    # The spare ones come last, so that the same people have the same ids with dirt and without.
    return np.sort(numbers[:persons]), np.sort(numbers[persons:])


def _one_block(plan: IntArray, ids: IntArray, seed: int, block: int, done: _Progress) -> SampleTables:
    people = draw_people(plan, stream(seed, "people", block))
    stays = draw_stays(people, plan >= ARRIVALS_FROM, stream(seed, "leaving", block))
    done(1)
    jobs = draw_jobs(people, stays, stream(seed, "working", block))
    records = draw_records(people, jobs, stream(seed, "pay", block))
    done(2)
    tables = block_tables(nine_digits(ids), people, stays, records)
    done(3)
    return tables
