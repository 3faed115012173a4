"""The example turns a real data set into one that the program opens; a stand-in of the same form is made here."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path

import pytest

from explorer.pipeline.opening import open_dataset
from explorer.registers.engine import Engine
from models.selection import EVERYONE
from models.tally.choosing import choose
from models.tally.exits import count_departures
from tests.models.exactly import share_departed

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "examples" / "rossi.py"


@pytest.fixture
def rossi():
    spec = importlib.util.spec_from_file_location("rossi", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def man(week, arrest, work, prio=3):
    row = {
        "week": week,
        "arrest": arrest,
        "fin": "no",
        "age": 27,
        "race": "black",
        "wexp": "no",
        "mar": "married",
        "paro": "yes",
        "prio": prio,
        "educ": 3,
    }
    for number in range(1, 53):
        row[f"emp{number}"] = ("yes" if number in work else "no") if number <= week else ""
    return row


def test_weeks_become_days_and_work_becomes_jobs(rossi, tmp_path):
    men = [man(20, 1, {1, 2, 10}), man(52, 1, set()), man(52, 0, set(range(1, 53)))]
    with (tmp_path / "rossi.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(men[0]))
        writer.writeheader()
        writer.writerows(men)
    rossi.convert(tmp_path / "rossi.csv", tmp_path / "out")
    dataset = open_dataset(tmp_path / "out", Engine(), use_cache=False)
    codes = dataset.codes
    assert codes.duration.tolist() == [140, 364, 364]
    assert (codes.destination > 0).tolist() == [True, True, False]
    assert codes.numbers["age"].tolist() == [27, 27, 27]
    assert codes.numbers["prio"].tolist() == [3, 3, 3]
    curve = share_departed(count_departures(codes, choose(codes, EVERYONE)))
    assert curve["share_departed"][0, 5] == pytest.approx(1 / 3)
    [working] = [finding for finding in dataset.quality.findings if finding.problem == "wage_unusable"]
    assert working.rows == 3 + 52
