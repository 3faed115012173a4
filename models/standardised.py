"""Share working as if every group had the same sexes and ages: direct standardisation of figure 9."""

from __future__ import annotations

import numpy as np

from models.intervals import Z
from models.results import BoolArray, Curves, FloatArray, IntArray, Measure, Nothing, Reason, Result, Unit
from models.tally.choosing import Chosen
from models.tally.codes import Codes, count, pack
from models.tally.exits import last_months

STRATA = ("sex", "age_band")


def share_working_standardised(codes: Codes, chosen: Chosen) -> Result:
    """Figure 9 directly standardised by sex and age band at settling.

    The standard are all selected persons aged 18 to 64 at settling whose sex is known, whatever their group; a few of
    unknown sex would be a stratum that most groups lack. A month has a value for a
    group when somebody of every stratum of the standard is present, aged 18 to 64 that day.

    Returns
    -------
    Curves with columns ``present, working, share_working, ci_low, ci_high``; the counts are as observed, the share is
    Σ w p over strata, its interval on the logit scale from Σ w² p (1 - p) / n.
    """
    if not chosen.groups:
        return Nothing(reason=Reason.NOBODY)
    months = np.arange(chosen.start_month, codes.months)
    age = codes.numbers["age"]
    inside = (chosen.group >= 0) & (age >= 18) & (age < 65)
    inside &= _known_sex(codes)
    if not len(months) or not inside.any():
        return Nothing(reason=Reason.NO_MONTHS if inside.any() else Reason.NOBODY)
    present, working, weight = _by_stratum(codes, chosen, inside)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = working / present
        share = (weight[None, :, None] * p).sum(axis=1)
        variance = (weight[None, :, None] ** 2 * p * (1 - p) / present).sum(axis=1)
    low, high = _logit_limits(share, variance)
    here, at_work = present.sum(axis=1), working.sum(axis=1)
    last = last_months(codes, chosen)
    return Curves(
        by=chosen.by,
        keys=chosen.keys,
        at=months,
        measures=(
            Measure(name="present", unit=Unit.PERSONS, values=here.astype(np.float64)),
            Measure(name="working", unit=Unit.PERSONS, values=at_work.astype(np.float64)),
            Measure(name="share_working", unit=Unit.SHARE, values=share),
            Measure(name="ci_low", unit=Unit.SHARE, values=low),
            Measure(name="ci_high", unit=Unit.SHARE, values=high),
        ),
        observed=(months[None, :] <= last[:, None]) & (here > 0),
        estimate="share_working",
        low="ci_low",
        high="ci_high",
        denominator="present",
        behind=tuple(values.astype(np.float64) for values in (here, at_work, here - at_work)),
        start_month=chosen.start_month,
    )


def _known_sex(codes: Codes) -> BoolArray:
    sex = codes.groupings["sex"]
    known = np.asarray([level != "unknown" for level in sex.levels])
    return np.asarray(known[sex.codes])


def _by_stratum(codes: Codes, chosen: Chosen, inside: BoolArray) -> tuple[IntArray, IntArray, FloatArray]:
    """Present and working by group, stratum and month, and the share of each stratum in the standard."""
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
    weight = np.bincount(place, minlength=len(used)) / len(place)
    return present, working, weight


def _logit_limits(share: FloatArray, variance: FloatArray) -> tuple[FloatArray, FloatArray]:
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = (share > 0) & (share < 1)
        p = np.where(inside, share, np.nan)
        logit, error = np.log(p / (1 - p)), np.sqrt(variance) / (p * (1 - p))
        return 1 / (1 + np.exp(-(logit - Z * error))), 1 / (1 + np.exp(-(logit + Z * error)))
