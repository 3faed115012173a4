"""Of stays that end on one day the destination is the first by a fixed order: the order of rows never decides."""

from __future__ import annotations

from datetime import date
from itertools import permutations, product

import pandas as pd
import pytest

from tests.explorer.registers.opened import findings, found, opened, rows

HEAD = "person_id,settled,departed,destination\n"
ORDER = ["deceased", "origin", "onward", "administrative", "unknown"]
WRITTEN = [*ORDER, "", "Mars"]
END = "2023-03-01"


def first(written):
    """The slow look: whoever stands first in the order; what is no code is unknown."""
    said = {name if name in ORDER else "unknown" for name in written}
    return next(name for name in ORDER if name in said)


def persons(count):
    lines = [f"{number:04d},female,1990-05-05,UA" for number in range(count)]
    return "\n".join(["person_id,sex,birth_date,nationality", *lines]) + "\n"


def destinations(dataset, people, **options):
    """Open people given by their stays (settled, departed, destination); return destination by person, and findings."""
    lines = [f"{number:04d},{','.join(stay)}" for number, stays in enumerate(people) for stay in stays]
    folder = dataset(
        persons=persons(len(people)),
        stays=HEAD + "\n".join(lines) + "\n",
        jobs="person_id,employer_id,start,end,contract,sector,hours,wage\n",
    )
    register = opened(folder, **options)
    stays = rows(register, "stays", ["person_id", "settled"])
    assert len(stays) == len(people)
    return [row["destination"] for row in stays], register


@pytest.mark.parametrize("settled", [("2022-03-01", "2022-06-01", "2022-09-01"), ("2022-03-01",) * 3])
def test_three_stays_that_end_on_one_day_give_the_first_destination_in_any_order(dataset, settled):
    # Every triple in every order of rows, so also every order of settling.
    triples = list(product(WRITTEN, repeat=3))
    people = [[(day, END, name) for day, name in zip(settled, triple, strict=True)] for triple in triples]
    got, register = destinations(dataset, people)
    assert got == [first(triple) for triple in triples]
    overruled = sum(
        (name if name in ORDER else "unknown") != first(triple) for triple in triples for name in triple
    )
    assert found(register, "destination_overruled").rows == overruled


def test_two_stays_in_either_order_give_the_same(dataset):
    pairs = list(permutations(WRITTEN, 2))
    people = [[("2022-03-01", END, one), ("2022-06-01", END, other)] for one, other in pairs]
    got, _ = destinations(dataset, people)
    assert dict(zip(pairs, got, strict=True)) == {pair: first(pair) for pair in pairs}


def test_an_empty_destination_that_is_overruled_is_not_said_to_be_unknown(dataset):
    _, register = destinations(dataset, [[("2022-03-01", END, "origin"), ("2022-06-01", END, "")]])
    assert findings(register) == {"stay_merged": 1, "destination_overruled": 1}
    _, register = destinations(dataset, [[("2022-03-01", END, ""), ("2022-06-01", END, "")]])
    assert findings(register).items() >= {"stay_merged": 1, "destination_missing": 2}.items()


def test_only_what_ends_last_counts_whatever_ended_before(dataset):
    people = [
        # Within another stay; touching another; overlapping it.
        [("2022-03-01", END, "origin"), ("2022-04-01", "2022-05-01", "deceased")],
        [("2022-03-01", "2022-06-01", "deceased"), ("2022-06-01", END, "administrative")],
        [("2022-03-01", "2022-09-01", "origin"), ("2022-06-01", END, "")],
        # Touching two that end together.
        [("2022-03-01", "2022-06-01", "deceased"), ("2022-06-01", END, ""), ("2022-07-01", END, "onward")],
    ]
    assert destinations(dataset, people)[0] == ["origin", "administrative", "unknown", "onward"]


def test_stays_bridged_by_a_gap_follow_the_same_order(dataset):
    people = [
        [("2022-03-01", "2022-06-01", "origin"), ("2022-06-04", END, ""), ("2022-08-01", END, "onward")],
        [("2022-08-01", END, "onward"), ("2022-06-04", END, ""), ("2022-03-01", "2022-06-01", "origin")],
    ]
    assert destinations(dataset, people, gap_days=3)[0] == ["onward", "onward"]


def test_who_is_still_resident_has_no_destination_whatever_the_rows_say(dataset):
    people = [
        [("2022-03-01", END, "deceased"), ("2022-06-01", "", "")],
        [("2022-03-01", "2024-09-01", "origin"), ("2022-06-01", "2024-09-01", "")],
        [("2022-03-01", "9999-12-31", "origin"), ("2022-06-01", "", "")],
        # The reference day itself is observed.
        [("2022-03-01", "2024-07-01", ""), ("2022-06-01", "2024-07-01", "origin")],
    ]
    got, register = destinations(dataset, people)
    assert got[3] == "origin"
    assert all(pd.isna(value) for value in got[:3])
    assert "destination_overruled" in findings(register)
    assert rows(register, "stays", ["person_id"])[3]["departed"].date() == date(2024, 7, 1)
