"""Views that need a regression: the numbers of the model, released, alone or A beside B."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

import sample_data
from explorer.core.formulas import model_asked
from explorer.core.modelling import ModelOptions
from explorer.core.spec import Spec
from explorer.core.views import all_views
from explorer.core.words import Refusal
from explorer.pipeline.answering import answer
from explorer.pipeline.opening import open_dataset
from explorer.registers.engine import Engine
from models.clocks import DAYS_PER_MONTH, day_number
from models.disclosure.fits import ReleasedFit, ReleasedNoFit, ReleasedTogether, release_fit
from models.disclosure.results import release_result
from models.fit import Lack
from models.projection import Scenario, project
from models.regression.fitting import fit, person_time, standardised
from models.regression.formula import Formula
from models.results import Curves, Nothing
from models.rules import CBS, NONE
from models.selection import EVERYONE, And, IsIn, Not
from models.tally.choosing import choose

WOMEN = IsIn("sex", ("female",))


@pytest.fixture(scope="module")
def source():
    return open_dataset(sample_data.small_path(), Engine(), use_cache=False).source


def asked(view, options=None, **parts):
    return Spec(view=view, options=options or all_views()[view].options(), **parts)


def everyone(source):
    return choose(source.codes, EVERYONE)


@pytest.mark.parametrize("model", ["departure", "employment", "wage", "first-job"])
def test_coefficients_of_the_view_are_those_of_the_model(source, model):
    options = ModelOptions(model=model, terms=("cohort", "sex"))
    shown = answer(source, asked("model_terms", options, selection=WOMEN), NONE)
    model = model_asked(source, options)
    told = release_fit(fit(source.codes, choose(source.codes, WOMEN), model), NONE)
    assert isinstance(shown, ReleasedFit)
    assert shown.table() == told.table()


def test_standardised_curves_of_the_view_are_those_of_the_model(source):
    options = ModelOptions(terms=("cohort", "sex"))
    shown = answer(source, asked("model_standardised", options), NONE)
    told = standardised(source.codes, everyone(source), model_asked(source, options), "cohort", NONE)
    assert shown.table() == release_result(told, NONE).table()


def test_a_standardised_curve_ends_where_the_observed_share_departed_does(source):
    shown = answer(source, asked("model_standardised", ModelOptions(terms=("cohort", "sex"))), NONE)
    counted = answer(source, replace(asked("departure", selection=EVERYONE), by=("cohort",)), NONE)
    ends = {
        key[0]: int(counted.at[np.flatnonzero(row)[-1]])
        for key, row in zip(counted.keys, counted.observed, strict=True)
    }
    for key, row in zip(shown.keys, shown.observed, strict=True):
        assert int(shown.at[np.flatnonzero(row)[-1]]) == ends[key[0]], key


def test_the_projected_part_is_the_projection_of_the_model(source):
    options = all_views()["projection"].options()
    shown = answer(source, asked("projection", options), NONE)
    until = Scenario(until=day_number(date(2027, 3, 4)))
    told = project(source.codes, everyone(source), Formula(terms=(("cohort",),)), until, NONE)
    ahead = shown.at >= told.at[0]
    for name in ("present", "ci_low", "ci_high"):
        assert np.array_equal(shown[name][0, ahead], told[name][0])


def test_observed_rates_are_those_of_the_tally(source):
    options = ModelOptions(terms=("sex",))
    shown = answer(source, asked("model_fitted", options), NONE)
    tally = person_time(source.codes, everyone(source), model_asked(source, options))
    level = tally.columns[0].levels.index("male")
    rows = tally.table[:, 0] == level
    rate = tally.events[rows].sum(axis=0) / tally.person_days[rows].sum(axis=0) * DAYS_PER_MONTH
    male = shown.keys.index(("male", "observed"))
    seen = shown.observed[male]
    assert seen.sum() >= len(seen) - 2
    assert np.allclose(shown["rate"][male][seen], rate[seen])


def test_curves_may_be_drawn_by_a_column_that_is_no_term(source):
    shown = answer(source, asked("model_fitted", ModelOptions(terms=("cohort",), compared="sex")), NONE)
    assert shown.by == ("sex",)
    with pytest.raises(Refusal, match="no column “colour”"):
        answer(source, asked("model_fitted", ModelOptions(compared="colour")), NONE)


def test_without_any_category_observed_and_fitted_are_of_everyone(source):
    shown = answer(source, asked("model_fitted", ModelOptions(terms=())), NONE)
    assert shown.keys == (("observed",), ("fitted",))


def test_few_events_hide_observed_and_fitted_alike(source):
    released = answer(source, asked("model_fitted", ModelOptions(terms=("cohort",))), CBS)
    assert isinstance(released, Curves)
    events = answer(source, asked("model_fitted", ModelOptions(terms=("cohort",))), NONE)["events"]
    few = (events[0::2] > 0) & (events[0::2] < 10)
    assert few.any()
    for part in (0, 1):
        assert released.withheld[part::2][few].all()
        assert np.isnan(released["rate"][part::2][few]).all()


def test_a_and_b_are_fitted_apart(source):
    sides = (("A", WOMEN), ("B", Not(WOMEN)))
    options = ModelOptions(terms=("cohort",))
    both = answer(source, asked("model_terms", options, versus=sides), CBS)
    assert isinstance(both, ReleasedTogether)
    for (_, part), found in zip(sides, both.fits, strict=True):
        alone = answer(source, asked("model_terms", options, selection=part), CBS)
        assert found.table() == alone.table()
    curves = answer(source, asked("model_standardised", options, versus=sides), NONE)
    assert curves.by == ("selection", "cohort")


def test_no_fit_and_nothing_are_answers(source):
    nobody = And((WOMEN, Not(WOMEN)))
    found = answer(source, asked("model_terms", selection=nobody), NONE)
    assert isinstance(found, ReleasedNoFit)
    assert found.no_fit.lack is Lack.NOBODY
    ahead = answer(source, asked("projection", selection=nobody), NONE)
    assert isinstance(ahead, ReleasedNoFit | Nothing)


def test_blocks_of_nobody_are_no_fit(source):
    nobody = And((WOMEN, Not(WOMEN)))
    found = answer(source, asked("model_blocks", selection=nobody), NONE)
    assert isinstance(found, ReleasedNoFit)
    assert found.no_fit.lack is Lack.NOBODY


def test_a_block_of_the_view_is_three_months_or_longer_and_holds_ten_events_a_level(source):
    options = ModelOptions(terms=("sex",))
    found = answer(source, asked("model_blocks", options), NONE)
    ends = [term for term in found.fit.coefficients.terms if term.startswith("sex[male]:month[")]
    spans = [tuple(int(n) for n in term[:-1].rpartition("[")[2].split("-")) for term in ends]
    assert all(last - first >= 2 for first, last in spans[:-1])
    lived = person_time(source.codes, everyone(source), model_asked(source, options))
    for first, last in spans[:-1]:
        events = lived.events[:, first - 1 : last].sum(axis=1)
        known = [lived.columns[0].levels[place] != "unknown" for place in lived.table[:, 0]]
        assert (events[known] >= 10).all()


def test_a_profile_tells_of_no_coefficient_that_is_hidden(source):
    levels = source.codes.groupings["sex"].levels
    fits = answer(source, asked("model_terms", ModelOptions(terms=("sex",))), CBS)
    assert fits.hidden.any() or fits.fit.left_out
    for level, told in (("male", True), ("unknown", False)):
        assert level in levels
        found = answer(
            source, asked("model_profile", ModelOptions(terms=("sex",), profile=f"sex={level}")), CBS
        )
        assert isinstance(found, Curves) == told
    free = answer(source, asked("model_profile", ModelOptions(terms=("sex",), profile="sex=unknown")), NONE)
    assert isinstance(free, Curves)
