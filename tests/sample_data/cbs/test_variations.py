"""Every way in which deliveries differ is in the files, and the same seed gives the same files."""

from __future__ import annotations

import re

import pandas as pd
import pyarrow.parquet as pq
import pyreadstat
import pytest

from explorer.__main__ import main
from sample_data.cbs.writing import write_cbs


@pytest.fixture(scope="module")
def sav(tmp_path_factory):
    return write_cbs(tmp_path_factory.mktemp("sav"), "sav", persons=300, seed=3) / "components"


@pytest.fixture(scope="module")
def csv(tmp_path_factory):
    return write_cbs(tmp_path_factory.mktemp("csv"), "csv", persons=300, seed=3) / "components"


@pytest.fixture(scope="module")
def read(sav):
    return {path.stem: pyreadstat.read_sav(path) for path in sav.rglob("*.[sS]*")}


def column(read, start, name):
    frame = next(frame for stem, (frame, _) in read.items() if start in stem)
    return frame.rename(columns=str.upper)[name]


def test_names_come_plain_with_a_space_and_with_a_date(csv):
    names = [path.stem for path in csv.rglob("*.*")]
    assert sum(name.startswith("240915 ") for name in names) == 1
    assert sum(" " in name for name in names) == 2


def test_files_lie_in_a_folder_of_theme_component_and_year_with_endings_in_both_cases(sav):
    folders = {path.relative_to(sav).parent.as_posix() for path in sav.rglob("*.*")}
    assert {"Bevolking/GBAPERSOONTAB/2024", "Spolis/SPOLISBUS/2023", "Arbeid/BETAB/2022"} <= folders
    assert {path.suffix for path in sav.rglob("*.*")} == {".sav", ".SAV", ".csv"}


def test_a_converted_copy_of_a_wage_file_lies_beside_the_delivered_one(sav):
    (copy,) = sav.rglob("*.csv")
    assert copy.parent.name == "geconverteerde data"
    (original,) = copy.parents[1].glob("*.[sS]*")
    assert copy.stem == f"{original.stem}_csv"
    assert len(copy.read_bytes().splitlines()) == 1 + len(pyreadstat.read_sav(original)[0])


def test_deaths_come_in_a_yearly_file_or_a_provisional_one_of_a_month(tmp_path):
    names = set()
    for seed in range(6):
        folder = write_cbs(tmp_path / str(seed), "parquet", 20, seed) / "components"
        paths = sorted(path for path in folder.rglob("*.*") if "OVERLIJDEN" in path.name)
        for path in paths:
            columns = [name.upper() for name in pq.read_schema(path).names]
            assert columns[-1].startswith("VRL") == path.name.startswith("VRL")
        names.add(tuple(re.sub(r"^\d{6} | (?=\d)", "", path.stem) for path in paths))
    assert names == {
        ("GBAOVERLIJDENTAB2024V1",),
        ("VRLGBAOVERLIJDENTABV2024091", "VRLGBAOVERLIJDENTABV2024092"),
    }


def test_columns_come_in_upper_lower_and_mixed_case(read):
    found = {("upper" if name.isupper() else "lower" if name.islower() else "mixed")
             for frame, _ in read.values() for name in [frame.columns[0]]}  # fmt: skip
    assert found == {"upper", "lower", "mixed"}


def test_both_dialects_of_csv_come_with_letters_that_tell_their_encoding(csv):
    heads = {path: path.read_bytes() for path in csv.rglob("*.*")}
    semicolon = [text for text in heads.values() if b";" in text.splitlines()[0]]
    comma = [text for text in heads.values() if b";" not in text.splitlines()[0]]
    assert any("cliëntgebonden".encode("cp1252") in text for text in semicolon + comma)
    assert any(byte > 127 for text in semicolon for byte in text)
    assert any(byte > 127 for text in comma for byte in text)
    for text in comma:
        text.decode("utf-8")


@pytest.mark.parametrize(("dialect", "separator"), [("semicolon", b";"), ("comma", b",")])
def test_one_dialect_can_be_asked_for(tmp_path, dialect, separator):
    for path in (write_cbs(tmp_path, "csv", 50, 1, dialect) / "components").rglob("*.*"):
        assert separator in path.read_bytes().splitlines()[0]


def test_dates_come_as_text_as_integers_and_as_days(read):
    kinds = set()
    for frame, _ in read.values():
        for name in frame.columns:
            if "DATUM" in name.upper():
                value = frame[name].iloc[0]
                kinds.add(
                    "text" if isinstance(value, str) else "integer" if isinstance(value, float) else "day"
                )
    assert kinds == {"text", "integer", "day"}


def test_days_of_csv_come_with_dashes_and_without(csv):
    lengths = set()
    for path in csv.rglob("*.*"):
        frame = pd.read_csv(path, sep=None, engine="python", dtype=str, encoding="cp1252")
        lengths |= {len(frame[name].iloc[0]) for name in frame.columns if "DATUM" in name.upper()}
    assert lengths == {len("20231231"), len("2023-12-31")}


def test_days_of_parquet_come_as_text_as_integers_and_as_days(tmp_path):
    kinds = set()
    for path in (write_cbs(tmp_path, "parquet", persons=60, seed=3) / "components").rglob("*.*"):
        kinds |= {str(column.type) for column in pq.read_schema(path) if "DATUM" in column.name.upper()}
    assert kinds == {"large_string", "int64", "date32[day]"}


def test_sex_country_and_contract_have_labels(read):
    labels = {}
    for _, meta in read.values():
        for name, words in meta.variable_value_labels.items():
            labels.setdefault(name.upper(), {}).update(words)
    assert labels["GBAGESLACHT"]["2"] == "Vrouwen"
    assert labels["GBAGEBOORTELAND"]["6038"] == "Oekraïne"
    assert labels["SCONTRACTSOORT"]["B"] == "Bepaalde tijd"


def test_labels_of_stata_stand_on_numbers_without_their_zeros(tmp_path):
    folder = write_cbs(tmp_path, "dta", persons=300, seed=3) / "components"
    path = next(path for path in folder.rglob("*.*") if "GBANATIONALITEIT" in path.name)
    frame, meta = pyreadstat.read_dta(path)
    (words,) = meta.variable_value_labels.values()
    assert words[34] == "Oekraïense"
    assert (frame.iloc[:, -1] == 34).any()


def test_missing_is_written_as_dashes_and_as_nines(read):
    persons = next(
        frame for stem, (frame, _) in read.items() if "GBAPERSOON" in stem and stem.endswith("V10")
    )
    assert {"----", "9999"} <= set(persons.rename(columns=str.upper)["GBAGEBOORTEJAAR"])
    spolis = next(frame for stem, (frame, _) in read.items() if stem.endswith("2022V2"))
    assert (spolis.rename(columns=str.upper)["SCTRCTLN"] == 999999999).any()
    assert {"0000"} <= set(column(read, "GBANATIONALITEIT", "GBANATIONALITEIT"))


def test_persons_of_every_register_are_there(read):
    for start in ("GBAADRESOBJECT", "GBANATIONALITEIT"):
        assert {"R", "S", "A", "F"} == set(column(read, start, "RINPERSOONS"))


def test_four_weekly_payers_have_two_records_in_a_month(read):
    frame = next(frame for stem, (frame, _) in read.items() if stem.endswith("2022V2"))
    frame = frame.rename(columns=str.upper)
    paid = frame[(frame["STIJDVAKTYPE"] == "1") & (frame["RINPERSOONS"] == "R") & (frame["SBASISUREN"] > 0)]
    ends = paid["SDATUMEINDEIKO"].astype(str).str.replace("-", "").str[:6]
    assert paid.groupby(["RINPERSOON", "IKVID", ends]).size().max() >= 2


def test_wage_files_have_thirty_columns_and_provisional_versions_of_three_digits(read):
    spolis = {stem: frame for stem, (frame, _) in read.items() if "SPOLIS" in stem}
    assert all(30 <= len(frame.columns) <= 40 for frame in spolis.values())
    versions = {stem.rpartition("V")[2] for stem in spolis}
    assert {"123", "3", "063", "2"} <= versions


def test_the_older_version_and_the_older_year_are_wrong(read):
    frames = {stem.rpartition("V")[2]: frame for stem, (frame, _) in read.items() if "GBAPERSOON" in stem}
    assert any("2023" in stem for stem in read if stem.endswith("V12"))
    version, year, newest = (frames[version].rename(columns=str.upper) for version in ("9", "12", "10"))
    for wrong in (version, year):
        assert not (wrong["GBAGESLACHT"] == newest["GBAGESLACHT"]).any()


def test_the_same_seed_gives_the_same_files_and_another_seed_others(tmp_path):
    first, again, other = (
        write_cbs(tmp_path / name, "parquet", persons=60, seed=seed)
        for name, seed in (("first", 4), ("again", 4), ("other", 5))
    )
    contents = [
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*")}
        for folder in (first, again)
    ]
    assert contents[0] == contents[1]
    assert len(contents[0]) > 10
    persons = [pq.read_table(folder / "tidy" / "persons.parquet") for folder in (first, other)]
    assert not persons[0].equals(persons[1])


@pytest.mark.parametrize("persons", [1, 2, 7])
def test_a_handful_of_persons_is_enough(tmp_path, persons):
    folder = write_cbs(tmp_path, "sav", persons, seed=2)
    assert pq.read_table(folder / "tidy" / "persons.parquet").num_rows == persons
    assert len(list((folder / "components").rglob("*.*"))) >= 6


def test_the_command_writes_both_folders_and_replaces_none(tmp_path, capsys):
    call = ["sample", "--layout", "cbs", "--format", "csv", "--dialect", "comma", "--persons", "30", "--out"]
    assert main([*call, str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"components", "tidy"}
    assert main(["check", str(tmp_path / "tidy")]) == 0
    capsys.readouterr()
    assert main([*call, str(tmp_path)]) == 2
    assert "components" in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong", [("--dialect", "comma"), ("--layout", "cbs", "--format", "sav", "--dialect", "comma")]
)
def test_a_dialect_is_refused_where_there_is_none(tmp_path, capsys, wrong):
    assert main(["sample", "--persons", "30", *wrong, "--out", str(tmp_path)]) == 2
    assert "--dialect" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
