"""Worlds unlike the sample: an extract with returns, heavy re-entry, ties on the last day, leap days, no periods."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from tests.models.worlds import FROM, UNTIL, World, make_world

EXTRACT = date(2023, 3, 1)


def kept(world: World, people: set[str]) -> World:
    """The rows of `people` alone."""
    parts = {
        name: [row for row in getattr(world, name) if row["person_id"] in people]
        for name in ("persons", "stays", "jobs")
    }
    return replace(world, **parts)


def present_on(world: World, day: date) -> set[str]:
    return {
        stay["person_id"]
        for stay in world.stays
        if stay["settled"] <= day and (stay["departed"] is None or day < stay["departed"])
    }


def extract_of(world: World, day: date) -> World:
    """What is left of a register when only persons present on a day are in it, with all that is known of them."""
    people = present_on(world, day)
    taken = kept(world, people)
    return replace(taken, info=replace(world.info, present_on=day))


def heavy_reentry() -> World:
    """Everybody leaves and comes back every other month; some had an earlier stay too."""
    world, dice, stays = make_world(31, persons=90), random.Random(31), []
    for person in world.persons:
        at = FROM + timedelta(days=dice.randrange(600))
        while at < UNTIL:
            gone = at + timedelta(days=dice.choice([20, 30, 31, 61, 120]))
            stays.append(
                {
                    "person_id": person["person_id"],
                    "settled": at,
                    "departed": gone,
                    "destination": dice.choice(["origin", "onward", "administrative"]),
                }
            )
            at = gone + timedelta(days=dice.choice([1, 10, 30, 61]))
    earlier = [row for row in world.stays if row["settled"] < FROM]
    return replace(world, stays=[*earlier, *stays])


def ties_on_the_last_day() -> World:
    """People settle on few days, leave on month days, and very many on the last day of observation or after it."""
    world, dice, stays = make_world(32, persons=90), random.Random(32), []
    for person in world.persons:
        settled = UNTIL - timedelta(days=dice.choice([30, 61, 365, 730]))
        departed = dice.choice([UNTIL, UNTIL, UNTIL + timedelta(days=1), settled + timedelta(days=30), None])
        stays.append(
            {
                "person_id": person["person_id"],
                "settled": settled,
                "departed": departed,
                "destination": None if departed is None else dice.choice(["origin", "deceased", "unknown"]),
            }
        )
        if departed == settled + timedelta(days=30) and settled + timedelta(days=61) <= UNTIL:
            stays.append(
                {
                    "person_id": person["person_id"],
                    "settled": dice.choice([UNTIL, settled + timedelta(days=61)]),
                    "departed": None,
                    "destination": None,
                }
            )
    return replace(world, stays=stays)


def leap_days() -> World:
    """Everybody is born on 29 February or beside it and turns 18 or 65 while being looked at."""
    world, dice = make_world(33, persons=90), random.Random(33)
    days = [
        *(date(year, 2, 29) for year in (2004, 1956, 1960, 1984)),
        *(date(year, 3, 1) for year in (2005, 2006, 1957, 1958)),
        date(2005, 2, 28),
    ]
    people = [{**person, "birth_date": dice.choice(days)} for person in world.persons]
    return replace(world, persons=people)


def elsewhere() -> World:
    """Another country: neither periods nor a nationality to refer to."""
    world = make_world(34, persons=90)
    return replace(world, info=replace(world.info, periods=(), reference_nationality=None))


WORLDS = {
    "extract": lambda: extract_of(make_world(35, persons=260), EXTRACT),
    "extract of heavy re-entry": lambda: extract_of(heavy_reentry(), EXTRACT),
    "heavy re-entry": heavy_reentry,
    "ties on the last day": ties_on_the_last_day,
    "leap days": leap_days,
    "elsewhere": elsewhere,
}
