"""The head of the inspector: which photo it is, or which photos."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.core.photo import Card, State
from app.ui.inspector import words
from app.ui.inspector.summary import Summary
from app.ui.widgets.elided_label import ElidedLabel

#: As many are named in a tool tip.
_FOLDERS = 12
#: In which order states are counted up.
_STATES = (
    State.SUGGESTED,
    State.CONFIRMED,
    State.UNTAGGED,
    State.WAITING,
    State.WORKING,
    State.FAILED,
)


class Details(QWidget):
    """What is known of photos beside their tags."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        self._name = ElidedLabel(self)
        font = self._name.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.12)
        self._name.setFont(font)
        self._folder = ElidedLabel(self, Qt.TextElideMode.ElideLeft)
        self._taken, self._camera, self._size = (_plain(self) for _ in range(3))
        self._stars, self._state, self._note = (_plain(self) for _ in range(3))
        for label, name in (
            (self._name, self.tr("Name")),
            (self._folder, self.tr("Folder")),
            (self._taken, self.tr("Taken")),
            (self._camera, self.tr("Camera")),
            (self._size, self.tr("Size")),
            (self._stars, self.tr("Rating")),
            (self._state, self.tr("State")),
            (self._note, self.tr("Note")),
        ):
            label.setAccessibleDescription(name)
            layout.addWidget(label)
        layout.insertSpacing(2, 4)
        layout.insertSpacing(layout.indexOf(self._state), 4)
        for label in (self._folder, self._taken, self._camera, self._size, self._note):
            _give_meaning(label, "subtle")

    def show_one(self, card: Card) -> None:
        """Show a photo."""
        _fill(self._name, card.path.name)
        self._name.setToolTip("")
        _fill(self._folder, words.folder_words(card.path.parent))
        self._folder.setToolTip(str(card.path.parent))
        _fill(self._taken, words.moment(card.taken) if card.taken else "")
        _fill(self._camera, card.camera)
        _fill(self._size, words.pixels(card.size) if card.size else "")
        _fill(self._stars, words.stars(card.rating) if card.rating is not None else "")
        if card.rating is not None:
            self._stars.setAccessibleName(words.stars_spoken(card.rating))
        self._note.hide()
        self._show_state(card.state, words.state_words(card.state))

    def show_many(self, summary: Summary, total: int) -> None:
        """Show what photos have in common."""
        _fill(self._name, self.tr("%n photo(s)", "", total))
        if len(summary.folders) == 1:
            folder = words.folder_words(Path(summary.folders[0]))
        else:
            folder = self.tr("%n folder(s)", "", len(summary.folders))
        _fill(self._folder, folder)
        tip = "\n".join(summary.folders[:_FOLDERS])
        self._folder.setToolTip(f"{tip}\n…" if len(summary.folders) > _FOLDERS else tip)
        _fill(self._taken, words.days(*summary.days) if summary.days else "")
        _fill(self._camera, summary.cameras[0] if len(summary.cameras) == 1 else "")
        self._size.hide()
        self._stars.hide()
        counts = [
            words.state_count(state, summary.states[state])
            for state in _STATES
            if summary.states.get(state)
        ]
        self._show_state(None, " · ".join(counts))
        missing = total - len(summary.photos)
        note = self.tr("The tags of %n more photo(s) are not read yet.", "", missing)
        _fill(self._note, note if missing > 0 else "")

    def show_counting(self, total: int) -> None:
        """Show how many photos there are, while nothing else is known yet."""
        _fill(self._name, self.tr("%n photo(s)", "", total))
        for label in (self._folder, self._taken, self._camera, self._size, self._stars, self._note):
            label.hide()
        self._show_state(None, self.tr("Reading their tags…"))

    def _show_state(self, state: State | None, text: str) -> None:
        _fill(self._state, text if state is None else f"● {text}")
        self._state.setAccessibleName(text)
        _give_meaning(self._state, "subtle" if state is None else words.STATE_COLOURS[state])


def _plain(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _fill(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def _give_meaning(label: QLabel, meaning: str) -> None:
    """Show a label in one of the theme's colours; the style sheet keeps it so in any theme."""
    if label.property("role") != meaning:
        label.setProperty("role", meaning)
        label.style().unpolish(label)
        label.style().polish(label)
