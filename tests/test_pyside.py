"""A version of Qt's binding that loses references must never come back."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal


class Emitter(QObject):
    told = Signal(bool)


def test_emitting_a_signal_loses_no_reference_to_true(qapp):
    emitter, heard = Emitter(), []
    emitter.told.connect(lambda value: heard.append(1))
    before = sys.getrefcount(True)
    for _ in range(100):
        emitter.told.emit(True)
    assert len(heard) == 100
    assert abs(sys.getrefcount(True) - before) < 20
