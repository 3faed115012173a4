"""Snapshots: states kept under names; names are trimmed and each stands once."""

from __future__ import annotations

from typing import Final

from explorer.core.state import AppState
from explorer.core.words import N_, Refusal
from explorer.workspace.document import Snapshot

LONGEST: Final = 80


def add(snapshots: tuple[Snapshot, ...], name: str, state: AppState) -> tuple[Snapshot, ...]:
    """Return the snapshots with `state` behind them, under `name` or, where that is taken, under it with a number.

    Raises
    ------
    Refusal
        When nothing is left of the name.
    """
    return (*snapshots, Snapshot(name=free_name(snapshots, name), state=state))


def rename(snapshots: tuple[Snapshot, ...], old: str, new: str) -> tuple[Snapshot, ...]:
    """Return the snapshots with one called otherwise, in its place.

    Raises
    ------
    Refusal
        When nothing is left of the name, or another snapshot has it.
    """
    name = _trimmed(new)
    if any(_same(one.name, name) for one in snapshots if one.name != old):
        raise Refusal(N_("There already is a snapshot “{name}”; choose another name."), name=name)
    return tuple(Snapshot(name=name, state=one.state) if one.name == old else one for one in snapshots)


def remove(snapshots: tuple[Snapshot, ...], name: str) -> tuple[Snapshot, ...]:
    """Return the snapshots without the one called `name`."""
    return tuple(one for one in snapshots if one.name != name)


def named(snapshots: tuple[Snapshot, ...], name: str) -> AppState | None:
    """Return the state kept under `name`."""
    return next((one.state for one in snapshots if one.name == name), None)


def free_name(snapshots: tuple[Snapshot, ...], name: str) -> str:
    """Return `name`, with a number behind it where a snapshot already has it.

    Raises
    ------
    Refusal
        When nothing is left of the name.
    """
    wanted = _trimmed(name)
    out, number = wanted, 1
    while any(_same(one.name, out) for one in snapshots):
        number += 1
        tail = f" ({number})"
        out = wanted[: LONGEST - len(tail)].rstrip() + tail
    return out


def _trimmed(name: str) -> str:
    out = " ".join(name.split())[:LONGEST].rstrip()
    if not out:
        raise Refusal(N_("A snapshot needs a name; type one."))
    return out


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
