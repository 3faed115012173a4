"""Write the two worlds that R reads: one settled over the whole window, one extract of persons present on a date.

    python -m tests.reference.make_data && Rscript tests/reference/reference.R

The rows are clean, so that R needs no cleaning rules; R computes day 0, durations, presence and ages by itself.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from tests.models.worlds import make_world

HERE = Path(__file__).parent
WORLDS = {
    "whole": make_world(2026, persons=700),
    "delayed": make_world(77, persons=400, present_on=date(2023, 1, 1)),
}


def main() -> None:
    for name, world in WORLDS.items():
        for table in ("persons", "stays", "jobs"):
            rows = getattr(world, table)
            with (HERE / f"{name}_{table}.csv").open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)


if __name__ == "__main__":
    main()
