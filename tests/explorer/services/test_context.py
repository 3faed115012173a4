"""What everything is about is held once, and what follows it is told after it changed."""

from __future__ import annotations

import pytest

import sample_data
from explorer.pipeline.opening import open_dataset
from explorer.registers.engine import Engine
from explorer.services.context import Context


@pytest.fixture
def context(qapp):
    return Context("en", "light")


def test_without_a_dataset_there_is_nothing_to_compare_by(context):
    assert (context.dataset, context.info, context.groupings) == (None, None, frozenset())


def test_who_follows_is_told_when_another_dataset_is_there_already(context):
    engine, seen = Engine(), []
    dataset = open_dataset(sample_data.small_path(), engine, use_cache=False)
    context.dataset_changed.connect(lambda: seen.append(context.dataset))
    context.use(dataset)
    assert context.info is dataset.codes.info
    assert "sex" in context.groupings
    context.use(None)
    assert seen == [dataset, None]
    engine.close()


def test_words_and_theme_are_told_apart(context):
    told = []
    context.words_changed.connect(lambda: told.append(context.words.language))
    context.theme_changed.connect(lambda: told.append(context.theme.name))
    context.speak("nl")
    context.dress("dark")
    assert told == ["nl", "dark"]
