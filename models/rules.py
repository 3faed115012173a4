"""Rules of disclosure control, and the pass that says which of them counts went through."""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A profile of disclosure rules.

    Attributes
    ----------
    name
        What the profile is called on the command line and under a figure.
    threshold
        Counts of fewer persons are not told, none included; 0 tells every count.
    base
        Counts are told to the nearest multiple of it, halves up; 1 leaves them as they are.
    at_risk
        Curves end where fewer are at risk.
    sure
        A share of none or of all is told of no fewer persons.
    """

    name: str
    threshold: int
    base: int = 1
    at_risk: int = 0
    sure: int = 0

    @property
    def exact(self) -> bool:
        """Whether every count is told as it is."""
        return not self.threshold and self.base == 1


NONE: Final = Rules(name="none", threshold=0)
CBS: Final = Rules(name="cbs", threshold=10, base=10, at_risk=30, sure=100)
PROFILES: Final = {rules.name: rules for rules in (NONE, CBS)}


def rules_for(*, synthetic: bool, name: str | None = None) -> Rules:
    """Return the profile called `name`; by default none for synthetic data and cbs for anything else."""
    return PROFILES[name] if name else (NONE if synthetic else CBS)


_GATE: Final = object()


@dataclass(frozen=True, slots=True)
class Pass:
    """Says that the counts behind a number went through the gate, and under which rules.

    `models.disclosure.releasing.release` makes it and nothing else can; results carry the pass of their counts.

    Raises
    ------
    TypeError
        Wherever else one is made.
    """

    rules: Rules
    gate: InitVar[object] = None

    def __post_init__(self, gate: object) -> None:
        if gate is not _GATE:
            raise TypeError("only counts that go through the gate have a pass: call release()")
