"""Datasets unlike the small sample, made from it."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import sample_data


def nobody_settled(folder: Path) -> Path:
    """Copy the small sample with a day of first arrivals after which nobody settled."""
    shutil.copytree(sample_data.small_path(), folder)
    told = folder / "dataset.toml"
    lines = [line for line in told.read_text(encoding="utf-8").splitlines() if not line.startswith("periods")]
    text = "\n".join(
        "arrivals_from = 2024-06-30" if line.startswith("arrivals_from") else line for line in lines
    )
    told.write_text(text, encoding="utf-8")
    stays = folder / "stays.csv"
    kept = [line for line in stays.read_text(encoding="utf-8").splitlines() if ",2024-06-30," not in line]
    stays.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return folder


def without_men(folder: Path) -> Path:
    """Copy the small sample with women in the place of its men."""
    shutil.copytree(sample_data.small_path(), folder)
    persons = folder / "persons.csv"
    persons.write_text(persons.read_text(encoding="utf-8").replace(",male,", ",female,"), encoding="utf-8")
    return folder


def with_numbers(folder: Path) -> Path:
    """Copy the small sample with three numbers: decimals that some lack, negative whole numbers, and a number that
    differs from person to person, a few of them far out."""
    shutil.copytree(sample_data.small_path(), folder)
    dice = random.Random(5)
    persons = folder / "persons.csv"
    heading, *lines = persons.read_text(encoding="utf-8").splitlines()
    out = [f"{heading},rooms,balance,distance"]
    for line in lines:
        rooms = "" if dice.random() < 0.1 else f"{dice.randint(2, 14) / 2:g}"
        out.append(f"{line},{rooms},{-dice.randint(3, 30)},{dice.lognormvariate(4, 1):.6f}")
    persons.write_text("\n".join(out) + "\n", encoding="utf-8")
    with (folder / "dataset.toml").open("a", encoding="utf-8") as told:
        told.write('rooms = { en = "Rooms", nl = "Kamers", kind = "number" }\n')
        told.write('distance = { en = "Distance", nl = "Afstand" }\n')
    return folder
