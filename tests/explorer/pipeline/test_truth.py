"""The truth of a dataset is known where the simulator's own hazards lie beside it, for whoever is chosen."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.pipeline import truth
from explorer.pipeline.truth import expected_departures, truth_of
from models.selection import EVERYONE, AtMonth, IsIn
from models.tally.building import build_codes
from models.tally.choosing import choose
from models.tally.exits import count_departures
from sample_data.writing import truth_text
from tests.models.exactly import share_departed
from tests.models.worlds import make_world


def test_the_truth_is_known_beside_the_hazards_of_this_simulator_only(tmp_path):
    assert truth_of(tmp_path) is None
    told = tmp_path / "truth.toml"
    told.write_text(truth_text(), encoding="utf-8")
    assert truth_of(tmp_path) is expected_departures
    told.write_text("# other words above the same numbers\n" + truth_text(), encoding="utf-8")
    assert truth_of(tmp_path) is expected_departures
    told.write_text(truth_text().replace("level = 0.0182", "level = 0.0183"), encoding="utf-8")
    assert truth_of(tmp_path) is None
    told.write_text("[broken", encoding="utf-8")
    assert truth_of(tmp_path) is None


def test_a_dataset_without_the_columns_of_the_simulator_has_no_truth():
    codes = build_codes(make_world(3).register())
    assert np.isnan(expected_departures(codes, choose(codes, EVERYONE))).all()


def test_the_sample_has_a_truth_and_its_first_cohort_follows_it(sample_dataset):
    codes, known = sample_dataset.codes, sample_dataset.source.truth
    assert known is not None
    chosen = choose(codes, IsIn("cohort", ("2022 H1",)))
    expected = known(codes, chosen).sum(axis=0)
    found = share_departed(count_departures(codes, chosen))
    error = (found["ci_high"] - found["ci_low"])[0] / 3.92
    for month in (3, 6, 12, 18, 24):
        assert abs(found["share_departed"][0, month] - expected[month]) < 4 * error[month]


def test_from_a_month_on_it_starts_there_with_those_in_the_state(sample_dataset):
    codes = sample_dataset.codes
    chosen = choose(codes, AtMonth("contract", ("agency",), 6))
    expected = expected_departures(codes, chosen).sum(axis=0)
    assert np.isnan(expected[:6]).all()
    assert expected[6] == 0.0
    assert (np.diff(expected[6:]) > 0).all()


def test_a_part_of_many_persons_gives_nearly_the_same_curve(sample_dataset, monkeypatch):
    codes = sample_dataset.codes
    chosen = choose(codes, EVERYONE)
    whole = expected_departures(codes, chosen)
    monkeypatch.setattr(truth, "MOST_PERSONS", 40_000)
    np.testing.assert_allclose(expected_departures(codes, chosen), whole, atol=1.5e-3)


@pytest.mark.parametrize("selection", [IsIn("sex", ()), AtMonth("present", (), 100)])
def test_nobody_has_no_truth(sample_dataset, selection):
    codes = sample_dataset.codes
    assert np.isnan(expected_departures(codes, choose(codes, selection))).all()
