"""Stacks and flows made by hand, for painters."""

from __future__ import annotations

import numpy as np

from tests.charts import month, number
from widgets.pictures.chart import Axis, Ink
from widgets.pictures.kinds import Flow, FlowChart, Layer, Node, Ribbon, Stack, StackChart

LABELS = (
    "werkend bij een bedrijf",
    "uitzendbureau of arbeidsbemiddeling",
    "zelfstandige",
    "uitkering",
    "onderwijs",
    "zonder werk of uitkering",
    "opnieuw gevestigd",
    "vertrokken uit Nederland",
)
ABOUT = {
    "subtitle": "naar CBS-figuur 9: naar verblijfsduur",
    "note": "De toestand op de dag waarop een maand vol is, van wie zich vestigde. " * 2,
    "source": "Bron: synthetisch.",
    "badge": "Synthetische gegevens",
    "description": "Aandelen in elke toestand.",
    "brush_hint": "Klik om mensen te kiezen",
}


def ink_of(place):
    return Ink(kind="categorical", index=place, of=8)


def shares_of(layers, months, pane=0):
    x = np.arange(months, dtype=np.float64)
    raw = np.array(
        [1 + place + np.sin(x / 5 + place + pane) + (place == layers - 1) * x / 6 for place in range(layers)]
    )
    return raw / raw.sum(axis=0)


def make_stack(layers=5, months=29, panes=1, *, label="{}", observed=None, empty=""):
    x = np.arange(months, dtype=np.float64)
    made = []
    for pane in range(panes):
        shares = shares_of(layers, months, pane)
        shares[:, observed if observed is not None else months :] = np.nan
        made.append(
            Stack(
                title=f"Groep met een naam {pane + 1}",
                x=x,
                layers=tuple(
                    Layer(
                        key=f"s{place}",
                        label=label.format(LABELS[place]),
                        ink=ink_of(place),
                        shares=shares[place],
                        readings=tuple("" if np.isnan(v) else number(v, 0) for v in shares[place]),
                    )
                    for place in range(layers)
                ),
            )
        )
    return StackChart(
        title="Waar mensen zijn naar verblijfsduur",
        x=Axis(
            label="maanden sinds vestiging",
            low=0,
            high=months - 1,
            text=month,
            step=1,
            steps=(1, 2, 3, 6, 12),
        ),
        y=Axis(label="aandeel, % van wie zich vestigde", low=0, high=1, text=number),
        crosshair=lambda x: f"maand {x:.0f}",
        panes=tuple(made),
        empty=empty,
        **ABOUT,
    )


def flow_of(states, columns, pane=0, gap=0.012, label="{}"):
    shares = shares_of(states, columns * 6, pane)[:, ::6] * (1 - gap * (states - 1))
    low = np.cumsum(shares, axis=0) - shares + gap * np.arange(states)[:, None]
    nodes, ribbons = [], []
    for column in range(columns):
        for state in range(states):
            bottom, size = float(low[state, column]), float(shares[state, column])
            nodes.append(
                Node(
                    key=f"{column}:{state}",
                    label=label.format(LABELS[state]),
                    ink=ink_of(state),
                    column=column,
                    low=bottom,
                    high=bottom + size,
                    reading=f"{size:.0%} van wie zich vestigde, {size * 157000:.0f} mensen",
                )
            )
    for column in range(columns - 1):
        left, right = low[:, column].copy(), low[:, column + 1].copy()
        for start in range(states):
            for end in range(states):
                size = float(shares[start, column] * shares[end, column + 1] / shares[:, column].sum())
                a, b = float(left[start]), float(right[end])
                ribbons.append(
                    Ribbon(
                        key=f"{column}:{start}>{end}",
                        ink=ink_of(start),
                        column=column,
                        start=(a, a + size),
                        end=(b, b + size),
                        reading=f"{size * 157000:.0f} mensen, {size:.1%} van wie zich vestigde",
                    )
                )
                left[start] += size
                right[end] += size
    return Flow(title=f"Groep met een naam {pane + 1}", nodes=tuple(nodes), ribbons=tuple(ribbons))


def make_flow(states=4, columns=4, panes=1, *, label="{}", empty=""):
    return FlowChart(
        title="Van waar naar waar mensen gaan",
        columns=tuple(f"maand {6 * column}" for column in range(columns)),
        panes=tuple(flow_of(states, columns, pane, label=label) for pane in range(panes)),
        empty=empty,
        **ABOUT,
    )
