"""What an earlier run could not save: one file a run of the program, found again when that run has ended."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from explorer.core.placing import OWN, put
from explorer.core.runs import goes_on, this_run
from explorer.core.words import N_, Refusal
from explorer.workspace.document import SUFFIX, Workspace
from explorer.workspace.reading import Stored, read, read_parts
from explorer.workspace.writing import to_bytes, to_json

PREFIX: Final = "recovery-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """What was found, and the file of the workspace in which the reader was working, if there was one."""

    stored: Stored
    file: Path | None = None


class RecoveryFile:
    """The autosave of this run in a folder of the user's own; other runs have theirs beside it.

    The folder is made when it is first needed, for the user alone. Only tests give another name of the `run`.
    """

    def __init__(self, folder: Path, run: str | None = None) -> None:
        self._folder, self._run = folder, run
        self._taken: Path | None = None
        self._written = b""

    @property
    def path(self) -> Path:
        """Where this program saves."""
        return self._folder / f"{PREFIX}{this_run() if self._run is None else self._run}{SUFFIX}"

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
        """Return the newest workspace of a run that broke off; None when every run ended by itself.

        Its file stays until `clear`, so that a second fall loses nothing either. Files that cannot be read are
        passed over.
        """
        for path in self._newest_first():
            try:
                stored, name = read(path), read_parts(path).get("file")
            except Refusal:
                continue
            self._taken = path
            return Recovered(stored=stored, file=Path(name) if isinstance(name, str) and name else None)
        return None

    def clear(self) -> None:
        """Forget what this program saved and what it found: it ends by itself, or the reader does not want it."""
        with contextlib.suppress(OSError):
            if self._written:
                self.path.unlink(missing_ok=True)
            if self._taken is not None:
                self._taken.unlink(missing_ok=True)
        self._written, self._taken = b"", None

    def _newest_first(self) -> list[Path]:
        found: list[tuple[int, str, Path]] = []
        with contextlib.suppress(OSError):
            for path in self._folder.glob(f"{PREFIX}*{SUFFIX}"):
                # A run that ends meanwhile takes its file with it.
                with contextlib.suppress(OSError):
                    if not goes_on(path.name.removeprefix(PREFIX).removesuffix(SUFFIX)):
                        found.append((path.stat().st_mtime_ns, path.name, path))
        return [path for *_, path in sorted(found, reverse=True)]
