"""A layout is TOML that says what it means; a faulty one is refused in one sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from explorer.core.words import Refusal
from explorer.registers.layout import Origin, own_layout, read_layout, shipped, with_column, written

GOOD = """
name = "own"
source = "an office"

[[component]]
name = "people"
files = ["people"]
table = "persons"
columns = { person_id = "id", sex = { column = "sex", codes = "sexes" }, income = "income" }

[codes.sexes]
"1" = "male"
"""


def test_shipped_layouts_read_and_begin_with_that_of_cbs():
    assert [one.name for one in shipped()] == ["cbs", "tidy"]


def test_persons_may_have_columns_of_their_own():
    [people] = read_layout("own.toml", GOOD.encode()).components
    assert people.origins["income"][0].columns == ("income",)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "own"', 'name = "own', "not valid TOML"),
        ('table = "persons"', 'table = "people"', "“table” of people must be persons, stays"),
        ('table = "persons"', "", "people lacks “table”"),
        ('person_id = "id", ', "", "people lacks “person_id”"),
        ('files = ["people"]', 'files = "people"', "“files” of people must be"),
        ('files = ["people"]', 'files = ["peo(ple"]', "“files” of people is no pattern"),
        ('codes = "sexes"', 'codes = "none"', "by the codes “none”"),
        ('table = "persons"', 'table = "stays"', "people has no field “sex”"),
        ('table = "persons"', 'table = "persons"\nyears = "some"', "“years” of people must be each, newest"),
        ("[[component]]", "[component]", "lacks “[[component]]”"),
    ],
)
def test_a_faulty_layout_is_refused_by_its_file_and_entry(old, new, told):
    with pytest.raises(Refusal) as refused:
        read_layout("own.toml", GOOD.replace(old, new).encode())
    assert str(refused.value).startswith(("own.toml: ", "own.toml is"))
    assert told in str(refused.value)


def test_a_layout_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refusal, match=r"none\.toml cannot be read"):
        own_layout(tmp_path / "none.toml")


@pytest.mark.parametrize("layout", shipped(), ids=lambda layout: layout.name)
def test_a_layout_that_is_written_reads_as_the_same(layout):
    again = read_layout("again.toml", written(layout).encode())
    assert replace(again, text="") == replace(layout, text="")


def test_a_field_can_be_read_from_another_column_or_from_none():
    layout = read_layout("own.toml", GOOD.encode())
    [people] = with_column(layout, "people", "sex", "GE(SLACHT").components
    assert people.origins["sex"] == (Origin(columns=(r"GE\(SLACHT",), codes="sexes"),)
    changed = with_column(layout, "people", "income", "")
    [people] = changed.components
    assert "income" not in people.origins
    assert replace(read_layout("own.toml", changed.text.encode()), text="") == replace(changed, text="")
