"""The screen painter: exact ticks and numbers at risk, labels that do not meet, a crosshair that tells only moves."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.charts import make_chart
from widgets.pictures.chart import Key
from widgets.pictures.layout.curve_places import month_ticks, risk_places
from widgets.pictures.layout.strokes import dots_of
from widgets.pictures.layout.ticks import nice_step
from widgets.pictures.palette import DARK, LIGHT
from widgets.plots.curves import CurvesPlot


@pytest.fixture
def plot(qtbot):
    made = CurvesPlot()
    qtbot.addWidget(made)
    made.resize(800, 480)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def told(plot):
    months = []
    plot.hovered.connect(months.append)
    return months


def draw(plot, chart, theme=LIGHT):
    plot.show_chart(chart, theme)
    plot.grab()
    QApplication.processEvents()


def measure(plot, text):
    return plot._canvas.around.page.measure(text)


def plane(plot):
    return plot._canvas.around.plane()


def months(plot):
    return month_ticks(plot.laid, plot._canvas.around.page, plane(plot))


def ticks(plot):
    return [tick.value for tick in months(plot)]


def numbers(plot):
    return risk_places(plot.laid, plot._canvas.around.page, plane(plot), months(plot))


def named(plot):
    return [spot.text for _, spot in plot.laid.legend]


def test_numbers_at_risk_stand_under_their_own_ticks(plot):
    draw(plot, make_chart())
    places = numbers(plot)
    assert len(places) == len(ticks(plot)) * 4
    for (x, _, text, _), tick in zip(places, ticks(plot) * 4, strict=True):
        # The view's own mapping is the truth: within a pixel, texts stand under the curve at that month.
        assert x == pytest.approx(plot.view.mapViewToScene(QPointF(tick, 0)).x(), abs=1)
        assert text == f"{70000 - 10 * int(tick)}"


def test_numbers_at_risk_follow_when_the_months_are_zoomed(plot, qtbot):
    draw(plot, make_chart())
    before = ticks(plot)
    for _ in range(5):
        qtbot.keyClick(plot, Qt.Key.Key_Plus)
    plot.grab()
    after = ticks(plot)
    assert after != before
    assert {x for x, *_ in numbers(plot)} == {plane(plot).x_of(tick) for tick in after}


@pytest.mark.parametrize("width", [500, 800, 1200])
def test_numbers_at_risk_never_touch(plot, width):
    plot.resize(width, 480)
    draw(plot, make_chart())
    xs = sorted({x for x, *_ in numbers(plot)})
    widest = measure(plot, "70000")
    assert all(right - left > widest + 4 for left, right in pairwise(xs))


def test_numbers_of_the_value_axis_keep_their_first_digits_at_every_height(plot):
    def text(value, spacing):
        return f"{value * 100:.{0 if spacing >= 0.01 else 1 if spacing >= 0.001 else 2}f} %"

    for high in (0.0021, 0.013, 0.0225, 0.052, 0.13, 0.26, 1.0, 1.3):
        # Names of numbers at risk would give the numbers room too.
        chart = replace(make_chart(), risk=())
        draw(plot, replace(chart, y=replace(chart.y, low=-0.1 * high, high=high, text=text)))
        for height in range(170, 900, 60):
            plot.resize(700, height)
            plot.grab()
            texts = [tick.text for tick in plot.laid.values]
            assert max(measure(plot, text) for text in texts) + 8 <= plot.laid.box.left, (high, height, texts)


@pytest.mark.parametrize("width", [520, 800, 1200])
@pytest.mark.parametrize("name", ["Groep {}", "Uitzendbureaus en arbeidsbemiddeling {}"])
def test_labels_at_the_ends_neither_overlap_nor_are_cut(plot, width, name):
    plot.resize(width, 480)
    draw(plot, make_chart(lines=8, name=name))
    line = plot._canvas.around.page.line
    labels = plot.ends()
    for above, below in pairwise(labels):
        assert below.middle - above.middle >= (len(above.parts) + len(below.parts)) * line / 2 - 0.01
    for label in labels:
        assert " ".join(label.parts) == label.of.label
        for part in label.parts:
            assert label.left + measure(plot, part) <= width
    assert bool(plot.laid.legend) == (not labels)


def test_a_curve_is_labelled_where_it_leaves_the_months_in_view(plot):
    draw(plot, make_chart(lines=2))
    plot.view.setXRange(0, 10, padding=0)
    plot.grab()
    for label in plot.ends():
        assert label.at[0] == pytest.approx(plane(plot).box.right, abs=0.5)
        at = plot.view.mapSceneToView(QPointF(*label.at)).y()
        assert at == pytest.approx(label.of.y[10], abs=0.01)


def test_of_too_many_curves_only_the_coloured_are_named_until_one_is_hovered(plot):
    draw(plot, make_chart(lines=12, kind="grey"))
    assert plot.ends() == ()
    plot._emphasise("g7")
    assert [label.of.key for label in plot.ends()] == ["g7"]


def test_a_narrow_plot_names_its_curves_in_a_row_above(plot):
    plot.resize(420, 400)
    draw(plot, make_chart(name="Groep {}"))
    assert named(plot) == ["Groep 0", "Groep 1", "Groep 2", "Groep 3"]
    assert plot.ends() == ()


def test_keys_stand_above_the_plot_whatever_names_the_curves(plot):
    keys = (Key(sign="dots", label="geteld"), Key(sign="diamond", label="gepubliceerd"))
    chart = replace(make_chart(name="Groep {}"), keys=keys)
    draw(plot, chart)
    assert named(plot) == ["geteld", "gepubliceerd"]
    assert len(plot.ends()) == 4
    assert max(spot.middle for _, spot in plot.laid.legend) < plot.laid.box.top
    plot.resize(420, 400)
    draw(plot, chart)
    assert named(plot) == ["Groep 0", "Groep 1", "Groep 2", "Groep 3", "geteld", "gepubliceerd"]


def test_what_rests_on_a_handful_is_drawn_faint_and_meets_the_rest(plot):
    chart = make_chart(lines=2, bands=False)
    thin = np.zeros(29, dtype=np.bool_)
    thin[20:] = True
    first = replace(chart.lines[0], thin=thin)
    plot.show_chart(replace(chart, lines=(first, chart.lines[1])), LIGHT)
    curve, other = plot._curves[:2]
    _, y = curve.line.getData()
    assert np.isfinite(y).sum() == 20
    faint_x, faint_y = curve.thin.getData()
    seen = np.isfinite(faint_y)
    assert faint_x[seen].tolist() == list(range(19, 29))
    assert faint_y[19] == y[19]
    whole, faint = (item.opts["pen"].color().lightness() for item in (curve.line, curve.thin))
    assert faint > whole
    assert other.thin is None
    plot.show_chart(chart, LIGHT)
    assert not curve.thin.isVisible()
    assert np.isfinite(curve.line.getData()[1]).sum() == 29


def test_a_curve_with_a_name_of_its_own_is_called_by_it_at_its_end(plot):
    first, second, *others = make_chart(name="Groep {}").lines
    lines = (replace(first, name="Eigen"), replace(second, name=""), *others)
    draw(plot, replace(make_chart(), lines=lines))
    assert {" ".join(label.parts) for label in plot.ends()} == {"Eigen", "Groep 2", "Groep 3"}


def point_at(plot, qtbot, x, y):
    """Put the mouse on a point of the figure."""
    place = plot._canvas.place_of(x, y).toPoint()
    qtbot.mouseMove(plot._canvas.viewport(), place)
    return place


def test_the_mouse_tells_the_nearest_month_once_and_leaving_tells_none(plot, told, qtbot):
    draw(plot, make_chart())
    for x in (6.7, 7.0, 7.4):
        point_at(plot, qtbot, x, 0.3)
    assert told == [7.0]
    QApplication.sendEvent(plot._canvas.viewport(), QEvent(QEvent.Type.Leave))
    assert told == [7.0, None]


def test_the_wheel_zooms_along_the_months_and_a_double_click_shows_everything(plot, qtbot):
    draw(plot, make_chart())
    whole = plot.view.viewRange()
    viewport = plot._canvas.viewport()
    middle = viewport.rect().center()
    event = QWheelEvent(
        QPointF(middle),
        QPointF(viewport.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, 480),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)
    closer = plot.view.viewRange()
    assert closer[0][1] - closer[0][0] < whole[0][1] - whole[0][0] - 1
    assert closer[1] == whole[1]
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=middle)
    assert plot.view.viewRange() == whole


def test_a_new_chart_of_the_same_months_keeps_the_zoom(plot, qtbot):
    draw(plot, make_chart())
    qtbot.keyClick(plot, Qt.Key.Key_Plus)
    closer = plot.view.viewRange()[0]
    draw(plot, make_chart(lines=2))
    assert plot.view.viewRange()[0] == closer
    qtbot.keyClick(plot, Qt.Key.Key_0)
    assert plot.view.viewRange()[0] == [0, 28]


def test_marking_a_month_shows_it_and_tells_nobody(plot, told):
    draw(plot, make_chart())
    plot.mark(9.0)
    assert plot._reading.isVisible()
    assert plot.reading_text().startswith("maand 9. Vestigingsperiode 3: ")
    assert told == []
    plot.mark(None)
    assert not plot._reading.isVisible()


def test_arrows_move_by_month_and_home_and_end_go_to_the_ends(plot, told, qtbot):
    draw(plot, make_chart())
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Home):
        qtbot.keyClick(plot, key)
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert told == [0.0, 1.0, 28.0, 27.0, 0.0, None]


def test_the_crosshair_stays_in_view_when_the_keyboard_leads_it_out(plot, qtbot):
    draw(plot, make_chart())
    for key in (Qt.Key.Key_Home, *[Qt.Key.Key_Plus] * 4):
        qtbot.keyClick(plot, key)
    qtbot.keyClick(plot, Qt.Key.Key_End)
    assert plot.view.viewRange()[0][1] == pytest.approx(28)
    assert plot._reading.isVisible()


def test_up_and_down_go_from_curve_to_curve(plot, qtbot):
    draw(plot, make_chart(lines=12, kind="grey"))
    seen = []
    for _ in range(2):
        qtbot.keyClick(plot, Qt.Key.Key_Down)
        seen += [label.of.key for label in plot.ends()]
    assert seen == ["g0", "g1"]
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert plot.ends() == ()


@pytest.mark.parametrize("width", [420, 800])
@pytest.mark.parametrize("month", [0.0, 14.0, 28.0])
def test_the_reading_stays_in_the_plot_and_covers_neither_its_points_nor_the_hand(plot, qtbot, width, month):
    plot.resize(width, 480)
    draw(plot, make_chart(name="Een lange naam van groep {}"))
    hand = point_at(plot, qtbot, month, 0.5)
    box = QRectF(plot._reading.geometry())
    assert plot.rect().contains(plot._reading.geometry())
    assert not box.contains(QPointF(plot._canvas.mapTo(plot, hand)))
    for line in plot.chart.lines:
        if np.isfinite(line.y[int(month)]):
            at = plot._canvas.place_of(month, float(line.y[int(month)]))
            assert not box.contains(at + QPointF(plot._canvas.pos()))


def test_a_published_point_is_read_at_its_month_too(plot):
    draw(plot, make_chart())
    plot.mark(6.0)
    assert plot.reading_text().endswith("gepubliceerd: 10%")
    plot.mark(7.0)
    assert "gepubliceerd" not in plot.reading_text()


def test_an_empty_chart_shows_its_sentence_and_no_curve(plot):
    draw(plot, make_chart())
    draw(plot, make_chart(empty="Niemand is geselecteerd."))
    assert plot._empty.isVisible()
    assert plot._empty.sentence == "Niemand is geselecteerd."
    assert not plot._canvas.isVisible()
    draw(plot, make_chart())
    assert plot._canvas.isVisible()


def test_showing_a_hundred_charts_makes_no_new_items_and_tells_nobody(plot, told):
    draw(plot, make_chart(lines=6))
    before = len(plot._canvas.scene().items())
    for count in range(100):
        draw(plot, make_chart(lines=1 + count % 6), DARK if count % 2 else LIGHT)
    assert len(plot._canvas.scene().items()) == before
    assert told == []


def test_more_than_three_curves_show_the_band_of_the_hovered_one_only(plot):
    draw(plot, make_chart(lines=5))
    assert [curve.banded for curve in plot._curves] == [False] * 5
    plot._emphasise("g2")
    assert [curve.banded for curve in plot._curves] == [False, False, True, False, False]


def test_values_are_written_by_the_chart_and_not_by_the_plotting_library(plot):
    draw(plot, make_chart())
    assert [tick.text for tick in plot.laid.values][:3] == ["0%", "10%", "20%"]


def test_the_picture_is_dimmed_and_comes_back(plot):
    draw(plot, make_chart())
    clear = plot.grab().toImage()
    plot.set_dimmed(True)
    assert plot.grab().toImage() != clear
    plot.set_dimmed(False)
    assert plot.grab().toImage() == clear


def test_text_grows_with_the_font_of_the_application(plot, qapp):
    draw(plot, make_chart())
    before, font = plot._canvas.around.page.line, qapp.font()
    larger = qapp.font()
    larger.setPointSizeF(font.pointSizeF() * 2)
    try:
        qapp.setFont(larger)
        QApplication.processEvents()
        assert plot._canvas.around.page.line > before * 1.5
    finally:
        qapp.setFont(font)


@pytest.mark.parametrize("size", [(260, 170), (300, 400), (1600, 200)])
@pytest.mark.parametrize("lines", [1, 8, 12])
def test_odd_sizes_are_drawn(plot, size, lines):
    plot.resize(*size)
    draw(plot, make_chart(lines=lines, kind="grey" if lines > 8 else "ordered", name="Een lange naam {}"))
    plot.mark(3.0)
    assert not plot.grab().isNull()


def test_curves_without_any_value_are_passed_over(plot):
    chart = make_chart(lines=2, months=3)
    assert not np.isfinite(chart.lines[1].y).any()
    draw(plot, chart)
    plot.mark(0.0)
    assert plot.reading_text().startswith("maand 0")
    assert [label.of.key for label in plot.ends()] == ["g0"]


def test_a_program_with_a_figure_ends_cleanly():
    script = (
        "from PySide6.QtWidgets import QApplication; app = QApplication([]);"
        "from tests.charts import make_chart; from widgets.pictures.palette import LIGHT;"
        "from widgets.plots.curves import CurvesPlot; plot = CurvesPlot(); plot.show();"
        "plot.show_chart(make_chart(), LIGHT); plot.mark(3.0); plot.grab(); print('drawn')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "drawn"), done.stderr


@pytest.mark.parametrize(("raw", "step"), [(0.11, 0.2), (0.21, 0.25), (0.3, 0.5), (7, 10), (0.1, 0.1)])
def test_steps_are_round(raw, step):
    assert nice_step(raw) == pytest.approx(step)


@pytest.mark.parametrize("width", [400, 800, 1200])
def test_of_the_sets_of_ticks_the_densest_is_taken_whose_texts_do_not_meet(plot, width):
    sets = (tuple(map(float, range(29))), (0.0, 1.0, 5.0, 14.0, 28.0), (0.0, 28.0))
    chart = make_chart()
    plot.resize(width, 480)
    draw(
        plot, replace(chart, x=replace(chart.x, choices=sets, text=lambda value, spacing: f"dag {value:.0f}"))
    )
    taken = tuple(ticks(plot))
    assert taken in sets
    wide, at = measure(plot, "dag 28"), plane(plot).x_of
    assert all(at(b) - at(a) > wide for a, b in pairwise(taken))
    for one in sets[: sets.index(taken)]:
        assert min(at(b) - at(a) for a, b in pairwise(one)) < max(wide, measure(plot, "70000")) + 20


def test_bands_of_grey_curves_are_drawn_where_no_coloured_one_stands():
    coloured, grey = make_chart(lines=1).lines[0], make_chart(lines=1, kind="grey").lines[0]
    alone, together = replace(make_chart(), lines=(grey,)), replace(make_chart(), lines=(coloured, grey))
    assert alone.has_bands(grey, 3)
    assert together.has_bands(coloured, 3)
    assert not together.has_bands(grey, 3)
    assert not replace(alone, lines=(grey,) * 4).has_bands(grey, 3)


def test_a_point_that_nothing_joins_to_another_is_a_dot(plot):
    chart = make_chart()
    first = chart.lines[0]
    y = np.where(np.isin(first.x, [4.0, 10.0, 11.0]), first.y, np.nan)
    alone = replace(first, y=y, bands=())
    assert first.x[dots_of(alone)].tolist() == [4.0]
    assert not dots_of(first).any()
    draw(plot, replace(chart, lines=(alone, *chart.lines[1:])))
    shown = plot._curves[0].dots
    assert shown.isVisible()
    assert shown.getData()[0].tolist() == [4.0]
    draw(plot, chart)
    assert not shown.isVisible()
