"""Charts made by hand, for painters."""

from __future__ import annotations

import numpy as np

from widgets.pictures.chart import Axis, Band, Chart, Ink, Line, Mark, RiskRow


def number(value, spacing):
    return f"{value * 100:.0f}%".replace(".", ",")


def month(value, spacing):
    return f"{value:.0f}"


def make_chart(
    lines=4, months=29, *, bands=True, marks=True, name="Vestigingsperiode {}", kind="ordered", empty=""
):
    x = np.arange(months, dtype=np.float64)
    made = []
    for index in range(lines):
        y = 0.5 * (1 - np.exp(-x * (0.02 + 0.02 * index)))
        y[months - 3 * index :] = np.nan
        band = (Band(low=y * 0.9, high=np.minimum(y * 1.1, 1.0), label=""),) if bands else ()
        readings = tuple("" if np.isnan(value) else number(value, 0) for value in y)
        ink = Ink(kind=kind, index=index, of=max(lines, 2))
        made.append(
            Line(key=f"g{index}", label=name.format(index), ink=ink, x=x, y=y, readings=readings, bands=band)
        )
    return Chart(
        title="Aandeel vertrokken naar verblijfsduur",
        subtitle="naar CBS-figuur 8: naar verblijfsduur en vestigingsperiode",
        x=Axis(
            label="maanden sinds vestiging",
            low=0,
            high=months - 1,
            text=month,
            step=1,
            steps=(1, 2, 3, 6, 12),
        ),
        y=Axis(label="vertrokken, % van wie zich vestigde", low=0, high=0.6, text=number),
        crosshair=lambda x: f"maand {x:.0f}",
        lines=tuple(made),
        marks=(Mark(x=6, y=0.1, label="gepubliceerd", source="CBS", ink=Ink(kind="grey")),) if marks else (),
        risk_label="onder risico",
        risk=tuple(
            RiskRow(
                key=line.key,
                label=line.label,
                ink=line.ink,
                x=x,
                texts=tuple(f"{70000 - 10 * i}" for i in range(months)),
            )
            for line in made
        ),
        note="De gebeurtenis is het einde van het eerste verblijf, om welke reden ook. " * 3,
        source="Bron: synthetisch.",
        badge="Synthetische gegevens",
        empty=empty,
        description="Aandeel vertrokken.",
    )
