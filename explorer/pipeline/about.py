"""What the numbers of a figure are, in words that go with them when they leave the program."""

from __future__ import annotations

from explorer.core.words import N_, Words
from explorer.pipeline.figure import Figure

PROFILE = N_("Disclosure control: {profile}. Hidden cells are empty and have the status “hidden”.")


def about(figure: Figure, words: Words) -> str:
    """Return title, definition with the selection, source and disclosure profile, a line each."""
    chart = figure.chart
    lines = (
        chart.title,
        chart.subtitle,
        chart.note,
        chart.source,
        words(PROFILE, profile=figure.released.rules.name),
    )
    return "\n".join(line for line in lines if line)
