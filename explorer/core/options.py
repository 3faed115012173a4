"""What a reader may ask of a view beyond selection and grouping: a frozen dataclass, each field with its control.

The same declaration makes the form under the head of a figure, the choices of the command line and what a workspace
stores. Values are text, numbers, booleans, days, None and tuples of those.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from explorer.core.words import Message, Told

if TYPE_CHECKING:
    from models.tally.codes import Codes


Name: TypeAlias = str | Told | date
"""What a value is called: a message id, or what has words of its own in each language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of some values, each with its name."""

    values: tuple[tuple[Any, Name], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceOf:
    """One of some values that depend on the data; `none` names the value "" or None when it is allowed."""

    values: Callable[[Codes], tuple[tuple[Any, Name], ...]]
    none: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """Any of some values that depend on the data, as a tuple of text in the order chosen."""

    values: Callable[[Codes], tuple[tuple[str, Name], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number between two ends, in steps; `unit` stands behind it (a message id)."""

    low: float
    high: float
    step: float = 1.0
    digits: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """On or off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Free text, read when it is whole; `example` shows how it is written."""

    example: str = ""


Control: TypeAlias = Choice | ChoiceOf | Several | Number | Switch | Text


def option(
    default: Any,
    *,
    label: str,
    control: Control,
    when: tuple[str, tuple[Any, ...]] | None = None,
    comparing: bool = False,
) -> Any:
    """Return a dataclass field that a form can show.

    Parameters
    ----------
    label
        Name of the field, a message id.
    when
        Name of another field and the values of it with which this one can act; always without.
    comparing
        It asks something of two selections drawn together, and is shown only then.
    """
    return field(
        default=default,
        metadata={"label": label, "control": control, "when": when, "comparing": comparing},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One field of a form: its name, label, control, present value, and whether it can act.

    `comparing`: it is there only while two selections are drawn together.
    """

    name: str
    label: str
    control: Control
    value: Any
    acts: bool
    comparing: bool = False


def form_of(options: Any) -> tuple[Shown, ...]:
    """Return the fields of `options` that a form shows, in order; those without a control are not shown."""
    if not is_dataclass(options):
        return ()
    out = []
    for one in fields(options):
        if "control" not in one.metadata:
            continue
        when = one.metadata["when"]
        acts = when is None or getattr(options, when[0]) in when[1]
        value = getattr(options, one.name)
        control = one.metadata["control"]
        out.append(
            Shown(
                name=one.name,
                label=one.metadata["label"],
                control=control,
                value=value,
                acts=acts,
                comparing=one.metadata["comparing"],
            )
        )
    return tuple(out)


def label_of(options: Any, name: str) -> Message:
    """Return the label of a field, for undo; its name where it has none."""
    for one in fields(options):
        if one.name == name:
            return Message(one.metadata.get("label", name), lower=True)
    return Message(name)
