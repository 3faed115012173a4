"""The synthetic registers: people simulated so that the published figures come out.

Importing this package imports nothing heavy. `ensure` gives the full sample as a dataset folder.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from sample_data.version import DEFAULT_PERSONS, DEFAULT_SEED, VERSION

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

__all__ = ["ensure", "folder_name", "published_path", "small_path"]


def folder_name() -> str:
    """Return the name of the full sample's folder: another generator, size or seed has another name."""
    return f"sample-v{VERSION}-{DEFAULT_PERSONS}-seed{DEFAULT_SEED}"


def published_path() -> Path:
    """Return the table of published figures that the sample meets."""
    from pathlib import Path

    return Path(__file__).with_name("published.csv")


def small_path() -> Path:
    """Return the small tidy dataset: 2 000 persons in CSV files, readable by eye."""
    from pathlib import Path

    return Path(__file__).with_name("small")


Room: TypeAlias = "Callable[[Path], AbstractContextManager[str | Path]]"
"""Gives a new folder in another, for what is not yet whole, and removes it afterwards."""


def ensure(
    cache_dir: Path, progress: Callable[[float], None] | None = None, room: Room | None = None
) -> Path:
    """Return the folder of the full sample below `cache_dir`, made on first use.

    The folder is made under a temporary name and renamed, so that it is whole or not there; of two programs that make
    it at once the first wins.

    Parameters
    ----------
    progress
        Called with the share done, from 0 to 1; not at all when the folder is there.
    room
        Where it is made first, in `cache_dir`; by default a temporary folder.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    folder = cache_dir / folder_name()
    if (folder / "dataset.toml").is_file():
        return folder
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from sample_data.generator import generate
    from sample_data.writing import write

    cache_dir.mkdir(parents=True, exist_ok=True)
    report = progress or (lambda _: None)
    with room(cache_dir) if room else TemporaryDirectory(dir=cache_dir) as temporary:
        made = Path(temporary) / "dataset"
        tables = generate(progress=lambda share: report(0.7 * share))
        write(tables, made, progress=lambda share: report(0.7 + 0.3 * share))
        try:
            made.rename(folder)
        except OSError:
            if not (folder / "dataset.toml").is_file():
                raise
    return folder
