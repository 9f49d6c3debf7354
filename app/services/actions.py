"""What the user does to photos, as things that can be undone and done again.

An action is one run of the journal and, in the library, how each photo was before. Undoing takes
the run back in the files and puts the library's word about the concerned tags as it was.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.core.change import Edit
from app.core.errors import LibraryError
from app.core.photo import PhotoId
from app.core.settings import TagSettings
from app.core.tag import Tag
from app.library.library import Library
from app.metadata.storage.journal import Journal
from app.services.editing import Edited, edit_photos
from app.services.history import Selection, revert
from app.services.saving import Run, Saver

_log = logging.getLogger(__name__)

#: Photos of a large action that are read from the library at once.
_TOGETHER = 500
Edits = Sequence[tuple[PhotoId, Edit]]


@dataclass
class ActionResult:
    """What came of an action.

    Attributes:
        action: its id; None where nothing was to be done.
        changed: the photos that may be other ones now.
        problems: what failed: photo, path, reason.
        notes: what could not be done as it was asked for.
        given_up: whether the rest of it was not wanted any more; it is forgotten.
    """

    action: int | None = None
    label: str = ""
    changed: list[PhotoId] = field(default_factory=list)
    problems: list[tuple[PhotoId, Path, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    given_up: bool = False


class Actions:
    """Carries out, undoes and redoes what the user does. Belongs to the thread of its library.

    Args:
        library, journal: where it is remembered.
        progress: is called with the photos that have changed, as they do.
        stopped: is asked before each photo whether to leave the rest to `finish`.
        given_up: is asked before each photo whether the rest is not wanted any more; an undoing
            always goes on.
    """

    def __init__(
        self,
        library: Library,
        journal: Journal,
        progress: Callable[[list[PhotoId]], None] = lambda photos: None,
        stopped: Callable[[], bool] = lambda: False,
        given_up: Callable[[], bool] = lambda: False,
    ) -> None:
        self._library = library
        self._journal = journal
        self._progress = progress
        self._stopped = stopped
        self._given_up = given_up

    def act(
        self,
        edits: Edits,
        label: str,
        settings: TagSettings,
        renames: Sequence[tuple[Tag, Tag]] = (),
        begun: Callable[[int], None] = lambda action: None,
    ) -> ActionResult:
        """Carry out edits as one action. All of it is noted before the first photo is touched.

        Args:
            settings: how tags are put into files, if at all.
            renames: see `Library.rename_tags`.
            begun: is called with the action's id as soon as it is noted.

        Raises:
            LibraryError: the library or the journal cannot be written.
        """
        run = self._start_run("edit", label)
        action = self._library.start_action(label, run.key, _each_once(edits), renames)
        begun(action)
        return self._carry_out(action, label, settings, run)

    def undo(self, action_id: int) -> ActionResult:
        """Take an action back: byte for byte where nobody else has changed the file since.

        Photos of which the file could not be taken back stay as they are, in the library too.
        They are an action of their own from then on, which can be undone when that is possible.

        Raises:
            LibraryError: the library or the journal cannot be used.
        """
        library = self._library
        action = library.action(action_id)
        if action is None or (action.undone and not action.undoing):
            return ActionResult()
        library.start_undoing(action_id)
        result = ActionResult(action_id, action.label)
        failed: set[Path] = set()
        for reverted in revert(self._journal, library, Selection(run=action.run_key)):
            if reverted.error is not None:
                failed.add(reverted.path)
                known = library.by_path(reverted.path)
                photo_id = known.id if known is not None else 0
                result.problems.append((photo_id, reverted.path, reverted.error))
            elif reverted.note:
                result.notes.append(f"{reverted.path.name}: {reverted.note}")
            if self._stopped():
                return result
        result.changed += library.undo_renames(action_id)
        left: list[PhotoId] = []
        for photo_id in library.photos_of(action_id):
            photo = library.by_id(photo_id)
            if photo is not None and photo.path in failed:
                left.append(photo_id)
            elif photo is not None:
                library.restore(action_id, photo_id)
                result.changed.append(photo_id)
        if left:
            library.split_off(action_id, left)
        library.mark_undone(action_id)
        self._progress(result.changed)
        return result

    def redo(
        self,
        action_id: int,
        settings: TagSettings,
        begun: Callable[[int], None] = lambda photos: None,
    ) -> ActionResult:
        """Carry an undone action out again.

        Args:
            begun: is called with how many photos it concerns, before the first is touched.

        Raises:
            LibraryError: the library or the journal cannot be used.
        """
        library = self._library
        action = library.action(action_id)
        if action is None or not action.undone:
            return ActionResult()
        run = self._start_run("edit", action.label)
        library.start_again(action_id, run.key)
        begun(library.count_left(action_id))
        return self._carry_out(action_id, action.label, settings, run)

    def finish(self, settings: TagSettings) -> list[ActionResult]:
        """Go on with what was cut off when the program ended.

        Raises:
            LibraryError: the library or the journal cannot be used.
        """
        results = []
        for action in self._library.unfinished():
            if action.undoing:
                results.append(self.undo(action.id))
                continue
            # The run that it was part of, so that it is undone as a whole.
            run = Run(self._library.run_of(action.run_key), action.run_key)
            results.append(self._carry_out(action.id, action.label, settings, run))
        return results

    def _carry_out(self, action: int, label: str, settings: TagSettings, run: Run) -> ActionResult:
        """Do what is left to be done of an action."""
        library = self._library
        result = ActionResult(action, label)
        saver = Saver(library, self._journal, run, settings.write_options)
        for photo_id, edit in self._left_of(action, result):
            if self._stopped():
                return result
            photo = library.by_id(photo_id)
            if photo is None:
                library.mark_done(action, photo_id)
                continue
            library.save_before(action, photo_id, edit)
            edited = self._edit(photo.path, edit, saver, settings)
            library.mark_done(action, photo_id)
            result.changed.append(photo_id)
            if edited.error is not None:
                # Decided, and not in the file: that must not look as if all were well.
                library.mark_failed(photo_id, edited.error, None)
                result.problems.append((photo_id, photo.path, edited.error))
            result.notes += [f"{photo.path.name}: {note}" for note in edited.notes]
            self._progress([photo_id])
        renames = library.renames_left(action)
        if renames:
            result.changed += library.rename_tags(action, renames)
        self._end_run(run)
        return result

    def _left_of(self, action: int, result: ActionResult) -> Iterator[tuple[PhotoId, Edit]]:
        """What is left of an action; whoever takes one marks it as done before the next."""
        while left := self._library.left_of(action, _TOGETHER):
            for each in left:
                if not result.given_up and self._given_up():
                    # Noted as a whole before anything else, as the action was.
                    self._library.forget_left(action)
                    result.given_up = True
                    break
                yield each

    def _edit(self, path: Path, edit: Edit, saver: Saver, settings: TagSettings) -> Edited:
        try:
            (edited,) = edit_photos([path], edit, saver, write=settings.write != "none")
        except LibraryError:
            raise
        except Exception as error:  # noqa: BLE001 (a fault at one photo must not stop the others)
            _log.error("unexpected error at %s", path, exc_info=error)
            reason = f"unexpected error, please report it: {type(error).__name__}: {error}"
            return Edited(path, error=reason)
        return edited

    def _start_run(self, what: str, label: str) -> Run:
        said = json.dumps({"action": label})
        key = self._journal.start_run(what, said)
        return Run(self._library.start_run("", said, key), key)

    def _end_run(self, run: Run) -> None:
        self._library.finish_run(run.id)
        self._journal.finish_run(run.key)


def _each_once(edits: Edits) -> Edits:
    """Each photo once, with all that is to be done to it."""
    together: dict[PhotoId, Edit] = {}
    for photo, edit in edits:
        known = together.get(photo)
        together[photo] = edit if known is None else known.and_then(edit)
    return list(together.items())
