"""What may be asked of two selections that are drawn together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from explorer.core.options import Choice, option
from explorer.core.words import N_
from models.selection import EVERYONE

if TYPE_CHECKING:
    from explorer.core.spec import Spec
    from explorer.core.state import AppState
    from explorer.core.views import ViewDef

BOTH: Final = "both"
DIFFERENCE: Final = "difference"
NO_PEOPLE: Final = N_("A and B are compared; turn that off to choose other people.")
NO_COLUMN: Final = N_("A and B are compared; turn that off to compare by a column.")
NO_POINTS: Final = N_("Published figures are about neither A nor B.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedOptions:
    """How A and B are drawn: as two curves, or as the difference between them."""

    curves: str = option(
        BOTH,
        label=N_("Curves"),
        control=Choice(values=((BOTH, N_("A and B")), (DIFFERENCE, N_("A minus B")))),
        comparing=True,
    )


OF_EVERYONE: Final = N_("Published figures are about everyone; remove the filters to see them.")


def of_everyone(spec: Spec) -> bool:
    """Return whether `spec` asks about everyone, whom the published figures are about."""
    return not spec.versus and spec.selection == EVERYONE


def shows_difference(view: ViewDef, spec: Spec) -> bool:
    """Return whether `spec` asks for the difference between two selections instead of both."""
    asked = getattr(spec.options, "curves", BOTH)
    return view.difference is not None and len(spec.versus) == 2 and asked == DIFFERENCE


def only_both(state: AppState) -> bool:
    """Return whether every figure draws A and B, so that none can be compared by a column."""
    return all(state.compares(index) for index in range(len(state.panels)))
