"""What keys and ways of getting the keyboard mean in every picture."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt

BY_KEYBOARD: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
FONT_EVENTS: Final = (
    QEvent.Type.FontChange,
    QEvent.Type.ApplicationFontChange,
    QEvent.Type.StyleChange,
)
TAKE: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


def next_month(months: list[float], now: float | None, key: int) -> float:
    """Return the month to which a key leads from `now`."""
    if key == Qt.Key.Key_Home or (now is None and key == Qt.Key.Key_Right):
        return months[0]
    if key == Qt.Key.Key_End or now not in months:
        return months[-1]
    place = months.index(now) + (1 if key == Qt.Key.Key_Right else -1)
    return months[min(max(place, 0), len(months) - 1)]
