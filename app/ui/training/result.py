"""The last page: what the training has come to."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.core.training import Checked, Confusion, Finished, Notice
from app.ui import reasons, theme
from app.ui.accuracy.matrix import MatrixView
from app.ui.icons import pixmap
from app.ui.training import words
from app.ui.training.form import heading
from app.workers.network_training import Ended

_SIGN = 28


class ResultPage(QWidget):
    """How good the network is, or why there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = QLabel()
        self._head = heading("")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._notice = QLabel()
        self._notice.setWordWrap(True)
        self._notice.setProperty("role", "warning")
        self._about = QLabel(
            self.tr("What the validation photos show (rows), and what they were taken for:")
        )
        self._about.setWordWrap(True)
        self.matrix = MatrixView()
        self._pointed = QLabel()
        self._pointed.setProperty("role", "subtle")
        self._pointed.setWordWrap(True)
        self.matrix.pointed.connect(self._pointed.setText)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._sign, alignment=Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._head, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._text)
        column.addWidget(self._notice)
        column.addWidget(self._about)
        column.addWidget(self.matrix, 1)
        column.addWidget(self._pointed)
        self._rest = QWidget()
        column.addWidget(self._rest, 1)

    def text(self) -> str:
        """All that it says."""
        return "\n".join(
            label.text()
            for label in (self._head, self._text, self._notice)
            if label.isVisibleTo(self)
        )

    def show_network(
        self,
        finished: Finished,
        checked: Checked | None,
        confusion: Confusion | None,
        overfits: Notice | None,
    ) -> None:
        """Say how good a network is."""
        self._show_sign(good=True)
        self._head.setText(
            self.tr("“{name}” names {share} of the photos right that it has not learned").format(
                name=finished.name, share=words.percent(finished.accuracy)
            )
        )
        lines = []
        if checked is not None:
            lines.append(
                self.tr("Judged by %Ln validation photo(s), which it did not learn but which chose"
                        " the best round.", "", checked.photos)
            )  # fmt: skip
            lines.append(words.of_check(checked))
        lines.append(
            self.tr("It takes every photo for one of its classes, whatever the photo shows. So it"
                    " only suggests: a tag is written once you accept it.")
        )  # fmt: skip
        self._text.setText("\n".join(lines))
        self._notice.setText(words.of_notice(overfits) if overfits is not None else "")
        self._notice.setVisible(overfits is not None)
        if confusion is not None:
            counts = np.array(confusion.matrix, dtype=np.int64)
            self.matrix.show_matrix(confusion.classes, counts)
        self._show_matrix(confusion is not None)

    def show_end(self, ended: Ended) -> None:
        """Say why there is no network."""
        self._show_sign(good=False)
        if ended.how == "stopped":
            self._head.setText(self.tr("Stopped"))
            self._text.setText(self.tr("Nothing was kept. Your photos are as they were."))
        else:
            self._head.setText(self.tr("The training has failed"))
            self._text.setText(reasons.sentence(ended.reason))
        self._notice.hide()
        self._show_matrix(False)

    def _show_matrix(self, shown: bool) -> None:
        for widget in (self._about, self.matrix, self._pointed):
            widget.setVisible(shown)
        self._rest.setVisible(not shown)

    def _show_sign(self, *, good: bool) -> None:
        palette = self.palette()
        colour = theme.confirmed(palette) if good else theme.warning(palette)
        name = "accept" if good else "warning"
        self._sign.setPixmap(pixmap(name, _SIGN, colour.name(), self.devicePixelRatioF()))
