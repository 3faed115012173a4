"""The order in which Tab goes through widgets, when they were not made in the order they stand."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def chain_focus(widgets: Iterable[QWidget]) -> None:
    """Let Tab go through `widgets`, and what takes the keyboard inside them, in this order."""
    stops: list[QWidget] = []
    for widget in widgets:
        inside = [child for child in widget.findChildren(QWidget) if _stops(child)]
        stops += [*([widget] if _stops(widget) else []), *_in_order(widget, inside)]
    for first, second in pairwise(stops):
        QWidget.setTabOrder(first, second)


def _stops(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None


def _in_order(widget: QWidget, inside: list[QWidget]) -> list[QWidget]:
    """Return `inside` in the order Tab has gone through them so far."""
    places: dict[QWidget, int] = {}
    at = widget.nextInFocusChain()
    while at is not None and at is not widget:
        places[at] = len(places)
        at = at.nextInFocusChain()
    return sorted(inside, key=lambda child: places.get(child, len(places)))
