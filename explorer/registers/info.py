"""dataset.toml: what it must say, and how it is refused. Standard library only."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, get_args

from explorer.core.words import LANGUAGES, N_, Refusal
from models.register import ColumnKind, DatasetInfo, PersonColumn

NAME: Final = "dataset.toml"
TEXTS: Final = ("title", "source")
YEARS: Final = (1850, 2200)
"""Years in which people are observed; a date outside is a slip of the hand."""


def dataset_folder(path: Path) -> Path:
    """Return the folder of the dataset that `path` names: the folder itself, or its dataset.toml.

    Raises
    ------
    Refusal
        When there is no such folder, or no dataset.toml in it.
    """
    folder = path.parent if path.name == NAME else path
    if not folder.exists():
        raise Refusal(
            N_("“{folder}” does not exist; choose the folder that holds dataset.toml."), folder=str(folder)
        )
    if not folder.is_dir():
        raise Refusal(N_("“{file}” is a file; choose the folder that holds dataset.toml."), file=str(folder))
    if not (folder / NAME).is_file():
        raise Refusal(
            N_(
                "“{folder}” has no dataset.toml; write one that says title, source, synthetic and the two dates."
            ),
            folder=str(folder),
        )
    return folder


def read_info(path: Path) -> DatasetInfo:
    """Read and check dataset.toml.

    Raises
    ------
    Refusal
        In one sentence that names the file, the entry, what was found and the remedy.
    """
    stated = _parsed(dataset_folder(path) / NAME)
    for name in TEXTS:
        if not isinstance(stated.get(name), str):
            raise Refusal(N_("dataset.toml: “{name}” must be a text in quotes."), name=name)
    if not isinstance(stated.get("synthetic"), bool):
        raise Refusal(N_("dataset.toml: “synthetic” must be true or false."))
    first, last = _day(stated, "arrivals_from"), _day(stated, "observed_until")
    if last <= first:
        raise Refusal(N_("dataset.toml: “observed_until” must lie after “arrivals_from”."))
    taken = _day(stated, "present_on") if "present_on" in stated else None
    if taken is not None and taken > last:
        raise Refusal(N_("dataset.toml: “present_on” must not lie after “observed_until”."))
    reference = stated.get("reference_nationality")
    if reference is not None and not isinstance(reference, str):
        raise Refusal(N_("dataset.toml: “{name}” must be a text in quotes."), name="reference_nationality")
    return DatasetInfo(
        title=stated["title"],
        source=stated["source"],
        synthetic=stated["synthetic"],
        arrivals_from=first,
        observed_until=last,
        reference_nationality=reference,
        present_on=taken,
        periods=_periods(stated, first, last),
        columns=_columns(stated.get("columns", {})),
        translations={
            language: {name: text for name, text in stated[language].items() if isinstance(text, str)}
            for language in LANGUAGES
            if isinstance(stated.get(language), dict)
        },
    )


def _parsed(path: Path) -> dict[str, Any]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(N_("dataset.toml is not in UTF-8; save it as UTF-8.")) from None
    except OSError as error:
        raise Refusal(
            N_("dataset.toml cannot be read: {reason}; check its permissions."), reason=error.strerror or ""
        ) from None
    if not text.strip():
        raise Refusal(N_("dataset.toml is empty; write title, source, synthetic and the two dates in it."))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refusal(
            N_("dataset.toml is not valid TOML ({reason}); correct that line."), reason=str(error)
        ) from None
    except RecursionError:
        raise Refusal(
            N_("dataset.toml holds lists or tables too deep inside each other; remove that entry.")
        ) from None
    except (ValueError, OverflowError):
        # Python reads no number of more than some thousands of digits, and no hour 25.
        raise Refusal(N_("dataset.toml holds a number or a date that is none; correct that entry.")) from None


def _day(stated: Mapping[str, Any], name: str) -> date:
    value = stated.get(name)
    try:
        day = value.date() if isinstance(value, datetime) else value
        day = day if isinstance(day, date) else date.fromisoformat(day)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise Refusal(N_("dataset.toml: “{name}” must be a date as 2024-07-01."), name=name) from None
    if not YEARS[0] <= day.year <= YEARS[1]:
        first, last = YEARS
        raise Refusal(
            N_("dataset.toml: “{name}” must be a date in the years {first} to {last}; correct it."),
            name=name,
            first=first,
            last=last,
        )
    return day


def _periods(stated: Mapping[str, Any], first: date, last: date) -> tuple[date, ...]:
    listed = stated.get("periods", [])
    if not isinstance(listed, list):
        raise Refusal(N_("dataset.toml: “periods” must be a list of dates."))
    days = tuple(_day({"periods": value}, "periods") for value in listed)
    if any(after <= before for before, after in pairwise(days)):
        raise Refusal(N_("dataset.toml: “periods” must be dates in ascending order."))
    if days and (days[0] > first or days[-1] >= last):
        raise Refusal(
            N_(
                "dataset.toml: “periods” must begin on or before “arrivals_from” and end before “observed_until”."
            )
        )
    return days


def _columns(listed: Any) -> tuple[PersonColumn, ...]:
    if not isinstance(listed, dict):
        raise Refusal(N_("dataset.toml: “columns” must be a table with one entry a column."))
    return tuple(_column(name, entry) for name, entry in listed.items())


def _column(name: str, entry: Any) -> PersonColumn:
    """Return one entry; who lists levels means a category."""
    kinds = get_args(ColumnKind)
    if not isinstance(entry, dict) or entry.get("kind", "category") not in kinds:
        raise Refusal(
            N_("dataset.toml: column “{name}” needs labels and a kind: {kinds}."),
            name=name,
            kinds=", ".join(f"“{kind}”" for kind in kinds),
        )
    order, named = _levels(name, entry.get("levels", {}))
    kind = entry.get("kind")
    return PersonColumn(
        name=name,
        kind=kind or "category",
        kind_stated=kind is not None or bool(order),
        labels={key: text for key, text in entry.items() if isinstance(text, str) and key != "kind"},
        levels=named,
        order=order,
    )


def _levels(name: str, stated: Any) -> tuple[tuple[str, ...], Mapping[str, Mapping[str, str]]]:
    """Return levels in the order in which they are written, and their names by language, where they have some."""
    listed: list[Any] = list(stated) if isinstance(stated, dict | list) else [None]
    texts: list[Any] = list(stated.values()) if isinstance(stated, dict) else []
    names = [name for one in texts for name in (one.values() if isinstance(one, dict) else (None,))]
    if not all(isinstance(text, str) for text in (*listed, *names)) or len(set(listed)) < len(listed):
        raise Refusal(
            N_(
                "dataset.toml: the levels of column “{name}” must be texts in their order, each once, "
                'as ["low", "high"] or {{ low = {{ nl = "laag" }} }}.'
            ),
            name=name,
        )
    named = {level: dict(one) for level, one in zip(listed, texts, strict=False)}
    return tuple(listed), named
