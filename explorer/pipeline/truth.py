"""The known truth behind a simulated dataset: the expected share departed of the people chosen."""

from __future__ import annotations

import filecmp
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from models.clocks import MONTH_DAYS
from models.register import DESTINATIONS

if TYPE_CHECKING:
    from models.results import FloatArray
    from models.tally.choosing import Chosen
    from models.tally.codes import Codes
    from sample_data.people import People

MOST_PERSONS: Final = 200_000
"""Of more persons, so many are taken at equal distances: the curves then differ in the fourth decimal."""

COLUMNS: Final = ("sex", "nationality_group", "household", "education")


def truth_of(folder: Path) -> Callable[[Codes, Chosen], FloatArray] | None:
    """Return how the truth behind the dataset in `folder` is had, or None where it is not known.

    It is known where the simulator wrote its hazards beside the data and they are still those it would use.
    """
    told = folder / "truth.toml"
    if not told.is_file():
        return None
    import tomllib

    from sample_data.writing import truth_text

    try:
        same = tomllib.loads(told.read_text(encoding="utf-8")) == tomllib.loads(truth_text())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
    return expected_departures if same else None


def is_sample(folder: Path) -> bool:
    """Return whether the people in `folder` are those of the sample, whom the published figures are about.

    Their generator left its hazards and its own description beside them, or they are the small dataset that comes
    with the program; that a dataset calls itself synthetic proves nothing.
    """
    import sample_data

    if truth_of(folder) is not None:
        return _says_what_the_sample_says(folder / "dataset.toml")
    small = sample_data.small_path()
    return all(_same(folder / own.name, own) for own in sorted(small.iterdir()))


def _says_what_the_sample_says(described: Path) -> bool:
    import tomllib

    from sample_data.writing import SampleInfo

    try:
        return tomllib.loads(described.read_text(encoding="utf-8")) == tomllib.loads(SampleInfo().toml())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return False


def _same(one: Path, other: Path) -> bool:
    try:
        return filecmp.cmp(one, other, shallow=False)
    except OSError:
        return False


def expected_departures(codes: Codes, chosen: Chosen) -> FloatArray:
    """Return the true share departed to each destination at every month, for everybody chosen together.

    With a condition on a month the curves start there, among those still in their first stay; that is right because
    in the simulated world neither work nor wage moves leaving.

    Returns
    -------
    Shape (destinations, months); NaN before the month from which curves run, and everywhere of an extract or where the
    dataset lacks a column that the simulator needs.
    """
    from sample_data.expected import true_curves

    days = MONTH_DAYS[: codes.months]
    people = _people(codes, chosen)
    if people is None or codes.info.present_on is not None or chosen.start_month >= codes.months:
        return np.full((len(DESTINATIONS), codes.months), np.nan)
    return true_curves(people, days, chosen.start_day)


def _people(codes: Codes, chosen: Chosen) -> People | None:
    """Return the chosen as the simulator knows them; those with a value it never gives are left out."""
    from sample_data.days import ARRIVALS_FROM, DAYS_PER_YEAR, OBSERVED_UNTIL
    from sample_data.people import EDUCATION, HOUSEHOLDS, SEXES, People

    if not set(COLUMNS) <= set(codes.groupings) or "age" not in codes.numbers:
        return None
    levels = {"sex": SEXES, "household": HOUSEHOLDS, "education": EDUCATION}
    inside = (chosen.group >= 0) & (codes.duration > chosen.start_day)
    inside &= (codes.settled >= ARRIVALS_FROM) & (codes.settled < OBSERVED_UNTIL)
    inside &= np.isfinite(codes.numbers["age"])
    for name, known in levels.items():
        inside &= _places(codes, name, known) >= 0
    rows = np.flatnonzero(inside)
    rows = rows[:: max(1, -(-len(rows) // MOST_PERSONS))]
    settled = codes.settled[rows].astype(np.int64)
    age = codes.numbers["age"][rows].astype(np.int64)
    return People(
        settled=settled,
        birth=settled - np.round((age + 0.5) * DAYS_PER_YEAR).astype(np.int64),
        age=age,
        sex=_places(codes, "sex", SEXES)[rows],
        nationality=np.where(_places(codes, "nationality_group", ("Ukrainian",))[rows] == 0, 0, 1),
        household=_places(codes, "household", HOUSEHOLDS)[rows],
        province=np.zeros_like(age),
        education=_places(codes, "education", EDUCATION)[rows],
    )


def _places(codes: Codes, name: str, known: tuple[str, ...]) -> np.ndarray:
    """Position of each person's level in `known`, -1 where it is not there."""
    grouping = codes.groupings[name]
    place = np.asarray(
        [known.index(level) if level in known else -1 for level in grouping.levels], dtype=np.int64
    )
    return np.asarray(place[grouping.codes])
