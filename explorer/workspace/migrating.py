"""From older formats to the present one: pure steps, each from one format to the next."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from explorer.workspace.document import FORMAT


class Damaged(Exception):
    """A part of a file that is not as a workspace writes it; `place` says which."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(place)


Step: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]

MIGRATIONS: Final[Mapping[int, Step]] = {}
"""By format, what makes a document of the next one. A step stays for ever; format 1 is the first."""


def migrated(
    document: dict[str, Any], migrations: Mapping[int, Step] = MIGRATIONS, present: int = FORMAT
) -> dict[str, Any]:
    """Return `document`, of a known format, in the `present` one.

    Raises
    ------
    Damaged
        When a step does not find what every document of its format has.
    """
    out = copy.deepcopy(document)
    for number in range(document["format"], present):
        try:
            out = {**migrations[number](out), "format": number + 1}
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            raise Damaged(f"format {number}") from None
    return out
