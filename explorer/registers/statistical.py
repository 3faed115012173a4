"""SPSS and Stata files: values as text, numbers and days; value labels in the place of their codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from explorer.core.words import N_, Refusal
from explorer.registers.code_lists import CodeLists, code_lists
from explorer.registers.file_kinds import as_kept, reader_of
from explorer.registers.info import read_info
from models.register import ColumnKind

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa
    from numpy.typing import NDArray

Labels = Mapping[str, Mapping[Any, str]]
"""The labels of a file by column and value, in the order of the values."""

NOT_STATISTICAL: Final = N_("{file} is not an SPSS, Stata or SAS file that can be read; export it again.")
CODED: Final = ("sex", "nationality", "destination", "contract", "sector")
UNLABELLED: Final = frozenset(
    {"person_id", "employer_id", "household_id", "weight", "birth_date", "birth_year", "birth_month"}
    | {"settled", "departed", "start", "end", "hours", "wage"}
)
"""Columns whose values are meant as they are, whatever labels they have."""

# Days and moments are numbers; the column's format says so, and from which day and in which unit they count.
_FORMATS: Final = (
    (re.compile(r"[AEJS]?DATE\d*$"), "day", 86_400, -141_428),
    (re.compile(r"(DATETIME|YMDHMS)[\d.]*$"), "moment", 86_400, -141_428),
    (re.compile(r"%-?t?d"), "day", 1, -3_653),
    (re.compile(r"%-?t[cC]"), "moment", 86_400_000, -3_653),
)
_FARTHEST: Final = 100_000_000
"""Days from 1970: no calendar holds more, and what lies beyond the year 9999 is not read anyway."""
_WHOLE: Final = 2.0**53


def read_statistical(con: Any, path: Path) -> str:
    """Fill the table ``text_rows`` with the rows of an SPSS or Stata file and return its name.

    Missing values of the user's own making are missing. A labelled column holds its labels; of a coded column those
    that name a code as that code.
    """
    import pyarrow as pa

    kept = as_kept(path)
    frame, meta = _read(path, **kept)
    stated = {column.name: column.kind for column in read_info(path.parent).columns if column.kind_stated}
    lists, columns = code_lists(path.parent), {}
    for name in frame.columns:
        labels = meta.variable_value_labels.get(name, {})
        values = frame[name]
        if _labelled(name, values, labels, stated.get(name)):
            columns[name] = _with_labels(name, values, labels, lists)
        else:
            form = str(meta.original_variable_types.get(name, "")) if kept else ""
            columns[name] = as_meant(values, form)
    con.register("statistical_rows", pa.table(columns))
    con.execute("create or replace temp table text_rows as select * from statistical_rows")
    con.unregister("statistical_rows")
    return "text_rows"


def labels_of(path: Path) -> Labels:
    """Return the value labels of an SPSS or Stata file, without those of columns that are meant as they are."""
    _, meta = _read(path, metadataonly=True)
    return {
        name: {value: labels[value] for value in sorted(labels, key=_rank)}
        for name, labels in meta.variable_value_labels.items()
        if name not in UNLABELLED
    }


def _rank(value: Any) -> tuple[bool, Any]:
    return isinstance(value, str), value


def _read(path: Path, **options: Any) -> Any:
    try:
        return reader_of(path)(str(path), **options)
    except Exception:
        raise Refusal(NOT_STATISTICAL, file=path.name) from None


def _labelled(name: str, values: pd.Series[Any], labels: Mapping[Any, str], kind: ColumnKind | None) -> bool:
    """Return whether labels stand for values: not where most values have none, as a sum where 999 is "refused"."""
    if not labels or name in UNLABELLED or kind not in (None, "category"):
        return False
    if name in CODED or kind == "category":
        return True
    found = set(values.dropna().unique().tolist())
    return len(found - set(labels)) <= len(found & set(labels))


def _with_labels(
    name: str, values: pd.Series[Any], labels: Mapping[Any, str], lists: CodeLists
) -> pa.Array[Any]:
    import pyarrow as pa

    texts = {value: _label(name, value, labels, lists) for value in values.dropna().unique().tolist()}
    return pa.Array.from_pandas(values.map(texts), type=pa.string())


def _label(name: str, value: Any, labels: Mapping[Any, str], lists: CodeLists) -> str:
    """Return a label; of a coded column the level that it means, or the value does, else value and label."""
    written = f"{value:.15g}" if isinstance(value, float) else str(value)
    label = labels.get(value, "").strip() or written
    if name not in CODED:
        return label
    found = lists.level_of(name, label) or lists.level_of(name, written)
    return found or (label if label == written else f"{written} = {label}")


def as_meant(values: pd.Series[Any], form: str) -> pa.Array[Any]:
    """Return values without labels: days and moments by their format, whole numbers as such."""
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    if not pd.api.types.is_numeric_dtype(values):
        return pa.Array.from_pandas(values)
    missing = values.isna().to_numpy()
    counted = np.where(missing, 0, values.to_numpy(dtype=np.float64))
    for pattern, kind, per_day, epoch in _FORMATS:
        if pattern.match(form):
            days = np.clip(counted / per_day + epoch, -_FARTHEST, _FARTHEST)
            return _days(days, missing) if kind == "day" else _moments(days, missing)
    if not missing.all() and (counted == np.trunc(counted)).all() and (np.abs(counted) < _WHOLE).all():
        return pa.array(counted.astype(np.int64), mask=missing)
    return pa.Array.from_pandas(values)


def _days(days: NDArray[np.float64], missing: NDArray[np.bool_]) -> pa.Array[Any]:
    import numpy as np
    import pyarrow as pa

    return pa.array(np.floor(days).astype(np.int32), mask=missing).cast(pa.date32())


def _moments(days: NDArray[np.float64], missing: NDArray[np.bool_]) -> pa.Array[Any]:
    import numpy as np
    import pyarrow as pa

    return pa.array(np.rint(days * 86_400).astype(np.int64), mask=missing).cast(pa.timestamp("s"))
