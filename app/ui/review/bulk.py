"""Accepting all suggestions above a certainty."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from app.core.change import Edit
from app.core.photo import PhotoId
from app.core.tag import Tag
from app.library.browsing import EVERYTHING, Condition
from app.library.library import Library
from app.services.review import OpenSuggestions, open_suggestions
from app.ui import theme
from app.ui.context import Context
from app.ui.review.examples import Examples
from app.ui.review.histogram import Histogram

LOWEST, HIGHEST, USUAL = 10, 100, 90

Picture = Callable[[PhotoId], QPixmap | None]


class BulkAcceptDialog(QDialog):
    """Asks how sure a suggestion has to be, and shows what that comes to.

    The library is asked once; moving the slider asks nothing. If it is accepted, carry out
    `edits()` under `label()`.

    Args:
        context: its reader is asked.
        photos: which photos are meant.
        picture: the thumbnail of a photo, or None while it is being read; call
            `refresh_pictures` when there are more of them.
        percent: where the slider stands at first.
    """

    #: The answer of the library is there.
    ready = Signal()

    def __init__(
        self,
        context: Context,
        photos: Condition | Iterable[PhotoId] = EVERYTHING,
        picture: Picture | None = None,
        percent: int = USUAL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Accept Suggestions"))
        self._all: OpenSuggestions | None = None
        self._some: OpenSuggestions | None = None
        self._tag = QComboBox()
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._percent = QLabel()
        self._histogram = Histogram(LOWEST, HIGHEST)
        self._caption = QLabel()
        self._examples = Examples(picture or (lambda _: None))
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._accept = QPushButton()
        self._lay_out(percent)
        self._slider.valueChanged.connect(self._show)
        self._tag.currentIndexChanged.connect(self._choose_tag)
        self._show()
        # An array may hold a million photos, and nobody writes to it.
        meant = photos if isinstance(photos, Condition | np.ndarray) else list(photos)

        def look(library: Library) -> OpenSuggestions:
            return open_suggestions(library, meant)

        context.reader.ask(look, self._fill, key=f"bulk accept {id(self)}", urgent=True)

    def _lay_out(self, percent: int) -> None:
        self._slider.setRange(LOWEST, HIGHEST)
        self._slider.setPageStep(5)
        self._slider.setValue(percent)
        self._slider.setAccessibleName(self.tr("Certainty"))
        # What is meant is to the right of the handle, not to its left.
        self._slider.setStyleSheet(
            "QSlider::sub-page:horizontal { background: palette(mid); }"
            "QSlider::add-page:horizontal { background: palette(highlight); }"
        )
        large = self._percent.font()
        large.setPointSizeF(large.pointSizeF() * 1.5)
        self._percent.setFont(large)
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("100 %") + 4)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._tag.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._tag.setMinimumContentsLength(24)
        self._tag.setAccessibleName(self.tr("Tag"))
        self._tag.setEnabled(False)
        of_tag = QLabel(self.tr("&Tag:"))
        of_tag.setBuddy(self._tag)
        heading = QLabel(self.tr("A&ccept all suggestions that are at least this certain"))
        heading.setBuddy(self._slider)
        self._buttons.addButton(self._accept, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

        first = QHBoxLayout()
        first.addWidget(heading, 1)
        first.addWidget(self._percent)
        filters = QHBoxLayout()
        filters.setSpacing(10)
        filters.addWidget(of_tag)
        filters.addWidget(self._tag, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(0)
        layout.addLayout(first)
        layout.addSpacing(8)
        layout.addWidget(self._histogram)
        layout.addWidget(self._slider)
        layout.addSpacing(14)
        layout.addLayout(filters)
        layout.addSpacing(16)
        layout.addWidget(self._caption)
        layout.addSpacing(8)
        layout.addWidget(self._examples, 1)
        layout.addSpacing(16)
        layout.addWidget(self._buttons)
        # Enter means this one wherever the focus is, and not until it is inside the dialog.
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        self._accept.setDefault(True)
        self._slider.setFocus()
        # Qt's own would be two thirds of the screen at most.
        self.resize(self.sizeHint().boundedTo(self.screen().availableSize() * 0.9))

    @property
    def percent(self) -> int:
        """How sure a suggestion has to be."""
        return self._slider.value()

    @percent.setter
    def percent(self, percent: int) -> None:
        self._slider.setValue(percent)

    @property
    def tag(self) -> Tag | None:
        """The tag that alone is meant, with those below it; None for all."""
        data = self._tag.currentData()
        return Tag.parse(data) if data else None

    @tag.setter
    def tag(self, tag: Tag | None) -> None:
        self._tag.setCurrentIndex(max(0, self._tag.findData(str(tag) if tag else "")))

    @property
    def counts(self) -> tuple[int, int]:
        """How many tags on how many photos would be accepted."""
        if self._some is None:
            return 0, 0
        return int(self._tags_from[self.percent]), int(self._photos_from[self.percent])

    def edits(self) -> list[tuple[PhotoId, Edit]]:
        """What is to be carried out."""
        return [] if self._some is None else self._some.edits(self.percent)

    def label(self) -> str:
        """What it is called in the menu, such as 'Accept 214 tags on 180 photos'."""
        return self._accept.text()

    @Slot()
    def refresh_pictures(self) -> None:
        """Look for thumbnails again."""
        self._examples.update()

    def _fill(self, found: OpenSuggestions) -> None:
        self._all = found
        self._tag.blockSignals(True)
        self._tag.clear()
        self._tag.addItem(self.tr("All tags"), "")
        # Also the levels above, which stand for all that is below them.
        groups = {Tag(tag.path[:n]) for tag in found.tags for n in range(1, len(tag.path) + 1)}
        for tag in sorted(groups):
            self._tag.addItem(" › ".join(tag.path), str(tag))
        self._tag.setEnabled(bool(found.tags))
        self._tag.blockSignals(False)
        self._choose_tag()
        self.ready.emit()

    @Slot()
    def _choose_tag(self) -> None:
        if self._all is None:
            return
        self._some = self._all.only(self.tag)
        self._tags_from = self._some.tags_from()
        self._photos_from = self._some.photos_from()
        self._histogram.show_counts(self._some.histogram())
        self._show()

    @Slot()
    def _show(self) -> None:
        self._percent.setText(self.tr("{n} %").format(n=self.percent))
        self._histogram.show_from(self.percent)
        tags, photos = self.counts
        some = self._some
        self._accept.setEnabled(tags > 0)
        self._slider.setEnabled(some is None or len(some.percent) > 0)
        if some is None:
            self._accept.setText(self.tr("Accept"))
            self._caption.setText(self.tr("Looking for suggestions …"))
            return
        self._accept.setText(
            self.tr("Accept {tags} on {photos}").format(
                tags=self.tr("%n tag(s)", "", tags), photos=self.tr("%n photo(s)", "", photos)
            )
            if tags
            else self.tr("Accept")
        )
        if tags:
            self._caption.setText(self.tr("The least certain of them"))
        elif len(some.percent):
            best = int(np.max(some.percent))
            text = self.tr("No suggestion is so certain; the surest has {n} %")
            self._caption.setText(text.format(n=best))
        else:
            self._caption.setText(self.tr("No suggestion waits for an answer"))
        self._examples.show_examples(some.least_certain(self.percent, self._examples.most))
        palette = self._caption.palette()
        palette.setColor(self._caption.foregroundRole(), theme.subtle(self.palette()))
        self._caption.setPalette(palette)
