"""What a view is: a name, an estimate, and the words that define its number. Discovered, never listed."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Protocol

from explorer.core.words import N_, Message

if TYPE_CHECKING:
    from models.disclosure import ReleasedCurves
    from models.register import DatasetInfo, Register
    from models.results import FloatArray, IntArray, Result
    from models.tally.choosing import Chosen
    from models.tally.codes import Codes
    from models.tally.person_months import Deflator

SINCE_SETTLING = N_("months since settling")
Topic = Literal["departure", "work", "wages", "stock"]


class Prices(Protocol):
    """Prices by calendar month, as the registers know them."""

    def deflator(self, month: str) -> Deflator:
        """Return what makes wages real in the prices of `month`; refuse a month without an index."""

    def minimum_on(self, days: IntArray) -> FloatArray:
        """Return the statutory minimum wage in EUR an hour on days since 1 January 1970, NaN where unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What an estimate counts from: the codes, for counts on any day the register itself, and prices."""

    codes: Codes
    register: Callable[[], Register]
    prices: Prices


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Where a published figure stands in a view: its id in published.csv and the series it belongs to.

    `by` and `key` name the comparison under which it is drawn; a figure for everybody is drawn without any.
    """

    id: str
    by: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewDef:
    """One view: how it is estimated and how it is put into words. Texts are message ids.

    Attributes
    ----------
    name
        The name of the table on the command line.
    topic
        The panel of the window in whose measure menu it stands; `figure` is False for a table only.
    clock
        What the months count from.
    options
        A frozen dataclass with defaults: what a reader may ask beyond selection and grouping.
    estimate
        From source, chosen persons and options to a result.
    note
        The sentences under the figure, from the released result and the options.
    published
        Published figures that can be drawn as points.
    by
        Columns it is compared by until the reader chooses; those the dataset lacks are left out.
    place
        Order in the measure menu.
    """

    name: str
    topic: Topic
    title: str
    subtitle: str = ""
    axis_label: str
    risk_label: str = ""
    clock: str = SINCE_SETTLING
    options: Callable[[], Any]
    estimate: Callable[[Source, Chosen, Any], Result]
    note: Callable[[ReleasedCurves, Any, DatasetInfo], tuple[Message, ...]]
    published: tuple[Published, ...] = ()
    figure: bool = True
    by: tuple[str, ...] = ()
    place: int = 0


@dataclass(frozen=True, slots=True)
class NoOptions:
    """A view without options."""


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


def figures_of(topic: Topic) -> tuple[ViewDef, ...]:
    """Return the views that a panel of `topic` can draw."""
    return tuple(view for view in all_views().values() if view.topic == topic and view.figure)
