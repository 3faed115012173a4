"""A beside B are two rounded selections beside each other: neither tells more than it would by itself."""

from __future__ import annotations

import numpy as np
import pytest

import sample_data
from explorer.core.modelling import ModelOptions
from explorer.core.spec import Spec
from explorer.core.views import all_views
from explorer.core.words import Words
from explorer.pipeline.answering import answer
from explorer.pipeline.drawings.frame import Look
from explorer.pipeline.figure import make_figure
from explorer.pipeline.opening import open_dataset
from explorer.registers.engine import Engine
from models.disclosure.fits import ReleasedFit, ReleasedNoFit
from models.results import Curves
from models.rules import CBS, NONE
from models.selection import EVERYONE, And, Between, IsIn, Not

NOBODY = Between("age", 200, 300)
FEW = And((IsIn("sex", ("male",)), Between("age", 61, 62), IsIn("nationality_group", ("other",))))


@pytest.fixture(scope="module")
def dataset():
    return open_dataset(sample_data.small_path(), Engine(), use_cache=False)


@pytest.fixture(scope="module")
def source(dataset):
    return dataset.source


def asked(view, versus=(), options=None, **parts):
    return Spec(view=view, options=options or all_views()[view].options(), versus=versus, **parts)


@pytest.mark.parametrize(
    ("view", "numbers"),
    [
        ("departure", ("at_risk", "departed")),
        ("hazard", ("departed",)),
        ("employment", ("present", "working")),
        ("contracts", ("persons",)),
    ],
)
@pytest.mark.parametrize("b", [Between("age", 3, 120), IsIn("sex", ("female",))], ids=["most", "women"])
def test_each_side_tells_what_it_would_by_itself(source, view, numbers, b):
    sides = (("A", EVERYONE), ("B", b))
    both = answer(source, asked(view, sides), CBS)
    assert isinstance(both, Curves)
    for name, part in sides:
        own = answer(source, asked(view, selection=part), CBS)
        rows = [row for row, key in enumerate(both.keys) if key[0] == name]
        points = len(own.at)
        for measure in own.measures:
            assert np.array_equal(both[measure.name][rows, :points], measure.values, equal_nan=True)
    for name in numbers:
        told = both[name][~np.isnan(both[name])]
        assert len(told)
        assert (told % 10 == 0).all()


def test_fits_of_a_and_b_are_told_as_each_would_be_by_itself(source):
    women = IsIn("sex", ("female",))
    sides, options = (("A", women), ("B", Not(women))), ModelOptions(terms=("cohort",))
    both = answer(source, asked("model_terms", sides, options), CBS)
    for (_, part), found in zip(sides, both.fits, strict=True):
        own = answer(source, asked("model_terms", options=options, selection=part), CBS)
        assert isinstance(found, ReleasedFit)
        assert np.array_equal(found.fit.coefficients.estimate, own.fit.coefficients.estimate, equal_nan=True)
        assert (found.fit.persons, found.fit.events) == (own.fit.persons, own.fit.events)


@pytest.mark.parametrize("view", all_views())
def test_a_side_of_which_nothing_can_be_told_is_named_under_the_figure(dataset, view):
    for sides in ((("A", EVERYONE), ("B", NOBODY)), (("A", NOBODY), ("B", EVERYONE))):
        [(empty, _)] = [side for side in sides if side[1] == NOBODY]
        chart = make_figure(dataset, asked(view, sides), NONE, Look(), Words("en")).chart
        named = f"nothing to tell of {empty};" in chart.note or f"{empty}: There is no fit" in chart.note
        # What says only how groups or sides differ says that it cannot.
        assert named != (view in ("differences", "naive_month24"))
        assert named != bool(chart.empty)


def test_under_a_figure_of_two_sides_neither_is_said_to_be_missing(dataset):
    sides = (("A", EVERYONE), ("B", IsIn("sex", ("female",))))
    for view in ("departure", "model_terms", "flows", "restricted_mean"):
        note = make_figure(dataset, asked(view, sides), NONE, Look(), Words("en")).chart.note
        assert "nothing to tell" not in note
        assert "There is no fit" not in note


@pytest.mark.parametrize(
    "sides", [(NOBODY, NOBODY), (FEW, NOBODY), (FEW, FEW)], ids=["none", "few", "both few"]
)
@pytest.mark.parametrize("view", [name for name, view in all_views().items() if view.runs == "fits"])
def test_where_neither_side_has_a_fit_the_figure_says_why(dataset, view, sides):
    spec = asked(view, tuple(zip("AB", sides, strict=True)))
    found = make_figure(dataset, spec, CBS, Look(), Words("en"))
    assert found.chart.empty
    if view.startswith("model_"):
        assert isinstance(found.released, ReleasedNoFit)
