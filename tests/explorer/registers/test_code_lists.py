"""Code lists say where they are from; a code means something in its own scheme; a dataset's own list goes first."""

from __future__ import annotations

from importlib.resources import files

import pandas as pd
import pyreadstat
import pytest

from explorer.core.words import Refusal, Words
from explorer.registers.code_lists import LEVELS_OF, code_lists, level_of
from explorer.registers.fingerprint import data_hash
from explorer.registers.opening import open_dataset
from explorer.registers.wording import report_lines
from tests.explorer.registers.conftest import JOBS, STAYS

NOT_COUNTRIES = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]
)
CODES = [
    ("country", "6038", "rvig", "UA"),
    ("country", "9049", "rvig", "SU"),
    ("country", "0034", "rvig", None),
    ("nationality", "0034", "rvig", "UA"),
    ("nationality", "6038", "rvig", None),
    ("nationality", "0499", "rvig", "stateless"),
    ("country", "0000", "rvig", "unknown"),
    ("country", "7777", "rvig", None),
    ("country", "9999", "rvig", None),
    ("sex", "1", "gba", "male"),
    ("sex", "1", "name", None),
    ("contract", "b", "scontractsoort", "fixed-term"),
    ("contract", "N", "scontractsoort", None),
    ("contract", "5", "ssoortbaan", "on-call"),
    ("sector", "78", "sbi", "N"),
    ("sector", "04", "sbi", None),
]


@pytest.mark.parametrize(("name", "code", "scheme", "level"), CODES)
def test_a_code_means_its_level_in_its_own_scheme_and_list(name, code, scheme, level):
    assert level_of(name, code, scheme) == level


@pytest.mark.parametrize("name", LEVELS_OF)
def test_every_list_begins_with_its_source_and_its_date_and_knows_its_levels(name):
    text = files("explorer.registers").joinpath("codes", f"{name}.csv").read_text(encoding="utf-8")
    head, _, rows = text.partition("code,scheme,level,en,nl\n")
    assert all(line.startswith("# ") for line in head.splitlines())
    assert "20" in head
    levels = {row.split(",")[2] for row in rows.splitlines() if '"' not in row} - {""}
    open_lists = ("country", "nationality")
    assert levels
    assert all(level in LEVELS_OF[name] or (name in open_lists and len(level) == 2) for level in levels)


def test_every_country_is_there_by_both_names():
    from babel import Locale

    for code, name in Locale.parse("nl").territories.items():
        if len(code) == 2 and code not in NOT_COUNTRIES:
            assert level_of("country", name) == level_of("nationality", name) == code


def test_a_list_of_the_dataset_goes_before_the_shipped_one(dataset):
    folder = dataset(
        persons="person_id,sex,birth_date,nationality\n001,1,1990-01-01,UA\n002,M,1980-06-15,0034\n"
    )
    before = data_hash(folder)
    (folder / "codes").mkdir()
    (folder / "codes" / "sex.csv").write_text("# ours\ncode;level\n1;male\nm;female\n", encoding="utf-8")
    (folder / "codes" / "nationality.csv").write_text("code,level\n0034,UA\n", encoding="utf-8")
    assert data_hash(folder) != before
    persons = open_dataset(folder).persons.execute().sort_values("person_id")
    assert persons["sex"].tolist() == ["male", "female"]
    assert persons["nationality"].tolist() == ["UA", "UA"]
    assert code_lists(folder).level_of("sex", "vrouw") == "female"
    assert code_lists(folder).level_of("sex", "") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"code,level\n1,intersex\n", "intersex"),
        (b"code,meaning\n1,male\n", "level"),
        (b"code,level\n\xff,male\n", "UTF-8"),
        (b"code,level\n1,\n", "not a level"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_by_name(dataset, text, said):
    folder = dataset()
    (folder / "codes").mkdir()
    (folder / "codes" / "sex.csv").write_bytes(text)
    with pytest.raises(Refusal, match=said) as refused:
        open_dataset(folder)
    assert "codes/sex.csv" in str(refused.value)


def test_codes_of_a_labelled_file_that_have_no_label_are_found_in_the_own_list(dataset):
    folder = dataset(persons=None)
    frame = pd.DataFrame(
        {
            "person_id": ["001", "002"],
            "sex": [1.0, 7.0],
            "birth_date": ["1990-01-01"] * 2,
            "nationality": ["UA"] * 2,
        }
    )
    pyreadstat.write_sav(frame, folder / "persons.sav", variable_value_labels={"sex": {1.0: "1 = Man"}})
    (folder / "codes").mkdir()
    (folder / "codes" / "sex.csv").write_text("code,level\n7,female\n", encoding="utf-8")
    persons = open_dataset(folder).persons.execute().sort_values("person_id")
    assert persons["sex"].tolist() == ["male", "female"]


def test_what_no_list_knows_is_told_with_its_values_and_their_labels(dataset):
    folder = dataset(persons=None, jobs=JOBS.replace("agency", "volunteer"))
    frame = pd.DataFrame(
        {
            "person_id": ["001", "002", "003"],
            "sex": [9.0, 7.0, 9.0],
            "birth_date": ["1990-01-01"] * 3,
            "nationality": ["UA", "6038", "UA"],
        }
    )
    labels = {"sex": {1.0: "man", 9.0: "anders"}}
    pyreadstat.write_sav(frame, folder / "persons.sav", variable_value_labels=labels)
    (folder / "stays.csv").write_text(STAYS + "003,2022-03-01,2022-09-01,Mars\n", encoding="utf-8")
    quality = open_dataset(folder).quality
    found = {finding.problem: finding.found for finding in quality.findings if finding.found}
    assert found == {
        "sex_unknown": (("9 = anders", 2), ("7", 1)),
        "nationality_unknown": (("6038", 1),),
        "destination_unknown": (("Mars", 1),),
        "contract_unknown": (("volunteer", 1),),
    }
    assert any("“9 = anders” (2), “7” (1)" in line for line in report_lines(quality, Words("nl")))
