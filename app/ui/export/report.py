"""The two pages that follow the form: how far the export is, and what became of it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFont
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui import reasons, theme
from app.ui.icons import icon, pixmap
from app.workers.exporting import ExportReport

#: More than that nobody reads, and the window would stop while they are laid out.
_LISTED: Final = 500
#: A space of no width.
_BREAK: Final = "\u200b"


def _headline(text: str = "") -> QLabel:
    label = QLabel(text)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 1.4)
    font.setWeight(QFont.Weight.DemiBold)
    label.setFont(font)
    label.setWordWrap(True)
    return label


class ProgressPage(QWidget):
    """How far the export is."""

    def __init__(self) -> None:
        super().__init__()
        self._words = _headline()
        self._bar = QProgressBar()
        self._bar.setAccessibleName(self.tr("Progress of the export"))
        column = QVBoxLayout(self)
        column.addStretch()
        column.addWidget(self._words)
        column.addSpacing(8)
        column.addWidget(self._bar)
        column.addStretch()

    def show_progress(self, done: int, total: int) -> None:
        """Say that `done` photos of `total` are done."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._words.setText(
            self.tr("Exporting: {done} of {total} photos").format(
                done=self.locale().toString(done), total=self.locale().toString(total)
            )
        )


class ReportPage(QWidget):
    """What became of the export."""

    def __init__(self) -> None:
        super().__init__()
        self._sign = QLabel()
        self._head = _headline()
        self._counts = QLabel()
        self._counts.setWordWrap(True)
        self._about = QLabel()
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("What went wrong, or elsewhere"))
        self._list.setWordWrap(True)
        self._open = QPushButton(icon("open"), self.tr("Open folder"))
        self._open.setAutoDefault(False)
        self._open.clicked.connect(self._open_folder)
        self._folder = QUrl()
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._sign, alignment=Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._head, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._counts)
        column.addWidget(self._open, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(6)
        column.addWidget(self._about)
        column.addWidget(self._list, 1)
        self._rest = QWidget()
        column.addWidget(self._rest, 1)

    def show_report(self, report: ExportReport) -> None:
        """Say what became of an export."""
        good = not (report.error or report.failed or report.cancelled)
        palette = self.palette()
        sign = theme.confirmed(palette) if good else theme.warning(palette)
        name = "accept" if good else "warning"
        self._sign.setPixmap(pixmap(name, 28, sign.name(), self.devicePixelRatioF()))
        self._head.setText(self._headline(report))
        # A long path may break at its slashes, rather than make the dialog as long.
        self._counts.setText("\n".join(self._lines(report)).replace("/", f"/{_BREAK}"))
        self._folder = QUrl.fromLocalFile(str(report.to))
        self._open.setVisible(report.to.is_dir())
        self._list.clear()
        entries = [*report.failed, *report.notes]
        for path, reason in entries[:_LISTED]:
            self._list.addItem(f"{path.name}: {reasons.in_words(reason)}")
            self._list.item(self._list.count() - 1).setToolTip(str(path))
        if len(entries) > _LISTED:
            self._list.addItem(self.tr("and %Ln more", "", len(entries) - _LISTED))
        self._about.setText(
            self.tr("%Ln photo(s) could not be exported:", "", len(report.failed))
            if report.failed
            else self.tr("Notes:")
        )
        for widget in (self._about, self._list):
            widget.setVisible(bool(entries))
        self._rest.setVisible(not entries)

    def text(self) -> str:
        """All that it says above the list."""
        return f"{self._head.text()}\n{self._counts.text()}".replace(_BREAK, "")

    def _headline(self, report: ExportReport) -> str:
        if report.error:
            return self.tr("The export has stopped")
        done = report.photos - len(report.failed)
        if report.cancelled:
            return self.tr("Cancelled after %Ln photo(s)", "", done)
        return self.tr("%Ln photo(s) exported", "", done)

    def _lines(self, report: ExportReport) -> list[str]:
        lines = [reasons.in_words(report.error)] if report.error else []
        lines.append(self.tr("Folder: {}").format(report.to))
        if report.embedded:
            lines.append(self.tr("%Ln with tags in the photo", "", report.embedded))
        if report.sidecars:
            lines.append(self.tr("%Ln with a sidecar", "", report.sidecars))
        if report.without:
            lines.append(self.tr("%Ln without tags", "", report.without))
        if report.there:
            lines.append(self.tr("%Ln had been there already", "", report.there))
        return lines

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(self._folder)
