"""Work that takes longer than half a second: what it is, how far it is, and a way to stop it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from widgets.controls.boxes import row
from widgets.controls.labels import ElidedLabel
from widgets.controls.toggles import link_button, show_button

PATIENCE_MS: Final = 500
"""Work shorter than this shows nothing: a flash would only disturb."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Work under way; `fraction` is 0 to 1, None when nobody knows; no `cancel_text`: it cannot stop."""

    text: str
    fraction: float | None = None
    cancel_text: str = ""
    cancelling_text: str = ""


class ProgressStrip(QWidget):
    """Text, bar and Cancel for the status bar; shown only after half a second of work.

    Signals
    -------
    cancelled()
        The user wants the work stopped.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "plain")
        self._text = ElidedLabel(tone="muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self.cancel_button = link_button(self._cancel)
        self.patience = QTimer(self)
        self.patience.setSingleShot(True)
        self.patience.setInterval(PATIENCE_MS)
        self.patience.timeout.connect(self.show)
        self._working = False
        self._cancelling_text = ""
        self._waiting_text = ""
        self._text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row(self, self._text, self._bar, self.cancel_button, margins=(8, 0, 4, 0), gap=8)
        self.hide()

    def show_progress(self, progress: Progress | None) -> None:
        """Show work under way, once it has lasted half a second; None: there is none."""
        if progress is None:
            self._working = False
            self.patience.stop()
            self.hide()
            return
        if not self._working:
            self._working = True
            self._cancelling_text = ""
            self.cancel_button.setEnabled(True)
            self.patience.start()
        if not self._cancelling_text:
            self._text.show_text(progress.text)
            show_button(self.cancel_button, progress.cancel_text, enabled=True)
            self.cancel_button.setVisible(bool(progress.cancel_text))
        self._waiting_text = progress.cancelling_text
        known = progress.fraction is not None
        self._bar.setRange(0, 1000 if known else 0)
        if progress.fraction is not None:
            self._bar.setValue(round(min(max(progress.fraction, 0.0), 1.0) * 1000))
        self._bar.setAccessibleName(progress.text)

    def _cancel(self) -> None:
        self._cancelling_text = self._waiting_text or self._text.text()
        self._text.show_text(self._cancelling_text)
        show_button(
            self.cancel_button, self.cancel_button.text(), enabled=False, tooltip=self._cancelling_text
        )
        self.cancelled.emit()
