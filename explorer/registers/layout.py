"""Layouts: which files and columns of a delivery are which tables and fields. A layout is a TOML file, not code."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal

from explorer.core.words import N_, Refusal

Years = Literal["each", "newest"]
FOLDER: Final = "layouts"
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "persons": ("person_id", "sex", "birth_date", "birth_year", "birth_month", "nationality", "born_here"),
    "stays": ("person_id", "settled", "departed", "last_day", "destination"),
    "deaths": ("person_id", "died"),
    "nationalities": ("person_id", "nationality", "since"),
    "households": ("person_id", "household_id", "since"),
    "attributes": ("person_id",),
    "employers": ("employer_id", "sector"),
    "jobs": ("person_id", "job_id", "employer_id", "start", "end", "contract", "sector", "hours", "wage"),
    "months": ("person_id", "month", "state", "contract", "sector", "hours", "wage", "hourly_wage"),
}
"""The fields of each table; of persons and attributes any other is a column of its own."""
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "persons": ("person_id", "sex"),
    "stays": ("person_id", "settled"),
    "deaths": ("person_id", "died"),
    "nationalities": ("person_id", "nationality"),
    "households": ("person_id", "household_id"),
    "attributes": ("person_id",),
    "employers": ("employer_id", "sector"),
    "jobs": ("person_id", "employer_id", "start", "end", "hours", "wage"),
    "months": ("person_id", "month"),
}
OPEN: Final = ("persons", "attributes")
NAMES: Final[Mapping[str, str]] = {
    "person_id": N_("person"),
    "employer_id": N_("employer"),
    "household_id": N_("household"),
    "job_id": N_("job"),
    "sex": N_("sex"),
    "birth_date": N_("date of birth"),
    "birth_year": N_("year of birth"),
    "birth_month": N_("month of birth"),
    "nationality": N_("nationality"),
    "born_here": N_("born here"),
    "settled": N_("first day resident"),
    "departed": N_("first day no longer resident"),
    "last_day": N_("last day resident"),
    "destination": N_("destination"),
    "died": N_("date of death"),
    "since": N_("from which day on"),
    "sector": N_("sector"),
    "start": N_("first day"),
    "end": N_("last day"),
    "contract": N_("contract"),
    "hours": N_("hours"),
    "wage": N_("wage"),
    "hourly_wage": N_("hourly wage"),
    "month": N_("month"),
    "state": N_("state"),
    "persons": N_("persons"),
    "stays": N_("stays"),
    "jobs": N_("jobs"),
}
"""What fields and tables are called; columns of a delivery's own are called as they are."""

NOT_TOML: Final = N_("{file} is not valid TOML ({reason}); correct that line.")
UNREAD: Final = N_("{file} cannot be read ({reason}); choose another file for the layout.")
LACKS: Final = N_("{file}: {where} lacks “{key}”; write it.")
WRONG: Final = N_("{file}: “{key}” of {where} must be {what}; correct it.")
NO_FIELD: Final = N_("{file}: {where} has no field “{key}”; the fields are {known}.")
NO_PATTERN: Final = N_("{file}: “{key}” of {where} is no pattern ({reason}); correct it.")
NO_CODES: Final = N_("{file}: {where} reads “{key}” by the codes “{codes}”, which there are not; add them.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a field is read from: columns by pattern, joined as text and each filled with zeros to `pad` letters.

    `codes`: the list that says what a code means, "" where it is read as it stands; `letters`: how many letters of it
    are the code, 0 for all.
    """

    columns: tuple[str, ...]
    pad: tuple[int, ...] = ()
    codes: str = ""
    letters: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A kind of file: how it is called, which table its rows belong to, and where each field is read from.

    Attributes
    ----------
    files
        Patterns of names, without year, version and ending.
    years
        ``newest``: the newest file says all; ``each``: the files of all years are one table.
    provisional
        Versions of so many digits are provisional; 0: none is.
    keep
        Rows with one of these values in a column; a pattern, as those of fields.
    origins
        For each field where it is read from: the first that says something.
    others
        Whether every other column is a field of its own.
    """

    name: str
    files: tuple[str, ...]
    table: str
    origins: Mapping[str, tuple[Origin, ...]]
    years: Years = "newest"
    provisional: int = 0
    keep: Mapping[str, tuple[str, ...]]
    others: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a delivery is laid out. `codes`: its own lists, each from a code in small letters to a level."""

    name: str
    source: str
    components: tuple[Component, ...]
    codes: Mapping[str, Mapping[str, str]]
    text: str


def shipped() -> tuple[Layout, ...]:
    """Return the layouts that come with the program."""
    folder = files(__package__) / FOLDER
    found = sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name)
    return tuple(read_layout(one.name, one.read_bytes()) for one in found)


def own_layout(path: Path) -> Layout:
    """Return the layout in a file of the user's own.

    Raises
    ------
    Refusal
        In one sentence that names the file, the entry and the remedy.
    """
    try:
        return read_layout(path.name, path.read_bytes())
    except OSError as error:
        raise Refusal(UNREAD, file=path.name, reason=error.strerror or "") from None


def read_layout(file: str, content: bytes) -> Layout:
    """Return the layout that a TOML file states, or refuse it."""
    try:
        text = content.decode("utf-8-sig")
        stated = tomllib.loads(text)
    except (ValueError, RecursionError, OverflowError) as error:
        raise Refusal(NOT_TOML, file=file, reason=str(error)) from None
    codes = {
        str(name): {str(code).lower(): str(level) for code, level in _table(file, name, one).items()}
        for name, one in _table(file, "codes", stated.get("codes", {})).items()
    }
    listed = stated.get("component", [])
    if not isinstance(listed, list) or not listed:
        raise Refusal(LACKS, file=file, where=file, key="[[component]]")
    return Layout(
        name=_text(file, file, "name", stated),
        source=_text(file, file, "source", stated, ""),
        components=tuple(_component(file, place, one, codes) for place, one in enumerate(listed, start=1)),
        codes=codes,
        text=text,
    )


def with_column(layout: Layout, name: str, field: str, column: str) -> Layout:
    """Return the layout with a field of a component read from one column of that very name, or from none for ""."""
    found = next(one for one in layout.components if one.name == name)
    former = found.origins.get(field, ())
    codes = former[0].codes if former else ""
    chosen = (Origin(columns=(re.escape(column),), codes=codes),) if column else ()
    origins = {key: value for key, value in {**found.origins, field: chosen}.items() if value}
    changed = replace(found, origins=origins)
    components = tuple(changed if one is found else one for one in layout.components)
    return replace(layout, components=components, text=written(replace(layout, components=components)))


def written(layout: Layout) -> str:
    """Return a layout as TOML; JSON writes texts and lists of them as TOML does."""
    out = [f"name = {_json(layout.name)}", f"source = {_json(layout.source)}"]
    for one in layout.components:
        out += ["", "[[component]]", f"name = {_json(one.name)}", f"files = {_json(one.files)}"]
        out += [f"table = {_json(one.table)}", f"years = {_json(one.years)}"]
        out += [f"provisional = {one.provisional}"] if one.provisional else []
        out += ["others = true"] if one.others else []
        keep = ", ".join(f"{_json(name)} = {_json(values)}" for name, values in one.keep.items())
        out += [f"keep = {{ {keep} }}"] if keep else []
        out += ["", "[component.columns]"]
        for field, origins in one.origins.items():
            out.append(f"{_json(field)} = [{', '.join(map(_origin_written, origins))}]")
    for name, codes in layout.codes.items():
        out += [
            "",
            f"[codes.{_json(name)}]",
            *(f"{_json(code)} = {_json(level)}" for code, level in codes.items()),
        ]
    return "\n".join(out) + "\n"


def _origin_written(origin: Origin) -> str:
    parts = [f"columns = {_json(origin.columns)}"]
    parts += [f"pad = {_json(origin.pad)}"] if origin.pad else []
    parts += [f"codes = {_json(origin.codes)}"] if origin.codes else []
    parts += [f"letters = {origin.letters}"] if origin.letters else []
    return f"{{ {', '.join(parts)} }}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _component(file: str, place: int, stated: Any, codes: Mapping[str, Any]) -> Component:
    where = f"component {place}"
    one = _table(file, where, stated)
    where = _text(file, where, "name", one)
    table = _text(file, where, "table", one)
    if table not in FIELDS:
        raise Refusal(WRONG, file=file, where=where, key="table", what=", ".join(FIELDS))
    years = _text(file, where, "years", one, "newest")
    if years not in ("each", "newest"):
        raise Refusal(WRONG, file=file, where=where, key="years", what="each, newest")
    columns = _table(file, where, one.get("columns"))
    for field in columns:
        if field not in FIELDS[table] and table not in OPEN:
            raise Refusal(NO_FIELD, file=file, where=where, key=field, known=", ".join(FIELDS[table]))
    for field in NEEDED[table]:
        if field not in columns:
            raise Refusal(LACKS, file=file, where=where, key=field)
    keep = _table(file, where, one.get("keep", {}))
    provisional = one.get("provisional", 0)
    return Component(
        name=where,
        files=tuple(_pattern(file, where, "files", text) for text in _texts(file, where, "files", one)),
        table=table,
        years="each" if years == "each" else "newest",
        provisional=provisional if isinstance(provisional, int) else 0,
        keep={_pattern(file, where, "keep", name): _texts(file, where, name, keep) for name in keep},
        origins={
            field: tuple(_origins(file, where, field, value, codes)) for field, value in columns.items()
        },
        others=one.get("others") is True,
    )


def _origins(file: str, where: str, field: str, stated: Any, codes: Mapping[str, Any]) -> Iterator[Origin]:
    for one in stated if isinstance(stated, list) else [stated]:
        said = {"column": one} if isinstance(one, str) else _table(file, where, one)
        columns = _texts(file, where, "columns", said) if "columns" in said else ()
        columns = columns or (_text(file, where, "column", said),)
        pad = tuple(size for size in said.get("pad", ()) if isinstance(size, int))
        if pad and len(pad) != len(columns):
            raise Refusal(WRONG, file=file, where=where, key="pad", what=str(len(columns)))
        listed = _text(file, where, "codes", said, "")
        if listed and not _known(listed, codes):
            raise Refusal(NO_CODES, file=file, where=where, key=field, codes=listed)
        letters = said.get("letters", 0)
        yield Origin(
            columns=tuple(_pattern(file, where, field, name) for name in columns),
            pad=pad,
            codes=listed,
            letters=letters if isinstance(letters, int) else 0,
        )


def _known(listed: str, codes: Mapping[str, Any]) -> bool:
    from explorer.registers.code_lists import LEVELS_OF

    return listed in codes or listed.partition(":")[0] in LEVELS_OF


def _table(file: str, where: str, stated: Any) -> Mapping[str, Any]:
    if not isinstance(stated, dict):
        raise Refusal(WRONG, file=file, where=file, key=where, what="[…]")
    return stated


def _text(file: str, where: str, key: str, stated: Mapping[str, Any], default: str | None = None) -> str:
    value = stated.get(key, default)
    if value is None:
        raise Refusal(LACKS, file=file, where=where, key=key)
    if not isinstance(value, str):
        raise Refusal(WRONG, file=file, where=where, key=key, what='"…"')
    return value


def _texts(file: str, where: str, key: str, stated: Mapping[str, Any]) -> tuple[str, ...]:
    value = stated.get(key)
    if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
        raise Refusal(WRONG, file=file, where=where, key=key, what='["…"]')
    return tuple(value)


def _pattern(file: str, where: str, key: str, text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise Refusal(NO_PATTERN, file=file, where=where, key=key, reason=str(error)) from None
    return text
