"""What goes wrong while something is counted or fitted, in words: never a traceback, and never what was in it."""

from __future__ import annotations

from typing import Final

from explorer.core.words import N_, Message, Refusal

UNEXPECTED: Final = N_(
    "Something went wrong that should not: {kind}. Undo the last step, or open the dataset again."
)
NO_MEMORY: Final = N_("There is not enough memory for this. Choose fewer people, or close other programs.")


def in_words(error: Exception) -> Message:
    """Return a refusal as it stands, and of everything else no more than its kind."""
    if isinstance(error, Refusal):
        return error.message
    if isinstance(error, MemoryError):
        return Message(NO_MEMORY)
    return Message(UNEXPECTED, {"kind": type(error).__name__})
