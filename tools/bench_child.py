"""One measured process: it starts the real program, watches it, prints what it saw, and closes."""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

STARTED = float(os.environ.get("COHORT_BENCH_STARTED", time.monotonic()))
CHANGES = 50
MODEL = 5
"""The panel of the model: its fits come from a process of their own."""


def main() -> int:
    """Run the mode named on the command line."""
    mode, folder = sys.argv[1], Path(sys.argv[2])
    return opening(folder) if mode == "open" else window(mode, folder)


def opening(folder: Path) -> int:
    """Read, validate and count the full sample, imports included."""
    from explorer.pipeline.opening import open_dataset
    from explorer.registers.engine import Engine

    begun = time.perf_counter()
    open_dataset(folder, Engine(), use_cache=False)
    report({"open": time.perf_counter() - begun})
    return 0


def window(mode: str, folder: Path) -> int:
    """Open the window as the program does and watch it."""
    from explorer.app import run_window

    watchers: list[Any] = []
    return run_window(folder, "en", watch=lambda session: watchers.append(Watch(session, mode)))


def report(values: dict[str, float]) -> None:
    """Print values and the peak of memory as one line of JSON."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**values, "peak_mb": peak}))


def percentile(values: list[float], share: float) -> float:
    """Return the value below which `share` of the values lie."""
    return statistics.quantiles(values, n=100, method="inclusive")[round(share * 100) - 1]


class Watch:
    """Follows paints of the window and its figures, then drives it if asked."""

    def __init__(self, session: Any, mode: str) -> None:
        from PySide6.QtCore import QTimer

        self.session, self.mode = session, mode
        self.seen: dict[str, float] = {}
        self.painted = [False] * len(session.window.plots)
        self.waiting: Callable[[], None] | None = None
        self.pending: set[int] = set()
        self.refits: list[float] = []
        self.begun = 0.0
        self._watch_first_paint()
        session.overview.answers.shown.connect(self._shown)
        self.guard = QTimer()
        self.guard.setSingleShot(True)
        self.guard.timeout.connect(lambda: os._exit(3))
        self.guard.start(120_000)

    def _watch_first_paint(self) -> None:
        from PySide6.QtCore import QEvent, QObject

        watch = self

        class Filter(QObject):
            def eventFilter(self, watched: Any, event: QEvent) -> bool:
                if event.type() == QEvent.Type.Paint:
                    watch.seen.setdefault("window", time.monotonic() - STARTED)
                return False

        self.filter = Filter()
        self.session.window.installEventFilter(self.filter)

    def _shown(self, index: int) -> None:
        """A figure has been given to its painter; it is done when it is painted."""
        answers = self.session.overview.answers
        if not answers.current(index):
            return
        self.session.window.plots[index].paint_now()
        now = time.monotonic() - STARTED
        self.painted[index] = True
        if all(self.painted[:2]):
            self.seen.setdefault("figures", now)
        if all(self.painted) and "all" not in self.seen:
            self.seen["all"] = now
            self._begin()
            return
        if index == MODEL and self.waiting is not None:
            self.refits.append((time.perf_counter() - self.begun) * 1000)
        self.pending.discard(index)
        if self.waiting is not None and not self.pending:
            step, self.waiting = self.waiting, None
            step()

    def _begin(self) -> None:
        from PySide6.QtCore import QTimer

        if self.mode == "start":
            report(self.seen)
            self.session.window.close()
            return
        self.steps = self._filters()
        self.times: list[float] = []
        QTimer.singleShot(200, self._next)

    def _next(self) -> None:
        event = next(self.steps, None)
        if event is None:
            self._finish()
            return
        begun = self.begun = time.perf_counter()

        def done() -> None:
            from PySide6.QtCore import QTimer

            self.times.append((time.perf_counter() - begun) * 1000)
            QTimer.singleShot(0, self._next)

        self.pending = set(self.session.state.visible)
        self.waiting = done
        self.session.send(event)

    def _filters(self) -> Iterator[Any]:
        from explorer.core.events import ChooseRange, ClearSelection, OnlyLevel

        sexes, cohorts = ("female", "male"), ("2022 H1", "2022 H2", "2023")
        for change in range(CHANGES):
            if change % 10 == 9:
                yield ClearSelection()
            elif change % 2:
                yield OnlyLevel("sex", sexes[change // 2 % 2])
            else:
                yield OnlyLevel("cohort", cohorts[change // 2 % 3])
        self.filter_times, self.times = self.times, []
        for low in range(1, 61):
            yield ChooseRange("age", low, 90, (0.0, 90.0))

    def _finish(self) -> None:
        report(
            {
                "filter_median": statistics.median(self.filter_times),
                "filter_95": percentile(self.filter_times, 0.95),
                "drag_95": percentile(self.times, 0.95),
                "refit_median": statistics.median(self.refits),
                "refit_95": percentile(self.refits, 0.95),
            }
        )
        # A session that has ended asks nothing about what was not saved.
        self.session.close()
        self.session.window.close()


if __name__ == "__main__":
    sys.exit(main())
