"""The front door for changing tags: in the photo where that is safe, else in a sidecar."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from app.core.change import Origin, TagChange
from app.core.errors import WriteError
from app.core.settings import WriteOptions
from app.core.tag import Tag, fold
from app.metadata import contents, embed, fields, foreign, merge, sidecar, source, splice
from app.metadata.blocks import xmp
from app.metadata.contents import Contents
from app.metadata.embed import Plan
from app.metadata.provenance import Record, as_stored
from app.metadata.sidecar import Sidecar
from app.metadata.source import Source
from app.metadata.splice import Refusal
from app.metadata.storage import commit
from app.metadata.storage.commit import FileState, Replaced
from app.metadata.storage.journal import Draft, Journal

Target = Literal["embedded", "sidecar", "unchanged"]
_NO_ORIGINS: Final[Mapping[Tag, Origin]] = MappingProxyType({})


@dataclass(frozen=True)
class WriteReport:
    """What was written where.

    Attributes:
        path: the photo, as it was given.
        target: where the tags are now; "unchanged" if there was nothing to do.
        written_to: the file that was written, symbolic links resolved.
        fields: keys of the fields that were changed (see `app.metadata.fields`).
        added: the tags that neither the photo nor a sidecar held before.
        removed: the tags that one of them held before, and none does now.
        notes: why a sidecar, what was left out, which sidecar was kept in step.
        state: size and time of the photo now.
        content_hash: xxh3-128 of all bytes of the photo now, where it was rewritten.
        beside: changes whenever a sidecar does (see `sidecar.signature`).
    """

    path: Path
    target: Target
    written_to: Path
    fields: tuple[str, ...]
    added: tuple[Tag, ...]
    removed: tuple[Tag, ...]
    notes: tuple[str, ...]
    state: FileState
    content_hash: bytes | None = None
    beside: str = ""


def write_tags(
    path: Path,
    change: TagChange,
    *,
    origins: Mapping[Tag, Origin] = _NO_ORIGINS,
    options: WriteOptions = WriteOptions(),  # noqa: B008 (it is immutable)
    journal: Journal | None = None,
    run: str = "",
    expected: FileState | None = None,
    undoes: int | None = None,
) -> WriteReport:
    """Add tags to a photo and take tags out; all others stay as they are, in their order.

    Args:
        path: the photo. A symbolic link stays; the file it leads to is written.
        change: what is there already is not added twice, what is not there not taken out.
        origins: of the tags to add: how they came. Tags without one were set by the user.
        options: where to write.
        journal: keeps the way back. Without one there is none: only for files made just now.
        run: id of the journal's run.
        expected: the state in which the photo was looked at; it is refused in another.
        undoes: id of the journal's entry that this takes back.

    Raises:
        WriteError: nothing could be written; the photo is as it was before.
    """
    change = TagChange(
        tuple(dict.fromkeys(change.add)),
        # One that comes back in another spelling goes in the old one.
        tuple(
            tag
            for tag in dict.fromkeys(change.remove)
            if all(tag.path != other.path for other in change.add if tag == other)
        ),
    )
    for tag in change.add:
        for name in tag.path:
            if reason := xmp.check_text(name):
                raise WriteError(path, f"the tag {name!r} cannot be written: {reason}")
    try:
        photo = source.read(path)
        sidecars = sidecar.find(photo.path)
    except OSError as error:
        raise WriteError(path, (error.strerror or str(error)).lower()) from error
    if expected is not None and FileState.of(photo.status) != expected:
        raise WriteError(path, "it has changed since it was looked at")
    if photo.path.suffix.lower() == ".xmp":
        raise WriteError(path, "it is a sidecar itself")
    return _Writing(path, photo, sidecars, change, origins, options, journal, run, undoes).write()


@dataclass
class _Writing:
    """One call of `write_tags` on its way."""

    path: Path
    photo: Source
    sidecars: list[Sidecar]
    change: TagChange
    origins: Mapping[Tag, Origin]
    options: WriteOptions
    journal: Journal | None
    run: str
    undoes: int | None
    notes: list[str] = field(default_factory=list)
    fields: dict[str, None] = field(default_factory=dict)
    #: What the files hold that were written, in place of what they held before.
    now: dict[Path, Contents] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.before = contents.combine(
            [self.photo.contents, *(each.contents for each in self.sidecars)]
        )
        ours = {record.tag: record for record in self.before.records}
        # A keyword that was the user's before our path took it up stays when the path goes.
        going = [tag for tag in self.change.remove if tag not in self.change.add]
        back = [Tag((t.name,)) for t in going if t in ours and ours[t].had_leaf]
        back = [tag for tag in back if tag not in self.change.remove]
        self.change = replace(self.change, add=tuple(dict.fromkeys((*self.change.add, *back))))
        only = self.options.fields
        self.in_xmp = [f for f in fields.WRITTEN_IN_XMP if only is None or f.key in only]
        self.added = tuple(t for t in self.change.add if not merge.holds(self.before.items, t))

    def write(self) -> WriteReport:
        if self.options.embed:
            try:
                return self._embed()
            except Refusal as refusal:
                self.notes.append(f"sidecar, because: {refusal.reason}")
        return self._beside()

    # Into the photo

    def _embed(self) -> WriteReport:
        photo = self.photo
        data, new, plan = self._planned()
        replaced: Replaced | None = None
        if plan.edits:
            commit.check_replaceable(photo.path, photo.status)
            replaced = self._replace(photo.path, data, new, plan, photo.status, photo.contents)
            # Only now: what was found out about embedding is no news beside a sidecar.
            self.notes += plan.notes
        # The photo first: tags in a sidecar beside an error would belong to nobody.
        written = self._keep_in_step()
        if replaced is not None:
            return self._report("embedded", photo.path, replaced)
        return self._report("sidecar" if written else "unchanged", next(iter(written), None))

    def _planned(self) -> tuple[bytes, bytes, Plan]:
        """The photo as it is, as it shall be, and what lies between."""
        photo = self.photo
        records = self._records(photo.contents, self._new_here(photo.contents))
        if photo.container is None:
            if not (photo.rewritable and self.options.use_exiftool):
                raise Refusal(photo.refusal)
            data = source.whole(photo)
            return data, *foreign.rewrite(data, photo.contents, self.change, self.in_xmp, records)
        plan = embed.plan(photo.container, photo.contents, self.change, records, self.options)
        data = photo.container.data
        if not plan.edits:
            return data, data, plan
        return data, embed.apply_and_prove(photo.container, photo.contents, plan), plan

    def _keep_in_step(self) -> list[Path]:
        """Change the sidecars that there are in the same way; say which were written."""
        written = []
        for each in self.sidecars:
            try:
                if self._change_sidecar(each):
                    written.append(each.path)
                    self.notes.append(f"{each.path.name} kept in step")
            except Refusal as refusal:
                self.notes.append(f"{each.path.name} left alone: {refusal.reason}")
            except WriteError as error:
                self.notes.append(f"{each.path.name} left alone: {error.reason}")
        return written

    # Beside it

    def _beside(self) -> WriteReport:
        written: list[Path] = []
        usable = 0
        for each in self.sidecars:
            try:
                if self._change_sidecar(each):
                    written.append(each.path)
                usable += 1
            except Refusal as refusal:
                self.notes.append(f"{each.path.name} left alone: {refusal.reason}")
            except WriteError as error:
                if not written:
                    raise
                self.notes.append(f"{each.path.name} left alone: {error.reason}")
        if not usable and self._is_new_here():
            written.append(self._make_sidecar())
        return self._report("sidecar" if written else "unchanged", next(iter(written), None))

    def _is_new_here(self) -> bool:
        change = TagChange(add=self.change.add)
        if merge.changes(self.photo.contents.items, change, self.in_xmp):
            return True
        # Nothing but the answer to a suggestion of ours may be new.
        return bool(self.change.add) and (
            self._records(self.photo.contents, ()) != self.photo.contents.records
        )

    def _make_sidecar(self) -> Path:
        photo = self.photo
        try:
            target = sidecar.path_for(photo.path, adobe=self.options.adobe_sidecars)
        except OSError as error:
            raise WriteError(self.path, (error.strerror or str(error)).lower()) from error
        if os.path.lexists(target):
            reason = self.notes[-1] if self.notes else "it is no file"
            raise WriteError(self.path, f"its sidecar {target.name} cannot be added to: {reason}")
        problems = photo.contents.problems
        self.notes += [f"not taken over into the sidecar: {problem}" for problem in problems]
        records = self._records(photo.contents, self.added)
        context = self._without_removed()
        data, plan = sidecar.new(target, photo.path, self.change.add, self.in_xmp, records, context)
        draft = self._draft(target, "sidecar", None, data, plan, Contents())
        with self._noted(draft):
            commit.create(target, data, photo.status)
        self._remember(target, plan, Contents())
        return target

    def _change_sidecar(self, each: Sidecar) -> bool:
        records = self._records(each.contents, self._new_here(each.contents))
        context = self._without_removed()
        plan = each.plan(self.change, self.in_xmp, records, context)
        if not plan.edits:
            return False
        commit.check_replaceable(each.path, each.status)
        new = each.apply_and_prove(plan)
        self._replace(each.path, each.data, new, plan, each.status, each.contents)
        return True

    def _without_removed(self) -> contents.Stored:
        """What all files hold, without what is to be taken out: new fields are filled from it."""
        items = self.before.items
        return merge.apply(items, merge.changes(items, TagChange(remove=self.change.remove), ()))

    # What is ours

    def _new_here(self, held: Contents) -> tuple[Tag, ...]:
        """The tags that one file lacks and that are ours."""
        ours = {record.tag for record in self.before.records} | set(self.added)
        return tuple(
            tag for tag in self.change.add if tag in ours and not merge.holds(held.items, tag)
        )

    def _records(self, held: Contents, new: Sequence[Tag]) -> tuple[Record, ...]:
        """What a file shall say of the tags that are ours, unchanged ones first."""
        kept: list[Record] = []
        changed: list[Record] = []
        after = merge.apply(held.items, merge.changes(held.items, self.change, self.in_xmp))
        known = {record.tag: record for record in (*self.before.records, *held.records)}
        for record in held.records:
            # One that is there no longer was taken out by somebody else, or now with its last text.
            coming = next((tag for tag in self.change.add if tag == record.tag), None)
            if coming is None and (
                record.tag in self.change.remove or not merge.holds(after, record.tag)
            ):
                continue
            answer = self._answered(record)
            if coming is not None and coming in self.change.remove:
                answer = replace(answer, tag=coming)
            same = answer == record and answer.tag.path == record.tag.path
            (kept if same else changed).append(answer)
        have = {record.tag for record in held.records}
        for tag in new:
            if tag not in have:
                record = known.get(tag) or Record(tag, self._origin(tag), self._had_leaf(tag))
                try:
                    changed.append(as_stored(self._answered(record)))
                except ValueError:  # a name that is longer than any keyword
                    self.notes.append(f"no record of {tag.name[:40]}…, which is too long")
        return (*kept, *changed)

    def _had_leaf(self, tag: Tag) -> bool:
        plain = {fold(name) for name in merge.leaves(self.before.items)}
        return len(tag.path) > 1 and fold(tag.name) in plain

    def _origin(self, tag: Tag) -> Origin:
        return replace(self.origins.get(tag, Origin(confirmed=True)), run=self.run)

    def _answered(self, record: Record) -> Record:
        """A record of a tag that the user may have confirmed, or taken the answer back, since."""
        origin = self.origins.get(record.tag)
        if origin is None or origin.confirmed == record.origin.confirmed:
            return record
        return replace(record, origin=replace(record.origin, confirmed=origin.confirmed))

    # To the disk

    def _replace(
        self,
        path: Path,
        old: bytes,
        new: bytes,
        plan: Plan,
        status: os.stat_result,
        held: Contents,
    ) -> Replaced:
        embedded = path == self.photo.path
        target: Literal["embedded", "sidecar"] = "embedded" if embedded else "sidecar"
        same_end = len(old) - max(edit.end for edit in plan.edits)
        draft = self._draft(path, target, old, new, plan, held, status)
        with self._noted(draft):
            done = commit.replace(path, new, status, keep_times=embedded, same_end=same_end)
        self._remember(path, plan, held)
        return done

    def _draft(
        self,
        file: Path,
        target: Literal["embedded", "sidecar"],
        old: bytes | None,
        new: bytes,
        plan: Plan,
        held: Contents,
        status: os.stat_result | None = None,
    ) -> Draft:
        after = merge.apply(held.items, plan.changes)
        return Draft(
            self.run,
            self.photo.path,
            file,
            target,
            None if old is None else splice.digest([old]),
            splice.digest([new]),
            (status.st_atime_ns, status.st_mtime_ns) if status else None,
            splice.inverse(old, plan.edits) if old is not None else (),
            _difference(held.items, after, self.change),
            self.undoes,
        )

    def _noted(self, draft: Draft) -> contextlib.AbstractContextManager[object]:
        return self.journal.writing(draft) if self.journal else contextlib.nullcontext()

    def _remember(self, file: Path, plan: Plan, held: Contents) -> None:
        self.now[file] = Contents(merge.apply(held.items, plan.changes), plan.records)
        self.fields.update(dict.fromkeys(fields.keys(tuple(plan.changes))))

    def _report(
        self, target: Target, written_to: Path | None = None, replaced: Replaced | None = None
    ) -> WriteReport:
        held = [(self.photo.path, self.photo.contents)]
        held += [(each.path, each.contents) for each in self.sidecars]
        after = contents.combine([*(self.now.get(path, was) for path, was in held)])
        removed = [
            tag
            for tag in self.change.remove
            if tag not in self.change.add and merge.holds(self.before.items, tag)
        ]
        gone = [tag for tag in removed if not merge.holds(after.items, tag)]
        self.notes += [f"{tag} could not be taken out everywhere" for tag in removed
                       if tag not in gone]  # fmt: skip
        return WriteReport(
            self.path, target, written_to or self.photo.path, tuple(self.fields), self.added,
            tuple(gone), tuple(dict.fromkeys(self.notes)),
            replaced.state if replaced else FileState.of(self.photo.status),
            replaced.content_hash if replaced else None, sidecar.signature(self.photo.path),
        )  # fmt: skip


def _difference(before: contents.Stored, after: contents.Stored, change: TagChange) -> TagChange:
    """What one file really gets and loses of a change."""
    return TagChange(
        tuple(tag for tag in change.add if not merge.holds(before, tag)),
        tuple(
            tag for tag in change.remove if merge.holds(before, tag) and not merge.holds(after, tag)
        ),
    )
