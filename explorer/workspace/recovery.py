"""What an earlier run could not save: one file a running program, found again when that program is gone."""

from __future__ import annotations

import contextlib
import os
import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from explorer.core.placing import OWN, put
from explorer.core.processes import alive, started
from explorer.core.words import N_, Refusal
from explorer.workspace.document import SAMPLE, SUFFIX, Workspace
from explorer.workspace.reading import Stored, read, read_parts
from explorer.workspace.writing import to_bytes, to_json

PREFIX: Final = "recovery-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """What was found, and the file of the workspace in which the reader was working, if there was one."""

    stored: Stored
    file: Path | None = None


class RecoveryFile:
    """The autosave of this program in a folder of the user's own; other running programs have theirs beside it.

    Parameters
    ----------
    folder
        Made when it is first needed, for the user alone.
    pid
        Process that this program is; only tests give another.
    """

    def __init__(self, folder: Path, pid: int | None = None) -> None:
        self._folder = folder
        self._pid = os.getpid() if pid is None else pid
        self._taken: Path | None = None
        self._written = b""

    @property
    def path(self) -> Path:
        """Where this program saves."""
        return self._folder / f"{PREFIX}{self._pid}{SUFFIX}"

    def save(self, workspace: Workspace, file: Path | None = None) -> None:
        """Save `workspace`, that of `file`; where nothing changed since the last time, nothing is written.

        Raises
        ------
        Refusal
            When it cannot be written; the last one saved stays.
        """
        dataset = replace(workspace.dataset, relative="")
        content = to_bytes(
            {
                **to_json(replace(workspace, dataset=dataset)),
                "process": {"pid": self._pid, "since": started(self._pid)},
                "file": "" if file is None else str(file.absolute()),
            }
        )
        if content == self._written and self.path.exists():
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise Refusal(
                N_("The folder “{folder}” cannot be made: {reason}."),
                folder=str(self._folder),
                reason=error.strerror or "",
            ) from None
        put(self.path, content, OWN)
        self._written = content

    def load(self) -> Recovered | None:
        """Return the newest workspace of a program that is gone; None when every program ended by itself.

        Its file stays until `clear`, so that a second fall loses nothing either. Files that cannot be read are
        passed over.
        """
        for path in self._newest_first():
            try:
                parts = read_parts(path)
                if not _runs(parts.get("process")):
                    stored = read(path)
                    self._taken = self._aside(path)
                    return Recovered(stored=stored, file=_file_of(parts))
            except Refusal:
                continue
        return None

    def clear(self) -> None:
        """Forget what this program saved and what it found: it ends by itself, or the reader does not want it."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)
            if self._taken is not None:
                self._taken.unlink(missing_ok=True)
        self._written, self._taken = b"", None

    def _aside(self, path: Path) -> Path:
        """Return where a file that was found now is: one that has this program's number makes room for its own."""
        if path != self.path:
            return path
        other = path.with_name(f"{PREFIX}{self._pid}-{secrets.token_hex(4)}{SUFFIX}")
        try:
            return path.replace(other)
        except OSError:
            return path

    def _newest_first(self) -> list[Path]:
        found: list[tuple[int, str, Path]] = []
        with contextlib.suppress(OSError):
            for path in self._folder.glob(f"{PREFIX}*{SUFFIX}"):
                # A program that ends meanwhile takes its file with it.
                with contextlib.suppress(OSError):
                    found.append((path.stat().st_mtime_ns, path.name, path))
        return [path for *_, path in sorted(found, reverse=True)]


def _file_of(parts: dict[str, Any]) -> Path | None:
    name = parts.get("file")
    return Path(name) if isinstance(name, str) and name and name != SAMPLE else None


def _runs(process: Any) -> bool:
    """Whether the program that wrote a file still runs; another that has its number since is not it."""
    match process:
        case {"pid": int(pid), "since": str(since)} if pid > 0:
            return alive(pid, since)
    return False
