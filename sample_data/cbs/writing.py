"""How do component files reach the disk? In one format, with what they must be read as beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pandas as pd

from sample_data import writing
from sample_data.cbs.components import Component, person_files
from sample_data.cbs.truth import make_world
from sample_data.cbs.variations import Dialect, Form, Look, deal
from sample_data.cbs.wages import wage_files
from sample_data.draws import stream
from sample_data.version import DEFAULT_PERSONS, DEFAULT_SEED

COMPONENTS: Final = "components"
TIDY: Final = "tidy"

_COPIED: Final = ("SPOLISBUS", 2022)
"""A converted copy lies beside the SPSS file: who reads both counts hours and wages twice."""


def write_cbs(
    out: Path,
    form: Form,
    persons: int = DEFAULT_PERSONS,
    seed: int = DEFAULT_SEED,
    dialect: Dialect = "mixed",
    progress: Callable[[float], None] | None = None,
) -> Path:
    """Write component files to ``out/components`` and the tables they stand for to ``out/tidy``; return `out`.

    Parameters
    ----------
    dialect
        Of CSV files; ``mixed`` deals both.
    progress
        Called with the share written, from 0 to 1.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    report = progress or (lambda _: None)
    world = make_world(persons, seed, stream(seed, "delivery"))
    report(0.4)
    files = [
        *person_files(world, stream(seed, "delivery", 1)),
        *wage_files(world, stream(seed, "delivery", 2)),
    ]
    looks = deal(files, form, dialect, stream(seed, "delivery", 3))
    folder = out / COMPONENTS
    save = {"sav": _sav, "csv": _csv, "dta": _dta, "parquet": _parquet}[form]
    for done, (component, look) in enumerate(zip(files, looks, strict=True)):
        report(0.4 + 0.5 * done / len(files))
        place = folder / look.folder
        place.mkdir(parents=True, exist_ok=True)
        save(component, look, place / f"{look.name}.{look.ending}")
        if form == "sav" and (component.stem, component.year) == _COPIED:
            (place / "geconverteerde data").mkdir()
            _csv(component, look, place / "geconverteerde data" / f"{look.name}_csv.csv")
    writing.write(world.tidy(), out / TIDY, "parquet", writing.SampleInfo(columns={}), truth=False)
    report(1.0)
    return out


def _shown(component: Component, look: Look) -> pd.DataFrame:
    """Return the rows with dates and column names as this file has them."""
    frame = component.frame.copy()
    for name in component.dates:
        if look.dates == "integer":
            frame[name] = frame[name].astype("int64")
        elif look.dates == "date":
            frame[name] = pd.to_datetime(frame[name], format="%Y%m%d").dt.date
    return frame.rename(columns=look.column)


def _csv(component: Component, look: Look, path: Path) -> None:
    dialect: dict[str, Any] = {"sep": ",", "decimal": ".", "encoding": "utf-8"}
    if look.dialect == "semicolon":
        dialect = {"sep": ";", "decimal": ",", "encoding": "cp1252"}
    _shown(component, look).to_csv(path, index=False, lineterminator="\r\n", **dialect)


def _parquet(component: Component, look: Look, path: Path) -> None:
    _shown(component, look).to_parquet(path, index=False)


def _sav(component: Component, look: Look, path: Path) -> None:
    import pyreadstat

    labels = {look.column(name): dict(words) for name, words in component.labels.items()}
    with writing.told():
        pyreadstat.write_sav(
            _plain(_shown(component, look)), str(path), variable_value_labels=labels, compress=True
        )


def _dta(component: Component, look: Look, path: Path) -> None:
    """Write Stata, where only numbers have labels: labelled codes lose their zeros, and dashes are missing values."""
    import pyreadstat

    frame = _shown(component, look)
    labels = {}
    for name, words in component.labels.items():
        if all(code.isdecimal() for code in words):
            column = look.column(name)
            frame[column] = pd.to_numeric(frame[column], errors="coerce")
            labels[column] = {int(code): word for code, word in words.items()}
    with writing.told():
        pyreadstat.write_dta(_plain(frame), str(path), version=15, variable_value_labels=labels)


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return text as plain objects, which pyreadstat wants."""
    text = frame.columns[frame.dtypes.map(pd.api.types.is_string_dtype)]
    return frame.astype(dict.fromkeys(text, object))
