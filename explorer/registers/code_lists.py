"""Code lists: which level does a written code or name mean? Tables with their source, and a dataset's own before them.

A list has the columns ``code, scheme, level, en, nl``. Both names of a row always name its level; so does its code
where the scheme is ``name``. Other codes mean something in their own scheme only: 1 is a man where CBS wrote it.
A list of the dataset's own, ``codes/sex.csv`` beside dataset.toml, needs ``code`` and ``level`` alone.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from explorer.core.names import DESTINATION_LEVELS, LEVELS, SECTORS
from explorer.core.words import LANGUAGES, N_, Refusal, Words
from models.register import CONTRACTS, DESTINATIONS, SEXES

FOLDER: Final = "codes"
NAME: Final = "name"
"""The scheme of words that mean a level wherever they are written."""
NO_LEVELS: Final = ("stateless", "unknown")
"""Levels of countries and nationalities that are no country."""
NATIONALITY: Final = "^([A-Z]{2}|stateless|unknown)$"
SECTOR: Final = "^[A-U]$"
SECTION: Final = r"^[A-U](\s*[-–=:.)]\s*\S|\s+[A-Z])"
"""A section letter with its name after it, as labels have it: ``N - Other business services``."""
NUMBERED: Final = r"^[0-9]+\s*[-–=:.)]?\s*"
GAP: Final = r"[\s_-]+"

LEVELS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "sex": SEXES,
    "destination": DESTINATIONS,
    "contract": CONTRACTS,
    "sector": tuple(SECTORS),
    "country": NO_LEVELS,
    "nationality": NO_LEVELS,
}
"""The lists, and the levels whose names stand in the catalogues."""


@dataclass(frozen=True, slots=True)
class Code:
    """A row of a list; `level` is empty where the program has none for it."""

    code: str
    scheme: str
    level: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeLists:
    """The rows of each list of a dataset's own, by the name of the list; those that are shipped follow them."""

    own: Mapping[str, tuple[Code, ...]]

    def names(self, name: str, scheme: str = NAME) -> Mapping[str, str]:
        """Return the level of every text, in small letters, that means one in a list."""
        shipped = _shipped_names(name, scheme)
        if name not in self.own:
            return shipped
        own: dict[str, str] = {}
        for row in self.own[name]:
            for text in (row.code, *row.names):
                for said in (text.lower(), plain(text)):
                    own.setdefault(said, row.level)
        return {**shipped, **{text: level for text, level in own.items() if text.strip()}}

    def level_of(self, name: str, written: str, scheme: str = NAME) -> str | None:
        """Return the level that a code or a name means in a list, None where it means none."""
        text = written.strip()
        known = self.names(name, scheme)
        found = known.get(text.lower()) or known.get(plain(text))
        if found or name not in ("country", "nationality", "sector"):
            return found or None
        if name == "sector":
            return text[0] if re.match(SECTION, text) else None
        return text.upper() if re.fullmatch("[A-Za-z]{2}", text) else None


SHIPPED: Final = CodeLists(own={})


def level_of(name: str, written: str, scheme: str = NAME) -> str | None:
    """Return the level that a code or a name means in a list as it is shipped, None where it means none."""
    return SHIPPED.level_of(name, written, scheme)


def plain(text: str) -> str:
    """Return a name without case, number before it, hyphens or underscores."""
    return re.sub(GAP, " ", re.sub(NUMBERED, "", text.strip())).lower()


def own_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of a dataset's own code lists."""
    return tuple(path for name in LEVELS_OF if (path := folder / FOLDER / f"{name}.csv").is_file())


def code_lists(folder: Path) -> CodeLists:
    """Return the code lists of the dataset in `folder`.

    Raises
    ------
    Refusal
        When a list cannot be read, or names a level that the program does not have.
    """
    return CodeLists(own={path.stem: _own(path) for path in own_files(folder)})


def _own(path: Path) -> tuple[Code, ...]:
    file = f"{FOLDER}/{path.name}"
    try:
        rows = _rows(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, csv.Error):
        raise Refusal(N_("{file} cannot be read; save it as CSV in UTF-8."), file=file) from None
    except KeyError as error:
        raise Refusal(
            N_("{file} has no column “{column}”; its first line must name code and level."),
            file=file,
            column=error.args[0],
        ) from None
    for row in rows:
        if row.level in LEVELS_OF[path.stem]:
            continue
        if path.stem not in ("country", "nationality") or not re.match(NATIONALITY, row.level):
            raise Refusal(
                N_("{file}: “{level}” is not a level of this list; write one of {levels}."),
                file=file,
                level=row.level,
                levels=", ".join(
                    (*LEVELS_OF[path.stem], *(["UA"] if len(LEVELS_OF[path.stem]) == 2 else []))
                ),
            )
    return rows


@cache
def _shipped(name: str) -> tuple[Code, ...]:
    return _rows(files("explorer.registers").joinpath(FOLDER, f"{name}.csv").read_text(encoding="utf-8"))


@cache
def _shipped_names(name: str, scheme: str) -> Mapping[str, str]:
    out: dict[str, str] = {}
    for level in LEVELS_OF[name]:
        catalogue = DESTINATION_LEVELS if name == "destination" else SECTORS if name == "sector" else {}
        said = {catalogue.get(level) or LEVELS.get(level, level), LEVELS.get(level, level)}
        names = sorted(Words(language)(text) for language in LANGUAGES for text in said)
        out |= {text.lower(): level for text in (level, plain(level), *map(plain, names))}
    # Countries have two names that no nationality has; their codes are another list.
    both = (*_shipped(name), *(_shipped("country") if name == "nationality" else ()))
    for row in both:
        for text in row.names if row.level else ():
            out.setdefault(plain(text), row.level)
    for row in _shipped(name):
        if row.scheme in (scheme, NAME) and row.level:
            out[row.code.lower()] = row.level
            if row.scheme == NAME:
                out.setdefault(plain(row.code), row.level)
    return out


def _rows(text: str) -> tuple[Code, ...]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    separator = ";" if lines and ";" in lines[0] else ","
    return tuple(_codes(csv.DictReader(lines, delimiter=separator, strict=True)))


def _codes(rows: Iterable[Mapping[str, str | None]]) -> Iterable[Code]:
    for row in rows:
        names = tuple(text.strip() for key in LANGUAGES if (text := row.get(key)))
        yield Code(
            code=(row["code"] or "").strip(),
            scheme=(row.get("scheme") or NAME).strip(),
            level=(row["level"] or "").strip(),
            names=names,
        )
