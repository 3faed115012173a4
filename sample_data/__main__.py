"""Make a sample from the command line: ``python -m sample_data FOLDER [--persons N] [--seed N] [--format csv]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sample_data.version import DEFAULT_PERSONS, DEFAULT_SEED
from sample_data.writing import FORMATS, write


def main(arguments: list[str] | None = None) -> int:
    """Write a sample; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m sample_data", description="Make a synthetic cohort.")
    parser.add_argument("folder", type=Path, nargs="?", help="where the dataset goes")
    parser.add_argument("--persons", type=int, default=DEFAULT_PERSONS)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--format", choices=FORMATS, default="parquet")
    parser.add_argument("--clean", action="store_true", help="without problem rows")
    parser.add_argument("--small", action="store_true", help="make the committed small dataset again")
    chosen = parser.parse_args(arguments)
    if chosen.small:
        from sample_data.small_dataset import write_small

        write_small(chosen.folder)
        return 0
    if chosen.folder is None:
        parser.error("a folder is needed")
    from sample_data.generator import generate

    tables = generate(chosen.persons, chosen.seed, dirt=not chosen.clean)
    write(tables, chosen.folder, chosen.format)
    return 0


if __name__ == "__main__":
    sys.exit(main())
