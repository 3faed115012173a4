"""Who is taken over of a delivery, and what nobody should overlook about the days it covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from explorer.core.words import N_, Message, Refusal
from explorer.registers.assembly import Population
from explorer.registers.recognising import Delivered, Found

NO_END: Final = N_(
    "The files do not say until when people are observed; give that day, as 2025-01-01 (--observed-until)."
)
NO_BEGINNING: Final = N_(
    "The files do not say from when arrivals count; give that day, as 2022-02-24 (--arrivals-from)."
)
ORDER: Final = N_(
    "Arrivals begin on {first}, which is not before the last day observed, {last}; give other days."
)
NO_WAGES: Final = N_(
    "People are looked at from {first} to {last}, and wages are there for {years} only: outside that nobody seems to "
    "work."
)
NO_WAGES_OF: Final = N_("The wages of {years} are not there: in those years nobody seems to work.")
ONLY: Final = N_("only nationalities {names}")
RESIDENT: Final = N_("only persons resident for at least {days} days")
NO_BIRTHS: Final = N_("without children born here")
BRIDGED: Final = N_("stays at most {days} days apart are one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What is asked of an import; None and empty: as the files say."""

    arrivals_from: date | None = None
    observed_until: date | None = None
    reference_nationality: str = ""
    nationalities: tuple[str, ...] = ()
    days: int = 0
    bridge: int = 0
    born_here: bool = True
    title: str = ""
    synthetic: bool = False


def population_of(found: Found, wishes: Wishes) -> Population:
    """Return who is taken over: days that are not asked follow from the years of the files.

    The last day observed is the first after the year (or month) of the newest file of stays, or of wages where these
    end earlier: after them nobody would seem to work. Arrivals count from the first day of the first year of jobs.

    Raises
    ------
    Refusal
        When the files do not say, or the days are in no order.
    """
    until = wishes.observed_until
    if until is None:
        until = _end((*found.of("stays"), *found.of("months"))[0])
        jobs = [_end(one) for one in found.of("jobs")]
        if until is None:
            raise Refusal(NO_END)
        until = min([until, *(end for end in jobs[:1] if end is not None)])
    first = wishes.arrivals_from
    if first is None:
        years = [one.year for one in found.of("jobs") if one.year]
        if not years:
            raise Refusal(NO_BEGINNING)
        first = date(min(years), 1, 1)
    if first >= until:
        raise Refusal(ORDER, first=first, last=until)
    return Population(
        arrivals_from=first,
        observed_until=until,
        nationalities=wishes.nationalities,
        days=wishes.days,
        bridge=wishes.bridge,
        born_here=wishes.born_here,
    )


def warnings_of(found: Found, who: Population) -> tuple[Message, ...]:
    """Return where people will seem not to work because no file of wages covers that time."""
    jobs = [one for one in found.of("jobs") if one.year]
    if not jobs:
        return ()
    years = sorted({one.year for one in jobs})
    said = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    end = _end(jobs[0])
    out = []
    if who.arrivals_from.year < years[0] or (end is not None and end < who.observed_until):
        out.append(Message(NO_WAGES, {"first": who.arrivals_from, "last": who.observed_until, "years": said}))
    between = range(max(years[0], who.arrivals_from.year), years[-1])
    if gaps := [str(year) for year in between if year not in years]:
        out.append(Message(NO_WAGES_OF, {"years": ", ".join(gaps)}))
    return tuple(out)


def whom(who: Population) -> tuple[Message, ...]:
    """Return of whom the data are, as it stands in their source line."""
    told: tuple[tuple[object, str, dict[str, object]], ...] = (
        (who.nationalities, ONLY, {"names": ", ".join(who.nationalities)}),
        (who.days, RESIDENT, {"days": who.days}),
        (not who.born_here, NO_BIRTHS, {}),
        (who.bridge, BRIDGED, {"days": who.bridge}),
    )
    return tuple(Message(text, values) for asked, text, values in told if asked)


def _end(one: Delivered) -> date | None:
    """Return the day after the year or the month of a file, None where its name says none."""
    if not one.year:
        return None
    months = one.year * 12 + (one.month or 12)
    return date(months // 12, months % 12 + 1, 1)
