"""Pictures of the window for the documents, made by the program itself.

    python -m tools.screenshots [FOLDER] [--only NAME ...]
    python -m tools.screenshots [FOLDER] --sheets [--whole]

With --sheets every view there is stands on one sheet for each language and appearance; with --whole each is kept in its
own file as well. Each language and appearance is a process of its own, as a person would open it; in it the scenes
follow one another.
Pictures are reduced to few colours to stay small.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAGES = ("overview", "departure", "work", "wages", "flows", "lexis", "model")
COLOURS = 256
SHEETS = "views"
COLUMNS = 6
PATIENCE_S = 120.0
"""A scene that is not there by then is a fault of the program, and no picture is taken."""


@dataclass(frozen=True)
class Shot:
    """One picture: its name, the window's size, language and appearance, what is sent before, what is hovered."""

    name: str
    language: str
    theme: str
    events: Callable[[], tuple[Any, ...]]
    size: tuple[int, int] = (1280, 800)
    hover: float | None = None
    panel: int | None = None
    """The panel to show alone; None for the whole window."""


def _named() -> tuple[Shot, ...]:
    from explorer.core.events import (
        ChooseMeasure,
        CompareBy,
        CompareKept,
        KeepAs,
        OnlyLevel,
        PutBeside,
        SetOption,
        TurnTo,
    )

    large = (1440, 900)
    return (
        Shot("overview", "en", "light", lambda: (), size=large, hover=9.0),
        Shot("overview-nl-dark", "nl", "dark", lambda: (), size=large, hover=9.0),
        Shot("departures", "en", "light", lambda: (TurnTo("departure"),), hover=12.0),
        Shot("work-nl", "nl", "light", lambda: (TurnTo("work"), ChooseMeasure(1, "first_job")), hover=6.0),
        Shot("wages", "en", "light", lambda: (TurnTo("wages"),), hover=12.0),
        Shot("flows-nl-dark", "nl", "dark", lambda: (TurnTo("flows"),), hover=6.0),
        Shot("alluvial", "en", "light", lambda: (TurnTo("flows"), ChooseMeasure(3, "flows"))),
        Shot("lexis", "en", "light", lambda: (TurnTo("lexis"),)),
        Shot("model", "en", "light", lambda: (TurnTo("model"),), size=large),
        Shot(
            "projection-nl",
            "nl",
            "light",
            lambda: (TurnTo("departure"), ChooseMeasure(0, "projection"), SetOption(0, "factor", 1.5)),
        ),
        Shot("naive", "en", "light", lambda: (TurnTo("departure"), ChooseMeasure(0, "naive_censoring"))),
        Shot(
            "compare-ab",
            "en",
            "light",
            lambda: (
                OnlyLevel("sex", "female"),
                KeepAs("A"),
                OnlyLevel("sex", "male"),
                KeepAs("B"),
                CompareKept(True),
                TurnTo("departure"),
                PutBeside(1, True),
            ),
            size=large,
        ),
        Shot("small-nl", "nl", "light", lambda: (CompareBy(("sex",)),), size=(1024, 700)),
    )


def _pages() -> tuple[Shot, ...]:
    """Every page in both languages and appearances."""
    from explorer.core.events import TurnTo

    return tuple(
        Shot(f"pages/{page}-{language}-{theme}", language, theme, lambda page=page: (TurnTo(page),))
        for language in ("en", "nl")
        for theme in ("light", "dark")
        for page in PAGES
    )


def _views() -> tuple[Shot, ...]:
    """Every view there is, each on its own page, in both languages and appearances."""
    from explorer.core.events import ChooseMeasure, TurnTo
    from explorer.core.state import AppState
    from explorer.core.views import PAGES as TOPICS
    from explorer.core.views import views_of

    panels = [(index, panel.topic) for index, panel in enumerate(AppState().panels)]
    return tuple(
        Shot(
            f"{SHEETS}/{view.name}-{language}-{theme}",
            language,
            theme,
            lambda topic=topic, index=index, name=view.name: (TurnTo(topic), ChooseMeasure(index, name)),
            size=(1100, 760),
            panel=index,
        )
        for language in ("en", "nl")
        for theme in ("light", "dark")
        for index, topic in panels
        if topic in TOPICS
        for view in views_of(topic)
    )


def all_shots() -> tuple[Shot, ...]:
    """Return every picture there is."""
    return (*_named(), *_pages())


class Photographer:
    """Takes the pictures of one language and appearance, one after another."""

    def __init__(self, session: Any, shots: list[Shot], folder: Path) -> None:
        from PySide6.QtCore import QTimer

        self.session, self.shots, self.folder = session, shots, folder
        self.fresh: Any = None
        self.waiting: list[Any] = []
        self.begun = time.monotonic()
        session.appearance.set_theme(shots[0].theme)
        QTimer.singleShot(300, self._ready)

    def _ready(self) -> None:
        from PySide6.QtCore import QTimer

        session = self.session
        if time.monotonic() - self.begun > PATIENCE_S:
            sys.exit(f"{self.shots[0].name} did not settle")
        if session.context.dataset is None or session.runner.busy() or not session.overview.settled:
            QTimer.singleShot(60, self._ready)
        elif self.fresh is None:
            self.fresh = session.state
            self._begin()
        elif self.waiting:
            session.send(self.waiting.pop(0))
            QTimer.singleShot(60, self._ready)
        else:
            if self.shots[0].hover is not None:
                for index in session.state.visible:
                    session.window.plots[index].mark(self.shots[0].hover)
            QTimer.singleShot(350, self._take)

    def _begin(self) -> None:
        from PySide6.QtCore import QTimer

        self.begun = time.monotonic()
        shot = self.shots[0]
        self.session.window.resize(*shot.size)
        # What a program that was broken off left behind is no part of a picture.
        self.session.window.banner.show_notice(None)
        for plot in self.session.window.plots:
            plot.mark(None)
        self.session.store.reset(self.fresh)
        self.session.context.use(self.session.context.dataset)
        self.waiting = list(shot.events())
        QTimer.singleShot(60, self._ready)

    def _take(self) -> None:
        shot = self.shots.pop(0)
        path = self.folder / f"{shot.name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        window = self.session.window
        (window if shot.panel is None else window.panels[shot.panel]).grab().save(str(path))
        _reduce(path)
        if self.shots:
            self._begin()
        else:
            # A session that has ended asks nothing about what was not saved.
            self.session.close()
            self.session.window.close()


def one(language: str, theme: str, folder: Path, names: list[str], *, sheets: bool) -> int:
    """Take the pictures of one language and appearance in this process."""
    from explorer.app import run_window

    shots = [
        shot
        for shot in (_views() if sheets else all_shots())
        if (shot.language, shot.theme) == (language, theme)
    ]
    shots = [shot for shot in shots if not names or shot.name in names]
    if not shots:
        return 0
    kept: list[Any] = []
    return run_window(None, language, lambda session: kept.append(Photographer(session, shots, folder)))


def _reduce(path: Path) -> None:
    from PIL import Image

    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(
            COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
    small.save(path, optimize=True)


def sheet(folder: Path, language: str, theme: str) -> Path:
    """Put the pictures of every view, at half size, on one sheet."""
    from PIL import Image

    paths = [
        folder / f"{shot.name}.png" for shot in _views() if (shot.language, shot.theme) == (language, theme)
    ]
    pictures = [Image.open(path).convert("RGB") for path in paths]
    small = [picture.resize((picture.width // 2, picture.height // 2)) for picture in pictures]
    width, height = max(one.width for one in small), max(one.height for one in small)
    rows = -(-len(small) // COLUMNS)
    whole = Image.new("RGB", (COLUMNS * width, rows * height), small[0].getpixel((0, 0)))
    for place, picture in enumerate(small):
        whole.paste(picture, (place % COLUMNS * width, place // COLUMNS * height))
    path = folder / f"{SHEETS}-{language}-{theme}.png"
    whole.save(path)
    _reduce(path)
    return path


def main() -> int:
    """Take every picture, or those named."""
    parser = argparse.ArgumentParser(description="Pictures of the window for the documents.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("docs/screenshots"))
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME")
    parser.add_argument("--sheets", action="store_true")
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--one", nargs=2, default=(), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        return one(*arguments.one, arguments.folder, arguments.only, sheets=arguments.sheets)
    for language in ("en", "nl"):
        for theme in ("light", "dark"):
            environment = {
                "QT_QPA_PLATFORM": "offscreen",
                **os.environ,
                "XDG_CONFIG_HOME": tempfile.mkdtemp(),
            }
            command = [sys.executable, "-m", "tools.screenshots", str(arguments.folder)]
            command += ["--one", language, theme]
            command += ["--only", *arguments.only] if arguments.only else []
            command += ["--sheets"] if arguments.sheets else []
            subprocess.run(command, check=True, env=environment)
            if arguments.sheets:
                sheet(arguments.folder, language, theme)
    if arguments.sheets and not arguments.whole:
        shutil.rmtree(arguments.folder / SHEETS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
