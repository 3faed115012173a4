"""The page of models: what options mean, and what a figure of coefficients says in words."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

import sample_data
from explorer.core.formatting import Formats
from explorer.core.formulas import formula_of, model_asked
from explorer.core.modelling import DEFAULT_TERMS, ModelOptions
from explorer.core.names import LEVELS
from explorer.core.options import form_of
from explorer.core.spec import Spec
from explorer.core.terms import pieces_of
from explorer.core.views import all_views, figures_of
from explorer.core.words import Refusal, Words
from explorer.pipeline.answering import answer
from explorer.pipeline.drawing import draw
from explorer.pipeline.drawings.forest import ratio_tick, ratio_ticks
from explorer.pipeline.drawings.frame import Look, Sheet
from explorer.pipeline.opening import open_dataset
from explorer.registers.engine import Engine
from models.fit import is_baseline
from models.rules import CBS, NONE
from models.selection import EVERYONE, IsIn
from widgets.pictures.kinds import ForestChart

ENGLISH = Words("en")
A_AND_B = (("A", IsIn("sex", ("female",))), ("B", IsIn("sex", ("male",))))


@pytest.fixture(scope="module")
def source():
    return open_dataset(sample_data.small_path(), Engine(), use_cache=False).source


def picture(source, view, rules=NONE, words=ENGLISH, **parts):
    spec = Spec(view=view, **{"options": all_views()[view].options(), **parts})
    sheet = Sheet(info=source.codes.info, groupings=dict(source.codes.groupings), source=source)
    released = answer(source, spec, rules)
    return released, draw(released, spec, sheet, Look(), words)


def rows(chart, kind):
    return [row for row in chart.rows if row.kind == kind]


def test_all_views_of_models_share_what_is_asked():
    assert {view.options for view in figures_of("model")} == {ModelOptions}
    assert [view.name for view in figures_of("model")] == [
        "model_terms",
        "model_fitted",
        "model_blocks",
        "model_standardised",
        "model_profile",
    ]


def test_what_does_not_go_with_a_model_is_disabled_and_not_looked_at(source):
    options = ModelOptions(
        model="employment",
        lagged_work="working[lag1]",
        of_job=("contract",),
        cause="origin",
        removals="censored",
        real_month="2024-01",
    )
    acts = {shown.name for shown in form_of(options) if shown.acts}
    assert acts == {
        "model",
        "terms",
        "numbers",
        "interactions",
        "by_month",
        "baseline",
        "references",
        "compared",
    }
    model = model_asked(source, options)
    assert model == model_asked(source, ModelOptions(model="employment"))
    assert not model.causes
    assert not model.formula.lagged_work


def test_each_model_can_be_asked_with_everything_it_enables(source):
    for model in ("departure", "wage", "cox"):
        options = ModelOptions(
            model=model,
            terms=("sex",),
            numbers=("age",),
            lagged_work="working[lag1]",
            of_job=("contract",),
            by_month="sex",
            cause="onward",
        )
        released, _ = picture(source, "model_terms", options=options)
        assert released.fit.model == model


def test_what_enters_an_interaction_enters_by_itself_too():
    formula = formula_of(ModelOptions(terms=("cohort",), interactions="cohort:sex"))
    assert formula.terms == (("cohort",), ("sex",), ("cohort", "sex"))
    changing = formula_of(ModelOptions(terms=("cohort",), by_month="sex"))
    assert changing.terms == (("cohort",), ("sex",))
    assert changing.by_month == ("sex",)


def test_age_as_a_number_takes_the_place_of_the_age_bands():
    columns = formula_of(ModelOptions(numbers=("age",))).columns
    assert "age" in columns
    assert "age_band" not in columns


def test_default_terms_that_a_dataset_lacks_are_left_out_and_chosen_ones_are_not():
    known = frozenset(("cohort", "sex", "age_band"))
    assert formula_of(ModelOptions(), known).columns == ("cohort", "sex", "age_band")
    chosen = ModelOptions(terms=("nationality_group",))
    assert formula_of(chosen, known) == formula_of(chosen)
    assert formula_of(ModelOptions()).columns == DEFAULT_TERMS


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (ModelOptions(interactions="cohort:"), "is no term"),
        (ModelOptions(interactions="cohort:colour"), "no column “colour”"),
        (ModelOptions(terms=("colour",)), "no column “colour”"),
    ],
)
def test_a_wrong_text_is_refused_in_words(source, options, said):
    with pytest.raises(Refusal, match=said):
        picture(source, "model_terms", options=options)


@pytest.mark.parametrize(
    ("view", "options", "said"),
    [
        ("model_blocks", ModelOptions(model="wage"), "Blocks of months are for hazards"),
        ("model_blocks", ModelOptions(terms=()), "no category"),
        ("model_fitted", ModelOptions(model="cox"), "Choose one of those models"),
        ("model_standardised", ModelOptions(model="employment"), "Only the model departure"),
        ("model_standardised", ModelOptions(terms=()), "no category"),
        (
            "model_standardised",
            ModelOptions(compared="quarter"),
            "“Quarter of settling” is no category among the terms",
        ),
    ],
)
def test_a_figure_that_a_model_does_not_have_is_refused_in_words(source, view, options, said):
    with pytest.raises(Refusal, match=said):
        picture(source, view, options=options)


def test_a_forest_has_a_heading_with_its_test_a_reference_and_a_row_a_level(source):
    released, chart = picture(source, "model_terms")
    assert isinstance(chart, ForestChart)
    assert [row.label.partition(" · ")[0] for row in rows(chart, "heading")] == [
        "Period of settling",
        "Nationality group",
        "Sex",
        "Age band at settling",
    ]
    assert all("p " in row.label for row in rows(chart, "heading"))
    assert [row.key for row in rows(chart, "reference")] == list(released.fit.references)
    asked = [term for term in released.fit.coefficients.terms if not is_baseline(term)]
    assert sorted(row.key for row in rows(chart, "term")) == sorted(asked)
    bands = [row.label for row in chart.rows if row.key.startswith("age_band[")]
    assert bands == [name for name in source.codes.groupings["age_band"].levels if name in bands]


def test_a_ratio_is_read_as_the_exponent_with_its_interval(source):
    released, chart = picture(source, "model_terms")
    found = released.fit.coefficients
    at = found.terms.index("sex[male]")
    row = next(row for row in chart.rows if row.key == "sex[male]")
    (one,) = row.estimates
    assert one.value == pytest.approx(found.estimate[at])
    ratio, low, high = (math.exp(value) for value in (one.value, one.low, one.high))
    assert one.reading == f"{ratio:.2f} ({low:.2f}–{high:.2f})"
    assert chart.x.low < one.value < chart.x.high
    assert chart.x.low <= 0 <= chart.x.high


def test_wages_are_read_in_per_cent_on_a_straight_axis(source):
    released, chart = picture(source, "model_terms", options=ModelOptions(model="wage"))
    found = released.fit.coefficients
    row = rows(chart, "term")[0]
    value = math.expm1(found.estimate[found.terms.index(row.key)])
    assert row.estimates[0].value == pytest.approx(value)
    assert "%" in row.estimates[0].reading
    assert chart.x.text(0.05, 0.05) == "+5%"


@pytest.mark.parametrize(
    ("least", "most", "texts"),
    [
        (0.35, 1.1, ["0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1", "1.1"]),
        (0.3, 2.2, ["0.3", "0.5", "0.7", "1", "1.5", "2"]),
        (0.09, 12, ["0.1", "0.2", "0.5", "1", "2", "5", "10"]),
        (0.93, 1.04, ["0.94", "0.96", "0.98", "1", "1.02", "1.04"]),
        (0.001, 1000, ["0.001", "0.01", "0.1", "1", "10", "100", "1,000"]),
    ],
)
def test_ticks_of_a_ratio_are_round_and_one_is_always_among_them(least, most, texts):
    sets = ratio_ticks(math.log(least), math.log(most) + 1e-9)
    assert [ratio_tick(tick, Formats("en")) for tick in sets[0]] == texts
    assert all(0.0 in np.round(one, 12) for one in sets)
    assert sets[-1] == (0.0,)
    assert [len(one) for one in sets] == sorted((len(one) for one in sets), reverse=True)


def test_the_note_says_what_was_fitted_to_whom_and_how(source):
    released, chart = picture(source, "model_terms", options=ModelOptions(by_month="sex"))
    fit = released.fit
    assert f"{fit.persons:,} persons, {fit.events:,} events" in chart.note
    assert f"{fit.person_days:,.0f} person-days" in chart.note
    assert "AIC" in chart.note
    assert "one step a month" in chart.note
    assert "from the model (inverse information)" in chart.note
    assert "Does the effect of “Sex” change with month (likelihood-ratio test)?" in chart.note
    _, cox = picture(source, "model_terms", options=ModelOptions(model="cox", terms=("sex",)))
    assert "ties: Efron" in cox.note


def test_the_months_of_the_baseline_are_no_rows(source):
    for model in ("departure", "wage", "employment"):
        _, chart = picture(source, "model_terms", options=ModelOptions(model=model))
        assert not any(is_baseline(row.key) for row in chart.rows)


def test_hidden_coefficients_are_said_to_be_hidden_and_not_drawn(source):
    released, chart = picture(source, "model_terms", CBS, options=ModelOptions(terms=("nationality_group",)))
    hidden = {
        term
        for term, is_hidden in zip(released.fit.coefficients.terms, released.hidden, strict=True)
        if is_hidden and not is_baseline(term)
    }
    assert hidden
    out = {row.key: row for row in rows(chart, "left out")}
    for term in hidden:
        assert out[term].text == "hidden: fewer than 10 persons or events"
        assert not out[term].estimates


def test_what_is_left_out_says_why(source):
    _, chart = picture(source, "model_terms", options=ModelOptions(terms=("cohort", "quarter")))
    said = [row.text for row in rows(chart, "left out")]
    assert "left out: other terms determine it" in said
    _, within = picture(source, "model_terms", options=ModelOptions(model="wage-within"))
    assert "never changes within a person" in within.empty


def test_a_and_b_are_two_series_of_one_forest(source):
    _, chart = picture(source, "model_terms", versus=A_AND_B, options=ModelOptions(terms=("cohort",)))
    assert [name for name, _ in chart.series] == ["A: female", "B: male"]
    row = rows(chart, "term")[0]
    assert [one.series for one in row.estimates] == [0, 1]
    alone = [
        picture(source, "model_terms", selection=part, options=ModelOptions(terms=("cohort",)))[1]
        for _, part in A_AND_B
    ]
    for side, one in zip(alone, row.estimates, strict=True):
        assert rows(side, "term")[0].estimates[0].reading == one.reading
    assert "A: " in chart.note
    assert "B: " in chart.note


def test_a_level_that_is_reference_in_one_and_not_in_the_other_is_told(source):
    sides = (("A", EVERYONE), ("B", IsIn("cohort", ("2022 H2", "2023"))))
    _, chart = picture(source, "model_terms", versus=sides, options=ModelOptions(terms=("cohort",)))
    row = next(row for row in chart.rows if row.key == "cohort[2022 H2]")
    assert row.kind == "term"
    assert [one.series for one in row.estimates] == [0]
    assert row.text == "B: reference"


def test_nobody_in_either_selection_is_said(source):
    nobody = IsIn("sex", ())
    _, chart = picture(source, "model_terms", versus=(("A", nobody), ("B", nobody)))
    assert "nobody" in chart.empty


def test_blocks_are_rows_under_a_heading_for_each_level_in_order_of_time(source):
    _, chart = picture(source, "model_blocks", options=ModelOptions(terms=("sex", "cohort")))
    assert all(row.label.startswith("Sex: ") for row in rows(chart, "heading"))
    labels = [row.label for row in chart.rows if row.key.startswith("sex[male]:month[")]
    starts = [
        int(pieces_of(row.key)[-1][1].split("-")[0]) for row in rows(chart, "term") if "male" in row.key
    ]
    assert labels[0].startswith("months 1–")
    assert starts == sorted(starts)
    assert len(starts) > 2
    released, _ = picture(source, "model_blocks", options=ModelOptions(terms=("sex",), compared="cohort"))
    blocked = {term.partition("[")[0] for term in released.fit.coefficients.terms if ":month[" in term}
    assert blocked == {"cohort"}
    assert "sex[male]" in released.fit.coefficients.terms


def test_terms_are_taken_apart_where_they_join():
    assert pieces_of("cohort[2022 H2]:sex[male]") == (("cohort", "2022 H2"), ("sex", "male"))
    assert pieces_of("working[lag1]:month") == (("working[lag1]", "yes"), ("month", ""))
    assert pieces_of("province[A:B]") == (("province", "A:B"),)
    assert is_baseline("month[12]")
    assert not is_baseline("sex[male]:month[1-3]")


@pytest.mark.parametrize("model", ["departure", "employment", "wage", "first-job", "return", "job-loss"])
def test_fitted_and_observed_are_drawn_on_the_same_months(source, model):
    released, chart = picture(source, "model_fitted", options=ModelOptions(model=model, terms=("sex",)))
    curves = released
    assert curves.by == ("sex",)
    estimate = curves[curves.estimate]
    for series in range(0, len(curves.keys), 2):
        assert curves.keys[series][-1] == "observed"
        assert np.array_equal(np.isfinite(estimate[series]), np.isfinite(estimate[series + 1]))
    assert not chart.empty
    assert LEVELS["observed"] in chart.lines[0].label


def test_standardised_curves_begin_at_nobody_departed(source):
    released, chart = picture(source, "model_standardised")
    assert released.by == ("cohort",)
    assert (released["share_departed"][:, 0] == 0).all()
    assert len(chart.lines) == len(released.keys)
    other, _ = picture(source, "model_standardised", options=ModelOptions(compared="sex"))
    assert other.by == ("sex",)


def test_a_projection_says_what_it_assumes(source):
    options = all_views()["projection"].options(factor=1.5, factor_from=date(2025, 10, 1), arrivals=100.0)
    released, chart = picture(source, "projection", options=options)
    assert "multiplied by 1.5 from 1 October 2025 on" in chart.note
    assert "100 persons settle each month" in chart.note
    assert "does not cover the choice of scenario" in chart.note
    plain, _ = picture(source, "projection")
    assert plain["present"][0, -1] != released["present"][0, -1]
    fields = {shown.name: shown for shown in form_of(all_views()["projection"].options())}
    assert not fields["factor_from"].acts
    assert {shown.name for shown in form_of(replace(options, factor=2.0)) if shown.acts} == set(fields)


def test_days_to_choose_from_lie_ahead_of_the_data(source):
    fields = {shown.name: shown.control for shown in form_of(all_views()["projection"].options())}
    quarters = [value for value, _ in fields["factor_from"].values(source.codes)]
    assert quarters[0] >= source.codes.info.observed_until
    assert date(2025, 10, 1) in quarters
    assert [value for value, _ in fields["until"].values(source.codes)][-1] == date(2027, 3, 4)


def test_the_curve_of_a_profile_is_not_called_by_who_is_selected(source):
    chart = picture(source, "model_profile", options=ModelOptions(terms=("sex",), profile="sex=male"))[1]
    assert [line.label for line in chart.lines] == ["this profile"]


@pytest.mark.parametrize("words", [ENGLISH, Words("nl")], ids=["en", "nl"])
@pytest.mark.parametrize("shortest", [1, 3, 6])
def test_the_note_says_how_long_a_block_is_at_least(source, shortest, words):
    options = ModelOptions(terms=("sex", "cohort"), shortest=shortest)
    released, chart = picture(source, "model_blocks", words=words, options=options)
    assert f"({'at least' if words is ENGLISH else 'minstens'} {shortest})" in chart.note
    ends = [
        [int(month) for month in term.partition(":month[")[2][:-1].split("-")]
        for term in released.fit.coefficients.terms
        if ":month[" in term
    ]
    assert all(last - start + 1 >= shortest for start, last in ends)
