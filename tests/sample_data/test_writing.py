"""A sample on disk is whole, says what it is, and is the same in every format."""

from __future__ import annotations

import tomllib

import pandas as pd
import pyarrow.parquet as pq
import pyreadstat
import pytest

import sample_data
from sample_data import ensure, folder_name, small_path
from sample_data.generator import generate
from sample_data.small_dataset import write_small
from sample_data.writing import FORMATS, SampleInfo, write


def test_the_small_dataset_is_remade_byte_for_byte(tmp_path):
    again = write_small(tmp_path / "small")
    names = sorted(path.name for path in small_path().iterdir())
    assert names == ["dataset.toml", "jobs.csv", "persons.csv", "stays.csv"]
    assert sorted(path.name for path in again.iterdir()) == names
    for name in names:
        assert (again / name).read_bytes() == (small_path() / name).read_bytes(), name


def test_the_small_dataset_has_2000_persons_in_the_cohort(counting):
    assert len(counting.clean(generate(2000, seed=7)).people) == 2000


def test_dataset_toml_says_synthetic_and_names_the_window(tmp_path):
    write(generate(50, seed=1), tmp_path / "d")
    told = tomllib.loads((tmp_path / "d" / "dataset.toml").read_text(encoding="utf-8"))
    assert told["synthetic"] is True
    assert "CBS" in told["source"]
    assert str(told["arrivals_from"]) == "2022-02-24"
    assert str(told["observed_until"]) == "2024-07-01"
    assert told["reference_nationality"] == "UA"
    assert told["periods"] == ["2022-02-24", "2022-07-01", "2023-01-01", "2024-01-01"]
    assert {name: column["kind"] for name, column in told["columns"].items()} == {
        "household": "category", "province": "category", "education": "category"
    }  # fmt: skip
    assert told == tomllib.loads(SampleInfo().toml())


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_format_holds_the_same_rows_and_leading_zeros(tmp_path, fmt):
    tables = generate(300, seed=2)
    folder = write(tables, tmp_path / fmt, fmt)
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["dataset.toml", "truth.toml", f"persons.{fmt}", f"stays.{fmt}", f"jobs.{fmt}"]
    )
    for name in ("persons", "stays", "jobs"):
        table = getattr(tables, name)
        read = _read(folder / f"{name}.{fmt}")
        assert list(read.columns) == table.column_names
        assert read["person_id"].tolist() == table.column("person_id").to_pylist()
        for column in {"settled", "departed", "birth_date", "start", "end"} & set(read.columns):
            dates = pd.to_datetime(read[column]).dt.date
            assert [None if pd.isna(day) else day for day in dates] == table.column(column).to_pylist()
        if "wage" in read.columns:
            assert read["wage"].astype(float).tolist() == table.column("wage").to_pylist()


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(ValueError, match="parquet, csv, sav, dta"):
        write(generate(5), tmp_path / "d", "xls")  # type: ignore[arg-type]
    assert not (tmp_path / "d").exists()


def test_a_failed_write_leaves_nothing_that_passes_for_a_dataset(tmp_path, monkeypatch):
    def fail(table, path):
        path.write_bytes(b"half")
        raise OSError("disk full")

    monkeypatch.setattr("sample_data.writing._parquet", fail)
    with pytest.raises(OSError, match="disk full"):
        write(generate(5), tmp_path / "d")
    assert not (tmp_path / "d" / "dataset.toml").exists()


@pytest.fixture
def few(monkeypatch):
    """A sample of few persons in place of the full one."""
    monkeypatch.setattr(
        "sample_data.generator.generate", lambda progress=None: generate(200, progress=progress)
    )


@pytest.mark.usefixtures("few")
def test_ensure_makes_the_sample_once_and_then_returns_at_once(tmp_path):
    told: list[float] = []
    folder = ensure(tmp_path / "cache", told.append)
    assert folder.name == folder_name()
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert pq.read_metadata(folder / "persons.parquet").num_rows > 200
    stamp = (folder / "jobs.parquet").stat().st_mtime_ns
    again: list[float] = []
    assert ensure(tmp_path / "cache", again.append) == folder
    assert again == []
    assert (folder / "jobs.parquet").stat().st_mtime_ns == stamp
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [folder.name]


@pytest.mark.usefixtures("few")
def test_ensure_leaves_nothing_behind_when_it_is_broken_off(tmp_path):
    def stop(share: float) -> None:
        if share > 0.75:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ensure(tmp_path, stop)
    assert list(tmp_path.iterdir()) == []


def test_the_folder_name_holds_version_size_and_seed():
    assert folder_name() == f"sample-v{sample_data.VERSION}-157000-seed{sample_data.DEFAULT_SEED}"


def _read(path):
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pandas()
    if path.suffix == ".csv":
        return pd.read_csv(path, dtype=str, keep_default_na=False)
    reader = pyreadstat.read_sav if path.suffix == ".sav" else pyreadstat.read_dta
    return reader(str(path))[0]
