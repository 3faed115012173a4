"""Turn a real, published data set into a tidy dataset that the window opens.

Rossi's recidivism data (R package carData, in Debian r-cran-cardata): 432 men released from prison, followed for 52
weeks; the event is an arrest; for every week it says whether the man had work.

    python docs/examples/rossi.py OUT            # needs R with carData, once: writes OUT/rossi.csv, then the dataset
    python docs/examples/rossi.py OUT --csv FILE # from a CSV that R wrote before
    cohort-explorer OUT

The printed Cox model (Fox and Weisberg, An R Companion to Applied Regression, appendix on Cox regression), and the one
with work of the week before, for which --weeks-as-months makes a week of the data a month of the program:

    cohort-explorer fit cox OUT --terms "fin + age + race + wexp + mar + paro + prio"
    python docs/examples/rossi.py OUT2 --weeks-as-months
    cohort-explorer fit cox OUT2 --terms "fin + age + race + wexp + mar + paro + prio + working[lag1]" \\
        --where "present at 1"

How it maps: settling is release, on one made-up Monday; departing is the first arrest, at the end of its week; the end
of observation is the end of week 52. A week with work is a job record of seven days with 40 hours and no wage (the data
have none), so it counts for employment and is left out of wages.

Source: Rossi, P. H., Berk, R. A. and Lenihan, K. J. (1980), Money, Work and Crime, Academic Press.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import subprocess
from datetime import date, timedelta
from pathlib import Path

RELEASE = date(2020, 1, 6)
WEEKS = 52
EXPORT = 'write.csv(carData::Rossi, commandArgs(trailingOnly = TRUE)[1], row.names = FALSE, na = "")'

DATASET = """\
title = "Recidivism of released prisoners (Rossi)"
source = "Rossi, Berk and Lenihan (1980), by way of R package carData"
synthetic = false
arrivals_from = 2020-01-06
observed_until = {until}

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


def end_of(week: int, as_months: bool) -> int:
    """Return the day since release on which a week ends: a week later, or the program's next month day."""
    return round(week * 30.4375) if as_months else 7 * week


def convert(source: Path, out: Path, *, as_months: bool = False) -> None:
    """Write the tidy dataset in `out` from the CSV that R wrote, which may be gzipped."""
    data = source.read_bytes()
    text = (gzip.decompress(data) if source.suffix == ".gz" else data).decode("utf-8")
    men = list(csv.DictReader(io.StringIO(text)))
    persons, stays, jobs = [], [], []
    for number, man in enumerate(men, start=1):
        person = f"{number:04d}"
        born = RELEASE.replace(year=RELEASE.year - int(man["age"]))
        persons.append([person, "male", born, "unknown", *(man[name] for name in EXTRA)])
        arrested = man["arrest"] == "1"
        gone = RELEASE + timedelta(end_of(int(man["week"]), as_months)) if arrested else ""
        stays.append([person, RELEASE, gone, "administrative" if arrested else ""])
        for week in range(1, WEEKS + 1):
            if man[f"emp{week}"] == "yes" and not (as_months and arrested and week == int(man["week"])):
                # On the program's grid a week's work is seen on the month day that ends it.
                last = RELEASE + timedelta(end_of(week, as_months) - (0 if as_months else 1))
                first = last if as_months else last - timedelta(days=6)
                jobs.append([person, "work", first, last, "other", "", 40, 0])
    out.mkdir(parents=True, exist_ok=True)
    until = RELEASE + timedelta(end_of(WEEKS, as_months))
    (out / "dataset.toml").write_text(DATASET.format(until=until.isoformat()), encoding="utf-8")
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
    parser.add_argument(
        "--weeks-as-months", action="store_true", help="a week becomes a month of the program"
    )
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    source = arguments.csv or arguments.out / "rossi.csv"
    if arguments.csv is None:
        export(source)
    convert(source, arguments.out, as_months=arguments.weeks_as_months)


if __name__ == "__main__":
    main()
