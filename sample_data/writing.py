"""How does a sample reach the disk? A dataset folder in any of the formats, nothing half-written."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from sample_data import toml
from sample_data.days import ARRIVALS_FROM, OBSERVED_UNTIL, PERIODS, as_date

if TYPE_CHECKING:
    import pyarrow as pa

    from sample_data.tables import SampleTables

Format = Literal["parquet", "csv", "sav", "dta"]
FORMATS: Final[tuple[Format, ...]] = ("parquet", "csv", "sav", "dta")

_SOURCE: Final = (
    "Synthetic: simulated persons, calibrated to the published figures of CBS, Oekraïners in Nederland "
    "(15 April 2025) and its news releases of 2023 and 2024. No real person is in it."
)
_SOURCE_NL: Final = (
    "Synthetisch: gesimuleerde personen, afgestemd op de gepubliceerde cijfers van het CBS, Oekraïners in Nederland "
    "(15 april 2025) en zijn nieuwsberichten van 2023 en 2024. Geen enkele echte persoon komt erin voor."
)


def _columns() -> dict[str, Mapping[str, object]]:
    return {
        "household": {
            "en": "Household type",
            "nl": "Huishoudtype",
            "kind": "category",
            "levels": {
                "couple": {"nl": "paar"},
                "couple with children": {"nl": "paar met kinderen"},
                "lone parent": {"nl": "eenoudergezin"},
                "single": {"nl": "alleenstaand"},
                "other": {"nl": "overig"},
            },
        },
        "province": {"en": "Province", "nl": "Provincie", "kind": "category"},
        "education": {
            "en": "Education",
            "nl": "Opleiding",
            "kind": "category",
            "levels": {
                "low": {"nl": "laag"},
                "middle": {"nl": "midden"},
                "high": {"nl": "hoog"},
                "at school": {"nl": "schoolgaand"},
            },
        },
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleInfo:
    """What ``dataset.toml`` says."""

    title: str = "Displaced persons from Ukraine, synthetic"
    source: str = _SOURCE
    synthetic: bool = True
    arrivals_from: date = field(default_factory=lambda: as_date(ARRIVALS_FROM))
    observed_until: date = field(default_factory=lambda: as_date(OBSERVED_UNTIL))
    reference_nationality: str = "UA"
    periods: tuple[date, ...] = field(default_factory=lambda: tuple(as_date(day) for day in PERIODS))
    title_nl: str = "Ontheemden uit Oekraïne, synthetisch"
    source_nl: str = _SOURCE_NL
    columns: Mapping[str, Mapping[str, object]] = field(default_factory=_columns)

    def toml(self) -> str:
        """Return the text of ``dataset.toml``; periods are text, as in the data contract."""
        lines = [
            f"title = {toml.value(self.title)}",
            f"source = {toml.value(self.source)}",
            f"synthetic = {toml.value(self.synthetic)}",
            f"arrivals_from = {toml.value(self.arrivals_from)}",
            f"observed_until = {toml.value(self.observed_until)}",
            f"reference_nationality = {toml.value(self.reference_nationality)}",
            f"periods = {toml.value([edge.isoformat() for edge in self.periods])}",
            "",
            "[nl]",
            f"title = {toml.value(self.title_nl)}",
            f"source = {toml.value(self.source_nl)}",
            "",
            "[columns]",
            *(f"{toml.key(name)} = {toml.value(labels)}" for name, labels in self.columns.items()),
        ]
        return "\n".join(lines) + "\n"


def write(
    tables: SampleTables,
    out: Path,
    fmt: Format = "parquet",
    info: SampleInfo | None = None,
    *,
    truth: bool = True,
    progress: Callable[[float], None] | None = None,
) -> Path:
    """Write `tables` as a dataset folder and return it.

    ``dataset.toml`` comes last, so that a new folder with it is complete. A dataset that is there is replaced whole by
    writing another folder and moving its files.

    Parameters
    ----------
    out
        The folder; made if missing. Files of the same names are replaced.
    fmt
        Ending of the three tables. Dates may be text (see `sample_data.dirt.unreadable_dates`) in any format.
    truth
        Also write ``truth.toml``, the true hazards behind the sample.
    progress
        Called with the share written, from 0 to 1.

    Raises
    ------
    ValueError
        If `fmt` is none of `FORMATS`.
    OSError
        If the folder cannot be written.
    """
    if fmt not in FORMATS:
        raise ValueError(f"format must be one of {', '.join(FORMATS)}, not {fmt}")
    out.mkdir(parents=True, exist_ok=True)
    save = {"parquet": _parquet, "csv": _csv, "sav": _sav, "dta": _dta}[fmt]
    parts = (("persons", tables.persons), ("stays", tables.stays), ("jobs", tables.jobs))
    for done, (name, table) in enumerate(parts):
        save(table, out / f"{name}.{fmt}")
        if progress:
            progress((done + 1) / (len(parts) + 1))
    if truth:
        _text(out / "truth.toml", truth_text())
    _text(out / "dataset.toml", (info or SampleInfo()).toml())
    if progress:
        progress(1.0)
    return out


def truth_text() -> str:
    """Return the true hazards as TOML, with the words of `sample_data.truth` above them."""
    from sample_data import truth

    words = (truth.__doc__ or "").strip().splitlines()
    head = "\n".join(f"# {line}".rstrip() for line in words)
    return f"{head}\n\n{toml.sections(truth.TRUTH)}"


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _parquet(table: pa.Table, path: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(table, path, compression="zstd")


def _csv(table: pa.Table, path: Path) -> None:
    from pyarrow import csv

    # No value holds a comma or a quote (Arrow refuses otherwise); a missing value is an empty cell.
    csv.write_csv(table, path, csv.WriteOptions(quoting_style="none", quoting_header="none"))


def _sav(table: pa.Table, path: Path) -> None:
    import pyreadstat

    with told():
        pyreadstat.write_sav(_frame(table), str(path), compress=True)


def _dta(table: pa.Table, path: Path) -> None:
    import pyreadstat

    with told():
        pyreadstat.write_dta(_frame(table), str(path), version=15)


@contextmanager
def told() -> Iterator[None]:
    """What pyreadstat cannot write is an error of the disk, as with every other writer; it does not say which."""
    import pyreadstat

    try:
        yield
    except pyreadstat.ReadstatError as error:
        raise OSError(errno.EIO, str(error)) from None


def _frame(table: pa.Table) -> object:
    """Return a pandas frame as pyreadstat wants it: dates as dates, missing text as empty text."""
    import pandas as pd
    import pyarrow as pa

    columns = {}
    for name in table.column_names:
        column = table.column(name)
        if pa.types.is_string(column.type):
            columns[name] = pd.Series(column.fill_null("").to_pylist(), dtype=object)
        elif pa.types.is_date(column.type):
            columns[name] = pd.Series(column.to_pylist(), dtype=object)
        else:
            columns[name] = column.to_pandas()
    return pd.DataFrame(columns)
