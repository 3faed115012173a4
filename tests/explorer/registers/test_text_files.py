"""Every record of a text file is counted apart from the engine, and a file of which rows would be lost is refused."""

from __future__ import annotations

import codecs
import csv
import gzip
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.words import Refusal
from explorer.registers import text_files
from explorer.registers.opened_files import opened
from explorer.registers.opening import open_dataset
from explorer.registers.text_files import examined
from tests.explorer.registers.conftest import JOBS, PERSONS, STAYS


def rows(folder, table="stays"):
    with opened(folder, table) as file, examined(file) as text:
        return text.rows


def refused(folder):
    with pytest.raises(Refusal) as refusal:
        open_dataset(folder)
    return str(refusal.value)


def read(folder):
    return [count.rows_in for count in open_dataset(folder).quality.counts]


PIECES = st.sampled_from(["a", ",", '"', '""', "\n", "\r\n", "é", "😀", " ", '"x\n"', ',"', '",'])


@settings(max_examples=300, deadline=None)
@given(parts=st.lists(PIECES, max_size=30), piece=st.integers(min_value=1, max_value=9))
def test_the_count_is_that_of_another_reader_wherever_the_pieces_end(tmp_path_factory, parts, piece):
    text = "a,b\n" + "".join(parts)
    folder = tmp_path_factory.mktemp("text")
    (folder / "stays.csv").write_text(text, newline="")
    lines = csv.reader(io.StringIO(text, newline=""), skipinitialspace=True)
    expected = sum(1 for row in lines if row) - 1
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(text_files, "PIECE", max(piece, 4))
        try:
            assert rows(folder) == expected
        except Refusal as refusal:
            assert "ends its lines" in str(refusal)  # noqa: PT017


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("quotes", [False, True])
def test_lines_may_end_in_any_one_way(dataset, end, quotes):
    persons = PERSONS.replace("UA", '"U\nA"') if quotes else PERSONS
    texts = {
        name: text.replace("\n", end)
        for name, text in (("persons", persons), ("stays", STAYS), ("jobs", JOBS))
    }
    assert read(dataset(**texts)) == [2, 2, 2]


def test_lines_that_end_in_more_than_one_way_are_refused_as_that(dataset):
    said = refused(dataset(stays=STAYS.replace("\n", "\r\n", 2)))
    assert "stays.csv" in said
    assert "lines" in said


@pytest.mark.parametrize("more", ["\n\n\n", ""])
def test_empty_lines_are_no_rows(dataset, more):
    assert read(dataset(stays=STAYS.rstrip("\n") + more)) == [2, 2, 2]


@pytest.mark.parametrize(
    "text",
    [
        STAYS.encode("utf-16"),
        codecs.BOM_UTF16_BE + STAYS.encode("utf-16-be"),
        codecs.BOM_UTF16_BE + STAYS.replace("origin", "😀").encode("utf-16-be"),
        codecs.BOM_UTF8 + STAYS.encode(),
    ],
)
def test_byte_order_marks_are_honoured_and_letters_of_every_plane_are_read(dataset, text):
    assert read(dataset(stays=text)) == [2, 2, 2]


@pytest.mark.parametrize("place", [-1, -2, -3])
def test_utf_16_that_is_cut_within_a_letter_is_refused_or_read_in_full(dataset, place):
    text = STAYS.encode("utf-16")[:place]
    if place == -2:
        assert read(dataset(stays=text)) == [2, 2, 2]
    else:
        assert "UTF-16" in refused(dataset(stays=text))


@pytest.mark.parametrize(
    "stays",
    [
        # Broken off while it was copied: the rest of the file is zeros.
        STAYS.encode() * 30_000 + bytes(40_000_000),
        STAYS.encode() + bytes(5),
        STAYS.replace("origin", "ori\0gin").encode(),
        # Longer than a line can be: the engine passes over it without a word.
        STAYS.encode() + b"001,2024-01-01,," + b"x" * 40_000_000,
    ],
)
def test_a_file_of_which_the_end_would_be_lost_is_refused(dataset, stays):
    said = refused(dataset(stays=stays))
    assert "stays.csv" in said
    assert "again" in said or "export" in said


def zipped(dataset, content):
    folder = dataset(jobs=None)
    (folder / "jobs.csv.gz").write_bytes(content)
    return folder


WHOLE = gzip.compress(JOBS.encode(), mtime=0)
WRONG_SUM = WHOLE[:-8] + bytes(byte ^ 1 for byte in WHOLE[-8:-4]) + WHOLE[-4:]
WRONG_SIZE = WHOLE[:-1] + bytes([WHOLE[-1] ^ 1])
INSIDE = WHOLE[:40] + bytes(byte ^ 255 for byte in WHOLE[40:60]) + WHOLE[60:]


@pytest.mark.parametrize(
    "content", [WRONG_SUM, WRONG_SIZE, INSIDE, WHOLE[:-4], WHOLE[:12], WHOLE + b"rubbish"]
)
def test_a_zipped_file_that_does_not_agree_with_its_own_checksum_is_refused(dataset, content):
    said = refused(zipped(dataset, content))
    assert "jobs.csv.gz" in said


def test_a_zipped_file_of_two_parts_is_read_to_its_end(dataset):
    head, *lines = JOBS.splitlines(keepends=True)
    parts = gzip.compress((head + lines[0]).encode(), mtime=0) + gzip.compress(lines[1].encode(), mtime=0)
    assert read(zipped(dataset, parts)) == [2, 2, 2]


def test_zipped_utf_16_is_read(dataset):
    assert read(zipped(dataset, gzip.compress(JOBS.encode("utf-16"), mtime=0))) == [2, 2, 2]


@pytest.mark.parametrize(
    "text", [STAYS, STAYS.replace("origin", '"origin\n"'), STAYS.replace("origin", 'ori"gin')]
)
def test_a_letter_in_another_encoding_far_into_the_file_is_called_that(dataset, text):
    more = text.partition("\n")[2] * 60_000
    assert "UTF-8" in refused(dataset(stays=(text + more).encode() + b"001,2024-01-01,,\xe9\n"))


def test_a_heading_may_hold_a_line_end_or_a_separator(dataset):
    persons = (
        PERSONS.replace("nationality", 'nationality,"a\nb","c,d"')
        .replace("UA", "UA,x,y")
        .replace("NG", "NG,x,z")
    )
    register = open_dataset(dataset(persons=persons))
    assert [column.name for column in register.info.columns] == ["a\nb", "c,d"]


def test_a_heading_of_a_hundred_thousand_letters_is_refused(dataset):
    for name in ("a" * 130_000, "b" * 1_000, '"' + "c" * 200_000 + '"'):
        said = refused(
            dataset(persons=PERSONS.replace("nationality", f"nationality,{name}").replace("A\n", "A,1\n"))
        )
        assert "persons.csv" in said
        assert len(said) < 300
