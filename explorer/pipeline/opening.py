"""From a folder to codes: from the cache when nothing changed, else read, validated and counted."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from explorer.core.views import Source
from explorer.core.words import N_, Message
from explorer.pipeline import cache
from models.register import QualityReport
from models.tally.codes import Codes

if TYPE_CHECKING:
    from models.register import Register

Progress: TypeAlias = Callable[[float, Message], None]

LEAST_MEMORY_MB = 280
MEMORY_PER_BYTE = 4
"""Parquet is small on disk: its rows take about four times as much while they are cleaned and counted."""

COUNTING = N_("Counting person-months")
SAMPLE = N_("Making the synthetic sample (once)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """An open dataset: its codes, its quality report, and the way to its register."""

    path: Path
    data_hash: str
    codes: Codes
    quality: QualityReport
    source: Source


@dataclass(slots=True)
class Engine:
    """The database connection of one thread, made when it is first needed. `interrupt` may come from another."""

    backend: Any = None

    def connect(self, rows_bytes: int = 0) -> Any:
        """Return the backend: DuckDB in memory, bounded by what `rows_bytes` of table files need.

        What does not fit is set aside in the user's own cache folder while a query runs, nowhere else.
        """
        if self.backend is None:
            import ibis

            self.backend = ibis.duckdb.connect()
            spill = cache_folder() / "spill"
            self.backend.con.execute(f"set temp_directory = '{_quoted(spill)}'")
            self.backend.con.execute("set enable_progress_bar = false")
        megabytes = LEAST_MEMORY_MB + MEMORY_PER_BYTE * rows_bytes // 1_000_000
        self.backend.con.execute(f"set memory_limit = '{min(megabytes, _most_memory_mb())}MB'")
        return self.backend

    def close(self) -> None:
        """Let go of the connection; what it kept in memory is gone."""
        if self.backend is not None:
            self.backend.disconnect()
            self.backend = None

    def interrupt(self) -> None:
        """Stop the running query, if any; it raises in its own thread."""
        if self.backend is not None:
            self.backend.con.interrupt()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _most_memory_mb() -> int:
    """Return six tenths of the machine's memory, or 4 GB where it cannot be asked."""
    try:
        return int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * 0.6 / 1_000_000)
    except (AttributeError, ValueError, OSError):
        return 4_000


def cache_folder() -> Path:
    """Return the program's folder in the user's own cache."""
    from platformdirs import user_cache_path

    return user_cache_path("cohort-flow-explorer", appauthor=False)


def sample_path(progress: Progress | None = None) -> Path:
    """Return the folder of the bundled sample, made on first use."""
    import sample_data

    tell = None if progress is None else (lambda share: progress(share, Message(SAMPLE)))
    return sample_data.ensure(cache_folder() / "samples", tell)


def open_dataset(
    path: Path, engine: Engine, progress: Progress | None = None, *, use_cache: bool = True
) -> Dataset:
    """Open the tidy dataset in `path`.

    Raises
    ------
    explorer.core.words.Refusal
        In one sentence, when it cannot be used.
    """
    from explorer.registers.fingerprint import data_hash

    folder = path.parent if path.name == "dataset.toml" else path
    identity = data_hash(folder)
    opened: list[Register] = []

    def register() -> Register:
        if not opened:
            opened.append(_read(folder, engine, progress))
        return opened[0]

    found = cache.load(cache_folder() / "codes", identity) if use_cache else None
    if found is None:
        codes, quality = _count(register(), progress), register().quality
        if use_cache:
            cache.save(cache_folder() / "codes", identity, codes, quality)
    else:
        codes, quality = found
    return Dataset(
        path=folder,
        data_hash=identity,
        codes=codes,
        quality=quality,
        source=Source(codes=codes, register=register),
    )


def _read(folder: Path, engine: Engine, progress: Progress | None) -> Register:
    from explorer.registers.opening import open_dataset as read

    part = None if progress is None else (lambda share, message: progress(0.6 * share, message))
    size = sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
    return read(folder, backend=engine.connect(size), progress=part)


def _count(register: Register, progress: Progress | None) -> Codes:
    from models.tally.building import build_codes

    part = None if progress is None else (lambda share: progress(0.6 + 0.4 * share, Message(COUNTING)))
    return build_codes(register, part)
