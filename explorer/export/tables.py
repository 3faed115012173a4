"""Writing a table to a file, in the format that its ending names.

Each is made in memory first: what then goes wrong is of the place alone, and told in one way (`core/placing.py`).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from explorer.core.placing import put_together
from explorer.core.words import N_, Refusal
from explorer.export.formats import TableFormat, Written, table_formats

LONGEST_NAME: Final = 255
"""Bytes in the name of a file, on the usual file systems."""


def format_of(path: Path) -> TableFormat:
    """Return the format that the ending of `path` names, or refuse."""
    known = table_formats()
    if path.suffix.lower() not in known:
        raise Refusal(
            N_("“{file}” has no known ending; choose one of {known}."),
            file=path.name,
            known=", ".join(known),
        )
    return known[path.suffix.lower()]


def write_table(written: Written, path: Path) -> None:
    """Write a table to `path`; the note stands in a text of the same name where the file has no place for it.

    Raises
    ------
    Refusal
        For another ending, a missing folder, or a place that cannot be written.
    """
    form = format_of(path)
    content = form.write(written)
    # What is wanted comes last: it is never there without what belongs to it.
    about = {about_of(path): f"{written.note}\n".encode()} if written.note and not form.holds_note else {}
    put_together({**about, path: content})


def about_of(path: Path) -> Path:
    """Return the file that says what the numbers in the file at `path` are."""
    tail = ".about.txt"
    stem = os.fsencode(path.stem)[: LONGEST_NAME - len(tail)]
    return path.with_name(os.fsdecode(stem) + tail)
