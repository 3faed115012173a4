"""Twelve persons by hand: each rule of an import, with what must become of every row."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from explorer.core.words import Refusal, Words
from explorer.registers.assembling import FROM_BIRTH
from explorer.registers.importing import find, import_files, told_as
from explorer.registers.layout import read_layout
from explorer.registers.opening import open_dataset
from explorer.registers.population import Wishes, population_of, warnings_of
from explorer.registers.preview import preview
from explorer.registers.recognising import Delivered

PERSONS = """\
RINPERSOONS;RINPERSOON;GBAGEBOORTELAND;GBAGESLACHT;GBAGEBOORTEJAAR;GBAGEBOORTEMAAND;GBAGEBOORTEDAG;GBAGEBOORTELANDNL
R;000000001;6038;1;1990;05;--;0
R;000000002;6038;2;1985;11;--;0
R;000000003;7009;2;1979;01;--;0
R;000000004;6038;-;1990;--;--;0
S;000000005;6038;1;2000;02;--;0
A;000000006;6038;1;2000;02;--;0
R;000000007;6030;2;2022;08;--;1
R;000000008;6038;2;1970;03;--;0
R;000000009;0000;2;----;--;--;0
R;000000010;6038;1;1991;03;--;0
R;000000011;6038;1;1991;03;--;0
R;000000012;6038;2;1991;03;--;0
"""
ADDRESSES = """\
RINPERSOONS;RINPERSOON;GBADATUMAANVANGADRESHOUDING;GBADATUMEINDEADRESHOUDING;SOORTOBJECTNUMMER
R;000000001;20220401;20220630;B
R;000000001;20220701;20501231;B
R;000000002;20220415;20230114;B
R;000000003;20220501;20221231;B
R;000000003;20230301;20501231;B
R;000000004;20220601;20221115;B
S;000000005;20220601;20501231;B
A;000000006;20220601;20501231;B
R;000000007;20220815;20501231;B
R;000000008;20220515;20230131;B
R;000000009;20220601;20501231;B
R;000000010;20200601;20201231;B
R;000000012;20220610;20220601;B
R;000000012;2022-06;20220701;B
"""
JOBS = """\
RINPERSOONS;RINPERSOON;IKVID;SBEID;SDATUMAANVANGIKO;SDATUMEINDEIKO;SCONTRACTSOORT;SSOORTBAAN;SBASISUREN;SBASISLOON
R;000000001;11;B1;20220501;20220522;B;4;80,5;1200,50
R;000000001;11;B1;20220523;20220531;B;4;20;300
R;000000001;11;B1;20220601;20220630;b;9;100;1500
R;000000002;12;;20220601;20220630;o;9;100;1500
R;000000003;14;B2;20220601;20220630;N;9;9999999999;1500
R;000000099;13;B1;20220601;20220630;o;9;100;1500
A;000000006;13;B1;20220601;20220630;o;9;100;1500
"""


@pytest.fixture
def delivery(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "GBAPERSOON2023TABV1.csv").write_text(PERSONS)
    (folder / "GBAADRESOBJECT2023BUSV1.csv").write_text(ADDRESSES)
    (folder / "VRLGBAOVERLIJDENTABV2023121.csv").write_text(
        "rinpersoons,rinpersoon,vrlgbadatumoverlijden\nR,000000008,20230131\n"
    )
    (folder / "SPOLISBUS2022V9.csv").write_text(JOBS.replace("1200,50", "1,00"))
    (folder / "SPOLISBUS2022V10.csv").write_bytes(JOBS.replace("B1;2022", "B1\xe9;2022").encode("cp1252"))
    (folder / "BE2022TABV124.csv").write_text("BEID\tSBI2008V2022\nB1\xe9\t78201\nB2\t86101\n")
    return folder


def _cut_off(path):
    frame = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False)
    whole = path.with_suffix(".sav")
    pyreadstat.write_sav(pd.concat([frame] * 50), str(whole))
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])


def made(folder, out, **wishes):
    wishes = {"arrivals_from": date(2022, 2, 24), "observed_until": date(2024, 1, 1), **wishes}
    imported = import_files(find(folder), out, Wishes(**wishes))
    tables = {name: pd.read_parquet(out / f"{name}.parquet") for name in ("persons", "stays", "jobs")}
    return tables, {(step.where, step.what.text): step.count for step in imported.steps}


def test_stays_are_address_spells_joined_ended_by_death_and_open_at_the_end(delivery, tmp_path):
    tables, _ = made(delivery, tmp_path / "out")
    stays = [
        (key[6:], str(settled), str(departed) if departed is not None else "", destination or "")
        for key, settled, departed, destination in tables["stays"]
        .astype(object)
        .replace({float("nan"): None})
        .values
    ]
    assert sorted(stays) == [
        ("0001", "2022-04-01", "", ""),
        ("0002", "2022-04-15", "2023-01-15", ""),
        ("0003", "2022-05-01", "2023-01-01", ""),
        ("0003", "2023-03-01", "", ""),
        ("0004", "2022-06-01", "2022-11-16", ""),
        ("0005", "2022-06-01", "", ""),
        ("0007", "2022-08-15", "", ""),
        ("0008", "2022-05-15", "2023-02-01", "deceased"),
        ("0009", "2022-06-01", "", ""),
    ]


def test_persons_are_known_by_both_keys_and_codes_by_their_lists(delivery, tmp_path):
    persons = made(delivery, tmp_path / "out")[0]["persons"].set_index("person_id")
    assert persons.loc["R000000001", ["sex", "nationality", "birth_year", "birth_month"]].tolist() == [
        "male",
        "UA",
        "1990",
        "05",
    ]
    assert persons.loc["R000000003", "nationality"] == "SY"
    assert "S000000005" in persons.index
    assert not {"A000000006", "birth_date", "born_here"} & {*persons.index, *persons.columns}


def test_rows_of_a_job_are_summed_within_a_month_and_the_highest_version_is_read(delivery, tmp_path):
    jobs = made(delivery, tmp_path / "out")[0]["jobs"]
    first = jobs[jobs.person_id == "R000000001"].iloc[0]
    assert (first.hours, first.wage, first.contract, first.sector, first.employer_id) == (
        100.5,
        1500.5,
        "agency",
        "N",
        "B1é",
    )
    assert jobs.employer_id.tolist() == ["B1é", "B1é", "12", "B2"]
    assert jobs.contract.tolist() == ["agency", "fixed-term", "permanent", "other"]
    assert jobs.hours.isna().tolist() == [False, False, False, True]


def test_nothing_vanishes(delivery, tmp_path):
    tables, steps = made(delivery, tmp_path / "out")
    counts = {f"{where}: {text}": count for (where, text), count in steps.items()}

    def of(where, *texts):
        return sum(counts.get(f"{where}: {text}", 0) for text in texts)

    others = "rows set aside: of persons who are not in the population register"
    theirs = "rows left out: of persons who are not taken over"
    addresses = "GBAADRESOBJECT2023BUSV1.csv"
    assert (
        of(addresses, "rows read")
        == 14
        == (
            of(addresses, others)
            + of(
                "stays",
                "rows set aside: without a person, or with a date that cannot be read",
                "rows set aside: end before, or on the day of, the beginning",
                "rows joined with the one before: the stay went on",
                theirs,
                "rows used",
            )
        )
    )
    wages = "SPOLISBUS2022V10.csv"
    assert (
        of(wages, "rows read")
        == 7
        == of(wages, others, theirs)
        + of("jobs", "rows summed with another of the same job and month", "rows used")
    )
    assert (
        of("persons", "persons in the register")
        == 11
        == of(
            "persons",
            "persons left out: without a stay",
            "persons left out: settled before the first day of arrival only",
            "persons taken over",
        )
    )
    assert len(tables["persons"]) == 8


@pytest.mark.parametrize(
    ("wishes", "left"),
    [
        ({"nationalities": ("UA",)}, "1 2 4 5 8"),
        ({"born_here": False}, "1 2 3 4 5 8 9"),
        ({"days": 270}, "1 2 3 5 7 9"),
        ({"arrivals_from": date(2022, 6, 1)}, "3 4 5 7 9"),
    ],
)
def test_who_is_taken_over_is_a_choice(delivery, tmp_path, wishes, left):
    persons = made(delivery, tmp_path / "out", **wishes)[0]["persons"]
    assert sorted(int(key[1:]) for key in persons.person_id) == [int(key) for key in left.split()]


@pytest.mark.parametrize(("days", "spells"), [(0, 2), (58, 2), (59, 1)])
def test_a_gap_after_no_known_reason_is_bridged_within_the_days_asked(delivery, tmp_path, days, spells):
    stays = made(delivery, tmp_path / "out", bridge=days)[0]["stays"]
    assert (stays.person_id == "R000000003").sum() == spells


@pytest.mark.parametrize("suffix", ["sav", "dta"])
def test_spss_and_stata_files_give_the_same_tables_as_text(delivery, tmp_path, suffix):
    wanted, _ = made(delivery, tmp_path / "text")
    for path in list(delivery.iterdir()):
        frame = pd.read_csv(
            path, sep=None, engine="python", dtype=str, keep_default_na=False, encoding="cp1252"
        )
        frame.columns = [name.lower() if suffix == "dta" else name.upper() for name in frame.columns]
        if path.name.startswith("SPOLIS"):
            for name in frame.columns[-2:]:
                frame[name] = frame[name].str.replace(",", ".").astype(float)
        if path.name.startswith("GBAPERSOON"):
            frame = frame.rename(columns=str)
        if path.name.startswith("BE"):
            frame = pd.read_csv(path, sep="\t", dtype=str)
        write = pyreadstat.write_sav if suffix == "sav" else pyreadstat.write_dta
        write(frame, str(path.with_suffix(f".{suffix}")))
        path.unlink()
    got, _ = made(delivery, tmp_path / "other")
    for name, table in wanted.items():
        pd.testing.assert_frame_equal(got[name], table, check_dtype=False)


def test_nobody_else_can_look_into_the_new_folder(delivery, tmp_path):
    made(delivery, tmp_path / "out")
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700


def test_the_dataset_opens_and_says_where_it_comes_from(delivery, tmp_path):
    made(delivery, tmp_path / "out", title="Settled", reference_nationality="UA")
    register = open_dataset(tmp_path / "out")
    assert (register.info.title, register.info.observed_until) == ("Settled", date(2024, 1, 1))
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "dataset.toml",
        "import.csv",
        "jobs.parquet",
        "layout.toml",
        "persons.parquet",
        "stays.parquet",
    ]


def test_an_import_of_its_own_tables_gives_them_again(delivery, tmp_path):
    wanted, _ = made(delivery, tmp_path / "one")
    again, _ = made(tmp_path / "one", tmp_path / "two", observed_until=date(2024, 1, 1))
    for name, table in wanted.items():
        pd.testing.assert_frame_equal(again[name], table, check_dtype=False)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda folder: (folder / "GBAPERSOON2023TABV1.csv").unlink(), "No file of persons"),
        (lambda folder: (folder / "GBAADRESOBJECT2023BUSV1.csv").unlink(), "No file of stays"),
        (lambda folder: [path.unlink() for path in folder.iterdir()], "Nothing in"),
        (
            lambda folder: (folder / "GBAPERSOON2023TABV1.csv").write_text(
                PERSONS.replace("GBAGESLACHT", "X")
            ),
            "GBAPERSOON2023TABV1.csv has no column like “GBAGESLACHT”",
        ),
        (
            lambda folder: (folder / "GBAPERSOON2023TABV1.sav").write_bytes(b"no"),
            "GBAPERSOON2023TABV1.sav is not an SPSS",
        ),
        (
            lambda folder: (folder / "GBAPERSOON2023TABV1.csv").write_text(PERSONS + "R;000000013;6038\n"),
            "GBAPERSOON2023TABV1.csv cannot be read as CSV",
        ),
        (
            lambda folder: (folder / "GBAPERSOON2023TABV1.csv").write_text(PERSONS + 'R;"0000\n'),
            "GBAPERSOON2023TABV1.csv cannot be read as CSV",
        ),
        (
            lambda folder: (folder / "GBAPERSOON2023TABV1.csv").write_text(
                PERSONS.replace("GBAGEBOORTEDAG", "gbageslacht")
            ),
            "has more than one column like “GBAGESLACHT”",
        ),
        (
            lambda folder: _cut_off(folder / "GBAPERSOON2023TABV1.csv"),
            "GBAPERSOON2023TABV1.sav",
        ),
    ],
)
def test_what_cannot_be_imported_is_refused_in_one_sentence_and_nothing_is_left(
    delivery, tmp_path, change, told
):
    change(delivery)
    with pytest.raises(Refusal) as refused:
        made(delivery, tmp_path / "out")
    assert told in str(refused.value)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_holds_something_is_not_written_over(delivery, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("")
    with pytest.raises(Refusal, match="already and not empty"):
        made(delivery, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine"]


FLAT = """
name = "flat"
source = "one file"

[[component]]
name = "people"
files = ["people"]
table = "persons"
columns = { person_id = "nr", sex = { column = "geslacht", codes = "sex" }, nationality = "land", birth_year = "jaar" }

[[component]]
name = "one stay each"
files = ["people"]
table = "stays"
columns = { person_id = "nr", settled = "in", departed = "uit" }
"""


def test_one_file_with_a_day_in_and_a_day_out_is_persons_and_stays(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "people.csv").write_text(
        "nr\tgeslacht\tland\tjaar\tin\tuit\n"
        "01\tvrouw\tUA\t1990\t1-3-2022\t31-12-2022\n02\tM\tSY\t1980\t15/4/2022\t-\n03\tx\tUA\tNA\t2022-05-01\t\n"
    )
    (tmp_path / "flat.toml").write_text(FLAT)
    days = {"arrivals_from": date(2022, 2, 24), "observed_until": date(2024, 1, 1)}
    import_files(find(folder, tmp_path / "flat.toml"), tmp_path / "out", Wishes(**days))
    register = open_dataset(tmp_path / "out")
    persons = register.persons.execute().sort_values("person_id")
    assert persons["sex"].tolist() == ["female", "male", "unknown"]
    stays = register.stays.execute().sort_values("person_id")
    assert [str(day)[:10] for day in stays["settled"]] == ["2022-03-01", "2022-04-15", "2022-05-01"]
    assert [str(day)[:10] for day in stays["departed"].dropna()] == ["2022-12-31"]


HAVEN = Path("/usr/lib/R/site-library/haven/examples")


@pytest.mark.skipif(not HAVEN.is_dir(), reason="the R package haven is not here, whose files these are")
def test_spss_stata_and_sas_files_of_another_program_say_the_same():
    [people, *_] = read_layout("flat.toml", FLAT.encode()).components
    seen = [
        preview(
            Delivered(
                path=HAVEN / f"iris{ending}", component=people, year=0, month=0, version=0, provisional=False
            )
        )
        for ending in (".sav", ".dta", ".sas7bdat")
    ]
    # Stata keeps such numbers in four bytes.
    lengths = [
        [[round(float(value), 4) for value in values] for values in list(one.values.values())[:4]]
        for one in seen
    ]
    assert lengths[0] == lengths[1] == lengths[2]
    assert lengths[0][0][:3] == [5.1, 4.9, 4.7]


def jobs_of(delivery, tmp_path, *rows):
    """Import these rows of wages alone, each person, income relation, employer, days, hours and euros."""
    head = JOBS.splitlines()[0]
    (delivery / "SPOLISBUS2022V10.csv").write_text("\n".join([head, *rows]) + "\n")
    return made(delivery, tmp_path / "out")[0]["jobs"]


def test_a_sum_of_which_a_part_cannot_be_read_is_not_told_as_if_it_were_whole(delivery, tmp_path):
    jobs = jobs_of(
        delivery,
        tmp_path,
        "R;000000001;11;B1;20220501;20220522;B;9;80;1200",
        "R;000000001;11;B1;20220523;20220531;B;9;x;300",
    )
    assert jobs.hours.isna().tolist() == [True]
    assert jobs.wage.tolist() == [1500]


def test_five_nines_are_an_amount_of_money_and_ten_are_none(delivery, tmp_path):
    jobs = jobs_of(
        delivery,
        tmp_path,
        "R;000000001;11;B1;20220501;20220531;B;9;100;99999",
        "R;000000002;12;B1;20220501;20220531;B;9;100;9999999999",
    )
    assert jobs.wage.fillna(-1).tolist() == [99_999, -1]


def test_a_record_without_an_employer_is_kept_as_the_programs_own_tables_keep_it(delivery, tmp_path):
    jobs = jobs_of(delivery, tmp_path, "R;000000001;;;20220501;20220531;B;9;100;1500")
    assert jobs.employer_id.tolist() == [""]


def tidy_stays(tmp_path, stays, **wishes):
    folder = tmp_path / "tidy"
    folder.mkdir()
    (folder / "persons.csv").write_text("person_id,sex,nationality,birth_date\n1,male,UA,1990-01-01\n")
    (folder / "stays.csv").write_text("person_id,settled,departed,destination\n" + stays)
    wishes = {"observed_until": date(2024, 1, 1), **wishes}
    stays = made(folder, tmp_path / "out", **wishes)[0]["stays"].astype(object)
    return [(str(row[1]), str(row[2]), row[3] or "") for row in stays.where(stays.notna(), "").values]


def test_stays_are_joined_by_the_rule_of_the_reader_whatever_the_order_of_rows(tmp_path):
    rows = ["1,2022-03-01,2022-09-01,onward\n", "1,2022-03-01,2022-09-01,origin\n"]
    for number, order in enumerate((rows, rows[::-1])):
        (tmp_path / str(number)).mkdir()
        found = tidy_stays(tmp_path / str(number), "".join(order))
        assert found == [("2022-03-01", "2022-09-01", "origin")]


def test_the_end_of_a_bridged_stay_is_that_of_its_last_piece(tmp_path):
    pieces = "1,2022-03-01,2022-09-01,administrative\n1,2022-09-10,2023-02-01,\n"
    assert tidy_stays(tmp_path, pieces, bridge=30) == [("2022-03-01", "2023-02-01", "")]


def test_a_gap_after_a_known_departure_is_none_to_bridge(tmp_path):
    pieces = "1,2022-03-01,2022-09-01,origin\n1,2022-09-10,2023-02-01,\n"
    assert len(tidy_stays(tmp_path, pieces, bridge=30)) == 2


def test_a_stay_before_arrivals_count_makes_nobody_resident_long_enough(tmp_path):
    pieces = "1,2010-03-01,2015-09-01,\n1,2022-09-10,2022-10-01,\n"
    with pytest.raises(Refusal, match=r"Nobody is left.*resident for too few days"):
        tidy_stays(tmp_path, pieces, days=300)


def test_nobody_is_observed_longer_than_wages_are(delivery, tmp_path):
    (delivery / "SPOLISBUS2023V063.csv").write_text(JOBS.splitlines()[0] + "\n")
    imported = import_files(find(delivery), tmp_path / "out", Wishes())
    assert (imported.population.arrivals_from, imported.population.observed_until) == (
        date(2022, 1, 1),
        date(2023, 7, 1),
    )
    assert warnings_of(imported.found, imported.population) == ()


@pytest.mark.parametrize(
    ("files", "wishes", "told"),
    [
        ({}, {"observed_until": date(2024, 1, 1)}, "wages are there for 2022 only"),
        ({"SPOLISBUS2020V1.csv"}, {}, "wages of 2021 are not there"),
        ({}, {"arrivals_from": date(2021, 2, 24)}, "wages are there for 2022 only"),
    ],
)
def test_who_seems_not_to_work_for_want_of_a_file_is_warned_of(delivery, files, wishes, told):
    for name in files:
        (delivery / name).write_text(JOBS.splitlines()[0] + "\n")
    found = find(delivery)
    [warning] = warnings_of(found, population_of(found, Wishes(**wishes)))
    assert told in Words("en").say(warning)


def test_every_figure_says_of_whom_the_imported_data_are(delivery, tmp_path):
    made(delivery, tmp_path / "out", nationalities=("UA",), days=30, born_here=False, bridge=5)
    info = open_dataset(tmp_path / "out").info
    assert "only nationalities UA; only persons resident for at least 30 days" in info.source
    assert "without children born here; stays at most 5 days apart are one" in info.source
    assert "alleen personen die minstens 30 dagen ingeschreven zijn" in info.translations["nl"]["source"]


def test_whose_nationality_is_the_country_of_birth_is_counted(delivery, tmp_path):
    _, steps = made(delivery, tmp_path / "one")
    assert steps["persons", FROM_BIRTH] == 7
    (delivery / "GBANATIONALITEIT2023BUSV1.csv").write_text(
        "RINPERSOONS;RINPERSOON;GBANATIONALITEIT\nR;000000001;0336\n"
    )
    tables, steps = made(delivery, tmp_path / "two")
    assert steps["persons", FROM_BIRTH] == 6
    assert tables["persons"].set_index("person_id").loc["R000000001", "nationality"] == "SY"


def test_a_file_without_year_or_version_is_said_to_have_none(tmp_path):
    component = read_layout("flat.toml", FLAT.encode()).components[0]
    path = tmp_path / "people.csv"
    one = Delivered(path=path, component=component, year=0, month=0, version=0, provisional=False)
    assert told_as(one, Words("en")) == "people"
    assert told_as(replace(one, year=2022, version=2), Words("en")) == "people 2022, version 2"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("people.csv", "people.csv cannot be read"),
        ("people.parquet", "people.parquet is not a Parquet file"),
        ("people.sav", "people.sav is not an SPSS, Stata or SAS file"),
    ],
)
def test_a_file_that_cannot_be_looked_at_is_refused_as_what_it_is(tmp_path, name, told):
    (tmp_path / name).write_bytes(b"")
    component = read_layout("flat.toml", FLAT.encode()).components[0]
    with pytest.raises(Refusal, match=told):
        preview(
            Delivered(
                path=tmp_path / name, component=component, year=0, month=0, version=0, provisional=False
            )
        )
