from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.core.query import parse


class SearchField(QLineEdit):
    query_changed = Signal(object)

    def __init__(self, context, parent=None):
        super().__init__(parent)
        self.textChanged.connect(lambda t: self.query_changed.emit(parse(t) if t.strip() else None))

    def set_text(self, t):
        self.setText(t)

    def focus_search(self):
        self.setFocus()
