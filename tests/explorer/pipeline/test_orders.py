"""Levels stand in their natural order: that of dataset.toml, that of the file, else the alphabet."""

from __future__ import annotations

import pytest

from explorer.pipeline.opening import open_dataset
from explorer.registers.engine import Engine
from tests.explorer.registers.conftest import TOML
from tests.explorer.registers.conftest import dataset as dataset  # noqa: PLC0414 - the fixture

LEVELS = ("middle", "unknown", "low", "zero", "high")
PEOPLE = [f"{n:03},female,1990-01-01,UA,{level}\n" for n, level in enumerate(LEVELS)]
STAYS = [f"{n:03},2022-04-01,,\n" for n in range(len(LEVELS))]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("", ("high", "low", "middle", "zero", "unknown")),
        ('levels = ["low", "middle", "high", "never"]', ("low", "middle", "high", "zero", "unknown")),
        (
            'levels = { unknown = {}, high = { nl = "hoog" }, low = {} }',
            ("high", "low", "middle", "zero", "unknown"),
        ),
    ],
)
def test_levels_have_the_order_of_dataset_toml_and_keep_it_in_the_cache(
    dataset, tmp_path_factory, monkeypatch, stated, expected
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    folder = dataset(
        toml=f"{TOML}[columns]\neducation = {{ {stated} }}\n",
        persons="person_id,sex,birth_date,nationality,education\n" + "".join(PEOPLE),
        stays="person_id,settled,departed,destination\n" + "".join(STAYS),
    )
    for stored in (False, True):
        opened = open_dataset(folder, Engine())
        grouping = opened.codes.groupings["education"]
        assert grouping.levels == expected, stored
        assert [grouping.levels[code] for code in grouping.codes] == list(LEVELS)
    assert opened.stored
