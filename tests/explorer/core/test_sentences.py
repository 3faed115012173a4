"""Conditions on the future are said with their month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import sample_data
from explorer.core.sentences import phrase, sentence, told_apart
from explorer.core.words import Words
from explorer.pipeline.opening import open_dataset
from explorer.registers.engine import Engine
from models.register import DatasetInfo, PersonColumn
from models.selection import And, AtMonth, Between, IsIn, Not
from models.tally.scales import scale_of

INFO = DatasetInfo(
    title="", source="", synthetic=True, arrivals_from=date(2022, 2, 24), observed_until=date(2024, 7, 1)
)


@pytest.mark.parametrize(
    ("predicate", "said"),
    [
        (AtMonth("present", (), 6), "present in month 6"),
        (
            AtMonth("state", ("on-call", "other"), 6),
            "State in month 6 (aged 18–64 at settling): on call or other contract",
        ),
        (AtMonth("wage", ("15", "20.5"), 12), "Hourly wage in month 12: € 15.00 to € 20.50"),
        (Not(AtMonth("contract", ("agency",), 6)), "not (Contract in month 6: agency)"),
        (
            And((AtMonth("state", ("not working",), 0), AtMonth("wage", ("0", "9"), 3))),
            "State in month 0 (aged 18–64 at settling): not working and Hourly wage in month 3: € 0.00 to € 9.00",
        ),
    ],
)
def test_a_condition_on_the_future_names_its_month(predicate, said):
    assert phrase(predicate, INFO, Words("en")) == said


INF = float("inf")
ROOMS = PersonColumn(name="rooms", kind="number", labels={"en": "Rooms", "nl": "Kamers"})


@pytest.mark.parametrize(
    ("predicate", "english", "dutch"),
    [
        (Between("rooms", 2.5, 5.5), "Rooms: 2.5–5.5", "Kamers: 2,5–5,5"),
        (Between("rooms", 2.5, 2.5), "Rooms: 2.5", "Kamers: 2,5"),
        (Between("rooms", 1500.25, INF), "Rooms: 1,500.25+", "Kamers: 1.500,25+"),
        (Between("rooms", -INF, 0.5), "Rooms: up to 0.5", "Kamers: tot en met 0,5"),
        (Between("rooms", -20, -10.5), "Rooms: −20 to −10.5", "Kamers: −20 t/m −10,5"),
        (Between("rooms", 0, 2.5e20), "Rooms: 0–2.5E+20", "Kamers: 0–2,5E+20"),
        (Between("age", 18, 34), "Age at settling: 18–34", "Leeftijd bij vestiging: 18–34"),
        (Between("age", 60, 150), "Age at settling: 60+", "Leeftijd bij vestiging: 60+"),
        (Between("age", 60, INF), "Age at settling: 60+", "Leeftijd bij vestiging: 60+"),
        (Between("rooms", 60, 150), "Rooms: 60–150", "Kamers: 60–150"),
    ],
)
def test_a_range_of_numbers_is_said_as_the_language_writes_numbers(predicate, english, dutch):
    info = replace(INFO, columns=(ROOMS,))
    assert phrase(predicate, info, Words("en")) == english
    assert phrase(predicate, info, Words("nl")) == dutch


def months(first, last, year=2022):
    return tuple(f"{year}-{month:02d}" for month in range(first, last + 1))


@pytest.mark.parametrize(
    ("column", "values", "english", "dutch"),
    [
        ("month_settled", months(2, 12), "Feb 2022 – Dec 2022", "feb 2022 – dec 2022"),
        ("month_settled", months(11, 12) + months(1, 2, 2023), "Nov 2022 – Feb 2023", "nov 2022 – feb 2023"),
        ("month_settled", ("2022-05", "2022-03", "2022-04"), "Mar 2022 – May 2022", "mrt 2022 – mei 2022"),
        ("month_settled", ("2022-03", "2022-04"), "Mar 2022 or Apr 2022", "mrt 2022 of apr 2022"),
        (
            "month_settled",
            (*months(2, 4), "2022-06", *months(8, 12)),
            "Feb 2022 – Apr 2022 or Jun 2022 or Aug 2022 – Dec 2022",
            "feb 2022 – apr 2022 of jun 2022 of aug 2022 – dec 2022",
        ),
        ("quarter", ("2022 Q2", "2022 Q3", "2022 Q4"), "2022 Q2 – 2022 Q4", "2022 Q2 – 2022 Q4"),
        ("cohort", ("2022 H1", "2022 H2", "2023 H1"), "2022 H1 – 2023 H1", "2022 H1 – 2023 H1"),
        ("age_band", ("18-24", "25-34", "35-44"), "18-24 to 35-44", "18-24 t/m 35-44"),
        (
            "age_band",
            ("unknown", "0-17", "18-24", "25-34"),
            "0-17 to 25-34 or unknown",
            "0-17 t/m 25-34 of onbekend",
        ),
        ("sex", ("female", "male", "unknown"), "female or male or unknown", "vrouw of man of onbekend"),
    ],
)
def test_levels_that_follow_each_other_on_a_scale_are_one_range(column, values, english, dutch):
    for language, said in (("en", english), ("nl", dutch)):
        assert phrase(IsIn(column, values), INFO, Words(language)).split(": ")[1] == said
        assert said in sentence(IsIn(column, values), INFO, Words(language))


def test_a_range_of_periods_with_names_of_days_is_joined_by_a_word():
    own = replace(INFO, periods=(date(2022, 2, 24), date(2022, 11, 15), date(2023, 3, 1), date(2024, 2, 1)))
    levels = scale_of("cohort", own)
    told = phrase(IsIn("cohort", levels[:3]), own, Words("en"))
    assert told == f"Period of settling: {levels[0]} to {levels[2]}"


def test_selections_told_apart_use_ranges_too():
    parts = (("A", IsIn("month_settled", months(2, 9))), ("B", IsIn("month_settled", months(10, 12))))
    told = told_apart(parts, INFO, Words("en"))
    assert told == {"A": "A: Feb 2022 – Sep 2022", "B": "B: Oct 2022 – Dec 2022"}


def test_only_the_whole_phrase_names_each_of_many_levels():
    many = tuple(f"level {at}" for at in range(9))
    info = replace(INFO, columns=(PersonColumn(name="site", kind="category"),))
    brief, whole = (phrase(IsIn("site", many), info, Words("en"), whole=asked) for asked in (False, True))
    assert brief.endswith("4 more")
    assert all(level in whole for level in many)


def test_a_scale_is_the_order_in_which_people_are_grouped():
    codes = open_dataset(sample_data.small_path(), Engine(), use_cache=False).codes
    scales = {name: scale_of(name, codes.info) for name in codes.groupings}
    assert [name for name, scale in scales.items() if scale] == [
        name for name, grouping in codes.groupings.items() if grouping.ordered
    ]
    for name, scale in scales.items():
        levels = codes.groupings[name].levels
        assert not scale or [one for one in scale if one in levels] == [
            one for one in levels if one != "unknown"
        ]
