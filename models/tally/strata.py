"""The tally of work by sex and age band: who is present and who works in each stratum, by month and group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.results import BoolArray, Counts, IntArray
from models.tally.choosing import Chosen
from models.tally.codes import Codes, count, pack
from models.tally.exits import last_months
from models.tally.states import WorkCounts

STRATA = ("sex", "age_band")


@dataclass(frozen=True, slots=True, kw_only=True)
class StrataCounts:
    """Persons on month days, aged 18 to 64 at settling and that day, present and observable, by stratum.

    `work` is of all strata together; `present` and `working` have shape (groups, strata, months). `standard` are the
    persons of each stratum among all selected, shape (strata,).
    """

    work: WorkCounts
    present: Counts
    working: Counts
    standard: Counts


def count_strata(codes: Codes, chosen: Chosen) -> StrataCounts:
    """Count work by stratum of those whose sex is known: few of unknown sex would be a stratum most groups lack."""
    age = codes.numbers["age"]
    inside = (chosen.group >= 0) & (age >= 18) & (age < 65) & _known_sex(codes)
    present, working, standard = _by_stratum(codes, chosen, inside)
    return StrataCounts(
        work=WorkCounts(
            by=chosen.by,
            keys=chosen.keys,
            months=np.arange(chosen.start_month, codes.months),
            last_month=last_months(codes, chosen),
            present=present.sum(axis=1),
            working=working.sum(axis=1),
            start_month=chosen.start_month,
        ),
        present=present,
        working=working,
        standard=standard,
    )


def _known_sex(codes: Codes) -> BoolArray:
    sex = codes.groupings["sex"]
    known = np.asarray([level != "unknown" for level in sex.levels])
    return np.asarray(known[sex.codes])


def _by_stratum(codes: Codes, chosen: Chosen, inside: BoolArray) -> tuple[IntArray, IntArray, IntArray]:
    """Present and working by group, stratum and month, and the persons of each stratum."""
    stratum = np.zeros(codes.persons, dtype=np.int64)
    for name in STRATA:
        stratum = stratum * len(codes.groupings[name].levels) + codes.groupings[name].codes
    used, place = np.unique(stratum[inside], return_inverse=True)
    of = np.full(codes.persons, -1, dtype=np.int64)
    of[inside] = place
    cells = np.where(inside, chosen.group * len(used) + of, -1)
    masks = pack(cells[None, :] == np.arange(chosen.groups * len(used))[:, None])
    of_age = codes.of_age[chosen.start_month :]
    shape = (chosen.groups, len(used), len(of_age))
    present = count(codes.present[chosen.start_month :] & of_age, masks).reshape(shape)
    working = count(codes.working[chosen.start_month :] & of_age, masks).reshape(shape)
    return present, working, np.bincount(place, minlength=len(used))
