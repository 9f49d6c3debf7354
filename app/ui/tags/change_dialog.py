"""A question before tags are changed: what it means for how many photos."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.core.errors import TagwrightError
from app.core.tag import Tag
from app.library.library import Library
from app.services.tag_tree import TagPlan
from app.ui import reasons
from app.workers.reader import Reader

WIDTH = 440


class ChangeDialog(QDialog):
    """Asks for a change of tags, says what it means for how many photos, and asks again.

    Args:
        reader: is asked what the change means.
        headline: what is to be done, in one line.
        verb: on the button that does it.
    """

    #: TagPlan: the user wants it.
    decided = Signal(object)

    def __init__(
        self, reader: Reader, title: str, headline: str, verb: str, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._plan: TagPlan | None = None
        self._asked = 0
        #: How many tags the user has chosen.
        self.tags = 1
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        self.headline = QLabel(headline)
        self.headline.setTextFormat(Qt.TextFormat.PlainText)
        self.headline.setWordWrap(True)
        font = self.headline.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self.headline.setFont(font)
        layout.addWidget(self.headline)
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        layout.addLayout(self.body)
        self.facts = QLabel()
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.facts.setWordWrap(True)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        # Room for what will be said, so that the buttons do not jump while somebody types.
        self.facts.setMinimumHeight(self.facts.fontMetrics().lineSpacing() * 6)
        self.facts.setAccessibleName(self.tr("What it means"))
        layout.addWidget(self.facts)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.do_it: QPushButton = self._buttons.addButton(
            verb, QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.do_it.setDefault(True)
        self.do_it.setEnabled(False)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout.addWidget(self._buttons)

    @property
    def plan(self) -> TagPlan | None:
        """What would be done, once it is known."""
        return self._plan

    def accept(self) -> None:
        """Say that the user wants it."""
        if self._plan is not None and self.do_it.isEnabled():
            self.decided.emit(self._plan)
            super().accept()

    def ask(self, question: Callable[[Library], TagPlan]) -> None:
        """Find out what a change means; the button waits for the answer."""
        self._asked += 1
        self._plan = None
        self.do_it.setEnabled(False)
        self.facts.setText(self.tr("Counting photos…"))
        self._reader.ask(
            question,
            partial(_if_alive, self, self._asked, ChangeDialog._show),
            key=f"tag plan {id(self)}",
            urgent=True,
            failed=partial(_if_alive, self, self._asked, ChangeDialog._show_error),
        )

    def say(self, text: str) -> None:
        """Say why it cannot be done."""
        self._asked += 1
        self._plan = None
        self.do_it.setEnabled(False)
        self.facts.setText(text)

    def describe(self, plan: TagPlan) -> list[str]:
        """What a change means, in sentences."""
        return _Sentences().of(plan, self.tags)

    def ready(self, plan: TagPlan) -> bool:
        """Whether there is anything to do."""
        return bool(plan.edits or plan.renames)

    def _show(self, plan: TagPlan) -> None:
        self._plan = plan
        self.facts.setText("\n".join(self.describe(plan)))
        self.do_it.setEnabled(self.ready(plan))
        self.do_it.setDefault(True)  # Qt gives that to another one while it is disabled

    def _show_error(self, error: TagwrightError) -> None:
        self.facts.setText(reasons.of_error(error))


class _Sentences(QObject):
    """What a change means. Not in the dialog, since `tr` does not find words that depend on a
    number in the class that another one is derived from.
    """

    def of(self, plan: TagPlan, chosen: int) -> list[str]:
        """The sentences.

        Args:
            chosen: how many tags the user has chosen.
        """
        lines = []
        if not plan.photos:
            lines.append(self.tr("No photo has it."))
        elif chosen > 1:
            lines.append(self.tr("%n photo(s) have one of them or one below.", "", plan.photos))
        else:
            lines.append(self.tr("%n photo(s) have this tag or one below it.", "", plan.photos))
        below = len(plan.tags) - chosen
        if below > 0 and plan.renames:
            lines.append(self.tr("%n tag(s) below go along.", "", below))
        if plan.files:
            lines.append(self.tr("%n file(s) will be written.", "", plan.files))
        if plan.settled:
            lines.append(
                self.tr("%n of them were only suggested and count as confirmed then.", "",
                        plan.settled)
            )  # fmt: skip
        if plan.suggested and plan.renames:
            lines.append(self.tr("%n suggestion(s) get the new name.", "", plan.suggested))
        return lines


def _if_alive(
    dialog: ChangeDialog, number: int, show: Callable[[ChangeDialog, object], None], what: object
) -> None:
    """An answer may come when the dialog is closed, or shows something else by now."""
    if isValid(dialog) and dialog._asked == number:
        show(dialog, what)


def named(tags: Sequence[Tag]) -> str:
    """The first of some tags, for a headline."""
    quoted = QCoreApplication.translate("ChangeDialog", "“{tag}”")
    between = QCoreApplication.translate("ChangeDialog", ", ")
    shown = between.join(quoted.format(tag=tag) for tag in tags[:3])
    return f"{shown} …" if len(tags) > 3 else shown
