"""The order in which Tab goes through widgets, which are not made in the order they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
        stops += _inside(widget)
    chain_stops(stops)


def chain_stops(stops: Sequence[QWidget]) -> None:
    """Let Tab go through `stops`, each of which takes the keyboard itself, in this order."""
    for first, second in pairwise(stops):
        QWidget.setTabOrder(first, second)
    for place, stop in enumerate(stops):
        stop.setProperty(PLACE, place)


def next_stop(regions: Iterable[QWidget], now: QWidget | None, *, forward: bool) -> QWidget | None:
    """Return where Tab goes from `now`: through `regions` in order, inside each as it was chained or made.

    None where nothing takes the keyboard. The order is looked up when it is needed: what comes and goes need not be
    chained to all the rest.
    """
    order = [stop for region in regions for stop in _inside(region)]
    taken = [stop for stop in order if stop is now or _takes_tab(stop)]
    if not any(stop is not now for stop in taken):
        return None
    if now not in taken:
        return taken[0 if forward else -1]
    return taken[(taken.index(now) + (1 if forward else -1)) % len(taken)]


def _inside(region: QWidget) -> list[QWidget]:
    inside = [child for child in region.findChildren(QWidget) if _stops(child)]
    return [*([region] if _stops(region) else []), *sorted(inside, key=_place)]


def _takes_tab(widget: QWidget) -> bool:
    tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tab and widget.isVisible() and widget.isEnabled()


def _place(widget: QWidget) -> int:
    """Return the place that the last chain gave a widget; what is in none comes last, as it was made."""
    place = widget.property(PLACE)
    return place if isinstance(place, int) else LAST


def _stops(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None
