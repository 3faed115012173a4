"""The database of one thread: made when it is first needed, bounded in memory, private on disk, without a door.

It opens nothing but the files it is given, loads nothing from elsewhere, and sets aside no more than a bound.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from explorer.core import remains
from explorer.core.folders import cache_folder
from explorer.registers.failing import stopping_at_once, told
from explorer.registers.opened_files import SPILL, TableFile

LEAST_MEMORY_MB: Final = 190
MEMORY_PER_BYTE: Final = 4
"""Parquet is small on disk: its rows take about four times as much while they are cleaned and counted."""
MEMORY_PER_COLUMN_MB: Final = 1
"""A block of 256 KB in each of the tables that hold all columns of persons at one time."""
LEAST_SPILL_MB: Final = 2_000
SPILL_PER_BYTE: Final = 20
"""Nothing that is set aside takes more than some five copies of all rows."""
CLOSED: Final = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "enable_external_file_cache": False,
}


@dataclass(slots=True)
class Engine:
    """The database connection of one thread, made when it is first needed. `interrupt` may come from another.

    `pause` is called between queries; who runs jobs sets it to raise when the job should stop.
    """

    backend: Any = None
    pause: Callable[[], None] = lambda: None
    spills: list[Path] = field(default_factory=list)

    def connect(self, rows_bytes: int = 0, sources: Sequence[str] = ()) -> Any:
        """Return a new backend: DuckDB in memory, bounded by what `rows_bytes` of table files need.

        Of all files it can open `sources` alone. What does not fit into memory is set aside in the user's own cache
        folder while a query runs, nowhere else.
        """
        import ibis

        spill = _own_spill(cache_folder() / SPILL)
        self.spills.append(spill)
        backend = ibis.duckdb.connect(
            temp_directory=str(spill) if _in_unicode(spill) else "",
            memory_limit=_memory(rows_bytes),
            **CLOSED,
        )
        backend.con.execute("set enable_progress_bar = false")
        # What a file says of its values in its head, which may be damaged, decides no comparison.
        backend.con.execute("set disabled_optimizers = 'statistics_propagation'")
        # Given when it connects, the database shows this bound but does not keep to it.
        bound = LEAST_SPILL_MB + SPILL_PER_BYTE * rows_bytes // 1_000_000
        backend.con.execute(f"set max_temp_directory_size = '{bound}MB'")
        backend.con.execute("set allowed_paths = $1", [list(sources)])
        # Once this is off, none of these settings can be changed any more.
        backend.con.execute("set enable_external_access = false")
        self.backend = backend
        return backend

    def make_room(self, rows_bytes: int, columns: int) -> None:
        """Bound the memory by the number of columns too, once it is known: each takes some in every table."""
        self.backend.con.execute(f"set memory_limit = '{_memory(rows_bytes, columns)}'")

    @contextlib.contextmanager
    def reading(self, files: Sequence[TableFile], sources: Sequence[str]) -> Iterator[Any]:
        """Give a new backend that can read these files; when that fails, the former one is back."""
        former = self.backend
        backend = self.connect(sum(file.size for file in files), sources)
        try:
            with self.working(files):
                yield backend
        except BaseException:
            self.close()
            self.backend = former
            raise

    @contextlib.contextmanager
    def working(self, files: Sequence[TableFile] = ()) -> Iterator[None]:
        """Tell in words what goes wrong in a query, and stop the query when the program is stopped."""
        with stopping_at_once(self.interrupt), told(files, self.spills):
            yield

    def close(self) -> None:
        """Let go of the connection; what it kept in memory is gone."""
        if self.backend is not None:
            # An interrupt of the other thread may be on its way still: the connection then ends with the process.
            with contextlib.suppress(Exception):
                self.backend.disconnect()
            self.backend = None

    def clear(self) -> None:
        """Remove what was set aside, when the process ends before its thread let go of the connection."""
        for spill in self.spills:
            shutil.rmtree(spill, ignore_errors=True)

    def interrupt(self) -> None:
        """Stop the running query, if any; it raises in its own thread."""
        if self.backend is not None:
            # Between two calls the connection may refuse: there is then nothing to interrupt.
            with contextlib.suppress(Exception):
                self.backend.con.interrupt()


def _own_spill(shared: Path) -> Path:
    """Return a folder of this run alone: DuckDB makes it when it needs it, but not the one above it."""
    with contextlib.suppress(OSError):
        shared.mkdir(parents=True, exist_ok=True, mode=0o700)
    return remains.own_path(shared)


def _in_unicode(path: Path) -> bool:
    """Whether the engine can be told this path; else it sets nothing aside."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _memory(rows_bytes: int, columns: int = 0) -> str:
    needed = LEAST_MEMORY_MB + MEMORY_PER_BYTE * rows_bytes // 1_000_000 + MEMORY_PER_COLUMN_MB * columns
    return f"{min(needed, _most_memory_mb())}MB"


def _most_memory_mb() -> int:
    """Return six tenths of the machine's memory, or 4 GB where it cannot be asked."""
    try:
        return int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * 0.6 / 1_000_000)
    except (AttributeError, ValueError, OSError):
        return 4_000
