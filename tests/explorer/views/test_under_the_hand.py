"""Every view that counts answers a range under the hand as it answers the same range chosen plainly."""

from __future__ import annotations

import pytest

import sample_data
from explorer.core.spec import Spec
from explorer.core.views import all_views
from explorer.pipeline.answering import answer
from explorer.pipeline.drag_index import DragIndex
from explorer.pipeline.opening import open_dataset
from explorer.registers.engine import Engine
from models.rules import CBS, NONE
from models.selection import AtMonth, Between, conjunction

COUNTED = [name for name, view in all_views().items() if view.runs == "counting"]


@pytest.fixture(scope="module")
def dataset():
    return open_dataset(sample_data.small_path(), Engine(), use_cache=False)


@pytest.mark.parametrize("view", COUNTED)
@pytest.mark.parametrize("later", [(), (AtMonth("working", (), 3),)], ids=["from settling", "from month 3"])
def test_dragging_a_range_says_what_choosing_it_says(dataset, view, later):
    selection = conjunction((Between("age", 20, 60), *later))
    for by in ((), ("sex",)):
        for rules in (NONE, CBS):
            spec = Spec(view=view, selection=selection, by=by, options=all_views()[view].options())
            hand = DragIndex(rules)
            hand.column = "age"
            plain = answer(dataset.source, spec, rules)
            assert answer(dataset.source, spec, rules, hand).table() == plain.table()
