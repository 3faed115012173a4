"""The database of one thread: made when it is first needed, bounded in memory, private on disk."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explorer.core import remains
from explorer.core.folders import cache_folder
from explorer.core.processes import running

LEAST_MEMORY_MB = 190
MEMORY_PER_BYTE = 4
"""Parquet is small on disk: its rows take about four times as much while they are cleaned and counted."""


@dataclass(slots=True)
class Engine:
    """The database connection of one thread, made when it is first needed. `interrupt` may come from another.

    `pause` is called between queries; who runs jobs sets it to raise when the job should stop.
    """

    backend: Any = None
    spill: Path | None = None
    pause: Callable[[], None] = lambda: None

    def connect(self, rows_bytes: int = 0) -> Any:
        """Return the backend: DuckDB in memory, bounded by what `rows_bytes` of table files need.

        What does not fit is set aside in the user's own cache folder while a query runs, nowhere else.
        """
        if self.backend is None:
            import ibis

            self.backend = ibis.duckdb.connect()
            self.spill = _own_spill(cache_folder() / "spill")
            remains.watch(self.spill)
            self.backend.con.execute(f"set temp_directory = '{_quoted(self.spill)}'")
            self.backend.con.execute("set enable_progress_bar = false")
        megabytes = LEAST_MEMORY_MB + MEMORY_PER_BYTE * rows_bytes // 1_000_000
        self.backend.con.execute(f"set memory_limit = '{min(megabytes, _most_memory_mb())}MB'")
        return self.backend

    def close(self) -> None:
        """Let go of the connection; what it kept in memory is gone."""
        if self.backend is not None:
            # An interrupt of the other thread may be on its way still: the connection then ends with the process.
            with contextlib.suppress(Exception):
                self.backend.disconnect()
            self.backend = None

    def clear(self) -> None:
        """Remove what was set aside, when the process ends before its thread let go of the connection."""
        if self.spill is not None:
            shutil.rmtree(self.spill, ignore_errors=True)

    def interrupt(self) -> None:
        """Stop the running query, if any; it raises in its own thread."""
        if self.backend is not None:
            # Between two calls the connection may refuse: there is then nothing to interrupt.
            with contextlib.suppress(Exception):
                self.backend.con.interrupt()


def _own_spill(shared: Path) -> Path:
    """Return a folder that DuckDB makes for this process alone, and clear what processes that broke off left behind.

    DuckDB makes the folder when it needs it, but not the one above it, which a first run does not have yet.
    """
    with contextlib.suppress(OSError):
        shared.mkdir(parents=True, exist_ok=True, mode=0o700)
        for left in shared.iterdir():
            pid = left.name.partition("-")[0]
            if not (pid.isdigit() and running(int(pid))):
                shutil.rmtree(left, ignore_errors=True)
    return shared / f"{os.getpid()}-{time.time_ns()}"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _most_memory_mb() -> int:
    """Return six tenths of the machine's memory, or 4 GB where it cannot be asked."""
    try:
        return int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * 0.6 / 1_000_000)
    except (AttributeError, ValueError, OSError):
        return 4_000
