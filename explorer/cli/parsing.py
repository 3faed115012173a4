"""Reading the command line: options stand anywhere, each once, and what is wrong is told in one sentence."""

from __future__ import annotations

import argparse
import gettext
import math
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any, Final, NoReturn

from explorer.core.words import DOMAIN, LANGUAGES, LOCALE_DIR, N_, Refusal
from models.clocks import LAST_MONTH

WRONG: Final = N_("{command}: {problem}; see {command} --help.")

OF_ARGPARSE: Final = (
    N_("argument %(argument_name)s: %(message)s"),
    N_("unrecognized arguments: %s"),
    N_("the following arguments are required: %s"),
    N_("expected one argument"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("ignored explicit argument %r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)"),
)
"""What argparse itself says of wrong arguments; it asks the catalogue that `speaking` names."""


class _Once(argparse.Action):
    """An option that takes a value and stands once: a second one would silently replace the first."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        if option_string is not None:
            given = vars(namespace).setdefault(GIVEN, set())
            if self.dest in given:
                raise argparse.ArgumentError(self, gettext.gettext(N_("given twice")))
            given.add(self.dest)
        setattr(namespace, self.dest, values)


GIVEN: Final = "_given"


class Parser(argparse.ArgumentParser):
    """A parser that refuses in one sentence, in the language asked for, and never ends the process for it."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.register("action", None, _Once)
        self.register("action", "store", _Once)

    def error(self, message: str) -> NoReturn:
        """Refuse what argparse found wrong."""
        raise Refusal(WRONG, command=self.prog, problem=message)

    def read(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Return what `arguments` say; positional ones may stand before, between and behind options.

        Raises
        ------
        Refusal
            When anything in them is wrong.
        """
        with speaking(language_of(arguments)):
            return self.parse_intermixed_args(list(arguments))


def language_of(arguments: Sequence[str]) -> str:
    """Return the language that arguments ask for, wrong ones too; English when they name none."""
    for place, argument in enumerate(arguments):
        option, equals, value = argument.partition("=")
        if option == "--lang":
            asked = value if equals else "".join(arguments[place + 1 : place + 2])
            return asked if asked in LANGUAGES else "en"
    return "en"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Let gettext answer argparse from the program's catalogue."""
    before_domain, before = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(DOMAIN, str(LOCALE_DIR))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        gettext.textdomain(before_domain)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


def names(text: str) -> tuple[str, ...]:
    """Read a list of names, each once."""
    return tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


@cache
def number(low: float, high: float) -> Callable[[str], float]:
    """Return a reader of numbers from `low` to `high`."""

    def read(text: str) -> float:
        try:
            found = float(text)
        except ValueError:
            found = math.nan
        if not low <= found <= high:
            raise wrong(N_("“{text}” is not a number from {low} to {high}"), text=text, low=low, high=high)
        return found

    return read


@cache
def whole(low: int, high: int) -> Callable[[str], int]:
    """Return a reader of whole numbers from `low` to `high`."""

    def read(text: str) -> int:
        # Longer numbers than any bound are not turned into one: Python refuses thousands of digits.
        digits = text.strip().removeprefix("-")
        fits = digits.isdecimal() and len(digits) <= len(str(max(abs(low), abs(high))))
        if not fits or not low <= int(text) <= high:
            raise wrong(
                N_("“{text}” is not a whole number from {low} to {high}"), text=text, low=low, high=high
            )
        return int(text)

    return read


def day(text: str) -> date:
    """Read a date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise wrong(N_("“{text}” is not a date; write it as 2023-01-01"), text=text) from None


OLDEST: Final = 150


def ages(text: str) -> tuple[int, int]:
    """Read a range of ages."""
    found = _range(text, OLDEST)
    if found is None:
        raise wrong(N_("“{text}” is not a range of ages; write it as 15-64"), text=text)
    return found


def months(text: str) -> tuple[int, int]:
    """Read a range of months."""
    found = _range(text, LAST_MONTH)
    if found is None or found[0] == found[1]:
        raise wrong(N_("“{text}” is not a range of months; write it as 6-24"), text=text)
    return found


def _range(text: str, most: int) -> tuple[int, int] | None:
    low, _, high = text.partition("-")
    if not all(end.isdecimal() and len(end) <= len(str(most)) for end in (low, high)):
        return None
    return (int(low), int(high)) if int(low) <= int(high) <= most else None


def wrong(text: str, /, **values: object) -> argparse.ArgumentTypeError:
    """Return what is wrong with a value, in the language that is spoken; only the start of a long one is named."""
    shown = {
        name: f"{value:.15g}" if isinstance(value, float) else _short(str(value))
        for name, value in values.items()
    }
    return argparse.ArgumentTypeError(gettext.gettext(text).format(**shown))


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
