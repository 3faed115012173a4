"""What stands around the plot of one figure, as values."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.controls.choices import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelData:
    """Everything around the plot of one figure, in the reader's language.

    Attributes
    ----------
    title, subtitle
        The measure in words; where the figure comes from.
    measures, measure, measure_text
        What can be shown, the key of what is shown, and the name of the list for a screen reader.
    interval_*, published_*
        The two toggles; a tooltip of a disabled one says why it cannot act. An empty text: no such toggle.
    lock_*
        The toggle that keeps the figure at a selection of its own; `lock_sentence` says which, while it is locked.
    explain_*
        The button that asks how to read the figure; an empty text: no such button.
    float_*
        The button that gives the figure a window of its own, or, while `float_on`, puts it back; its text says which.
    save_text, save_enabled, save_tooltip
        The button that takes the figure out; an empty text: no such button.
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
    measures: tuple[Choice, ...] = ()
    measure: str = ""
    measure_text: str = ""
    interval_text: str = ""
    interval_on: bool = False
    interval_enabled: bool = True
    interval_tooltip: str = ""
    published_text: str = ""
    published_on: bool = False
    published_enabled: bool = True
    published_tooltip: str = ""
    lock_text: str = ""
    lock_on: bool = False
    lock_tooltip: str = ""
    lock_sentence: str = ""
    explain_text: str = ""
    float_text: str = ""
    float_on: bool = False
    save_text: str = ""
    save_enabled: bool = True
    save_tooltip: str = ""
    options_text: str = ""
    note: str = ""
    more_text: str = ""
    less_text: str = ""
    source: str = ""
    status_text: str = ""
    description: str = ""
