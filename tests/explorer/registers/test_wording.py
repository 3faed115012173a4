"""What nobody should overlook is said where a dataset opens: in words, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from explorer.__main__ import main
from explorer.core.words import Words
from explorer.pipeline.opening import open_dataset as opened_codes
from explorer.registers.engine import Engine
from explorer.registers.wording import report_lines, warnings
from explorer.shell.showing import card
from tests.explorer.registers.conftest import JOBS, PERSONS, STAYS
from tests.explorer.registers.test_problems import opened

EN, NL = Words("en"), Words("nl")
SEXLESS = PERSONS.replace(",female,", ",x,").replace(",male,", ",,")


def test_nothing_is_said_of_a_dataset_in_order(dataset):
    assert warnings(opened(dataset()).quality, EN) == []


@pytest.mark.parametrize(
    ("parts", "table", "columns"),
    [
        ({"persons": SEXLESS}, "persons", "“sex”"),
        (
            {"persons": PERSONS.replace("1990-01-01", "").replace("1980-06-15", "NA").replace(",UA", ",-")},
            "persons",
            "“birth_date”",
        ),
        ({"stays": STAYS.replace("2023-05-01,origin", ",")}, "stays", "“departed”"),
        ({"stays": STAYS.replace("origin", "Mars")}, "stays", "“destination”"),
        ({"jobs": JOBS.replace("agency", "1").replace("permanent", "2")}, "jobs", "“contract”"),
        ({"jobs": JOBS.replace(",2000", ",").replace(",1200", ",0")}, "jobs", "“wage”"),
    ],
)
def test_a_column_that_says_nothing_is_named(dataset, parts, table, columns):
    register = opened(dataset(**parts))
    assert warnings(register.quality, EN) == [f"Empty or unknown throughout in {table}: {columns}."]
    assert any(columns in line for line in report_lines(register, EN))


def test_a_column_that_says_nothing_counts_rows_as_they_were_read(dataset):
    long = JOBS.replace("2022-04-30,agency", "2022-06-30,x").replace("permanent", "x")
    [finding] = [
        one for one in opened(dataset(jobs=long)).quality.findings if one.problem == "column_unknown"
    ]
    assert (finding.column, finding.rows) == ("contract", 2)


def test_an_extra_column_that_says_nothing_is_named_with_the_others(dataset):
    lines = SEXLESS.strip().split("\n")
    text = "\n".join([lines[0] + ",region", *(line + ",NA" for line in lines[1:])]) + "\n"
    [said] = warnings(opened(dataset(persons=text)).quality, NL)
    assert said == "Overal leeg of onbekend bij personen: “sex”, “region”."


def test_more_than_a_tenth_set_aside_is_said_and_a_tenth_is_not(dataset):
    people = [f"{n:03},female,1990-01-01,UA\n" for n in range(10, 18)]
    stays = [f"{n:03},2022-04-01,,\n" for n in range(10, 18)]
    tenth = {"persons": PERSONS + "".join(people), "stays": STAYS + "".join(stays[1:])}
    assert opened(dataset(**tenth)).quality.of("persons").set_aside == 1
    assert warnings(opened(dataset(**tenth)).quality, EN) == []
    more = {**tenth, "stays": STAYS + "".join(stays[2:])}
    [said] = warnings(opened(dataset(**more)).quality, EN)
    assert said == "More than a tenth is set aside of persons (2 of 10 rows)."


def test_the_command_line_says_it_on_standard_error_and_the_window_on_the_card(
    dataset, capsys, monkeypatch, tmp_path
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = dataset(persons=SEXLESS)
    for command in (["check"], ["table", "departure"]):
        assert main([*command, str(folder)]) == 0
        out, err = capsys.readouterr()
        assert err == "Empty or unknown throughout in persons: “sex”.\n"
        assert "Empty or" not in out
    shown = card(opened_codes(folder, Engine(), use_cache=False), NL)
    assert shown.warning == "Overal leeg of onbekend bij personen: “sex”."


def test_the_card_tells_how_many_there_are_as_every_count_is_told(dataset):
    found = opened_codes(dataset(persons=SEXLESS), Engine(), use_cache=False)
    told = []
    for synthetic in (True, False):
        info = replace(found.codes.info, synthetic=synthetic)
        told.append(card(replace(found, codes=replace(found.codes, info=info)), EN).persons)
    assert found.codes.persons < 10
    assert told == [f"{found.codes.persons} persons", "fewer than 10 persons"]
