"""Writing a workspace: whole or not at all, and the same bytes for the same analysis."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from explorer.core.placing import put
from explorer.core.words import N_, Refusal
from explorer.workspace.document import FORMAT, SAMPLE, DatasetReference, Workspace
from explorer.workspace.states import converter


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
    put(path, to_bytes(to_json(seen)))


def to_json(workspace: Workspace) -> dict[str, Any]:
    """Return `workspace` as a JSON object."""
    return {"format": FORMAT, **converter().unstructure(workspace)}


def to_bytes(document: dict[str, Any]) -> bytes:
    """Return a JSON object as the bytes of a file: readable by eye, keys in order, a small change a small diff."""
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"
    # A path may hold bytes that are no text. Python has them as lone surrogates, whose escape is also that of JSON.
    return text.encode("utf-8", "backslashreplace")


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
