"""What is implausible is judged after summing within person, employer and calendar month."""

from __future__ import annotations

import random
from fractions import Fraction

from models.tally.building import build_codes
from models.tally.codes import unpack
from tests.explorer.registers.conftest import JOBS, STAYS
from tests.explorer.registers.opened import findings, found, opened

HEAD = JOBS.split("\n")[0] + "\n"
WHOLE = "2022-04-01,2022-04-30"
ARRIVED = STAYS.replace("001,2022-03-01", "001,2022-04-10")


def april(dataset, people):
    """Open people who settle on 10 April 2022, each with records (employer, hours, wage) of that month.

    Returns for each whether they work on the day of settling and their cents an hour, and the rows left out of wages.
    """
    names = [f"{number:03d}" for number in range(len(people))]
    register = opened(
        dataset(
            persons="".join(
                [
                    "person_id,sex,birth_date,nationality\n",
                    *(f"{name},male,1990-01-01,UA\n" for name in names),
                ]
            ),
            stays="".join(
                ["person_id,settled,departed,destination\n", *(f"{name},2022-04-10,,\n" for name in names)]
            ),
            jobs=HEAD
            + "".join(
                f"{name},{employer},{WHOLE},agency,N,{hours},{wage}\n"
                for name, records in zip(names, people, strict=True)
                for employer, hours, wage in records
            ),
        )
    )
    codes = build_codes(register)
    wages = codes.wages
    paid = dict(zip(wages.person.tolist(), wages.cents.tolist(), strict=True))
    working = unpack(codes.working[0], codes.persons).tolist()
    left_out = findings(register).get("wage_unusable", 0)
    return [(works, paid.get(row)) for row, works in enumerate(working)], left_out


# Records of a month, whether they make work, the cents an hour, and how many are left out of wages.
MONTHS = [
    # A booking, its reversal, and the right one.
    ([("A", 160, 3200), ("A", -160, -3200), ("A", 160, 2400)], True, 1500, 0),
    # A correction of the wage alone, and of the hours alone.
    ([("A", 160, 2400), ("A", 0, 160)], True, 1600, 0),
    ([("A", 160, 2400), ("A", 0, -160)], True, 1400, 0),
    ([("A", 160, 2400), ("A", -10, 0)], True, 1600, 0),
    # What was booked is taken back: neither work nor wage.
    ([("A", 160, 2400), ("A", -160, -2400)], False, None, 2),
    ([("A", 160, 2400), ("A", -161, -2415)], False, None, 2),
    # A reversal at another employer cancels nothing.
    ([("A", 160, 2400), ("B", -160, -2400)], True, 1500, 1),
    # Each record is plausible or not; only the sum counts.
    ([("A", 1, 2000), ("A", 159, 400)], True, 1500, 0),
    ([("A", 1, 2000)], True, None, 1),
    ([("A", 160, 2400), ("B", 1, 2000)], True, 1500, 1),
    ([("A", 160, 2400), ("A", 0, -2400)], True, None, 2),
    # Both limits are allowed.
    ([("A", 3, 3)], True, 100, 0),
    ([("A", 3, "2.9999")], True, None, 1),
    ([("A", 3, 3000)], True, 100_000, 0),
    ([("A", 3, "3000.0001")], True, None, 1),
    ([("A", "0.1", "0.1"), ("A", "0.2", "0.2"), ("A", "-0.3", "-0.2")], False, None, 3),
    # Without hours: no work and no wage by itself.
    ([("A", 0, 2000)], False, None, 1),
    ([("A", 0, 0)], False, None, 1),
    # A wage that is missing makes the sum unknown, not smaller.
    ([("A", 160, 2400), ("A", 160, "")], True, None, 2),
    ([("A", 160, 2400), ("B", 160, "")], True, 1500, 1),
]


def test_the_sum_of_an_employers_month_decides_in_any_order_of_rows(dataset):
    people = [records for records, *_ in MONTHS]
    expected = [(works, cents) for _, works, cents, _ in MONTHS]
    left_out = sum(count for *_, count in MONTHS)
    assert april(dataset, people) == (expected, left_out)
    assert april(dataset, [records[::-1] for records in people]) == (expected, left_out)


# 15.005, 15.015 and 15.025 EUR: halves to even; and a ten-thousandth beside them.
HALVES = [
    (40, "600.2", 1500),
    (40, "600.6", 1502),
    (40, "601", 1502),
    (40, "600.2001", 1501),
    (40, "600.1999", 1500),
    ("0.3", "4.5015", 1500),
    ("0.3", "4.5045", 1502),
    ("1.1", "1.1055", 100),
    (40, "40200.2", None),
    (40, "39999.8", 100_000),
]


def test_halves_of_a_cent_go_to_even_as_decimals(dataset):
    got, _ = april(dataset, [[("A", hours, wage)] for hours, wage, _ in HALVES])
    assert got == [(True, cents) for *_, cents in HALVES]


def test_hours_and_wages_of_several_employers_are_added_before_they_are_divided(dataset):
    # Each is 15.00 or 15.02; together 15.005, and not the mean of the two.
    both = [("A", 30, 450), ("B", 10, "150.2")]
    got, _ = april(dataset, [both, [*both, ("B", -5, "-75")]])
    assert got == [(True, 1500), (True, 1501)]


def test_a_record_that_spans_months_is_left_out_where_one_of_its_months_is(dataset):
    jobs = (
        HEAD + "001,A,2022-04-21,2022-05-10,agency,N,200,3000\n001,A,2022-04-01,2022-04-30,agency,N,0,-1600\n"
    )
    register = opened(dataset(stays=ARRIVED, jobs=jobs))
    assert found(register, "wage_unusable").examples == (1, 2)
    # Month 1 is 10 May: 10 of 20 days.
    assert build_codes(register).wages.cents.tolist() == [1500]


def test_the_rows_counted_are_those_of_the_months_that_the_tally_leaves_out(dataset):
    dice = random.Random(7)
    records = [
        (
            dice.choice("ABC"),
            month,
            dice.choice([0, -8, 8, 40]),
            dice.choice([0, -120, 6, 120, 600, 41_000, ""]),
        )
        for month in range(4, 13)
        for _ in range(dice.randrange(1, 7))
    ]
    lines = [f"001,{e},2022-{m:02d}-01,2022-{m:02d}-28,agency,N,{h},{w}\n" for e, m, h, w in records]
    register = opened(dataset(stays=ARRIVED, jobs=HEAD + "".join(lines)))
    out, cents = set(), []
    for month in range(4, 13):
        hours = wages = Fraction(0)
        for employer in "ABC":
            rows = [n for n, r in enumerate(records, start=1) if r[:2] == (employer, month)]
            own = [records[n - 1] for n in rows]
            worked = sum(Fraction(r[2]) for r in own)
            earned = sum(Fraction(r[3] or 0) for r in own)
            if all(r[3] != "" for r in own) and worked > 0 and earned > 0 and 1 <= earned / worked <= 1000:
                hours, wages = hours + worked, wages + earned
            else:
                out |= set(rows)
        if hours:
            cents.append(round(wages / hours * 100))
    assert out
    assert len(out) < len(records)
    assert found(register, "wage_unusable").rows == len(out)
    assert found(register, "wage_unusable").examples == tuple(sorted(out))[:20]
    assert build_codes(register).wages.cents.tolist()[: len(cents)] == cents
