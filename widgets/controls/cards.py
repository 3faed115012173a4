"""What data this is: its name, how many persons, whether they are real, and how good it is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from widgets.controls.boxes import column
from widgets.controls.flow import FlowLayout
from widgets.controls.labels import ElidedLabel, TextLabel, WrapLabel
from widgets.controls.toggles import link_button, show_button


@dataclass(frozen=True, slots=True, kw_only=True)
class CardData:
    """The texts of a dataset card; `badge` ("Synthetic") and `quality` ("quality: 3 notes") may be "".

    `warning` is what nobody should overlook in these data, a sentence a line, or "".
    """

    title: str
    persons: str
    badge: str = ""
    badge_tooltip: str = ""
    quality: str = ""
    quality_tooltip: str = ""
    warning: str = ""
    source: str = ""


class DatasetCard(QFrame):
    """The card at the top of the left column; its tooltip is the source.

    Signals
    -------
    quality_requested()
        The user wants the quality report.
    """

    quality_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self._title = WrapLabel(scale=1.1, bold=True)
        self._persons = ElidedLabel(tone="muted")
        self._badge = TextLabel(tone="badge")
        self._badge.hide()
        self.quality_button = link_button(self.quality_requested)
        self.quality_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.quality_button.hide()
        row = FlowLayout(gap=8, row_gap=4)
        row.addWidget(self._badge)
        row.addWidget(self.quality_button)
        self._warning = WrapLabel(tone="warning")
        self._warning.hide()
        column(self, self._title, self._persons, row, self._warning, margins=(12, 8, 10, 8), gap=4)

    def show_card(self, card: CardData) -> None:
        """Show the texts of `card`."""
        self._title.show_text(card.title)
        self._persons.show_text(card.persons)
        self._badge.show_text(card.badge)
        self._badge.setToolTip(card.badge_tooltip)
        self._badge.setVisible(bool(card.badge))
        show_button(self.quality_button, card.quality, tooltip=card.quality_tooltip)
        self.quality_button.setVisible(bool(card.quality))
        self._warning.show_text(card.warning)
        self._warning.setVisible(bool(card.warning))
        self.setToolTip(card.source)
        self.setAccessibleName(", ".join(filter(None, (card.title, card.persons, card.badge))))
        self.setAccessibleDescription("\n".join(filter(None, (card.warning, card.source))))
