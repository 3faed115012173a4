"""Pictures of the window for the documents, made by the program itself.

    python -m tools.screenshots [FOLDER]

Each is a process of its own, as a person would open it; pictures are reduced to 256 colours to stay small.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SHOTS = (
    ("overview", 1440, 900, "en", "light", "hover"),
    ("overview-nl-dark", 1440, 900, "nl", "dark", "hover"),
    ("large", 1920, 1080, "en", "light", ""),
    ("middle-nl", 1280, 800, "nl", "light", "women"),
    ("small-nl", 1024, 700, "nl", "light", ""),
    ("small-dark", 1024, 700, "en", "dark", "sectors"),
)


def shoot(name: str, width: int, height: int, language: str, theme: str, scene: str, folder: Path) -> None:
    """Open the window, set the scene, and save its picture."""
    environment = dict(os.environ)
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment["XDG_CONFIG_HOME"] = tempfile.mkdtemp()
    command = [sys.executable, "-m", "tools.screenshots", "--one", str(folder / f"{name}.png")]
    command += [str(width), str(height), language, theme, scene or "-"]
    subprocess.run(command, check=True, env=environment)


def one(path: str, width: str, height: str, language: str, theme: str, scene: str) -> int:
    """Take one picture in this process."""
    from PySide6.QtCore import QTimer

    from explorer.app import run_window
    from explorer.core.events import ChooseMeasure, CompareBy, FocusPanel, OnlyLevel

    def watch(session: object) -> None:
        s: object = session
        window = s.window  # type: ignore[attr-defined]
        window.resize(int(width), int(height))
        s.set_theme(theme)  # type: ignore[attr-defined]
        steps = {
            "women": [OnlyLevel("sex", "female"), CompareBy(("age_band",))],
            "sectors": [ChooseMeasure(1, "sectors"), FocusPanel(1)],
        }.get(scene, [])

        def ready() -> None:
            if s.runner.busy() or not s.overview.settled:  # type: ignore[attr-defined]
                QTimer.singleShot(50, ready)
                return
            if steps:
                s.send(steps.pop(0))  # type: ignore[attr-defined]
                QTimer.singleShot(50, ready)
                return
            if scene == "hover":
                for plot in window.plots:
                    plot.mark(9.0)
            QTimer.singleShot(300, finish)

        def finish() -> None:
            window.grab().save(path)
            window.close()

        QTimer.singleShot(300, ready)

    status = run_window(None, language, watch)
    _reduce(Path(path))
    return status


def _reduce(path: Path) -> None:
    from PIL import Image

    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(
            256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
    small.save(path, optimize=True)


def main() -> int:
    """Take every picture, or with --one a single one."""
    if sys.argv[1:2] == ["--one"]:
        return one(*sys.argv[2:])
    parser = argparse.ArgumentParser(description="Pictures of the window for the documents.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("docs/screenshots"))
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for shot in SHOTS:
        shoot(*shot, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
