"""Codes in the user's own cache folder: written once a dataset, read with numpy alone at the next start.

The codes are microdata. They are written nowhere but here, readable by the user only, and a workspace or an
export never refers to them.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from explorer.core.placing import OWN, put
from explorer.core.schema import strict
from explorer.core.words import Refusal
from models.register import DatasetInfo, QualityReport
from models.tally.codes import Codes, Grouping, HourlyWages, OtherStays

FORMAT: Final = 6
"""Raised whenever what is stored, or how it is counted, changes: older files are then counted anew."""
KEPT: Final = 6
"""Datasets kept; the oldest file goes first."""

_PLAIN: Final = (
    "settled",
    "entry",
    "duration",
    "destination",
    "second_employer",
    "returned",
    "current_since",
    "first_work",
    "work_end",
    "last_work",
    "present",
    "of_age",
    "working",
    "several_now",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Levels:
    """A grouping without what it says of persons."""

    name: str
    levels: tuple[str, ...]
    ordered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meta:
    """What stands beside the arrays."""

    info: DatasetInfo
    groupings: tuple[_Levels, ...]
    quality: QualityReport


def save(folder: Path, data_hash: str, codes: Codes, quality: QualityReport) -> bool:
    """Write the codes of a dataset and return whether they are stored.

    A full disk or a read-only folder only costs the next start some seconds.
    """
    arrays = {f"plain/{name}": getattr(codes, name) for name in _PLAIN}
    arrays |= {f"grouping/{g.name}": g.codes for g in codes.groupings.values()}
    arrays |= {f"number/{name}": values for name, values in codes.numbers.items()}
    arrays |= {f"contract/{name}": bits for name, bits in codes.contract.items()}
    arrays |= {f"sector/{name}": bits for name, bits in codes.sector.items()}
    wages = codes.wages
    arrays |= {"wage/starts": wages.starts, "wage/person": wages.person, "wage/cents": wages.cents}
    others = codes.other_stays
    arrays |= {"stay/person": others.person, "stay/begin": others.begin, "stay/end": others.end}
    arrays["meta"] = np.frombuffer(json.dumps(_meta(codes, quality)).encode(), dtype=np.uint8)
    with contextlib.suppress(OSError, Refusal):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        put(_file(folder, data_hash), lambda file: np.savez(file, allow_pickle=False, **arrays), OWN)
        with contextlib.suppress(OSError):
            _prune(folder)
        return True
    return False


def load(folder: Path, data_hash: str) -> tuple[Codes, QualityReport] | None:
    """Return the codes of a dataset, or None when they are not there or cannot be read."""
    try:
        # Opened here, because numpy leaves a file open that turns out to be no archive.
        with _file(folder, data_hash).open("rb") as file, np.load(file, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        found = json.loads(arrays.pop("meta").tobytes())
        if found["format"] != FORMAT:
            return None
        meta = strict().structure(found, _Meta)
        return _codes(arrays, meta), meta.quality
    except Exception:
        # Whatever is wrong with a stored file (a byte of its head may mean anything), the rows are still there.
        return None


def clear(folder: Path) -> None:
    """Remove every stored dataset."""
    for path in folder.glob("codes-*.npz"):
        path.unlink(missing_ok=True)


def _file(folder: Path, data_hash: str) -> Path:
    return folder / f"codes-{data_hash}.npz"


def _prune(folder: Path) -> None:
    stored = sorted(folder.glob("codes-*.npz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in stored[KEPT:]:
        path.unlink(missing_ok=True)


def _meta(codes: Codes, quality: QualityReport) -> dict[str, Any]:
    groupings = [_Levels(name=g.name, levels=g.levels, ordered=g.ordered) for g in codes.groupings.values()]
    meta = _Meta(info=codes.info, groupings=tuple(groupings), quality=quality)
    return {"format": FORMAT, **strict().unstructure(meta)}


def _codes(arrays: dict[str, NDArray[Any]], meta: _Meta) -> Codes:
    def under(prefix: str) -> dict[str, NDArray[Any]]:
        return {name[len(prefix) :]: array for name, array in arrays.items() if name.startswith(prefix)}

    return Codes(
        info=meta.info,
        groupings={
            g.name: Grouping(
                name=g.name, levels=g.levels, codes=arrays[f"grouping/{g.name}"], ordered=g.ordered
            )
            for g in meta.groupings
        },
        numbers=under("number/"),
        contract=under("contract/"),
        sector=under("sector/"),
        wages=HourlyWages(**under("wage/")),
        other_stays=OtherStays(**under("stay/")),
        **under("plain/"),
    )
