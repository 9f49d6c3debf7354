"""What was written into photos, and taking it back.

Reverting goes photo by photo, the last one first. For each file of a photo (itself, its sidecar)
the entries of the journal form a chain: each made the content that the next one found. As far
as the chain leads back from what the file is now, it is followed byte for byte. Entries that
somebody else's changes cut off from it are taken back tag by tag.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.core.errors import FileError, LibraryError, ReadError, WriteError
from app.library.library import Library
from app.metadata import sidecar
from app.metadata.reader import read_tags
from app.metadata.storage.entries import ABSENT, Entry
from app.metadata.storage.journal import Journal
from app.metadata.storage.recovery import hash_of
from app.metadata.storage.undo import Undone, undo, undo_tags
from app.services.way_back import (
    chain_of,
    content_of,
    cut_revivals,
    net_change,
    place_of,
    way_back,
    way_to_origin,
)


@dataclass(frozen=True, slots=True)
class Selection:
    """What to revert: one run, some photos, or (with neither) everything."""

    run: str | None = None
    photos: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Reverted:
    """What became of one photo.

    Attributes:
        path: the photo, where it is now.
        exact: whether the photo and its sidecars are byte for byte what they were; if not, only
            our tags were taken out. None: there was nothing to take back.
        note: what is worth knowing.
        error: why it failed, if so.
    """

    path: Path
    exact: bool | None = None
    note: str = ""
    error: str | None = None


def revert(
    journal: Journal, library: Library | None, selection: Selection, *, dry_run: bool = False
) -> Iterator[Reverted]:
    """Take back what was written, the last photo first. It is a run of the history itself.

    To be called under the run lock, after `recover`.

    Args:
        library: is brought up to date, and knows where photos are that have moved.
        dry_run: only say what would become of each photo, as far as that can be known.

    Yields:
        One line for each photo of which something is left to be taken back, and for each photo
        that the selection names.

    Raises:
        LibraryError: the journal or the library cannot be used.
    """
    return _Reverting(journal, library, selection, dry_run).photos()


#: Stands for a photo that can only be judged when all others have been looked at.
_LATER = Reverted(Path())


@dataclass
class _Plan:
    """How to revert one photo.

    Attributes:
        steps: entries with the file that they are about now, to be taken back byte by byte.
        idle: entries on the way that have changed nothing in the end.
        settled: entries of which nothing is left with that, as the file is what it was at first.
        rest: entries that can only be taken back tag by tag.
    """

    photo: Path
    steps: list[tuple[Entry, Path]] = field(default_factory=list)
    idle: list[Entry] = field(default_factory=list)
    settled: list[Entry] = field(default_factory=list)
    rest: list[Entry] = field(default_factory=list)


class _Reverting:
    """One call of `revert` on its way."""

    def __init__(
        self, journal: Journal, library: Library | None, selection: Selection, dry_run: bool
    ) -> None:
        self.journal = journal
        self.library = library
        self.selection = selection
        self.dry_run = dry_run
        self._seen: set[Path] = set()
        #: Where other photos than those that the journal means have turned up, by content.
        self._strangers: dict[bytes, Path] = {}
        self._run = ""
        self._library_run: int | None = None

    def photos(self) -> Iterator[Reverted]:
        """See `revert`."""
        names = list(self._names())
        # Photos that have swapped names are found when all names have been looked at.
        later = []
        for photo in names:
            if photo in self._seen:
                continue
            done = self._photo(photo)
            if done == _LATER:
                later.append(photo)
            elif done is not None:
                yield done
        for photo in later:
            done = self._photo(photo, last=True)
            if done is not None:
                yield done
        if self._run:
            self.journal.finish_run(self._run)

    def _names(self) -> Iterator[Path]:
        """The photos to look at; for a named folder, those that the journal knows in it."""
        if not self.selection.photos:
            yield from self.journal.photos(self.selection.run)
        for path in self.selection.photos:
            real = Path(os.path.realpath(path))
            if real.is_dir():
                yield from (p for p in self.journal.photos() if p.is_relative_to(real))
            else:
                yield real

    def _photo(self, photo: Path, *, last: bool = False) -> Reverted | None:
        history = self._history(photo)
        plan = _Plan(photo)
        if self._is_something_left(history):
            plan = self._plan(self._now(photo, history), history)
        if not plan.steps and plan.rest:
            stranger = self._is_stranger(plan, history)
            elsewhere = self._moved_to(history)
            moved = self._plan(elsewhere, history) if elsewhere else plan
            if moved.steps and (stranger or not self._bears_a_tag(plan)):
                plan = moved
            elif stranger and not last:
                return _LATER
            elif stranger:
                return Reverted(photo, error="another photo has this name now")
        if not os.path.lexists(plan.photo) and not history:
            return Reverted(photo, error="there is no such file, and none is known")
        stale = [*plan.idle, *self._left(plan.settled)]
        if not plan.steps and not plan.rest and not stale:
            named = photo in map(Path, map(os.path.realpath, self.selection.photos))
            return Reverted(photo, note="nothing of ours is left in it") if named else None
        if self.dry_run and (not plan.rest or plan.steps or os.path.lexists(plan.photo)):
            return Reverted(plan.photo, not plan.rest)
        return self._carry_out(plan, history)

    # What there is to do

    def _history(self, photo: Path) -> list[Entry]:
        """The entries of a photo, newest first, under all names that it has had."""
        found = self.journal.entries(photo)
        if not found:
            contents = self._contents(photo)
            found = [e for c in contents for e in self._made(c, photo, still_there=True)]
        self._seen.add(photo)
        while True:
            oldest = {entry.file: entry for entry in found}
            known = {entry.id for entry in found}
            former = [
                entry
                for first in oldest.values()
                if first.before != ABSENT
                for entry in self._made(first.before, first.photo)
                if entry.id < first.id and entry.id not in known
            ]
            if not former:
                return sorted(found, key=lambda entry: -entry.id)
            found += {entry.id: entry for entry in former}.values()
            self._seen.update(entry.photo for entry in former)

    def _made(self, content: bytes, photo: Path, *, still_there: bool = False) -> list[Entry]:
        """The entries of photos under other names that had this content, and have it no more.

        Args:
            still_there: also where another photo has such a name now.
        """
        names = {e.photo: e for e in self.journal.with_content(after=content) if e.photo != photo}
        gone = [
            name
            for name, entry in names.items()
            if not os.path.lexists(name) or (still_there and content_of(entry.file) != content)
        ]
        return [entry for name in gone for entry in self.journal.entries(name)]

    def _contents(self, photo: Path) -> list[bytes]:
        """The hashes of a photo and its sidecars, as far as they can be read."""
        hashes: list[bytes] = []
        with contextlib.suppress(OSError):
            hashes.append(hash_of(photo))
            hashes += [hash_of(each.path) for each in sidecar.find(photo)]
        return [content for content in hashes if content != ABSENT]

    def _wanted(self, history: Sequence[Entry]) -> list[Entry]:
        """The entries that are to be taken back, as far as anything is left of them."""
        if self.selection.run is not None:
            return [entry for entry in history if entry.run == self.selection.run]
        # Exact undoing leads from one content to another and back: nothing is left of the two.
        return [entry for entry in history if not entry.exact]

    def _is_something_left(self, history: Sequence[Entry]) -> bool:
        if self._left(history):
            return True
        if self.selection.run is not None:
            return False
        # What was only taken out tag by tag, or was found to be gone, may still become
        # byte-identical.
        undoing = [e for e in history if e.undoes is not None and e.state == "written"]
        undone = {entry.undoes for entry in undoing}
        gone = (e for e in history if e.undoes is None and e.state == "undone")
        return any(not e.exact for e in undoing) or any(e.id not in undone for e in gone)

    def _left(self, history: Sequence[Entry]) -> list[Entry]:
        """The entries whose tags are in the photo still, as far as the journal knows."""
        everything = self.selection.run is None
        return [
            entry
            for entry in self._wanted(history)
            if entry.state == "written" and not (everything and entry.undoes is not None)
        ]

    def _plan(self, photo: Path, history: Sequence[Entry]) -> _Plan:
        plan = _Plan(photo)
        wanted = self._wanted(history)
        if self.selection.run is not None:
            wanted = [entry for entry in wanted if entry.state == "written"]
        files: dict[Path, list[Entry]] = {}
        for entry in wanted:
            files.setdefault(place_of(entry, photo), []).append(entry)
        chains: dict[Path, list[Entry]] = {}
        whole: set[Path] = set()
        for file, entries in files.items():
            way = way_to_origin(file, entries) if self.selection.run is None else None
            chains[file] = chain_of(file, entries) if way is None else way
            if way is not None:
                whole.add(file)
                plan.settled += [entry for entry in entries if entry.undoes is None]
        if self.selection.run is None:
            cut_revivals(chains, history, whole)
        for file, chain in chains.items():
            steps, idle = way_back(chain)
            plan.steps += [(entry, file) for entry in steps]
            plan.idle += [entry for entry in idle if entry.state == "written"]
        taken = {each.id for each in (*plan.idle, *plan.settled, *(e for e, _ in plan.steps))}
        plan.rest = [entry for entry in self._left(history) if entry.id not in taken]
        return plan

    # Where a photo is

    def _now(self, photo: Path, history: Sequence[Entry]) -> Path:
        if os.path.lexists(photo):
            return photo
        return self._moved_to(history) or photo

    def _moved_to(self, history: Sequence[Entry]) -> Path | None:
        """Where a photo is that is not at its path, going by its content."""
        for entry in history:
            found = [self._strangers.get(entry.after)]
            if entry.target == "embedded":
                found += [each.photo for each in self.journal.with_content(before=entry.after)]
                known = self.library.by_content(entry.after) if self.library else []
                found += [each.path for each in known]
            for path in found:
                if path and path != entry.photo and self._leads_to(path, entry):
                    return path
        return None

    def _is_stranger(self, plan: _Plan, history: Sequence[Entry]) -> bool:
        """Whether the files that have a photo's name are what we made of another one's."""
        if plan.photo in self._strangers.values():
            return True
        own = {entry.id for entry in history}
        for entry in plan.rest:
            content = content_of(place_of(entry, plan.photo))
            if content:
                made = {each.id for each in self.journal.with_content(after=content)}
                if made and made.isdisjoint(own):
                    self._strangers[content] = plan.photo
                    return True
        return False

    def _bears_a_tag(self, plan: _Plan) -> bool:
        try:
            found = read_tags(plan.photo)
        except ReadError:
            return False
        return any(tag in found.tags for entry in plan.rest for tag in entry.change.add)

    def _leads_to(self, path: Path, entry: Entry) -> bool:
        """Whether a photo is what an entry made, or what our later writing made of that."""
        reached = {entry.after}
        for each in reversed(self.journal.entries(path)):
            if each.before in reached:
                reached.add(each.after)
        return content_of(place_of(entry, path)) in reached

    # Doing it

    def _carry_out(self, plan: _Plan, history: Sequence[Entry]) -> Reverted:
        done: list[Undone] = []
        try:
            if plan.rest and not plan.steps and not os.path.lexists(plan.photo):
                raise WriteError(plan.photo, "it is gone; if it has moved, name it with --photo")
            for entry in plan.idle:
                self.journal.mark(entry.id, "undone")
            for entry, file in plan.steps:
                one = undo(entry, self.journal, self._begun(), photo=plan.photo, file=file)
                self._remember(plan.photo, entry, one)
                done.append(one)
            # Asked again: taking back an undoing brings to life what it had undone.
            for entry in self._left(self._again(plan.settled)):
                self.journal.mark(entry.id, "undone")
            rest = self._left(self._again(history))
            known = rest
            if self.selection.run is None:
                known = [entry for entry in history if entry.undoes is None]
            changed = net_change(rest, known)
            for entry in rest:
                now = self.journal.entry(entry.id)
                if now is None or now.state != "written":
                    continue  # went together with another one
                one = undo_tags(
                    now, self.journal, self._begun(), plan.photo, only=changed, others=rest
                )
                self._remember(plan.photo, entry, one)
                done.append(one)
        except LibraryError:
            raise
        except FileError as error:
            return Reverted(plan.photo, error=error.reason)
        notes = dict.fromkeys(one.note for one in done if one.note)
        return Reverted(plan.photo, all(one.exact for one in done), "; ".join(notes))

    def _again(self, entries: Sequence[Entry]) -> list[Entry]:
        return [self.journal.entry(each.id) or each for each in entries]

    def _begun(self) -> str:
        """The id of the run, which begins with its first photo."""
        if not self._run:
            said = {"run": self.selection.run, "photos": [str(p) for p in self.selection.photos]}
            self._run = self.journal.start_run("revert", json.dumps(said))
        return self._run

    def _remember(self, photo: Path, entry: Entry, done: Undone) -> None:
        """Bring the library up to what the photo is now."""
        if self.library is None:
            return
        library = self.library
        known = library.by_path(photo) or library.by_path(entry.photo)
        if known is None:
            return
        with library.transaction():
            # Not as rejected: who takes back a run says nothing about its tags.
            library.take_back(known.id, entry.change.add)
            # Nor is what was decided with it to be written again by the next run.
            confirmed = library.decided(known.id, "confirmed", found_in_file=False)
            rejected = library.decided(known.id, "rejected")
            undecided = [tag for tag in entry.change.add if tag in confirmed]
            undecided += [tag for tag in entry.change.remove if tag in rejected]
            library.forget_decisions(known.id, undecided)
            if entry.undoes is not None:
                library.save_written(
                    known.id, entry.change.remove, entry.target, self._run_of(library)
                )
            written = Path(os.path.realpath(photo)) == done.file
            if written and done.state is not None and done.content_hash is not None:
                library.save_rewritten(
                    known.id,
                    size=done.state.size,
                    mtime_ns=done.state.mtime_ns,
                    content_hash=done.content_hash,
                )

    def _run_of(self, library: Library) -> int:
        if self._library_run is None:
            self._library_run = library.start_run("", json.dumps({"run": self._run}))
        return self._library_run
