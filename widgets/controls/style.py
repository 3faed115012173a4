# ruff: noqa: E501 (a style sheet reads best with one rule on a line)
"""How the program looks: one palette and one style sheet, made from a Theme."""

from __future__ import annotations

import atexit
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from widgets.controls.glyphs import Glyph, glyph_pixmap
from widgets.pictures.palette import Theme

SMALLEST: Final = 9.0
"""No text below this size, in points."""

_SHEET: Final = Template("""
/* $name; nothing here is measured in letters, so that another size of text needs no new sheet */
QWidget { selection-background-color: $accent; selection-color: $accent_text; }
QMainWindow, QDialog { background: $window; }
QMainWindow::separator { background: $window; width: 5px; height: 5px; }
QMainWindow::separator:hover { background: $accent; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px 6px; }
QFrame[surface="panel"] { background: $panel; border: 1px solid $line; border-radius: 6px; }
QFrame[surface="panel"][focused="true"] { border: 1px solid $accent; }
QFrame[surface="notice"] { background: $notice; border: 1px solid $notice_line; border-radius: 6px; }
QFrame[surface="plain"], QScrollArea[surface="plain"], QWidget[surface="plain"] { background: transparent; border: none; }
QFrame[surface="hairline"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QLabel { background: transparent; }
/* Words from the data are words: Qt would take them for HTML and open the files that it names. */
QLabel, QToolTip { qproperty-textFormat: PlainText; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="warning"] { color: $warning; }
QLabel[tone="badge"] { color: $muted; background: $raised; border: 1px solid $line; border-radius: 4px; padding: 1px 6px; }
QLabel[tone="pill"] { color: $accent_text; background: $accent; border-radius: 10px; padding: 3px 10px; }

QPushButton { background: $panel; color: $text; border: 1px solid $edge; border-radius: 5px; padding: 5px 11px; }
QPushButton:hover { background: $raised; border-color: $muted; }
QPushButton:pressed { background: $grid; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 10px; }
QPushButton:disabled { color: $faint; border-color: $line; background: $window; }
QPushButton:checked { background: $tint; border-color: $accent; color: $text; }
QPushButton:checked:hover { background: $tint_hover; }
QPushButton[kind="primary"] { background: $accent; border-color: $accent; color: $accent_text; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; padding: 4px 10px; }
QPushButton[kind="primary"]:disabled { background: $grid; border-color: $line; color: $faint; }
QPushButton[kind="quiet"], QPushButton[kind="menu"] { background: transparent; border-color: transparent; padding: 5px 7px; }
QPushButton[kind="menu"] { padding-right: 20px; }
QPushButton[kind="menu"]:focus { border: 2px solid $accent; padding: 4px 19px 4px 6px; }
QPushButton[kind="quiet"]:hover, QPushButton[kind="menu"]:hover { background: $raised; border-color: $line; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent; padding: 4px 6px; }
QPushButton[kind="quiet"]:disabled { background: transparent; color: $faint; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $accent; padding: 2px 3px; text-align: left; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 1px solid $accent; padding: 2px 3px; }
QPushButton[kind="link"]:disabled { color: $faint; }
QPushButton::menu-indicator { image: url("$down"); width: 12px; height: 12px; subcontrol-origin: padding; subcontrol-position: center right; right: 4px; }

QToolButton { background: transparent; color: $text; border: 1px solid transparent; border-radius: 5px; padding: 3px 7px; }
QToolButton:hover { background: $raised; border-color: $line; }
QToolButton:pressed, QToolButton:checked { background: $tint; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $faint; }
QToolButton[kind="close"] { padding: 2px; border-radius: 4px; }
QToolBar { background: $window; border: none; spacing: 4px; padding: 4px 8px; }
QToolBar::separator { background: $line; width: 1px; margin: 4px; }

QComboBox { background: $panel; color: $text; border: 1px solid $edge; border-radius: 5px; padding: 4px 26px 4px 9px; combobox-popup: 0; }
QComboBox:hover { border-color: $muted; background: $raised; }
QComboBox:focus, QComboBox:on { border: 2px solid $accent; padding: 3px 25px 3px 8px; }
QComboBox:disabled { color: $faint; background: $window; border-color: $line; }
QComboBox::drop-down { subcontrol-origin: padding; subcontrol-position: center right; width: 24px; border: none; }
QComboBox::down-arrow { image: url("$down"); width: 14px; height: 14px; }
QComboBox::down-arrow:disabled { image: url("$down_off"); }
QComboBox QAbstractItemView { background: $panel; color: $text; border: 1px solid $edge; padding: 3px; outline: none; }
QComboBox QAbstractItemView::item { padding: 6px; border-radius: 3px; }
QComboBox QAbstractItemView::item:selected { background: $accent; color: $accent_text; }
QComboBox QAbstractItemView::item:disabled { color: $muted; }

QLineEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QPlainTextEdit, QTextEdit { background: $panel; color: $text; border: 1px solid $edge; border-radius: 5px; padding: 3px 7px; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; padding: 2px 6px; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QDateEdit:disabled { color: $faint; background: $window; border-color: $line; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { background: transparent; border: none; padding: 0; }
QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit:focus { border: none; padding: 0; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; width: 18px; border: none; margin: 2px 2px 0 0; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; width: 18px; border: none; margin: 0 2px 2px 0; }
QSpinBox::up-button:hover, QDoubleSpinBox::up-button:hover, QSpinBox::down-button:hover, QDoubleSpinBox::down-button:hover { background: $grid; border-radius: 3px; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("$up"); width: 10px; height: 10px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url("$down"); width: 10px; height: 10px; }

QCheckBox, QRadioButton { background: transparent; spacing: 7px; padding: 2px; border: 1px solid transparent; border-radius: 4px; }
QCheckBox[kind="row"] { padding: 4px 14px 4px 8px; border-radius: 0; }
QCheckBox[kind="row"]:hover { background: $raised; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $faint; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid $muted; border-radius: 4px; background: $panel; }
QCheckBox::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$check"); }
QCheckBox::indicator:disabled { border-color: $line; background: $window; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid $muted; border-radius: 8px; background: $panel; }
QRadioButton::indicator:checked { border: 4px solid $accent; width: 8px; height: 8px; }

QMenuBar { background: $window; padding: 2px 4px; }
QMenuBar::item { background: transparent; padding: 4px 9px; border-radius: 4px; }
QMenuBar::item:selected { background: $grid; }
QMenu { background: $panel; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 26px; border-radius: 4px; }
QMenu::item:selected { background: $accent; color: $accent_text; }
QMenu::item:disabled { color: $faint; background: transparent; }
QMenu::separator { height: 1px; background: $line; margin: 4px 6px; }
QMenu::indicator { width: 14px; height: 14px; left: 6px; }
QMenu::indicator:checked { image: url("$check_text"); }
QMenu::indicator:checked:selected { image: url("$check"); }
QMenu::right-arrow { image: url("$right"); width: 12px; height: 12px; right: 6px; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { background: transparent; border: none; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $muted; border: none; border-bottom: 2px solid transparent; padding: 7px 12px 6px 12px; margin-right: 2px; }
QTabBar::tab:hover { color: $text; border-bottom-color: $edge; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent; background: $raised; }
QTabBar::tab:disabled { color: $faint; }

QHeaderView { background: $panel; border: none; border-bottom: 1px solid $edge; }
QHeaderView::section { background: $panel; color: $muted; border: none; padding: 8px 10px 5px 10px; }
QHeaderView::section:hover { color: $text; background: $raised; }
QHeaderView::up-arrow { image: url("$up"); width: 12px; height: 12px; subcontrol-position: top center; }
QHeaderView::down-arrow { image: url("$down"); width: 12px; height: 12px; subcontrol-position: top center; }
QTableView, QTreeView, QListView { background: $panel; color: $text; border: 1px solid $line; border-radius: 6px; gridline-color: $grid; outline: none; selection-background-color: $tint; selection-color: $text; }
QTableView:focus, QTreeView:focus, QListView:focus { border-color: $accent; }
QTableView::item { padding: 0 8px; border: none; border-bottom: 1px solid $grid; }
QTableView::item:selected { background: $tint; color: $text; }
QTableView::item:focus { border: 1px solid $accent; }
QTableView QTableCornerButton::section { background: $panel; border: none; }
QListView::item, QTreeView::item { padding: 6px; }
QListView::item:selected, QTreeView::item:selected { background: $tint; color: $text; }

QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $thumb; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { background: $grid; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QStatusBar { background: $window; border-top: 1px solid $line; color: $muted; }
QStatusBar::item { border: none; }
QSplitter::handle { background: $window; }
QSplitter::handle:hover { background: $accent; }
QDockWidget { color: $text; }
QDockWidget::title { background: $window; padding: 6px 8px; text-align: left; }
QGroupBox { border: 1px solid $line; border-radius: 6px; margin-top: 22px; padding: 8px; }
QGroupBox::title { subcontrol-origin: margin; left: 8px; padding: 0 4px; color: $muted; }
""")


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the whole program the look of `theme`.

    Making every widget look up its rules again takes seconds; for another size of text `set_font` is enough.
    """
    # Under a style sheet the name is that of the style below it.
    if app.style().name().lower() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(palette_of(theme))
    app.setStyleSheet(_SHEET.substitute(_values(theme)))


def set_font(app: QApplication, font: QFont) -> None:
    """Give everything `font`, whatever fonts a desktop has for menus, buttons and the like."""
    app.setFont(font)
    # Widgets under a style sheet take no font from what holds them: each is told. PySide takes the name as text.
    app.setFont(font, "QWidget")  # type: ignore[arg-type]
    for widget in app.allWidgets():
        # Whoever has a size of its own takes it from the program's, and has to be told.
        if widget.testAttribute(Qt.WidgetAttribute.WA_SetFont):
            QApplication.sendEvent(widget, QEvent(QEvent.Type.FontChange))


def load_fonts(paths: Iterable[Path]) -> str:
    """Add the fonts in `paths` to the application and return the family of the first that loads, "" of none."""
    families: list[str] = []
    for path in paths:
        number = QFontDatabase.addApplicationFont(str(path))
        if number >= 0:
            families += QFontDatabase.applicationFontFamilies(number)
    return families[0] if families else ""


def palette_of(theme: Theme) -> QPalette:
    """Return `theme` as a Qt palette.

    What widgets that paint themselves may rely on: ``Base`` panel, ``AlternateBase`` raised, ``PlaceholderText``
    muted text, ``Mid`` hairlines, ``Midlight`` grid, ``Accent`` the accent, ``BrightText`` warning.
    """
    role = QPalette.ColorRole
    palette = QPalette()
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.panel,
        role.AlternateBase: theme.raised,
        role.Text: theme.text,
        role.Button: theme.panel,
        role.ButtonText: theme.text,
        role.PlaceholderText: theme.muted,
        role.BrightText: theme.warning,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.accent_text,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.Light: theme.raised,
        role.Midlight: theme.grid,
        role.Mid: theme.line,
        role.Dark: theme.grey,
        role.Shadow: theme.line,
    }
    for place, colour in colours.items():
        palette.setColor(place, QColor(colour))
    for place in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, place, QColor(_mix(theme.muted, theme.panel, 0.25)))
    # What paints itself in the accent does not look as if it could act.
    palette.setColor(QPalette.ColorGroup.Disabled, role.Accent, QColor(theme.grey))
    return palette


def mark(widget: QWidget, name: str, value: str) -> None:
    """Give `widget` a property that the style sheet looks at; repaint it only when that is new."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def _values(theme: Theme) -> dict[str, str]:
    values = asdict(theme) | {
        "edge": _mix(theme.line, theme.muted, 0.25),
        "faint": _mix(theme.muted, theme.panel, 0.25),
        "thumb": _mix(theme.line, theme.muted, 0.3),
        "tint": _mix(theme.panel, theme.accent, 0.14),
        "tint_hover": _mix(theme.panel, theme.accent, 0.2),
        "accent_hover": _mix(theme.accent, theme.text, 0.15),
        "notice": _mix(theme.panel, theme.warning, 0.08),
        "notice_line": _mix(theme.line, theme.warning, 0.35),
    }
    signs: tuple[tuple[str, Glyph, str], ...] = (
        ("down", "down", theme.muted),
        ("down_off", "down", theme.line),
        ("up", "up", theme.muted),
        ("right", "right", theme.muted),
        ("check", "check", theme.accent_text),
        ("check_text", "check", theme.text),
    )
    for name, glyph, colour in signs:
        values[name] = _picture(glyph, colour)
    return values


@cache
def _picture(glyph: Glyph, colour: str) -> str:
    """Write one sign where a style sheet can find it, with a twin for dense screens, and return its path."""
    path = Path(_folder().name) / f"{glyph}-{colour[1:]}.png"
    for ratio, name in ((1.0, path), (2.0, path.with_name(f"{path.stem}@2x.png"))):
        glyph_pixmap(glyph, QColor(colour), 16, ratio, weight=1.9).save(str(name))
    return path.as_posix()


@cache
def _folder() -> TemporaryDirectory[str]:
    folder = TemporaryDirectory(prefix="cohort-explorer-", ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    return folder


def clear_signs() -> None:
    """Remove the files of the signs, for a process that ends without being taken apart."""
    if _folder.cache_info().currsize:
        _folder().cleanup()


def _mix(first: str, second: str, share: float) -> str:
    one, two = QColor(first), QColor(second)
    parts = zip(one.getRgb()[:3], two.getRgb()[:3], strict=True)  # type: ignore[index]
    return "#" + "".join(f"{round(a * (1 - share) + b * share):02x}" for a, b in parts)
