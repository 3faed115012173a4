"""A statistician reads in the life table of departures how many women were at risk in month 12."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from explorer.core.spec import Spec
from explorer.pipeline.answering import answer
from models.rules import NONE
from models.selection import IsIn


def cell(view, row: int, heading: str) -> str:
    """What stands in a row under a heading."""
    model = view.model()
    columns = range(model.columnCount())
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in columns]
    return str(model.index(row, heads.index(heading)).data())


def row_of(view, month: str) -> int:
    """The one row of a month."""
    [row] = [row for row in range(view.model().rowCount()) if cell(view, row, "Month") == month]
    return row


def test_a_statistician_reads_the_number_at_risk_in_month_12(person):
    person.turn_to("Departures")
    panel = person.panel("departure")
    person.choose(panel.header.measure_box, "Life table of departures")
    person.choose(person.window.compare, "nothing")
    person.tick("sex", "female")
    person.wait()

    view = panel.plot.painter.view
    assert view.isVisible()
    place = view.model().index(row_of(view, "12"), 1)
    view.scrollTo(place)
    person.click(view.viewport(), view.visualRect(place).center())
    spec = Spec(view="life_table", selection=IsIn("sex", ("female",)))
    counted = answer(person.session.context.dataset.source, spec, NONE).table()
    names = [column.name for column in counted.columns]
    [found] = [row for row in counted.rows if row[names.index("month")] == 12]
    assert cell(view, place.row(), "At risk") == f"{found[names.index('at_risk')]:,}"
    assert f"At risk: {found[names.index('at_risk')]:,}" in panel.plot.reading_text()
    assert "Sex: female" in person.chart("departure").note

    # The numbers stand in the figure: below it are only their title and what can be done with them.
    assert not person.window.table.view.isVisible()
    assert person.window.table.copy_button.isVisible()
    person.press("Ctrl+C")
    assert QGuiApplication.clipboard().text().strip() == str(found[names.index("at_risk")])

    # By a heading, and by key, the rows are put in another order.
    head = view.horizontalHeader()
    at = names.index("departed")
    person.click(head.viewport(), QPoint(head.sectionViewportPosition(at) + 20, head.height() // 2))
    departed = [int(cell(view, row, "Departed")) for row in range(view.model().rowCount())]
    assert departed == sorted(departed)
    person.press("Escape")
    assert panel.plot.reading_text() == ""


def test_the_overview_draws_a_figure_where_its_page_has_a_table(person):
    person.turn_to("Departures")
    panel = person.panel("departure")
    person.choose(panel.header.measure_box, "Life table of departures")
    person.wait()
    person.turn_to("Overview")
    assert person.chart("departure").title == "Share departed"
    person.turn_to("Departures")
    assert person.chart("departure").title == "Life table of departures"
    person.choose(panel.header.measure_box, "Departure rate")
    person.wait()
    assert person.window.table.view.isVisible()
    assert len(person.cells) > 20


def test_persons_are_counted_on_the_date_and_of_the_ages_that_are_chosen(person):
    person.turn_to("Work")
    panel = person.panel("work")
    person.choose(panel.header.measure_box, "Persons on a date")
    person.wait()
    view = panel.plot.painter.view
    everybody = int(cell(view, 0, "Present").replace(",", ""))
    person.choose(panel.form.control("on").box, "1 July 2023")
    person.wait()
    earlier = int(cell(view, 0, "Present").replace(",", ""))
    assert cell(view, 0, "Date") == "1 July 2023"
    assert earlier < everybody
    person.choose(panel.form.control("ages").box, "15–64")
    person.wait()
    assert int(cell(view, 0, "Present").replace(",", "")) < earlier
    assert not person.window.progress.isVisible()
