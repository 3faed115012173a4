"""Words from the data are shown as they are: Qt takes none for HTML, and opens no file that they name."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import QAbstractListModel, QEvent, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QInputDialog,
    QLabel,
    QMessageBox,
    QTextEdit,
    QToolTip,
    QWidget,
)

import sample_data
from explorer.core.events import CompareBy, JoinSelection, TurnTo
from explorer.core.views import PAGES, all_views
from explorer.shell.pages import Page, explain_html
from models.selection import IsIn

NASTY = '<img src="file:///nowhere.png"><b>A</b> & Co'
TAG = "<img src="


@pytest.fixture
def nasty(tmp_path):
    """The small sample with markup in a level, the label of a column, the title and the source."""
    folder = tmp_path / "nasty"
    shutil.copytree(sample_data.small_path(), folder)
    persons = folder / "persons.csv"
    quoted = '"' + NASTY.replace('"', '""') + '"'
    persons.write_text(
        persons.read_text(encoding="utf-8").replace(",Noord-Holland,", f",{quoted},"), encoding="utf-8"
    )
    about = folder / "dataset.toml"
    text = about.read_text(encoding="utf-8")
    text = text.replace('en = "Province"', f"en = '{NASTY} province'")
    text = text.replace('source = "Synthetic', f"source = '{NASTY}'\nother = \"Synthetic", 1)
    text = text.replace(
        'title = "Displaced persons from Ukraine, synthetic, small"', f"title = '{NASTY} title'"
    )
    about.write_text(
        "\n".join(line for line in text.splitlines() if not line.startswith("other = ")), encoding="utf-8"
    )
    return folder


@pytest.fixture
def shown(session, settled, nasty):
    session.documents.open_dataset(nasty)
    settled()
    session.send(CompareBy(("province",)))
    session.send(JoinSelection(IsIn("province", (NASTY, "Flevoland")), "replace"))
    settled()
    return session


def tips():
    return [one for one in QApplication.topLevelWidgets() if one.metaObject().className() == "QTipLabel"]


def columns_of(model):
    return range(1 if isinstance(model, QAbstractListModel) else model.columnCount())


def tooltips(window):
    """Return every tooltip of widgets, actions and entries."""
    found = {widget.toolTip() for widget in window.findChildren(QWidget)}
    found |= {action.toolTip() for action in window.findChildren(QAction)}
    for view in window.findChildren(QAbstractItemView):
        model = view.model()
        if model is None:
            continue
        cells = [model.index(row, at) for row in range(model.rowCount()) for at in columns_of(model)]
        found |= {str(cell.data(Qt.ItemDataRole.ToolTipRole) or "") for cell in cells}
        found |= {
            str(model.headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) or "")
            for at in columns_of(model)
        }
    return found - {""}


def texts(window):
    """Return every text of labels, buttons, actions, boxes and cells, and every name for a screen reader."""
    widgets = window.findChildren(QWidget)
    found = {one.text() for one in widgets if isinstance(one, QLabel)}
    found |= {one.text().replace("&&", "&") for one in widgets if isinstance(one, QAbstractButton)}
    found |= {one.text().replace("&&", "&") for one in window.findChildren(QAction)}
    found |= {one.accessibleName() for one in widgets} | {one.accessibleDescription() for one in widgets}
    found |= {one.itemText(at) for one in widgets if isinstance(one, QComboBox) for at in range(one.count())}
    for view in widgets:
        if isinstance(view, QAbstractItemView) and view.model() is not None:
            model = view.model()
            found |= {
                str(model.index(row, at).data())
                for row in range(model.rowCount())
                for at in columns_of(model)
            }
    return found


def test_every_label_of_every_page_takes_its_text_as_it_is(shown, settled):
    for page in PAGES:
        shown.send(TurnTo(page))
        settled()
        labels = shown.window.findChildren(QLabel)
        for label in labels:
            label.ensurePolished()
        assert [one.text() for one in labels if one.textFormat() != Qt.TextFormat.PlainText] == []
        written = [one for one in shown.window.findChildren(QTextEdit) if TAG in one.toHtml()]
        assert written == []


def test_names_from_the_data_appear_letter_by_letter(shown):
    found = texts(shown.window)
    where = {
        "level": [text for text in found if text == NASTY],
        "chip": [text for text in found if text.startswith(f"{NASTY} province: ")],
        "title": [text for text in found if text == f"{NASTY} title"],
        "source": [text for text in found if f"Source: {NASTY}" in text],
    }
    assert [name for name, texts_ in where.items() if not texts_] == []
    assert not [text for text in found if "&lt;" in text or "&amp;" in text]


def test_every_tooltip_is_plain(shown, settled, qapp):
    shown.send(TurnTo("departure"))
    settled()
    found = tooltips(shown.window)
    assert any(TAG in text for text in found)
    for text in found:
        QToolTip.showText(QPoint(40, 40), text, shown.window)
        [tip] = [one for one in tips() if one.isVisible()]
        assert (tip.text(), tip.textFormat()) == (text, Qt.TextFormat.PlainText)
    QToolTip.hideText()


def test_message_boxes_and_questions_are_plain(shown, qapp):
    box = QMessageBox(QMessageBox.Icon.Warning, "", NASTY, QMessageBox.StandardButton.Ok, shown.window)
    box.setInformativeText(NASTY)
    asked = QInputDialog(shown.window)
    asked.setLabelText(NASTY)
    for dialog in (box, asked):
        dialog.show()
        labels = [one for one in dialog.findChildren(QLabel) if one.text()]
        assert labels
        assert {(one.text(), one.textFormat()) for one in labels} == {(NASTY, Qt.TextFormat.PlainText)}
        dialog.close()
        dialog.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_page_to_read_writes_what_the_data_say(shown):
    figure = shown.overview.figure(0)
    assert NASTY in figure.chart.note
    page = Page(shown.window, "", explain_html(all_views()[shown.state.view(0)], figure, shown.context.words))
    assert NASTY in page.text.toPlainText()
    page.deleteLater()
