"""A line for typing tags."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from app.core.tag import Tag
from app.services.vocabulary import Vocabulary
from app.ui.tag_field.completions import Row, meaning, rows_for
from app.ui.tag_field.popup import Popup
from app.ui.tag_field.typed import Part, part_at, parts, problem, replaced

#: Keys that the window's shortcuts are not to get while somebody types.
_OWN = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Tab,
)
#: The ways to come here after which tags are offered at once.
_OFFERING = (
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)
_REMEMBERED = 12
#: Keys that go on to another photo while nothing is typed.
_MOVES = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)
#: Beside them may be pressed: Shift selects from here to there.
_BESIDE_MOVES = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class TagField(QLineEdit):
    """Takes tags by name, path or synonym, several with commas between, and completes them.

    Enter gives the tags, or the row that the arrow keys have chosen; Tab completes; Escape closes
    what is offered, then clears the line, then leaves. While nothing is typed or offered, the keys
    that move go to the photos, and Alt+Down offers what was used lately.
    """

    #: list[Tag]
    committed = Signal(object)
    #: The user has had enough of typing.
    left = Signal()
    #: QKeyEvent: a key for the photos.
    moved = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vocabulary = Vocabulary()
        self._used: list[Tag] = []
        self._popup: Popup | None = None
        self._offered = Part("", 0, 0), ""
        self.setPlaceholderText(self.tr("Add tags"))
        self.setAccessibleName(self.tr("Add tags"))
        self.setClearButtonEnabled(True)
        self.textEdited.connect(self.offer)
        self.cursorPositionChanged.connect(self._cursor_moved)

    def set_vocabulary(self, vocabulary: Vocabulary) -> None:
        """Know the words of a library as they are now."""
        self._vocabulary = vocabulary
        self._used = [tag for tag in self._used if tag not in vocabulary]
        if self._shown() is not None:
            self.offer()

    def forget_new(self) -> None:
        """Forget what was given and is not in the vocabulary: it was taken back.

        What is still being carried out comes with the next vocabulary.
        """
        self._used = [tag for tag in self._used if tag in self._vocabulary]

    @property
    def popup(self) -> Popup:
        """What is offered; it may be hidden."""
        # With the window it lies in goes the popup.
        if self._popup is None or not isValid(self._popup):
            self._popup = Popup(self)
            self._popup.chosen.connect(self._take)
            self.destroyed.connect(self._popup.deleteLater)
        return self._popup

    def commit(self) -> bool:
        """Give the tags in the line, as Enter does; say what is wrong where one is none.

        Returns:
            Whether they were given. If not, all text is still there.
        """
        row = self.popup.current() if self._shown() is not None else None
        return self._commit(row)

    def finish(self) -> str:
        """Give what stands in the line as it is, before others are to be tagged.

        Returns:
            What cannot be given, as it is no tag. The line is empty in any case.
        """
        text = self.text().strip()
        is_wrong = any(part.text and problem(part.text) for part in parts(text))
        if any(part.text for part in parts(text)) and not is_wrong:
            self._commit(None)
        self.drop()
        return text if is_wrong else ""

    def drop(self) -> None:
        """Give nothing of what stands in the line, and empty it."""
        self.clear()
        self._close()

    def complete(self) -> bool:
        """Put the chosen row, or the first that offers more than what is typed, into the line.

        Returns:
            Whether there is one.
        """
        if self._shown() is None:
            return False
        row = self.popup.current() or self._next_row()
        if row is None:
            return False
        text, cursor = replaced(self.text(), self._part(), row.match.tag)
        if text == self.text():
            return False
        self.setText(text)
        self.setCursorPosition(cursor)
        self.offer()
        return True

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if event.type() == QEvent.Type.ShortcutOverride and event.key() in _OWN and plain:
                event.accept()
                return True
            # Tab never comes to keyPressEvent: it would move the focus before that.
            if (
                event.type() == QEvent.Type.KeyPress
                and event.key() == Qt.Key.Key_Tab
                and plain
                and self.complete()
            ):
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_move(event):
            self._close()
            self.moved.emit(event)
            return
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.commit()
            case Qt.Key.Key_Escape:
                self._escape()
            case Qt.Key.Key_Down | Qt.Key.Key_Up if self._shown() is None:
                self.offer()
            case Qt.Key.Key_Down:
                self._step(1)
            case Qt.Key.Key_Up:
                self._step(-1)
            case _:
                super().keyPressEvent(event)

    def _is_move(self, event: QKeyEvent) -> bool:
        """Whether a key is for the photos: there is nothing in the line that it could be for."""
        key = event.key()
        if self.text() or key not in _MOVES or event.modifiers() & ~_BESIDE_MOVES:
            return False
        return self._shown() is None or key not in (Qt.Key.Key_Up, Qt.Key.Key_Down)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in _OFFERING:
            self.offer()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._close()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._close()
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._shown() is not None:
            self.offer()
        return super().eventFilter(watched, event)

    def _commit(self, row: Row | None) -> bool:
        current = self._part()
        found: list[Tag] = []
        for part in parts(self.text()):
            if row is not None and part == current:
                found.append(row.match.tag)
            elif part.text:
                wrong = problem(part.text)
                if wrong:
                    self._point_out(part, wrong)
                    return False
                known = meaning(part.text, self._vocabulary, self._used)
                found.append(known or Tag.parse(part.text))
        tags = list(dict.fromkeys(found))
        self._close()
        if not tags:
            self.left.emit()
            return False
        new = [tag for tag in tags if tag not in self._vocabulary]
        self._used = list(dict.fromkeys([*tags, *self._used]))[: _REMEMBERED + len(new)]
        self.clear()
        self.committed.emit(tags)
        return True

    def _take(self, row: Row) -> None:
        self._commit(row)

    def _escape(self) -> None:
        if self._shown() is not None:
            self._close()
        elif self.text():
            self.clear()
        else:
            self.left.emit()

    def _part(self) -> Part:
        return part_at(self.text(), self.cursorPosition())

    def _next_row(self) -> Row | None:
        rows = self.popup.model.rows
        if not self._part().text:
            return None
        # What Enter takes may be known under a longer path than what is typed.
        candidates = [row for row in rows if not row.new]
        return next((row for row in candidates if row.enter or row.tab), None)

    def offer(self) -> None:
        """Show the tags that fit what is typed, or the recent ones; only while it has the focus."""
        if not self.hasFocus():
            return
        part = self._part()
        self._offered = part, self.text()
        taken = self._others(part)
        rows = rows_for(part.text, self._vocabulary, self._used, taken)
        wrong = problem(part.text, finished=False) if part.text else ""
        self._show(rows, wrong)

    def _others(self, current: Part) -> list[Tag]:
        """The tags that stand in the line beside the one that is being typed."""
        found = []
        for part in parts(self.text()):
            if part != current and part.text and not problem(part.text):
                known = meaning(part.text, self._vocabulary, self._used)
                found.append(known or Tag.parse(part.text))
        return found

    def _point_out(self, part: Part, wrong: str) -> None:
        raw = self.text()[part.start : part.end]
        begin = part.start + len(raw) - len(raw.lstrip())
        self.setCursorPosition(part.end)
        self.setSelection(begin, part.end - begin)
        self._show([], wrong)
        self._say(wrong)

    def _show(self, rows: Sequence[Row], wrong: str) -> None:
        popup = self.popup
        popup.model.show_rows(rows)
        if not rows and not wrong:
            self._close()
            return
        if wrong and wrong != self.accessibleDescription():
            self._say(wrong)
        self.setAccessibleDescription(wrong)
        self.window().installEventFilter(self)  # what hangs below goes with its size
        popup.hang(self, wrong)

    def _close(self) -> None:
        if self._shown() is not None:
            self.popup.hide()
            self.window().removeEventFilter(self)
        self.setAccessibleDescription("")

    def _shown(self) -> Popup | None:
        popup = self._popup
        return popup if popup is not None and isValid(popup) and popup.isVisible() else None

    def _step(self, by: int) -> None:
        self.popup.step(by)
        row = self.popup.current()
        if row is not None:
            self._say(row.words)

    def _cursor_moved(self) -> None:
        # While somebody types the text has changed as well, of which another signal tells.
        part, text = self._offered
        if self._shown() is not None and text == self.text() and part != self._part():
            self.offer()

    def _say(self, words: str) -> None:
        """Let a screen reader say something."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
