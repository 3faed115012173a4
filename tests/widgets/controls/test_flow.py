"""Widgets come and go in rows; what goes leaves nothing behind."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from shiboken6 import Shiboken

from widgets.controls.flow import FlowLayout

ROUNDS = 60


@pytest.fixture
def only_new() -> Iterator[None]:
    """What other tests left behind is not looked through at every collection."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("only_new")
def test_widgets_that_come_and_go_leave_exactly_those_that_stayed(on_screen: Any, settle: Any) -> None:
    holder = QWidget()
    column = QVBoxLayout(holder)
    flow = FlowLayout()
    column.addLayout(flow)
    on_screen(holder, 300, 200)
    stays = [QLabel("first"), QLabel("second")]
    for label in stays:
        flow.addWidget(label)
    for number in range(ROUNDS):
        deleted, adopted, removed, taken = (QLabel(f"{number} {way}") for way in range(4))
        for label in (deleted, adopted, removed, taken):
            flow.addWidget(label)
        settle()
        assert flow.count() == 6
        deleted.deleteLater()
        adopted.setParent(None)
        flow.removeWidget(removed)
        settle()
        item = flow.takeAt(2)
        assert item is not None
        assert item.widget() is taken
        del item
        gc.collect(1)
        holder.resize(200 + number, 200)
        settle()
        present = [flow.itemAt(at) for at in range(flow.count())]
        assert [one.widget() for one in present if one is not None] == stays
        assert all(Shiboken.createdByPython(one) for one in present)
        del present
        removed.deleteLater()
        taken.deleteLater()
        del deleted, adopted, removed, taken, label
        settle()
        gc.collect()
    assert flow.itemAt(2) is None
    assert flow.takeAt(2) is None
    assert [label.isVisible() for label in stays] == [True, True]
