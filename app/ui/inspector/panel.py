"""The inspector: what is known about the selected photos, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from app.core.photo import Card, PhotoId, State
from app.core.tag import Tag
from app.services.vocabulary import Vocabulary
from app.ui.inspector.details import Details
from app.ui.inspector.hint import Hint
from app.ui.inspector.sections import Chips, Failure, Meaning, Suggestions, heading
from app.ui.inspector.summary import (
    Counting,
    Edits,
    Suggested,
    Summary,
    accept,
    aggregate,
    reject,
)
from app.ui.tag_field.field import TagField
from app.ui.widgets.chip import Look
from app.ui.widgets.menus import add_action

_NARROWEST, _USUAL, _WIDEST = 240, 300, 420
#: As many photos are counted at once; beyond that, bit by bit, so that the window goes on.
_AT_ONCE = 2000


class InspectorPanel(QWidget):
    """Shows photos; says by signals what the user wants done.

    The owner shows the photos anew once they have changed. Nothing changes here before that.
    """

    #: list[tuple[PhotoId, Edit]], and what it is, for the menu
    edit_wanted = Signal(object, str)
    #: list[PhotoId]: they failed and are to be tried again.
    retry_wanted = Signal(object)
    #: Tag: only photos with it are to be shown.
    tag_clicked = Signal(object)
    #: The focus should go back to the photos.
    left = Signal()
    #: QKeyEvent: a key for the photos, while the focus stays here.
    moved = Signal(object)
    #: str: for the status bar.
    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Inspector"))
        self.setMinimumWidth(_NARROWEST)
        self.setMaximumWidth(_WIDEST)
        self._cards: list[Card] = []
        self._total = 0
        self._summary = Summary()
        self._counting: Counting | None = None
        self._counted = 0
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._count_on)
        self._hint = Hint(self)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._content())
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._hint)
        self._pages.addWidget(self._scroll)
        self.show_cards([])

    def sizeHint(self) -> QSize:
        return QSize(_USUAL, 2 * _USUAL)

    def show_cards(self, cards: Sequence[Card], total: int | None = None) -> None:
        """Show photos: none, one, or what several have in common.

        Args:
            cards: what is known of them.
            total: how many are selected, where the cards of some have not been read yet.
        """
        self._finish_typing({card.id for card in cards})
        before = [card.id for card in self._cards]
        self._cards = list(cards)
        self._total = max(len(cards), total or 0)
        if [card.id for card in self._cards] != before:
            for part in (self.suggestions, self.on_all, self.on_some):
                part.forget_limit()
            self._scroll.verticalScrollBar().setValue(0)
        self._timer.stop()
        self._counting = None
        if not self._total:
            self._summary = Summary()
            self._pages.setCurrentWidget(self._hint)
            return
        self._pages.setCurrentWidget(self._scroll)
        if len(self._cards) <= _AT_ONCE:
            self._show_summary(aggregate(self._cards))
            return
        self._counting = Counting()
        self._show_summary(Summary())
        self._counted = 0
        self._timer.start()

    def show_summary(self, summary: Summary) -> None:
        """Show many photos that somebody else has taken together."""
        self._finish_typing(set(summary.photos))
        self._timer.stop()
        self._counting = None
        self._cards = []
        self._total = len(summary.photos)
        self._pages.setCurrentWidget(self._scroll)
        self._show_summary(summary)

    def cards(self) -> list[Card]:
        """The photos that are shown."""
        return list(self._cards)

    def set_vocabulary(self, vocabulary: Vocabulary) -> None:
        """Know the words that the tag field completes."""
        self.tag_field.set_vocabulary(vocabulary)

    @property
    def summary(self) -> Summary:
        """What is shown; empty while many photos are still being counted."""
        return self._summary

    def accept_nth(self, number: int) -> bool:
        """Accept the suggestion with a number, counted from 1. False where there is none."""
        suggestion = self._nth(number)
        if suggestion is not None:
            self._accept([suggestion])
        return suggestion is not None

    def reject_nth(self, number: int) -> bool:
        """Reject the suggestion with a number, counted from 1. False where there is none."""
        suggestion = self._nth(number)
        if suggestion is not None:
            self._reject([suggestion])
        return suggestion is not None

    def accept_tag(self, tag: Tag) -> bool:
        """Accept the suggestion of a tag. False where there is none."""
        found = [each for each in self.suggestions.shown if each.tag == tag]
        if found:
            self._accept(found)
        return bool(found)

    def accept_all(self) -> bool:
        """Accept all suggestions that are shown. False where there are none."""
        shown = list(self.suggestions.shown)
        if shown:
            self._accept(shown)
        return bool(shown)

    def reject_all(self) -> bool:
        """Reject all suggestions that are shown. False where there are none."""
        shown = list(self.suggestions.shown)
        if shown:
            self._reject(shown)
        return bool(shown)

    def remove_focused(self) -> bool:
        """Remove the confirmed tag that has the focus.

        Where none has it, the first one gets it, so that the same key pressed again removes it.

        Returns:
            Whether a tag was to be removed.
        """
        chip = self.on_all.focused() or self.on_some.focused()
        if chip is not None:
            self._remove(chip.tag)
            return True
        chips = [*self.on_all.chips, *self.on_some.chips]
        if chips and self._pages.currentWidget() is self._scroll:
            chips[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._scroll.ensureWidgetVisible(chips[0])
        return False

    def type_tag(self) -> bool:
        """Go to the tag field. False where no photo is selected."""
        if not self._total:
            return False
        self._scroll.ensureWidgetVisible(self.tag_field)
        self.tag_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.tag_field.offer()
        return True

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _content(self) -> QWidget:
        content = _Content(self)
        # A click that types nothing gives the keys back to the photos.
        content.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        content.clicked.connect(self.left)
        self.details = Details(content)
        self.failure = Failure(content)
        self.failure.retried.connect(lambda: self.retry_wanted.emit(list(self._summary.failed)))
        self.suggestions = Suggestions(content)
        self.suggestions.accepted.connect(self._accept)
        self.suggestions.rejected.connect(self._reject)
        self.suggestions.tag_clicked.connect(self.tag_clicked)
        self._nothing = Meaning(content)
        self._tags = heading(self.tr("Tags"), content)
        self.on_all, self.on_some = Chips(content), Chips(content)
        self._some = Meaning(content)
        self._some.setText(self.tr("On some of them. Click to put on all:"))
        for chips in (self.on_all, self.on_some):
            chips.removed.connect(self._remove)
            chips.menu_wanted.connect(self._fill_menu)
        self.on_all.clicked.connect(self.tag_clicked)
        self.on_some.clicked.connect(self._put_on_all)
        self.tag_field = TagField(content)
        self.tag_field.setMinimumHeight(28)
        self.tag_field.committed.connect(self._add)
        self.tag_field.left.connect(self.left)
        self.tag_field.moved.connect(self.moved)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(14, 12, 14, 14)
        layout.setSpacing(8)
        for widget in (
            self.details,
            self.failure,
            self.suggestions,
            self._nothing,
            self._tags,
            self.on_all,
            self._some,
            self.on_some,
            self.tag_field,
        ):
            layout.addWidget(widget)
        for section in (self.failure, self.suggestions, self._nothing, self._tags):
            section.setContentsMargins(0, 12, 0, 0)
        self._tab_order: list[QWidget] = []
        layout.addStretch(1)
        return content

    def _count_on(self) -> None:
        if self._counting is None:
            return
        self._counting.add(self._cards[self._counted : self._counted + _AT_ONCE])
        self._counted += _AT_ONCE
        if self._counted >= len(self._cards):
            self._timer.stop()
            summary = self._counting.summary()
            self._counting = None
            self._show_summary(summary)

    def _show_summary(self, summary: Summary) -> None:
        self._summary = summary
        count = len(summary.photos)
        if self._total == 1 and self._cards:
            self.details.show_one(self._cards[0])
        elif not count:
            self.details.show_counting(self._total)
        else:
            self.details.show_many(summary, self._total)
        only = self._cards[0].path if self._total == 1 and self._cards else None
        self.failure.show_errors(summary, only)
        self.suggestions.show_suggestions(summary.suggested, self._total)
        self.on_all.show_tags(summary.on_all, Look.SOLID, count)
        self.on_some.show_tags(summary.on_some, Look.LIGHT, count)
        self._some.setVisible(bool(summary.on_some))
        nothing = self._why_nothing() if count and not summary.suggested else ""
        self._nothing.setText(nothing)
        self._nothing.setVisible(bool(nothing))
        self._tags.setVisible(count > 0)
        self._put_tabs_in_order()
        self.tag_field.setReadOnly(not count)  # on the way to others it keeps the focus
        self.tag_field.setEnabled(count > 0 or (self._total > 0 and self.tag_field.hasFocus()))

    def _finish_typing(self, photos: set[PhotoId]) -> None:
        """What was typed for the photos that are shown is theirs, not that of those that come."""
        if photos != set(self._summary.photos) and (wrong := self.tag_field.finish()):
            self.told.emit(self.tr("Not added, as it is no tag: {text}").format(text=wrong))

    def _put_tabs_in_order(self) -> None:
        """Let Tab go from top to bottom, also over what has been made just now."""
        order = [
            self.failure.retry,
            *self.suggestions.in_tab_order(),
            *self.on_all.in_tab_order(),
            *self.on_some.in_tab_order(),
            self.tag_field,
        ]
        if order != self._tab_order:
            self._tab_order = order
            for one, next_ in pairwise(order):
                QWidget.setTabOrder(one, next_)

    def _why_nothing(self) -> str:
        """Why there is no suggestion, where that is not to be seen already."""
        states = self._summary.states
        if states.get(State.WAITING) or states.get(State.WORKING):
            return self.tr("Suggestions come once the photo has been looked at.")
        if states.get(State.FAILED) == len(self._summary.photos):
            return ""
        return self.tr("Nothing left to review.")

    def _nth(self, number: int) -> Suggested | None:
        shown = self.suggestions.shown
        return shown[number - 1] if 1 <= number <= len(shown) else None

    def _accept(self, suggestions: Sequence[Suggested]) -> None:
        edits = accept(suggestions)
        if len(suggestions) == 1:
            label = self.tr("Accept {tag}").format(tag=suggestions[0].tag)
            if len(edits) > 1:
                label = self.tr("Accept {tag} for %n photo(s)", "", len(edits))
                label = label.format(tag=suggestions[0].tag)
        else:
            label = self.tr("Accept %n suggestion(s)", "", len(suggestions))
        self._want(edits, label)

    def _reject(self, suggestions: Sequence[Suggested]) -> None:
        edits = reject(suggestions)
        if len(suggestions) == 1:
            label = self.tr("Reject {tag}").format(tag=suggestions[0].tag)
            if len(edits) > 1:
                label = self.tr("Reject {tag} for %n photo(s)", "", len(edits))
                label = label.format(tag=suggestions[0].tag)
        else:
            label = self.tr("Reject %n suggestion(s)", "", len(suggestions))
        self._want(edits, label)

    def _remove(self, tag: Tag) -> None:
        edits = self._summary.remove(tag)
        label = self.tr("Remove {tag} from %n photo(s)", "", len(edits)).format(tag=tag)
        self._want(edits, label)

    def _put_on_all(self, tag: Tag) -> None:
        edits = self._summary.put_on_all([tag])
        label = self.tr("Add {tag} to %n photo(s)", "", len(edits)).format(tag=tag)
        self._want(edits, label)

    def _add(self, tags: Sequence[Tag]) -> None:
        edits = self._summary.put_on_all(tags)
        if len(tags) == 1:
            label = self.tr("Add {tag} to %n photo(s)", "", len(edits)).format(tag=tags[0])
        else:
            label = self.tr("Add %n tag(s)", "", len(tags))
        self._want(edits, label)

    def _want(self, edits: Edits, label: str) -> None:
        if edits:
            self.edit_wanted.emit(edits, label)

    def _fill_menu(self, menu: QMenu, tag: Tag) -> None:
        show = self.tr("Show photos with {tag}").format(tag=tag)
        add_action(menu, show, lambda: self.tag_clicked.emit(tag))
        if any(each.tag == tag for each in self._summary.on_some):
            every = self.tr("Put {tag} on all %n photo(s)", "", len(self._summary.photos))
            add_action(menu, every.format(tag=tag), lambda: self._put_on_all(tag))
        menu.addSeparator()
        have = len(self._summary.remove(tag))
        remove = self.tr("Remove {tag} from %n photo(s)", "", have).format(tag=tag)
        add_action(menu, remove, lambda: self._remove(tag))


class _Content(QWidget):
    """As high as its width makes it.

    Qt's own hint is the height at the smallest width, which would make it scroll for nothing.
    """

    #: It was clicked, or a button on it that does not take the keys.
    clicked = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.MouseFocusReason:
            QTimer.singleShot(0, self, self.clicked.emit)  # not while the focus moves

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)
