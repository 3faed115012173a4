"""Pages to read: explanations, keys and commands, about. One window, text that can be selected."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from explorer import __version__
from explorer.core.views import ViewDef
from explorer.core.words import N_, Words
from explorer.pipeline.figure import Figure


class Page(QDialog):
    """A page of text over the window; Escape closes it."""

    def __init__(self, parent: QWidget, title: str, html: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setHtml(html)
        self.text.setAccessibleName(title)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.text)
        column.addWidget(buttons)
        em = self.fontMetrics().height()
        self.resize(min(46 * em, parent.width()), min(34 * em, parent.height()))


def explain_html(view: ViewDef, figure: Figure | None, words: Words) -> str:
    """Return how to read a figure, what it does not say, and its note, as a page."""
    parts = [
        (words(N_("How to read it")), words(view.explain[0])),
        (words(N_("What it does not say")), words(view.explain[1])),
    ]
    if figure is not None and figure.chart.note:
        parts.append((words(N_("The number")), figure.chart.note))
    body = "".join(f"<h4>{escape(head)}</h4><p>{escape(text)}</p>" for head, text in parts)
    return f"<h3>{escape(words(view.title))}</h3>{body}"


def shortcuts_html(rows: Sequence[tuple[str, str, str]], words: Words) -> str:
    """Return keys and commands as a page."""
    head = "".join(
        f"<th align='left'>{escape(words(text))}&nbsp;&nbsp;&nbsp;</th>"
        for text in (N_("Menu"), N_("Command"), N_("Keys"))
    )
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}&nbsp;&nbsp;&nbsp;</td>" for cell in row) + "</tr>"
        for row in rows
    )
    plot = words(
        N_(
            "In a figure: left and right arrow move month by month, Home and End go to the ends, plus and minus "
            "zoom, 0 shows everything, Escape lets go. F6 goes to the next figure."
        )
    )
    choosing = words(
        N_(
            "Choosing people in a figure: only those of its people are kept. With Ctrl both must hold, with Shift one "
            "of them, with Ctrl and Shift these people are left out."
        )
    )
    filters = words(
        N_(
            "In the filters: Space adds or removes a level, Ctrl+Enter keeps only this one; arrows move a range, "
            "with Shift its upper end."
        )
    )
    rest = "".join(f"<p>{escape(text)}</p>" for text in (plot, choosing, filters))
    return f"<table cellpadding='2'><tr>{head}</tr>{body}</table>{rest}"


def about_html(words: Words) -> str:
    """Return what this program is as a page."""
    paragraphs = (
        words(N_("Cohort Flow Explorer {version}"), version=__version__),
        words(
            N_(
                "It shows what happens to people after they settle: when they leave, when they find work, how "
                "their wage grows, by period of settling. It works without a network and sends nothing anywhere."
            )
        ),
        words(
            N_(
                "Each figure says under it what its number is: the event, the clock, who is at risk, the interval "
                "and the selection. Estimates are checked against R; see docs/methods.md."
            )
        ),
        words(N_("The bundled people do not exist: they are simulated to meet figures published by CBS.")),
    )
    first, *rest = (escape(text) for text in paragraphs)
    return f"<h3>{first}</h3>" + "".join(f"<p>{text}</p>" for text in rest)
