"""Figures of the small sample, and what their tables say."""

from __future__ import annotations

import pytest

import sample_data
from explorer.core.spec import Spec
from explorer.core.views import all_views
from explorer.core.words import Words
from explorer.pipeline.drawings.frame import Look
from explorer.pipeline.figure import make_figure
from explorer.pipeline.opening import open_dataset
from explorer.registers.engine import Engine
from models.rules import NONE
from models.selection import EVERYONE


@pytest.fixture(scope="session")
def dataset():
    return open_dataset(sample_data.small_path(), Engine(), use_cache=False)


@pytest.fixture(scope="session")
def figure(dataset):
    def make(view, *, by=(), rules=NONE, lang="en", selection=EVERYONE, versus=(), look=Look(), **options):  # noqa: B008
        asked = all_views()[view].options(**options)
        spec = Spec(view=view, selection=selection, by=by, options=asked, versus=versus)
        return make_figure(dataset, spec, rules, look, Words(lang))

    return make


@pytest.fixture(scope="session")
def rows():
    """Rows of a figure's table as dictionaries."""

    def read(figure):
        names = [column.name for column in figure.table.columns]
        return [dict(zip(names, row, strict=True)) for row in figure.table.rows]

    return read
