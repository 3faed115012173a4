"""Write a world unlike the sample for R: another country and years, no periods, an extract, departures on the last day.

    python -m tests.reference.make_elsewhere && Rscript tests/reference/regression_elsewhere.R

Income is in thousandths of a cent, so that a coefficient is tiny. Everybody in the East leaves before anybody in the
South or the West does: what tells them apart from the East has no finite estimate.
"""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

from models.register import DatasetInfo, PersonColumn
from tests.models.worlds import World

HERE = Path(__file__).parent
FROM, PRESENT_ON, UNTIL = date(2015, 3, 1), date(2016, 6, 1), date(2019, 2, 28)
PERSONS = 500
EARLY, LATE = (460, 800), (830, 1200)
"""Days of stay on which the East leaves, and the others: all of the East have left before."""


def make_elsewhere(seed: int = 2015) -> World:
    dice = random.Random(seed)
    persons, stays = [], []
    for number in range(PERSONS):
        person = f"{number:04d}"
        settled = FROM + timedelta(days=dice.randrange((PRESENT_ON - FROM).days))
        province, sex = dice.choice(["East", "South", "West"]), dice.choice(["female", "male"])
        income = float(dice.randrange(5_000_000, 90_000_000, 1_000_000))
        slow = 1.5 if sex == "female" else 1.0
        first, last = EARLY if province == "East" else LATE
        length = min(first + int(dice.expovariate(1 / (100 * slow)) * 30_000_000 / income), last)
        gone: date | None = settled + timedelta(days=length)
        if province != "East" and dice.random() < 0.15:
            # Who leaves on the last day is seen to leave.
            gone = UNTIL
        if province != "East" and dice.random() < 0.2:
            gone = None
        persons.append(
            {
                "person_id": person,
                "sex": sex,
                "birth_date": date(1960 + number % 40, 1 + number % 12, 1 + number % 28),
                "nationality": dice.choice(["SY", "ER", "AF"]),
                "province": province,
                "income": income,
            }
        )
        stays.append(
            {
                "person_id": person,
                "settled": settled,
                "departed": gone,
                "destination": "onward" if gone else None,
            }
        )
    info = DatasetInfo(
        title="elsewhere",
        source="tests",
        synthetic=True,
        arrivals_from=FROM,
        observed_until=UNTIL,
        present_on=PRESENT_ON,
        columns=(PersonColumn(name="province", kind="category"), PersonColumn(name="income", kind="number")),
    )
    return World(info=info, persons=persons, stays=stays, jobs=[])


def main() -> None:
    world = make_elsewhere()
    for name in ("persons", "stays"):
        rows = getattr(world, name)
        with (HERE / f"elsewhere_{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    main()
