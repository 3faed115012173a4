"""Which files are read, by their endings; and by which function those of statistical programs are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

PARQUET: Final = ".parquet"
ZIPPED: Final = ".csv.gz"
STATISTICAL: Final[Mapping[str, str]] = {
    ".sav": "read_sav",
    ".zsav": "read_sav",
    ".dta": "read_dta",
    ".sas7bdat": "read_sas7bdat",
}
"""Endings of SPSS, Stata and SAS, each with its function in pyreadstat."""
ENDINGS: Final = (*STATISTICAL, PARQUET, ".csv", ZIPPED)
"""Of one table in several formats the first is what others were made from."""


def ending_of(path: Path) -> str:
    """Return the ending of a file that can be read, in small letters; "" of any other."""
    name = path.name.lower()
    return next((one for one in ENDINGS if name.endswith(one)), "")


def is_statistical(path: Path) -> bool:
    """Whether a file comes from a statistical program."""
    return ending_of(path) in STATISTICAL


def reader_of(path: Path) -> Callable[..., Any]:
    """Return the function that reads a file of a statistical program."""
    import pyreadstat

    read: Callable[..., Any] = getattr(pyreadstat, STATISTICAL[ending_of(path)])
    return read


def as_kept(path: Path) -> dict[str, bool]:
    """Return the options with which such a file is read as it is kept: codes without labels, days as numbers.

    Days of SAS the library reads, by the many formats that SAS has; it has no labels.
    """
    if ending_of(path) == ".sas7bdat":
        return {}
    return {"apply_value_formats": False, "disable_datetime_conversion": True}
