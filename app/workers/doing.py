"""Carries out, on the writer's thread, what the user does, and says what became of each thing."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from app.core.change import Edit
from app.core.errors import TagwrightError
from app.core.photo import PhotoId
from app.core.settings import TagSettings
from app.core.tag import Tag
from app.services.actions import ActionResult, Actions
from app.workers.events import Acted, Handle, Problem, What
from app.workers.writer import Desk, Job

#: For so long after the end edits are still written, in seconds; the rest is at the next start.
_PATIENCE = 5.0
#: Between words of how much is left, in seconds.
_TOLD_EVERY = 0.25
#: Why an action came to nothing, where the log says more.
_UNEXPECTED = "unexpected error, please report it"
_ENDED = "the library cannot be used"


class Doer(QObject):
    """Each thing that is begun is answered once with `acted`, in the order in which it was begun.

    Args:
        do: gives a job to the writer; says whether it will be carried out.
        undone: is called on the writer's thread when decisions were taken back.
    """

    #: Acted
    acted = Signal(object)
    #: list[PhotoId]: photos that have changed so far.
    touched = Signal(object)
    #: int: photos that the user has changed of which it is not written yet.
    left = Signal(int)
    #: Problem: one photo could not be changed by what is finished after a start.
    failed = Signal(object)

    _done = Signal(object, str, str)
    _begun_again = Signal(int)
    _changed_one = Signal()
    _unfinished = Signal(int)

    def __init__(
        self, do: Callable[[Job], bool], undone: Callable[[], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._do = do
        self._undone = undone
        self._deadline = math.inf
        #: What nobody has answered yet, the first one first.
        self._unanswered: deque[What] = deque()
        #: Photos that each of them is still to change.
        self._left: deque[int] = deque()
        #: Likewise what is finished after a start.
        self._still_unfinished = 0
        #: What is begun is numbered, from 1 on; what is finished after a start goes before it.
        self._number = 0
        #: The last number that nobody wants any more. Also read on the writer's thread.
        self._given_up = -1
        self._told = 0.0
        self._done.connect(self._answer)
        self._begun_again.connect(self._expect)
        self._changed_one.connect(self._count)
        self._unfinished.connect(self._count_unfinished)

    def act(
        self,
        handle: Handle,
        edits: Sequence[tuple[PhotoId, Edit]],
        label: str,
        settings: TagSettings,
        renames: Sequence[tuple[Tag, Tag]],
    ) -> None:
        """See `Session.act`; `handle` learns the action's id as soon as there is one."""

        def begun(action: int) -> None:
            handle.action = action

        photos = len({photo for photo, _ in edits})
        self._begin(
            lambda actions: actions.act(edits, label, settings, renames, begun), "done", photos
        )

    def undo(self, handle: Handle) -> None:
        """See `Session.undo`."""
        self._begin(lambda actions: actions.undo(handle.action or 0), "undone")

    def redo(self, handle: Handle, settings: TagSettings) -> None:
        """See `Session.redo`."""
        begun = self._begun_again.emit
        self._begin(lambda actions: actions.redo(handle.action or 0, settings, begun), "redone")

    def finish(self, settings: TagSettings) -> None:
        """Go on with what the user did before the last end and is not written. Not answered."""

        def finish(desk: Desk) -> None:
            left = sum(desk.library.count_left(each.id) for each in desk.library.unfinished())

            def progress(changed: list[PhotoId]) -> None:
                nonlocal left
                left -= 1
                self.touched.emit(changed)
                self._unfinished.emit(max(left, 0))

            self._unfinished.emit(left)
            try:
                for result in self._actions(desk, progress, 0).finish(settings):
                    for problem in _problems(result):
                        self.failed.emit(problem)
            finally:
                self._unfinished.emit(0)

        self._do(finish)

    def photos_left(self) -> int:
        """How many photos the user has changed of which it is not written yet."""
        return sum(self._left) + self._still_unfinished

    def give_up(self) -> None:
        """Begin no further photo of what was begun so far. An undoing goes on."""
        self._given_up = self._number

    def end_soon(self) -> None:
        """What is not written in a few seconds is left to `finish` at the next start."""
        self._deadline = time.monotonic() + _PATIENCE

    def answer_all(self) -> None:
        """The writer has ended: nothing more will be carried out."""
        while self._unanswered:
            self._answer(ActionResult(), self._unanswered[0], _ENDED)

    def _begin(self, job: Callable[[Actions], ActionResult], what: What, photos: int = 0) -> None:
        self._number += 1
        number = self._number

        def progress(changed: list[PhotoId]) -> None:
            self.touched.emit(changed)
            self._changed_one.emit()

        def act(desk: Desk) -> None:
            result, reason = ActionResult(), _UNEXPECTED
            try:
                result, reason = job(self._actions(desk, progress, number)), ""
                if what == "undone" and result.changed:
                    self._undone()
            except TagwrightError as error:
                reason = str(error)
                raise
            finally:
                self._done.emit(result, what, reason)

        self._unanswered.append(what)
        self._left.append(photos)
        self._tell()
        if not self._do(act):
            self.answer_all()

    def _actions(
        self, desk: Desk, progress: Callable[[list[PhotoId]], None], number: int
    ) -> Actions:
        return Actions(
            desk.library,
            desk.journal,
            progress,
            lambda: time.monotonic() > self._deadline,
            lambda: number <= self._given_up,
        )

    @Slot(int)
    def _expect(self, photos: int) -> None:
        if self._left:
            self._left[0] = photos
        self._tell()

    @Slot()
    def _count(self) -> None:
        if self._left and self._left[0]:
            self._left[0] -= 1
        self._tell_at_times()

    @Slot(int)
    def _count_unfinished(self, left: int) -> None:
        self._still_unfinished = left
        if left:
            self._tell_at_times()
        else:
            self._tell()

    def _tell_at_times(self) -> None:
        if time.monotonic() - self._told > _TOLD_EVERY:
            self._tell()

    def _tell(self) -> None:
        self._told = time.monotonic()
        self.left.emit(self.photos_left())

    @Slot(object, str, str)
    def _answer(self, result: ActionResult, what: What, reason: str) -> None:
        if not self._unanswered:
            return
        self._unanswered.popleft()
        self._left.popleft()
        self._tell()
        self.touched.emit(result.changed)
        self.acted.emit(
            Acted(
                result.action,
                result.label,
                what,
                len(set(result.changed)),
                _problems(result),
                tuple(result.notes),
                reason,
                result.given_up,
            )
        )


def _problems(result: ActionResult) -> tuple[Problem, ...]:
    return tuple(Problem(path, reason, photo or None) for photo, path, reason in result.problems)
