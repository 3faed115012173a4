"""Share working as if every group had the same sexes and ages: direct standardisation of figure 9."""

from __future__ import annotations

import numpy as np

from models.disclosure.releasing import Released
from models.intervals import Z
from models.results import Curves, FloatArray, Measure, Nothing, Reason, Result, Unit
from models.tally.strata import StrataCounts


def share_working_standardised(released: Released[StrataCounts]) -> Result:
    """Figure 9 directly standardised by sex and age band at settling.

    The standard are all selected persons aged 18 to 64 at settling whose sex is known, whatever their group. A month
    has a value for a group when somebody of every stratum of the standard is present, aged 18 to 64 that day; of
    rounded counts, when enough of every stratum are.

    Returns
    -------
    Curves with columns ``present, working, share_working, ci_low, ci_high``; the counts are as observed, the share is
    Σ w p over strata, its interval on the logit scale from Σ w² p (1 - p) / n.
    """
    tally, work = released.counts, released.counts.work
    if not work.keys:
        return Nothing(reason=Reason.NOBODY)
    if not len(work.months) or not tally.standard.any():
        return Nothing(reason=Reason.NO_MONTHS if tally.standard.any() else Reason.NOBODY)
    if np.isnan(tally.standard).all():
        return Nothing(reason=Reason.ALL_HIDDEN)
    weight = tally.standard / np.nansum(tally.standard)
    # A stratum of too few in the whole selection is not told of: the standard is without it.
    told = ~np.isnan(weight)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = (tally.working / tally.present)[:, told]
        share = (weight[None, told, None] * p).sum(axis=1)
        variance = (weight[None, told, None] ** 2 * p * (1 - p) / tally.present[:, told]).sum(axis=1)
    low, high = _logit_limits(share, variance)
    here, at_work = (np.asarray(counts, dtype=np.float64) for counts in (work.present, work.working))
    return Curves(
        by=work.by,
        keys=work.keys,
        at=work.months,
        measures=(
            Measure(name="present", unit=Unit.PERSONS, values=here),
            Measure(name="working", unit=Unit.PERSONS, values=at_work),
            Measure(name="share_working", unit=Unit.SHARE, values=share),
            Measure(name="ci_low", unit=Unit.SHARE, values=low),
            Measure(name="ci_high", unit=Unit.SHARE, values=high),
        ),
        observed=(work.months[None, :] <= work.last_month[:, None]) & (here != 0),
        estimate="share_working",
        low="ci_low",
        high="ci_high",
        denominator="present",
        behind=(here, at_work, here - at_work),
        start_month=work.start_month,
        passed=released.passed,
    )


def _logit_limits(share: FloatArray, variance: FloatArray) -> tuple[FloatArray, FloatArray]:
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = (share > 0) & (share < 1)
        p = np.where(inside, share, np.nan)
        logit, error = np.log(p / (1 - p)), np.sqrt(variance) / (p * (1 - p))
        return 1 / (1 + np.exp(-(logit - Z * error))), 1 / (1 + np.exp(-(logit + Z * error)))
