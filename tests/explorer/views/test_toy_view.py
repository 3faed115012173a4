"""A new view is new files and no edit elsewhere: one that this test adds is counted, drawn and tabled."""

from __future__ import annotations

import importlib
import sys
import textwrap

import pytest

import explorer.views
from explorer.core.spec import Spec
from explorer.core.views import Source, all_views, figures_of
from explorer.core.words import Words
from explorer.pipeline.answering import answer
from explorer.pipeline.drawing import draw
from explorer.pipeline.drawings.frame import Look, Sheet
from explorer.pipeline.prices import BundledPrices
from models.rules import NONE
from models.tally.building import build_codes
from tests.models.worlds import make_world

TOY = """
from explorer.core.views import NoOptions, ViewDef


def _ask(source, chosen, options):
    from tests.models.exactly import share_working

    return share_working(source.codes, chosen)


VIEW = ViewDef(
    name="toy",
    topic="work",
    title="A toy",
    axis_label="toys",
    options=NoOptions,
    ask=_ask,
    note=lambda released, options, info: (),
)
"""


@pytest.fixture
def toy(tmp_path, monkeypatch):
    (tmp_path / "toy.py").write_text(textwrap.dedent(TOY))
    monkeypatch.setattr(explorer.views, "__path__", [*explorer.views.__path__, str(tmp_path)])
    importlib.invalidate_caches()
    all_views.cache_clear()
    yield
    sys.modules.pop("explorer.views.toy", None)
    all_views.cache_clear()


def test_a_view_in_a_file_of_its_own_is_found_counted_drawn_and_tabled(toy):
    codes = build_codes(make_world(4).register())
    source = Source(codes=codes, register=lambda: None, prices=BundledPrices())
    assert "toy" in [view.name for view in figures_of("work")]
    spec = Spec(view="toy", by=("sex",))
    released = answer(source, spec, NONE)
    chart = draw(released, spec, Sheet(info=codes.info, groupings=dict(codes.groupings)), Look(), Words("en"))
    assert chart.title == "A toy"
    assert chart.lines
    assert released.table().rows


def test_without_its_file_the_view_is_gone():
    all_views.cache_clear()
    assert "toy" not in all_views()
