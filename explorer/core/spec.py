"""What the reader asked: one frozen value, the same on screen, on paper and on the command line."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from explorer import __version__
from explorer.core.views import NoOptions
from models.rules import Rules
from models.selection import EVERYONE, Predicate


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One view of one selection, compared by columns, with the view's own options.

    `versus` holds two named selections that are drawn together instead of `selection`.
    """

    view: str
    selection: Predicate = EVERYONE
    by: tuple[str, ...] = ()
    options: Any = field(default_factory=NoOptions)
    versus: tuple[tuple[str, Predicate], ...] = ()


def query_key(data_hash: str, spec: Spec, rules: Rules) -> str:
    """Return the key of an answer: cache key, test of staleness and stamp of provenance in one.

    It changes with the data, the selection, the view, its options, the rules and the version, and nothing else.
    """
    parts = (data_hash, repr(spec), repr(rules), __version__)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]
