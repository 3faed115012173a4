"""How do deliveries differ? Case of the columns, dialect, dates and names: dealt by the seed, each at least once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

import numpy as np

from sample_data.cbs.components import Component

Form = Literal["sav", "csv", "dta", "parquet"]
Dialect = Literal["mixed", "semicolon", "comma"]
FORMS: Final[tuple[Form, ...]] = ("sav", "csv", "dta", "parquet")
DIALECTS: Final[tuple[Dialect, ...]] = ("mixed", "semicolon", "comma")

_THEMES: Final = {"SPOLISBUS": "Spolis", "BE": "Arbeid", "BETAB": "Arbeid"}

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How one file is written.

    Attributes
    ----------
    name
        Of the file, without its ending.
    folder
        Below the folder of components, as on the drive of CBS: ``Bevolking/GBAPERSOONTAB/2024``.
    ending
        ``sav``, or ``SAV``.
    case
        ``upper``, ``lower`` or ``mixed``.
    dates
        ``text`` of eight digits, ``integer`` or ``date``: a date of the format, in CSV with dashes.
    dialect
        Of CSV: ``semicolon`` with decimal comma in Windows-1252, ``comma`` with decimal point in UTF-8.
    """

    name: str
    folder: str
    ending: str
    case: str
    dates: str
    dialect: str

    def column(self, name: str) -> str:
        """Return the name of a column as this file writes it."""
        if self.case == "upper":
            return name.upper()
        return name.lower() if self.case == "lower" else name[:3].upper() + name[3:].capitalize()


def deal(
    components: Sequence[Component], form: Form, dialect: Dialect, rng: np.random.Generator
) -> list[Look]:
    """Return the looks of the files, in their order."""
    size = len(components)
    dated = np.flatnonzero([bool(component.dates) for component in components])
    # Text and integers look the same in CSV.
    ways = ("text", "date") if form == "csv" else ("text", "integer", "date")
    dates = dict(zip(dated.tolist(), _dealt(ways, len(dated), rng), strict=True))
    cases = _dealt(("upper", "lower", "mixed"), size, rng)
    dialects = _dealt(("semicolon", "comma") if dialect == "mixed" else (dialect,), size, rng)
    named = np.flatnonzero([component.year is not None for component in components])
    spaced, stamped = rng.permutation(named)[:2].tolist()
    endings = _dealt((form, form.upper()), size, rng)
    looks = []
    for place, component in enumerate(components):
        name = _name(component, spaced=place in (spaced, stamped))
        looks.append(
            Look(
                name=f"240915 {name}" if place == stamped else name,
                folder=_folder(component),
                ending=endings[place],
                case=cases[place],
                dates=dates.get(place, "text"),
                dialect=dialects[place],
            )
        )
    return looks


def _name(component: Component, *, spaced: bool) -> str:
    if component.year is None:
        return f"{component.stem}{component.kind}V{component.version}"
    if spaced:
        return f"{component.stem}{component.kind} {component.year}V{component.version}"
    return f"{component.stem}{component.year}{component.kind}V{component.version}"


def _folder(component: Component) -> str:
    theme = _THEMES.get(component.stem, "Bevolking")
    year = "" if component.year is None else f"/{component.year}"
    return f"{theme}/{component.stem}{component.kind}{year}"


def _dealt(values: Sequence[_Value], size: int, rng: np.random.Generator) -> list[_Value]:
    """Return `size` of `values` in turn, shuffled: every one is there if there is room for it."""
    return [values[place % len(values)] for place in rng.permutation(size).tolist()]
