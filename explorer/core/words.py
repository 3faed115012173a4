"""Words: messages marked where they are written, translated where they are shown."""

from __future__ import annotations

import gettext
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from explorer.core.formatting import Formats

DOMAIN: Final = "explorer"
LOCALE_DIR: Final = Path(__file__).resolve().parent.parent / "locale"
STEERING: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
TURNING: Final = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Kinds of characters that are not written but obeyed: controls, halves of letters, line ends; turns of direction."""
UNWRITABLE: Final = "\N{REPLACEMENT CHARACTER}"
LANGUAGES: Final[Mapping[str, str]] = {"en": "English", "nl": "Nederlands"}


def N_(message: str) -> str:
    """Mark `message` for the catalogues; it is translated when it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that is not yet in any language: its English text with named places, and what fills them.

    Values are written as the language writes them (see `Words.write`); with `lower` the first letter of the whole is
    small, inside a sentence.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    lower: bool = False


class Worded:
    """A value with words of its own in each language: a column of a dataset, a calendar month."""

    __slots__ = ()

    def told(self, words: Words) -> str:
        """Return the value in the language of `words`."""
        raise NotImplementedError


class Refusal(Exception):
    """An expected refusal, told in one sentence that names the file, the column and the remedy."""

    def __init__(self, text: str, /, **values: object) -> None:
        self.message = Message(text, {name: _short(value) for name, value in values.items()})
        super().__init__(Words("en").say(self.message))


LONGEST: Final = 240
"""Letters of a value inside a refusal: whole file names, but not a question of thousands of letters."""


def _short(value: object) -> object:
    if not isinstance(value, str) or len(value) <= LONGEST:
        return value
    return f"{value[: LONGEST // 2]} … {value[-LONGEST // 2 :]}"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE_DIR, languages=[language], fallback=True)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: str

    def __call__(self, text: str, /, **values: object) -> str:
        """Return `text` in this language, its named places filled with `values`."""
        translated = _catalogue(self.language).gettext(text) if text else ""
        if not values:
            return translated
        return translated.format(**{name: self.write(value) for name, value in values.items()})

    def say(self, message: Message) -> str:
        """Return `message` in this language."""
        said = self(message.text, **message.values)
        return small(said) if message.lower else said

    def write(self, value: object) -> str:
        """Return a value as it stands inside a sentence.

        Messages and names are in this language, dates in words, and numbers have its decimal sign. Text stays as it
        is but for what is no letter (see `plain`), and so do whole numbers, which may be years.
        """
        match value:
            case Message():
                return self.say(value)
            case Worded():
                return value.told(self)
            case date():
                return Formats(self.language).day(value)
            case float():
                return Formats(self.language).shortest(value)
            case _:
                return plain(str(value))


def plain(text: str) -> str:
    """Return `text` with a mark in the place of what would steer a terminal or turn the order of its letters.

    Names of files and columns may hold anything; halves of letters (a file name that is not in UTF-8) cannot be
    written at all.
    """
    if text.isprintable():
        return text
    return "".join(UNWRITABLE if _steers(letter) else letter for letter in text)


def _steers(letter: str) -> bool:
    return unicodedata.category(letter) in STEERING or unicodedata.bidirectional(letter) in TURNING


def small(text: str) -> str:
    """Return `text` with a small first letter, as inside a sentence; abbreviations keep theirs."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
