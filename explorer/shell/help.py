"""What is read beside the figures: explanations, the quality report, keys, and the palette of commands."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from explorer.commands.app import App
from explorer.commands.table import everything, run_named
from explorer.core.formatting import Formats
from explorer.core.names import dataset_title
from explorer.core.words import N_
from explorer.shell.menus import searched, shortcut_rows
from explorer.shell.overview import Overview
from explorer.shell.pages import Page, about_html, explain_html, quality_html, shortcuts_html
from widgets.controls.search import SearchDialog


class Help:
    """Shows pages and the palette over the window."""

    def __init__(self, window: QWidget, app: App, overview: Overview) -> None:
        self._window, self._app, self._overview = window, app, overview
        self.search = SearchDialog(window)
        self.search.chosen.connect(lambda name: run_named(name, app))

    def explain(self, panel: int) -> None:
        """Show how to read a figure and what it does not say."""
        words, view = self._app.context.words, self._overview.view(panel)
        self._show(view.title, explain_html(view, self._overview.figure(panel), words))

    def show_quality(self) -> None:
        """Show the quality report."""
        from explorer.registers.wording import report_lines

        words, dataset = self._app.context.words, self._app.context.dataset
        if dataset is not None:
            lines = report_lines(dataset.quality, words, Formats(words.language).count)
            title = dataset_title(dataset.codes.info, words)
            self._show(N_("Quality report"), quality_html(title, lines, words))

    def show_search(self) -> None:
        """Show the command palette."""
        words = self._app.context.words
        self.search.show_search(
            searched(everything(self._app), self._app),
            words(N_("Find a command, a measure or a comparison")),
            words(N_("Nothing is called that.")),
        )

    def show_shortcuts(self) -> None:
        """Show all keys and commands."""
        words = self._app.context.words
        self._show(N_("Keys and commands"), shortcuts_html(shortcut_rows(self._app), words))

    def show_about(self) -> None:
        """Show what this program is."""
        self._show(N_("About this program"), about_html(self._app.context.words))

    def _show(self, title: str, html: str) -> None:
        Page(self._window, self._app.context.words(title), html).open()
