"""Exactly the file that was named: opened once, and handed to the engine as what is open, never as a pattern."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from explorer.core import remains
from explorer.core.folders import cache_folder
from explorer.core.words import N_, Refusal
from explorer.registers.file_kinds import ENDINGS, is_statistical
from explorer.registers.fingerprint import table_files

DESCRIPTORS: Final = Path("/dev/fd")
"""Where a system shows what a process has open (Linux, macOS): a name without letters that could mean something."""
PATTERN: Final = frozenset("*?[")
SPILL: Final = "spill"
"""What a running process sets aside lies there in the cache folder, in folders that begin with its number."""

LOST: Final = N_("{file} is a link to a file that is not there; put the file itself in its place.")
CIRCLE: Final = N_("{file} is a link that leads back to itself; put the file itself in its place.")
CLOSED: Final = N_("{file} cannot be read; check its permissions, or export it again.")
FOLDER: Final = N_("{file} is a folder, not a file; put the file itself in its place.")
DEVICE: Final = N_("{file} is not an ordinary file; put the file itself in its place.")
EMPTY: Final = N_("{file} has no content at all (0 bytes); export it again.")
CHANGED: Final = N_(
    "{file} was changed while it was read; wait until it is written, and open the dataset again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """The open file of a table. `source`: the name by which the engine opens this very file."""

    table: str
    path: Path
    descriptor: int
    source: str
    state: tuple[int, ...]

    @property
    def name(self) -> str:
        """Its name without its folder."""
        return self.path.name

    @property
    def is_parquet(self) -> bool:
        """Whether its rows stay in the file and are read column by column."""
        return self.path.suffix.lower() == ".parquet"

    @property
    def is_statistical(self) -> bool:
        """Whether it comes from SPSS, Stata or SAS."""
        return is_statistical(self.path)

    @property
    def is_zipped(self) -> bool:
        """Whether its text is compressed."""
        return self.path.suffix.lower() == ".gz"

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return os.fstat(self.descriptor).st_size

    @contextlib.contextmanager
    def stream(self) -> Iterator[BinaryIO]:
        """Give its bytes from the first on."""
        with os.fdopen(os.dup(self.descriptor), "rb") as file:
            file.seek(0)
            yield file

    def refuse(self, text: str, /, **values: object) -> Refusal:
        """Return the refusal that says `text` of this file."""
        return Refusal(text, file=self.name, **values)

    def check_unchanged(self) -> None:
        """Refuse when it is not as it was when it was opened: what was read may be half of each."""
        if _state(self.descriptor) != self.state:
            raise self.refuse(CHANGED)


@contextlib.contextmanager
def opened(folder: Path, table: str) -> Iterator[TableFile]:
    """Open the file of a table, for as long as the engine may read it.

    Raises
    ------
    Refusal
        When there is none or more than one, when it is no ordinary file, empty, or cannot be read.
    """
    with opened_path(_the_file(folder, table), table) as file:
        yield file


@contextlib.contextmanager
def opened_path(path: Path, table: str) -> Iterator[TableFile]:
    """Open a file whose rows are of `table`, for as long as the engine may read it, or refuse it."""
    descriptor = _descriptor(path)
    try:
        _check_ordinary(path, os.fstat(descriptor))
        with source(path, descriptor) as name:
            yield TableFile(
                table=table, path=path, descriptor=descriptor, source=name, state=_state(descriptor)
            )
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def readable(path: Path) -> Iterator[None]:
    """Refuse in words what the system does not let us read of a dataset's folder."""
    try:
        yield
    except OSError as error:
        raise Refusal(
            N_("“{folder}” cannot be read ({reason}); check its permissions, or choose another folder."),
            folder=str(path),
            reason=error.strerror or type(error).__name__,
        ) from None


@contextlib.contextmanager
def own_copy() -> Iterator[BinaryIO]:
    """Give a file in the program's own cache folder that nobody else can read and that is gone afterwards."""
    spill = cache_folder() / SPILL
    spill.mkdir(parents=True, exist_ok=True, mode=0o700)
    with remains.own_folder(spill) as folder, (folder / "rows").open("w+b") as file:
        yield file


def _the_file(folder: Path, table: str) -> Path:
    with readable(folder):
        found = table_files(folder, table)
    if not found:
        raise Refusal(
            N_("“{folder}” has no table {table}; add {table} as one of {endings}."),
            folder=folder.name,
            table=table,
            endings=", ".join(ENDINGS),
        )
    if len(found) > 1:
        raise Refusal(
            N_("The table {table} is there more than once ({files}); keep one of them."),
            table=table,
            files=", ".join(path.name for path in found),
        )
    return found[0]


def _descriptor(path: Path) -> int:
    """Open a file without waiting for anybody who would write into it."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        return os.open(path, flags)
    except FileNotFoundError:
        raise Refusal(LOST, file=path.name) from None
    except OSError as error:
        text = CIRCLE if error.errno == errno.ELOOP else FOLDER if path.is_dir() else CLOSED
        raise Refusal(text, file=path.name) from None


def _check_ordinary(path: Path, found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise Refusal(FOLDER, file=path.name)
    if not stat.S_ISREG(found.st_mode):
        raise Refusal(DEVICE, file=path.name)
    if found.st_size == 0:
        raise Refusal(EMPTY, file=path.name)


@contextlib.contextmanager
def source(path: Path, descriptor: int) -> Iterator[str]:
    """Give the name by which the engine opens this file and no other."""
    if DESCRIPTORS.is_dir():
        yield str(DESCRIPTORS / str(descriptor))
    elif not PATTERN & set(str(path.resolve())):
        yield str(path.resolve())
    else:
        # Where what is open has no name of its own (Windows), a name that would be a pattern is given another.
        with own_copy() as copy, os.fdopen(os.dup(descriptor), "rb") as file:
            file.seek(0)
            shutil.copyfileobj(file, copy)
            copy.flush()
            yield copy.name


def _state(descriptor: int) -> tuple[int, ...]:
    now = os.fstat(descriptor)
    return now.st_size, now.st_mtime_ns
