"""Every word a person can read is there in every language, and the compiled catalogues are those beside them."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

import pytest

import explorer
from explorer.core.words import LANGUAGES, LOCALE_DIR, Message, Refusal, Words
from tools.words import collect, stored

PLACES = re.compile(r"\{(\w+)\}")
ROOT = Path(explorer.__file__).parent


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_without_translation_and_none_is_left_over(language):
    marked = {str(message.id) for message in collect() if message.id}
    translated = {str(message.id): str(message.string) for message in stored(language) if message.id}
    assert marked == set(translated)
    assert [text for text, translation in translated.items() if not translation] == []


def test_no_message_hides_from_who_collects_them():
    """Inside an f-string a mark is not seen before Python 3.12: what stands there would stay in English."""
    written = {
        node.args[0].value
        for path in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "N_"
        and isinstance(node.args[0], ast.Constant)
    }
    assert written <= {str(message.id) for message in collect()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_same_places_as_its_message(language):
    for message in stored(language):
        assert sorted(PLACES.findall(str(message.string))) == sorted(PLACES.findall(str(message.id)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_the_one_beside_it(language):
    compiled = gettext.translation("explorer", LOCALE_DIR, languages=[language])
    for message in stored(language):
        if message.id:
            assert compiled.gettext(str(message.id)) == message.string


def test_dutch_differs_from_english_except_for_names():
    same = {str(m.id) for m in stored("nl") if m.id and m.id == m.string}
    allowed = re.compile(r"^(\W|\d|\{\w+\})*$")
    words = {text for text in same if not allowed.match(text)}
    assert words <= {
        "&Help",
        "&Interval",
        "Cohort Flow Explorer",
        "Cohort Flow Explorer {version}",
        "Component",
        "Contract",
        "Excel (*.xlsx)",
        "Interval",
        "Lexis",
        "Menu",
        "Model",
        "Parquet (*.parquet)",
        "Sector",
        "Status",
        "Term",
        "contract",
        "filter",
        "interval",
        "sector",
        "E&xport",
        "{column} in month {month}: {levels}",
    }


def test_every_refusal_and_every_text_in_the_shell_is_marked():
    """A bare string literal given to words(...) or Refusal(...) would never be translated."""
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("words", "Refusal")
            ):
                assert not (node.args and isinstance(node.args[0], ast.Constant)), f"{path}:{node.lineno}"


def test_a_message_in_a_message_is_translated_first():
    inner = Message("departed before settled")
    outer = Message(
        "No row of {file} can be used; most often: {problem}.", {"file": "x.csv", "problem": inner}
    )
    assert (
        Words("nl").say(outer)
        == "Geen enkele rij van x.csv is bruikbaar; meestal: vertrokken vóór vestiging."
    )


def test_a_refusal_carries_its_message_and_reads_in_english():
    refusal = Refusal("“{text}” is not a number.", text="x")
    assert str(refusal) == "“x” is not a number."
    assert Words("nl").say(refusal.message) == "‘x’ is geen getal."
