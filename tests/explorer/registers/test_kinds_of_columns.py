"""Extra columns of persons with a meaning: what they are, dataset.toml decides, else name and values."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pyreadstat
import pytest

from explorer.core.words import Refusal
from explorer.pipeline import cache
from explorer.pipeline.opening import open_dataset as opened_codes
from explorer.registers.engine import Engine
from explorer.registers.opening import open_dataset
from models.tally.expression import cohort_table
from tests.explorer.registers.conftest import TOML

HEAD = "person_id,sex,birth_date,nationality,household_id,weight,visa,score\n"
PERSONS = HEAD + "001,female,1990-01-01,UA,007,1.5,2021-12-31,3\n" + "002,male,1980-06-15,NG,,2,soon,x\n"
KINDS = '[columns]\nvisa = { kind = "date" }\nscore = { kind = "number" }\n'


def kinds(register):
    return {column.name: column.kind for column in register.info.columns}


def problems(register):
    return {(finding.problem, finding.column): finding for finding in register.quality.findings}


def test_keys_weights_and_dates_are_kept_and_neither_group_nor_measure(dataset):
    folder = dataset(toml=TOML + KINDS, persons=PERSONS)
    register = open_dataset(folder)
    assert kinds(register) == {"household_id": "key", "weight": "weight", "visa": "date", "score": "number"}
    persons = register.persons.execute().sort_values("person_id")
    assert persons["household_id"].fillna("").tolist() == ["007", ""]
    assert persons["weight"].tolist() == [1.5, 2.0]
    assert pd.Timestamp(persons["visa"].iloc[0]).date() == date(2021, 12, 31)
    assert pd.isna(persons["visa"].iloc[1])
    codes = opened_codes(folder, Engine(), use_cache=False).codes
    assert not {"household_id", "weight", "visa"} & {*codes.groupings, *codes.numbers}
    assert "score" in codes.numbers
    assert not {"household_id", "weight", "visa"} & {*cohort_table(register).columns}


def test_values_that_were_found_are_kept_with_the_counts(dataset, tmp_path):
    opened = opened_codes(dataset(toml=TOML + KINDS, persons=PERSONS), Engine(), use_cache=False)
    assert cache.save(tmp_path / "codes", "key", opened.codes, opened.quality)
    _, quality = cache.load(tmp_path / "codes", "key")
    assert quality == opened.quality
    assert any(finding.found for finding in quality.findings)


def test_dates_that_no_figure_uses_and_values_that_are_none_are_told(dataset):
    found = problems(open_dataset(dataset(toml=TOML + KINDS, persons=PERSONS)))
    assert found["date_unused", "visa"].examples == (1,)
    assert found["value_unreadable", "visa"].found == (("soon", 1),)
    assert found["value_unreadable", "score"].found == (("x", 1),)
    assert ("date_unused", "score") not in found


def test_dataset_toml_decides_what_a_key_and_a_weight_are(dataset):
    stated = '[columns]\nhousehold_id = { kind = "category" }\nweight = { kind = "number" }\nscore = { kind = "key" }\n'
    folder = dataset(toml=TOML + stated, persons=PERSONS)
    codes = opened_codes(folder, Engine(), use_cache=False).codes
    assert codes.groupings["household_id"].levels == ("007", "unknown")
    assert codes.numbers["weight"].tolist() == [1.5, 2.0]
    assert "score" not in codes.groupings


@pytest.mark.parametrize("suffix", ["sav", "dta", "parquet"])
def test_a_column_of_days_is_a_date_by_itself(dataset, suffix):
    folder = dataset(persons=None)
    frame = pd.DataFrame(
        {
            "person_id": ["001", "002"],
            "sex": ["female", "male"],
            "birth_date": ["1990-01-01", "1980-06-15"],
            "nationality": ["UA", "NG"],
            "visa": [date(2021, 12, 31), date(2022, 1, 31)],
        }
    )
    write = {"sav": pyreadstat.write_sav, "dta": pyreadstat.write_dta, "parquet": pd.DataFrame.to_parquet}
    write[suffix](frame, folder / f"persons.{suffix}")
    register = open_dataset(folder)
    assert kinds(register) == {"visa": "date"}
    assert problems(register)["date_unused", "visa"].rows == 2


def test_a_kind_that_is_none_is_refused_with_those_that_are(dataset):
    with pytest.raises(Refusal, match=r"“score”.*“date”, “key”, “weight”"):
        open_dataset(dataset(toml=TOML + '[columns]\nscore = { kind = "family" }\n'))


def test_user_missing_values_are_missing_and_the_order_is_that_of_the_labels(dataset):
    folder = dataset(persons=None)
    frame = pd.DataFrame(
        {
            "person_id": ["001", "002"],
            "sex": [1.0, 9.0],
            "birth_date": ["1990-01-01"] * 2,
            "nationality": ["UA"] * 2,
            "education": [3.0, 99.0],
            "age_class": [2.0, 1.0],
        }
    )
    labels = {
        "sex": {1.0: "man", 2.0: "vrouw", 9.0: "weigert"},
        "education": {1.0: "low", 2.0: "middle", 3.0: "high", 99.0: "refused"},
        "age_class": {1.0: "young", 2.0: "middle-aged"},
    }
    pyreadstat.write_sav(
        frame,
        folder / "persons.sav",
        variable_value_labels=labels,
        missing_ranges={"sex": [9], "education": [{"lo": 90, "hi": 99}]},
    )
    codes = opened_codes(folder, Engine(), use_cache=False).codes
    assert codes.groupings["sex"].levels == ("male", "unknown")
    assert codes.groupings["education"].levels == ("high", "unknown")
    assert codes.groupings["age_class"].levels == ("young", "middle-aged")
    (folder / "dataset.toml").write_text(
        TOML + '[columns]\nage_class = { levels = ["middle-aged", "young"] }\n', encoding="utf-8"
    )
    again = opened_codes(folder, Engine(), use_cache=False).codes
    assert again.groupings["age_class"].levels == ("middle-aged", "young")
