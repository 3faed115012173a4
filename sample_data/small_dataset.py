"""What is in ``sample_data/small``? Two thousand persons with every problem, in CSV files readable by eye."""

from __future__ import annotations

from pathlib import Path

from sample_data import small_path
from sample_data.dirt import unreadable_dates
from sample_data.generator import generate
from sample_data.version import SMALL_PERSONS, SMALL_SEED
from sample_data.writing import SampleInfo, write


def write_small(out: Path | None = None) -> Path:
    """Write the small dataset to `out` (default: where it is committed) and return the folder."""
    tables = unreadable_dates(generate(SMALL_PERSONS, SMALL_SEED))
    info = SampleInfo(
        title="Displaced persons from Ukraine, synthetic, small",
        title_nl="Ontheemden uit Oekraïne, synthetisch, klein",
    )
    return write(tables, out or small_path(), "csv", info, truth=False)
