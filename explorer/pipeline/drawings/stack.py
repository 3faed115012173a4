"""Stacked states: shares of a whole, one pane a group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from explorer.core.formatting import Formats
from explorer.core.spec import Spec
from explorer.core.views import ViewDef
from explorer.core.words import N_, Words
from explorer.pipeline.drawings.curves import point_text, x_axis
from explorer.pipeline.drawings.frame import Look, Sheet, axis_label, axis_text, framed, lack_text
from explorer.pipeline.drawings.groups import (
    MOST_PANES,
    Group,
    group_name,
    group_pairs,
    groups_of,
    left_out,
    state_name,
)
from explorer.pipeline.drawings.inks import STACKED, STATE_INKS
from models.results import Curves, FloatArray, Unit
from widgets.pictures.chart import Axis, Ink
from widgets.pictures.kinds import Layer, Stack, StackChart

HIDDEN: Final = "hidden"
WHOLES: Final = {"share": N_("All who settled"), "naive_share": N_("Those still present")}
"""Of whom each share is, where a stack shows more than one."""
NOTHING_LEFT: Final = 5e-4
"""Less than this is no layer."""


def draw_stack(
    released: Curves, view: ViewDef, spec: Spec, sheet: Sheet, look: Look, words: Words
) -> StackChart:
    """Return the picture of released shares in parts: a pane for each group, and for each kind of share in it."""
    shares = [measure.name for measure in released.measures if measure.unit is Unit.SHARE]
    groups = groups_of(_sizes(released), max(1, MOST_PANES // len(shares)))
    panes = []
    for group in groups.drawn:
        for name in shares:
            titles = (
                group_name(released.by, group, sheet, words),
                words(WHOLES.get(name, "")) if len(shares) > 1 else "",
            )
            title = " · ".join(part for part in titles if part)
            panes.append(_pane(released, group, name, title, sheet, words))
    lacks = [left_out(groups, released.by, sheet, words)]
    return StackChart(
        **framed(view, spec, released, sheet, words, first=lacks, last=[_hidden_sentence(panes, words)]),
        x=x_axis(released, view, words),
        y=Axis(
            label=axis_label(view, released.start_month, words),
            low=0.0,
            high=1.0,
            text=axis_text(Unit.SHARE, Formats(words.language)),
        ),
        crosshair=point_text(released, words),
        lack=lack_text(released, words),
        panes=tuple(panes),
        description=_description(view, panes, words),
    )


def _pane(released: Curves, group: Group, name: str, title: str, sheet: Sheet, words: Words) -> Stack:
    """One stack: states from the bottom up, and on top together those that are hidden."""
    formats = Formats(words.language)

    def layer(key: str, label: str, ink: Ink, shares: FloatArray) -> Layer:
        readings = tuple("" if np.isnan(share) else formats.percent(share) for share in shares.tolist())
        return Layer(key=key, label=label, ink=ink, shares=shares, readings=readings)

    rows = {key[-1]: row for row, key in enumerate(released.keys) if key[:-1] == group}
    seen = np.flatnonzero(released.observed[list(rows.values())].any(axis=0))
    found = {state: released[name][rows[state]][seen] for state in STACKED if state in rows}
    hidden = np.zeros(len(seen), dtype=np.bool_)
    for row in rows.values():
        hidden |= released.withheld[row][seen]
    layers = []
    for state, share in found.items():
        # A share that is hidden stays unknown, which leaves a gap: a layer that fell to zero would say nobody.
        if not (share > 0).any():
            continue
        layers.append(layer(state, state_name(state, sheet, words), STATE_INKS[state], share))
    shown = np.nansum([layer.shares for layer in layers], axis=0) if layers else np.zeros(len(seen))
    rest = np.where(hidden & (1.0 - shown > NOTHING_LEFT), 1.0 - shown, np.nan)
    if np.isfinite(rest).any():
        layers.append(layer(HIDDEN, words(N_("hidden")), Ink(kind="faint"), rest))
    return Stack(
        title=title,
        x=released.at[seen].astype(np.float64),
        layers=tuple(layers),
        group=group_pairs(released.by, group),
    )


def _sizes(curves: Curves) -> dict[Group, float]:
    """Return the persons of each group: the most that stand behind a share of it that is drawn."""
    out: dict[Group, float] = {}
    drawn = np.where(curves[curves.estimate] > 0, curves.behind[0], 0.0)
    for key, persons in zip(curves.keys, drawn, strict=True):
        out[key[:-1]] = max(out.get(key[:-1], 0.0), float(np.nanmax(persons, initial=0.0)))
    return out


def _hidden_sentence(panes: Sequence[Stack], words: Words) -> str:
    if not any(layer.key == HIDDEN for pane in panes for layer in pane.layers):
        return ""
    return words(N_("States that are hidden are drawn together, on top."))


def _description(view: ViewDef, panes: Sequence[Stack], words: Words) -> str:
    """Return the figure in words: every state of every pane at its last month."""
    parts = []
    for pane in panes:
        if not len(pane.x):
            continue
        said = ", ".join(f"{layer.label} {layer.readings[-1]}" for layer in pane.layers if layer.readings[-1])
        month = words(N_("month {month}"), month=f"{pane.x[-1]:.0f}")
        parts.append(f"{pane.title}, {month}: {said}" if pane.title else f"{month}: {said}")
    return f"{words(view.title)}. " + "; ".join(parts) + "."
