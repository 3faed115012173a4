"""How well a few typed letters fit a text. No Qt."""

from __future__ import annotations

import unicodedata

_WORD, _INITIALS, _INSIDE, _SCATTERED = 1_000, 2_000, 3_000, 4_000


def fits(text: str, typed: str) -> int | None:
    """Return how well `typed` fits `text`, smaller is better; None where its letters are not there in order.

    Best is a text that begins with what was typed, then one with a word that does, then one whose words begin with
    parts of it ("sf" for "Save figure"), then one that holds it inside a word, then one that has its letters with
    gaps. Accents and case do not count. Several typed words are looked for one by one.
    """
    whole, parts = plain(text), plain(typed).split()
    if not parts:
        return 0
    together = _fit(whole, " ".join(parts))
    if together is not None or len(parts) == 1:
        return together
    each = [_fit(whole, part) for part in parts]
    return _WORD + sum(one for one in each if one is not None) if None not in each else None


def plain(text: str) -> str:
    """Return `text` without accents and capitals."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _fit(whole: str, wanted: str) -> int | None:
    if whole.startswith(wanted):
        return 0
    starts = [
        at for at, letter in enumerate(whole) if letter.isalnum() and (at == 0 or not whole[at - 1].isalnum())
    ]
    for at in starts:
        if whole.startswith(wanted, at):
            return _WORD + at
    letters = wanted.replace(" ", "")
    if _by_words(whole, letters, starts):
        return _INITIALS + len(starts)
    inside = whole.find(wanted)
    if inside >= 0:
        return _INSIDE + inside
    at, gaps = -1, 0
    for letter in letters:
        following = whole.find(letter, at + 1)
        if following < 0:
            return None
        gaps += following - at - 1
        at = following
    return _SCATTERED + gaps


def _by_words(whole: str, letters: str, starts: list[int]) -> bool:
    """Tell whether `letters` are beginnings of words of `whole`, in order, words left out or not."""
    if not letters:
        return True
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(whole)
        taken = 0
        while taken < len(letters) and start + taken < end and whole[start + taken] == letters[taken]:
            taken += 1
        for length in range(taken, 0, -1):
            if _by_words(whole, letters[length:], starts[place + 1 :]):
                return True
    return False
