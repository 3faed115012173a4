"""What the numbers of a figure are, in words that go with them when they leave the program."""

from __future__ import annotations

from explorer.core.formatting import Formats
from explorer.core.words import N_, Words
from explorer.pipeline.figure import Figure
from models.disclosure.fits import ReleasedFit
from models.results import Curves, Rows


def about(figure: Figure, words: Words) -> str:
    """Return title, definition with the selection, source and disclosure profile, a line each."""
    chart = figure.chart
    lines = (chart.title, chart.subtitle, chart.note, chart.source, disclosure_told(figure, words))
    return "\n".join(line for line in lines if line)


def disclosure_told(figure: Figure, words: Words) -> str:
    """Return which profile of disclosure control a figure has passed, and how much it hides."""
    released = figure.released
    rules = released.rules
    if figure.chart.empty and rules.threshold:
        return words(N_("Disclosure control {rules}: no numbers shown"), rules=rules.name)
    hidden = 0
    if isinstance(released, Curves | Rows):
        hidden = released.hidden
    elif isinstance(released, ReleasedFit):
        hidden = int(released.hidden.sum())
    if hidden:
        count = Formats(words.language).count(hidden)
        return words(N_("Disclosure control {rules}: {count} hidden"), rules=rules.name, count=count)
    return words(N_("Disclosure control {rules}: nothing hidden"), rules=rules.name)
