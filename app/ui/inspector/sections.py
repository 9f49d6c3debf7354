"""The parts that the inspector is made of: headings, chips, suggestions, what failed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.ui import reasons
from app.ui.icons import icon
from app.ui.inspector.suggestion_row import SuggestionRow
from app.ui.inspector.summary import Confirmed, Suggested, Summary
from app.ui.inspector.words import reason
from app.ui.widgets.chip import Chip, Look
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.key_button import KeyButton, KeyPushButton

#: As many are shown before somebody asks for the rest.
CHIPS = 80
ROWS = 24
_REASONS = 3
#: After these a long path may go on in the next line.
_BREAK = re.compile(r"([/\\_.-])")


class Meaning(QLabel):
    """A label in one of the theme's colours."""

    def __init__(self, parent: QWidget | None, meaning: str = "subtle") -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", meaning)


def heading(text: str, parent: QWidget) -> QLabel:
    """What a section is called."""
    label = QLabel(text, parent)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


class Chips(QWidget):
    """Tags as chips, in as many lines as they need."""

    clicked = Signal(object)  # Tag
    removed = Signal(object)  # Tag
    #: The context menu of a tag is about to be shown: QMenu, Tag
    menu_wanted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tags: Sequence[Confirmed] = ()
        self._look, self._total, self._limit = Look.SOLID, 1, CHIPS
        self._chips: list[Chip] = []
        self._more = KeyButton(self)
        self._more.clicked.connect(self._show_more)
        self._more.hide()
        self._flow = FlowLayout(self)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)

    @property
    def chips(self) -> list[Chip]:
        """Those that are shown."""
        return [chip for chip in self._chips if not chip.isHidden()]

    def show_tags(self, tags: Sequence[Confirmed], look: Look, total: int) -> None:
        """Show tags of one or more photos."""
        if tags != self._tags or (look, total) != (self._look, self._total):
            self._tags, self._look, self._total = tags, look, total
            self._fill()

    def in_tab_order(self) -> list[QWidget]:
        """What the Tab key goes through."""
        return [*self._chips, self._more]

    def forget_limit(self) -> None:
        """Show only the first ones again, where there are many."""
        self._limit = CHIPS

    def focused(self) -> Chip | None:
        """The chip that has the focus."""
        return next((chip for chip in self.chips if chip.hasFocus()), None)

    def _fill(self) -> None:
        shown = self._tags[: self._limit]
        self._flow.setEnabled(False)  # once for all of them is enough
        had_focus = next((n for n, chip in enumerate(self.chips) if chip.hasFocus()), None)
        while len(self._chips) < len(shown):
            self._chips.append(self._new_chip())
        for chip, each in zip(self._chips, shown, strict=False):
            note = tip = ""
            if self._look is Look.LIGHT:
                count = self.tr("{count} of {total}")
                note = count.format(count=len(each.photos), total=self._total)
                tip = self.tr("Put on all %n photo(s)", "", self._total)
            chip.show_tag(each.tag, self._look, note)
            chip.setToolTip(tip)
            chip.show()
        if had_focus is not None and had_focus >= len(shown) and shown:
            self._chips[len(shown) - 1].setFocus()
        for chip in self._chips[len(shown) :]:
            chip.hide()
        rest = len(self._tags) - len(shown)
        self._more.setVisible(rest > 0)
        self._more.setText(self.tr("Show %n more", "", rest))
        self._flow.removeWidget(self._more)
        self._flow.addWidget(self._more)
        self._flow.setEnabled(True)
        self._flow.invalidate()
        self.setVisible(bool(shown))
        self.updateGeometry()

    def _new_chip(self) -> Chip:
        chip = Chip(self)
        chip.clicked.connect(lambda: self.clicked.emit(chip.tag))
        chip.removed.connect(lambda: self.removed.emit(chip.tag))
        chip.stepped.connect(lambda by: self._step(chip, by))
        chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        chip.customContextMenuRequested.connect(lambda at: self._menu(chip, chip.mapToGlobal(at)))
        self._flow.addWidget(chip)
        return chip

    def _menu(self, chip: Chip, at: object) -> None:
        menu = QMenu(chip)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu_wanted.emit(menu, chip.tag)
        menu.popup(at)

    def _step(self, chip: Chip, by: int) -> None:
        chips = self.chips
        at = chips.index(chip) + by
        if 0 <= at < len(chips):
            chips[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _show_more(self) -> None:
        self._limit = len(self._tags)
        at = len(self.chips)
        self._fill()
        self._chips[at].setFocus(Qt.FocusReason.TabFocusReason)


class Suggestions(QWidget):
    """The open suggestions, with a yes and a no for each and for all."""

    accepted = Signal(object)  # Sequence[Suggested]
    rejected = Signal(object)  # Sequence[Suggested]
    tag_clicked = Signal(object)  # Tag

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[Suggested] = ()
        self._total, self._limit = 1, ROWS
        self._rows: list[SuggestionRow] = []
        self.accept_all, self.reject_all = KeyButton(self), KeyButton(self)
        for button, text, name in (
            (self.accept_all, self.tr("Accept all"), "accept-all"),
            (self.reject_all, self.tr("Reject all"), "reject"),
        ):
            button.setText(text)
            button.setAccessibleName(text)
            button.setIcon(icon(name))
            button.setIconSize(QSize(16, 16))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setMinimumHeight(28)
        self.accept_all.clicked.connect(lambda _checked: self.accepted.emit(self.shown))
        self.reject_all.clicked.connect(lambda _checked: self.rejected.emit(self.shown))
        self.accept_all.setToolTip(self.tr("Accept all that are shown (Enter)"))
        self.reject_all.setToolTip(self.tr("Reject all that are shown"))
        self.source = Meaning(self)
        self._more = KeyButton(self)
        self._more.clicked.connect(self._show_more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(heading(self.tr("Suggestions"), self))
        layout.addWidget(self.source)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        layout.addLayout(self._list)
        layout.addWidget(self._more)
        # Side by side, or one below the other where words are long.
        self._all_buttons = QWidget(self)
        flow = FlowLayout(self._all_buttons, spacing=4)
        flow.addWidget(self.accept_all)
        flow.addWidget(self.reject_all)
        layout.addSpacing(2)
        layout.addWidget(self._all_buttons)

    @property
    def shown(self) -> Sequence[Suggested]:
        """Those that are on the screen, in order."""
        return self._all[: self._limit]

    @property
    def rows(self) -> list[SuggestionRow]:
        """Their rows."""
        return self._rows[: len(self.shown)]

    def show_suggestions(self, suggestions: Sequence[Suggested], total: int) -> None:
        """Show what is suggested for one or more photos."""
        self._all, self._total = suggestions, total
        self._fill()

    def in_tab_order(self) -> list[QWidget]:
        """What the Tab key goes through."""
        buttons = [b for row in self._rows for b in (row.accept_button, row.reject_button)]
        return [*buttons, self._more, self.accept_all, self.reject_all]

    def forget_limit(self) -> None:
        """Show only the first ones again, where there are many."""
        self._limit = ROWS

    def _fill(self) -> None:
        shown = self.shown
        # Rows stay where they are and show the next suggestion: so the focus stays as well.
        focus = self._focus()
        while len(self._rows) < len(shown):
            self._rows.append(self._new_row())
        sources = {each.sources[0] for each in shown}
        same = len(sources) == 1
        for number, (row, each) in enumerate(zip(self._rows, shown, strict=False), 1):
            row.show_suggestion(each, number, self._total, with_reason=not same)
            row.show()
        if focus is not None and focus[0] >= len(shown):
            if shown:
                row = self._rows[len(shown) - 1]
                (row.accept_button if focus[1] else row.reject_button).setFocus()
            else:
                self.parentWidget().setFocus()
        for row in self._rows[len(shown) :]:
            row.hide()
        text = reason(next(iter(sources))) if same else ""
        self.source.setText(text)
        self.source.setVisible(bool(text))
        rest = len(self._all) - len(shown)
        self._more.setVisible(rest > 0)
        self._more.setText(self.tr("Show %n more", "", rest))
        self._all_buttons.setVisible(len(shown) > 1)
        self.setVisible(bool(shown))

    def _focus(self) -> tuple[int, bool] | None:
        """Which row has the focus, and whether it is on its yes."""
        for number, row in enumerate(self._rows):
            if row.accept_button.hasFocus() or row.reject_button.hasFocus():
                return number, row.accept_button.hasFocus()
        return None

    def _new_row(self) -> SuggestionRow:
        row = SuggestionRow(self)
        row.accepted.connect(lambda: self.accepted.emit([row.suggestion]))
        row.rejected.connect(lambda: self.rejected.emit([row.suggestion]))
        row.tag_clicked.connect(self.tag_clicked)
        self._list.addWidget(row)
        return row

    def _show_more(self) -> None:
        at = len(self.rows)
        self._limit = len(self._all)
        self._fill()
        self._rows[at].accept_button.setFocus(Qt.FocusReason.TabFocusReason)


class Failure(QWidget):
    """What went wrong, and a way to try it again."""

    retried = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Meaning(self, "failed")
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.reason = QLabel(self)
        self.reason.setTextFormat(Qt.TextFormat.PlainText)
        self.reason.setWordWrap(True)
        self._copy = QAction(self.tr("Copy"), self.reason)
        self._copy.triggered.connect(lambda _checked: self._copy_reason())
        self.reason.addAction(self._copy)
        self.reason.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.reason.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._reason = ""
        self.retry = KeyPushButton(self)
        self.retry.setText(self.tr("Try again"))
        self.retry.setAccessibleName(self.tr("Try again"))
        self.retry.setIcon(icon("retry"))
        self.retry.setIconSize(QSize(14, 14))
        self.retry.clicked.connect(self.retried)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self.reason)
        layout.addSpacing(2)
        layout.addWidget(self.retry, 0, Qt.AlignmentFlag.AlignLeft)

    def show_errors(self, summary: Summary, path: Path | None) -> None:
        """Show what went wrong with some photos; hide where nothing did.

        Args:
            path: of the photo, where it is but one: nobody needs to read it twice.
        """
        self.setVisible(bool(summary.failed))
        if not summary.failed:
            return
        self.title.setVisible(path is None)
        self.title.setText(
            self.tr("Something went wrong with %n photo(s)", "", len(summary.failed))
        )
        said = [reasons.sentence(error, path) for error, _ in summary.errors[:_REASONS]]
        if len(summary.errors) > _REASONS:
            said.append("…")
        self._reason = "\n".join(said)
        self.reason.setText(_BREAK.sub("\\1\u200b", self._reason))
        self.reason.setAccessibleName(self._reason)

    def _copy_reason(self) -> None:
        QGuiApplication.clipboard().setText(self._reason)
