"""What a reader may ask of a view beyond selection and grouping: a frozen dataclass, each field with its control.

The same declaration makes the form under the head of a figure, the choices of the command line and what a workspace
stores. Values are text, numbers, booleans, days, None and tuples of those.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from explorer.core.words import Message, Worded
from models.tally.codes import Codes

Name: TypeAlias = str | Worded | date
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How an option is written on the command line, where its name, its type, its label and its control do not say it.

    Attributes
    ----------
    name
        Its name there, without dashes; that of the field where it is "".
    reads
        What its text is, by the name of a reader: a range of ages or of months, a calendar month, terms of a
        regression, names with commas, levels by column. A reader takes what no control offers.
    low, high
        Ends of a number that are wider than those of the control.
    help
        What the help says that it asks; its label where it is "".
    """

    name: str = ""
    reads: Literal["", "ages", "month", "months", "terms", "list", "levels"] = ""
    low: float | None = None
    high: float | None = None
    help: str = ""


def option(
    default: Any,
    *,
    label: str,
    control: Control | None = None,
    when: tuple[str, tuple[Any, ...]] | None = None,
    unless: tuple[str, Any] | None = None,
    comparing: bool = False,
    views: tuple[str, ...] = (),
    written: Written = Written(),
) -> Any:
    """Return a dataclass field that a form can show, under `label`, a message id.

    `control` says how it is asked in the window (None: on the command line only), `written` how on the command line.
    It can act only while another field has one of the values that `when` names, and not while one has that of
    `unless`. With `comparing` it asks something of two selections drawn together, and is shown only then. `views` are,
    of several views with these options, those that look at this one; () for all of them.
    """
    return field(
        default=default,
        metadata={
            "label": label,
            "control": control,
            "when": when,
            "unless": unless,
            "comparing": comparing,
            "views": views,
            "written": written,
        },
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
        control = one.metadata["control"]
        if control is None:
            continue
        when, unless = one.metadata["when"], one.metadata["unless"]
        acts = (when is None or getattr(options, when[0]) in when[1]) and (
            unless is None or getattr(options, unless[0]) != unless[1]
        )
        value = getattr(options, one.name)
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
