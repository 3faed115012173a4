"""The one road: a Spec and the codes become an Answer that was released, and nothing else leaves."""

from __future__ import annotations

from dataclasses import replace

from explorer.core.comparing import shows_difference
from explorer.core.spec import Spec
from explorer.core.views import Source, ViewDef, all_views
from explorer.core.where import STATES
from explorer.core.words import N_, Refusal
from explorer.pipeline.drag_index import DragIndex
from models.disclosure.fits import Answer, ReleasedFit, ReleasedTogether, release_fit
from models.disclosure.results import release_result
from models.fit import Fit, Fitted, NoFit
from models.results import Curves, Nothing, Reason, Result, beside
from models.rules import Rules
from models.selection import columns_of
from models.tally.choosing import choose
from models.tally.codes import Codes


def answer(source: Source, spec: Spec, rules: Rules, hand: DragIndex | None = None) -> Answer:
    """Count or fit, estimate and release what `spec` asks; `hand` chooses while a range is dragged.

    Raises
    ------
    Refusal
        When the spec names a view or a column that does not exist, or a fit is asked what it cannot do.
    """
    view = all_views().get(spec.view)
    if view is None:
        raise Refusal(
            N_("There is no view “{view}”; there are {known}."),
            view=spec.view,
            known=", ".join(sorted(all_views())),
        )
    check_columns(source.codes, spec)
    source = replace(source, rules=rules)
    if spec.versus:
        return compare(source, view, spec)
    chosen = (hand.choose if hand is not None else choose)(source.codes, spec.selection, spec.by)
    return _released(view.ask(source, chosen, spec.options), rules)


def compare(source: Source, view: ViewDef, spec: Spec) -> Answer:
    """Ask a view of each of two selections and put the answers beside each other.

    With the difference where it has an interval; when the difference itself is asked for, it is the answer. Where no
    side has a fit, the first says why.
    """
    rules = source.rules
    sides = {name: choose(source.codes, part) for name, part in spec.versus}
    found = {name: view.ask(source, chosen, spec.options) for name, chosen in sides.items()}
    fits = {name: release_fit(one, rules) for name, one in found.items() if isinstance(one, Fit | NoFit)}
    if len(fits) == len(found):
        together = ReleasedTogether(names=tuple(fits), fits=tuple(fits.values()), rules=rules)
        return together if any(isinstance(one, ReleasedFit) for one in together.fits) else together.fits[0]
    results = {name: one for name, one in found.items() if not isinstance(one, Fit | NoFit)}
    released = release_result(beside(results), rules)
    if view.difference is None or len(sides) != 2:
        return released
    a, b = sides.values()
    if any(map(_needs_groups, results.values())):
        return _released(view.difference(source, a, b, spec.options), rules)
    if not isinstance(released, Curves):
        return released
    difference = release_result(view.difference(source, a, b, spec.options), rules)
    if shows_difference(view, spec):
        return difference
    return replace(released, difference=difference) if isinstance(difference, Curves) else released


def _released(found: Result | Fitted, rules: Rules) -> Answer:
    return release_fit(found, rules) if isinstance(found, Fit | NoFit) else release_result(found, rules)


def _needs_groups(result: Result) -> bool:
    """Whether a view compares groups and says nothing of one: of A and B it then tells the difference alone."""
    return isinstance(result, Nothing) and result.reason is Reason.ONE_GROUP


def check_columns(codes: Codes, spec: Spec) -> None:
    """Refuse, in one sentence, columns that the dataset does not have."""
    known = [*codes.groupings, *codes.numbers]
    for name in spec.by:
        if name not in codes.groupings:
            raise Refusal(
                N_("There is no column “{column}” to compare by; there are {known}."),
                column=name,
                known=", ".join(codes.groupings),
            )
    for part in (spec.selection, *(part for _, part in spec.versus)):
        for name in columns_of(part):
            if name not in known and name not in STATES:
                raise Refusal(
                    N_("There is no column “{column}”; there are {known}."),
                    column=name,
                    known=", ".join(known),
                )
