"""A written value finds its code by any of its usual names; what names none is left as it is."""

from __future__ import annotations

import duckdb
import pytest

from explorer.registers import coding, sql
from explorer.registers.code_lists import SHIPPED

NAMES = [
    ("sex", "Female", "female"),
    ("sex", " VROUW ", "female"),
    ("sex", "1=man", "male"),
    ("sex", "2 - V", "female"),
    ("sex", "unbekannt", None),
    ("sex", "1", None),
    ("destination", "Origin", "origin"),
    ("destination", "overleden", "deceased"),
    ("destination", "DEATH", "deceased"),
    ("destination", "onbekend", "unknown"),
    ("destination", "Mars", None),
    ("contract", "Fixed term", "fixed-term"),
    ("contract", "ON_CALL", "on-call"),
    ("contract", "Uitzendkracht", "agency"),
    ("contract", "onbepaalde tijd", "permanent"),
    ("contract", "volunteer", None),
    ("sector", "n", "N"),
    ("sector", "N: Verhuur en overige diensten", "N"),
    ("sector", "I Horeca", "I"),
    ("sector", "construction", "F"),
    ("sector", "I do not know", None),
    ("sector", "Q9", None),
    ("nationality", "ua", "UA"),
    ("nationality", "Oekraïne", "UA"),
    ("nationality", "UKRAINE", "UA"),
    ("nationality", "NA", "NA"),
    ("nationality", "Ukrainian", "UA"),
    ("nationality", "Sovjet-Unie", "SU"),
    ("nationality", "0034", None),
    ("nationality", "stateless", "stateless"),
    ("nationality", "Staatloos", "stateless"),
    ("nationality", "Atlantis", None),
]


@pytest.mark.parametrize(("column", "written", "code"), NAMES)
def test_a_name_finds_its_code_in_python_and_in_the_database(column, written, code):
    assert SHIPPED.level_of(column, written) == code
    con = duckdb.connect()
    con.execute(f"create table t as select {sql.literal(written)} as {column}")
    assert con.execute(f"select {coding.code(column, SHIPPED)} from t").fetchone() == (
        code or written.strip(),
    )


@pytest.mark.parametrize("column", ["sex", "destination", "contract", "sector", "nationality"])
def test_no_name_has_two_codes_and_every_code_names_itself(column):
    for name, code in SHIPPED.names(column).items():
        assert SHIPPED.level_of(column, name) == code
        assert SHIPPED.level_of(column, code) == code
