"""The search field: typing, completing, what is wrong, what was searched for before."""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from app.core.query import Query, QueryError
from app.core.query_text import parse
from app.services.search import Completion, Vocabulary, completions, vocabulary
from app.ui import theme
from app.ui.context import Context
from app.ui.icons import icon
from app.ui.search import wording
from app.ui.search.completions import COMPLETION, CompletionDelegate, CompletionModel
from app.ui.search.line import SearchLine
from app.ui.search.saved import NameDialog, SavedSearches

#: Milliseconds after the last key until what was typed is searched for; until a mistake in it is
#: pointed out; and after a change of the library until it is asked what there is in it now.
_TYPING, _MISTAKE, _LIBRARY = 150, 700, 2000
_REMEMBERED = 20


class SearchField(QWidget):
    """One field to search by.

    Args:
        context: where it is asked what there is.
        saved: the searches with a name.
    """

    #: Query, or None for everything: this is to be shown.
    query_changed = Signal(object)
    #: Enter or Escape was pressed in the field: back to the photos.
    left = Signal()

    def __init__(
        self, context: Context, saved: SavedSearches, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._saved = context, saved
        self._known = Vocabulary()
        self._query: Query | None = None
        self._history: list[str] = []
        self.line = SearchLine(self)
        self.line.setPlaceholderText(self.tr("Search tags, names, folders, cameras"))
        self.line.setAccessibleName(self.tr("Search"))
        self.line.setClearButtonEnabled(True)
        self.setFocusProxy(self.line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._open_menu = QAction(icon("search"), self.tr("Saved and recent searches"), self)
        self._open_menu.triggered.connect(self.show_menu)
        self.line.addAction(self._open_menu, QLineEdit.ActionPosition.LeadingPosition)
        self._star = QAction(self)
        self._star.triggered.connect(self.save_or_forget)
        self.line.addAction(self._star, QLineEdit.ActionPosition.TrailingPosition)
        self._make_popup()
        self._message = _Message(self)
        self._message.chosen.connect(self._correct)
        self._typing = self._timer(_TYPING, self._search)
        self._mistake = self._timer(_MISTAKE, self._point_out)
        self._library = self._timer(_LIBRARY, self.refresh)
        self.line.textChanged.connect(self._on_text)
        self.line.textEdited.connect(self._complete)
        self.line.returnPressed.connect(self._on_return)
        self.line.history_wanted.connect(self._show_history)
        self.line.left.connect(self._on_escape)
        saved.changed.connect(self._show_star)
        context.session.tags_changed.connect(self._library.start)
        context.session.added.connect(self._library.start)
        self._show_star()
        self.refresh()

    def _timer(self, wait: int, then: object) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=wait)
        timer.timeout.connect(then)
        return timer

    def _make_popup(self) -> None:
        self._model = CompletionModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(12)
        self._completer.setWidget(self.line)
        view = QListView()
        view.setUniformItemSizes(True)
        view.setAccessibleName(self.tr("Suggestions for the search"))
        view.setMinimumWidth(380)
        self._completer.setPopup(view)
        view.setItemDelegate(CompletionDelegate(view))  # after setPopup, which sets its own
        self._completer.activated[QModelIndex].connect(self._on_chosen)

    # What others may do

    @property
    def query(self) -> Query | None:
        """What is shown now."""
        return self._query

    def text(self) -> str:
        """What stands in the field."""
        return self.line.text()

    @Slot(str)
    def set_text(self, text: str) -> None:
        """Search for this at once."""
        self.line.setText(text)
        self._completer.popup().hide()
        self._search()

    def set_query(self, query: Query | None) -> None:
        """Search for this at once."""
        self.set_text(str(query) if query is not None else "")

    @Slot()
    def focus_search(self) -> None:
        """Put the cursor into the field; what stands there is selected."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    @Slot()
    def refresh(self) -> None:
        """Ask anew what there is in the library."""
        self._context.reader.ask(vocabulary, self._take, key="search vocabulary")

    def history(self) -> list[str]:
        """What was searched for, the last one first."""
        return list(self._history)

    def set_history(self, texts: list[str]) -> None:
        """What was searched for before the program was started."""
        self._history = texts[:_REMEMBERED]

    @Slot()
    def save_or_forget(self) -> None:
        """Ask for a name to save the search under, or forget the one that is saved."""
        text = self.text().strip()
        name = self._saved.name_of(text)
        if name is not None:
            self._saved.delete(name)
        elif text:
            dialog = NameDialog(self, text, self._saved.names())
            dialog.named.connect(lambda given: self._saved.save(given, text))
            dialog.open()

    @Slot()
    def show_menu(self) -> None:
        """Show the saved and the recent searches."""
        self._completer.popup().hide()
        self._menu.popup(self.line.mapToGlobal(QPoint(0, self.line.height() + 2)))

    # Typing

    @Slot(str)
    def _on_text(self, _text: str) -> None:
        self._forgive()
        self._show_star()
        self._typing.start()

    @Slot()
    def _search(self) -> None:
        self._typing.stop()
        try:
            query = parse(self.text())
        except QueryError as error:
            if not error.is_unfinished:
                self._mistake.start()
            return
        self._forgive()
        wanted = None if query.is_empty else query
        if wanted != self._query:
            self._query = wanted
            self.query_changed.emit(wanted)

    @Slot()
    def _on_return(self) -> None:
        popup = self._completer.popup()
        if popup.isVisible() and popup.currentIndex().isValid():
            return  # the completer takes the chosen line
        popup.hide()
        self._search()
        self._point_out()
        text = self.text().strip()
        if text and self.line.underlined is None:
            self._history = [text, *(each for each in self._history if each != text)][:_REMEMBERED]
        if self.line.underlined is None:
            self.left.emit()

    @Slot()
    def _on_escape(self) -> None:
        if self._completer.popup().isVisible():
            self._completer.popup().hide()
            return
        self.set_text("")
        self._forgive()
        self.left.emit()

    # Mistakes

    @Slot()
    def _point_out(self) -> None:
        self._mistake.stop()
        try:
            parse(self.text())
        except QueryError as error:
            self.line.underline((error.position, max(error.length, 1)))
            self._message.say(error)
            self.line.setAccessibleDescription(wording.problem(error))

    def _forgive(self) -> None:
        self._mistake.stop()
        self._message.hide()
        self.line.underline(None)
        self.line.setAccessibleDescription("")

    @Slot(object)
    def _correct(self, error: QueryError) -> None:
        text, end = self.text(), error.position + error.length
        if error.problem == "unknown_key" and not text[:end].endswith(":"):
            nearest = error.nearest.removesuffix(":")  # `certanty>0.8`
        else:
            nearest = error.nearest
        self.set_text(text[: error.position] + nearest + text[end:])
        self.line.setFocus()

    # Completing

    @Slot(object)
    def _take(self, known: Vocabulary) -> None:
        self._known = known

    @Slot()
    def _complete(self) -> None:
        found = completions(self.text(), self.line.cursorPosition(), self._known)
        self._model.show(found)
        self._show_popup(bool(found) and bool(self.text().strip()))

    @Slot()
    def _show_history(self) -> None:
        if self.text().strip() and not self._history:
            self._complete()
            return
        found = [Completion(text, "key", text, 0, len(self.text())) for text in self._history]
        if found:
            self._model.show(found, "search")
        else:
            found = completions("", 0, self._known)
            self._model.show(found)
        self._show_popup(bool(found))

    def _show_popup(self, wanted: bool) -> None:
        if wanted:
            self._message.hide()
            view = self._completer.popup()
            view.setStyleSheet(_framed("QListView", view.palette(), "padding: 4px 0;"))
            self._completer.complete(self.line.rect().translated(0, 3))
            view.resize(view.width(), view.height() + 10)  # for the padding and the frame
            # Nothing is chosen until a key says so: Enter searches for what was typed.
            self._completer.popup().setCurrentIndex(QModelIndex())
        else:
            self._completer.popup().hide()

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        each: Completion = index.data(COMPLETION)
        text = self.text()
        rest = text[each.end :]
        if each.insert.endswith(" "):
            rest = rest.removeprefix(" ")
        self.line.setText(text[: each.start] + each.insert + rest)
        self.line.setCursorPosition(each.start + len(each.insert))
        if each.insert.endswith((":", ">", ">=")):
            QTimer.singleShot(0, self, self._complete)  # after a key, its values
        self._search()

    # Saved searches

    @Slot()
    def _show_star(self) -> None:
        name = self._saved.name_of(self.text().strip())
        self._star.setVisible(bool(self.text().strip()))
        self._star.setIcon(icon("star" if name is None else "star-filled"))
        self._star.setText(
            self.tr("Save this search…")
            if name is None
            else self.tr("Forget the saved search “{name}”").format(name=name)
        )

    @Slot()
    def _fill_menu(self) -> None:
        self._menu.clear()
        saved = self._saved.searches()
        for search in saved:
            action = self._menu.addAction(icon("star-filled"), _plain(search.name))
            action.triggered.connect(lambda _=False, text=search.query: self.set_text(text))
        if not saved:
            self._menu.addAction(self.tr("No saved searches yet")).setEnabled(False)
        recent = [text for text in self._history if self._saved.name_of(text) is None][:5]
        if recent:
            self._menu.addSection(self.tr("Recent"))
        for text in recent:
            action = self._menu.addAction(icon("search"), _plain(text))
            action.triggered.connect(lambda _=False, text=text: self.set_text(text))
        self._menu.addSeparator()
        save = self._menu.addAction(self._star.text(), self.save_or_forget)
        save.setEnabled(bool(self.text().strip()))
        if saved:
            self._menu.addAction(self.tr("Edit saved searches…"), self._edit_saved)

    @Slot()
    def _edit_saved(self) -> None:
        self._saved.edit(self.window())


class _Message(QFrame):
    """What is wrong, under the field and over what is below, so that nothing moves."""

    #: QueryError: its nearest word is meant.
    chosen = Signal(object)

    def __init__(self, field: SearchField) -> None:
        super().__init__(field.window())
        self._field = field
        self._error: QueryError | None = None
        self.setObjectName("searchMessage")
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setAccessibleName(self.tr("Mistake in the search"))
        self.label.linkActivated.connect(self._on_link)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addWidget(self.label)
        self.hide()
        field.installEventFilter(self)

    def say(self, error: QueryError) -> None:
        """Show what is wrong."""
        self._error = error
        palette = self._field.palette()
        text = f'<span style="color:{theme.failed(palette).name()}">'
        text += html.escape(wording.problem(error)) + "</span>"
        if error.nearest:
            link = theme.accent(palette).name()
            question = html.escape(wording.suggestion(error))
            text += f' <a href="fix" style="color:{link}">{question}</a>'
        self.label.setText(text)
        self.setStyleSheet(_framed("#searchMessage", palette))
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        window = self._field.window()
        if self.parent() is not window:  # the field was put into a window later
            self.setParent(window)
        width = max(self._field.width(), 260)
        self.setFixedSize(width, self.layout().heightForWidth(width) + 4)
        corner = QPoint(0, self._field.height() + 3)
        self.move(self._field.mapTo(window, corner) if window is not self._field else corner)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self._place()
        elif event.type() == QEvent.Type.Hide:
            self.hide()
        return super().eventFilter(watched, event)

    @Slot(str)
    def _on_link(self, _link: str) -> None:
        self.chosen.emit(self._error)


def _framed(selector: str, palette: QPalette, more: str = "") -> str:
    """The style of something that lies over the window."""
    base = palette.color(QPalette.ColorRole.Base).name()
    border = theme.strong_border(palette).name()
    return (
        f"{selector} {{ background: {base}; border: 1px solid {border};"
        f" border-radius: 5px; {more} }}"
    )


def _plain(text: str) -> str:
    """A text for a menu, where & would mark a key."""
    return text.replace("&", "&&")
