"""Beside every shortcut stands the right curve, on the sample nearer to the truth, and the note says by how much."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.core.spec import Spec
from explorer.core.views import figures_of
from explorer.core.words import Words
from explorer.pipeline.answering import answer
from explorer.pipeline.drawing import draw
from explorer.pipeline.drawings.frame import Look, note_text
from explorer.pipeline.figure import sheet_of
from explorer.views.naive_competing import DestinationOptions
from explorer.views.naive_future import FutureOptions
from models.register import CONTRACTS, DESTINATIONS
from models.rules import CBS, NONE
from models.selection import IsIn
from models.tally.choosing import choose

NAMES = ("naive_censoring", "naive_competing", "naive_future", "naive_month24")


def spec_of(name, **more):
    view = next(view for view in figures_of("departure") if view.name == name)
    return Spec(view=name, **{"by": view.by, "options": view.options(), **more})


def curves_of(dataset, name, **more):
    return answer(dataset.source, spec_of(name, **more), NONE)


def curve(curves, *key):
    return dict(zip(curves.at.tolist(), curves["share"][curves.keys.index(key)].tolist(), strict=True))


def test_they_stand_last_among_the_departure_figures():
    assert tuple(view.name for view in figures_of("departure"))[-4:] == NAMES


@pytest.mark.parametrize("month", [12, 18, 24])
def test_one_minus_kaplan_meier_is_nearer_to_the_truth_than_ignoring_censoring(sample_dataset, month):
    found = curves_of(sample_dataset, "naive_censoring")
    right, shortcut, truth = (curve(found, name)[month] for name in ("right", "shortcut", "truth"))
    assert abs(right - truth) < 0.5 * abs(shortcut - truth)
    assert shortcut < truth


@pytest.mark.parametrize("destination", DESTINATIONS)
@pytest.mark.parametrize("month", [12, 18, 24])
def test_cumulative_incidence_is_nearer_to_the_truth_than_a_destination_apart(
    sample_dataset, destination, month
):
    found = curves_of(sample_dataset, "naive_competing", options=DestinationOptions(destination=destination))
    right, shortcut, truth = (curve(found, name)[month] for name in ("right", "shortcut", "truth"))
    assert abs(right - truth) < abs(shortcut - truth)
    assert shortcut > right


@pytest.mark.parametrize("contract", CONTRACTS)
@pytest.mark.parametrize("month", [12, 18])
def test_who_has_a_contract_leaves_as_everyone_and_the_filter_on_the_future_says_otherwise(
    sample_dataset, contract, month
):
    found = curves_of(sample_dataset, "naive_future", options=FutureOptions(contract=contract))
    right, shortcut, truth, present, settled = (
        curve(found, name)[month] for name in ("right", "shortcut", "truth", "all present", "all settled")
    )
    assert shortcut - settled < -0.03
    assert abs((right - present) - (truth - present)) < 0.5 * abs((shortcut - settled) - (truth - present))


def test_in_each_cohort_the_right_curve_is_nearer_to_its_truth_than_the_pooled_one(sample_dataset):
    found = curves_of(sample_dataset, "naive_month24")
    codes, known = sample_dataset.codes, sample_dataset.source.truth
    pooled = curve(found, "everyone", "shortcut")
    for cohort, month in (("2022 H1", 12), ("2022 H1", 24), ("2022 H2", 12), ("2022 H2", 18), ("2023", 12)):
        truth = known(codes, choose(codes, IsIn("cohort", (cohort,)))).sum(axis=0)[month]
        assert abs(curve(found, cohort, "right")[month] - truth) < 0.2 * abs(pooled[month] - truth)
    assert pooled[24] - curve(found, "everyone", "truth")[24] > 0.015


@pytest.mark.parametrize("name", NAMES)
def test_the_note_tells_the_curves_the_gap_and_the_truth(sample_dataset, name):
    released = answer(sample_dataset.source, spec_of(name), NONE)
    note = note_text(released, spec_of(name), sheet_of(sample_dataset), Words("en"))
    for word in ("Shortcut: ", "Right: ", "truth", "month 12", "percentage points"):
        assert word in note


def test_the_numbers_in_the_note_are_those_of_the_curves(sample_dataset):
    released = answer(sample_dataset.source, spec_of("naive_censoring"), NONE)
    note = note_text(released, spec_of("naive_censoring"), sheet_of(sample_dataset), Words("en"))
    for name in ("shortcut", "right", "truth"):
        assert f"{round(curve(released, name)[12] * 1000) / 10:.1f}%" in note
    assert "too low" in note


def test_the_note_names_who_is_followed_in_month_24(sample_dataset):
    released = answer(sample_dataset.source, spec_of("naive_month24"), NONE)
    note = note_text(released, spec_of("naive_month24"), sheet_of(sample_dataset), Words("en"))
    codes = sample_dataset.codes
    late = codes.duration >= 730
    first = codes.groupings["cohort"].codes == 0
    assert f"{round(first[late].mean() * 1000) / 10:.1f}% are 2022 H1" in note
    assert f"{round(first.mean() * 1000) / 10:.1f}%" in note


@pytest.mark.parametrize("name", NAMES)
def test_without_a_known_truth_none_is_drawn_and_a_synthetic_dataset_says_so(sample_dataset, name):
    source = replace(sample_dataset.source, truth=None)
    released = answer(source, spec_of(name), NONE)
    assert not [key for key in released.keys if key[-1] == "truth"]
    note = note_text(released, spec_of(name), sheet_of(sample_dataset), Words("en"))
    assert "No truth is drawn" in note
    real = replace(sheet_of(sample_dataset), info=replace(sample_dataset.codes.info, synthetic=False))
    assert "truth" not in note_text(released, spec_of(name), real, Words("en"))


@pytest.mark.parametrize("name", NAMES[:3])
def test_beside_a_comparison_no_truth_is_drawn(sample_dataset, name):
    spec = spec_of(name, by=("sex",))
    released = answer(sample_dataset.source, spec, NONE)
    assert not [key for key in released.keys if key[-1] == "truth"]
    assert "No truth is drawn beside a comparison" in note_text(
        released, spec, sheet_of(sample_dataset), Words("en")
    )


def test_the_truth_is_that_of_the_people_chosen(sample_dataset):
    found = curves_of(sample_dataset, "naive_censoring", selection=IsIn("cohort", ("2022 H1",)))
    everyone = curves_of(sample_dataset, "naive_censoring")
    assert curve(found, "truth")[12] > curve(everyone, "truth")[12] + 0.05
    assert abs(curve(found, "truth")[12] - curve(found, "right")[12]) < 0.01


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rules", [NONE, CBS])
def test_they_are_drawn_and_tabled_with_the_name_of_each_curve(sample_dataset, name, rules):
    spec = spec_of(name)
    released = answer(sample_dataset.source, spec, rules)
    chart = draw(released, spec, sheet_of(sample_dataset), Look(), Words("en"))
    assert len(chart.lines) >= 3
    table = released.table()
    names = [column.name for column in table.columns]
    assert names == [*spec.by, "month", "curve", "at_risk", "share", "ci_low", "ci_high", "status"]
    told = {row[names.index("curve")] for row in table.rows}
    assert {"right", "shortcut", "truth"} <= told
    for row in table.rows:
        if row[names.index("curve")] == "truth":
            assert row[names.index("at_risk")] is None
            assert np.isfinite(row[names.index("share")])
