"""Surfaces, forests and tables made by hand, for painters."""

from __future__ import annotations

import numpy as np

from widgets.pictures.chart import Axis, Ink
from widgets.pictures.kinds import (
    Diagonal,
    Estimate,
    ForestChart,
    ForestRow,
    Surface,
    SurfaceChart,
    TableChart,
)
from widgets.pictures.table_data import TableColumn, TableData

MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
FIRST = 2022 * 12 + 2


def calendar(value, spacing):
    year, month = divmod(FIRST + round(value), 12)
    return str(year) if spacing >= 12 else f"{MONTHS[month]} {year}"


def percent(value):
    return f"{value * 100:.1f}%".replace(".", ",")


def make_surface(
    columns=28, rows=28, *, panes=1, empty="", label="Vestigingsperiode {}", masked=True, hint=""
):
    made = []
    for number in range(panes):
        row, column = np.mgrid[0:rows, 0:columns]
        values = 0.02 + 0.05 * np.exp(-row / 5) * (1 + 0.4 * np.sin(column / 3 + number))
        values[row > column] = np.nan
        hidden = (
            (column - row >= columns - 4) & (row <= column) if masked else np.zeros(values.shape, dtype=bool)
        )
        values[hidden] = np.nan
        made.append(Surface(title=f"Groep {number}" if panes > 1 else "", values=values, masked=hidden))

    def reading(pane, row, column):
        if row > column:
            return ""
        value = made[pane].values[row, column]
        said = "te weinig personen" if np.isnan(value) else percent(value)
        return f"{calendar(column, 1)}, maand {row} van het verblijf\n{said} vertrokken"

    return SurfaceChart(
        title="Vertrek naar kalendermaand en verblijfsduur",
        subtitle="",
        x=Axis(label="kalendermaand", low=0, high=columns, text=calendar, step=1, steps=(1, 3, 6, 12)),
        y=Axis(
            label="maanden sinds vestiging",
            low=0,
            high=rows,
            text=lambda value, spacing: f"{value:.0f}",
            step=1,
            steps=(1, 2, 3, 6, 12),
        ),
        reading=reading,
        scale=(0.0, 0.1),
        scale_label="vertrekkans per maand",
        scale_text=percent,
        masked_label="minder dan 10 personen of 30 persoonsmaanden",
        diagonals=tuple(Diagonal(label=label.format(n), column=4.0 + 6 * n) for n in range(4)),
        panes=tuple(made),
        note="Vertrek per 30,4375 persoonsdagen naar kalendermaand en verblijfsmaand. " * 2,
        source="Bron: synthetisch.",
        badge="Synthetische gegevens",
        empty=empty,
        description="Een oppervlak van vertrekkansen.",
        brush_hint=hint,
    )


def ratio(value, spacing):
    return f"{np.exp(value):.2f}".replace(".", ",")


def estimate(series, value, half):
    low, high = value - half, value + half
    said = f"{ratio(value, 0)} ({ratio(low, 0)}–{ratio(high, 0)})"
    return Estimate(series=series, value=value, low=low, high=high, reading=said)


def make_forest(terms=4, columns=3, *, series=1, empty="", label="Niveau {}", left_out="", half=0.12):
    rows = []
    for column in range(columns):
        rows.append(ForestRow(key=f"h{column}", label=f"Kenmerk {column}", kind="heading"))
        rows.append(
            ForestRow(key=f"r{column}", label=label.format("nul"), kind="reference", text="referentie")
        )
        for term in range(terms):
            value = 0.5 * np.sin(1.7 * term + column)
            estimates = tuple(estimate(n, value + 0.1 * n, half * (1 + term)) for n in range(series))
            rows.append(
                ForestRow(key=f"t{column}.{term}", label=label.format(term), kind="term", estimates=estimates)
            )
    if left_out:
        rows.append(ForestRow(key="out", label=label.format("weg"), kind="left out", text=left_out))
    names = (
        ("Selectie A", Ink(kind="categorical", index=0)),
        ("Selectie B", Ink(kind="categorical", index=1)),
    )
    return ForestChart(
        title="Kans op vertrek: verhoudingen",
        subtitle="",
        x=Axis(
            label="verhouding van vertrekkansen (logaritmische schaal)",
            low=np.log(0.5),
            high=np.log(2.0),
            text=ratio,
            steps=(np.log(2) / 4, np.log(2) / 2, np.log(2)),
        ),
        zero=0.0,
        series=names[:series] if series > 1 else (("iedereen", Ink(kind="single")),),
        rows=tuple(rows),
        reading_heading="verhouding (95%-interval)",
        note="Stuksgewijs exponentieel model van het vertrek. " * 2,
        source="Bron: synthetisch.",
        badge="Synthetische gegevens",
        empty=empty,
        description="Verhoudingen van vertrekkansen.",
    )


def make_table(rows, columns=6):
    names = ["Vestigingsperiode", "Maand", "Onder risico", "Aandeel gebleven", "95% van", "95% tot"] * 3
    return TableChart(
        title="Overlevingstafel van vertrek",
        note="Een noot.",
        source="Bron: geen",
        badge="Synthetische gegevens",
        data=TableData(
            columns=tuple(
                TableColumn(key=str(at), label=names[at], numeric=at % 6 > 0) for at in range(columns)
            ),
            rows=tuple(tuple(float(at) for at in range(columns)) for _ in range(rows)),
            text=lambda row, column: (
                f"{row * 1234 + column:,}".replace(",", ".") if column % 6 else "2022 H1"
            ),
        ),
    )
