"""Coefficients as a forest: ratios on a log axis, wages in per cent, and under it what was fitted to whom."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np

from explorer.core.fits import MODELS
from explorer.core.formatting import Formats
from explorer.core.lacks import left_out_message
from explorer.core.spec import Spec
from explorer.core.terms import column_text, term_text
from explorer.core.views import ViewDef
from explorer.core.words import N_, Words
from explorer.export.fits import BASELINES, ERRORS
from explorer.pipeline.drawings.forest_rows import Scale, Side, p_text, rows_of
from explorer.pipeline.drawings.frame import Look, Sheet, framed, nothing
from models.disclosure.fits import ReleasedFit, ReleasedTogether
from models.fit import Errors, Fit, LeftOut, TermTest, is_baseline
from widgets.pictures.chart import Axis, Ink, Picture
from widgets.pictures.kinds import ForestChart, ForestRow

EVEN_RATIOS: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
"""Steps of ratios that lie close to 1."""
ROUND_RATIOS: Final = ((1.0, 1.5, 2.0, 3.0, 5.0, 7.0), (1.0, 2.0, 5.0), (1.0,))
"""First figures of ratios that lie further apart, in every power of ten."""
WIDEST: Final = 1.2
"""An interval reaches at most so far beyond the outer estimates: one rare level must not flatten the others."""
MOST_TICKS: Final = 8
MOST_TOLD: Final = 4
SMALL: Final = 0.05
"""A coefficient of a number, as a year of age, is read with more digits below it."""


def draw_forest(
    released: ReleasedFit | ReleasedTogether,
    view: ViewDef,
    spec: Spec,
    sheet: Sheet,
    look: Look,
    words: Words,
) -> Picture:
    """Return the forest of a released fit, or of the fits of two selections as two series."""
    formats = Formats(words.language)
    sides = _sides(released)
    wage = sides[0].released.fit.scale == "log wage"
    scale = _percent_scale(words, formats) if wage else _ratio_scale(formats)
    rows = rows_of(sides, scale, sheet, words, formats)
    if not any(row.estimates for row in rows):
        return nothing(view, spec, _no_estimate(sides, sheet, words, formats), sheet, words)
    return ForestChart(
        **framed(view, spec, released, sheet, words, first=_told(sides, sheet, words, formats)),
        x=_axis(rows, sides[0].released.fit, scale, words, formats),
        series=tuple(
            (sheet.selections.get(side.name, side.name), ink)
            for side, ink in zip(sides, _inks(sides), strict=True)
        ),
        rows=rows,
        reading_heading=words(_HEADINGS[sides[0].released.fit.scale]),
        description=_description(view, rows, words),
    )


def _no_estimate(sides: Sequence[Side], sheet: Sheet, words: Words, formats: Formats) -> str:
    """Why no row has an estimate: the first term that was left out, or that there is none."""
    for side in sides:
        for lack in side.released.fit.left_out:
            if not is_baseline(lack.term):
                return _left_out(lack, sheet, words, formats)
    return words(N_("No term has an estimate here. Choose other terms, or more people."))


_HEADINGS: Final = {
    "log hazard": N_("hazard ratio (95%)"),
    "log odds": N_("odds ratio (95%)"),
    "log wage": N_("difference (95%)"),
}
_AXES: Final = {
    "log hazard": N_("hazard ratio, log scale"),
    "log odds": N_("odds ratio, log scale"),
    "log wage": N_("hourly wage against the reference, %"),
}


def _sides(released: ReleasedFit | ReleasedTogether) -> tuple[Side, ...]:
    if isinstance(released, ReleasedFit):
        return (Side(name="", released=released),)
    return tuple(
        Side(name=name, released=one)
        for name, one in zip(released.names, released.fits, strict=True)
        if isinstance(one, ReleasedFit)
    )


def _inks(sides: Sequence[Side]) -> tuple[Ink, ...]:
    if len(sides) == 1:
        return (Ink(kind="single"),)
    return tuple(Ink(kind="categorical", index=at, of=len(sides)) for at in range(len(sides)))


def _ratio_scale(formats: Formats) -> Scale:
    def reading(value: float, low: float, high: float) -> str:
        digits = 3 if max(abs(low), abs(high)) < SMALL else 2
        one, *both = (ratio_text(math.exp(of), digits, formats) for of in (value, low, high))
        return f"{one} ({both[0]}–{both[1]})"

    return Scale(place=lambda value: value, reading=reading)


def _percent_scale(words: Words, formats: Formats) -> Scale:
    """Differences in per cent on a straight axis: wages differ little, and 5 % reads better than 1.05."""

    def reading(value: float, low: float, high: float) -> str:
        digits = 2 if max(abs(low), abs(high)) < SMALL / 5 else 1
        one, *both = (signed_percent(math.expm1(of), digits, formats) for of in (value, low, high))
        limits = words(N_("{low} to {high}"), low=both[0], high=both[1])
        return f"{one} ({limits})"

    return Scale(place=math.expm1, reading=reading)


def ratio_text(ratio: float, digits: int, formats: Formats) -> str:
    """Return a ratio with `digits` decimals, more below a tenth and fewer from a hundred on."""
    if ratio >= 100:
        return formats.number(ratio, 0)
    return formats.number(ratio, digits + 1 if ratio < 0.1 else digits)


def ratio_tick(value: float, formats: Formats) -> str:
    """Return the text of a tick of a log axis, a round ratio: 0.25, 0.5, 1, 1.5, 10."""
    ratio = round(math.exp(value), 9)
    digits = next((digits for digits in range(9) if abs(round(ratio, digits) - ratio) < 1e-9), 9)
    return formats.number(ratio, digits)


def ratio_ticks(low: float, high: float) -> tuple[tuple[float, ...], ...]:
    """Return sets of ticks at round ratios on a log axis, the densest first; 1 is in all of them.

    Parameters
    ----------
    low, high
        Ends of the axis, natural logarithms of ratios.
    """
    least, most = math.exp(low) * (1 - 1e-9), math.exp(high) * (1 + 1e-9)
    sets = [
        [step * at for at in range(max(math.ceil(least / step), 1), math.floor(most / step) + 1)]
        for step in EVEN_RATIOS
        if (most - least) / step <= MOST_TICKS
    ]
    powers = range(math.floor(low / math.log(10)), math.floor(high / math.log(10)) + 1)
    sets += [[first * 10.0**power for power in powers for first in figures] for figures in ROUND_RATIOS]
    ticks = [tuple(math.log(ratio) for ratio in ratios if least <= ratio <= most) for ratios in sets]
    return (*sorted((one for one in ticks if 1 < len(one) <= MOST_TICKS), key=len, reverse=True), (0.0,))


def signed_percent(share: float, digits: int, formats: Formats) -> str:
    """Return a difference as +5.0% or −5.0%."""
    rounded = round(share * 100, digits) / 100 + 0.0
    text = formats.percent(rounded, digits)
    return "+" + text if rounded > 0 else text


def _axis(rows: Sequence[ForestRow], fit: Fit, scale: Scale, words: Words, formats: Formats) -> Axis:
    estimates = [one for row in rows for one in row.estimates]
    values = np.asarray([one.value for one in estimates])
    reach = WIDEST * max(float(np.abs(values).max()), 0.05)
    lows = np.maximum([one.low for one in estimates], values.min() - reach)
    highs = np.minimum([one.high for one in estimates], values.max() + reach)
    low, high = min(float(np.nanmin(lows)), 0.0), max(float(np.nanmax(highs)), 0.0)
    room = 0.04 * max(high - low, 0.02)
    text: Callable[[float, float], str]
    if fit.scale == "log wage":
        choices: tuple[tuple[float, ...], ...] = ()

        def text(value: float, spacing: float) -> str:
            return signed_percent(value, 0 if spacing >= 0.0099 else 1, formats)

    else:
        choices = ratio_ticks(low - room, high + room)

        def text(value: float, spacing: float) -> str:
            return ratio_tick(value, formats)

    return Axis(label=words(_AXES[fit.scale]), low=low - room, high=high + room, text=text, choices=choices)


def _told(sides: Sequence[Side], sheet: Sheet, words: Words, formats: Formats) -> Iterator[str]:
    """The sentences about the fits: model and event once, numbers for each of them."""
    fit = sides[0].released.fit
    model = MODELS[fit.model]
    yield words(
        N_("{method}. Outcome: {event}."), method=_capital(words(model.method)), event=words(model.event)
    )
    for side in sides:
        yield (f"{side.name}: " if side.name else "") + _numbers(side.released.fit, words, formats)
    if fit.baseline:
        yield words(
            N_("Dependence on month: {baseline}; it has coefficients of its own, which are in the table."),
            baseline=words(BASELINES[fit.baseline]),
        )
        for side in sides:
            if side.released.fit.knots:
                yield (f"{side.name}: " if side.name else "") + words(
                    N_("Knots of the spline at months {knots}."),
                    knots="; ".join(formats.number(knot, 1) for knot in side.released.fit.knots),
                )
    else:
        yield words(N_("Dependence on time is left unspecified."))
    ties = words(N_("; ties: {ties}"), ties=fit.ties.capitalize()) if fit.ties else ""
    yield words(
        N_("Errors: {errors}{ties}. Interval: 95%, estimate ± 1.96 standard errors."),
        errors=words(ERRORS[fit.errors]),
        ties=ties,
    )
    for side in sides:
        for text in _of_side(side, sheet, words, formats):
            yield (f"{side.name}: " if side.name else "") + text
    if fit.errors is Errors.MODEL:
        yield words(
            N_(
                "Persons are treated as independent; families leave together, so the intervals are somewhat too narrow."
            )
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _numbers(fit: Fit, words: Words, formats: Formats) -> str:
    values = {
        "persons": formats.count(fit.persons),
        "events": formats.count(fit.events),
        "days": formats.number(fit.person_days, 0),
        "months": formats.count(fit.observations),
        "likelihood": formats.number(fit.log_likelihood, 1),
        "aic": formats.number(fit.aic, 1),
    }
    if fit.scale == "log hazard" and math.isnan(fit.person_days):
        text = N_("{persons} persons, {events} events; log-likelihood {likelihood}, AIC {aic}.")
    elif fit.scale == "log hazard":
        text = N_(
            "{persons} persons, {events} events in {days} person-days; log-likelihood {likelihood}, AIC {aic}."
        )
    elif math.isnan(fit.log_likelihood):
        text = N_("{persons} persons, {months} person-months.")
    else:
        text = N_("{persons} persons, {months} person-months; log-likelihood {likelihood}, AIC {aic}.")
    return words(text, **values)


def _of_side(side: Side, sheet: Sheet, words: Words, formats: Formats) -> Iterator[str]:
    fit = side.released.fit
    for test in fit.tests:
        if test.proportionality:
            yield _proportionality(test, sheet, words, formats)
    if fit.start_month:
        yield words(
            N_("Risk starts at month {month}, among those selected and present then (delayed entry)."),
            month=fit.start_month,
        )
    if fit.missing < 0:
        yield words(N_("Some persons are left out because a covariate is unknown."))
    elif fit.missing:
        yield words(
            N_("{count} persons are left out because a covariate is unknown."),
            count=formats.count(fit.missing),
        )
    told = [_left_out(lack, sheet, words, formats) for lack in fit.left_out]
    yield from told[:MOST_TOLD]
    if len(told) > MOST_TOLD:
        yield words(
            N_("{count} more are left out; the header of an export names them."), count=len(told) - MOST_TOLD
        )
    if side.released.hidden.any():
        yield words(
            N_(
                "Coefficients hidden: {count}. Fewer than {threshold} persons or events stand behind them or their "
                "reference."
            ),
            count=int(side.released.hidden.sum()),
            threshold=side.released.rules.threshold,
        )


def _left_out(lack: LeftOut, sheet: Sheet, words: Words, formats: Formats) -> str:
    return words.say(left_out_message(lack, formats, lambda term: term_text(term, sheet.info, words)))


def _proportionality(test: TermTest, sheet: Sheet, words: Words, formats: Formats) -> str:
    column = test.term.rpartition(":")[0]
    return words(
        N_(
            "Does the effect of “{column}” change with month ({kind})? Chi-square {statistic} on {df} df, {p}."
        ),
        column=column_text(column, sheet.info, words),
        kind=words(_TESTS[test.kind]),
        statistic=formats.number(test.statistic, 1),
        df=test.df,
        p=p_text(test.p_value, formats),
    )


_TESTS: Final = {"likelihood ratio": N_("likelihood-ratio test"), "Wald": N_("Wald test")}


def _description(view: ViewDef, rows: Sequence[ForestRow], words: Words) -> str:
    """The figure in words: every estimate."""
    parts, heading = [], ""
    for row in rows:
        if row.kind == "heading":
            heading = row.label.partition(" · ")[0]
        parts += [f"{heading}, {row.label}: {one.reading}" for one in row.estimates]
    return f"{words(view.title)}. " + "; ".join(parts) + "."
