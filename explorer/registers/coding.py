"""The codes of a column in SQL: those that its texts mean by the code lists, other texts as they are."""

from __future__ import annotations

from typing import Final

from explorer.registers import sql
from explorer.registers.code_lists import GAP, LEVELS_OF, NATIONALITY, NUMBERED, SECTION, SECTOR, CodeLists

NAMIBIA: Final = "NA"
"""The country code that elsewhere is written for a missing value: among nationalities it is the country."""


def code(column: str, lists: CodeLists) -> str:
    """Return SQL for a coded column: the code that its text names, else the text itself, null when missing."""
    value, text = sql.written(column), sql.text(column, kept=(NAMIBIA,) if column == "nationality" else ())
    plain = f"lower(regexp_replace(regexp_replace({text}, '{NUMBERED}', ''), '{GAP}', ' ', 'g'))"
    names = lists.names(column)
    pairs = ", ".join(f"{sql.literal(name)}: {sql.literal(code)}" for name, code in names.items())
    known = f"map {{{pairs}}}"
    # Most values are codes already, and no code is a word for a missing value: the rest is looked at once they are not.
    test = {
        "nationality": f"regexp_matches({value}, '{NATIONALITY}')",
        "sector": f"regexp_matches({value}, '{SECTOR}')",
    }.get(column, sql.among(value, LEVELS_OF[column]))
    test = "false" if column in lists.own else test
    other = {
        "nationality": f"case when regexp_matches({text}, '^[A-Za-z]{{2}}$') then upper({text}) end, ",
        "sector": f"case when regexp_matches({text}, '{SECTION}') then left({text}, 1) end, ",
    }.get(column, "")
    found = f"{known}[lower({text})], {known}[{plain}], {other}{text}"
    return f"case when {test} then {value} else coalesce({found}) end"
