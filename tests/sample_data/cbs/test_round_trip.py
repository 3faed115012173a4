"""Component files say what the tidy tables beside them say, read by other eyes than the program's."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pyreadstat
import pytest

from sample_data.cbs import codes
from sample_data.cbs.variations import FORMS
from sample_data.cbs.writing import write_cbs

UNTIL = pd.Timestamp("2024-07-01")
SECTION = {code: letter for letter, code in codes.INDUSTRY.items()} | {codes.AGENCY: "N"}


AMOUNTS = ["SBASISLOON", "SBASISUREN"]


def plain(name):
    return name.upper().removeprefix("VRL")


def read(path):
    """Return a file's rows with upper-case columns; of CSV everything but amounts as text."""
    if path.suffix.lower() == ".csv":
        semicolon = b";" in path.read_bytes().splitlines()[0]
        sep, decimal, encoding = (";", ",", "cp1252") if semicolon else (",", ".", "utf-8")
        frame = pd.read_csv(path, sep=sep, encoding=encoding, dtype=str).rename(columns=plain)
        amounts = frame.columns.intersection(AMOUNTS)
        frame[amounts] = frame[amounts].apply(lambda column: column.str.replace(decimal, ".").astype(float))
        return frame
    if path.suffix.lower() == ".parquet":
        return pq.read_table(path).to_pandas().rename(columns=plain)
    reader = {".sav": pyreadstat.read_sav, ".dta": pyreadstat.read_dta}[path.suffix.lower()]
    return reader(path)[0].rename(columns=plain)


def files(folder, start):
    """Return year and path of the files of a component; of several versions the right one."""
    found = {}
    for path in folder.rglob("*.*"):
        if path.stem.endswith("_csv"):
            continue
        name = re.sub(r"^\d{6} ", "", path.stem)
        year, version = re.search(r"(\d{4})?(?:TAB|BUS)?V(\d+)$", name).groups()
        if name.removeprefix("VRL").startswith(start):
            provisional = start == "SPOLIS" and len(version) == 3
            found.setdefault(int(year or 2024), []).append((not provisional, int(version), path))
    return {year: max(versions)[2] for year, versions in found.items()}


def one(folder, start):
    """Return the rows of a component: persons of all years are in its newest file."""
    _, path = max(files(folder, start).items())
    frame = read(path)
    return frame[frame["RINPERSOONS"].isin(["R", "S"])]


def days(column):
    """Return days however they are written."""
    if pd.api.types.is_numeric_dtype(column):
        return pd.to_datetime(column.astype("int64").astype(str), format="%Y%m%d")
    if isinstance(column.iloc[0], str):
        return pd.to_datetime(column.str.replace("-", ""), format="%Y%m%d")
    return pd.to_datetime(column)


def code(column, digits):
    """Return codes as text with their zeros; empty where none is told."""
    number = pd.to_numeric(column, errors="coerce")
    return number.map(lambda value: "" if np.isnan(value) else f"{int(value):0{digits}d}")


@pytest.fixture(scope="module", params=FORMS)
def delivered(request, tmp_path_factory):
    return write_cbs(tmp_path_factory.mktemp(request.param), request.param, persons=300, seed=11)


@pytest.fixture(scope="module")
def tidy(delivered):
    return {
        name: pq.read_table(delivered / "tidy" / f"{name}.parquet").to_pandas(date_as_object=False)
        for name in ("persons", "stays", "jobs")
    }


@pytest.fixture(scope="module")
def components(delivered):
    return delivered / "components"


def test_persons_are_the_same_in_sex_birth_nationality_and_household(components, tidy):
    truth = tidy["persons"].set_index("person_id")
    persons = one(components, "GBAPERSOON").set_index("RINPERSOON").loc[truth.index]
    assert len(persons) == len(truth) >= 300
    sex = code(persons["GBAGESLACHT"], 1).map({"1": "male", "2": "female", "": "unknown"})
    assert (sex == truth["sex"]).all()
    assert set(truth["sex"]) == {"male", "female", "unknown"}
    year = persons["GBAGEBOORTEJAAR"].where(~persons["GBAGEBOORTEJAAR"].isin(["----", "9999"]))
    month = persons["GBAGEBOORTEMAAND"]
    born = pd.to_datetime(
        year + np.where(month == "--", "-07-01", "-" + month.str.replace("--", "07") + "-15")
    )
    pd.testing.assert_series_equal(
        born.astype("datetime64[s]"), truth["birth_date"].astype("datetime64[s]"), check_names=False
    )
    nationality = (
        one(components, "GBANATIONALITEIT").set_index("RINPERSOON")["GBANATIONALITEIT"].loc[truth.index]
    )
    named = code(nationality, 4).map({value: name for name, value in codes.NATIONALITY.items()})
    assert (named == truth["nationality"]).all()
    households = (
        one(components, "GBAHUISHOUDENS").groupby("RINPERSOON")["HUISHOUDNR"].agg(["first", "nunique"])
    )
    assert (households["nunique"] == 1).all()
    assert (households["first"].loc[truth.index] == truth["household_id"]).all()
    assert truth["household_id"].duplicated().any()


def test_days_of_residence_are_the_same_whatever_the_pieces(components, tidy):
    spells = one(components, "GBAADRESOBJECT")
    settled = days(spells["GBADATUMAANVANGADRESHOUDING"])
    departed = days(spells["GBADATUMEINDEADRESHOUDING"]) + pd.Timedelta(days=1)
    assert (departed > UNTIL + pd.Timedelta(days=9000)).any()

    def resident(person, start, stop):
        rows = zip(person, start, stop.fillna(pd.Timestamp("2099-01-01")).clip(upper=UNTIL), strict=True)
        return sorted(
            (who, day) for who, low, high in rows for day in pd.date_range(low, high, inclusive="left")
        )

    stays = tidy["stays"]
    truth = resident(stays["person_id"], stays["settled"], stays["departed"])
    assert resident(spells["RINPERSOON"], settled, departed) == truth
    assert len(spells) > len(stays) * 1.2


def test_only_the_dead_have_a_destination(components, tidy):
    deaths = one(components, "GBAOVERLIJDENTAB")
    gone = tidy["stays"][tidy["stays"]["destination"].notna()]
    assert set(gone["destination"]) == {"deceased"}
    told = zip(deaths["RINPERSOON"], days(deaths["GBADATUMOVERLIJDEN"]) + pd.Timedelta(days=1), strict=True)
    assert sorted(told) == sorted(zip(gone["person_id"], gone["departed"], strict=True))
    assert len(gone) >= 3


def wages(components):
    parts = []
    for year, path in files(components, "SPOLIS").items():
        frame = read(path)
        frame = frame[frame["RINPERSOONS"].isin(["R", "S"])]
        employer = read(files(components, "BE")[year]).set_index("BEID")[f"SBI2008V{year}"]
        start, end = days(frame["SDATUMAANVANGIKO"]), days(frame["SDATUMEINDEIKO"])
        sbeid = frame["SBEID"].fillna("")
        parts.append(frame.assign(START=start, END=end, SBEID=sbeid, SBI=sbeid.map(employer)))
    return pd.concat(parts, ignore_index=True)


def test_hours_and_wages_of_every_person_employer_and_month_are_the_same_to_the_cent(components, tidy):
    jobs, rows = tidy["jobs"], wages(components)
    employer = rows["SBEID"].where(rows["SBEID"] != "", rows["IKVID"])

    def cents(person, firm, start, hours, wage):
        frame = pd.DataFrame(
            {"who": person, "firm": firm, "month": start.dt.strftime("%Y-%m"), "hours": hours, "wage": wage}
        )
        sums = frame.groupby(["who", "firm", "month"])[["hours", "wage"]].sum()
        return (sums * 100).round().astype("int64")

    truth = cents(jobs["person_id"], jobs["employer_id"], jobs["start"], jobs["hours"], jobs["wage"])
    found = cents(rows["RINPERSOON"], employer, rows["START"], rows["SBASISUREN"], rows["SBASISLOON"])
    pd.testing.assert_frame_equal(found, truth, check_index_type=False)
    assert len(truth) > 1000


def test_every_record_has_the_contract_and_the_section_that_the_codes_say(components, tidy):
    rows = wages(components)
    kind, term = code(rows["SSOORTBAAN"], 1), rows["SCONTRACTSOORT"].str.upper()
    contract = term.map({"O": "permanent", "B": "fixed-term", "N": "other"})
    contract = contract.mask(kind == "4", "agency").mask(kind == "5", "on-call")
    sector = rows["SBI"].map(SECTION).fillna("")
    employer = rows["SBEID"].where(rows["SBEID"] != "", rows["IKVID"])
    found = sorted(
        zip(rows["RINPERSOON"], employer, rows["START"], rows["END"], contract, sector, strict=True)
    )
    jobs = tidy["jobs"]
    columns = [jobs[name] for name in ("person_id", "employer_id", "start", "end", "contract")]
    assert found == sorted(zip(*columns, jobs["sector"].fillna(""), strict=True))
    assert set(contract) == {"permanent", "fixed-term", "other", "agency", "on-call"}
    assert "" in set(sector)
