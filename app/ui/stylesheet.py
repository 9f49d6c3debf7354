"""The small style sheet over Qt's Fusion style: flat controls, thin scroll bars.

Menus and the items of lists are left to Fusion and to the delegates: a sheet for the items makes
long lists slow. What has the keyboard is outlined in the accent.

A label takes one of our colours, also when the theme changes, by its property "role", such as
`label.setProperty("role", "subtle")`; a frame becomes a card by "card", and a button outside of
dialogs stands out by "primary".
"""

from __future__ import annotations

from collections.abc import Callable
from string import Template
from typing import Final

from app.core.paths import data_path

_SHEET: Final = Template("""
QPushButton, QComboBox {
    background: $Button; color: $ButtonText; border: 1px solid $control; border-radius: 6px;
    padding: 5px 14px; min-height: 18px;
}
QPushButton:hover, QComboBox:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $pressed; }
QPushButton:focus, QComboBox:focus, QLineEdit:focus, QAbstractSpinBox:focus, QTextEdit:focus,
QPlainTextEdit:focus, QKeySequenceEdit:focus { border: 1px solid $accent; }
QPushButton:disabled, QComboBox:disabled { color: $disabled; border-color: $border; }
QPushButton:default, QPushButton[role="primary"] {
    background: $Highlight; color: $HighlightedText; border-color: $Highlight;
}
QPushButton:default:hover, QPushButton[role="primary"]:hover { background: $primary_hover; }
QPushButton:default:focus, QPushButton[role="primary"]:focus {
    border: 2px solid $Text; padding: 4px 13px;
}
QPushButton:default:disabled { background: $Button; color: $disabled; border-color: $border; }
QPushButton[flat="true"] { background: transparent; border-color: transparent; }
QPushButton[flat="true"]:hover { background: $hover; }
QPushButton[flat="true"]:focus { border-color: $accent; }

QComboBox { padding-right: 8px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$down"); width: 12px; height: 12px; }

QToolButton {
    background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px;
}
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked, QToolButton:open { background: $pressed; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $disabled; }
QToolButton[popupMode="2"] { padding-right: 16px; }
QToolButton::menu-indicator {
    image: url("$down"); width: 10px; height: 10px; subcontrol-position: right center;
    subcontrol-origin: padding; right: 4px;
}

QLineEdit, QAbstractSpinBox, QTextEdit, QPlainTextEdit, QKeySequenceEdit {
    background: $Base; color: $Text; border: 1px solid $strong_border; border-radius: 6px;
    selection-background-color: $Highlight; selection-color: $HighlightedText;
}
QLineEdit, QAbstractSpinBox { padding: 4px 8px; min-height: 20px; }
QLineEdit:disabled, QAbstractSpinBox:disabled { color: $disabled; border-color: $border; }
QAbstractSpinBox { padding-left: 0; padding-right: 0; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {
    border: none; background: transparent; padding: 0 0 0 6px; min-height: 0;
}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 20px; }
QAbstractSpinBox::up-arrow { image: url("$up"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$down"); width: 10px; height: 10px; }

QCheckBox, QRadioButton { spacing: 8px; padding: 2px 0; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 16px; height: 16px; border: 1px solid $strong_border; background: $Base;
}
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { background: $hover; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked,
QCheckBox::indicator:indeterminate { background: $Highlight; border-color: $Highlight; }
QCheckBox::indicator:checked { image: url("$check"); }
QCheckBox::indicator:indeterminate { image: url("$dash"); }
QRadioButton::indicator:checked { image: url("$dot"); }
QCheckBox::indicator:focus, QRadioButton::indicator:focus {
    border: 2px solid $accent; width: 14px; height: 14px;
}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {
    background: $Window; border-color: $border;
}
QCheckBox::indicator:checked:disabled, QRadioButton::indicator:checked:disabled {
    background: $disabled_highlight;
}

QTreeView::indicator, QListView::indicator, QTableView::indicator {
    width: 14px; height: 14px; border: 1px solid $strong_border; border-radius: 4px;
    background: $Base;
}
QTreeView::indicator:checked, QListView::indicator:checked, QTableView::indicator:checked {
    background: $Highlight; border-color: $Text; image: url("$check");
}
QTreeView::indicator:indeterminate, QListView::indicator:indeterminate {
    background: $Highlight; border-color: $Text; image: url("$dash");
}

QSlider { min-height: 20px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $pressed; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $Highlight; }
QSlider::sub-page:horizontal:disabled { background: $disabled_highlight; }
QSlider::handle:horizontal {
    width: 14px; height: 14px; margin: -6px 0; border-radius: 8px; background: $handle;
    border: 1px solid $strong_border;
}
QSlider::handle:horizontal:hover { border-color: $accent; }
QSlider::handle:horizontal:focus { border: 2px solid $accent; width: 12px; height: 12px; }

QProgressBar {
    border: none; border-radius: 3px; background: $pressed; color: transparent; max-height: 6px;
    min-height: 6px;
}
QProgressBar::chunk { border-radius: 3px; background: $Highlight; }

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $scroll; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $strong_border; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QTabWidget::pane { border: none; border-top: 1px solid $border; }
QTabBar { background: transparent; }
QTabBar::tab {
    background: transparent; color: $subtle; border: none; border-bottom: 2px solid transparent;
    padding: 7px 12px;
}
QTabBar::tab:hover { color: $Text; }
QTabBar::tab:selected { color: $Text; border-bottom-color: $accent; }
QTabBar::tab:focus { background: $hover; }

QHeaderView { background: $Base; }
QHeaderView::section {
    background: $Base; color: $subtle; border: none; border-bottom: 1px solid $border;
    padding: 5px 8px;
}
QHeaderView::up-arrow, QHeaderView::down-arrow {
    width: 8px; height: 8px; subcontrol-origin: border; subcontrol-position: top center;
}
QHeaderView::up-arrow { image: url("$up"); }
QHeaderView::down-arrow { image: url("$down"); }
QTableCornerButton::section { background: $Base; border: none; }
QGroupBox { border: none; margin-top: 1.6em; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; padding: 0; }
QDockWidget { titlebar-close-icon: none; titlebar-normal-icon: none; }
QDockWidget::title { background: $Window; padding: 8px; }
QMainWindow::separator { background: $border; width: 1px; height: 1px; }
QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QToolBar { border: none; spacing: 4px; padding: 4px; }
QLabel[role="subtle"] { color: $subtle; }
QLabel[role="failed"] { color: $failed; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="confirmed"] { color: $confirmed; }
QLabel[role="suggested"] { color: $suggested; }
QLabel[role="waiting"] { color: $waiting; }
QLabel[role="working"] { color: $working; }
QListView[role="sections"] { background: $Base; border: none; padding: 8px; outline: none; }
QListView[role="sections"]::item {
    border: 2px solid transparent; border-radius: 6px; padding-left: 6px; color: $Text;
}
QListView[role="sections"]::item:hover { background: $hover; }
QListView[role="sections"]::item:selected { background: $Highlight; color: $HighlightedText; }
QListView[role="sections"]::item:selected:focus { border-color: $Text; }
QFrame[role="card"] { background: $Base; border: 1px solid $border; border-radius: 8px; }
QStatusBar::item { border: none; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QToolTip {
    background: $ToolTipBase; color: $ToolTipText; border: 1px solid $border; padding: 4px 6px;
}
""")
_NAMES: Final = (
    "Window Base Button ButtonText Text Highlight HighlightedText ToolTipBase ToolTipText accent"
    " subtle failed warning confirmed suggested waiting working border strong_border control hover"
    " pressed selected scroll handle primary_hover disabled disabled_highlight".split()
)


def style_sheet(dark: bool, colour: Callable[[str], str]) -> str:
    """The sheet for a palette.

    Args:
        dark: whether it is a dark one.
        colour: gives `#rrggbb` for the name of a meaning or a role.
    """
    folder = data_path("resources", "icons", "controls")
    kind = "dark" if dark else "light"
    files = {"down": f"down-{kind}", "up": f"up-{kind}", "check": "check", "dash": "dash"}
    files["dot"] = "dot"
    # Qt's sheets take forward slashes on every system.
    urls = {name: (folder / f"{file}.svg").as_posix() for name, file in files.items()}
    return _SHEET.substitute({name: colour(name) for name in _NAMES}, **urls)
