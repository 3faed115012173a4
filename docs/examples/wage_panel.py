"""Turn the wage panel of Vella and Verbeek (1998) into a tidy dataset, to reproduce its within-persons model.

545 young men in the United States, 1980 to 1987: log hourly wage, union membership, marriage, experience. The data are
in the PyPI package linearmodels (datasets/wage_panel).

    python docs/examples/wage_panel.py OUT --csv wage_panel.csv
    cohort-explorer fit wage-within OUT --terms "contract + sector" --by-month exper --baseline steps --disclosure none

How it maps: a year of the data is a month of the program. Union members have the contract “permanent”, others “other”;
the married work in sector B, the others in sector A. The program leaves out hourly wages under 1 and over 1000, which
the data exceed, so the log wage is stretched to 0.9 of itself and lifted: divide coefficients by 0.9. Within persons
and with a step a year, squared experience is 2 × first experience × years + what drops out, so the printed
coefficient of expersq is half of that of exper:month. Printed: expersq -0.0052, union 0.0800, married 0.0467.

Source: Vella, F. and Verbeek, M. (1998), Whose wages do unions raise?, Journal of Applied Econometrics 13, 163-183.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import math
from datetime import date, timedelta
from pathlib import Path

FIRST_DAY = date(2020, 1, 15)
FIRST_YEAR, YEARS = 1980, 8
STRETCH, LIFT = 0.9, 3.23
HOURS = 1000

DATASET = """\
title = "Wages of young men (Vella and Verbeek)"
source = "Vella and Verbeek (1998), by way of the PyPI package linearmodels"
synthetic = false
arrivals_from = 2020-01-15
observed_until = 2020-08-20

[columns]
exper = {{ en = "Years of experience in 1980", nl = "Jaren ervaring in 1980", kind = "number" }}
"""


def convert(source: Path, out: Path) -> None:
    """Write the tidy dataset in `out` from the panel as CSV, which may be gzipped."""
    data = source.read_bytes()
    text = (gzip.decompress(data) if source.suffix == ".gz" else data).decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    first = {row["nr"]: row["exper"] for row in rows if int(row["year"]) == FIRST_YEAR}
    persons = [[person, "male", date(1990, 1, 1), "unknown", exper] for person, exper in first.items()]
    stays = [[person, FIRST_DAY, "", ""] for person in first]
    jobs = []
    for row in rows:
        day = FIRST_DAY + timedelta(round((int(row["year"]) - FIRST_YEAR) * 30.4375))
        wage = math.exp(STRETCH * float(row["lwage"]) + LIFT)
        contract = "permanent" if row["union"] == "1" else "other"
        sector = "B" if row["married"] == "1" else "A"
        jobs.append([row["nr"], "work", day, day, contract, sector, HOURS, f"{wage * HOURS:.4f}"])
    out.mkdir(parents=True, exist_ok=True)
    (out / "dataset.toml").write_text(DATASET.format(), encoding="utf-8")
    _write(out / "persons.csv", ["person_id", "sex", "birth_date", "nationality", "exper"], persons)
    _write(out / "stays.csv", ["person_id", "settled", "departed", "destination"], stays)
    heads = ["person_id", "employer_id", "start", "end", "contract", "sector", "hours", "wage"]
    _write(out / "jobs.csv", heads, jobs)


def _write(path: Path, heads: list[str], rows: list[list[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([heads, *rows])


def main() -> None:
    """Read the command line and convert."""
    parser = argparse.ArgumentParser(description="The wage panel of Vella and Verbeek as a tidy dataset.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--csv", type=Path, required=True)
    arguments = parser.parse_args()
    convert(arguments.csv, arguments.out)


if __name__ == "__main__":
    main()
