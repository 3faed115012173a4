"""Every figure explains itself: how to read it, and what it does not say."""

from __future__ import annotations

import re

import pytest

from explorer.core.views import all_views

EXPLAINED = {name: view.explain for name, view in all_views().items()}


def test_every_figure_has_an_explanation():
    missing = [name for name, view in all_views().items() if not all(view.explain)]
    assert missing == []


@pytest.mark.parametrize("name", EXPLAINED)
def test_an_explanation_is_two_paragraphs_of_some_sentences(name):
    paragraphs = EXPLAINED[name]
    assert len(paragraphs) == 2
    for paragraph in paragraphs:
        assert 40 <= len(paragraph.split()) <= 130
        assert paragraph == paragraph.strip()
        assert paragraph.endswith(".")
        assert paragraph.count(". ") >= 2
        # Message ids are shown as they stand: nothing would fill a place in them.
        assert not re.search(r"[{}\n]|  ", paragraph)


@pytest.mark.parametrize("name", EXPLAINED)
def test_the_second_paragraph_says_what_the_figure_does_not(name):
    assert re.search(
        r"\b(not|no|nothing|none|neither|never|nor|cannot|nobody)\b", EXPLAINED[name][1], re.IGNORECASE
    )


def test_no_two_views_share_a_paragraph():
    told = [paragraph for pair in EXPLAINED.values() for paragraph in pair]
    assert len(set(told)) == len(told)
