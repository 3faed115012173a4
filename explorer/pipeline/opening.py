"""From a folder to codes: from the cache when nothing changed, else read, validated and counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from explorer.core import remains
from explorer.core.folders import cache_folder
from explorer.core.views import Source
from explorer.core.words import N_, Message, Refusal
from explorer.pipeline import cache
from explorer.pipeline.prices import BundledPrices
from explorer.pipeline.truth import is_sample, truth_of
from explorer.registers.engine import Engine
from models.register import QualityReport
from models.tally.codes import Codes

if TYPE_CHECKING:
    from models.register import Register

Progress: TypeAlias = Callable[[float, Message], None]

COUNTING = N_("Counting person-months")
SAMPLE = N_("Making the synthetic sample (once)")
SAMPLE_NOT_WRITTEN = N_(
    "The synthetic sample cannot be kept in “{folder}”: {reason}. Free some space there, or open a dataset of your own."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """An open dataset: its codes, its quality report, and the way to its register.

    `stored`: the codes lie in the user's cache folder, where another process of the program can read them. `sample`:
    its people are those of the sample, whom the published figures are about.
    """

    path: Path
    data_hash: str
    codes: Codes
    quality: QualityReport
    source: Source
    stored: bool = False
    sample: bool = False


def sample_path(progress: Progress | None = None) -> Path:
    """Return the folder of the bundled sample, made on first use.

    Raises
    ------
    explorer.core.words.Refusal
        When there is no room for it.
    """
    import sample_data

    folder = cache_folder() / "samples"
    tell = None if progress is None else (lambda share: progress(share, Message(SAMPLE)))
    try:
        return sample_data.ensure(folder, tell, remains.own_folder)
    except OSError as error:
        raise Refusal(SAMPLE_NOT_WRITTEN, folder=str(folder), reason=error.strerror or str(error)) from None


def open_dataset(
    path: Path, engine: Engine, progress: Progress | None = None, *, use_cache: bool = True
) -> Dataset:
    """Open the tidy dataset in `path`.

    Raises
    ------
    explorer.core.words.Refusal
        In one sentence, when it cannot be used.
    """
    from explorer.registers.fingerprint import data_hash
    from explorer.registers.info import dataset_folder
    from explorer.registers.opened_files import readable

    with readable(path):
        folder = dataset_folder(path)
        identity = data_hash(folder)
    opened: list[Register] = []

    def register(tell: Progress | None = None) -> Register:
        # Read again for counts on a date, nobody is told any more, but the reading can be called off.
        if not opened:
            opened.append(_read(folder, engine, tell or (lambda share, message: engine.pause())))
        return opened[0]

    found = cache.load(cache_folder() / "codes", identity) if use_cache else None
    if found is None:
        codes, quality = _count(register(progress), engine, progress), register().quality
        stored = use_cache and cache.save(cache_folder() / "codes", identity, codes, quality)
    else:
        (codes, quality), stored = found, True
    return Dataset(
        path=folder,
        data_hash=identity,
        codes=codes,
        quality=quality,
        source=Source(
            codes=codes,
            register=register,
            prices=BundledPrices(),
            truth=truth_of(folder),
            pause=lambda: engine.pause(),  # noqa: PLW0108 - it changes with the job
        ),
        stored=stored,
        sample=is_sample(folder),
    )


def _read(folder: Path, engine: Engine, progress: Progress | None) -> Register:
    from explorer.registers.opening import open_dataset as read

    part = None if progress is None else (lambda share, message: progress(0.6 * share, message))
    return read(folder, engine=engine, progress=part)


def _count(register: Register, engine: Engine, progress: Progress | None) -> Codes:
    from models.tally.building import build_codes

    part = None if progress is None else (lambda share: progress(0.6 + 0.4 * share, Message(COUNTING)))
    with engine.working():
        return build_codes(register, part)
