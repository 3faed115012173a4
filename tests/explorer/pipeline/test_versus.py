"""A beside B are two rounded selections beside each other: neither tells more than it would by itself."""

from __future__ import annotations

import numpy as np
import pytest

import sample_data
from explorer.core.modelling import ModelOptions
from explorer.core.spec import Spec
from explorer.core.views import all_views
from explorer.pipeline.answering import answer
from explorer.pipeline.opening import open_dataset
from explorer.registers.engine import Engine
from models.disclosure.fits import ReleasedFit
from models.results import Curves
from models.rules import CBS
from models.selection import EVERYONE, Between, IsIn, Not


@pytest.fixture(scope="module")
def source():
    return open_dataset(sample_data.small_path(), Engine(), use_cache=False).source


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
