"""What a run that is broken off would leave behind: files and folders under names that say whose they are.

A name holds the machine, the process and since when it runs, so that the next run clears what is left of one that is
gone, and never what another still writes, on a shared folder neither.
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

from explorer.core.processes import alive, started

PREFIX: Final = ".cohort-explorer-"
SUFFIX: Final = ".part"

_mine: set[Path] = set()


def own_path(folder: Path) -> Path:
    """Return a new name in `folder` that is this process's own; clear there what runs that are gone left behind.

    The name is short, however long that of the file in whose place it comes. It is cleared at the end, whatever ends
    the process, until `release` is told.
    """
    clear_left(folder)
    pid = os.getpid()
    since = started(pid) or "0"
    path = folder / f"{PREFIX}{_machine()}-{pid}-{since}-{secrets.token_hex(4)}{SUFFIX}"
    _mine.add(path)
    return path


def watch(path: Path) -> None:
    """Clear a file or folder of another name too when the process is broken off."""
    _mine.add(path)


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
    """Clear in `folder` what runs of this machine that are gone left behind."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(PREFIX) and _is_left(entry.name):
                _remove(Path(entry.path))


def _is_left(name: str) -> bool:
    match name.removeprefix(PREFIX).removesuffix(SUFFIX).split("-"):
        case [machine, pid, since, _] if machine == _machine() and pid.isdecimal():
            return not alive(int(pid), "" if since == "0" else since)
    return False


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _machine() -> str:
    return f"{zlib.crc32(platform.node().encode('utf-8', 'surrogateescape')):08x}"
