"""Measure and print: start, opening, filter to repaint, dragging, memory. Medians over several runs.

    python -m tools.bench [--runs 5]

Every figure is of a whole process on this machine, at this moment; compare ratios, not machines.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from explorer.core.folders import cache_folder
from explorer.pipeline.opening import sample_path

CODES = "codes"


def child(mode: str, folder: Path) -> dict[str, float]:
    """Run one measured process and return what it printed."""
    environment = dict(os.environ)
    if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    # As on a reader's machine, where the program's modules are compiled once.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["COHORT_BENCH_STARTED"] = repr(time.monotonic())
    command = [sys.executable, "-m", "tools.bench_child", mode, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def clear_codes() -> None:
    """Forget stored counts, so that the next start counts anew."""
    for path in (cache_folder() / CODES).glob("codes-*.npz"):
        path.unlink()


def measure(runs: int, folder: Path) -> list[tuple[str, list[float], str, str]]:
    """Return rows of (what, values, unit, aim)."""
    first, cached, opened, live = [], [], [], []
    for _ in range(runs):
        clear_codes()
        first.append(child("start", folder))
        cached.append(child("start", folder))
        opened.append(child("open", folder))
        live.append(child("live", folder))

    def column(rows: list[dict[str, float]], name: str) -> list[float]:
        return [row[name] for row in rows]

    return [
        ("process start to window shown", column(cached, "window"), "s", "1.0"),
        ("process start to figures 8 and 9 drawn, cached", column(cached, "figures"), "s", "1.5"),
        ("process start to figures 8 and 9 drawn, first count", column(first, "figures"), "s", "3.5"),
        ("process start to all six views drawn, the model fitted, cached", column(cached, "all"), "s", ""),
        ("opening the full sample: read, validate, count", column(opened, "open"), "s", ""),
        ("filter change to all six views repainted, median of 50", column(live, "filter_median"), "ms", ""),
        (
            "filter change to all six views repainted, 95th percentile of 50",
            column(live, "filter_95"),
            "ms",
            "150",
        ),
        ("age changed to all six views repainted, 95th percentile of 60", column(live, "drag_95"), "ms", ""),
        ("13 coefficients refitted and repainted, median", column(live, "refit_median"), "ms", "100"),
        ("13 coefficients refitted and repainted, 95th percentile", column(live, "refit_95"), "ms", ""),
        ("peak memory, start from the cache", column(cached, "peak_mb"), "MB", "600"),
        ("peak memory, first count", column(first, "peak_mb"), "MB", "600"),
        ("peak memory, 50 filters and a drag", column(live, "peak_mb"), "MB", "600"),
    ]


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description="Measure the window on the full sample.")
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as home:
        os.environ["XDG_CACHE_HOME"] = home
        os.environ["XDG_CONFIG_HOME"] = home
        rows = measure(runs, sample_path())
    print(f"| measured ({runs} runs each, {os.cpu_count()} cores) | median | least | most | aim |")
    print("|---|---:|---:|---:|---:|")
    for what, values, unit, aim in rows:
        digits = 0 if unit != "s" else 2
        median, low, high = statistics.median(values), min(values), max(values)
        aimed = f"{aim} {unit}" if aim else ""
        print(f"| {what} | {median:.{digits}f} {unit} | {low:.{digits}f} | {high:.{digits}f} | {aimed} |")


if __name__ == "__main__":
    main()
