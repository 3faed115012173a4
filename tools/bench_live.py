"""Measure dragging: from a move of the hand to the repaint of every linked view, at 157 000 and at 17 million persons.

    python -m tools.bench_live [--times 1 108] [--seconds 5]

The window is real (offscreen), the age handle is moved as the filter moves it, and the next move comes when every view
that is shown has been painted for the last one. At 17 million the sample's people stand there 108 times.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import fields, replace
from typing import Any

import numpy as np

SECONDS = 5.0
WORD = 64


def many(codes: Any, times: int) -> Any:
    """Return codes with everybody `times` times; a few at the end are left out so that bit maps can be repeated."""
    from models.tally.codes import HourlyWages

    persons = codes.persons // WORD * WORD
    words = persons // WORD

    def bits(maps: Any) -> Any:
        return np.tile(maps[:, :words], (1, times))

    changes: dict[str, Any] = {}
    for field in fields(codes):
        value = getattr(codes, field.name)
        if isinstance(value, np.ndarray):
            is_map = value.ndim == 2
            changes[field.name] = bits(value) if is_map else np.tile(value[:persons], times)
    for name in ("contract", "sector"):
        changes[name] = {level: bits(maps) for level, maps in getattr(codes, name).items()}
    changes["numbers"] = {name: np.tile(values[:persons], times) for name, values in codes.numbers.items()}
    changes["groupings"] = {
        name: replace(grouping, codes=np.tile(grouping.codes[:persons], times))
        for name, grouping in codes.groupings.items()
    }
    person, cents, starts = [], [], [0]
    for month in range(len(codes.wages.starts) - 1):
        part = slice(int(codes.wages.starts[month]), int(codes.wages.starts[month + 1]))
        own, wage = codes.wages.person[part], codes.wages.cents[part]
        own, wage = own[own < persons], wage[own < persons]
        offsets = (np.arange(times, dtype=np.int32) * persons)[:, None]
        person.append((own[None, :] + offsets).ravel().astype(np.int32))
        cents.append(np.tile(wage, times))
        starts.append(starts[-1] + len(person[-1]))
    changes["wages"] = HourlyWages(
        starts=np.asarray(starts), person=np.concatenate(person), cents=np.concatenate(cents)
    )
    return replace(codes, **changes)


def drive(times: int, seconds: float, *, refit: bool = False) -> int:
    """Open the window on that many people, drag for some seconds, and print what was measured.

    With `refit` the next move comes when the coefficients have been painted anew, and that is what is timed.
    """
    from explorer.app import run_window

    drivers: list[Any] = []
    return run_window(
        None, "en", watch=lambda session: drivers.append(Driver(session, times, seconds, refit))
    )


class Driver:
    """Waits until everything is shown, then drags, and closes."""

    def __init__(self, session: Any, times: int, seconds: float, refit: bool) -> None:
        from PySide6.QtCore import QTimer

        self.session, self.times, self.seconds, self.refit = session, times, seconds, refit
        self.first: list[float] = []
        self.last: list[float] = []
        self.stale = 0
        self.painted: dict[int, float | None] = {}
        session.window.resize(1440, 900)
        self.guard = QTimer()
        self.guard.setSingleShot(True)
        self.guard.timeout.connect(lambda: os._exit(3))
        self.guard.start(600_000)
        QTimer.singleShot(300, self._wait)

    def _wait(self) -> None:
        from PySide6.QtCore import QTimer

        session = self.session
        if session.context.dataset is None or session.runner.busy() or not session.overview.settled:
            QTimer.singleShot(100, self._wait)
        elif self.times > 1:
            self._grow()
        else:
            QTimer.singleShot(1500, self._begin)

    def _grow(self) -> None:
        """Put the larger cohort in the place of the sample, without the views that need fits."""
        from PySide6.QtCore import QTimer

        from explorer.core.events import PutBeside, TurnTo

        session, times = self.session, self.times
        dataset = session.context.dataset
        codes = many(dataset.codes, times)
        self.times = 1
        grown = replace(
            dataset,
            codes=codes,
            data_hash=f"{dataset.data_hash}-{times}",
            source=replace(dataset.source, codes=codes),
            stored=True,
        )
        session.send(TurnTo("departure"))
        for panel in (1, 2, 3, 4):
            session.send(PutBeside(panel, True))
        session.context.use(grown)
        QTimer.singleShot(500, self._wait)

    def _begin(self) -> None:
        overview = self.session.overview
        self.panels = [index for index in self.session.state.visible if self._fits(index) == self.refit]
        for index in self.panels:
            self._watch(index)
        overview.answers.shown.connect(self._shown)
        self.session.events.take_hold("age")
        self.begun = time.perf_counter()
        self._when_summed()

    def _watch(self, index: int) -> None:
        """Note when a plot was painted after its last figure: the one under the hand is before others are asked."""
        plot, painted = self.session.window.plots[index], self.painted
        show_chart, paint_now = plot.show_chart, plot.paint_now

        def show(*arguments: Any) -> None:
            painted[index] = None
            show_chart(*arguments)

        def paint() -> None:
            paint_now()
            painted[index] = time.perf_counter()

        plot.show_chart, plot.paint_now = show, paint

    def _when_summed(self) -> None:
        """Wait until the sums along the ages are there; how long that takes is told apart."""
        from PySide6.QtCore import QTimer

        if self.session.runner.busy():
            QTimer.singleShot(5, self._when_summed)
            return
        self.summed = time.perf_counter() - self.begun
        self.until = time.perf_counter() + self.seconds
        self.low = 0
        self._move()

    def _fits(self, index: int) -> bool:
        from explorer.core.views import all_views

        return all_views()[self.session.state.panels[index].view].runs == "fits"

    def _move(self) -> None:
        from explorer.core.events import ChooseRange

        self.low = self.low % 60 + 1
        self.pending = set(self.panels)
        self.begun = time.perf_counter()
        self.session.send(ChooseRange("age", self.low, 150.0, (0.0, 150.0)))

    def _shown(self, index: int) -> None:
        overview = self.session.overview
        figure = overview.figure(index)
        if index not in self.pending or figure is None:
            return
        if figure.spec != overview.answers.spec(index):
            self.stale += 1
            return
        if self.painted[index] is None:
            # What is painted in the next turn of the event loop is painted now.
            self.session.window.plots[index].paint_now()
        taken = ((self.painted[index] or 0.0) - self.begun) * 1000
        if len(self.pending) == len(self.panels):
            self.first.append(taken)
        self.pending.discard(index)
        if self.pending:
            return
        self.last.append(taken)
        from PySide6.QtCore import QTimer

        QTimer.singleShot(0, self._finish if time.perf_counter() > self.until else self._move)

    def _finish(self) -> None:
        self.session.events.let_go("age")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        values = {
            "persons": self.session.context.dataset.codes.persons,
            "moves": len(self.last),
            "first_median": statistics.median(self.first),
            "first_95": float(np.percentile(self.first, 95)),
            "last_median": statistics.median(self.last),
            "last_95": float(np.percentile(self.last, 95)),
            "slowest": max(self.last),
            "stale": self.stale,
            "summed": self.summed,
            "views": len(self.panels),
            "peak_mb": peak,
        }
        print(json.dumps(values), flush=True)
        # A session that has ended asks nothing about what was not saved.
        self.session.close()
        self.session.window.close()


def main() -> int:
    """Measure each size in a process of its own and print a table."""
    parser = argparse.ArgumentParser(description="Measure dragging a filter with all views open.")
    parser.add_argument("--times", type=int, nargs="+", default=[1, 108])
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--one", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--refit", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        return drive(arguments.one, arguments.seconds, refit=arguments.refit)
    print(
        "| persons | views | moves | under the hand, median | 95 % "
        "| last view, median | 95 % | slowest | stale | sums |"
    )
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    milliseconds = ("first_median", "first_95", "last_median", "last_95", "slowest")
    for times in arguments.times:
        found = _measured(times, arguments.seconds)
        numbers = " | ".join(f"{found[name]:.0f} ms" for name in milliseconds)
        first = f"| {found['persons']} | {found['views']} | {found['moves']} | {numbers} "
        print(f"{first}| {found['stale']} | {found['summed']:.1f} s |", flush=True)
    print("\n| persons | moves | move to coefficients painted, median | 95 % | slowest | stale |")
    print("|---:|---:|---:|---:|---:|---:|")
    found = _measured(1, arguments.seconds, "--refit")
    numbers = " | ".join(f"{found[name]:.0f} ms" for name in ("last_median", "last_95", "slowest"))
    print(f"| {found['persons']} | {found['moves']} | {numbers} | {found['stale']} |", flush=True)
    return 0


def _measured(times: int, seconds: float, *more: str) -> dict[str, Any]:
    """Drag in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "tools.bench_live",
        "--one",
        str(times),
        "--seconds",
        str(seconds),
        *more,
    ]
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


if __name__ == "__main__":
    sys.exit(main())
