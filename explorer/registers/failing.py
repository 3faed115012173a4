"""What goes wrong in the engine, told in words: a damaged file, no memory, no room on disk, or a stop by the user."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, Final

from explorer.core.words import N_, Refusal
from explorer.registers.opened_files import TableFile

DAMAGED: Final = N_("{file} is damaged inside; export it again.")
NO_ROOM: Final = N_(
    "What does not fit in memory cannot be set aside in “{folder}”; free some space there, or use a computer "
    "with more memory."
)
OF_THE_DISK_BOUND: Final = "max_temp_directory_size"
STOPS: Final = (signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def told(files: Sequence[TableFile], spills: Sequence[Path]) -> Iterator[None]:
    """Turn what the engine raises into what the program knows to say.

    Raises
    ------
    Refusal
        When one of `files` is damaged or was changed, or nothing more can be set aside in `spills`.
    MemoryError
        When the rows do not fit in memory.
    """
    import duckdb

    try:
        yield
    except duckdb.InterruptException:
        raise
    except duckdb.OutOfMemoryException as error:
        if OF_THE_DISK_BOUND in str(error):
            raise _no_room(spills) from None
        raise MemoryError from None
    except duckdb.Error as error:
        if any(str(spill) in str(error) for spill in spills):
            raise _no_room(spills) from None
        for file in files:
            file.check_unchanged()
            if file.is_parquet and not _whole(file):
                raise file.refuse(DAMAGED) from None
        raise


@contextlib.contextmanager
def stopping_at_once(interrupt: Callable[[], None]) -> Iterator[None]:
    """Stop the running query when the program is told to stop, and raise what the program raises then.

    The engine would work on to the end of the query, and raise an error of its own that says nothing of the stop.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    stops: list[BaseException] = []

    def also_interrupting(former: Callable[[int, FrameType | None], Any]) -> Callable[..., None]:
        def handle(number: int, frame: FrameType | None) -> None:
            interrupt()
            try:
                former(number, frame)
            except BaseException as stop:
                stops.append(stop)
                raise

        return handle

    formers = {number: former for number in STOPS if callable(former := signal.getsignal(number))}
    for number, former in formers.items():
        signal.signal(number, also_interrupting(former))
    try:
        yield
    except Exception:
        if stops:
            raise stops[0] from None
        raise
    finally:
        for number, former in formers.items():
            signal.signal(number, former)


def _whole(file: TableFile) -> bool:
    """Whether every value of a Parquet file can be read, by a connection that nothing has happened to."""
    import duckdb

    with contextlib.closing(duckdb.connect()) as con:
        try:
            con.execute(
                f"select max(hash(columns(*))) from read_parquet('{quoted(file.source)}', hive_partitioning = false)"
            ).fetchall()
        except duckdb.OutOfMemoryException:
            return True
        except duckdb.Error:
            return False
    return True


def _no_room(spills: Sequence[Path]) -> Refusal:
    return Refusal(NO_ROOM, folder=str(spills[-1].parent))


def quoted(text: str) -> str:
    """Return text as it stands between quotes in SQL."""
    return text.replace("'", "''")
