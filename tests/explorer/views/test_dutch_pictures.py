"""In Dutch every text of every picture is Dutch: no number, date or name is left as the program has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date

import numpy as np
import pytest

import sample_data
from explorer.core.options import Choice, ChoiceOf, Number, Several, form_of
from explorer.core.spec import Spec
from explorer.core.views import all_views
from explorer.core.words import Refusal, Words
from explorer.pipeline.answering import answer
from explorer.pipeline.drawing import draw
from explorer.pipeline.drawings.frame import Look
from explorer.pipeline.drawings.table import written
from explorer.pipeline.figure import figure_of, sheet_of
from explorer.pipeline.opening import open_dataset
from explorer.registers.engine import Engine
from explorer.shell.option_fields import fields_of
from models.rules import NONE
from models.selection import EVERYONE, And, AtMonth, Between, IsIn
from widgets.pictures.table_data import TableData

DUTCH = Words("nl")
FIGURES = list(all_views())
RAW = {
    "a date of the program": re.compile(r"\d{4}-\d\d"),
    "a decimal point": re.compile(r"\d\.\d"),
    "a name of the program": re.compile(r"[a-z]_[a-z]|[a-z]\[\w"),
    "an empty place": re.compile(r"[{}]"),
}
THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(\.\d{3})+(?![\d.])")
NO_WORDS = frozenset({"key", "group", "kind", "brush", "style", "axis", "part"})
"""Fields of pictures that nobody reads."""
SELECTIONS = {
    "everyone": EVERYONE,
    "some at a month": And(
        (IsIn("education", ("low",)), Between("age", 18.5, 64), AtMonth("wage", ("12.5", "40"), 3))
    ),
}


@pytest.fixture(scope="module")
def small():
    return open_dataset(sample_data.small_path(), Engine(), use_cache=False)


def left_raw(text: str) -> list[str]:
    told = THOUSANDS.sub("", text)
    return [f"{what}: {text}" for what, sign in RAW.items() if sign.search(told)]


def texts(value: object) -> Iterator[str]:
    """Every text in a picture, and what its axes and readings write."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif isinstance(value, TableData):
        yield from (column.label for column in value.columns)
        yield from (value.text(row, at) for row in range(len(value.rows)) for at in range(len(value.columns)))
    elif is_dataclass(value):
        for one in fields(value):
            if one.name not in NO_WORDS:
                yield from texts(getattr(value, one.name))
        if hasattr(value, "low") and callable(getattr(value, "text", None)):
            for at in np.linspace(value.low, value.high, 7):
                yield value.text(at, (value.high - value.low) / 6)
                yield value.text(at, 0.0)
        if callable(getattr(value, "crosshair", None)):
            yield value.crosshair(6.0)


def other_options(options: object, codes: object) -> object:
    """Everything that can be asked, asked differently: the last of choices, a number with decimals."""
    for shown in form_of(options):
        match shown.control:
            case Choice(values=values):
                value = values[-1][0]
            case ChoiceOf(values=of):
                value = of(codes)[-1][0]
            case Several(values=of):
                value = tuple(name for name, _ in of(codes)[:3])
            case Number(digits=digits, low=low, high=high):
                value = type(shown.value)((low + high) / 3 if digits else high)
            case _:
                continue
        options = replace(options, **{shown.name: value})
    return options


def specs_of(name: str, codes: object) -> Iterator[Spec]:
    view = all_views()[name]
    default = view.options()
    others = [other_options(default, codes)] if form_of(default) else []
    if view.runs == "counting" or name == "projection":
        # A projection by month of settling draws from a handful of persons a group.
        more = () if name == "projection" else (("month_settled",),)
        for by in (view.by, ("education",), *more):
            yield Spec(view=name, by=by, options=default)
        yield from (
            Spec(view=name, by=("household",), options=options, selection=SELECTIONS["some at a month"])
            for options in (default, *others)
        )
    elif "model" in {one.name for one in fields(default)}:
        asked = replace(default, terms=("cohort", "education"), numbers=("age",))
        for model in ("departure", "first-job", "employment", "wage", "cox"):
            yield Spec(view=name, options=replace(asked, model=model, by_month="sex"))
        yield Spec(view=name, options=replace(asked, baseline="spline", interactions="household:sex"))
    yield from (Spec(view=name, options=options) for options in others)


def told_of(small: object, spec: Spec) -> Iterator[str]:
    """Every text of the picture of `spec`, or the one sentence why there is none."""
    try:
        released = answer(small.source, spec, NONE)
    except Refusal as refusal:
        yield DUTCH.say(refusal.message)
        return
    yield from texts(draw(released, spec, sheet_of(small), Look(), DUTCH))


@pytest.mark.parametrize("name", FIGURES)
def test_no_text_of_a_picture_is_left_as_the_program_has_it(small, name):
    seen = 0
    for spec in specs_of(name, small.codes):
        told = list(told_of(small, spec))
        assert [raw for text in told for raw in left_raw(text)] == []
        seen += len(told) > 1
    assert seen


@pytest.mark.parametrize("name", FIGURES)
def test_the_table_under_a_figure_is_written_in_dutch(small, name):
    spec = next(specs_of(name, small.codes))
    figure = figure_of(small, spec, answer(small.source, spec, NONE), Look(), DUTCH)
    table = written(figure.table, small.codes.info, DUTCH)
    cells = [table.text(row, at) for row in range(len(table.rows)) for at in range(len(table.columns))]
    assert cells
    assert [raw for text in (*cells, *(c.label for c in table.columns)) for raw in left_raw(text)] == []


@pytest.mark.parametrize("name", FIGURES)
def test_forms_and_explanations_are_written_in_dutch(small, name):
    view = all_views()[name]
    written = [DUTCH(paragraph) for paragraph in view.explain]
    for field in fields_of(view.options(), small.codes, DUTCH):
        written += [field.label, field.unit, field.tooltip, *(text for _, text in field.choices)]
    assert [raw for text in written for raw in left_raw(text)] == []


def test_what_is_raw_is_found():
    """The signs themselves: a test that cannot fail is worse than none."""
    assert len(left_raw("Tot 2024-07-01: 1.5 keer age_band en {month}")) == 4
    assert left_raw("month[1]")
    assert left_raw("12.345 personen, 1,5 keer, 2022 H1, € 1.234,50 op 1 juli 2024") == []


def test_a_date_and_a_number_inside_a_sentence_are_written_as_the_language_writes_them():
    assert DUTCH.write(date(2024, 7, 1)) == "1 juli 2024"
    assert DUTCH.write(1.5) == "1,5"
    assert DUTCH.write(1250.0) == "1.250"
    assert DUTCH.write(2024) == "2024"
    assert Words("en").write(0.25) == "0.25"
