"""Whatever goes wrong is told in words, without what was in it."""

from __future__ import annotations

import pytest

from explorer.core.faults import NO_MEMORY, UNEXPECTED, in_words
from explorer.core.words import Message, Refusal


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            Refusal("File {file} has no rows.", file="x.csv"),
            Message("File {file} has no rows.", {"file": "x.csv"}),
        ),
        (MemoryError("person 000123"), Message(NO_MEMORY)),
        (ValueError("person 000123"), Message(UNEXPECTED, {"kind": "ValueError"})),
    ],
)
def test_a_refusal_is_told_as_it_stands_and_of_a_fault_its_kind_alone(error, told):
    assert in_words(error) == told
