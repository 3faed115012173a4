"""The order in which Tab goes through widgets, when they were not made in the order they stand."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

PLACE: Final = "place in the chain"
LAST: Final = 1_000_000


def chain_focus(widgets: Iterable[QWidget]) -> None:
    """Let Tab go through `widgets`, and what takes the keyboard inside them as it was chained, in this order.

    The present chain is not asked for: what `nextInFocusChain` returns belongs to the widget asked, for the wrappers,
    and stands for nothing once that widget has gone, be it the menu bar.
    """
    stops: list[QWidget] = []
    for widget in widgets:
        inside = [child for child in widget.findChildren(QWidget) if _stops(child)]
        stops += [*([widget] if _stops(widget) else []), *sorted(inside, key=_place)]
    for first, second in pairwise(stops):
        QWidget.setTabOrder(first, second)
    for place, stop in enumerate(stops):
        stop.setProperty(PLACE, place)


def _place(widget: QWidget) -> int:
    """Return the place that the last chain gave a widget; what is in none comes last, as it was made."""
    place = widget.property(PLACE)
    return place if isinstance(place, int) else LAST


def _stops(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None
