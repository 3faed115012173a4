"""Parquet: columns of numbers, counts and text, for R and Python; what they are stands in its metadata."""

from __future__ import annotations

import io
from typing import Final

from explorer.core.words import N_
from explorer.export.formats import TableFormat, Written


def _write(written: Written) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = written.table
    types = {"text": pa.string(), "count": pa.int64(), "number": pa.float64()}
    columns = {
        column.name: pa.array([row[place] for row in table.rows], type=types[column.kind])
        for place, column in enumerate(table.columns)
    }
    said = {"header": "\n".join(written.header), "note": written.note}
    notes = {part: text for part, text in said.items() if text}
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns, metadata=notes or None), buffer)
    return buffer.getvalue()


FORMAT: Final = TableFormat(
    suffix=".parquet", name=N_("Parquet (*.parquet)"), write=_write, holds_note=True, place=30
)
