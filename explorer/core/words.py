"""Words: messages marked where they are written, translated where they are shown."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

DOMAIN: Final = "explorer"
LOCALE_DIR: Final = Path(__file__).resolve().parent.parent / "locale"
LANGUAGES: Final[Mapping[str, str]] = {"en": "English", "nl": "Nederlands"}


def N_(message: str) -> str:
    """Mark `message` for the catalogues; it is translated when it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that is not yet in any language: its English text with named places, and what fills them.

    A value that is itself a Message is translated first; with `lower` its first letter is small, inside a sentence.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    lower: bool = False


class Refusal(Exception):
    """An expected refusal, told in one sentence that names the file, the column and the remedy."""

    def __init__(self, text: str, /, **values: object) -> None:
        self.message = Message(text, values)
        super().__init__(Words("en").say(self.message))


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
        return translated.format(**{name: self._filled(value) for name, value in values.items()})

    def say(self, message: Message) -> str:
        """Return `message` in this language."""
        said = self(message.text, **message.values)
        return said[:1].lower() + said[1:] if message.lower else said

    def _filled(self, value: object) -> object:
        return self.say(value) if isinstance(value, Message) else value
