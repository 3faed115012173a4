"""The filter column: every facet of the register with its counts, to choose people from."""

from __future__ import annotations

from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from widgets.controls.boxes import column
from widgets.controls.focus import chain_focus
from widgets.controls.histogram import RangeFacet
from widgets.controls.levels import CategoryFacet, CategorySection, FacetLevel
from widgets.controls.ranges import RangeSection
from widgets.controls.sections import FacetWords, Section

__all__ = ["CategoryFacet", "Facet", "FacetLevel", "FacetPanel", "FacetWords", "RangeFacet"]

Facet: TypeAlias = CategoryFacet | RangeFacet


class FacetPanel(QScrollArea):
    """All facets, one under the other, in a column that scrolls.

    Signals
    -------
    level_toggled(str, str), only_level(str, str)
        Name of the facet and key of the level the user ticked or unticked, or wants alone.
    range_started(str), range_changed(str, float, float), range_finished(str)
        The user took hold of a range, moved it (often while dragging; both ends included, those of RangeFacet.ends
        where it goes as far as the numbers do), let go.
    cleared(str)
        The user wants nothing chosen in this facet.
    """

    level_toggled = Signal(str, str)
    only_level = Signal(str, str)
    range_started = Signal(str)
    range_changed = Signal(str, float, float)
    range_finished = Signal(str)
    cleared = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("surface", "plain")
        self._inside = inside = QWidget()
        inside.setProperty("surface", "plain")
        self._column = column(inside, 1, margins=(0, 0, 6, 0), gap=6)
        self.setWidget(inside)
        self._sections: dict[str, CategorySection | RangeSection] = {}
        self._order: tuple[str, ...] = ()

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections in the order they stand."""
        return tuple(self._sections[name] for name in self._order)

    def section(self, name: str) -> Section:
        """Return the section of the facet called `name`."""
        return self._sections[name]

    def minimumSizeHint(self) -> QSize:
        """Wide enough that nothing is cut at the side, where no scroll bar would reach it."""
        inside = self._inside.minimumSizeHint().width()
        return QSize(inside + self.verticalScrollBar().sizeHint().width(), 120)

    def show_facets(self, facets: tuple[Facet, ...], words: FacetWords) -> None:
        """Show `facets` in this order; sections of facets shown before are used again."""
        wanted = {facet.name: facet for facet in facets}
        gone = [name for name, section in self._sections.items() if not _fits(section, wanted.get(name))]
        # What is hidden hands the keyboard on, to what stays.
        self._order = tuple(name for name in self._order if name not in gone)
        for old in [self._sections.pop(name) for name in gone]:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        moved = False
        for at, facet in enumerate(facets):
            section = self._sections.get(facet.name) or self._add(facet)
            if self._column.indexOf(section) != at:
                self._column.removeWidget(section)
                self._column.insertWidget(at, section)
                moved = True
            _show(section, facet, words)
        self._order = tuple(wanted)
        if moved:
            chain_focus(self._sections[facet.name] for facet in facets)

    def show_lack(self, lack: str) -> None:
        """Show in every section why nobody can be chosen now; "" when somebody can."""
        self._inside.setEnabled(not lack)
        self._inside.setToolTip(lack)

    def _add(self, facet: Facet) -> CategorySection | RangeSection:
        name = facet.name
        section: CategorySection | RangeSection
        if isinstance(facet, RangeFacet):
            section = RangeSection()
            section.range_started.connect(partial(self.range_started.emit, name))
            section.range_changed.connect(partial(self.range_changed.emit, name))
            section.range_finished.connect(partial(self.range_finished.emit, name))
        else:
            section = CategorySection()
            section.level_toggled.connect(partial(self.level_toggled.emit, name))
            section.only_level.connect(partial(self.only_level.emit, name))
            section.reached.connect(self.ensureWidgetVisible)
        section.cleared.connect(partial(self.cleared.emit, name))
        self._sections[name] = section
        return section


def _show(section: Section, facet: Facet, words: FacetWords) -> None:
    if isinstance(facet, RangeFacet):
        if isinstance(section, RangeSection):
            section.show_facet(facet, words)
    elif isinstance(section, CategorySection):
        section.show_facet(facet, words)


def _fits(section: Section, facet: Facet | None) -> bool:
    if isinstance(facet, RangeFacet):
        return isinstance(section, RangeSection)
    return isinstance(facet, CategoryFacet) and isinstance(section, CategorySection)
