"""When do people find work? Share working, contract and sector mix, more than one employer."""

from __future__ import annotations

import numpy as np

from models.disclosure.releasing import Released
from models.disclosure.rounding import share_of
from models.intervals import wilson
from models.results import BoolArray, Counts, Curves, FloatArray, Measure, Nothing, Reason, Result, Unit
from models.rules import Pass
from models.tally.states import EmployerCounts, JobCounts, WorkCounts


def share_working(released: Released[WorkCounts]) -> Result:
    """Figure 9: persons who work on the month day among those present, aged 18 to 64 and observable that day.

    Returns
    -------
    Curves with columns ``present, working, share_working, ci_low, ci_high``; Wilson interval.
    """
    tally = released.counts
    observed = _observed(tally, tally.present)
    if isinstance(observed, Nothing):
        return observed
    whole, part = ("present", tally.present), ("working", tally.working)
    return _share(tally, observed, whole, part, "share_working", released.passed)


def main_job_mix(released: Released[JobCounts], part: str) -> Result:
    """Share of each contract or sector (`part`) among those working, by the main job on the month day."""
    tally, jobs = released.counts.work, released.counts
    observed = _observed(tally, tally.working)
    if isinstance(observed, Nothing):
        return observed
    if not jobs.levels:
        return Nothing(reason=Reason.NO_JOBS)
    groups, levels, months = jobs.persons.shape
    workers = np.asarray(np.repeat(tally.working, levels, axis=0), dtype=np.float64)
    flat = jobs.persons.reshape(groups * levels, months)
    return Curves(
        by=tally.by,
        keys=tuple((*key, level) for key in tally.keys for level in jobs.levels),
        part=part,
        at=tally.months,
        measures=(
            Measure(name="persons", unit=Unit.PERSONS, values=flat.astype(np.float64)),
            Measure(name="share", unit=Unit.SHARE, values=share_of(flat, workers, released.rules)),
        ),
        observed=np.repeat(observed, levels, axis=0),
        estimate="share",
        behind=_behind(workers, flat),
        start_month=tally.start_month,
        passed=released.passed,
    )


def several_employers(released: Released[EmployerCounts]) -> Result:
    """Share of those working who have had more than one employer since settling, or have so at once."""
    tally = released.counts.work
    observed = _observed(tally, tally.working)
    if isinstance(observed, Nothing):
        return observed
    whole, part = ("workers", tally.working), ("more_than_one", released.counts.several)
    return _share(tally, observed, whole, part, "share", released.passed, interval=False)


def _share(
    tally: WorkCounts,
    observed: BoolArray,
    whole: tuple[str, Counts],
    part: tuple[str, Counts],
    name: str,
    passed: Pass,
    *,
    interval: bool = True,
) -> Curves:
    share = share_of(part[1], whole[1], passed.rules)
    low, high = (np.where(np.isnan(share), np.nan, limit) for limit in wilson(part[1], whole[1]))
    limits = (
        Measure(name="ci_low", unit=Unit.SHARE, values=low),
        Measure(name="ci_high", unit=Unit.SHARE, values=high),
    )
    return Curves(
        by=tally.by,
        keys=tally.keys,
        at=tally.months,
        measures=(
            Measure(name=whole[0], unit=Unit.PERSONS, values=whole[1].astype(np.float64)),
            Measure(name=part[0], unit=Unit.PERSONS, values=part[1].astype(np.float64)),
            Measure(name=name, unit=Unit.SHARE, values=share),
            *(limits if interval else ()),
        ),
        observed=observed,
        estimate=name,
        low="ci_low" if interval else "",
        high="ci_high" if interval else "",
        denominator=whole[0],
        behind=_behind(whole[1], part[1]),
        start_month=tally.start_month,
        passed=passed,
    )


def _behind(whole: Counts, part: Counts) -> tuple[FloatArray, ...]:
    """The whole, the part and the rest: a share tells all three."""
    return tuple(np.asarray(values, dtype=np.float64) for values in (whole, part, whole - part))


def _observed(tally: WorkCounts, whole: Counts) -> BoolArray | Nothing:
    """Months in which somebody was seen of the `whole` that shares are of."""
    if not tally.keys:
        return Nothing(reason=Reason.NOBODY)
    if not len(tally.months) or not tally.present.any():
        return Nothing(reason=Reason.NO_MONTHS)
    if not whole.any():
        return Nothing(reason=Reason.NO_JOBS)
    if np.isnan(whole).all():
        return Nothing(reason=Reason.ALL_HIDDEN)
    # Whose number is not told may have been there.
    return np.asarray((tally.months[None, :] <= tally.last_month[:, None]) & (whole != 0))
