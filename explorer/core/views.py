"""What a view is: a name, an estimate, and the words that define its number. Discovered, never listed."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, TypeVar

from explorer.core.words import N_, Message, Words
from models.rules import CBS, Rules

if TYPE_CHECKING:
    from models.disclosure.fits import Answer
    from models.disclosure.releasing import Released
    from models.fit import Fitted
    from models.register import DatasetInfo, Register
    from models.results import FloatArray, IntArray, Result
    from models.selection import Predicate
    from models.tally.choosing import Chosen
    from models.tally.codes import Codes
    from models.tally.person_months import Deflator
    from widgets.pictures.chart import Rule
    from widgets.pictures.gestures import Brush

Counts = TypeVar("Counts")

SINCE_SETTLING = N_("months since settling")
Topic = Literal["departure", "work", "wages", "flows", "lexis", "model"]
PAGES: Final[Mapping[str, str]] = {
    "overview": N_("Overview"),
    "departure": N_("Departures"),
    "work": N_("Work"),
    "wages": N_("Wages"),
    "flows": N_("Flows"),
    "lexis": N_("Lexis"),
    "model": N_("Model"),
}
"""The pages of the window; each but the first is the panel of a topic."""


class Prices(Protocol):
    """Prices by calendar month, as the registers know them."""

    def deflator(self, month: str) -> Deflator:
        """Return what makes wages real in the prices of `month`; refuse a month without an index."""

    def minimum_on(self, days: IntArray) -> FloatArray:
        """Return the statutory minimum wage in EUR an hour on days since 1 January 1970, NaN where unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What an estimate counts from: the codes, for counts on any day the register itself, and prices.

    `truth`, for people made by the simulator, gives the true share departed to each destination at every month of
    everybody chosen together, shape (destinations, months); None where no truth is known. `pause` is called between the
    steps of slow work and raises when nobody waits for the answer any more; `progress` is told the share that is done.
    `rules` are those that counts must pass: they are set where the road begins; until then nothing small is told.
    """

    codes: Codes
    register: Callable[[], Register]
    prices: Prices
    truth: Callable[[Codes, Chosen], FloatArray] | None = None
    pause: Callable[[], None] = lambda: None
    progress: Callable[[float], None] | None = None
    rules: Rules = CBS

    def release(self, counts: Counts) -> Released[Counts]:
        """Return what may be told of `counts`."""
        from models.disclosure.releasing import release

        return release(counts, self.rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Where a published figure stands in a view: its id in published.csv and the series it belongs to.

    `by` and `key` name the comparison under which it is drawn; a figure for everybody is drawn without any. `when`
    names an option of the view and the value with which the figure was made; always without.
    """

    id: str
    by: str = ""
    key: str = ""
    when: tuple[str, Any] | None = None

    def goes_with(self, options: Any) -> bool:
        """Whether the figure is about what `options` ask."""
        return self.when is None or getattr(options, self.when[0]) == self.when[1]


@dataclass(frozen=True, slots=True)
class NoOptions:
    """A view without options."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewDef:
    """One view: how it is estimated and how it is put into words. Texts are message ids.

    Attributes
    ----------
    name
        The name of the table on the command line.
    topic
        The panel of the window in whose measure menu it stands.
    axis_label_then
        Name of the values when they run from a later month, where `axis_label` says that they are of all who settled.
    clock
        What the months count from.
    options
        A frozen dataclass with defaults: what a reader may ask beyond selection and grouping, nothing by default.
    ask
        From source, chosen persons and options to a result, or to a fit.
    runs
        Where it is asked: on the counting thread, or in the process of fits.
    note
        The sentences under the figure, from the released result and the options.
    published
        Published figures that can be drawn as points.
    by
        Columns it is compared by until the reader chooses; those the dataset lacks are left out.
    place
        Order in the measure menu.
    picture
        What it is drawn as: a module of `explorer.pipeline.drawings`; ``table`` where numbers are read as numbers.
    lone
        What a curve without a group is called where it is not of those selected; else it has their name.
    brush
        From a brush in its picture, the released result and the options to a predicate; None: it selects nobody new.
        `brush_hint` says in words what dragging or clicking chooses.
    rules
        Lines across its curves, from the options (a threshold that can be dragged). The key of a rule that moves is
        the name of the option it sets.
    difference
        The difference between two selections that may share persons, with its interval: Curves by month.
    explain
        Two paragraphs: how to read the figure, and what it does not say.
    """

    name: str
    topic: Topic
    title: str
    subtitle: str = ""
    axis_label: str
    axis_label_then: str = ""
    risk_label: str = ""
    clock: str = SINCE_SETTLING
    options: Callable[[], Any] = NoOptions
    ask: Callable[[Source, Chosen, Any], Result | Fitted]
    note: Callable[[Any, Any, DatasetInfo], tuple[Message, ...]]
    published: tuple[Published, ...] = ()
    by: tuple[str, ...] = ()
    place: int = 0
    picture: str = "curves"
    runs: Literal["counting", "fits"] = "counting"
    lone: str = ""
    brush: Callable[[Brush, Answer, Any], Predicate | None] | None = None
    brush_hint: str = ""
    rules: Callable[[Any, Words], tuple[Rule, ...]] | None = None
    difference: Callable[[Source, Chosen, Chosen, Any], Result] | None = None
    explain: tuple[str, str] = ("", "")

    @property
    def grouped(self) -> bool:
        """Whether it can be compared by columns; of a model its terms say what is compared."""
        return self.topic != "model"


def always(*texts: str) -> Callable[[Any, Any, DatasetInfo], tuple[Message, ...]]:
    """Return the note of a view that says the same of every result."""
    said = tuple(Message(text) for text in texts)
    return lambda released, options, info: said


@cache
def all_views() -> Mapping[str, ViewDef]:
    """Return every view by name: each module of `explorer.views` that holds a VIEW, in the order of place."""
    package = importlib.import_module("explorer.views")
    found: list[ViewDef] = []
    for module in pkgutil.iter_modules(package.__path__, "explorer.views."):
        view = getattr(importlib.import_module(module.name), "VIEW", None)
        if isinstance(view, ViewDef):
            found.append(view)
    return {view.name: view for view in sorted(found, key=lambda view: (view.place, view.name))}


def views_of(topic: Topic) -> tuple[ViewDef, ...]:
    """Return the views that the panel of `topic` can show, figures and tables."""
    return tuple(view for view in all_views().values() if view.topic == topic)


def figures_of(topic: Topic) -> tuple[ViewDef, ...]:
    """Return the views of `topic` that are drawn: what the panel can show among the small figures of the overview."""
    return tuple(view for view in views_of(topic) if view.picture != "table")
