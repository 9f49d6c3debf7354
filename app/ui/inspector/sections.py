"""The parts that the inspector is made of: headings, chips, suggestions, what failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.icons import icon
from app.ui.inspector.suggestion_row import SuggestionRow
from app.ui.inspector.summary import Confirmed, Suggested, Summary
from app.ui.inspector.words import reason
from app.ui.widgets.chip import Chip, Look
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.key_button import KeyButton

#: As many are shown before somebody asks for the rest.
CHIPS = 80
ROWS = 24


class Meaning(QLabel):
    """A label in one of the theme's colours."""

    def __init__(self, parent: QWidget | None, meaning: str = "subtle") -> None:
        super().__init__(parent)
        self._meaning = meaning
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_meaning"):
            self._colour()
        super().changeEvent(event)

    def _colour(self) -> None:
        palette = QPalette(self.palette())
        colour = theme.colour(self._meaning, palette)
        if palette.color(QPalette.ColorRole.WindowText) != colour:
            palette.setColor(QPalette.ColorRole.WindowText, colour)
            self.setPalette(palette)


class Heading(QWidget):
    """What a section is called, and buttons that concern all of it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel(text, self)
        font = self.label.font()
        font.setBold(True)
        self.label.setFont(font)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self._layout.addWidget(self.label)
        self._layout.addStretch(1)
        self.setMinimumHeight(26)

    def add_button(self, text: str, clicked: Callable[[], object]) -> KeyButton:
        """Add a button at the end."""
        button = KeyButton(self)
        button.setText(text)
        button.setMinimumHeight(26)
        button.clicked.connect(lambda: clicked())
        self._layout.addWidget(button)
        return button


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

    def forget_limit(self) -> None:
        """Show only the first ones again, where there are many."""
        self._limit = CHIPS

    def focused(self) -> Chip | None:
        """The chip that has the focus."""
        return next((chip for chip in self.chips if chip.hasFocus()), None)

    def _fill(self) -> None:
        shown = self._tags[: self._limit]
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
        self.heading = Heading(self.tr("Suggestions"), self)
        self.accept_all = self.heading.add_button(
            self.tr("Accept all"), lambda: self.accepted.emit(self.shown)
        )
        self.reject_all = self.heading.add_button(
            self.tr("Reject all"), lambda: self.rejected.emit(self.shown)
        )
        self.accept_all.setToolTip(self.tr("Accept all that are shown (Enter)"))
        self.reject_all.setToolTip(self.tr("Reject all that are shown"))
        self.source = Meaning(self)
        self._more = KeyButton(self)
        self._more.clicked.connect(self._show_more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.heading)
        layout.addWidget(self.source)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        layout.addLayout(self._list)
        layout.addWidget(self._more)

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
        self.source.setText(self.tr("From: {reason}").format(reason=text) if text else "")
        self.source.setVisible(bool(text))
        rest = len(self._all) - len(shown)
        self._more.setVisible(rest > 0)
        self._more.setText(self.tr("Show %n more", "", rest))
        self.setVisible(bool(shown))

    def _focus(self) -> tuple[int, bool] | None:
        """Which row has the focus, and whether it is on its yes."""
        for number, row in enumerate(self._rows):
            if row.accept_button.hasFocus() or row.reject_button.hasFocus():
                return number, row.accept_button.hasFocus()
        return None

    def _new_row(self) -> SuggestionRow:
        row = _Row(self)
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


class _Row(SuggestionRow):
    """A row with a context menu."""

    tag_clicked = Signal(object)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.suggestion is None:
            return
        tag = self.suggestion.tag
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add_action(menu, self.tr("Accept {tag}").format(tag=tag), self.accepted.emit)
        add_action(menu, self.tr("Reject {tag}").format(tag=tag), self.rejected.emit)
        menu.addSeparator()
        show = self.tr("Show photos with {tag}").format(tag=tag)
        add_action(menu, show, lambda: self.tag_clicked.emit(tag))
        menu.popup(event.globalPos())


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
        self.reason.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.reason.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.retry = KeyButton(self)
        self.retry.setAutoRaise(False)
        self.retry.setText(self.tr("Try again"))
        self.retry.setAccessibleName(self.tr("Try again"))
        self.retry.setIcon(icon("retry"))
        self.retry.setIconSize(QSize(14, 14))
        self.retry.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.retry.clicked.connect(self.retried)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self.reason)
        layout.addSpacing(2)
        layout.addWidget(self.retry, 0, Qt.AlignmentFlag.AlignLeft)

    def show_errors(self, summary: Summary) -> None:
        """Show what went wrong with some photos; hide where nothing did."""
        self.setVisible(bool(summary.failed))
        if not summary.failed:
            return
        if len(summary.photos) == 1:
            title = self.tr("Something went wrong")
        else:
            title = self.tr("Something went wrong with %n photo(s)", "", len(summary.failed))
        self.title.setText(title)
        reasons = [_breakable(reason_) for reason_, _ in summary.errors[:3]]
        if len(summary.errors) > 3:
            reasons.append("…")
        self.reason.setText("\n".join(reasons))
        self.reason.setAccessibleName("\n".join(each for each, _ in summary.errors[:3]))


def add_action(menu: QMenu, text: str, triggered: Callable[[], object]) -> QAction:
    """Put something into a menu. An ampersand in the text is one."""
    action = menu.addAction(text.replace("&", "&&"))
    action.triggered.connect(lambda: triggered())
    return action


def _breakable(text: str) -> str:
    """A text in which long paths may go on in the next line."""
    return text.replace("/", "/\u200b").replace("\\", "\\\u200b")
