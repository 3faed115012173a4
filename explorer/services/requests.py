"""What is asked of one worker: of each key the newest request wins, and no stale answer is told."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from itertools import count
from typing import Generic, TypeVar

Work = TypeVar("Work")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Generic[Work]):
    """One thing to do; no two have the same number."""

    key: Hashable
    number: int
    work: Work


class Requests(Generic[Work]):
    """Requests that wait, the one that runs, and whose answers are still wanted.

    A key is the place of an answer: the figure of a panel, the filters, the dataset.
    """

    def __init__(self) -> None:
        self._numbers = count(1)
        self._waiting: dict[Hashable, Request[Work]] = {}
        self._wanted: dict[Hashable, int] = {}
        self.running: Request[Work] | None = None

    def add(self, key: Hashable, work: Work) -> None:
        """Let `work` wait, in the place of what waits for the same key and behind everything else."""
        request = Request(key=key, number=next(self._numbers), work=work)
        self._waiting.pop(key, None)
        self._waiting[key] = request
        self._wanted[key] = request.number

    @property
    def ready(self) -> bool:
        """Whether something waits and nothing runs."""
        return self.running is None and bool(self._waiting)

    def begin(self) -> Request[Work]:
        """Take what waits longest, where something is `ready`; it runs until `end`."""
        self.running = self._waiting.pop(next(iter(self._waiting)))
        return self.running

    def end(self) -> None:
        """Nothing runs any more; the answer is still to be told."""
        self.running = None

    def wanted(self, request: Request[Work]) -> bool:
        """Whether nothing newer was asked for its key, and it was not dropped."""
        return self._wanted.get(request.key) == request.number

    def answered(self, request: Request[Work]) -> bool:
        """Whether the answer that came is wanted; then it is wanted no longer."""
        wanted = self.wanted(request)
        if wanted:
            del self._wanted[request.key]
        return wanted

    def drop(self, key: Hashable) -> bool:
        """Want no answer for `key` any more, of what waits, runs or is to be told; return whether one was wanted."""
        self._waiting.pop(key, None)
        return self._wanted.pop(key, None) is not None

    def clear(self) -> tuple[Hashable, ...]:
        """Forget everything, also what runs; return the keys."""
        keys = self._keys()
        self._waiting.clear()
        self._wanted.clear()
        self.running = None
        return keys

    def waits(self, key: Hashable) -> bool:
        """Whether a request for `key` waits."""
        return key in self._waiting

    def runs(self, key: Hashable) -> bool:
        """Whether a request for `key` runs, wanted or not."""
        return self.running is not None and self.running.key == key

    def busy(self, key: Hashable = None) -> bool:
        """Whether a request waits or runs, for `key` or at all."""
        return bool(self._keys()) if key is None else key in self._keys()

    def _keys(self) -> tuple[Hashable, ...]:
        running = () if self.running is None else (self.running.key,)
        return tuple(dict.fromkeys((*self._waiting, *running)))
