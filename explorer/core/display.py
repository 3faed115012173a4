"""Whether a window can open, asked before Qt is: without a display Qt aborts before Python can speak."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from explorer.core.words import N_, Message

PACKAGES: Final = (
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-cursor0",
    "libxkbcommon-x11-0",
    "libegl1",
    "libgl1",
)
"""What a window needs on Debian and Ubuntu; Qt's own message blames libxcb-cursor0 whichever is missing."""

NO_DISPLAY = N_(
    "There is no display to open a window on; “cohort-explorer figures --out DIR” prints the figures without."
)
NO_ANSWER = N_(
    "The display “{display}” does not answer; “cohort-explorer figures --out DIR” prints the figures without one."
)
MISSING = N_(
    "The window needs a system library that is missing ({library}); on Debian or Ubuntu: apt-get install {packages}"
)


def obstacle(environment: Mapping[str, str] | None = None) -> Message | None:
    """Return why no window can open, in one sentence with the remedy, or None when one can."""
    env = os.environ if environment is None else environment
    if not sys.platform.startswith("linux"):
        return None
    platform = env.get("QT_QPA_PLATFORM", "").split(":")[0]
    if platform in ("offscreen", "minimal", "vnc"):
        return None
    if not (env.get("DISPLAY") or env.get("WAYLAND_DISPLAY")):
        return Message(NO_DISPLAY)
    library = missing_library()
    if library is not None:
        return Message(MISSING, {"library": library, "packages": " ".join(PACKAGES)})
    if not env.get("WAYLAND_DISPLAY") and not _answers(env["DISPLAY"]):
        return Message(NO_ANSWER, {"display": env["DISPLAY"]})
    return None


def missing_library() -> str | None:
    """Return the name of a library that Qt's window needs and the system lacks; Qt is not imported."""
    found = importlib.util.find_spec("PySide6")
    if found is None or found.origin is None:
        return "PySide6"
    plugins = Path(found.origin).parent / "Qt" / "plugins" / "platforms"
    for name in ("libqxcb.so", "libqwayland.so", "libqwayland-generic.so"):
        plugin = plugins / name
        if name != "libqxcb.so" and not os.environ.get("WAYLAND_DISPLAY"):
            continue
        if plugin.exists():
            try:
                ctypes.CDLL(str(plugin))
            except OSError as error:
                return str(error).partition(":")[0]
    return None


def _answers(display: str) -> bool:
    """Connect to the X server as politely as xcb does; True where that cannot be tried."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed
