"""The state of an analysis: everything that undo brings back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from explorer.core.spec import Spec
from explorer.core.views import Topic, all_views
from models.selection import EVERYONE, Predicate


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One figure: its topic, the view it shows, interval and published points.

    `options` holds what the reader asked of its views, one object of each class of options; views that share a class
    share what was asked. `lock` is a selection of its own, None while it follows that of the window; where A and B were
    drawn when it was locked, `lock_kept` holds them, and they are.
    """

    topic: Topic
    view: str
    interval: bool = True
    published: bool = True
    options: tuple[Any, ...] = ()
    lock: Predicate | None = None
    lock_kept: tuple[tuple[str, Predicate], ...] = ()

    def asked(self) -> Any:
        """Return the options of the view it shows: those asked for, else the view's defaults."""
        default = all_views()[self.view].options()
        return next((kept for kept in self.options if type(kept) is type(default)), default)

    def asking(self, options: Any) -> Panel:
        """Return the panel with `options` in the place of those of the same class."""
        others = tuple(kept for kept in self.options if type(kept) is not type(options))
        return replace(self, options=(*others, options))


USUAL: Final = (
    Panel(topic="departure", view="departure"),
    Panel(topic="work", view="employment"),
    Panel(topic="wages", view="wages"),
    Panel(topic="flows", view="occupancy"),
    Panel(topic="lexis", view="lexis"),
    Panel(topic="model", view="model_terms"),
)
"""The panels of a window, and the figure that each shows at first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppState:
    """Everything that undo brings back.

    Attributes
    ----------
    compare
        None while each view has its own comparison; a comparison that the reader chose holds for all panels.
    page
        ``overview``, or the topic whose panel is shown.
    beside
        Panels shown beside that of the page; `floating` in windows of their own.
    kept
        The selections kept under the names A and B; `versus`: they are drawn together in every panel.
    """

    selection: Predicate = EVERYONE
    compare: tuple[str, ...] | None = None
    panels: tuple[Panel, ...] = USUAL
    focused: int = 0
    page: str = "overview"
    beside: tuple[int, ...] = ()
    floating: tuple[int, ...] = ()
    kept: tuple[tuple[str, Predicate], ...] = ()
    versus: bool = False

    def panel(self, index: int) -> Panel:
        """Return panel `index` as it is shown: on the overview a figure takes a table's place."""
        panel = self.panels[index]
        if self.page != "overview" or index in self.floating or all_views()[panel.view].picture != "table":
            return panel
        usual = next(one for one in USUAL if one.topic == panel.topic)
        return replace(panel, view=usual.view)

    def view(self, index: int) -> str:
        """Return the view that panel `index` shows."""
        return self.panel(index).view

    def by(self, index: int, known: frozenset[str]) -> tuple[str, ...]:
        """Return the columns panel `index` is compared by; the default where the reader chose none."""
        if self.compare is not None:
            return self.compare
        return tuple(name for name in all_views()[self.view(index)].by if name in known)

    def both(self, index: int) -> tuple[tuple[str, Predicate], ...]:
        """Return A and B where panel `index` draws them; one that is locked keeps its own people."""
        panel = self.panels[index]
        if panel.lock is not None:
            return panel.lock_kept
        return self.kept if self.versus else ()

    def compares(self, index: int) -> bool:
        """Return whether panel `index` draws A and B."""
        return bool(self.both(index))

    def spec(self, index: int, known: frozenset[str]) -> Spec:
        """Return what panel `index` asks; `known` are the grouping columns of the dataset."""
        panel = self.panel(index)
        both = self.both(index)
        return Spec(
            view=panel.view,
            selection=self.selection if panel.lock is None else panel.lock,
            by=() if both else self.by(index, known),
            options=panel.asked(),
            versus=both,
        )

    @property
    def docked(self) -> tuple[int, ...]:
        """Panels shown in the window: all on the overview, else that of the page and those beside it."""
        if self.page == "overview":
            return tuple(at for at in range(len(self.panels)) if at not in self.floating)
        first = tuple(at for at, panel in enumerate(self.panels) if panel.topic == self.page)
        return tuple(dict.fromkeys(at for at in (*first, *self.beside) if at not in self.floating))

    @property
    def visible(self) -> tuple[int, ...]:
        """Panels that are shown anywhere."""
        return (*self.docked, *self.floating)
