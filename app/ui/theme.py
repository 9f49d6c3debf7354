"""The look of the window: neutral greys that tint no photo, and one accent.

`apply` gives the program its style, palette and small style sheet, and follows the system from
dark to light while the program runs. What Qt's palette has no role for is a function here:
`accent(palette)`, `subtle(palette)` and so on. Every text and background of `PAIRS` is at least
4.5:1 apart in both palettes (WCAG 2.1, success criterion 1.4.3).
"""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from app.ui.stylesheet import style_sheet

#: What the user can choose; `system` goes with the desktop.
Scheme = Literal["system", "light", "dark"]

_Role = QPalette.ColorRole

#: Light and dark, for Qt's own roles.
_ROLES: Final[dict[QPalette.ColorRole, tuple[str, str]]] = {
    _Role.Window: ("#f4f4f4", "#202020"),
    _Role.WindowText: ("#1d1d1d", "#e6e6e6"),
    _Role.Base: ("#ffffff", "#181818"),
    _Role.AlternateBase: ("#f8f8f8", "#1e1e1e"),
    _Role.Text: ("#1d1d1d", "#e6e6e6"),
    _Role.Button: ("#fdfdfd", "#323232"),
    _Role.ButtonText: ("#1d1d1d", "#e6e6e6"),
    _Role.BrightText: ("#ffffff", "#ffffff"),
    _Role.ToolTipBase: ("#2b2b2b", "#3a3a3a"),
    _Role.ToolTipText: ("#f4f4f4", "#f0f0f0"),
    _Role.PlaceholderText: ("#686868", "#9a9a9a"),
    _Role.Highlight: ("#1f63c4", "#2c68bd"),
    _Role.HighlightedText: ("#ffffff", "#ffffff"),
    _Role.Accent: ("#1f63c4", "#2c68bd"),
    _Role.Link: ("#1757ae", "#82b4ff"),
    _Role.LinkVisited: ("#6a3fa0", "#bfa2f2"),
    _Role.Light: ("#ffffff", "#4a4a4a"),
    _Role.Midlight: ("#ececec", "#3c3c3c"),
    _Role.Mid: ("#c4c4c4", "#2a2a2a"),
    _Role.Dark: ("#9e9e9e", "#141414"),
    _Role.Shadow: ("#6e6e6e", "#000000"),
}
_DISABLED: Final = ("#9a9a9a", "#6f6f6f")
_DISABLED_HIGHLIGHT: Final = ("#c9c9c9", "#3d3d3d")

#: Light and dark, for what Qt has no role for; the ones from "control" on are for the style sheet.
_MEANINGS: Final[dict[str, tuple[str, str]]] = {
    "accent": ("#1757ae", "#82b4ff"),
    "confirmed": ("#176b33", "#74cf8e"),
    "suggested": ("#1757ae", "#82b4ff"),
    "failed": ("#b3261e", "#ff9a90"),
    "warning": ("#8a5300", "#eeb95a"),
    "waiting": ("#686868", "#9a9a9a"),
    "working": ("#1757ae", "#82b4ff"),
    "subtle": ("#636363", "#a6a6a6"),
    "chip": ("#e4e4e4", "#3a3a3a"),
    "chip_text": ("#1d1d1d", "#ececec"),
    "confirmed_chip": ("#d5ecdb", "#23442d"),
    "confirmed_chip_text": ("#0f4d24", "#b5ecc3"),
    "border": ("#d2d2d2", "#3b3b3b"),
    "strong_border": ("#8a8a8a", "#707070"),
    "hover": ("#e9e9e9", "#2c2c2c"),
    "pressed": ("#dcdcdc", "#383838"),
    "selected": ("#dbe7f8", "#24364f"),
    "stage": ("#e0e0e0", "#0f0f0f"),
    "control": ("#c2c2c2", "#4a4a4a"),
    "scroll": ("#bdbdbd", "#545454"),
    "handle": ("#ffffff", "#d8d8d8"),
    "primary_hover": ("#1a56ab", "#3674cb"),
    "disabled": _DISABLED,
    "disabled_highlight": _DISABLED_HIGHLIGHT,
}

#: Text and background that are seen together: roles of the palette or meanings.
PAIRS: Final[tuple[tuple[str, str], ...]] = (
    *((text, ground) for text in ("WindowText", "accent", "confirmed", "suggested", "failed",
      "warning", "waiting", "working", "subtle", "Link", "LinkVisited", "PlaceholderText")
      for ground in ("Window", "Base", "AlternateBase")),
    *((text, "Button") for text in ("ButtonText", "accent", "failed", "subtle")),
    *((text, ground) for text in ("Text", "subtle", "accent") for ground in ("hover", "selected")),
    ("Text", "pressed"),
    ("Text", "Base"),
    ("Text", "stage"),
    ("HighlightedText", "Highlight"),
    ("HighlightedText", "primary_hover"),
    ("ButtonText", "hover"),
    ("ButtonText", "pressed"),
    ("ToolTipText", "ToolTipBase"),
    ("chip_text", "chip"),
    ("confirmed_chip_text", "confirmed_chip"),
)  # fmt: skip


def is_dark(palette: QPalette) -> bool:
    """Whether a palette is a dark one."""
    return palette.color(_Role.Window).lightness() < 128


def palette_for(dark: bool) -> QPalette:
    """Our palette, light or dark."""
    palette = QPalette()
    for role, colours in _ROLES.items():
        palette.setColor(role, QColor(colours[dark]))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(_DISABLED[dark]))
    for role in (_Role.Highlight, _Role.Accent):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(_DISABLED_HIGHLIGHT[dark]))
    return palette


def accent(palette: QPalette) -> QColor:
    """Text and lines that stand out; a filled ground is the palette's `Highlight`."""
    return _meaning("accent", palette)


def confirmed(palette: QPalette) -> QColor:
    """Text and marks for what the user has confirmed."""
    return _meaning("confirmed", palette)


def suggested(palette: QPalette) -> QColor:
    """Text, marks and the outline of chips for what is only suggested."""
    return _meaning("suggested", palette)


def failed(palette: QPalette) -> QColor:
    """Text and marks for what went wrong."""
    return _meaning("failed", palette)


def warning(palette: QPalette) -> QColor:
    """Text and marks for what needs attention."""
    return _meaning("warning", palette)


def waiting(palette: QPalette) -> QColor:
    """Text and marks for photos that nobody has looked at yet."""
    return _meaning("waiting", palette)


def working(palette: QPalette) -> QColor:
    """Text and marks for photos that are being looked at."""
    return _meaning("working", palette)


def subtle(palette: QPalette) -> QColor:
    """Text of less weight: help, counts, captions."""
    return _meaning("subtle", palette)


def chip(palette: QPalette) -> QColor:
    """The ground of a chip that says neither yes nor no."""
    return _meaning("chip", palette)


def chip_text(palette: QPalette) -> QColor:
    """Text on `chip`."""
    return _meaning("chip_text", palette)


def confirmed_chip(palette: QPalette) -> QColor:
    """The ground of a confirmed tag's chip."""
    return _meaning("confirmed_chip", palette)


def confirmed_chip_text(palette: QPalette) -> QColor:
    """Text on `confirmed_chip`."""
    return _meaning("confirmed_chip_text", palette)


def border(palette: QPalette) -> QColor:
    """Hairlines between parts."""
    return _meaning("border", palette)


def strong_border(palette: QPalette) -> QColor:
    """Outlines of what can be clicked: 3:1 against the ground (WCAG 2.1, 1.4.11)."""
    return _meaning("strong_border", palette)


def hover(palette: QPalette) -> QColor:
    """The ground of what the pointer is over."""
    return _meaning("hover", palette)


def pressed(palette: QPalette) -> QColor:
    """The ground of what is being pressed, or switched on."""
    return _meaning("pressed", palette)


def selected(palette: QPalette) -> QColor:
    """A quiet ground for what is selected, where text keeps its own colour."""
    return _meaning("selected", palette)


def stage(palette: QPalette) -> QColor:
    """The ground on which a photo is shown large."""
    return _meaning("stage", palette)


def colour(name: str, palette: QPalette) -> QColor:
    """A colour by the name of a meaning, or of one of the palette's roles."""
    if name in _MEANINGS:
        return _meaning(name, palette)
    return palette.color(QPalette.ColorRole[name])


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of two opaque colours, 1 to 21 (WCAG 2.1)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _meaning(name: str, palette: QPalette) -> QColor:
    return QColor(_MEANINGS[name][is_dark(palette)])


def luminance(colour: QColor) -> float:
    """Relative luminance of an sRGB colour, 0 to 1 (WCAG 2.1)."""
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class _Follower(QObject):
    """Keeps an application's palette with the system's."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName("theme")
        self._app = app
        self._scheme: Scheme = "system"
        # Some desktops have dark colours and do not say that they are dark.
        self._dark_at_start = is_dark(app.palette())
        app.styleHints().colorSchemeChanged.connect(self._refresh)

    def use(self, scheme: Scheme) -> None:
        self._scheme = scheme
        hints = self._app.styleHints()
        # Native parts, such as a title bar drawn by the desktop, are to follow as well.
        if scheme == "system":
            hints.unsetColorScheme()
        else:
            dark = scheme == "dark"
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        dark = self._scheme == "dark"
        if self._scheme == "system":
            system = self._app.styleHints().colorScheme()
            unknown = system == Qt.ColorScheme.Unknown
            dark = self._dark_at_start if unknown else system == Qt.ColorScheme.Dark
        palette = palette_for(dark)
        if self._app.palette() == palette and self._app.styleSheet():
            return
        self._app.setPalette(palette)
        # Icons keep their colour in the menu item under the pointer, so that it must stay quiet.
        menus = QPalette(palette)
        menus.setColor(_Role.Highlight, selected(palette))
        menus.setColor(_Role.HighlightedText, palette.color(_Role.Text))
        for kind in ("QMenu", "QMenuBar"):
            self._app.setPalette(menus, kind)
        self._app.setStyleSheet(style_sheet(dark, lambda name: colour(name, palette).name()))
        self.changed.emit()


def apply(app: QApplication, scheme: Scheme = "system") -> None:
    """Give the program its look; may be called again at any time, with another scheme."""
    follower = app.findChild(_Follower, "theme")
    if follower is None:
        follower = _Follower(app)
        app.setStyle("Fusion")
    follower.use(scheme)
