"""The default sample meets every published figure within its tolerance, counted independently of the program."""

from __future__ import annotations

import csv

import pytest

from sample_data import published_path

ROWS = {row["id"]: row for row in csv.DictReader(published_path().read_text(encoding="utf-8").splitlines())}


@pytest.fixture(scope="session")
def figures(register, counting):
    return counting.published_figures(register)


def test_there_are_twenty_three_published_figures_and_all_are_counted(figures):
    assert len(ROWS) == 23
    assert set(figures) == set(ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_the_sample_meets_the_published_figure(figures, name):
    target, tolerance = float(ROWS[name]["value"]), float(ROWS[name]["tolerance"])
    for value in figures[name]:
        assert value == pytest.approx(target, abs=tolerance, rel=0)


def test_dirt_leaves_exactly_157000_persons_in_the_cohort(register):
    assert len(register.people) == 157_000


def test_about_seven_percent_of_leavers_return_after_about_five_months(register):
    left = register.people[register.people.departed <= 19905]
    back = register.stays.merge(left[["person_id", "departed"]], on="person_id", suffixes=("", "_first"))
    back = back[back.settled > back.departed_first]
    assert back.person_id.nunique() / len(left) == pytest.approx(0.07, abs=0.01)
    assert (back.settled - back.departed_first).mean() / 30.4375 == pytest.approx(5.0, abs=1.0)


def test_there_are_over_a_million_job_records(full):
    assert full.jobs.num_rows > 1_000_000
