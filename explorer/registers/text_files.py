"""What a text file is, found by going through all of its bytes: encoding, separator, headings, number of records.

The count owes nothing to the engine that reads the rows, so that none can be lost between the two unseen.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import gzip
import io
import itertools
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final, cast

import numpy as np
from numpy.typing import NDArray

from explorer.core.words import N_
from explorer.registers.opened_files import TableFile, own_copy, source

PIECE: Final = 1 << 22
"""Bytes looked at in one turn; the headings lie within the first."""
MARKS: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
LF, CR, QUOTE = b"\n", b"\r", b'"'
LONGEST_CELL: Final = 2**31 - 1
"""What Python's own reader takes on every system; it counts, and refuses nothing."""

BINARY: Final = N_("{file} is not text but a binary file; export it as CSV in UTF-8.")
BROKEN_OFF: Final = N_(
    "{file} holds zero bytes where text should be: it was broken off; export or copy it again."
)
CODED: Final = N_("{file} is not in UTF-8 (perhaps in Windows-1252); save it as UTF-8.")
DAMAGED: Final = N_("{file} begins as UTF-16 but is damaged further on; save it as UTF-8.")
UNZIPPED: Final = N_(
    "{file} is cut off or damaged: it cannot be unpacked to its end; export or copy it again."
)
MIXED: Final = N_("{file} ends its lines in more than one way; save it anew so that all lines end alike.")
HEADED: Final = N_("{file} does not begin with a line of column names; write them in its first line.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextForm:
    """How the engine reads a text file, and how many rows it must find. `source`: text in UTF-8, perhaps zipped."""

    source: str
    zipped: bool
    separator: str
    headings: tuple[str, ...]
    rows: int


@contextlib.contextmanager
def examined(file: TableFile, otherwise: str = "") -> Iterator[TextForm]:
    """Go through all of a text file. Text in UTF-16 is put into UTF-8 for the engine, which reads half of it.

    `otherwise`: the encoding of a text that is not in UTF-8; where none is given, such a text is refused.

    Raises
    ------
    explorer.core.words.Refusal
        When it is no text, damaged, or not as one writes CSV.
    """
    with contextlib.ExitStack() as held:
        bytes_in = held.enter_context(_unzipped(file))
        first = _read(file, bytes_in)
        coding = MARKS.get(first[:2]) or (otherwise if otherwise and not _in_unicode(file) else None)
        copy = held.enter_context(own_copy()) if coding else None
        pieces = _text(file, first, bytes_in, coding)
        head = next(pieces, b"")
        if b"\0" in head:
            raise file.refuse(BINARY)
        separator, headings = _heading(file, head)
        counting = _Counting(separator.encode())
        for piece in itertools.chain((head,), pieces):
            if b"\0" in piece:
                raise file.refuse(BROKEN_OFF)
            counting.take(piece)
            if copy is not None:
                copy.write(piece)
        if copy is not None:
            copy.flush()
        records = counting.records() if counting.regular else _slow_count(file, separator, coding)
        if counting.kinds_of_line_end > 1:
            raise file.refuse(MIXED)
        name = file.source if copy is None else held.enter_context(source(file.path, copy.fileno()))
        yield TextForm(
            source=name,
            zipped=file.is_zipped and copy is None,
            separator=separator,
            headings=headings,
            rows=records - 1,
        )


@contextlib.contextmanager
def _unzipped(file: TableFile) -> Iterator[IO[bytes]]:
    with file.stream() as stream:
        if file.is_zipped:
            with gzip.GzipFile(fileobj=stream, mode="rb") as unzipped:
                yield cast(IO[bytes], unzipped)
        else:
            yield stream


def _in_unicode(file: TableFile) -> bool:
    """Whether all of a text is in UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with _unzipped(file) as bytes_in:
        try:
            while piece := _read(file, bytes_in):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _read(file: TableFile, bytes_in: IO[bytes]) -> bytes:
    """Read the next piece; the end of a zipped file is where its checksum is compared."""
    try:
        return bytes_in.read(PIECE)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise file.refuse(UNZIPPED) from None


def _text(file: TableFile, first: bytes, bytes_in: IO[bytes], coding: str | None) -> Iterator[bytes]:
    """Yield the text in UTF-8 without its mark; a piece never ends within a letter or within a line end."""
    decoder = codecs.getincrementaldecoder(coding or "utf-8")()
    marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) if coding else (codecs.BOM_UTF8,)
    skipped = next((len(mark) for mark in marks if first.startswith(mark)), 0)
    piece, held = first[skipped:], ""
    while True:
        last = not piece
        if (
            not (coding or held or last)
            and piece.isascii()
            and not piece.endswith(CR)
            and decoder.getstate()[0] == b""
        ):
            # Most texts are plain: nothing needs to be made of them.
            yield piece
            piece = _read(file, bytes_in)
            continue
        try:
            letters = held + decoder.decode(piece, final=last)
        except UnicodeDecodeError:
            zeros = not coding and b"\0" in piece
            raise file.refuse(BINARY if zeros else DAMAGED if coding else CODED) from None
        held = CR.decode() if letters.endswith("\r") and not last else ""
        if letters:
            yield letters[: len(letters) - len(held)].encode()
        if last:
            return
        piece = _read(file, bytes_in)


def _heading(file: TableFile, head: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the separator and the column names."""
    text = head.decode()
    line = text[: min((place for end in "\r\n" if (place := text.find(end)) >= 0), default=len(text))]
    separator = max(",;\t", key=line.count)
    try:
        names = next(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True), []
        )
    except csv.Error:
        raise file.refuse(HEADED) from None
    return separator, tuple(name.strip() for name in names)


class _Counting:
    """Counts the records of a text that comes in pieces: lines that are not empty and end outside quotes.

    A quote opens only where a cell begins. Where one stands elsewhere the text is not `regular`, and what is counted
    here does not hold.
    """

    def __init__(self, separator: bytes) -> None:
        self.regular = True
        self._before_a_cell = np.isin(np.arange(256), list(separator + LF + CR + QUOTE))
        self._quoted = False
        self._previous = LF
        self._ends = {LF: 0, CR: 0, CR + LF: 0}
        self._empty = 0

    def take(self, piece: bytes) -> None:
        """Count one more piece."""
        if not piece:
            return
        letters: NDArray[np.uint8] = np.frombuffer(piece, dtype=np.uint8)
        ends = np.flatnonzero(letters == LF[0])
        if CR in piece:
            ends = np.union1d(ends, np.flatnonzero(letters == CR[0]))
        if QUOTE in piece or self._quoted:
            ends = self._outside(letters, ends)
        feeds, after = letters[ends] == LF[0], self._before(letters, ends)
        pairs = feeds & (after == CR[0])
        self._ends[CR + LF] += (paired := int(np.count_nonzero(pairs)))
        self._ends[LF] += int(np.count_nonzero(feeds)) - paired
        self._ends[CR] += int(np.count_nonzero(~feeds)) - paired
        # A line feed after its carriage return ends no line of its own.
        self._empty += int(np.count_nonzero(((after == LF[0]) | (after == CR[0])) & ~pairs))
        # What is inside quotes at the end of a piece is no line end.
        self._previous = QUOTE if self._quoted else piece[-1:]

    @property
    def kinds_of_line_end(self) -> int:
        """How many kinds of line end there are."""
        return sum(1 for count in self._ends.values() if count)

    def records(self) -> int:
        """Return the number of records."""
        unended = self._previous not in (LF, CR)
        return sum(self._ends.values()) + unended - self._empty

    def _outside(self, letters: NDArray[np.uint8], ends: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return those of the places `ends` that do not lie inside quotes."""
        quotes = np.flatnonzero(letters == QUOTE[0])
        opening = quotes[int(self._quoted) :: 2]
        self.regular = self.regular and bool(self._before_a_cell[self._before(letters, opening)].all())
        passed = np.searchsorted(quotes, ends) + self._quoted
        self._quoted = bool((len(quotes) + self._quoted) % 2)
        outside: NDArray[np.intp] = ends[passed % 2 == 0]
        return outside

    def _before(self, letters: NDArray[np.uint8], places: NDArray[np.intp]) -> NDArray[np.uint8]:
        """Return the letter before each of these places."""
        before = letters[places - 1]
        if places.size and places[0] == 0:
            before[0] = self._previous[0]
        return before


def _slow_count(file: TableFile, separator: str, coding: str | None) -> int:
    """Count records letter by letter, where quotes stand inside cells."""
    longest = csv.field_size_limit(LONGEST_CELL)
    try:
        with _unzipped(file) as bytes_in:
            marked = "utf-16" if coding in MARKS.values() else coding or "utf-8-sig"
            text = io.TextIOWrapper(bytes_in, encoding=marked, newline="")
            return sum(1 for row in csv.reader(text, delimiter=separator, skipinitialspace=True) if row)
    finally:
        csv.field_size_limit(longest)
