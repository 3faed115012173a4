"""A panel of persons and months, as a researcher has it in Stata, becomes stays and records of work."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pyreadstat
import pytest

from explorer.core.spec import Spec
from explorer.core.views import all_views
from explorer.pipeline.answering import answer
from explorer.pipeline.opening import open_dataset
from explorer.registers.engine import Engine
from explorer.registers.importing import find, import_files
from explorer.registers.population import Wishes
from models.rules import NONE

LAYOUT = """
name = "panel"
source = "a panel"

[[component]]
name = "persons of the panel"
files = ["panel"]
table = "persons"
columns = { person_id = "id", sex = { column = "female", codes = "female" }, nationality = "nat", birth_year = "born" }

[[component]]
name = "months of the panel"
files = ["panel"]
table = "months"

[component.columns]
person_id = "id"
month = "month"
state = { column = "state", codes = "states" }
hours = "hours"
hourly_wage = "pay"

[codes.female]
"0" = "male"
"1" = "female"

[codes.states]
"1" = "working"
"9" = "absent"
"""
FIRST = (2022 - 1960) * 12
"""January 2022 as Stata counts months."""
# person, female, then a letter a month from January 2022: w works, p is there, a is away, a space is no row.
MONTHS = {
    "01": (1, "pppwww"),
    "02": (0, "ppa   "),
    "03": (0, "pp ppp"),
    "04": (1, "wwwwww"),
}


def rows():
    for person, (female, months) in MONTHS.items():
        for at, letter in enumerate(months):
            if letter != " ":
                works = letter == "w"
                yield {
                    "id": person,
                    "female": female,
                    "nat": "UA",
                    "born": 1990,
                    "month": FIRST + at,
                    "state": {"w": 1, "p": 0, "a": 9}[letter],
                    "hours": 100.0 if works and person == "01" else None,
                    "pay": 15.5 if works else None,
                }


@pytest.fixture(params=["dta", "csv"])
def imported(request, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    frame = pd.DataFrame(rows())
    if request.param == "dta":
        pyreadstat.write_dta(frame, str(folder / "panel.dta"), variable_format={"month": "%tm"})
    else:
        frame["month"] = [f"{1960 + month // 12}-{month % 12 + 1:02}" for month in frame["month"]]
        frame.to_csv(folder / "panel.csv", index=False)
    (tmp_path / "panel.toml").write_text(LAYOUT)
    wishes = Wishes(arrivals_from=date(2022, 1, 1), observed_until=date(2022, 7, 1), synthetic=True)
    done = import_files(find(folder, tmp_path / "panel.toml"), tmp_path / "out", wishes)
    return tmp_path / "out", {step.what.text: step.count for step in done.steps if step.where == "months"}


def test_months_one_after_another_are_a_stay_and_the_last_month_ends_none(imported):
    out, _ = imported
    stays = pd.read_parquet(out / "stays.parquet").astype(object)
    found = [(key, str(settled), "" if pd.isna(end) else str(end)) for key, settled, end, _ in stays.values]
    assert found == [
        ("01", "2022-01-01", ""),
        ("02", "2022-01-01", "2022-03-01"),
        ("03", "2022-01-01", "2022-03-01"),
        ("03", "2022-04-01", ""),
        ("04", "2022-01-01", ""),
    ]


def test_a_month_away_is_counted_out(imported):
    assert imported[1]["rows left out: months away"] == 1


def test_figures_of_a_panel_are_its_own_shares_and_wages(imported):
    dataset = open_dataset(imported[0], Engine(), use_cache=False)

    def table(view):
        found = answer(dataset.source, Spec(view=view, options=all_views()[view].options()), NONE).table()
        return pd.DataFrame(found.rows, columns=[column.name for column in found.columns]).set_index("month")

    work = table("employment")
    # On the first of the month m later: three are there in March, of whom one works.
    assert work.loc[[0, 2, 3], ["present", "working"]].to_numpy().tolist() == [[4, 1], [2, 1], [3, 2]]
    assert table("wages").loc[3, ["workers", "p50"]].tolist() == [2, 15.5]
    assert table("departure").loc[5, "share_departed"] == 0.5
