"""When do people find work? Share working, contract and sector mix, more than one employer."""

from __future__ import annotations

import numpy as np

from models.intervals import wilson
from models.results import BoolArray, Curves, IntArray, Measure, Nothing, Reason, Result, Unit
from models.tally.choosing import Chosen
from models.tally.codes import Codes
from models.tally.states import WorkCounts, count_employers, count_main_jobs, count_work


def share_working(codes: Codes, chosen: Chosen) -> Result:
    """Figure 9: persons who work on the month day among those present, aged 18 to 64 and observable that day.

    Returns
    -------
    Curves with columns ``present, working, share_working, ci_low, ci_high``; Wilson interval.
    """
    tally = count_work(codes, chosen)
    trimmed = _observed(tally, tally.present)
    if isinstance(trimmed, Nothing):
        return trimmed
    return _share(tally, trimmed, ("present", tally.present), ("working", tally.working), "share_working")


def contract_mix(codes: Codes, chosen: Chosen) -> Result:
    """Share of each contract among those working, by the main job on the month day."""
    return _mix(codes, chosen, "contract")


def sector_mix(codes: Codes, chosen: Chosen) -> Result:
    """Share of each NACE/SBI section among those working, by the main job on the month day."""
    return _mix(codes, chosen, "sector")


def several_employers(codes: Codes, chosen: Chosen, *, concurrent: bool = False) -> Result:
    """Share of those working who have had more than one employer since settling, or have so at once."""
    tally = count_work(codes, chosen)
    trimmed = _observed(tally, tally.working)
    if isinstance(trimmed, Nothing):
        return trimmed
    several = count_employers(codes, chosen, concurrent=concurrent)
    return _share(
        tally, trimmed, ("workers", tally.working), ("more_than_one", several), "share", interval=False
    )


def _share(
    tally: WorkCounts,
    observed: BoolArray,
    whole: tuple[str, IntArray],
    part: tuple[str, IntArray],
    name: str,
    *,
    interval: bool = True,
) -> Curves:
    low, high = wilson(part[1], whole[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        share = part[1] / whole[1].astype(np.float64)
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
    )


def _mix(codes: Codes, chosen: Chosen, part: str) -> Result:
    maps = codes.contract if part == "contract" else codes.sector
    tally = count_work(codes, chosen)
    observed = _observed(tally, tally.working)
    if isinstance(observed, Nothing):
        return observed
    if not maps:
        return Nothing(reason=Reason.NO_JOBS)
    persons = count_main_jobs(codes, chosen, maps)
    groups, levels, months = persons.shape
    workers = np.repeat(tally.working, levels, axis=0)
    flat = persons.reshape(groups * levels, months)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = flat / workers.astype(np.float64)
    return Curves(
        by=tally.by,
        keys=tuple((*key, level) for key in tally.keys for level in maps),
        part=part,
        at=tally.months,
        measures=(
            Measure(name="persons", unit=Unit.PERSONS, values=flat.astype(np.float64)),
            Measure(name="share", unit=Unit.SHARE, values=share),
        ),
        observed=np.repeat(observed, levels, axis=0),
        estimate="share",
        behind=_behind(workers, flat),
        start_month=tally.start_month,
    )


def _behind(whole: IntArray, part: IntArray) -> tuple[np.ndarray, ...]:
    """The whole, the part and the rest: a share tells all three."""
    return tuple(np.asarray(values, dtype=np.float64) for values in (whole, part, whole - part))


def _observed(tally: WorkCounts, whole: IntArray) -> BoolArray | Nothing:
    """Months in which somebody was seen of the `whole` that shares are of."""
    if not tally.keys:
        return Nothing(reason=Reason.NOBODY)
    if not len(tally.months) or not tally.present.any():
        return Nothing(reason=Reason.NO_MONTHS)
    if not whole.any():
        return Nothing(reason=Reason.NO_JOBS)
    return np.asarray((tally.months[None, :] <= tally.last_month[:, None]) & (whole > 0))
