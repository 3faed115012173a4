"""A statistician gets a folder of SPSS files from CBS and has six figures of it, with no help but the screen."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt

from sample_data.cbs.writing import write_cbs

TWO_MINUTES = 120


def test_a_statistician_imports_files_as_they_are_delivered(person, tmp_path):
    write_cbs(tmp_path, "sav", persons=700, seed=5)
    begun = time.monotonic()
    person.session.ui.folder = tmp_path / "components"
    person.menu("File", "Import files")
    importing = person.session.importing
    person.qtbot.waitUntil(lambda: importing.page is not None)
    page = importing.page

    taken = {page.files.model.index(row, 0).data() for row in range(page.files.model.rowCount())}
    assert {path.name for path in (tmp_path / "components").rglob("*.*")} == taken
    for name, text in (
        ("arrivals_from", "2022-02-24"),
        ("observed_until", "2024-07-01"),
        ("reference", "UA"),
    ):
        line = page.form.control(name).box
        line.setFocus()
        line.selectAll()
        person.qtbot.keyClicks(line, text)
        person.qtbot.keyClick(line, Qt.Key.Key_Tab)
    person.click(page.go_button)
    person.qtbot.waitUntil(page.steps.isVisible, timeout=60_000)
    person.click(page.go_button)
    person.wait()

    assert time.monotonic() - begun < TWO_MINUTES
    assert person.session.context.info.reference_nationality == "UA"
    assert all(not person.chart(name).empty for name in person.PAGES[1:])
