"""Other processes of this machine: whether one still runs, and since when."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def started(pid: int) -> str:
    """Return when a process began, in the system's own terms; "" where the system does not tell."""
    try:
        line = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # The second field is the program's name in brackets and may hold spaces; the 22nd is the start.
    return line.rpartition(")")[2].split()[19]


def alive(pid: int, since: str) -> bool:
    """Whether the process that had this number since then still runs; another that has it since is not it."""
    return running(pid) and since == started(pid)


def running(pid: int) -> bool:
    """Whether there is a process of this number."""
    if sys.platform == "win32":
        return _running_on_windows(pid)
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True


if sys.platform == "win32":

    def _running_on_windows(pid: int) -> bool:
        # There os.kill would end the process instead of asking for it.
        import ctypes

        limited_information, still_active = 0x1000, 259
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(limited_information, False, pid)
        if not handle:
            return False
        code = ctypes.c_ulong()
        known = kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return bool(known) and code.value == still_active
