"""One photo large, inside the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPixmap, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.core.photo import Card, PhotoId
from app.ui import reasons
from app.ui.viewer.canvas import STEP, PhotoCanvas
from app.ui.viewer.strip import TagStrip
from app.workers.pictures import Picture, PictureLoader

#: What an arrow key moves a photo by that is larger than its area, as a share of the area.
_PAN = 0.15
_WAYS = {
    Qt.Key.Key_Left: QPointF(1, 0),
    Qt.Key.Key_Right: QPointF(-1, 0),
    Qt.Key.Key_Up: QPointF(0, 1),
    Qt.Key.Key_Down: QPointF(0, -1),
}


class PhotoViewer(QWidget):
    """Shows one photo as large as there is room, with zoom and pan, and its tags below.

    Keys that it does not need itself (digits but 0, Enter, letters, Del) are left to the window.

    Args:
        loader: makes the pictures; who made it closes it.
    """

    previous_wanted = Signal()
    next_wanted = Signal()
    #: Space, Escape or the button: back to the grid.
    close_wanted = Signal()
    #: Tag: a suggestion was clicked.
    accept_wanted = Signal(object)

    def __init__(self, loader: PictureLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._card: Card | None = None
        self._canvas = PhotoCanvas()
        self._strip = TagStrip()
        self._name = _ElidedLabel()
        self._zoom = QLabel()
        self._zoomers: list[QToolButton] = []
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Large photo"))
        self.setAutoFillBackground(True)
        self._canvas.view_changed.connect(self._on_view)
        self._strip.accept_wanted.connect(self.accept_wanted)
        loader.loaded.connect(self._on_loaded)
        loader.failed.connect(self._on_failed)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 6, 8, 6)
        bar.setSpacing(4)
        for button in (
            self._button("‹", self.tr("Previous photo"), "←", self.previous_wanted.emit),
            self._button("›", self.tr("Next photo"), "→", self.next_wanted.emit),
        ):
            bar.addWidget(button)
        bar.addSpacing(6)
        bar.addWidget(self._name, 1)
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._zoom.setAccessibleName(self.tr("Zoom"))
        bar.addWidget(self._zoom)
        bar.addSpacing(6)
        self._zoomers = [
            self._button("−", self.tr("Smaller"), "−", self.zoom_out),
            self._button("+", self.tr("Larger"), "+", self.zoom_in),
            self._button(self.tr("Fit"), self.tr("The whole photo"), "0", self.fit),
            self._button(self.tr("1:1"), self.tr("Every pixel as it is"), "", self.actual_size),
        ]
        space = QKeySequence(Qt.Key.Key_Space).toString(QKeySequence.SequenceFormat.NativeText)
        back = self._button("✕", self.tr("Back to all photos"), space, self.close_wanted.emit)
        for button in (*self._zoomers, back):
            bar.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self._canvas, 1)
        layout.addWidget(self._strip)

    @staticmethod
    def _button(text: str, name: str, key: str, pressed: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(f"{name} ({key})" if key else name)
        button.setAccessibleName(name)
        button.setAutoRaise(True)
        # A click must not take the keys away from the photo.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(pressed)
        return button

    @property
    def card(self) -> Card | None:
        """The photo that is shown."""
        return self._card

    @property
    def photo(self) -> PhotoId | None:
        """Its id."""
        return None if self._card is None else self._card.id

    @property
    def canvas(self) -> PhotoCanvas:
        """The area that shows the photo."""
        return self._canvas

    @property
    def strip(self) -> TagStrip:
        """The strip with its tags."""
        return self._strip

    def show_photo(self, card: Card, placeholder: QPixmap | None = None) -> None:
        """Show a photo.

        Args:
            placeholder: its thumbnail, shown until the real picture is there.
        """
        if self._card is not None and self._card.id == card.id and self._card.path == card.path:
            self.update_card(card)
            return
        self._card = card
        self._say(card)
        self._canvas.begin(card.size, placeholder)
        picture = self._loader.load(card.path, self._longest())
        if picture is not None:
            self._canvas.show_picture(picture)

    def update_card(self, card: Card) -> None:
        """Show what is known about the photo now, if it is the one that is shown."""
        if self._card is None or card.id != self._card.id:
            return
        moved = card.path != self._card.path
        turned = card.size != self._card.size and card.size is not None
        self._card = card
        self._say(card)
        if moved or (turned and self._canvas.picture and self._canvas.picture.size != card.size):
            # Another picture is under this name now, or this one under another.
            self._loader.forget(card.path)
            self._loader.load(card.path, self._longest())

    def preload(self, paths: Iterable[Path]) -> None:
        """Have photos ready that are likely to be looked at next: the next one, the previous."""
        self._loader.preload(paths)

    def clear(self) -> None:
        """Show nothing, and give the memory back: for when the grid is there again."""
        self._card = None
        self._loader.cancel()
        self._canvas.begin(None, None)
        self._strip.show_card(None)
        self._name.set_text("")

    @Slot()
    def zoom_in(self) -> None:
        """One step larger."""
        self._canvas.zoom_by(STEP)

    @Slot()
    def zoom_out(self) -> None:
        """One step smaller, down to the whole photo."""
        self._canvas.zoom_by(1 / STEP)

    @Slot()
    def fit(self) -> None:
        """The whole photo."""
        self._canvas.fit()

    @Slot()
    def actual_size(self) -> None:
        """Every pixel of the photo as one of the screen."""
        self._canvas.actual_size()

    def _say(self, card: Card) -> None:
        self._strip.show_card(card)
        self._name.set_text(card.path.name)
        self._name.setToolTip(str(card.path))
        self.setAccessibleDescription(card.path.name)

    def _longest(self) -> int:
        """What fills the screen, so that another size of the window needs no other picture."""
        size = self.screen().size().expandedTo(self.size())
        return round(max(size.width(), size.height()) * self.devicePixelRatioF())

    @Slot(object)
    def _on_loaded(self, picture: Picture) -> None:
        if self._card is not None and picture.path == self._card.path:
            self._canvas.show_picture(picture)

    @Slot(object, str)
    def _on_failed(self, path: Path, reason: str) -> None:
        if self._card is None or path != self._card.path:
            return
        if self._canvas.picture is None:
            self._canvas.show_reason(
                self.tr("This photo cannot be shown"), reasons.sentence(reason)
            )
        self._on_view()

    @Slot()
    def _on_view(self) -> None:
        view, picture = self._canvas.view, self._canvas.picture
        for button in self._zoomers:
            button.setEnabled(not self._canvas.reason)
        if picture is None:
            self._zoom.setText("")
            return
        missing = not picture.full and (
            view.scale * view.ratio * view.photo.width() > picture.width * 1.01
        )
        if missing and self._card is not None:
            full = self._loader.load_full(self._card.path)
            if full is not None and full is not picture:
                self._canvas.show_picture(full)
                return
        self._zoom.setText(self.tr("{n} %").format(n=view.percent))

    # What Qt calls

    def sizeHint(self) -> QSize:
        return QSize(960, 720)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Nothing to draw: the whole area is the photo.
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        actions = {
            Qt.Key.Key_Space: self.close_wanted.emit,
            Qt.Key.Key_Escape: self.close_wanted.emit,
            Qt.Key.Key_PageUp: self.previous_wanted.emit,
            Qt.Key.Key_PageDown: self.next_wanted.emit,
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Equal: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit,
        }
        if plain != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        elif key in actions:
            actions[key]()
        elif key in _WAYS and self._canvas.view.pannable:
            way, area = _WAYS[key], self._canvas.size()
            self._canvas.pan(QPointF(way.x() * area.width() * _PAN, way.y() * area.height() * _PAN))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            wanted = self.previous_wanted if key == Qt.Key.Key_Left else self.next_wanted
            wanted.emit()
        else:
            super().keyPressEvent(event)


class _ElidedLabel(QLabel):
    """A line of text that gives way where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(40)

    def set_text(self, text: str) -> None:
        """Show a text, or as much of it as there is room for."""
        self._whole = text
        self.setAccessibleName(text)
        self._elide()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._elide()

    def _elide(self) -> None:
        middle = Qt.TextElideMode.ElideMiddle
        self.setText(self.fontMetrics().elidedText(self._whole, middle, max(40, self.width())))
