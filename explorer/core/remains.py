"""What a run that is broken off would leave behind: files and folders under names that say whose they are.

A name holds the user's machine and the run, so that the next run clears what is left of one that has ended, and never
what another still writes, on a shared folder neither.
"""

from __future__ import annotations

import contextlib
import os
import platform
import secrets
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from explorer.core.folders import cache_folder
from explorer.core.runs import goes_on, this_run

PREFIX: Final = ".cohort-explorer-"
SUFFIX: Final = ".part"

_mine: set[Path] = set()


def own_path(folder: Path) -> Path:
    """Return a new name in `folder` that is this run's own; clear there what runs that have ended left behind.

    The name is short, however long that of the file in whose place it comes. It is cleared at the end, whatever ends
    the process, until `release` is told.
    """
    clear_left(folder)
    path = folder / f"{PREFIX}{_home()}-{this_run()}-{secrets.token_hex(4)}{SUFFIX}"
    _mine.add(path)
    return path


def release(path: Path) -> None:
    """Remove a path of this process, if it is still there, and think of it no more."""
    _remove(path)
    _mine.discard(path)


@contextmanager
def own_folder(folder: Path) -> Iterator[Path]:
    """Give a new folder in `folder` for what is not yet whole; it is gone afterwards, with what is still in it."""
    path = own_path(folder)
    try:
        path.mkdir()
        yield path
    finally:
        release(path)


def clear_mine() -> None:
    """Clear all that this process made and has not finished: it is broken off."""
    for path in tuple(_mine):
        _remove(path)


def clear_left(folder: Path) -> None:
    """Clear in `folder` what runs of this user and machine that have ended left behind."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(PREFIX) and _is_left(entry.name):
                _remove(Path(entry.path))


def _is_left(name: str) -> bool:
    match name.removeprefix(PREFIX).removesuffix(SUFFIX).split("-"):
        case [home, run, _] if home == _home():
            return not goes_on(run)
    return False


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _home() -> str:
    """Return a short name of where locks of runs are looked for: another user or machine has other ones."""
    place = f"{platform.node()}:{cache_folder()}"
    return f"{zlib.crc32(place.encode('utf-8', 'surrogateescape')):08x}"
