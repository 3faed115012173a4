"""The one road: a Spec and the codes become a Released, and nothing else leaves."""

from __future__ import annotations

from explorer.core.spec import Spec
from explorer.core.views import Source, all_views
from explorer.core.words import N_, Refusal
from models.disclosure import Released, Rules, release
from models.selection import columns_of
from models.tally.choosing import choose
from models.tally.codes import Codes

STATES = frozenset({"present", "working", "contract", "sector"})


def answer(source: Source, spec: Spec, rules: Rules) -> Released:
    """Count, estimate and release what `spec` asks.

    Raises
    ------
    Refusal
        When the spec names a view or a column that does not exist.
    """
    view = all_views().get(spec.view)
    if view is None:
        raise Refusal(
            N_("There is no view “{view}”; there are {known}."),
            view=spec.view,
            known=", ".join(sorted(all_views())),
        )
    check_columns(source.codes, spec)
    chosen = choose(source.codes, spec.selection, spec.by)
    return release(view.estimate(source, chosen, spec.options), rules)


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
    for name in columns_of(spec.selection):
        if name not in known and name not in STATES:
            raise Refusal(
                N_("There is no column “{column}”; there are {known}."), column=name, known=", ".join(known)
            )
