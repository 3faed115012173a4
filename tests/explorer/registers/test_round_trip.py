"""Component files written by a generator that owes nothing to the layouts come back as the tables behind them."""

from __future__ import annotations

import pandas as pd
import pytest

from explorer.core.spec import Spec
from explorer.core.views import all_views
from explorer.pipeline.answering import answer
from explorer.pipeline.opening import open_dataset
from explorer.registers.engine import Engine
from explorer.registers.importing import find, import_files
from explorer.registers.population import Wishes
from models.rules import NONE
from sample_data.cbs.writing import write_cbs

VIEWS = (
    "departure",
    "destinations",
    "hazard",
    "employment",
    "contracts",
    "sectors",
    "employers",
    "wages",
    "occupancy",
    "lexis",
    "stock",
)
DELIVERIES = [
    ("sav", "mixed"),
    ("dta", "mixed"),
    ("parquet", "mixed"),
    ("csv", "semicolon"),
    ("csv", "comma"),
]


@pytest.fixture(scope="module", params=DELIVERIES, ids="-".join)
def datasets(request, tmp_path_factory):
    form, dialect = request.param
    folder = tmp_path_factory.mktemp("delivery")
    write_cbs(folder, form, persons=400, seed=11, dialect=dialect)
    wanted = open_dataset(folder / "tidy", Engine(), use_cache=False)
    info = wanted.codes.info
    wishes = Wishes(arrivals_from=info.arrivals_from, observed_until=info.observed_until, synthetic=True)
    import_files(find(folder / "components"), folder / "imported", wishes)
    # Periods, reference and title are a choice of who describes the data.
    tidy = (folder / "tidy" / "dataset.toml").read_text(encoding="utf-8")
    (folder / "imported" / "dataset.toml").write_text(tidy, encoding="utf-8")
    return wanted, open_dataset(folder / "imported", Engine(), use_cache=False)


@pytest.mark.parametrize("view", VIEWS)
def test_every_table_of_the_imported_files_is_that_of_the_tables_behind_them(datasets, view):
    for by in ((), ("sex",), ("cohort",), ("nationality",)):
        spec = Spec(view=view, by=by, options=all_views()[view].options())
        wanted, got = (answer(dataset.source, spec, NONE).table() for dataset in datasets)
        assert got.columns == wanted.columns
        assert wanted.rows
        pd.testing.assert_frame_equal(
            *map(pd.DataFrame, (got.rows, wanted.rows)), check_dtype=False, rtol=0, atol=1e-9
        )


def test_nobody_is_lost_and_nobody_is_added(datasets):
    wanted, got = datasets
    assert got.codes.persons == wanted.codes.persons > 300
