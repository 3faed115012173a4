"""How are settings written? A few TOML values from Python values (the standard library only reads TOML)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any


def value(item: object) -> str:
    """Return one value as TOML.

    Raises
    ------
    TypeError
        If the type has no place in the sample's settings.
    """
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, str):
        return json.dumps(item, ensure_ascii=False)
    if isinstance(item, date):
        return item.isoformat()
    if isinstance(item, int | float):
        return repr(item)
    if isinstance(item, Mapping):
        return "{ " + ", ".join(f"{key(name)} = {value(part)}" for name, part in item.items()) + " }"
    if isinstance(item, Sequence):
        return "[" + ", ".join(value(part) for part in item) + "]"
    raise TypeError(f"no TOML for {type(item).__name__}")


def key(name: str) -> str:
    """Return a key, bare where it may be."""
    bare = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if bare else json.dumps(name, ensure_ascii=False)


def sections(tree: Any) -> str:
    """Return a dataclass of dataclasses as one TOML section a field, with one line a value, its docstring above."""
    lines: list[str] = []
    for part in fields(tree):
        inner = getattr(tree, part.name)
        if not is_dataclass(inner):
            raise TypeError(f"{part.name} is no section")
        words = (type(inner).__doc__ or "").strip().splitlines()
        lines += [*(f"# {line.strip()}".rstrip() for line in words), f"[{part.name}]"]
        lines += [f"{item.name} = {value(getattr(inner, item.name))}" for item in fields(inner)]
        lines += [""]
    return "\n".join(lines)
