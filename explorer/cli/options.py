"""The options of views on the command line, from the declaration that makes the form in the window."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from dataclasses import Field, fields, replace
from typing import Any, Final, TypeAlias

from explorer.cli.parsing import ages, day, months, names, number, whole
from explorer.core.formulas import levels_of, terms_of
from explorer.core.options import Choice, Number, Several, Text, Written, form_of
from explorer.core.views import ViewDef
from explorer.core.words import N_, Refusal


def _terms(text: str) -> tuple[str, ...]:
    return tuple(":".join(term) for term in terms_of(text))


def _list(text: str) -> str:
    return ",".join(names(text))


def _levels(text: str) -> str:
    levels_of(text)
    return text


Reader: TypeAlias = tuple[Callable[[str], Any], str, str]
READERS: Final[Mapping[str, Reader]] = {
    "ages": (ages, "LOW-HIGH", "15-64"),
    "months": (months, "FIRST-LAST", "6-24"),
    "month": (str, "MONTH", "2024-01"),
    "terms": (_terms, "TERMS", "cohort + sex + age + cohort:sex"),
    "list": (_list, "NAMES", ""),
    "levels": (_levels, "COLUMN=LEVEL", "cohort=2023, sex=male"),
}
"""How the text of an option is read, what stands for it in the help, and an example."""
MOST_NAMED: Final = 3
"""Views named in the help of an option that more of them have."""
MOST_ACTING: Final = 5
"""Models named there that an option is for; of one for nearly all of them a refusal says the rest."""
NO_OPTION: Final = N_("The view “{view}” has no option --{option}.")
WITHOUT_EFFECT: Final = N_("“--{option}” has no effect with “{other}”; leave it out.")
NEEDS: Final = N_("“--{option}” has no effect without “--{other}”; leave it out.")
NOT_BOTH: Final = N_("“--{option}” and “--{other}” do not go together; leave out one of them.")


def add_options(
    parser: argparse.ArgumentParser,
    views: Iterable[ViewDef],
    leave: Iterable[str] = (),
    begin: Mapping[str, Any] | None = None,
) -> None:
    """Add every option of `views` but those called `leave`; options of the same name are read the same way.

    `begin`: what a command that is no view begins with instead; its help does not say of which views an option is.
    """
    found = dict[str, dict[str, Field[Any]]]()
    for view in views:
        for name, one in options_of(view).items():
            found.setdefault(name, {})[view.name] = one
    for name, of in found.items():
        if name not in leave:
            one, named = next(iter(of.values())), (*list(of)[:MOST_NAMED], *["…"] * (len(of) > MOST_NAMED))
            told = _told(tuple(of.values()), begin or {}) + (
                f" ({', '.join(named)})" if begin is None else ""
            )
            parser.add_argument(f"--{name}", default=None, help=told.replace("%", "%%"), **how_read(one))


def _told(of: tuple[Field[Any], ...], begin: Mapping[str, Any]) -> str:
    """Return what the help says of an option of views: what it asks and, where it is the same for all, by default."""
    control, written = (of[0].metadata[part] for part in ("control", "written"))
    defaults = {begin.get(one.name, one.default) for one in of}
    example = READERS[written.reads][2] if written.reads else getattr(control, "example", "")
    unit, meanings = getattr(control, "unit", ""), "" if written.reads else _meanings(control)
    [acting, *others] = {one.metadata["when"] for one in of}
    default = _default(defaults.pop(), written) if len(defaults) == 1 else ""
    parts = (
        written.help or of[0].metadata["label"].lower(),
        f", {unit}" if unit else "",
        f", as {example}" if example else "",
        f"; {meanings}" if meanings else "",
        "; with --versus" if of[0].metadata["comparing"] else "",
        f"; for {', '.join(acting[1])}" if acting and not others and len(acting[1]) <= MOST_ACTING else "",
        f"; default: {default}" if default else "",
    )
    return "".join(parts)


def _meanings(control: Any) -> str:
    """Return what the values of a choice mean, but for those whose names are as they are written."""
    if not isinstance(control, Choice):
        return ""
    names = {value: str(name) for value, name in control.values if value and isinstance(value, str)}
    return ", ".join(
        f"{value}: {name}" for value, name in names.items() if value != name.casefold().replace(" ", "-")
    )


def _default(value: Any, written: Written) -> str:
    """Return how a default is written, "" where it asks nothing."""
    if value in (None, "", ()):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " + ".join(value) if written.reads == "terms" else _written(value)


def how_read(one: Field[Any]) -> dict[str, Any]:
    """Return what argparse is told of an option."""
    control, kind = one.metadata["control"], str(one.type)
    written: Written = one.metadata["written"]
    if kind == "bool":
        return {"action": argparse.BooleanOptionalAction}
    if written.reads:
        read, shown, _ = READERS[written.reads]
        return {"type": read, "metavar": shown, **({"action": "append"} if written.reads == "levels" else {})}
    if isinstance(control, Choice):
        return {"choices": tuple(_texts(control))}
    if isinstance(control, Number) or written.high is not None:
        low, high = (
            getattr(control, end) if own is None else own
            for end, own in (("low", written.low), ("high", written.high))
        )
        return {
            "type": whole(int(low), int(high)) if kind == "int" else number(low, high),
            "metavar": "NUMBER",
        }
    if isinstance(control, Several):
        return {"type": names, "metavar": "COLUMNS"}
    return (
        {"type": day, "metavar": "DATE"}
        if "date" in kind
        else {"metavar": "TEXT" if isinstance(control, Text) else "COLUMN"}
    )


def asked(views: Iterable[ViewDef], arguments: argparse.Namespace) -> tuple[str, ...]:
    """Return the options of `views` that were given, each once."""
    known = dict.fromkeys(name for view in views for name in options_of(view))
    return tuple(name for name in known if vars(arguments).get(name.replace("-", "_")) is not None)


def options_asked(view: ViewDef, arguments: argparse.Namespace, given: Iterable[str], **begin: Any) -> Any:
    """Return the options of `view` as the command line asks them; the others as in `begin`, or as they are at first.

    What is in `begin` has another place on the command line than an option of its name.

    Raises
    ------
    Refusal
        When the view has no such option, or it has no effect beside the others, whatever its value.
    """
    known, values = options_of(view), dict(begin)
    for name in given:
        if name not in known:
            raise Refusal(NO_OPTION, view=view.name, option=name)
        control, value = known[name].metadata["control"], vars(arguments)[name.replace("-", "_")]
        if isinstance(value, list):
            value = ", ".join(value)
        elif isinstance(control, Choice) and not known[name].metadata["written"].reads:
            value = _texts(control)[value]
        values[known[name].name] = value
    options = replace(view.options(), **values)
    idle = {shown.name for shown in form_of(options) if not shown.acts}
    for name in given:
        one = known[name]
        if one.name in idle:
            other = (one.metadata["when"] or one.metadata["unless"])[0]
            value = _written(getattr(options, other))
            written = next(name for name, field in known.items() if field.name == other)
            raise Refusal(
                WITHOUT_EFFECT, option=name, other=value if other in begin else f"--{written} {value}"
            )
        if one.metadata["comparing"] and not getattr(arguments, "versus", ""):
            raise Refusal(NEEDS, option=name, other="versus")
    return options


def options_of(view: ViewDef) -> dict[str, Field[Any]]:
    """Return the fields of the options that a view looks at, by their names on the command line."""
    return {
        one.metadata["written"].name or one.name.replace("_", "-"): one
        for one in fields(view.options())
        if view.name in (one.metadata["views"] or (view.name,))
    }


def _texts(control: Choice) -> dict[str, Any]:
    """Return the values of a choice by their texts; what is asked by not asking has none."""
    return {_written(value): value for value, _ in control.values if value not in ("", None)}


def _written(value: Any) -> str:
    """Return a value as it is written on the command line."""
    if isinstance(value, tuple):
        return "-".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
