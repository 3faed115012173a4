"""Before the window opens: install the system libraries it needs where that is allowed, else say how.

Only Debian and Ubuntu, and only as root or with sudo that asks nothing. Run by ``make run``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from explorer.core.display import PACKAGES, missing_library


def main() -> int:
    """Install what is missing; the program itself says what remains in the way."""
    headless = os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal"))
    if headless or not sys.platform.startswith("linux") or missing_library() is None:
        return 0
    prefix = _allowed()
    if prefix is None or shutil.which("apt-get") is None:
        return 0
    print("Installing the system libraries of the window:", *PACKAGES)
    for step in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *PACKAGES]):
        done = subprocess.run(
            [*prefix, *step], env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, check=False
        )
        if done.returncode:
            break
    return 0


def _allowed() -> list[str] | None:
    """Return what to write before a command to run it as root, or None when that may not be."""
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


if __name__ == "__main__":
    sys.exit(main())
