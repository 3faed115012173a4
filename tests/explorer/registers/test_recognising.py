"""Files are what their names say: component, year, month, version; of several versions the right one is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.registers.layout import shipped
from explorer.registers.recognising import parts_of, recognise

NAMES = {
    "GBAPERSOON2018TABV2.sav": ("GBAPERSOON", 2018, 0, "2"),
    "GBAPERSOONTAB 2016V1.dta": ("GBAPERSOON", 2016, 0, "1"),
    "GBAPERSOON2020TABV1_csv.csv": ("GBAPERSOON", 2020, 0, "1"),
    "GBAPERSOONKTAB2023V1.sav": ("GBAPERSOONK", 2023, 0, "1"),
    "VRLGBAPERSOONKTABV2022121.sav": ("GBAPERSOONK", 2022, 12, "1"),
    "VRLGBAPERSOONKTABV2024061.SAV": ("GBAPERSOONK", 2024, 6, "1"),
    "SPOLISBUS 2014V1.DTA": ("SPOLIS", 2014, 0, "1"),
    "SPOLISBUS2021BUSV1.csv": ("SPOLIS", 2021, 0, "1"),
    "spolisbus2023v10.csv.gz": ("SPOLIS", 2023, 0, "10"),
    "SPOLISBUS2023V011.sav": ("SPOLIS", 2023, 0, "011"),
    "SPOLISHOOFDBAAN2019BUSV1.sav": ("SPOLISHOOFDBAAN", 2019, 0, "1"),
    "SPOLISLONGBAANTABV3.sav": ("SPOLISLONGBAAN", 0, 0, "3"),
    "GBAADRESOBJECT2018V1.csv": ("GBAADRESOBJECT", 2018, 0, "1"),
    "GBAHUISHOUDENSBUS2007.sav": ("GBAHUISHOUDENS", 2007, 0, ""),
    "GBAOVERLIJDENTAB 2015V1.DTA": ("GBAOVERLIJDEN", 2015, 0, "1"),
    "VRLGBAOVERLIJDENTABV2023092.sav": ("GBAOVERLIJDEN", 2023, 9, "2"),
    "120619 HOOGSTEOPLTAB 2006V1.sav": ("HOOGSTEOPL", 2006, 0, "1"),
    "140303 VRLMIGMOTBUS 2011V1.sav": ("MIGMOT", 2011, 0, "1"),
    "VSLGWB2023TAB03V1.dta": ("VSLGWB", 2023, 3, "1"),
    "VSLPOSTCODEBUSV2021031.sav": ("VSLPOSTCODE", 2021, 3, "1"),
    "BE2016TABV124.parquet": ("BE", 2016, 0, "124"),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_tells_component_year_month_and_version(name):
    assert parts_of(name) == NAMES[name]


def read(*names):
    found = recognise(map(Path, names), shipped())
    return {one.path.name for one in found.read}


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (("SPOLISBUS2022V9.csv", "SPOLISBUS2022V10.csv"), {"SPOLISBUS2022V10.csv"}),
        (("SPOLISBUS2022V1.csv", "SPOLISBUS2022V123.csv"), {"SPOLISBUS2022V1.csv"}),
        (("SPOLISBUS2023V011.csv", "SPOLISBUS2023V021.csv"), {"SPOLISBUS2023V021.csv"}),
        (("BE2016TABV124.csv", "BE2016TABV99.csv"), {"BE2016TABV124.csv"}),
        (("SPOLISBUS2022V1.csv", "SPOLISBUS2023V1.csv"), {"SPOLISBUS2022V1.csv", "SPOLISBUS2023V1.csv"}),
        (("GBAADRESOBJECT2022BUSV3.sav", "GBAADRESOBJECT2023BUSV1.sav"), {"GBAADRESOBJECT2023BUSV1.sav"}),
        (
            ("VRLGBAOVERLIJDENTABV2023092.sav", "VRLGBAOVERLIJDENTABV2023101.sav"),
            {"VRLGBAOVERLIJDENTABV2023101.sav"},
        ),
        (("GBAPERSOON2023TABV1.csv", "GBAPERSOON2023TABV1.sav"), {"GBAPERSOON2023TABV1.sav"}),
    ],
)
def test_the_best_version_is_read_of_each_year_or_of_the_newest(names, wanted):
    assert read(*names) == wanted


def test_only_wages_have_provisional_versions_of_three_digits():
    files = recognise(map(Path, ("SPOLISBUS2023V011.sav", "BE2016TABV124.csv")), shipped())
    assert {one.path.name: one.provisional for one in files.read} == {
        "SPOLISBUS2023V011.sav": True,
        "BE2016TABV124.csv": False,
    }


def test_what_is_not_known_is_told_and_not_read():
    found = recognise(map(Path, ("GBAPERSOON2023TABV1.sav", "OTHER2023V1.sav")), shipped())
    assert [path.name for path in found.unknown] == ["OTHER2023V1.sav"]


def test_the_programs_own_tables_are_a_layout_like_any_other():
    found = recognise(map(Path, ("persons.csv", "stays.csv", "jobs.csv")), shipped())
    assert (found.layout.name, len(found.read)) == ("tidy", 3)
