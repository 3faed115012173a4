"""Every published figure is met by the program's own tables of the bundled sample."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

import sample_data
from explorer.core.spec import Spec
from explorer.core.views import all_views
from explorer.core.where import parse
from explorer.pipeline.answering import answer
from models.rules import NONE

PUBLISHED = Path(sample_data.__file__).parent / "published.csv"
ROWS = list(csv.DictReader(PUBLISHED.read_text(encoding="utf-8").splitlines()))
WORKING_AGES = (15, 64)


@pytest.fixture(scope="session")
def table(sample_dataset):
    """Rows of a table as dictionaries, asked as on the command line."""
    codes = sample_dataset.codes
    levels = {name: grouping.levels for name, grouping in codes.groupings.items()}

    def ask(view, where="", by=(), **options):
        spec = Spec(
            view=view,
            selection=parse(where, levels, frozenset(codes.numbers)),
            by=by,
            options=all_views()[view].options(**options),
        )
        found = answer(sample_dataset.source, spec, NONE).table()
        names = [column.name for column in found.columns]
        return [dict(zip(names, row, strict=True)) for row in found.rows]

    return ask


def at_month(rows, month, **levels):
    chosen = [row for row in rows if row["month"] == month and all(row[k] == v for k, v in levels.items())]
    assert len(chosen) == 1
    return chosen[0]


def stock(table, row, where=""):
    [found] = table("stock", where, on=date.fromisoformat(row["date"]))
    return found


def working_on(table, row, where=""):
    [found] = table("stock", where, on=date.fromisoformat(row["date"]), ages=WORKING_AGES)
    return found["share_working"]


def contract(table, month, *contracts):
    rows = table("contracts")
    return sum(at_month(rows, month, contract=name)["share"] for name in contracts)


def gone_to(table, row, destination):
    rows = table("stock_destinations", on=date.fromisoformat(row["date"]))
    return next(r["share"] for r in rows if r["destination"] == destination)


MEASURES = {
    "arrivals": lambda t, r: [stock(t, r)["settled"]],
    "present": lambda t, r: [stock(t, r)["present"]],
    "departed_6m": lambda t, r: [at_month(t("departure"), 6)["share_departed"]],
    "departed_12m": lambda t, r: [at_month(t("departure"), 12)["share_departed"]],
    "working_4m_first": lambda t, r: [at_month(t("employment", "cohort = '2022 H1'"), 4)["share_working"]],
    "working_4m_later": lambda t, r: [
        at_month(t("employment", f"cohort = '{cohort}'"), 4)["share_working"]
        for cohort in ("2022 H2", "2023", "2024 H1")
    ],
    "working_4m_third": lambda t, r: [
        at_month(t("employment", by=("nationality_group",)), 4, nationality_group="other")["share_working"]
    ],
    "agency_6m": lambda t, r: [contract(t, 6, "agency")],
    "employee_6m": lambda t, r: [contract(t, 6, "permanent", "fixed-term")],
    "agency_24m": lambda t, r: [contract(t, 24, "agency")],
    "employee_24m": lambda t, r: [contract(t, 24, "permanent", "fixed-term")],
    "hospitality": lambda t, r: [at_month(t("sectors"), 6, sector="I")["share"]],
    "jobs_6m": lambda t, r: [at_month(t("employers"), 6)["share"]],
    "jobs_24m": lambda t, r: [at_month(t("employers"), 24)["share"]],
    "wage15_6m": lambda t, r: [at_month(t("wages", threshold=15.0), 6)["share_at_least"]],
    "wage15_24m": lambda t, r: [at_month(t("wages", threshold=15.0), 24)["share_at_least"]],
    "employed_2022_07": lambda t, r: [working_on(t, r)],
    "employed_2022_11": lambda t, r: [working_on(t, r)],
    "employed_2023_05": lambda t, r: [working_on(t, r, "nationality_group = Ukrainian")],
    "employed_2023_11": lambda t, r: [working_on(t, r, "nationality_group = Ukrainian")],
    "departed_2023": lambda t, r: [stock(t, r)["departed"]],
    "departed_2023_origin": lambda t, r: [gone_to(t, r, "origin")],
    "departed_2023_unknown": lambda t, r: [gone_to(t, r, "unknown")],
}


def test_every_row_has_a_measure_and_no_measure_is_without_a_row():
    assert {row["id"] for row in ROWS} == set(MEASURES)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_the_sample_meets_the_published_figure(table, row):
    for found in MEASURES[row["id"]](table, row):
        assert found == pytest.approx(float(row["value"]), abs=float(row["tolerance"]))
