"""From the options of a view to the fields of a form. Pure: values in, values out."""

from __future__ import annotations

from typing import Any

from explorer.core.options import Choice, ChoiceOf, Name, Number, Several, Shown, Switch, form_of
from explorer.core.words import N_, Words
from models.tally.codes import Codes
from widgets.controls.forms import FoldWords, FormField


def fields_of(options: Any, codes: Codes, words: Words, *, comparing: bool = False) -> tuple[FormField, ...]:
    """Return the fields of a form for `options`, in the reader's language; `comparing`: A and B are drawn."""
    return tuple(
        _field(shown, codes, words) for shown in form_of(options) if comparing or not shown.comparing
    )


def form_fields(options: Any, words: Words) -> tuple[FormField, ...]:
    """Return the fields of a form for options that owe nothing to a dataset."""
    return tuple(_field(shown, None, words) for shown in form_of(options))


def fold_words(words: Words) -> FoldWords:
    """Return what the button of a folded form says."""

    def more(count: int) -> str:
        return words(N_("{count} more choices"), count=count) if count > 1 else words(N_("One more choice"))

    return FoldWords(more=more, less=words(N_("Fewer choices")))


def _field(shown: Shown, codes: Codes | None, words: Words) -> FormField:
    common = {
        "name": shown.name,
        "label": words(shown.label),
        "value": shown.value,
        "enabled": shown.acts,
        "tooltip": "" if shown.acts else words(N_("This does not go with what is chosen beside it.")),
    }
    control = shown.control
    match control:
        case Choice(values=values):
            return FormField(kind="choice", choices=_named(values, words), **common)
        case ChoiceOf(values=of, none=none) if codes is not None:
            first = (("" if isinstance(shown.value, str) else None, none),) if none else ()
            return FormField(kind="choice", choices=_named((*first, *of(codes)), words), **common)
        case Several(values=of) if codes is not None:
            return FormField(kind="several", choices=_named(of(codes), words), **common)
        case Number():
            return FormField(
                kind="number",
                low=control.low,
                high=control.high,
                step=control.step,
                digits=control.digits,
                unit=words(control.unit) if control.unit else "",
                **common,
            )
        case Switch():
            return FormField(kind="switch", **common)
        case _:
            return FormField(kind="text", **common)


def _named(values: tuple[tuple[Any, Name], ...], words: Words) -> tuple[tuple[Any, str], ...]:
    return tuple(
        (value, words(name) if isinstance(name, str) else words.write(name)) for value, name in values
    )
