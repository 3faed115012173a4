"""What every picture has: title, note, source, badge; and why there is nothing to draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from explorer.core.comparing import shows_difference, untold
from explorer.core.formatting import Formats, digits_for
from explorer.core.names import dataset_source, level_name
from explorer.core.sentences import extract_message, sentence
from explorer.core.spec import Spec
from explorer.core.views import Source, ViewDef, all_views
from explorer.core.words import N_, Message, Words
from models.clocks import MONTH_DAYS
from models.register import DatasetInfo
from models.results import FEWEST, SELECTION, Curves, Reason, Rows, Test, Unit
from models.shortcuts import EVERYONE
from models.tally.codes import Grouping
from widgets.pictures.chart import NO_AXIS, Chart

REASONS: Final = {
    Reason.NOBODY: N_(
        "Nobody is selected who could be followed in this figure. Remove a filter, or use Clear or Undo."
    ),
    Reason.NOT_FROM_SETTLING: N_(
        "Data of those present on {day} lack everybody who had left before, so nobody can be followed from settling. "
        "Look at the share departed, or add a condition on a month."
    ),
    Reason.BEFORE_EXTRACT: N_(
        "Data of those present on {day} say nothing of earlier days. Choose that day or a later one."
    ),
    Reason.AFTER_END: N_("Nobody was observed after {until}. Choose that day or an earlier one."),
    Reason.NO_MONTHS: N_("Nobody here was observed in these months. Choose earlier settlers."),
    Reason.NO_JOBS: N_("There are no jobs to show for these people. Choose other people or another measure."),
    Reason.ALL_HIDDEN: N_(
        "Every number here rests on too few persons and is hidden. Choose more people or fewer groups."
    ),
    Reason.FEW: N_(
        "No difference can be told: on either side it takes at least ten persons who are still followed, with and "
        "without the event among them. Choose more people."
    ),
    Reason.ONE_GROUP: N_("There is only one group. Choose a column to compare by."),
}
REFUSED: Final = frozenset({Reason.NOT_FROM_SETTLING, Reason.BEFORE_EXTRACT, Reason.AFTER_END})
"""Reasons that lie in the question, whoever is selected: on the command line it is refused."""
OF_ONE_SELECTION: Final = N_("This figure compares groups within one selection. Turn off A | B to see it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a figure is to be drawn, beside what is asked: interval and published points, on or off."""

    interval: bool = True
    published: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is needed to put a released result into words: the dataset, its groupings, and prices for rules.

    `persons`: how many the dataset holds. `sample`: they are those of the sample, about whom figures are published.
    `selections` are the names of A and B, `whom` that of the selection: what a line of all of them is called.
    """

    info: DatasetInfo
    groupings: dict[str, Grouping]
    source: Source | None = None
    selections: Mapping[str, str] = field(default_factory=dict)
    persons: int = 1
    sample: bool = False
    whom: str = ""


def reason_message(reason: Reason, info: DatasetInfo) -> Message:
    """Return why there is nothing to show of a dataset, and what to try."""
    return Message(REASONS[reason], {"day": info.present_on, "until": info.observed_until})


def note_text(released: Any, spec: Spec, sheet: Sheet, words: Words) -> str:
    """Return the sentences under a figure: definition, interval, filter, what was hidden."""
    view = all_views()[spec.view]
    formats = Formats(words.language)
    told = view.note(released, spec.options, sheet.info)
    if shows_difference(view, spec):
        # The first sentence defines the number; those after it are about two curves.
        told = (*told[:1], Message(OF_DIFFERENCE if released.rules.exact else OF_ROUNDED_DIFFERENCE))
    sentences = [words.say(part) for part in (*untold(spec, released), *told)]
    if isinstance(released, Curves):
        sentences += [words.say(part) for part in _of_curves(released, formats)]
    elif isinstance(released, Rows) and released.start_month:
        sentences.append(words(FROM_MONTH, month=released.start_month))
    sentences += [words.say(part) for part in extract_message(sheet.info)]
    sentences.append(_whom(spec, sheet.info, words))
    sentences += [words.say(part) for part in _of_rules(released, formats)]
    return " ".join(sentences)


def _of_rules(released: Any, formats: Formats) -> Iterator[Message]:
    """Say what the rules did to the numbers of a figure."""
    rules = released.rules
    if rules.exact:
        return
    yield Message(ROUNDED, {"base": rules.base, "threshold": rules.threshold})
    hidden = released.hidden if isinstance(released, Curves | Rows) else 0
    if hidden:
        yield Message(N_("Not told: {count}."), {"count": formats.count(hidden)})


ROUNDED: Final = N_(
    "Numbers of persons are rounded to {base} and everything else is computed from them; fewer than {threshold} are "
    "not told, and parts need not add up."
)


OF_DIFFERENCE: Final = N_(
    "Line: A less B, in percentage points. Band: pointwise 95% interval from the limits of both shares, in which "
    "whoever is in both counts once; persons are treated as independent. It ends where fewer than ten are followed on "
    "either side, and begins where both have had the event."
)
OF_ROUNDED_DIFFERENCE: Final = N_(
    "Line: A less B, in percentage points. Band: pointwise 95% interval from the limits of both shares, as if nobody "
    "were in both: rounded numbers do not say who is, and then it is too wide. It ends where fewer than ten are "
    "followed on either side, and begins where both have had the event."
)
STARTS: Final = N_(
    "Few were at risk at first (delayed entry): curves start after day {day}, given presence then."
)
STARTS_FROM_TO: Final = N_(
    "Few were at risk at first (delayed entry): curves start late, the last after day {day}, given presence then."
)
THIN: Final = N_(
    "Faint: fewer than {persons} persons could be counted. A curve ends with the last month in which anybody of its "
    "group could be followed, or with its last person."
)
FROM_MONTH: Final = N_("From month {month}, among those selected and present then (delayed entry).")


def _of_curves(curves: Curves, formats: Formats) -> Iterator[Message]:
    if curves.start_month:
        yield Message(FROM_MONTH, {"month": curves.start_month})
    if curves.start_days and max(curves.start_days) > MONTH_DAYS[curves.start_month]:
        later = min(curves.start_days) < max(curves.start_days)
        yield Message(STARTS_FROM_TO if later else STARTS, {"day": max(curves.start_days)})
    if curves.axis == "month" and curves.thin.any():
        yield Message(THIN, {"persons": FEWEST})
    for test in curves.tests:
        yield test_message(test, formats)
        if test.left_out:
            yield Message(LEFT_OUT_OF_TEST, {"count": test.left_out, "persons": FEWEST})


def _whom(spec: Spec, info: DatasetInfo, words: Words) -> str:
    """Return who is selected, or who are A and B."""
    if not spec.versus:
        return words(N_("Selection: {selection}."), selection=sentence(spec.selection, info, words))
    return " ".join(f"{name}: {sentence(part, info, words)}." for name, part in spec.versus)


def axis_label(view: ViewDef, start_month: int, words: Words) -> str:
    """Return the name of the values: shares of those selected at a month are not of all who settled."""
    return words(view.axis_label_then if start_month and view.axis_label_then else view.axis_label)


LEFT_OUT_OF_TEST: Final = N_("Groups that never had {persons} persons at risk are not in this test: {count}.")


def test_message(test: Test, formats: Formats) -> Message:
    """Return the sentence that reports a log-rank test."""
    p = "< " + formats.number(0.001, 3) if test.p_value < 0.001 else "= " + formats.number(test.p_value, 3)
    return Message(
        N_("Log-rank test of equal departure: chi-square {statistic} on {df} df, p {p}."),
        {"statistic": formats.number(test.statistic, 1), "df": test.df, "p": p},
    )


def series_name(key: Sequence[str], curves: Curves, sheet: Sheet, words: Words) -> str:
    """Return the name of a series: its levels, or who is selected without any."""
    columns = (*curves.by, curves.part) if curves.part else curves.by
    names = [level_text(column, level, sheet, words) for column, level in zip(columns, key, strict=True)]
    return " · ".join(names) if names else sheet.whom or words(N_("everyone"))


def level_text(column: str, level: str, sheet: Sheet, words: Words) -> str:
    """Return the name of a level; that of a selection says who is in it."""
    if column == SELECTION:
        return sheet.selections.get(level, level)
    if level == EVERYONE and sheet.whom:
        return sheet.whom
    return level_name(column, level, sheet.info, words)


HIDDEN_HERE: Final = N_("hidden: too few persons")
NOBODY_HERE: Final = N_("There is nobody to count here.")


def gap_text(released: Curves, row: int, place: int, words: Words) -> str:
    """Return why a series has no value at a point: "" where it has none because nobody counts."""
    hidden = released.observed[row, place] and released.withheld[row, place]
    return words(HIDDEN_HERE) if hidden else ""


def lack_text(released: Curves, words: Words) -> Callable[[float], str]:
    """Return how it is said that nothing is read at a point: all of it is hidden, or nobody counts there."""
    hidden = (released.observed & released.withheld).any(axis=0)
    at_hidden = set(released.at[hidden].tolist())
    return lambda x: words(HIDDEN_HERE if round(x) in at_hidden else NOBODY_HERE)


def reading_text(unit: Unit, formats: Formats) -> Callable[[float], str]:
    """Return how a value of `unit` is written where it is read."""
    if unit in (Unit.SHARE, Unit.PER_MONTH):
        digits = 1 if unit is Unit.SHARE else 2
        return lambda value: formats.percent(value, digits)
    if unit is Unit.EUR_PER_HOUR:
        return lambda value: "€ " + formats.number(value, 2)
    return lambda value: formats.count(round(value))


def axis_text(unit: Unit, formats: Formats) -> Callable[[float, float], str]:
    """Return how a value of `unit` is written on an axis, given the distance between ticks."""
    if unit in (Unit.SHARE, Unit.PER_MONTH):
        return lambda value, spacing: formats.percent(
            value, max(0, digits_for(spacing) - 2) if spacing else 1
        )
    # Steps of 2.5 need their half: rounded ticks would say what is not so.
    # Without a spacing somebody reads the value itself: cents of a wage, whole persons.
    exact = 2 if unit is Unit.EUR_PER_HOUR else 0
    return lambda value, spacing: formats.number(value, digits_for(spacing) if spacing else exact)


def framed(
    view: ViewDef,
    spec: Spec,
    released: Any,
    sheet: Sheet,
    words: Words,
    *,
    first: Iterable[str] = (),
    last: Iterable[str] = (),
) -> dict[str, Any]:
    """Return what every picture of a released result has: title, subtitle, note, source, badge, hint.

    `first` and `last` are sentences of the kind of picture before and after those that all have.
    """
    note = (*first, note_text(released, spec, sheet, words), *last)
    return {
        "title": words(view.title),
        "subtitle": subtitle_of(view, spec, words),
        "note": " ".join(filter(None, note)),
        "source": words(N_("Source: {source}"), source=dataset_source(sheet.info, words)),
        "badge": words(N_("Synthetic data")) if sheet.info.synthetic else "",
        # What is chosen joins the selection, of which nothing is drawn while A and B are.
        "brush_hint": words(view.brush_hint) if view.brush_hint and not spec.versus else "",
    }


def subtitle_of(view: ViewDef, spec: Spec, words: Words) -> str:
    """Return where a figure comes from: only of the groups and the measure that it then has."""
    usual = spec.by == view.by and spec.options == view.options()
    return "" if spec.versus or (view.by and not usual) else words(view.subtitle)


def nothing(view: ViewDef, spec: Spec, sentence_: str, sheet: Sheet, words: Words) -> Chart:
    """Return the picture of an expected lack: why there is nothing to draw, and what to try."""
    return Chart(
        title=words(view.title),
        subtitle=subtitle_of(view, spec, words),
        x=NO_AXIS,
        y=NO_AXIS,
        crosshair=lambda x: "",
        empty=sentence_,
        description=sentence_,
        badge=words(N_("Synthetic data")) if sheet.info.synthetic else "",
    )
