"""Numbers as a table: the same that stand under a figure, or the whole picture where numbers are read as numbers."""

from __future__ import annotations

from explorer.core.formatting import LEAST_P, Formats
from explorer.core.names import column_name, level_name
from explorer.core.spec import Spec
from explorer.core.terms import term_text
from explorer.core.views import ViewDef
from explorer.core.words import N_, Words
from explorer.pipeline.drawings.frame import REASONS, Look, Sheet, framed, nothing
from models.disclosure.fits import Answer
from models.register import DatasetInfo
from models.results import STATUS, TOLD, Cell, Curves, Reason, Table, Unit
from models.shortcuts import EVERYONE
from widgets.pictures.chart import Picture
from widgets.pictures.kinds import TableChart
from widgets.pictures.table_data import TableColumn, TableData


def draw_table(
    released: Answer, view: ViewDef, spec: Spec, sheet: Sheet, look: Look, words: Words
) -> Picture:
    """Return the table of what was released as a picture: without limits where no interval is wanted."""
    table = released.table()
    if not table.rows:
        return nothing(view, spec, words(REASONS[Reason.NO_MONTHS]), sheet, words)
    without = {STATUS.name} if all(row[-1] == TOLD for row in table.rows) else set()
    if isinstance(released, Curves) and not look.interval:
        without |= {released.low, released.high}
    data = written(_without(table, without), sheet.info, words, sheet.whom)
    rows = Formats(words.language).count(len(data.rows))
    return TableChart(
        **framed(view, spec, released, sheet, words),
        data=data,
        caption=words(N_("{count} rows; click a heading to sort"), count=rows)
        if len(data.rows) > 1
        else words(N_("1 row")),
        description=words(
            N_("{title}: a table of {count} rows with the columns {columns}."),
            title=words(view.title),
            count=rows,
            columns=", ".join(column.label for column in data.columns),
        ),
    )


def written(table: Table, info: DatasetInfo, words: Words, whom: str = "") -> TableData:
    """Return a table as readers read it: names, numbers with their units, and what is copied of them.

    `whom`: who is selected, in few words; rows of all of them are called so.
    """
    formats = Formats(words.language)
    columns = tuple(
        TableColumn(
            key=column.name, label=column_name(column.name, info, words), numeric=column.kind != "text"
        )
        for column in table.columns
    )
    names = [column.name for column in table.columns]
    units = [column.unit for column in table.columns]

    def text(row: int, column: int) -> str:
        cell = table.rows[row][column]
        return whom if whom and cell == EVERYONE else _cell(cell, names[column], units[column], info, words)

    def plain(row: int, column: int) -> str:
        cell = table.rows[row][column]
        return formats.exact(cell) if isinstance(cell, float) else "" if cell is None else str(cell)

    return TableData(columns=columns, rows=table.rows, text=text, plain=plain)


def _without(table: Table, names: set[str]) -> Table:
    kept = [place for place, column in enumerate(table.columns) if column.name not in names]
    return Table(
        columns=tuple(table.columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in table.rows),
    )


def _cell(cell: Cell, name: str, unit: Unit | None, info: DatasetInfo, words: Words) -> str:
    formats = Formats(words.language)
    if cell is None:
        return ""
    if isinstance(cell, str) and name == "term":
        return term_text(cell, info, words)
    if isinstance(cell, str):
        return level_name(name, cell, info, words)
    if name == "p_value" and cell < LEAST_P:
        return formats.below(LEAST_P, 4)
    if unit in (Unit.SHARE, Unit.PER_MONTH):
        return formats.percent(cell, 2)
    if unit is Unit.POINTS:
        # A difference of shares in per cent would be read as a share of one of them.
        return words(N_("{number} pp"), number=formats.number(cell * 100, 2))
    if unit in (Unit.EUR_PER_HOUR, Unit.MONTHS):
        return formats.number(cell, 2)
    if unit is Unit.NUMBER and isinstance(cell, float):
        return formats.number(cell, 4)
    return formats.count(cell)
