"""What a workspace is: references and questions, never microdata, counts or results."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from explorer import __version__
from explorer.core.folders import cache_folder
from explorer.core.state import AppState
from models.register import DatasetInfo

FORMAT: Final = 1
"""Raised whenever older files are to be read in another way; `migrating` then learns the step."""
SUFFIX: Final = ".cohort.json"
"""How files of workspaces end by convention."""
SAMPLE: Final = "sample"
"""The path that stands for the bundled sample, wherever this machine keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetReference:
    """Which dataset a workspace is about, without anything that was counted in it.

    Attributes
    ----------
    path
        Absolute path of its folder, or SAMPLE.
    relative
        The path as seen from the file of the workspace, with forward slashes; "" where it has none.
    data_hash
        Identity of the data, to notice that they changed.
    columns
        Names of the columns that group persons.
    """

    path: str
    relative: str = ""
    data_hash: str = ""
    title: str = ""
    arrivals_from: date
    observed_until: date
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A state kept under a name."""

    name: str
    state: AppState


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """An analysis as it is saved: what is asked now, what was kept, and of which data."""

    state: AppState
    dataset: DatasetReference
    snapshots: tuple[Snapshot, ...] = ()
    language: str = "en"
    saved_with: str = __version__


def reference(
    path: Path, data_hash: str, info: DatasetInfo, columns: tuple[str, ...], *, sample: bool | None = None
) -> DatasetReference:
    """Return the reference to a dataset that is open; `columns` are the names of its grouping columns.

    Whether it is the bundled `sample` is found from where it lies, unless it is said.
    """
    bundled = _is_sample(path) if sample is None else sample
    return DatasetReference(
        path=SAMPLE if bundled else str(path.absolute()),
        # The hash of a folder depends on place and time of its files; the sample is the same sample everywhere.
        data_hash=_sample_hash() if bundled else data_hash,
        title=info.title,
        arrivals_from=info.arrivals_from,
        observed_until=info.observed_until,
        columns=columns,
    )


def is_workspace(path: Path) -> bool:
    """Return whether `path` is taken for a workspace; a dataset is a folder, or a file that is no JSON in one."""
    return path.suffix.lower() == ".json" and not path.is_dir()


def _is_sample(path: Path) -> bool:
    import sample_data

    return path.absolute() == (cache_folder() / "samples" / sample_data.folder_name()).absolute()


def _sample_hash() -> str:
    import sample_data

    return hashlib.sha256(sample_data.folder_name().encode()).hexdigest()[:24]
