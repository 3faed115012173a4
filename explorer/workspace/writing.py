"""Writing a workspace: whole or not at all, and the same bytes for the same analysis."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
import stat
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from explorer.core.words import N_, Refusal
from explorer.workspace.document import FORMAT, SAMPLE, DatasetReference, Snapshot, Workspace
from explorer.workspace.states import state_to_json

NEW: Final = 0o666
"""Mode of a new file, less what the user's umask takes away."""


def write(workspace: Workspace, path: Path) -> None:
    """Write `workspace` to `path`; a file that is there keeps its mode, and stays as it was when this fails.

    Raises
    ------
    Refusal
        In one sentence: a folder that does not exist, no permission, no space.
    """
    folder = path.absolute().parent
    if not folder.is_dir():
        raise Refusal(N_("The folder “{folder}” does not exist; choose another folder."), folder=str(folder))
    seen = replace(workspace, dataset=_seen_from(folder, workspace.dataset))
    write_whole(path, to_bytes(to_json(seen)))


def to_json(workspace: Workspace) -> dict[str, Any]:
    """Return `workspace` as a JSON object."""
    return {
        "format": FORMAT,
        "saved_with": workspace.saved_with,
        "language": workspace.language,
        "dataset": _dataset_to_json(workspace.dataset),
        "state": state_to_json(workspace.state),
        "snapshots": [_snapshot_to_json(snapshot) for snapshot in workspace.snapshots],
    }


def to_bytes(document: dict[str, Any]) -> bytes:
    """Return a JSON object as the bytes of a file: readable by eye, keys in order, a small change a small diff."""
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"
    # A path may hold bytes that are no text. Python has them as lone surrogates, whose escape is also that of JSON.
    return text.encode("utf-8", "backslashreplace")


def write_whole(path: Path, content: bytes, mode: int | None = None) -> None:
    """Put `content` in place at once: a temporary file beside it, synced, then renamed.

    Parameters
    ----------
    mode
        Mode of the file; by default that of the file in whose place it comes, or that of any new file.

    Raises
    ------
    Refusal
        When it cannot be written; nothing is left half-written.
    """
    temporary: Path | None = None
    try:
        # A link keeps being one; the file behind it is written.
        target = path.resolve()
        there = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
        if there is not None and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        temporary = target.with_name(f".{secrets.token_hex(8)}.part")
        _fill(temporary, content, NEW if mode is None else mode)
        if mode is None and there is not None:
            temporary.chmod(there)
        temporary.replace(target)
        _sync_folder(target.parent)
    except (OSError, RuntimeError, ValueError) as error:
        # A path can also be a loop of links or hold a zero byte: no OSError in Python 3.11.
        raise Refusal(
            N_("“{file}” cannot be written: {reason}. Choose another folder or free some space."),
            file=str(path),
            reason=getattr(error, "strerror", None) or str(error),
        ) from None
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _fill(path: Path, content: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a loss of power, where the system can."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _seen_from(folder: Path, dataset: DatasetReference) -> DatasetReference:
    """Return the reference with the path as seen from `folder`, so that the two can move together."""
    if dataset.path == SAMPLE:
        return replace(dataset, relative="")
    try:
        relative = os.path.relpath(dataset.path, folder.resolve())
    except (OSError, ValueError):
        # Another drive cannot be reached from here.
        return replace(dataset, relative="")
    return replace(dataset, relative=relative.replace(os.sep, "/"))


def _dataset_to_json(dataset: DatasetReference) -> dict[str, Any]:
    return {
        "path": dataset.path,
        "relative": dataset.relative,
        "data_hash": dataset.data_hash,
        "title": dataset.title,
        "arrivals_from": dataset.arrivals_from.isoformat(),
        "observed_until": dataset.observed_until.isoformat(),
        "columns": list(dataset.columns),
    }


def _snapshot_to_json(snapshot: Snapshot) -> dict[str, Any]:
    return {"name": snapshot.name, "state": state_to_json(snapshot.state)}
