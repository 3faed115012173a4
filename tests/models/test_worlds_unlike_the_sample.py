"""In worlds unlike the sample every cell of every table is that of a slow, obvious count."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest

from models.register import DESTINATIONS
from models.results import Nothing, Reason
from models.selection import EVERYONE, AtMonth
from models.tally.building import build_codes
from models.tally.choosing import choose
from models.tally.exits import count_departures, count_exits
from models.tally.spans import Event, spans
from tests.models.exactly import (
    contract_mix,
    departure_rate,
    flows_between,
    lexis_surface,
    life_table,
    occupancy,
    several_employers,
    share_by_cause,
    share_by_destination,
    share_departed,
    share_departed_followed,
    share_working,
    stock,
    stock_destinations,
    transitions,
    wage_fan,
)
from tests.models.odd_worlds import WORLDS
from tests.models.slow import DAYS, Slow
from tests.models.slow_curves import (
    CAUSES,
    curve,
    in_view,
    lexis_cells,
    months_of,
    span_of,
    state_of,
    taken,
)

CONDITIONS = {
    "everyone": EVERYONE,
    "present at 6": AtMonth("present", (), 6),
    "working at 4": AtMonth("working", (), 4),
}
COLUMN = "province"
CLOSE = 1e-11


@pytest.fixture(scope="module", params=WORLDS)
def both(request):
    world = WORLDS[request.param]()
    return Slow(world), build_codes(world.register()), world


@pytest.fixture(scope="module", params=CONDITIONS)
def asked(request, both):
    """Slow world, codes, those chosen, the persons of each group, and the month from which they are followed."""
    slow, codes, _ = both
    chosen = choose(codes, CONDITIONS[request.param], (COLUMN,))
    month = {"everyone": 0, "present at 6": 6, "working at 4": 4}[request.param]
    groups = {key: [] for key in chosen.keys}
    for person in slow.cohort:
        if request.param != "everyone":
            day = slow.month_day(person, month)
            there = slow.present if request.param == "present at 6" else slow.works
            if not slow.observable(person, month) or not there(person, day):
                continue
        groups[slow.people[person][COLUMN],].append(person)
    return slow, codes, chosen, groups, month


def rows_of(result):
    """Observed cells by key and point: a dictionary of measures each; none where there is nothing."""
    if isinstance(result, Nothing):
        return {}
    return {
        (*key, int(at)): {measure.name: float(measure.values[series, point]) for measure in result.measures}
        for series, key in enumerate(result.keys)
        for point, at in enumerate(result.at)
        if result.observed[series, point]
    }


def spans_of(slow, people, event, start):
    found = (span_of(slow, person, event, start) for person in people)
    return [span for span in found if span is not None]


def test_share_departed_and_its_destinations(asked):
    slow, codes, chosen, groups, month = asked
    tally = count_departures(codes, chosen)
    found, parts = share_departed(tally), share_by_destination(tally)
    cells, by_part = rows_of(found), rows_of(parts)
    for place, (key, people) in enumerate(groups.items()):
        risk = spans_of(slow, people, "departure", DAYS[month])
        if not risk:
            assert not [at for at in cells if at[:-1] == key]
            continue
        last = max(m for p in people for m in range(len(DAYS)) if slow.observable(p, m))
        start, rows = curve(risk, DAYS[month], list(range(month, last + 1)))
        assert found.start_days[place] == start
        mine = {k[-1]: v for k, v in cells.items() if k[:-1] == key}
        assert sorted(mine) == sorted(rows)
        for m, row in rows.items():
            assert (mine[m]["at_risk"], mine[m]["departed"]) == (row.at_risk, row.departed)
            assert mine[m]["share_departed"] == pytest.approx(sum(row.shares.values()), abs=CLOSE)
            for name in DESTINATIONS:
                expected = row.shares.get(name, 0.0)
                assert by_part[(*key, name, m)]["share"] == pytest.approx(expected, abs=CLOSE)


@pytest.mark.parametrize("event", [Event.RETURN, Event.FIRST_JOB, Event.JOB_LOSS])
def test_return_first_job_and_loss_of_it(asked, event):
    slow, codes, chosen, groups, month = asked
    own_clock = event is not Event.FIRST_JOB
    first = 0 if own_clock else DAYS[month]
    found = share_by_cause(count_exits(codes, chosen, spans(codes, event)), "outcome")
    if isinstance(found, Nothing):
        assert not any(spans_of(slow, people, event, DAYS[month]) for people in groups.values())
        return
    cells = rows_of(found)
    for key, people in groups.items():
        risk = spans_of(slow, people, event, DAYS[month])
        mine = {k[-2:]: v for k, v in cells.items() if k[: len(key)] == key}
        if not risk:
            assert not mine
            continue
        months = months_of(risk, first)
        if not own_clock:
            last = max(m for p in people for m in range(len(DAYS)) if slow.observable(p, m))
            months = list(range(month, last + 1))
        _, rows = curve(risk, first, months)
        assert sorted(mine) == sorted((name, m) for m in rows for name in CAUSES[event])
        for m, row in rows.items():
            for name in CAUSES[event]:
                assert mine[name, m]["share"] == pytest.approx(row.shares.get(name, 0.0), abs=CLOSE)


def test_fixed_follow_up_counts_those_followed_from_the_start(asked):
    slow, codes, chosen, groups, month = asked
    found = share_departed_followed(codes, chosen)
    if taken(slow) is not None and not month:
        assert found == Nothing(reason=Reason.NOT_FROM_SETTLING)
        return
    expected = {}
    for key, people in groups.items():
        risk = [(p, *slow.at_risk_days(p)) for p in people]
        start = DAYS[month]
        risk = [r for r in risk if r[1] <= start and (r[3] is None or r[2] > start)]
        for m in range(month, len(DAYS)):
            seen = [r for r in risk if slow.observable(r[0], m)]
            if seen:
                gone = sum(1 for r in seen if r[3] is not None and r[2] <= DAYS[m])
                expected[(*key, m)] = (len(seen), gone)
    if isinstance(found, Nothing):
        assert not expected
        return
    cells = {at: (row["observable"], row["departed"]) for at, row in rows_of(found).items()}
    assert cells == expected


def test_rates_and_the_life_table(asked):
    slow, codes, chosen, groups, month = asked
    tally = count_departures(codes, chosen)
    rates, table = rows_of(departure_rate(tally)), rows_of(life_table(tally))
    lived, left = Counter(), Counter()
    for key, people in groups.items():
        for s in spans_of(slow, people, "departure", DAYS[month]):
            for m, (first, last) in enumerate(pairwise(DAYS), start=1):
                lived[*key, m] += max(0, min(s.exit, last) - max(s.entry, first))
                left[*key, m] += s.cause is not None and first < s.exit <= last
    for at, row in rates.items():
        assert (row["person_days"], row["departed"]) == (lived[at], left[at])
    found = share_departed(tally)
    if isinstance(found, Nothing):
        assert not +lived
        return
    ends = dict(zip(tally.keys, tally.last_month, strict=True))
    assert set(rates) == {at for at, days in lived.items() if days and at[-1] <= ends[at[:-1]]}
    started = dict(zip(tally.keys, found.start_days, strict=True))
    for at, row in table.items():
        if started[at[:-1]] <= DAYS[at[-1] - 1]:
            assert (row["person_days"], row["departed"]) == (lived[at], left[at])
        assert row["person_days"] > 0


def test_work_contracts_employers_and_wages(asked):
    slow, codes, chosen, groups, month = asked
    present, working, contracts, several, paid = (Counter() for _ in range(5))
    for key, people in groups.items():
        for person in people:
            for m in range(month, codes.months):
                day = slow.month_day(person, m)
                if not (in_view(slow, person, m) and slow.of_age(person, day) and slow.present(person, day)):
                    continue
                present[*key, m] += 1
                if slow.works(person, day):
                    working[*key, m] += 1
                    contracts[*key, slow.main_job(person, day)["contract"], m] += 1
                    several[*key, m] += slow.employers_since(person, day) > 1
                    paid[*key, m] += slow.hourly_cents(person, day) is not None
    found = rows_of(share_working(codes, chosen))
    assert {at: row["present"] for at, row in found.items()} == present
    assert {at: row["working"] for at, row in found.items() if row["working"]} == working
    mix = rows_of(contract_mix(codes, chosen))
    assert {at: row["persons"] for at, row in mix.items() if row["persons"]} == contracts
    assert {at[:-2] + at[-1:] for at in mix} == set(working)
    more = rows_of(several_employers(codes, chosen))
    assert {at: row["workers"] for at, row in more.items()} == working
    assert {at: row["more_than_one"] for at, row in more.items()} == {at: several[at] for at in working}
    fan = rows_of(wage_fan(codes, chosen))
    assert {at: row["workers"] for at, row in fan.items() if row["workers"]} == +paid


def test_states_and_moves(asked):
    slow, codes, chosen, groups, month = asked
    persons, moves = Counter(), Counter()
    for key, people in groups.items():
        for person in people:
            if not slow.of_age_at_settling(person):
                continue
            states = {m: state_of(slow, person, m) for m in range(month, codes.months)}
            for m, state in states.items():
                persons[*key, state, m] += state is not None
                if m > month and state is not None and states[m - 1] is not None:
                    moves[*key, m, states[m - 1], state] += 1
    found = transitions(codes, chosen)
    assert dict(zip(found.keys, found["persons"], strict=True)) == moves
    curves = occupancy(codes, chosen)
    shown = rows_of(curves)
    assert {at: row["persons"] for at, row in shown.items() if row["persons"]} == {
        at: number for at, number in persons.items() if number and at in shown
    }
    for series, key in enumerate(chosen.keys):
        mine = [at for at in shown if at[:1] == key]
        totals = Counter()
        for at in (at for at in persons if at[:1] == key):
            totals[at[-1]] += persons[at]
        counts = [totals[m] for m in range(month, codes.months)]
        if not any(counts):
            continue
        few = [m for m in range(counts.index(max(counts))) if counts[m] < 10]
        first = month + (few[-1] + 1 if few else 0)
        assert min(at[-1] for at in mine) == first
        assert curves["share"][series * 7 + 6, first - month] == 0  # given presence then, nobody has departed


@pytest.mark.parametrize("months", [(0, 6, 12), (3, 6), (1, 2, 3, 9)])
def test_flows_between_months(asked, months):
    slow, codes, chosen, groups, month = asked
    wanted = [month, *(m for m in months if m > month)] if month else list(months)
    expected = Counter()
    for key, people in groups.items():
        if not people:
            continue
        last = max(m for p in people for m in range(len(DAYS)) if slow.observable(p, m))
        own = [m for m in wanted if m <= last]
        adults = [p for p in people if slow.of_age_at_settling(p)]
        suffixes = [own[at:] for at in range(max(len(own) - 1, 1))]
        seen = [[p for p in adults if all(in_view(slow, p, m) for m in rest)] for rest in suffixes]
        enough = [place for place, people_seen in enumerate(seen) if len(people_seen) >= 10]
        best = enough[0] if enough else max(range(len(seen)), key=lambda at: (len(seen[at]), -at))
        for first, then in pairwise(suffixes[best]):
            for person in seen[best]:
                expected[*key, first, then, state_of(slow, person, first), state_of(slow, person, then)] += 1
    found = flows_between(codes, chosen, months)
    got = {} if isinstance(found, Nothing) else dict(zip(found.keys, found["persons"], strict=True))
    assert got == expected


def test_lexis_cells(asked):
    slow, codes, chosen, groups, month = asked
    found = lexis_surface(codes, chosen)
    got = {}
    if not isinstance(found, Nothing):
        counts = zip(found["departed"], found["person_days"], strict=True)
        got = dict(zip(found.keys, counts, strict=True))
    expected = {
        (*key, *cell): counts
        for key, people in groups.items()
        for cell, counts in lexis_cells(slow, people, DAYS[month]).items()
    }
    assert got == expected


def test_stock_on_days_before_within_and_after(both):
    slow, codes, world = both
    chosen = choose(codes, EVERYONE, ("cohort",))
    grouping = codes.groupings["cohort"]
    level = {p: grouping.levels[grouping.codes[row]] for row, p in enumerate(slow.cohort)}
    begin = taken(slow) or slow.info.arrivals_from
    register = world.register()
    for day in (begin, begin + timedelta(days=200), slow.info.observed_until):
        counts = {key: Counter() for key in chosen.keys}
        gone = Counter()
        for person in slow.cohort:
            if slow.day0(person) > day:
                continue
            entry, duration, destination = slow.at_risk_days(person)
            left = slow.day0(person) + timedelta(days=duration)
            departed = destination is not None and left <= day and duration > entry
            row = counts[level[person],]
            row["settled"] += 1
            row["departed"] += departed
            row["present"] += slow.present(person, day)
            row["working"] += slow.works(person, day)
            gone[level[person], destination] += departed
        expected = {key: row for key, row in counts.items() if row["settled"]}
        found, places = stock(register, codes, chosen, day), stock_destinations(codes, chosen, day)
        if not expected:
            assert found == places == Nothing(reason=Reason.NOBODY)
            continue
        got = {at[:-1]: row for at, row in rows_of(found).items()}
        assert set(got) == set(expected)
        for key, row in expected.items():
            assert {name: got[key][name] for name in ("settled", "departed", "present", "working")} == {
                name: row[name] for name in ("settled", "departed", "present", "working")
            }
            assert np.isnan(got[key]["share_working"]) == (row["present"] == 0)
        to = {at[:-1]: row["persons"] for at, row in rows_of(places).items()}
        assert {at: n for at, n in to.items() if n} == {at: n for at, n in gone.items() if n}
        assert {at[:1] for at in to} == set(expected)
