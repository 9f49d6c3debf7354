"""Undo and redo of everything that the user does to photos, also after the next start."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.library.actions import Action
from app.library.library import Library
from app.ui.context import Context
from app.workers.session import Acted, Handle, Session

_LIMIT = 200


class _Command(QUndoCommand):
    """One action. It has been carried out when it is put on the stack."""

    def __init__(self, label: str, handle: Handle, session: Session) -> None:
        super().__init__(label)
        self.handle = handle
        self._session = session
        self.is_quiet = True

    def redo(self) -> None:
        if not self.is_quiet:
            self._session.redo(self.handle)

    def undo(self) -> None:
        if not self.is_quiet:
            self._session.undo(self.handle)


class UndoStack(QObject):
    """Remembers what the user does in a session, and did in earlier ones.

    Args:
        context: whose session carries it out.
    """

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = context.session
        #: Qt's own stack, for actions and their texts.
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(_LIMIT)
        self._session.acting.connect(self._push)
        self._session.acted.connect(self._drop_if_nothing)
        #: Actions that were stopped before they came to any photo.
        self._nothing: set[int] = set()
        # What was done in other sessions can be undone in this one.
        context.reader.ask(Library.actions, self._restore)

    @Slot(object, object, str)
    def _push(self, handle: Handle, edits: object, label: str) -> None:
        command = _Command(label, handle, self._session)
        self.stack.push(command)
        command.is_quiet = False

    @Slot(object)
    def _drop_if_nothing(self, acted: Acted) -> None:
        """What was stopped before its first photo is nothing that could be undone."""
        if not acted.given_up or acted.photos or acted.action is None:
            return
        self._nothing.add(acted.action)
        while self.stack.index() and self.stack.index() == self.stack.count():
            last = self.stack.command(self.stack.count() - 1)
            if not isinstance(last, _Command) or last.handle.action not in self._nothing:
                return
            last.is_quiet = True
            last.setObsolete(True)
            self.stack.undo()  # which forgets it

    def _restore(self, actions: list[Action]) -> None:
        if self.stack.count():  # the user was faster
            return
        commands = []
        for action in actions[-_LIMIT:]:
            command = _Command(action.label, Handle(action.id), self._session)
            self.stack.push(command)
            commands.append(command)
        self.stack.setIndex(sum(not action.undone for action in actions[-_LIMIT:]))
        for command in commands:
            command.is_quiet = False
