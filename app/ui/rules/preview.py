"""What changed rules would do to the library, beside the table of rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.core.photo import PhotoId
from app.core.tag import Tag
from app.services.rules_preview import Preview

_PICTURE = QSize(56, 56)
_SHOWN_TAGS = 100
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class PreviewPane(QWidget):
    """Shows how many photos would be suggested what, with examples.

    Args:
        picture: gives the thumbnail of a photo, where there is one at hand.
    """

    #: PhotoId: the user wants to see an example.
    photo_wanted = Signal(object)

    def __init__(
        self,
        picture: Callable[[PhotoId], QPixmap | None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._picture = picture
        title = QLabel(self.tr("In your library"))
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.summary.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.summary.setMinimumHeight(self.summary.fontMetrics().lineSpacing() * 4)
        self.summary.setAccessibleName(self.tr("What it would change"))
        self.tags = QTreeWidget()
        self.tags.setHeaderLabels([self.tr("Tag"), self.tr("More"), self.tr("Fewer")])
        self.tags.setRootIsDecorated(False)
        self.tags.setUniformRowHeights(True)
        self.tags.setFrameShape(QFrame.Shape.NoFrame)
        self.tags.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.tags.setAccessibleName(self.tr("Tags that change"))
        header = self.tags.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
            self.tags.headerItem().setTextAlignment(column, _RIGHT)
        self._examples_label = QLabel(self.tr("&For example"))
        self.examples = QListWidget()
        self.examples.setFrameShape(QFrame.Shape.NoFrame)
        self.examples.setIconSize(_PICTURE)
        self.examples.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.examples.setAccessibleName(self.tr("Examples of photos that change"))
        self.examples.itemActivated.connect(self._activated)
        self._examples_label.setBuddy(self.examples)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(self.summary)
        layout.addWidget(self.tags, 2)
        layout.addWidget(self._examples_label)
        layout.addWidget(self.examples, 3)
        layout.addStretch()
        self.say(self.tr("Change a rule to see what it would do to your photos."))

    def say(self, text: str) -> None:
        """Show a sentence in place of a preview."""
        self.summary.setText(text)
        self._fill(Preview())

    def wait(self) -> None:
        """Say that the answer is coming; the last one stays until then."""
        self.summary.setText(self.tr("Looking through your library…"))

    def show_preview(self, found: Preview) -> None:
        """Show a preview."""
        if not found.photos:
            self.say(self.tr("The network has looked at no photo yet."))
            return
        if not found.changed:
            self.say(self.tr("No photo would get other suggestions."))
            return
        text = self.tr("%n photo(s) of {all} would get other suggestions.", "", found.changed)
        note = self.tr("What you have confirmed or rejected stays as it is.")
        every = QLocale().toString(found.photos)
        self.summary.setText(f"{text.format(all=every)} {note}")
        self._fill(found)

    def _fill(self, found: Preview) -> None:
        locale = QLocale()
        self.tags.clear()
        for each in found.differences[:_SHOWN_TAGS]:
            more = f"+{locale.toString(each.gained)}" if each.gained else ""
            fewer = f"−{locale.toString(each.lost)}" if each.lost else ""
            item = QTreeWidgetItem([str(each.tag), more, fewer])
            item.setToolTip(0, str(each.tag))
            item.setSizeHint(0, QSize(0, self.tags.fontMetrics().height() + 8))
            for column in (1, 2):
                item.setTextAlignment(column, _RIGHT)
            self.tags.addTopLevelItem(item)
        self.examples.clear()
        for example in found.examples:
            changes = [*_signed("+", example.gained), *_signed("−", example.lost)]
            item = QListWidgetItem(f"{example.path.name}\n{'   '.join(changes)}")
            item.setData(Qt.ItemDataRole.UserRole, example.photo)
            item.setToolTip(str(example.path))
            picture = self._picture(example.photo) if self._picture is not None else None
            if picture is not None:
                item.setIcon(QIcon(_square(picture)))
            self.examples.addItem(item)
        for widget in (self.tags, self._examples_label, self.examples):
            widget.setVisible(bool(found.changed))

    def _activated(self, item: QListWidgetItem) -> None:
        self.photo_wanted.emit(item.data(Qt.ItemDataRole.UserRole))


def _signed(sign: str, tags: Sequence[Tag]) -> list[str]:
    return [f"{sign} {tag}" for tag in tags]


def _square(picture: QPixmap) -> QPixmap:
    """The middle of a picture, so that all stand in one line."""
    scaled = picture.scaled(
        _PICTURE,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    left = (scaled.width() - _PICTURE.width()) // 2
    top = (scaled.height() - _PICTURE.height()) // 2
    return scaled.copy(left, top, _PICTURE.width(), _PICTURE.height())
