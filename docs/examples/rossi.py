"""Turn a real, published data set into a tidy dataset that the window opens.

Rossi's recidivism data (R package carData, in Debian r-cran-cardata): 432 men released from prison, followed for 52
weeks; the event is an arrest; for every week it says whether the man had work.

    python docs/examples/rossi.py OUT            # needs R with carData, once: writes OUT/rossi.csv, then the dataset
    python docs/examples/rossi.py OUT --csv FILE # from a CSV that R wrote before
    cohort-explorer OUT

How it maps: settling is release, on one made-up Monday; departing is the first arrest, at the end of its week; the end
of observation is the end of week 52. A week with work is a job record of seven days with 40 hours and no wage (the data
have none), so it counts for employment and is left out of wages.

Source: Rossi, P. H., Berk, R. A. and Lenihan, K. J. (1980), Money, Work and Crime, Academic Press.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
from datetime import date, timedelta
from pathlib import Path

RELEASE = date(2020, 1, 6)
WEEKS = 52
EXPORT = 'write.csv(carData::Rossi, commandArgs(trailingOnly = TRUE)[1], row.names = FALSE, na = "")'

DATASET = f"""\
title = "Recidivism of released prisoners (Rossi)"
source = "Rossi, Berk and Lenihan (1980), by way of R package carData"
synthetic = false
arrivals_from = {RELEASE.isoformat()}
observed_until = {(RELEASE + timedelta(weeks=WEEKS)).isoformat()}

[columns]
fin = {{ en = "Financial aid", nl = "Financiële steun", kind = "category" }}
race = {{ en = "Race", nl = "Ras", kind = "category" }}
wexp = {{ en = "Work experience", nl = "Werkervaring", kind = "category" }}
mar = {{ en = "Married", nl = "Gehuwd", kind = "category" }}
paro = {{ en = "Parole", nl = "Voorwaardelijk vrij", kind = "category" }}
prio = {{ en = "Earlier convictions", nl = "Eerdere veroordelingen", kind = "number" }}
educ = {{ en = "Education code", nl = "Opleidingscode", kind = "category" }}
"""
EXTRA = ("fin", "race", "wexp", "mar", "paro", "prio", "educ")


def export(to: Path) -> None:
    """Let R write the data as CSV."""
    subprocess.run(["Rscript", "-e", EXPORT, str(to)], check=True)


def convert(source: Path, out: Path) -> None:
    """Write the tidy dataset in `out` from the CSV that R wrote."""
    with source.open(newline="", encoding="utf-8") as file:
        men = list(csv.DictReader(file))
    persons, stays, jobs = [], [], []
    for number, man in enumerate(men, start=1):
        person = f"{number:04d}"
        born = RELEASE.replace(year=RELEASE.year - int(man["age"]))
        persons.append([person, "male", born, "unknown", *(man[name] for name in EXTRA)])
        arrested = man["arrest"] == "1"
        gone = RELEASE + timedelta(weeks=int(man["week"])) if arrested else ""
        stays.append([person, RELEASE, gone, "administrative" if arrested else ""])
        for week in range(1, WEEKS + 1):
            if man[f"emp{week}"] == "yes":
                first = RELEASE + timedelta(weeks=week - 1)
                jobs.append([person, "work", first, first + timedelta(days=6), "other", "", 40, 0])
    out.mkdir(parents=True, exist_ok=True)
    (out / "dataset.toml").write_text(DATASET, encoding="utf-8")
    _write(out / "persons.csv", ["person_id", "sex", "birth_date", "nationality", *EXTRA], persons)
    _write(out / "stays.csv", ["person_id", "settled", "departed", "destination"], stays)
    heads = ["person_id", "employer_id", "start", "end", "contract", "sector", "hours", "wage"]
    _write(out / "jobs.csv", heads, jobs)


def _write(path: Path, heads: list[str], rows: list[list[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([heads, *rows])


def main() -> None:
    """Read the command line and convert."""
    parser = argparse.ArgumentParser(description="Rossi's recidivism data as a tidy dataset.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--csv", type=Path, default=None)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    source = arguments.csv or arguments.out / "rossi.csv"
    if arguments.csv is None:
        export(source)
    convert(source, arguments.out)


if __name__ == "__main__":
    main()
