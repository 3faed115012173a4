"""What is said in the line above the figures."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject

from explorer.core.words import N_, Message
from explorer.services.context import Context
from widgets.controls.messages import Banner, Notice

Kind = Literal["info", "warning", "done"]


class Notices(QObject):
    """What is said until it is closed, and over it what is said until the next step."""

    def __init__(self, banner: Banner, context: Context) -> None:
        super().__init__(banner)
        self._banner, self._context = banner, context
        self._standing: tuple[Message, Kind, str] | None = None
        self._passing: tuple[Message, Kind, str] | None = None
        banner.closed.connect(self._close)
        context.words_changed.connect(self._show)

    def tell(self, message: Message, kind: Kind, action: str = "", *, passing: bool = False) -> None:
        """Say something; what is done, or is `passing`, only until the next step."""
        if passing or kind == "done":
            self._passing = (message, kind, action)
        else:
            self._standing, self._passing = (message, kind, action), None
        self._show()

    def move_on(self) -> None:
        """Something else is done: what was said of the last step is past, an offer still stands."""
        if self._passing is not None:
            self._passing = None
            self._show()

    def silence(self) -> None:
        """Say nothing any more."""
        self._standing = self._passing = None
        self._show()

    def _close(self) -> None:
        """Close the line that is read; one under it comes back."""
        if self._passing is None:
            self._standing = None
        self._passing = None
        self._show()

    def _show(self) -> None:
        told, words = self._passing or self._standing, self._context.words
        notice = None
        if told is not None:
            message, kind, action = told
            notice = Notice(
                text=words.say(message),
                close_text=words(N_("Close this line")),
                action_text=words(action) if action else "",
                kind=kind,
            )
        self._banner.show_notice(notice)
