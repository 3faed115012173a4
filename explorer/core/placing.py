"""How does a file come in its place? Whole or not at all, as the file that was there, or as any new file of the user.

Whatever the program writes for a user goes through here, so that all of it treats links, modes, devices, folders that
may not be written and full disks alike.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from explorer.core import leaving, remains
from explorer.core.words import N_, Refusal

Content: TypeAlias = bytes | Callable[[BinaryIO], object]
"""What is to stand in a file: bytes, or a function that writes them to an open file."""

NEW: Final = 0o666
"""Mode of a new file, less what the user's umask takes away."""
OWN: Final = 0o600
"""Mode of a file that only its user may read."""
BINARY: Final = getattr(os, "O_BINARY", 0)
NOT_HERE: Final = (errno.EACCES, errno.EPERM, errno.EROFS)
"""The folder takes no new file; one that is there may still be written."""
CANNOT_BE_WRITTEN: Final = N_(
    "“{file}” cannot be written: {reason}. Choose another folder or free some space."
)


def put(path: Path, content: Content, mode: int | None = None) -> None:
    """Put `content` in place at `path`.

    A file that is there keeps its mode and owner, and a link keeps being one: the file behind it is written. What is
    no file (a device, a pipe, the program's own output) is written as it is. Where the folder takes no new file, the
    one that is there is written over, and gets its old content back when that fails. A `mode` takes the place of that
    of the file that is there, or of any new file.

    Raises
    ------
    Refusal
        In one sentence that names the file; nothing is left half-written.
    """
    put_together({path: content}, mode)


def put_together(files: Mapping[Path, Content], mode: int | None = None) -> None:
    """Put several files that belong together in place: only when all of them are ready, in their order.

    Raises
    ------
    Refusal
        As `put`, by the name of the file that cannot be written.
    """
    ready: list[_Place] = []
    path = Path()
    try:
        for path, content in files.items():
            ready.append(_place(path, mode))
            ready[-1].fill(content)
        with leaving.undivided():
            for place in ready:
                path = place.path
                place.settle()
    except (OSError, ValueError) as error:
        # A zero byte in a name is a ValueError.
        raise Refusal(
            CANNOT_BE_WRITTEN, file=str(path), reason=getattr(error, "strerror", None) or str(error)
        ) from None
    finally:
        for place in ready:
            place.let_go()


def move_in(ready: Path, folder: Path, last: str) -> None:
    """Move the files in `ready` into `folder`, in the place of those of the same names.

    Without the file called `last` the others are nothing: it is taken away first and comes last, so that a mixture of
    old and new never passes for one of them. Modes stay as they were. When a file cannot be moved, all is as before.

    Raises
    ------
    OSError
        When that is so.
    """
    names = sorted((one.name for one in ready.iterdir()), key=lambda name: name == last)
    steps: list[tuple[Path, Path]] = []
    with remains.own_folder(folder) as aside, leaving.undivided():
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                (ready / name).chmod(stat.S_IMODE((folder / name).stat().st_mode))
        away = [(folder / name, aside / name) for name in reversed(names) if os.path.lexists(folder / name)]
        try:
            for old, new in (*away, *((ready / name, folder / name) for name in names)):
                old.rename(new)
                steps.append((old, new))
        except OSError:
            for old, new in reversed(steps):
                new.rename(old)
            raise


@dataclass(slots=True)
class _Place:
    """A file that is on its way to `path`: first it is filled, then it settles."""

    path: Path

    def fill(self, content: Content) -> None:
        raise NotImplementedError

    def settle(self) -> None:
        raise NotImplementedError

    def let_go(self) -> None:
        """Nothing is kept beside the file."""


@dataclass(slots=True)
class _Renamed(_Place):
    """A temporary file beside the file, renamed over it."""

    target: Path
    like: os.stat_result | None
    temporary: Path
    handle: int

    def fill(self, content: Content) -> None:
        with os.fdopen(self.handle, "wb") as file:
            if callable(content):
                content(file)
            else:
                file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if self.like is not None:
            self._take_after(self.like)

    def _take_after(self, found: os.stat_result) -> None:
        """Take owner and mode of the file that is there; another's file cannot always be kept as theirs."""
        if sys.platform != "win32":
            own = self.temporary.stat()
            if (own.st_uid, own.st_gid) != (found.st_uid, found.st_gid):
                with contextlib.suppress(OSError):
                    os.chown(self.temporary, found.st_uid, found.st_gid)
        self.temporary.chmod(stat.S_IMODE(found.st_mode))

    def settle(self) -> None:
        self.temporary.replace(self.target)
        _sync_folder(self.target.parent)

    def let_go(self) -> None:
        remains.release(self.temporary)


@dataclass(slots=True)
class _Written(_Place):
    """What cannot be renamed over: its content waits in memory."""

    content: bytes = b""

    def fill(self, content: Content) -> None:
        if callable(content):
            buffer = io.BytesIO()
            content(buffer)
            self.content = buffer.getvalue()
        else:
            self.content = content


@dataclass(slots=True)
class _Through(_Written):
    """A device, a pipe or the program's own output (`output` is its number): written as it is."""

    output: int | None = None

    def settle(self) -> None:
        handle = os.open(self.path, os.O_WRONLY | BINARY) if self.output is None else os.dup(self.output)
        try:
            _write(handle, self.content)
        finally:
            os.close(handle)


@dataclass(slots=True)
class _Over(_Written):
    """A file in a folder that takes no new one."""

    def settle(self) -> None:
        handle = os.open(self.path, os.O_RDWR | BINARY)
        try:
            with os.fdopen(os.dup(handle), "rb") as file:
                before = file.read()
            try:
                _write_over(handle, self.content)
            except OSError:
                # What it took on the disk is still its own: there is room for it.
                with contextlib.suppress(OSError):
                    _write_over(handle, before)
                raise
        finally:
            os.close(handle)


def _place(path: Path, mode: int | None) -> _Place:
    try:
        found = path.stat()
    except FileNotFoundError:
        found = None
    if found is not None:
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        output = _output(found)
        if output is not None or not stat.S_ISREG(found.st_mode):
            return _Through(path, output=output)
        if not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    # A link keeps being one; the file behind it is written, also one that is not there yet.
    target = Path(os.path.realpath(path))
    temporary = remains.own_path(target.parent)
    try:
        # Until it takes after the file that is there, which may be private, it is its user's own.
        first = mode if mode is not None else NEW if found is None else OWN
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, first)
    except OSError as error:
        remains.release(temporary)
        if found is None or error.errno not in NOT_HERE:
            raise
        return _Over(path)
    return _Renamed(path, target, found if mode is None else None, temporary, handle)


def _output(found: os.stat_result) -> int | None:
    """Return 1 or 2 when a file is what the program's output or messages go to."""
    for number in (1, 2):
        with contextlib.suppress(OSError):
            own = os.fstat(number)
            if stat.S_ISREG(own.st_mode) and os.path.samestat(own, found):
                return number
    return None


def _write(handle: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _write_over(handle: int, content: bytes) -> None:
    os.lseek(handle, 0, os.SEEK_SET)
    _write(handle, content)
    os.ftruncate(handle, len(content))
    os.fsync(handle)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a loss of power, where the system can."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
