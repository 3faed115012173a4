from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtWidgets import QWidget

from widgets.controls.facets import CategoryFacet, FacetLevel, FacetPanel, FacetWords, RangeFacet
from widgets.controls.levels import CategorySection
from widgets.controls.ranges import RangeSection

WORDS = FacetWords(
    show_all=lambda count: f"Show all {count}",
    show_fewer="Show fewer",
    clear="Clear",
    only_this="Only this",
    level_hint="Click to add",
    range_hint="Drag",
)
LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def sexes(chosen: str = "") -> CategoryFacet:
    levels = tuple(
        FacetLevel(key=key, label=key, count_text="12 345", fraction=0.5, chosen=key == chosen)
        for key in ("women", "men")
    )
    return CategoryFacet(name="sex", label="sex", levels=levels, summary=chosen or "all")


def nations(count: int, chosen: int = -1) -> CategoryFacet:
    levels = tuple(
        FacetLevel(key=str(at), label=f"nation {at}", count_text="1", fraction=0.1, chosen=at == chosen)
        for at in range(count)
    )
    return CategoryFacet(name="nation", label="nationality", levels=levels)


def ages(low: int = 18, high: int = 64) -> RangeFacet:
    return RangeFacet(
        name="age",
        label="age",
        low=18,
        high=64,
        chosen_low=low,
        chosen_high=high,
        bars=tuple(float(at % 7 + 1) for at in range(47)),
        text=f"{low}–{high}",
        low_text="from",
        high_text="to",
        ends=(18, 64),
    )


def rooms(low: float = 0.5, high: float = 4.0, width: float = 0.5) -> RangeFacet:
    """Half rooms; without a width of their own, the edges of bars."""
    return replace(
        ages(),
        name="age",
        low=0.5,
        high=4.5 - width,
        chosen_low=low,
        chosen_high=high,
        bars=(1.0,) * 8,
        step=0.5,
        width=width,
        digits=2,
        ends=(-math.inf, math.inf),
        note="unknown: 12",
    )


@pytest.fixture
def panel(on_screen: Any) -> FacetPanel:
    widget = FacetPanel()
    widget.show_facets((sexes(), nations(11), ages()), WORDS)
    placed: FacetPanel = on_screen(widget, 300, 900)
    return placed


@pytest.fixture
def log(panel: FacetPanel, heard: Any) -> list[tuple[Any, ...]]:
    names = ("level_toggled", "only_level", "range_started", "range_changed", "range_finished", "cleared")
    said: list[tuple[Any, ...]] = heard(**{name: getattr(panel, name) for name in names})
    return said


def categories(panel: FacetPanel, name: str) -> CategorySection:
    section = panel.section(name)
    assert isinstance(section, CategorySection)
    return section


def the_range(panel: FacetPanel) -> RangeSection:
    section = panel.section("age")
    assert isinstance(section, RangeSection)
    return section


def spot(panel: FacetPanel, x: float) -> QPoint:
    return QPoint(round(x), the_range(panel).histogram.height() - 9)


def test_showing_says_nothing(panel: FacetPanel, log: list[Any]) -> None:
    panel.show_facets((sexes("women"), nations(5, 2), ages(20, 30)), WORDS)
    panel.show_facets((ages(22, 30), sexes("men")), WORDS)
    assert log == []


def test_a_click_anywhere_on_a_row_toggles_its_level_once(
    panel: FacetPanel, log: list[Any], qtbot: Any
) -> None:
    row = categories(panel, "sex").rows[1]
    qtbot.mouseClick(row, LEFT, pos=QPoint(row.width() - 10, row.height() // 2))
    assert log == [("level_toggled", "sex", "men")]


def test_space_toggles_the_level_in_focus(panel: FacetPanel, log: list[Any], qtbot: Any) -> None:
    row = categories(panel, "sex").rows[0]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Space)
    assert log == [("level_toggled", "sex", "women")]


def test_a_tick_the_program_refuses_is_taken_back(panel: FacetPanel, log: list[Any], qtbot: Any) -> None:
    row = categories(panel, "sex").rows[0]
    qtbot.mouseClick(row, LEFT)
    panel.show_facets((sexes(), nations(11), ages()), WORDS)
    assert not row.isChecked()


def test_double_click_and_control_enter_keep_one_level_alone(
    panel: FacetPanel, log: list[Any], qtbot: Any
) -> None:
    row = categories(panel, "sex").rows[0]
    qtbot.mouseDClick(row, LEFT)
    qtbot.keyClick(row, Qt.Key.Key_Return, CONTROL)
    assert [entry for entry in log if entry[0] == "only_level"] == [("only_level", "sex", "women")] * 2


def test_arrows_move_along_the_levels_and_tab_leaves_the_facet(panel: FacetPanel, qtbot: Any) -> None:
    rows = categories(panel, "sex").rows
    rows[0].setFocus()
    qtbot.keyClick(rows[0], Qt.Key.Key_Down)
    assert rows[1].hasFocus()
    qtbot.keyClick(rows[1], Qt.Key.Key_Tab)
    focus = panel.focusWidget()
    assert focus is categories(panel, "nation").heading


def test_tab_goes_down_the_column_one_stop_a_list(panel: FacetPanel, qtbot: Any, qapp: Any) -> None:
    panel.show_facets((ages(), sexes("women"), nations(11)), WORDS)
    sex, nation, age = categories(panel, "sex"), categories(panel, "nation"), the_range(panel)
    stops = [age.heading, age.histogram, *age.boxes]
    stops += [sex.heading, sex.clear_button, sex.rows[0]]
    stops += [nation.heading, nation.rows[0], nation.more_button]
    stops[0].setFocus()
    for stop in stops[1:]:
        qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
        assert qapp.focusWidget() is stop


def test_arrows_bring_a_row_out_of_sight_into_view(panel: FacetPanel, qtbot: Any, qapp: Any) -> None:
    panel.resize(300, 160)
    qapp.processEvents()
    rows = categories(panel, "nation").rows
    rows[0].setFocus()
    qtbot.keyClick(rows[0], Qt.Key.Key_End)
    assert rows[7].hasFocus()
    assert not rows[7].visibleRegion().isEmpty()


def test_nine_levels_show_eight_until_all_are_asked_for(
    panel: FacetPanel, log: list[Any], qtbot: Any
) -> None:
    section = categories(panel, "nation")
    assert sum(row.isVisible() for row in section.rows) == 8
    assert section.more_button.text() == "Show all 11"
    qtbot.mouseClick(section.more_button, LEFT)
    assert all(row.isVisible() for row in section.rows)
    assert section.more_button.text() == "Show fewer"
    assert log == []


def test_a_chosen_level_is_never_folded_away(panel: FacetPanel) -> None:
    panel.show_facets((nations(11, chosen=10),), WORDS)
    assert categories(panel, "nation").rows[10].isVisible()


def test_a_heading_folds_its_facet(panel: FacetPanel, qtbot: Any) -> None:
    section = categories(panel, "sex")
    qtbot.keyClick(section.heading, Qt.Key.Key_Space)
    assert not section.rows[0].isVisible()
    panel.show_facets((sexes("women"),), WORDS)
    assert not section.rows[0].isVisible()


def test_clear_is_offered_only_where_something_is_chosen(
    panel: FacetPanel, log: list[Any], qtbot: Any
) -> None:
    section = categories(panel, "sex")
    assert not section.clear_button.isVisible()
    panel.show_facets((sexes("women"), ages()), WORDS)
    qtbot.mouseClick(section.clear_button, LEFT)
    assert log == [("cleared", "sex")]


def test_a_hidden_count_gives_its_reason_to_eye_and_ear(panel: FacetPanel) -> None:
    level = FacetLevel(
        key="x", label="Italian", count_text="", fraction=0, chosen=False, status_text="hidden: fewer than 10"
    )
    panel.show_facets((CategoryFacet(name="sex", label="sex", levels=(level,)),), WORDS)
    row = categories(panel, "sex").rows[0]
    assert row.accessibleName() == "Italian, hidden: fewer than 10"
    assert "hidden: fewer than 10" in row.toolTip()


def test_the_words_of_another_language_replace_those_shown(panel: FacetPanel) -> None:
    words = FacetWords(
        show_all=lambda count: f"Alle {count} tonen", show_fewer="Minder", clear="Wissen", only_this="Alleen"
    )
    panel.show_facets((sexes("women"), nations(11), ages()), words)
    assert categories(panel, "nation").more_button.text() == "Alle 11 tonen"
    assert categories(panel, "sex").clear_button.text() == "Wissen"


@pytest.mark.parametrize(
    ("key", "modifier", "expected"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, (21, 40)),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, (19, 40)),
        (Qt.Key.Key_Right, SHIFT, (20, 41)),
        (Qt.Key.Key_Left, SHIFT, (20, 39)),
        (Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, (25, 40)),
        (Qt.Key.Key_PageDown, SHIFT, (20, 35)),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, (18, 40)),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, (40, 40)),
        (Qt.Key.Key_End, SHIFT, (20, 64)),
        (Qt.Key.Key_Right, CONTROL, (21, 41)),
    ],
)
def test_the_keyboard_moves_either_handle_or_both(
    panel: FacetPanel,
    log: list[Any],
    qtbot: Any,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    expected: tuple[int, int],
) -> None:
    panel.show_facets((ages(20, 40),), WORDS)
    qtbot.keyClick(the_range(panel).histogram, key, modifier)
    assert log == [("range_started", "age"), ("range_changed", "age", *expected), ("range_finished", "age")]
    assert tuple(box.value() for box in the_range(panel).boxes) == expected


def test_dragging_the_lower_handle_says_where_it_is_all_the_way(
    panel: FacetPanel, log: list[Any], qtbot: Any
) -> None:
    panel.show_facets((ages(20, 40),), WORDS)
    histogram = the_range(panel).histogram
    qtbot.mousePress(histogram, LEFT, pos=spot(panel, histogram.x_of(20)))
    for value in (22, 25, 50):
        qtbot.mouseMove(histogram, spot(panel, histogram.x_of(value)))
    qtbot.mouseRelease(histogram, LEFT, pos=spot(panel, histogram.x_of(50)))
    assert log == [
        ("range_started", "age"),
        ("range_changed", "age", 22, 40),
        ("range_changed", "age", 25, 40),
        ("range_changed", "age", 40, 40),
        ("range_finished", "age"),
    ]


def test_the_bar_between_the_handles_moves_both(panel: FacetPanel, log: list[Any], qtbot: Any) -> None:
    panel.show_facets((ages(20, 40),), WORDS)
    histogram = the_range(panel).histogram
    qtbot.mousePress(histogram, LEFT, pos=spot(panel, histogram.x_of(30) + 1))
    qtbot.mouseMove(histogram, spot(panel, histogram.x_of(33) + 1))
    qtbot.mouseMove(histogram, spot(panel, histogram.x_of(64) + 1))
    qtbot.mouseRelease(histogram, LEFT)
    assert log[1:3] == [("range_changed", "age", 23, 43), ("range_changed", "age", 44, 64)]


def test_a_drag_across_the_whole_range_begins_a_new_one(
    panel: FacetPanel, log: list[Any], qtbot: Any
) -> None:
    histogram = the_range(panel).histogram
    qtbot.mousePress(histogram, LEFT, pos=spot(panel, histogram.x_of(30) + 1))
    qtbot.mouseMove(histogram, spot(panel, histogram.x_of(25) + 1))
    qtbot.mouseRelease(histogram, LEFT)
    assert log[-2:] == [("range_changed", "age", 25, 30), ("range_finished", "age")]


def test_a_handle_in_the_hand_does_not_jump_back_to_an_older_state(panel: FacetPanel, qtbot: Any) -> None:
    panel.show_facets((ages(20, 40),), WORDS)
    histogram = the_range(panel).histogram
    qtbot.mousePress(histogram, LEFT, pos=spot(panel, histogram.x_of(20)))
    qtbot.mouseMove(histogram, spot(panel, histogram.x_of(30)))
    panel.show_facets((ages(25, 40),), WORDS)
    assert histogram.chosen == (30, 40)
    qtbot.mouseRelease(histogram, LEFT)
    panel.show_facets((ages(25, 40),), WORDS)
    assert histogram.chosen == (25, 40)


def test_a_typed_number_pushes_the_other_end_along(panel: FacetPanel, log: list[Any], qtbot: Any) -> None:
    panel.show_facets((ages(20, 40),), WORDS)
    box = the_range(panel).boxes[0]
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "50")
    assert log == []
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert log == [("range_started", "age"), ("range_changed", "age", 50, 50), ("range_finished", "age")]


def test_showing_a_hundred_times_makes_no_widgets(panel: FacetPanel, settle: Any) -> None:
    settle()
    before = len(panel.findChildren(QWidget))
    for at in range(100):
        facets = (sexes("women" if at % 2 else ""), nations(11, at % 11), ages(18 + at % 20, 60))
        panel.show_facets(facets, WORDS)
    settle()
    assert len(panel.findChildren(QWidget)) == before


def test_a_facet_that_is_gone_leaves_nothing_behind(panel: FacetPanel, settle: Any) -> None:
    panel.show_facets((sexes(),), WORDS)
    settle()
    assert not panel.findChildren(RangeSection)
    assert len(panel.findChildren(CategorySection)) == 1


@pytest.mark.parametrize(
    ("low", "high", "width", "key", "modifier", "expected"),
    [
        (1.0, 2.0, 0.5, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, (1.5, 2.0)),
        (1.0, 2.0, 0.5, Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, (2.0, 2.0)),
        (1.0, 2.0, 0.0, Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, (1.5, 2.0)),
        (1.0, 2.0, 0.0, Qt.Key.Key_Left, SHIFT, (1.0, 1.5)),
        (1.0, 2.0, 0.5, Qt.Key.Key_End, SHIFT, (1.0, math.inf)),
        (1.0, 2.0, 0.5, Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, (-math.inf, 2.0)),
        (1.0, 2.0, 0.5, Qt.Key.Key_Right, CONTROL, (1.5, 2.5)),
        # What was typed between two edges goes to the next of them.
        (1.23, 2.0, 0.0, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, (1.5, 2.0)),
        (1.23, 2.0, 0.0, Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, (1.0, 2.0)),
        (1.23, 2.17, 0.0, Qt.Key.Key_Right, SHIFT, (1.23, 2.5)),
    ],
)
def test_handles_go_from_edge_to_edge_of_any_number_and_beyond_its_ends_nobody_is_left_out(
    panel: FacetPanel,
    log: list[Any],
    qtbot: Any,
    low: float,
    high: float,
    width: float,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    expected: tuple[float, float],
) -> None:
    panel.show_facets((rooms(low, high, width),), WORDS)
    qtbot.keyClick(the_range(panel).histogram, key, modifier)
    assert log[1] == ("range_changed", "age", *expected)


def test_numbers_in_the_boxes_are_written_as_the_language_does_without_noughts(
    panel: FacetPanel, log: list[Any], qtbot: Any
) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("nl"))
    try:
        panel.show_facets((rooms(1.25, 3.0),), WORDS)
        section = the_range(panel)
        assert [box.text() for box in section.boxes] == ["1,25", "3"]
        section.boxes[0].setFocus()
        section.boxes[0].selectAll()
        qtbot.keyClicks(section.boxes[0], "2,75")
        qtbot.keyClick(section.boxes[0], Qt.Key.Key_Return)
        assert log[1] == ("range_changed", "age", 2.75, 3.0)
    finally:
        QLocale.setDefault(before)


def test_how_many_are_unknown_stands_under_the_boxes_where_some_are(panel: FacetPanel) -> None:
    panel.show_facets((rooms(),), WORDS)
    assert the_range(panel).note.text() == "unknown: 12"
    assert the_range(panel).note.isVisible()
    panel.show_facets((ages(),), WORDS)
    assert not the_range(panel).note.isVisible()


def test_a_number_that_is_the_same_for_all_cannot_be_dragged(
    panel: FacetPanel, log: list[Any], qtbot: Any
) -> None:
    one = replace(ages(), low=7, high=7, chosen_low=7, chosen_high=7, bars=(3.0,), ends=(-math.inf, math.inf))
    panel.show_facets((one,), WORDS)
    histogram = the_range(panel).histogram
    qtbot.mousePress(histogram, LEFT, pos=spot(panel, histogram.width() / 2))
    qtbot.mouseRelease(histogram, LEFT)
    qtbot.keyClick(histogram, Qt.Key.Key_Right)
    assert log == []


def test_long_numbers_stand_one_under_the_other_and_nothing_is_cut(panel: FacetPanel, settle: Any) -> None:
    long = replace(ages(), low=-380e9, high=340e9, chosen_low=-380e9, chosen_high=340e9, digits=9)
    for facet, rows in ((ages(), 1), (long, 2)):
        panel.show_facets((facet,), WORDS)
        panel.resize(220, 900)
        settle()
        boxes = the_range(panel).boxes
        assert len({box.mapTo(panel, QPoint(0, 0)).y() for box in boxes}) == rows
        for box in boxes:
            room = box.lineEdit().contentsRect().width()
            assert box.fontMetrics().horizontalAdvance(box.text()) <= room
            assert box.mapTo(panel, box.rect().bottomRight()).x() <= panel.viewport().width()
