"""Reading a workspace: first the file alone, then against the dataset that was opened for it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NoReturn

from explorer.core.schema import place_of
from explorer.core.words import LANGUAGES, N_, Message, Refusal
from explorer.workspace import snapshots
from explorer.workspace.document import FORMAT, SAMPLE, DatasetReference, Snapshot, Workspace
from explorer.workspace.migrating import MIGRATIONS, Damaged, Step, migrated
from explorer.workspace.selections import Known, LeftOut
from explorer.workspace.states import converter, state_known, state_left

LARGEST: Final = 16 * 1024 * 1024
"""Bytes; nothing that asks only is larger."""
_DIGITS: Final = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A workspace as its file has it: conditions may name what the data no longer have.

    `notes` tell what this version of the program does not know and left out.
    """

    file: Path
    workspace: Workspace
    notes: tuple[Message, ...] = ()

    def folder(self) -> Path | None:
        """Return the folder of the dataset: as seen from the file where that exists; None is the bundled sample."""
        dataset = self.workspace.dataset
        if dataset.path == SAMPLE:
            return None
        if dataset.relative:
            beside = self.file.absolute().parent / dataset.relative
            try:
                if beside.is_dir():
                    return beside.resolve()
            except (OSError, RuntimeError, ValueError):
                pass
        return Path(dataset.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A workspace that fits the dataset that is open, and what was left out or has changed, in sentences.

    `lost` are the conditions that the data do not have: without them its selections are of other people, so that
    nobody is shown it unasked; `lost_in_snapshots` those of the states that were kept.
    """

    workspace: Workspace
    notes: tuple[Message, ...] = ()
    lost: tuple[str, ...] = ()
    lost_in_snapshots: tuple[str, ...] = ()


def read(path: Path, migrations: Mapping[int, Step] = MIGRATIONS, present: int = FORMAT) -> Stored:
    """Return the workspace in the file `path`.

    Raises
    ------
    Refusal
        In one sentence: the file cannot be read, is no workspace, is damaged, or is of a newer version.
    """
    document = _document(path, _content(path), present)
    notes: list[Message] = []
    try:
        workspace = _workspace(migrated(document, migrations, present), notes)
    except Damaged as damage:
        raise Refusal(DAMAGED, file=str(path), place=damage.place) from None
    return Stored(file=path, workspace=workspace, notes=_each_once(notes))


def read_parts(path: Path) -> dict[str, Any]:
    """Return the JSON object in a file, of whatever kind it is; refusals are those of `read`."""
    return _object(path, _content(path))


def resolve(
    stored: Stored,
    *,
    levels: Mapping[str, tuple[str, ...]],
    numbers: frozenset[str],
    present: DatasetReference,
) -> Opened:
    """Return the workspace as it holds on the dataset that was opened for it.

    `levels` are by grouping column, `numbers` the columns with numbers; `present`, the reference to that dataset,
    takes the place of the stored one.
    """
    workspace = stored.workspace
    out = LeftOut(notes=[*_changes(workspace.dataset, present), *stored.notes])
    kept = LeftOut(notes=out.notes)
    known = Known(levels=levels, numbers=numbers)
    return Opened(
        workspace=replace(
            workspace,
            dataset=present,
            state=state_left(workspace.state, known, out),
            snapshots=tuple(
                replace(one, state=state_left(one.state, known, kept)) for one in workspace.snapshots
            ),
        ),
        notes=_each_once(out.notes),
        lost=tuple(dict.fromkeys(out.lost)),
        lost_in_snapshots=tuple(dict.fromkeys(kept.lost)),
    )


def _changes(before: DatasetReference, now: DatasetReference) -> list[Message]:
    """Return what is not as it was when the workspace was saved, in sentences; nothing where all is."""
    if before.data_hash == now.data_hash:
        return []
    if before.path == now.path:
        notes = [Message(N_("The data have changed since this workspace was saved."))]
    else:
        folder = Message(N_("the bundled sample")) if now.path == SAMPLE else now.path
        notes = [
            Message(
                N_("The data are read from another place than when this workspace was saved: {folder}."),
                {"folder": folder},
            )
        ]
    for name, text in (
        ("title", N_("They are now called “{now}”; they were “{before}”.")),
        ("observed_until", N_("They are now observed until {now}; that was {before}.")),
        ("arrivals_from", N_("Arrivals now count from {now}; that was {before}.")),
    ):
        old, new = str(getattr(before, name)), str(getattr(now, name))
        if old != new:
            notes.append(Message(text, {"now": new, "before": old}))
    added = [name for name in now.columns if name not in before.columns]
    removed = [name for name in before.columns if name not in now.columns]
    if added:
        notes.append(Message(N_("Columns added: {columns}."), {"columns": ", ".join(added)}))
    if removed:
        notes.append(Message(N_("Columns removed: {columns}."), {"columns": ", ".join(removed)}))
    return notes


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Refusal(N_("“{file}” is a folder; choose the file of a workspace."), file=str(path))
        if not path.exists():
            raise Refusal(N_("“{file}” does not exist; choose the file of a workspace."), file=str(path))
        if not path.is_file() or path.stat().st_size > LARGEST:
            raise Refusal(NO_WORKSPACE, file=str(path))
        return path.read_bytes()
    except (OSError, RuntimeError, ValueError) as error:
        raise Refusal(
            N_("“{file}” cannot be read: {reason}; check its permissions."),
            file=str(path),
            reason=getattr(error, "strerror", None) or str(error),
        ) from None


def _object(path: Path, content: bytes) -> dict[str, Any]:
    if not content.strip():
        raise Refusal(
            N_("“{file}” is empty; choose another file, or a copy of it from before."), file=str(path)
        )
    try:
        found = json.loads(
            content.decode("utf-8-sig"),
            parse_constant=_no_number,
            parse_float=_finite,
            parse_int=_whole,
        )
    except (ValueError, RecursionError):
        raise Refusal(NO_WORKSPACE, file=str(path)) from None
    if not isinstance(found, dict):
        raise Refusal(NO_WORKSPACE, file=str(path))
    return found


def _document(path: Path, content: bytes, present: int) -> dict[str, Any]:
    found = _object(path, content)
    number = found.get("format")
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise Refusal(NO_WORKSPACE, file=str(path))
    if number > present:
        raise Refusal(
            N_(
                "“{file}” was saved by a newer version of the program ({version}); install that version to open it."
            ),
            file=str(path),
            version=" ".join(str(found.get("saved_with", number)).split())[:40],
        )
    if "dataset" not in found or "state" not in found:
        raise Refusal(NO_WORKSPACE, file=str(path))
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(digits)
    return value


def _whole(digits: str) -> int:
    # Longer ones fit in no number that a workspace holds, and would overflow further on.
    if len(digits) > _DIGITS:
        raise ValueError(digits)
    return int(digits)


def _workspace(found: dict[str, Any], notes: list[Message]) -> Workspace:
    try:
        stored = converter().structure({"saved_with": "", **found}, Workspace)
    except Exception as error:  # of as many kinds as there are ways to be no workspace
        raise Damaged(place_of(error)) from None
    kept: tuple[Snapshot, ...] = ()
    for one in stored.snapshots:
        try:
            kept = snapshots.add(kept, one.name, state_known(one.state, notes))
        except Refusal:
            raise Damaged("snapshots.name") from None
    return replace(
        stored,
        state=state_known(stored.state, notes),
        snapshots=kept,
        language=stored.language if stored.language in LANGUAGES else "en",
    )


def _each_once(notes: list[Message]) -> tuple[Message, ...]:
    out: list[Message] = []
    for note in notes:
        if note not in out:
            out.append(note)
    return tuple(out)


NO_WORKSPACE: Final = N_("“{file}” is no workspace, or it is damaged; choose another file, or a copy of it.")
DAMAGED: Final = N_("The workspace “{file}” is damaged at “{place}”; choose a copy of it from before.")
