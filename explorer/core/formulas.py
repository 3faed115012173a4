"""From what is asked of the page of models to the regression it means, or to why there is none."""

from __future__ import annotations

import math
import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from explorer.core.fits import MODELS, ModelDef
from explorer.core.modelling import DEFAULT_TERMS, ModelOptions
from explorer.core.names import ColumnOf
from explorer.core.options import form_of
from explorer.core.words import N_, Refusal
from models.register import DESTINATIONS
from models.regression.fitting import Model
from models.regression.formula import LAGGED_WORK, Formula, Term, parse_terms
from models.tally.person_months import TIME_VARYING
from models.tally.spans import Removal

if TYPE_CHECKING:
    from explorer.core.views import Source
    from models.tally.codes import Codes

NO_CATEGORY: Final = N_("There is no category among the terms; add one.")
NOT_COMPARED: Final = N_(
    "“{column}” is no category among the terms; add it to them, or choose another to compare by."
)
NO_TERM: Final = N_("“{piece}” is no term; write terms as “cohort + sex + cohort:sex”.")


def model_asked(source: Source, options: ModelOptions) -> Model:
    """Return the regression that `options` ask; what does not go with the model is not looked at.

    Raises
    ------
    Refusal
        When terms cannot be read, or the dataset or the model does not have what is asked.
    """
    acts, codes = _acting(options), source.codes
    model = Model(
        name=options.model,
        formula=formula_of(options, frozenset((*codes.groupings, *codes.numbers))),
        causes=tuple(name for name in acts["cause"].split(",") if name),
        removals=Removal(acts["removals"]),
        deflator=source.prices.deflator(acts["real_month"]) if acts["real_month"] else None,
        balanced=acts["balanced"],
        ties=acts["ties"],
    )
    _check(codes, model)
    return model


def formula_of(options: ModelOptions, known: frozenset[str] | None = None) -> Formula:
    """Return what the regression is made of.

    Of the default terms those that are not among `known` columns are left out; terms that a reader chose stay, to be
    refused.

    Raises
    ------
    Refusal
        When interactions or references cannot be read.
    """
    acts = _acting(options)
    chosen = options.terms
    if known is not None and set(DEFAULT_TERMS) <= set(chosen):
        chosen = tuple(name for name in chosen if name in known or name not in DEFAULT_TERMS)
    changing = tuple(name for name in acts["by_month"].split(",") if name)
    more = terms_of(options.interactions.replace(",", "+"))
    columns = (
        *options.numbers,
        *acts["of_job"],
        *([acts["lagged_work"]] if acts["lagged_work"] else []),
        *(name for term in more for name in term),
        *changing,
    )
    own = (tuple(term.split(":")) for term in chosen if not (term == "age_band" and "age" in options.numbers))
    joint = (term for term in more if len(term) > 1)
    return Formula(
        terms=tuple(dict.fromkeys([*own, *((name,) for name in columns), *joint])),
        baseline=acts["baseline"] or MODELS[options.model].baseline or "steps",
        by_month=changing,
        references=levels_of(options.references),
    )


def terms_of(text: str) -> tuple[Term, ...]:
    """Return the terms of a text as ``cohort + sex + cohort:sex``, or refuse it."""
    try:
        return parse_terms(text)
    except ValueError as error:
        raise Refusal(NO_TERM, piece=str(error)) from None


def levels_of(text: str) -> dict[str, str]:
    """Return the levels that a text as ``cohort=2023, sex=male`` names, by column, or refuse it."""
    found = {}
    for piece in re.split(r",(?=[^,=]*=)", text) if text.strip(" ,") else ():
        column, sign, level = piece.partition("=")
        if not sign:
            raise Refusal(N_("“{text}” is no reference; write it as sex=male."), text=piece.strip())
        found[column.strip()] = level.strip()
    return found


def with_compared(options: ModelOptions) -> ModelOptions:
    """Return the options with the column that is compared, if one is, among the terms."""
    column = options.compared
    if not column or column in options.terms:
        return options
    return replace(options, terms=(column, *options.terms))


def predictable(source: Source, options: ModelOptions) -> Model:
    """Return the regression that is asked, of which a share departed can be predicted, or refuse it."""
    model = model_asked(source, options)
    if model.name != "departure" or model.causes or model.formula.lagged_work:
        raise Refusal(
            N_(
                "Only the model departure, for all destinations and with what is known at settling, gives a share "
                "departed; leave out the destination and work the month before."
            )
        )
    return model


def standardising(source: Source, options: ModelOptions) -> tuple[Model, str]:
    """Return the regression that is asked and the category among its terms by which it is standardised, or refuse."""
    model = predictable(source, options)
    return model, _category(source.codes, model, options)


def in_blocks(source: Source, options: ModelOptions) -> tuple[Model, str]:
    """Return the regression that is asked and the category that has a coefficient for each block of months."""
    model = model_asked(source, with_compared(options))
    return model, _category(source.codes, model, options)


def _category(codes: Codes, model: Model, options: ModelOptions) -> str:
    """Return the category among the terms that is compared, the first where none is chosen, or refuse."""
    column = options.compared or first_category(codes, model)
    if not column:
        raise Refusal(NO_CATEGORY)
    _check_column(codes, MODELS[model.name], column)
    if column not in model.formula.columns or column not in codes.groupings:
        raise Refusal(NOT_COMPARED, column=ColumnOf(column, codes.info.columns))
    return column


def profile_asked(source: Source, options: ModelOptions) -> tuple[Model, dict[str, str]]:
    """Return the regression that is asked and the profile that is predicted, or refuse it.

    When none is written it is the first level of every category, and the mean of all persons of every number.
    """
    model, groupings = predictable(source, options), source.codes.groupings
    profile = levels_of(options.profile) or {
        name: groupings[name].levels[0] if name in groupings else str(np.nanmean(source.codes.numbers[name]))
        for name in model.formula.columns
    }
    for name in model.formula.columns:
        if name not in profile:
            raise Refusal(N_("The profile says nothing of “{column}”; add it as {column}=…."), column=name)
        if name in groupings and profile[name] not in groupings[name].levels:
            raise Refusal(
                N_("“{level}” is no level of “{column}”; there are {known}."),
                level=profile[name],
                column=name,
                known=", ".join(groupings[name].levels),
            )
        if name not in groupings and not _is_number(profile[name]):
            raise Refusal(
                N_("“{level}” is no number, which “{column}” needs."), level=profile[name], column=name
            )
    return model, profile


def first_category(codes: Codes, model: Model) -> str:
    """Return the first column of the terms that groups persons, "" when there is none."""
    return next((name for name in model.formula.columns if name in codes.groupings), "")


def _acting(options: ModelOptions) -> dict[str, Any]:
    """Return the options that go with the model; the others as if nobody had chosen them."""
    acts = {shown.name: shown.acts for shown in form_of(options)}
    return {
        one.name: getattr(options, one.name) if acts.get(one.name, True) else one.default
        for one in fields(options)
    }


def _check(codes: Codes, asked: Model) -> None:
    """Refuse, in one sentence, what the dataset or the model does not have."""
    model = MODELS[asked.name]
    for name in dict.fromkeys(
        [name for term in asked.formula.terms for name in term] + list(asked.formula.by_month)
    ):
        _check_column(codes, model, name)
    for column, level in asked.formula.references.items():
        _check_reference(codes, asked.formula, column, level)
    for cause in asked.causes:
        if cause not in DESTINATIONS:
            raise Refusal(
                N_("“{cause}” is no destination to depart to; the models departure and cox know {known}."),
                cause=cause,
                known=", ".join(DESTINATIONS),
            )
    if not codes.persons:
        raise Refusal(N_("There is nobody in this dataset who settled in the window of arrivals."))


def _check_column(codes: Codes, model: ModelDef, name: str) -> None:
    if name == LAGGED_WORK:
        if not model.lagged:
            raise Refusal(N_("“{term}” may enter the models departure and cox only."), term=name)
    elif name in TIME_VARYING:
        if not model.of_job:
            raise Refusal(
                N_(
                    "“{term}” is known only of those who work, after settling; it may enter the wage models only. For "
                    "others use working[lag1], or a selection with its month, as “contract = agency at 6”."
                ),
                term=name,
            )
    elif name in ("month", "working"):
        raise Refusal(
            N_(
                "“{term}” is no term: let a column change with month, or use working[lag1] for work the month before."
            ),
            term=name,
        )
    elif name not in codes.groupings and name not in codes.numbers:
        known = [*codes.groupings, *codes.numbers]
        raise Refusal(
            N_("There is no column “{column}”; there are {known}."), column=name, known=", ".join(known)
        )


def _check_reference(codes: Codes, formula: Formula, column: str, level: str) -> None:
    levels = codes.groupings[column].levels if column in codes.groupings else ()
    if column not in formula.columns or level not in levels:
        raise Refusal(
            N_("“{column}[{level}]” cannot be the reference; choose a level of a term: {known}."),
            column=column,
            level=level,
            known=", ".join(levels) or ", ".join(formula.columns),
        )


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
