"""What is read beside the figures: explanations, the quality report, keys, and the palette of commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from explorer.core.words import N_
from explorer.services.context import Context
from explorer.shell.menus import Menus
from explorer.shell.overview import Overview
from explorer.shell.pages import Page, about_html, explain_html, shortcuts_html
from widgets.controls.search import SearchDialog


class Help:
    """Shows pages and the palette over the window."""

    def __init__(
        self,
        window: QWidget,
        context: Context,
        overview: Overview,
        menus: Menus[Any],
        save_report: Callable[[], None],
    ) -> None:
        self._window, self._context, self._overview, self._menus = window, context, overview, menus
        self._save_report = save_report
        self.search = SearchDialog(window)
        self.search.chosen.connect(menus.run)

    def explain(self, panel: int) -> None:
        """Show how to read a figure and what it does not say."""
        words, view = self._context.words, self._overview.view(panel)
        self._show(view.title, explain_html(view, self._overview.figure(panel), words))

    def show_quality(self) -> None:
        """Show the quality report."""
        from explorer.shell.quality import QualityPage

        if self._context.dataset is not None:
            page = QualityPage(self._window, self._context.dataset, self._context.words)
            page.save_requested.connect(self._save_report)
            page.open()

    def show_search(self) -> None:
        """Show the command palette."""
        words = self._context.words
        self.search.show_search(
            self._menus.found(),
            words(N_("Find a command, a measure or a comparison")),
            words(N_("Nothing is called that.")),
        )

    def show_shortcuts(self) -> None:
        """Show all keys and commands."""
        words = self._context.words
        self._show(N_("Keys and commands"), shortcuts_html(self._menus.shortcuts(), words))

    def show_about(self) -> None:
        """Show what this program is."""
        self._show(N_("About this program"), about_html(self._context.words))

    def _show(self, title: str, html: str) -> None:
        Page(self._window, self._context.words(title), html).open()
