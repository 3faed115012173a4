"""Stored codes come back as they were, and nothing that is wrong with a stored file is the reader's problem."""

from __future__ import annotations

import stat
import sys
from dataclasses import fields

import numpy as np
import pytest

from explorer.pipeline import cache
from models.register import Finding, QualityReport, RowCount
from models.tally.building import build_codes
from tests.models.worlds import make_world

QUALITY = QualityReport(
    counts=(RowCount(table="persons", rows_in=3, used=1, repaired=1, set_aside=1),),
    findings=(
        Finding(table="stays", problem="p", treatment="kept", rows=2, column="settled", examples=(1, 7)),
    ),
)


@pytest.fixture(scope="module")
def codes():
    return build_codes(make_world(3).register())


def same(one, other):
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if hasattr(one, "__dataclass_fields__"):
        return all(same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    return one == other


def test_what_is_stored_comes_back_the_same(tmp_path, codes):
    cache.save(tmp_path, "abc", codes, QUALITY)
    found, quality = cache.load(tmp_path, "abc")
    assert same(codes, found)
    assert quality == QUALITY


def test_another_dataset_finds_nothing(tmp_path, codes):
    cache.save(tmp_path, "abc", codes, QUALITY)
    assert cache.load(tmp_path, "abd") is None


@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK\x03\x04 half a zip"])
def test_a_spoiled_file_is_counted_anew(tmp_path, codes, content):
    cache.save(tmp_path, "abc", codes, QUALITY)
    (tmp_path / "codes-abc.npz").write_bytes(content)
    assert cache.load(tmp_path, "abc") is None


def test_a_half_file_is_counted_anew(tmp_path, codes):
    cache.save(tmp_path, "abc", codes, QUALITY)
    path = tmp_path / "codes-abc.npz"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert cache.load(tmp_path, "abc") is None


def test_an_older_format_is_counted_anew(tmp_path, codes, monkeypatch):
    cache.save(tmp_path, "abc", codes, QUALITY)
    monkeypatch.setattr(cache, "FORMAT", cache.FORMAT + 1)
    assert cache.load(tmp_path, "abc") is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_user_can_read_what_is_stored(tmp_path, codes):
    folder = tmp_path / "codes"
    cache.save(folder, "abc", codes, QUALITY)
    assert stat.S_IMODE((folder / "codes-abc.npz").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path, codes):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    cache.save(blocked / "codes", "abc", codes, QUALITY)
    assert cache.load(blocked / "codes", "abc") is None


def test_only_the_latest_datasets_are_kept(tmp_path, codes):
    for number in range(cache.KEPT + 3):
        cache.save(tmp_path, f"{number}", codes, QUALITY)
    assert len(list(tmp_path.glob("*"))) == cache.KEPT


def test_clearing_removes_everything_stored(tmp_path, codes):
    cache.save(tmp_path, "abc", codes, QUALITY)
    cache.clear(tmp_path)
    assert not list(tmp_path.iterdir())


def test_one_byte_of_a_stored_file_may_be_any_other(tmp_path, codes):
    cache.save(tmp_path, "abc", codes, QUALITY)
    path = tmp_path / "codes-abc.npz"
    sound = path.read_bytes()
    chance, directory = np.random.default_rng(1), sound.rindex(b"PK\x01\x02")
    # Anywhere, in the head of an archive and its directory most of all: there a byte means something.
    places = [*range(200), *range(directory, len(sound)), *chance.integers(0, len(sound), 100).tolist()]
    for place in places:
        changed = bytearray(sound)
        changed[place] ^= int(chance.integers(1, 256))
        path.write_bytes(changed)
        found = cache.load(tmp_path, "abc")
        assert found is None or same(codes, found[0])


def test_a_method_that_no_archive_has_is_counted_anew(tmp_path, codes):
    cache.save(tmp_path, "abc", codes, QUALITY)
    path = tmp_path / "codes-abc.npz"
    changed = bytearray(path.read_bytes())
    changed[changed.find(b"PK\x01\x02") + 10] = 99
    path.write_bytes(changed)
    assert cache.load(tmp_path, "abc") is None


def test_whether_codes_are_stored_is_said(tmp_path, codes):
    assert cache.save(tmp_path, "abc", codes, QUALITY)
    (tmp_path / "file").write_text("not a folder")
    assert not cache.save(tmp_path / "file", "abc", codes, QUALITY)


def test_a_stored_file_that_may_not_be_read_is_counted_anew(tmp_path, codes, monkeypatch):
    cache.save(tmp_path, "abc", codes, QUALITY)

    def closed(path, *rest, **more):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.open", closed)
    assert cache.load(tmp_path, "abc") is None
