"""The box that reads all curves at one month."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QLabel, QWidget

from widgets.chart import Chart
from widgets.palette import Theme, colour
from widgets.plots.axes import small_font

MOST_ROWS = 12
GAP = 14


class ReadingBox(QLabel):
    """Lies over the plot beside the crosshair; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.hide()

    def show_reading(self, chart: Chart, x: float, theme: Theme) -> None:
        """Show what every curve says at `x`."""
        self.setFont(small_font())
        self.setStyleSheet(
            f"background: {theme.panel}; color: {theme.text}; border: 1px solid {theme.line};"
            "border-radius: 5px; padding: 5px 7px;"
        )
        self.setText(reading_html(chart, x, theme))
        self.adjustSize()
        self.show()
        self.raise_()

    def place(self, x: float, view: QRectF, most: float) -> None:
        """Stand beside `x`: inside the view where it fits, so that names stay in sight, else between 0 and `most`."""
        after, before = x + GAP, x - GAP - self.width()
        if after + self.width() <= view.right():
            left = after
        elif before >= view.left():
            left = before
        else:
            left = after if after + self.width() <= most else before
        self.move(round(max(0.0, left)), round(view.top() + 4))


def reading_html(chart: Chart, x: float, theme: Theme) -> str:
    """Return the readings at `x`, highest curve first, each in its colour."""
    found = []
    for line in chart.lines:
        for place, (at, text) in enumerate(zip(line.x.tolist(), line.readings, strict=True)):
            if at == x and text:
                found.append((float(line.y[place]), line, text))
    found.sort(key=lambda item: -item[0])
    rows = "".join(
        f"<tr><td style='color:{colour(line.ink, theme)}; font-weight:600; padding-right:10px'>"
        f"{escape(line.label)}</td><td align='right'>{escape(text)}</td></tr>"
        for _, line, text in found[:MOST_ROWS]
    )
    return f"<div style='color:{theme.muted}'>{escape(chart.crosshair(x))}</div><table cellspacing='0'>{rows}</table>"
