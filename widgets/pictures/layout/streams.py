"""What touches what in a flow: the ribbons of a node, the nodes of a ribbon, and where keys lead. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from widgets.pictures.kinds import Flow, Node, Ribbon

NEAR: Final = 1e-6

Kind: TypeAlias = Literal["node", "ribbon"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A node or a ribbon: its pane, what it is, and its place among them."""

    pane: int
    kind: Kind
    place: int


def column_of(flow: Flow, item: Item) -> int:
    """Return the column of a node, or that where a ribbon begins."""
    return flow.nodes[item.place].column if item.kind == "node" else flow.ribbons[item.place].column


def middle_of(flow: Flow, item: Item) -> float:
    """Return the height of the middle of a node or a ribbon."""
    if item.kind == "node":
        node = flow.nodes[item.place]
        return (node.low + node.high) / 2
    ribbon = flow.ribbons[item.place]
    return (sum(ribbon.start) + sum(ribbon.end)) / 4


def ends_of_ribbon(flow: Flow, ribbon: Ribbon) -> tuple[Node | None, Node | None]:
    """Return the nodes where a ribbon begins and ends."""
    first = _node_at(flow.nodes, ribbon.column, ribbon.start)
    return first, _node_at(flow.nodes, ribbon.column + 1, ribbon.end)


def touched(flow: Flow, item: Item) -> tuple[set[int], set[int]]:
    """Return the places of the nodes and of the ribbons that `item` touches, itself included."""
    if item.kind == "ribbon":
        ends = ends_of_ribbon(flow, flow.ribbons[item.place])
        return {place for place, node in enumerate(flow.nodes) if node in ends}, {item.place}
    node = flow.nodes[item.place]
    ribbons = {place for place, one in enumerate(flow.ribbons) if node in ends_of_ribbon(flow, one)}
    return {item.place}, ribbons


def next_item(flow: Flow, now: Item, across: int, up: int) -> Item:
    """Return the item a key leads to: along its column by `up`, or `across` between nodes and ribbons by turns."""
    column = column_of(flow, now)
    if up:
        order = _ordered(flow, now.pane, now.kind, column)
        at = order.index(now) + up
        return order[min(max(at, 0), len(order) - 1)]
    if now.kind == "node":
        candidates = _ordered(flow, now.pane, "ribbon", column if across > 0 else column - 1)
        mine = [one for one in candidates if one.place in touched(flow, now)[1]]
        candidates = mine or candidates
        if not candidates:
            candidates = _ordered(flow, now.pane, "node", column + across)
    else:
        ends = ends_of_ribbon(flow, flow.ribbons[now.place])
        wanted = ends[1 if across > 0 else 0]
        candidates = [
            one
            for one in _ordered(flow, now.pane, "node", column + (1 if across > 0 else 0))
            if wanted is None or flow.nodes[one.place] == wanted
        ]
    height = middle_of(flow, now)
    return min(candidates, key=lambda one: abs(middle_of(flow, one) - height), default=now)


def first_item(flow: Flow, pane: int, *, last: bool = False) -> Item | None:
    """Return the uppermost node of the first column, or of the last."""
    columns = [node.column for node in flow.nodes]
    if not columns:
        return None
    return _ordered(flow, pane, "node", max(columns) if last else min(columns))[-1]


def _ordered(flow: Flow, pane: int, kind: Kind, column: int) -> list[Item]:
    """Return the items of a column from the bottom up."""
    things: Iterable[Node | Ribbon] = flow.nodes if kind == "node" else flow.ribbons
    found = [
        Item(pane=pane, kind=kind, place=place) for place, one in enumerate(things) if one.column == column
    ]
    return sorted(found, key=lambda item: middle_of(flow, item))


def _node_at(nodes: Iterable[Node], column: int, ends: tuple[float, float]) -> Node | None:
    middle = sum(ends) / 2
    return next(
        (one for one in nodes if one.column == column and one.low - NEAR <= middle <= one.high + NEAR), None
    )
