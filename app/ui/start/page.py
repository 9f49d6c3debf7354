"""The first thing that people see: what to do, and what will happen to their photos."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.core.preferences import Preferences
from app.ui import theme
from app.ui.icons import application_icon, icon

_WIDTH: Final = 640
_RECENT: Final = 6
_USUAL: Final = Preferences()


class StartPage(QScrollArea):
    """A place to drop folders on, a button, and the folders that were open before.

    What is dropped is the window's business; while something is held over it, the window calls
    `set_highlighted`.

    Args:
        recent: folders, the last one first.
        preferences: what is written into photos.
    """

    #: The user wants to choose a folder.
    add_wanted = Signal()
    #: Path: a folder that was there before is wanted again.
    open_wanted = Signal(object)
    #: str: key of the section of the settings that the user wants to see.
    settings_wanted = Signal(str)

    def __init__(
        self,
        recent: Sequence[Path] = (),
        preferences: Preferences = _USUAL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._drop = _DropArea()
        self.add_button = QPushButton(self.tr("Add folder…"))
        self.add_button.setProperty("role", "primary")
        self.add_button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.add_button.clicked.connect(self.add_wanted)
        self._drop.place(self.add_button)
        self._recent = QWidget()
        self._recent_column = QVBoxLayout(self._recent)
        self._recent_column.setContentsMargins(0, 0, 0, 0)
        self._recent_column.setSpacing(2)
        self._promise = _LinkLabel()
        self._promise.linkActivated.connect(self.settings_wanted)
        inner = QWidget()
        inner.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 32, 24, 32)
        column.setSpacing(20)
        column.addStretch(1)
        column.addWidget(self._drop)
        column.addWidget(self._promise)
        column.addWidget(self._recent)
        column.addStretch(2)
        page = QWidget()
        outer = QHBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(1)
        outer.addWidget(inner, 100)
        outer.addStretch(1)
        self.setWidget(page)
        self.setFocusProxy(self.add_button)
        self.set_recent(recent)
        self.set_preferences(preferences)

    def set_highlighted(self, highlighted: bool) -> None:
        """Show that what is being held over the window may be dropped."""
        self._drop.set_highlighted(highlighted)

    def set_recent(self, folders: Sequence[Path]) -> None:
        """Offer these folders; the last one first."""
        while (item := self._recent_column.takeAt(0)) is not None:
            item.widget().deleteLater()
        self._recent.setVisible(bool(folders))
        if not folders:
            return
        title = QLabel(self.tr("Recent folders"))
        font = title.font()
        font.setWeight(QFont.Weight.DemiBold)
        title.setFont(font)
        self._recent_column.addWidget(title)
        for folder in folders[:_RECENT]:
            self._recent_column.addWidget(self._link_to(folder))

    def _link_to(self, folder: Path) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon("folder"))
        button.setIconSize(QSize(18, 18))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # In a narrow window the end is cut off; the whole name is in the tool tip.
        button.setMinimumWidth(1)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        room = _WIDTH - 110
        text = button.fontMetrics().elidedText(str(folder), Qt.TextElideMode.ElideMiddle, room)
        # One ampersand would underline the letter behind it.
        button.setText(text.replace("&", "&&"))
        button.setToolTip(str(folder))
        button.setAccessibleName(self.tr("Open {}").format(folder))
        button.clicked.connect(lambda: self.open_wanted.emit(folder))
        return button

    def set_preferences(self, preferences: Preferences) -> None:
        """Say what will happen to photos as things are set."""
        if preferences.write == "none":
            text = self.tr(
                "Tagwright suggests tags for every photo and keeps them to itself: your photos stay"
                ' as they are. It can also <a href="writing">write tags into them</a>.'
                " Your photos never leave this computer."
            )
        elif preferences.write == "sidecar":
            text = self.tr(
                "Tagwright suggests tags for every photo, and writes tags into small files beside"
                " the photos, which stay as they are; everything can be undone. It can also"
                ' <a href="writing">write into the photos</a>.'
                " Your photos never leave this computer."
            )
        elif preferences.write_suggestions == "accepted":
            text = self.tr(
                "Tagwright suggests tags for every photo. What you accept is written into the"
                " photos, where other programs find it; nothing else in them changes, and"
                ' everything can be undone. It can also <a href="writing">write what it is sure'
                " of by itself</a>. Your photos never leave this computer."
            )
        else:
            text = self.tr(
                "Tagwright suggests tags for every photo. Those it is sure of are written into the"
                " photos, where other programs find them; nothing else in them changes, and"
                ' everything can be undone. It can also <a href="writing">write only what you'
                " accept</a>. Your photos never leave this computer."
            )
        self._promise.setText(text)


class _LinkLabel(QLabel):
    """A label with links, which would keep their colour when the theme changes."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setProperty("role", "subtle")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            text = self.text()
            self.clear()
            self.setText(text)


class _DropArea(QWidget):
    """The dashed frame."""

    def __init__(self) -> None:
        super().__init__()
        self._highlighted = False
        picture = QLabel()
        picture.setPixmap(application_icon().pixmap(QSize(72, 72), self.devicePixelRatioF()))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = QLabel(self.tr("Drop a folder with photos here"))
        font = words.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        font.setWeight(QFont.Weight.DemiBold)
        words.setFont(font)
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 44, 24, 44)
        self._column.setSpacing(16)
        self._column.addWidget(picture)
        self._column.addWidget(words)

    def place(self, button: QPushButton) -> None:
        """Put the button under the words."""
        self._column.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)

    def set_highlighted(self, highlighted: bool) -> None:
        self._highlighted = highlighted
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._highlighted:
            pen = QPen(theme.accent(palette), 2)
            painter.setBrush(theme.selected(palette))
        else:
            pen = QPen(theme.strong_border(palette), 1.5, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([5, 5])
            painter.setBrush(palette.base())
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 14, 14)
        painter.end()
