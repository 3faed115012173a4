"""Two published tables come out of the program as tidy datasets: Rossi, and Vella and Verbeek."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path

import pytest

from explorer.pipeline.opening import open_dataset
from explorer.registers.engine import Engine
from models.regression.fitting import Model
from models.regression.fitting import fit as fitted
from models.regression.formula import Formula, parse_terms
from models.selection import EVERYONE, AtMonth
from models.tally.choosing import choose

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "reference" / "published"
FOX = "fin + age + race + wexp + mar + paro + prio"
NAMES = {
    "finyes": "fin[yes]",
    "raceother": "race[other]",
    "wexpyes": "wexp[yes]",
    "marnot married": "mar[not married]",
    "paroyes": "paro[yes]",
    "employedTRUE": "working[lag1]",
}


def example(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / "examples" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def published(name):
    with (DATA / f"{name}.csv").open(newline="") as file:
        return {row["term"]: row for row in csv.DictReader(file)}


def coefficients(fit):
    found = fit.coefficients
    return dict(zip(found.terms, zip(found.estimate, found.std_error, strict=True), strict=True))


@pytest.mark.parametrize(
    ("table", "terms", "as_months", "selection", "printed"),
    [
        ("rossi_cox", FOX, False, EVERYONE, {"fin[yes]": (-0.379, 0.191), "prio": (0.0915, 0.0286)}),
        (
            "rossi_cox_lagged",
            FOX + " + working[lag1]",
            True,
            AtMonth("present", (), 1),
            {"fin[yes]": (-0.351, 0.192), "working[lag1]": (-0.787, 0.218)},
        ),
    ],
)
def test_rossis_printed_cox_models_come_out(tmp_path, table, terms, as_months, selection, printed):
    example("rossi").convert(DATA / "rossi.csv.gz", tmp_path, as_months=as_months)
    codes = open_dataset(tmp_path, Engine(), use_cache=False).codes
    model = Model(name="cox", formula=Formula(terms=parse_terms(terms)))
    fit = fitted(codes, choose(codes, selection), model)
    found = coefficients(fit)
    for term, row in published(table).items():
        estimate, error = found[NAMES.get(term, term)]
        assert estimate == pytest.approx(float(row["estimate"]), abs=1e-6)
        assert error == pytest.approx(float(row["std_error"]), abs=1e-5)
    for term, (estimate, error) in printed.items():
        assert found[term] == pytest.approx((estimate, error), abs=5e-4)
    assert fit.ties == "efron"


def test_the_piecewise_exponential_model_tells_what_the_printed_cox_model_tells(tmp_path):
    example("rossi").convert(DATA / "rossi.csv.gz", tmp_path, as_months=True)
    codes = open_dataset(tmp_path, Engine(), use_cache=False).codes
    found = coefficients(
        fitted(
            codes, choose(codes, EVERYONE), Model(name="departure", formula=Formula(terms=parse_terms(FOX)))
        )
    )
    for term, row in published("rossi_cox").items():
        difference = found[NAMES.get(term, term)][0] - float(row["estimate"])
        assert abs(difference) < 0.1 * float(row["std_error"])


def test_the_printed_within_persons_model_of_vella_and_verbeek_comes_out(tmp_path):
    module = example("wage_panel")
    module.convert(DATA / "wage_panel.csv.gz", tmp_path)
    codes = open_dataset(tmp_path, Engine(), use_cache=False).codes
    formula = Formula(terms=parse_terms("contract + sector"), by_month=("exper",))
    fit = fitted(codes, choose(codes, EVERYONE), Model(name="wage-within", formula=formula))
    assert (fit.persons, fit.observations) == (545, 4360)
    scale = {"contract[other]": -1 / module.STRETCH, "sector[B]": 1 / module.STRETCH}
    scale["exper:month"] = 0.5 / module.STRETCH
    found = {
        term: (e * scale[term], s * abs(scale[term]))
        for term, (e, s) in coefficients(fit).items()
        if term in scale
    }
    names = {"union": "contract[other]", "married": "sector[B]", "expersq": "exper:month"}
    printed = {"union": 0.0800, "married": 0.0467, "expersq": -0.0052}
    rows = published("wage_panel_within")
    for name, term in names.items():
        # Wages are rounded to the cent on the way, which moves the fourth digit of nothing.
        assert found[term][0] == pytest.approx(float(rows[name]["estimate"]), abs=2e-5)
        assert found[term][1] == pytest.approx(float(rows[name]["std_error"]), abs=1e-5)
        assert found[term][0] == pytest.approx(printed[name], abs=5e-5)
