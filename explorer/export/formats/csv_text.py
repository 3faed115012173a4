"""CSV: floats by repr, hidden and undefined values empty, the header as comment lines before the table."""

from __future__ import annotations

import csv
import io
from typing import Final

from explorer.core.words import N_
from explorer.export.formats import TableFormat, Written, as_text


def to_csv(written: Written) -> str:
    """Return a table as CSV."""
    out = io.StringIO()
    out.writelines(f"# {line}\n" for line in written.header)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.name for column in written.table.columns)
    writer.writerows(map(as_text, row) for row in written.table.rows)
    return out.getvalue()


def _write(written: Written) -> bytes:
    return to_csv(written).encode()


FORMAT: Final = TableFormat(suffix=".csv", name=N_("CSV text (*.csv)"), write=_write, place=20)
