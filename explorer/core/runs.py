"""Runs of the program: each holds a lock on a file in the user's cache folder, which falls however the run ends."""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.core.folders import cache_folder

if TYPE_CHECKING:
    from filelock import BaseFileLock


def this_run() -> str:
    """Return the name of this run; "" where the cache folder takes no lock."""
    lock = _own_lock(_folder())
    return "" if lock is None else Path(lock.lock_file).stem


def goes_on(run: str) -> bool:
    """Whether the run of this name has not ended. One without a name is left alone: nobody can know."""
    path = _folder() / f"{run}.lock"
    return run in ("", this_run()) or (path.exists() and not _ended(path))


def _folder() -> Path:
    return cache_folder() / "runs"


@cache
def _own_lock(folder: Path) -> BaseFileLock | None:
    lock = _lock(folder / f"{secrets.token_hex(8)}.lock")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in folder.glob("*.lock"):
            _ended(path)
        # Another run that begins now may hold it for a moment, to see whether this one goes on.
        lock.acquire(timeout=1)
    except (OSError, NotImplementedError):
        return None
    return lock


def _ended(path: Path) -> bool:
    """Whether nobody holds this lock; its file is then removed."""
    try:
        with _lock(path).acquire(blocking=False):
            pass
        path.unlink(missing_ok=True)
    except (OSError, NotImplementedError):
        return False
    return True


def _lock(path: Path) -> BaseFileLock:
    from filelock import FileLock

    # Of the whole process, whichever thread asks.
    return FileLock(path, thread_local=False, fallback_to_soft=False)
