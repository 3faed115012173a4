"""What stands around the plot of one figure, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlState:
    """What a control in the head shows: an empty text, it is not there; the tooltip of a disabled one says why."""

    text: str = ""
    on: bool = False
    enabled: bool = True
    tooltip: str = ""


_ABSENT: Final = ControlState()


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelData:
    """Everything around the plot of one figure, in the reader's language.

    Attributes
    ----------
    title, subtitle
        The measure in words; where the figure comes from.
    measures, measure, measure_text
        What can be shown: keys with their words; the key of what is shown; the name of the list for a screen reader.
    interval, published
        What is drawn with the picture, or not.
    lock, lock_sentence
        Keeps the figure at a selection of its own; the sentence says which, while it is locked.
    explain, save
        Ask how to read the figure; take it out.
    afloat
        Gives the figure a window of its own, or, while it is on, puts it back; its text says which.
    options_text
        The button that stands for what has no room in the head ("Options").
    note, more_text, less_text
        The note, and the words of the button that opens and folds it where room is short.
    source
        The source line.
    status_text
        What disclosure control did ("nothing hidden").
    description
        The figure in words, for a screen reader.
    """

    title: str
    subtitle: str = ""
    measures: tuple[tuple[str, str], ...] = ()
    measure: str = ""
    measure_text: str = ""
    interval: ControlState = _ABSENT
    published: ControlState = _ABSENT
    lock: ControlState = _ABSENT
    lock_sentence: str = ""
    explain: ControlState = _ABSENT
    afloat: ControlState = _ABSENT
    save: ControlState = _ABSENT
    options_text: str = ""
    note: str = ""
    more_text: str = ""
    less_text: str = ""
    source: str = ""
    status_text: str = ""
    description: str = ""
