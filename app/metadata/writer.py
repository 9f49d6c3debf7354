"""The front door for writing tags: into the photo where that is safe, else into a sidecar."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from app.core.errors import WriteError
from app.core.tag import Tag
from app.metadata import embed, fields, merge, reader, sidecar, source
from app.metadata.blocks import xmp
from app.metadata.fields import Field
from app.metadata.sidecar import Sidecar
from app.metadata.source import Source
from app.metadata.splice import Refusal
from app.metadata.storage import commit
from app.metadata.storage.commit import FileState

Target = Literal["embedded", "sidecar", "unchanged"]


@dataclass(frozen=True)
class WriteReport:
    """What was written where.

    Attributes:
        path: the photo, as it was given.
        target: where the tags are now; "unchanged" if all were there before.
        written_to: the file that was written, symbolic links resolved.
        fields: keys of the fields that were added to (see `app.metadata.fields`).
        added: the tags that neither the photo nor a sidecar held before.
        notes: why a sidecar, what was left out, which sidecar was kept in step.
        state: size and time of the photo now.
        content_hash: xxh3-128 of all bytes of the photo now, where it was rewritten.
    """

    path: Path
    target: Target
    written_to: Path
    fields: tuple[str, ...]
    added: tuple[Tag, ...]
    notes: tuple[str, ...]
    state: FileState
    content_hash: bytes | None = None


@dataclass
class _Job:
    """One call of `add_tags` on its way."""

    photo: Source
    tags: tuple[Tag, ...]
    sidecars: list[Sidecar]
    added: tuple[Tag, ...]
    notes: list[str] = field(default_factory=list)
    fields: dict[str, None] = field(default_factory=dict)


def add_tags(
    path: Path,
    tags: Sequence[Tag],
    *,
    mode: Literal["auto", "sidecar"] = "auto",
    expected: FileState | None = None,
) -> WriteReport:
    """Add tags to a photo; keywords that are there stay as they are, in their order.

    Args:
        path: the photo. A symbolic link stays; the file it leads to is written.
        tags: what to add; what is there already is not added twice.
        mode: "auto" embeds into JPEG files where that is safe and uses a sidecar for all
            else; "sidecar" never writes to the photo.
        expected: the state in which the photo was looked at; it is refused in another.

    Raises:
        WriteError: nothing could be written; the photo is as it was before.
    """
    wanted = tuple(dict.fromkeys(tags))
    for tag in wanted:
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
    before = merge_all(photo, sidecars)
    added = tuple(tag for tag in wanted if not merge.holds(before, tag))
    return _write(path, _Job(photo, wanted, sidecars, added), mode)


def merge_all(photo: Source, sidecars: Sequence[Sidecar]) -> dict[str, tuple[str, ...]]:
    """What a photo and its sidecars hold together."""
    found = photo.items
    for each in sidecars:
        found = reader.together(found, each.items)
    return found


def _write(path: Path, job: _Job, mode: Literal["auto", "sidecar"]) -> WriteReport:
    if mode == "auto":
        try:
            return _embed(path, job)
        except Refusal as refusal:
            job.notes.append(f"sidecar, because: {refusal.reason}")
    return _beside(path, job)


def _embed(path: Path, job: _Job) -> WriteReport:
    photo = job.photo
    if photo.survey is None:
        raise Refusal(photo.refusal)
    plan = embed.plan(photo.survey, photo.items, job.tags)
    if plan.edits:
        commit.check_replaceable(photo.path, photo.status)
        new = embed.apply_and_prove(photo.survey, photo.items, plan)
    job.notes += plan.notes
    if not plan.edits:
        written = _keep_in_step(job)
        target: Target = "sidecar" if written else "unchanged"
        return _report(path, job, target, written[0] if written else photo.path)
    same_end = photo.status.st_size - max(edit.end for edit in plan.edits)
    replaced = commit.replace(photo.path, new, photo.status, keep_times=True, same_end=same_end)
    # The photo first: tags in a sidecar beside an error would belong to nobody.
    _keep_in_step(job)
    job.fields = dict.fromkeys((*fields.keys(tuple(plan.additions)), *job.fields))
    return _report(
        path, job, "embedded", photo.path,
        state=replaced.state, content_hash=replaced.content_hash,
    )  # fmt: skip


def _keep_in_step(job: _Job) -> list[Path]:
    """Add the tags to the sidecars that there are; say which were written."""
    context, written = merge_all(job.photo, job.sidecars), []
    for each in job.sidecars:
        try:
            if _add_to(job, each, context):
                written.append(each.path)
                job.notes.append(f"{each.path.name} kept in step")
        except Refusal as refusal:
            job.notes.append(f"{each.path.name} left alone: {refusal.reason}")
        except WriteError as error:
            job.notes.append(f"{each.path.name} left alone: {error.reason}")
    return written


def _beside(path: Path, job: _Job) -> WriteReport:
    photo = job.photo
    context = merge_all(photo, job.sidecars)
    if not job.sidecars and not merge.additions(photo.items, job.tags, fields.WRITTEN_IN_XMP):
        return _report(path, job, "unchanged", photo.path)
    written: list[Path] = []
    usable = 0
    for each in job.sidecars:
        try:
            if _add_to(job, each, context):
                written.append(each.path)
            usable += 1
        except Refusal as refusal:
            job.notes.append(f"{each.path.name} left alone: {refusal.reason}")
    if not usable:
        target = sidecar.path_for(photo.path)
        if os.path.lexists(target):
            reason = job.notes[-1] if job.notes else "it is no file"
            raise WriteError(path, f"its sidecar {target.name} cannot be added to: {reason}")
        if photo.problems:
            job.notes += [f"not taken over into the sidecar: {p}" for p in photo.problems]
        content, additions = sidecar.new(job.tags, context)
        commit.create(target, content, photo.status)
        _remember(job, additions)
        written.append(target)
    if not written:
        return _report(path, job, "unchanged", photo.path)
    return _report(path, job, "sidecar", written[0])


def _add_to(job: _Job, each: Sidecar, context: merge.Stored) -> bool:
    content, additions = each.add(job.tags, context)
    if not additions:
        return False
    commit.check_replaceable(each.path, each.status)
    commit.replace(each.path, content, each.status, keep_times=False)
    _remember(job, additions)
    return True


def _remember(job: _Job, additions: dict[Field, list[str]]) -> None:
    job.fields.update(dict.fromkeys(fields.keys(tuple(additions))))


def _report(
    path: Path,
    job: _Job,
    target: Target,
    written_to: Path,
    *,
    state: FileState | None = None,
    content_hash: bytes | None = None,
) -> WriteReport:
    state = state or FileState.of(job.photo.status)
    return WriteReport(
        path, target, written_to, tuple(job.fields), job.added, tuple(dict.fromkeys(job.notes)),
        state, content_hash,
    )  # fmt: skip
