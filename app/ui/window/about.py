"""What program this is, and which networks it has."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

import app


class AboutBox(QMessageBox):
    """Says it; the window stays free meanwhile.

    Args:
        in_use: name of the network that photos are tagged with.
        shipped: names of the networks that come with the program.
    """

    def __init__(self, in_use: str, shipped: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        name = QCoreApplication.applicationName() or "Tagwright"
        self.setWindowTitle(self.tr("About Tagwright"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setTextFormat(Qt.TextFormat.RichText)
        icon = parent.windowIcon().pixmap(64, 64)
        if not icon.isNull():
            self.setIconPixmap(icon)
        paragraphs = [
            self.tr(
                "Suggests tags for photos, and writes them where other photo programs see them."
                " Everything happens on this computer."
            ),
            self.tr("Network in use: {name}").format(name=in_use),
            self.tr("Networks that come with it: {names}").format(names=", ".join(shipped)),
            self.tr("Licence: {name}").format(name="Apache-2.0"),
        ]
        self.setText(
            f"<h3>{escape(name)} {escape(app.__version__)}</h3>"
            + "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
        )
