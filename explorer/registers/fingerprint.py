"""What identifies a dataset: names, sizes and times of its files, dataset.toml, its code lists. Cheap and light."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import Final

from explorer.registers.code_lists import own_files
from explorer.registers.file_kinds import ENDINGS

TABLES: Final = ("persons", "stays", "jobs")
READER: Final = 5
"""Raised when the cleaning rules change, so that stored counts are made anew."""


def table_files(folder: Path, table: str) -> tuple[Path, ...]:
    """Return the files that hold `table`; endings are read without case."""
    wanted = {f"{table}{suffix}" for suffix in ENDINGS}
    return tuple(sorted(path for path in folder.iterdir() if path.name.lower() in wanted))


def data_hash(folder: Path, gap_days: int = 0) -> str:
    """Return a key of the dataset in `folder`, read with this gap tolerance."""
    digest = hashlib.sha256(f"{READER} {gap_days} ".encode() + os.fsencode(folder.resolve()))
    for path in (folder / "dataset.toml", *own_files(folder)):
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    if folder.is_dir():
        for table in TABLES:
            for path in table_files(folder, table):
                # A link that leads nowhere is refused when it is opened.
                with contextlib.suppress(OSError):
                    stat = path.stat()
                    digest.update(f"{path.name} {stat.st_size} {stat.st_mtime_ns}".encode())
    return digest.hexdigest()[:24]
