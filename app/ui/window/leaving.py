"""Closing the window while much of what the user did is not written yet."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

#: Fewer photos than this are written before anybody has read the question.
MANY_LEFT = 50


def may_leave(left: int, window: QWidget) -> bool:
    """Ask whether to close now, and say what becomes of the rest.

    Args:
        left: photos that are still to be written; with few of them nobody is asked.
    """
    if left < MANY_LEFT:
        return True
    box = _Question(left, window)
    box.exec()
    box.deleteLater()
    return box.clickedButton() is box.leave


class _Question(QMessageBox):
    def __init__(self, left: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle(QCoreApplication.applicationName())
        self.setText(self.tr("%n photo(s) have not been changed yet.", "", left))
        self.setInformativeText(
            self.tr(
                "If you close now, they are changed at the next start. It remains one step:"
                " undoing it takes back all of it."
            )
        )
        self.leave = self.addButton(self.tr("Close now"), QMessageBox.ButtonRole.AcceptRole)
        stay = self.addButton(self.tr("Keep it open"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(stay)
