"""Which code does a written value name? Codes as they are, their names in the program's languages, usual others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from explorer.core.formatting import Formats
from explorer.core.names import DESTINATION_LEVELS, LEVELS, SECTORS
from explorer.core.words import LANGUAGES, Words
from explorer.registers import sql
from models.register import CONTRACTS, DESTINATIONS, SEXES

NATIONALITY: Final = "^([A-Z]{2}|stateless|unknown)$"
SECTOR: Final = "^[A-U]$"
NAMIBIA: Final = "NA"
"""The country code that elsewhere is written for a missing value: among nationalities it is the country."""

_SECTION: Final = r"^[A-U](\s*[-–=:.)]\s*\S|\s+[A-Z])"
"""A section letter with its name after it, as labels have it: ``N - Other business services``."""
_NUMBERED: Final = r"^[0-9]+\s*[-–=:.)]?\s*"
_GAP: Final = r"[\s_-]+"

_CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "sex": SEXES,
    "destination": DESTINATIONS,
    "contract": CONTRACTS,
    "sector": tuple(SECTORS),
}
_OTHER_NAMES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "sex": {
        "female": ("f", "v", "w", "woman", "women", "females", "vrouwen", "vrouwelijk"),
        "male": ("m", "men", "males", "mannen", "mannelijk"),
        "unknown": ("not known",),
    },
    "destination": {
        "origin": (
            "country of origin",
            "land van herkomst",
            "herkomstland",
            "land van oorsprong",
            "herkomst",
        ),
        "onward": ("another country", "other country", "ander land", "elders", "doorgereisd"),
        "administrative": ("administratief", "administrative removal", "administratieve afvoering"),
        "deceased": ("died", "dead", "death", "overlijden", "gestorven"),
        "unknown": ("onbekend",),
    },
    "contract": {
        "permanent": ("vast", "vast contract", "open ended", "indefinite"),
        "fixed-term": ("temporary", "tijdelijk", "tijdelijk contract"),
        "on-call": ("oproep", "oproepkracht", "oproepcontract", "zero hours", "nulurencontract"),
        "agency": ("agency worker", "temporary agency", "uitzend", "uitzendcontract", "uitzendwerk"),
        "other": ("overige", "anders"),
    },
}


@cache
def names(column: str) -> Mapping[str, str]:
    """Return the code of every name of a coded column; names are written as `_plain` writes them."""
    if column == "nationality":
        return _countries()
    out: dict[str, str] = {}
    for code in _CODES[column]:
        own = DESTINATION_LEVELS if column == "destination" else SECTORS if column == "sector" else LEVELS
        shown = {own.get(code) or LEVELS.get(code, code), LEVELS.get(code, code)}
        said = {Words(language)(text) for language in LANGUAGES for text in shown}
        for name in (code, *sorted(said), *_OTHER_NAMES.get(column, {}).get(code, ())):
            out.setdefault(_plain(name), code)
    return out


def _countries() -> Mapping[str, str]:
    from babel import Locale

    codes = sorted(code for code in Locale.parse("en").territories if re.fullmatch("[A-Z]{2}", code))
    out = {_plain(Formats(language).country(code)): code for language in LANGUAGES for code in codes}
    for code in ("stateless", "unknown"):
        out |= {_plain(Words(language)(LEVELS[code])): code for language in LANGUAGES}
    return out


def known(column: str, written: str) -> str | None:
    """Return the code that a text names in a coded column, None when it names none."""
    text = written.strip()
    if column == "nationality" and re.match(NATIONALITY, text):
        return text
    if column == "sector":
        section = re.match(_SECTION, text)
        if section or re.match(SECTOR, text):
            return text[0]
    found = names(column).get(_plain(text))
    if found is None and column == "nationality" and re.fullmatch("[A-Za-z]{2}", text):
        return text.upper()
    return found


def code(column: str) -> str:
    """Return SQL for a coded column: the code that its text names, else the text itself, null when missing."""
    value, text = sql.written(column), sql.text(column, kept=(NAMIBIA,) if column == "nationality" else ())
    plain = f"lower(regexp_replace(regexp_replace({text}, '{_NUMBERED}', ''), '{_GAP}', ' ', 'g'))"
    pairs = ", ".join(f"{sql.literal(name)}: {sql.literal(code)}" for name, code in names(column).items())
    named = f"coalesce(map {{{pairs}}}[{plain}], {text})"
    # Most values are codes already, and no code is a word for a missing value: the rest is looked at once they are not.
    match column:
        case "nationality":
            two = f"when regexp_matches({text}, '^[A-Za-z]{{2}}$') then upper({text})"
            return f"case when regexp_matches({value}, '{NATIONALITY}') then {value} {two} else {named} end"
        case "sector":
            section = f"when regexp_matches({value}, '{_SECTION}') then left({value}, 1)"
            return f"case when regexp_matches({value}, '{SECTOR}') then {value} {section} else {named} end"
        case _:
            return f"case when {sql.among(value, _CODES[column])} then {value} else {named} end"


def _plain(name: str) -> str:
    """Return a name without case, number before it, hyphens or underscores."""
    return re.sub(_GAP, " ", re.sub(_NUMBERED, "", name.strip())).lower()
