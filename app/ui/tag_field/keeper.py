"""Keeps the vocabulary up to date while the library changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.library.library import Library
from app.services.setup import rule_tags
from app.services.vocabulary import Vocabulary, read_vocabulary
from app.ui.context import Context

#: While thousands of photos are looked at the counts change all the time.
_AT_MOST_EVERY = 1500  # milliseconds


class VocabularyKeeper(QObject):
    """Reads the words of the library at once, and again when they have changed."""

    #: Vocabulary
    changed = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.vocabulary = Vocabulary()
        self._timer = QTimer(self, singleShot=True, interval=_AT_MOST_EVERY)
        self._timer.timeout.connect(self.read)
        context.session.tags_changed.connect(self._later)
        self.read()

    def read(self) -> None:
        """Read them now."""
        folders = self._context.folders

        def look(library: Library) -> Vocabulary:
            # What is put right by hand is often something else that the network knows.
            return read_vocabulary(library, rule_tags(folders))

        self._context.reader.ask(look, self._answer, key="vocabulary")

    def _later(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _answer(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.changed.emit(vocabulary)
