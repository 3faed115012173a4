from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import font_source_sans_pro
import pytest
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QPushButton

from widgets.controls.labels import TextLabel
from widgets.controls.style import SMALLEST, apply_theme, load_fonts
from widgets.pictures.palette import DARK, LIGHT, THEMES, Theme


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    font = QFont(qapp.font())
    yield qapp
    qapp.setFont(font)
    apply_theme(qapp, LIGHT)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_words_can_be_read_on_every_ground(theme: Theme) -> None:
    for ground in (theme.window, theme.panel, theme.raised):
        for ink in (theme.text, theme.muted, theme.warning, theme.accent):
            assert contrast(ink, ground) >= 4.5, (ink, ground)
    assert contrast(theme.accent_text, theme.accent) >= 4.5


def test_the_theme_reaches_what_paints_itself(app: QApplication) -> None:
    apply_theme(app, DARK)
    assert app.palette().color(QPalette.ColorRole.Accent).name() == DARK.accent
    off = app.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Accent)
    assert off.name() == DARK.grey
    assert app.palette().color(QPalette.ColorRole.PlaceholderText).name() == DARK.muted


def test_text_follows_the_zoom_and_is_never_too_small(app: QApplication, on_screen: Any) -> None:
    title = on_screen(TextLabel("Title", scale=1.2, bold=True))
    small = on_screen(TextLabel("Small", scale=0.5))
    for points in (10.0, 16.0):
        font = QFont(app.font())
        font.setPointSizeF(points)
        app.setFont(font)
        apply_theme(app, LIGHT)
        app.processEvents()
        assert title.font().pointSizeF() == pytest.approx(points * 1.2)
        assert title.font().weight() == QFont.Weight.DemiBold
        assert small.font().pointSizeF() == SMALLEST


def test_fonts_of_the_package_load_and_say_their_family(app: QApplication) -> None:
    folder = Path(font_source_sans_pro.__file__).parent / "files"
    assert load_fonts([folder / "SourceSansPro-Regular.ttf"]) == "Source Sans Pro"
    assert load_fonts([folder / "LICENSE.txt"]) == ""


def test_the_style_sheet_has_no_rule_that_qt_cannot_read(
    app: QApplication, qtbot: Any, caplog: pytest.LogCaptureFixture
) -> None:
    for theme in THEMES.values():
        apply_theme(app, theme)
        button = QPushButton("x")
        qtbot.addWidget(button)
        button.ensurePolished()
    assert not [record for record in caplog.records if "parse" in record.getMessage()]
    assert "$" not in app.styleSheet()
