"""Small datasets in text, one for each kind of trouble."""

from __future__ import annotations

import pytest

TOML = """
title = "Test"
source = "tests"
synthetic = true
arrivals_from = 2022-02-24
observed_until = 2024-07-01
reference_nationality = "UA"
"""
PERSONS = "person_id,sex,birth_date,nationality\n001,female,1990-01-01,UA\n002,male,1980-06-15,NG\n"
STAYS = "person_id,settled,departed,destination\n001,2022-03-01,,\n002,2022-05-01,2023-05-01,origin\n"
JOBS = (
    "person_id,employer_id,start,end,contract,sector,hours,wage\n"
    "001,E1,2022-04-01,2022-04-30,agency,N,160,2000\n"
    "002,E2,2022-06-01,2022-06-30,permanent,I,80,1200\n"
)


@pytest.fixture
def dataset(tmp_path):
    """Write a dataset of text files, some parts replaced; None leaves a part out."""

    def write(**parts):
        content = {"dataset.toml": TOML, "persons.csv": PERSONS, "stays.csv": STAYS, "jobs.csv": JOBS}
        names = {"toml": "dataset.toml", "persons": "persons.csv", "stays": "stays.csv", "jobs": "jobs.csv"}
        for part, text in parts.items():
            content[names[part]] = text
        for name, text in content.items():
            if text is not None:
                data = text if isinstance(text, bytes) else text.encode()
                (tmp_path / name).write_bytes(data)
        return tmp_path

    return write
