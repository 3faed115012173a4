"""What may be asked of two selections that are drawn together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from explorer.core.options import Choice, Written, option
from explorer.core.words import N_, Message
from models.selection import EVERYONE

if TYPE_CHECKING:
    from explorer.core.spec import Spec
    from explorer.core.state import AppState
    from explorer.core.views import ViewDef
    from models.disclosure.fits import Answer

BOTH: Final = "both"
DIFFERENCE: Final = "difference"
NO_PEOPLE: Final = N_("A and B are compared; turn that off to choose other people.")
NO_COLUMN: Final = N_("A and B are compared; turn that off to compare by a column.")
UNTOLD: Final = N_("There is nothing to tell of {name}; look at {name} alone to read why.")
NO_POINTS: Final = N_("Published figures are about neither A nor B.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedOptions:
    """How A and B are drawn: as two curves, or as the difference between them."""

    curves: str = option(
        BOTH,
        label=N_("Curves"),
        control=Choice(values=((BOTH, N_("A and B")), (DIFFERENCE, N_("A minus B")))),
        comparing=True,
        written=Written(help="what is drawn of two selections"),
    )


OF_EVERYONE: Final = N_("Published figures are about everyone; remove the filters to see them.")


def of_everyone(spec: Spec) -> bool:
    """Return whether `spec` asks about everyone, whom the published figures are about."""
    return not spec.versus and spec.selection == EVERYONE


def shows_difference(view: ViewDef, spec: Spec) -> bool:
    """Return whether `spec` asks for the difference between two selections instead of both."""
    asked = getattr(spec.options, "curves", BOTH)
    return view.difference is not None and len(spec.versus) == 2 and asked == DIFFERENCE


def untold(spec: Spec, released: Answer) -> tuple[Message, ...]:
    """Return a sentence for each of the selections of `spec` that an answer about another says nothing of."""
    from explorer.core.lacks import no_fit_message
    from models.disclosure.fits import ReleasedNoFit, ReleasedTogether
    from models.results import SELECTION, Curves, Rows

    if isinstance(released, ReleasedTogether):
        return tuple(
            Message(N_("{name}: {reason}"), {"name": name, "reason": no_fit_message(one.no_fit)})
            for name, one in zip(released.names, released.fits, strict=True)
            if isinstance(one, ReleasedNoFit)
        )
    if isinstance(released, Curves) and SELECTION in released.by:
        told = {key[0] for key, seen in zip(released.keys, released.observed, strict=True) if seen.any()}
    elif isinstance(released, Rows) and SELECTION in released.columns:
        told = {str(key[0]) for key in released.keys}
    else:
        return ()
    return tuple(Message(UNTOLD, {"name": name}) for name, _ in spec.versus if name not in told)


def only_both(state: AppState) -> bool:
    """Return whether every figure draws A and B, so that none can be compared by a column."""
    return all(state.compares(index) for index in range(len(state.panels)))
