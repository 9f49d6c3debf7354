"""Examples of what a program will show: looked up on the reader's thread, shown as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QImage, QImageIOHandler, QImageReader, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.core.errors import TagwrightError
from app.core.photo import PhotoId
from app.core.tag import Tag
from app.library.library import Library
from app.services.export import ExportSettings, preview
from app.services.stores import stores, tag_states
from app.ui import reasons
from app.ui.icons import icon

#: Rows, and among how many photos they are chosen.
EXAMPLES: Final = 5
_LOOKED_AT: Final = 60
_PICTURE: Final = QSize(72, 54)


@dataclass(frozen=True, slots=True)
class Example:
    """A photo, and the tags with which it arrives; or why that cannot be said."""

    path: Path
    tags: tuple[str, ...] = ()
    problem: str = ""
    picture: QImage | None = None


def examples(
    library: Library, photos: Sequence[PhotoId] | None, settings: ExportSettings, ratio: float
) -> list[Example]:
    """Some photos, those with tags first, and what will be shown for each. Not for the GUI thread.

    Args:
        photos: to choose from; None for all that there are.
        ratio: device pixels for each pixel of the window.
    """
    if photos is None:
        some = [photo.id for photo in islice(library.photos(), _LOOKED_AT)]
    else:
        some = [int(photo) for photo in photos[:_LOOKED_AT]]
    cards = library.cards(some)
    cards.sort(key=lambda card: not (card.confirmed or card.suggested))
    return [_example(card.path, library, settings, ratio) for card in cards[:EXAMPLES]]


def _example(path: Path, library: Library, settings: ExportSettings, ratio: float) -> Example:
    picture = _picture(path, ratio)
    try:
        if settings.program is not None:
            shown = preview(path, settings.program, library, settings)
        else:
            least = None if settings.accepted_only else settings.min_score
            states = tag_states(path.resolve(), stores(path), library, least)
            shown = tuple(str(state.tag) for state in states)
    except TagwrightError as error:
        return Example(path, problem=getattr(error, "reason", str(error)), picture=picture)
    return Example(path, tuple(" › ".join(Tag.parse(each).path) for each in shown), "", picture)


def _picture(path: Path, ratio: float) -> QImage | None:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid():
        return None
    # A little more than the place needs, for the edges are cut off.
    place = _PICTURE * ratio
    if reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90:
        place.transpose()
    reader.setScaledSize(size.scaled(place, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    return None if image.isNull() else image


class _Name(QLabel):
    """A name that is shortened in the middle rather than making the dialog wide."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._name = name
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = event.size().width()
        elided = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, room)
        if elided != self.text():
            self.setText(elided)


class ExampleRow(QWidget):
    """One example: the photo, its name, its tags."""

    def __init__(self, example: Example) -> None:
        super().__init__()
        picture = QLabel()
        picture.setFixedSize(_PICTURE)
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        picture.setPixmap(self._pixmap(example.picture))
        name = _Name(example.path.name)
        name.setToolTip(str(example.path))
        font = name.font()
        font.setWeight(QFont.Weight.DemiBold)
        name.setFont(font)
        tags = QLabel(
            reasons.in_words(example.problem) or ",  ".join(example.tags) or self.tr("no tags")
        )
        tags.setTextFormat(Qt.TextFormat.PlainText)
        tags.setWordWrap(True)
        if example.problem:
            tags.setProperty("role", "failed")
        elif not example.tags:
            tags.setProperty("role", "subtle")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(name)
        words.addWidget(tags)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def _pixmap(self, image: QImage | None) -> QPixmap:
        if image is None:
            return icon("photo").pixmap(QSize(32, 32), self.devicePixelRatioF())
        ratio = self.devicePixelRatioF()
        place = _PICTURE * ratio
        left = (image.width() - place.width()) // 2
        top = (image.height() - place.height()) // 2
        pixmap = QPixmap.fromImage(image.copy(left, top, place.width(), place.height()))
        pixmap.setDevicePixelRatio(ratio)
        return pixmap


class Examples(QFrame):
    """The pane with the examples; empty until they are known."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._heading = QLabel()
        font = self._heading.font()
        font.setWeight(QFont.Weight.DemiBold)
        self._heading.setFont(font)
        self._heading.setWordWrap(True)
        self._note = QLabel()
        self._note.setProperty("role", "subtle")
        self._note.setWordWrap(True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(self._heading)
        column.addLayout(self._rows)
        column.addStretch()
        column.addWidget(self._note)

    def set_words(self, heading: str, note: str) -> None:
        """Say what is shown, and what there is to know about the program."""
        self._heading.setText(heading)
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def show_examples(self, found: Sequence[Example]) -> None:
        """Show these instead of the ones before."""
        if not found:
            self.show_words(self.tr("There are no photos to export."))
            return
        self._clear()
        for each in found:
            self._rows.addWidget(ExampleRow(each))

    def show_words(self, text: str) -> None:
        """Show a sentence where the examples would be."""
        self._clear()
        label = QLabel(text)
        label.setWordWrap(True)
        label.setProperty("role", "subtle")
        self._rows.addWidget(label)

    def _clear(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()

    def texts(self) -> list[str]:
        """All that can be read in the rows."""
        rows = (self._rows.itemAt(n).widget() for n in range(self._rows.count()))
        return [
            label.text()
            for row in rows
            for label in ([row] if isinstance(row, QLabel) else row.findChildren(QLabel))
            if label.text()
        ]
