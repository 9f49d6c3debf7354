"""Exporting tags for another program, for people who leave their originals alone.

Copies of the photos with the tags in them, sidecars alone, or a table. Nothing is ever written
beside an original or over a file that is there.
"""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from app.core.change import Origin, TagChange
from app.core.errors import FileError, ReadError, UsageError, WriteError
from app.core.settings import TagSettings, WriteOptions
from app.core.tag import Tag
from app.library.library import Library
from app.metadata import contents, merge
from app.metadata.blocks import xmp
from app.metadata.fields import IPTC, Field, FieldChange
from app.metadata.programs import Program, Stored, shown_by
from app.metadata.writer import write_tags
from app.services.placing import duplicate, free_names, move, settle, sidecar_name
from app.services.scan import find_photos
from app.services.stores import Stores, TagState, stores, tag_states

#: copy: photos with the tags in them; sidecars: these alone; csv, json: one table of all.
How = Literal["copy", "sidecars", "csv", "json"]

#: Photos whose copies get the tags themselves, for the preview; the others get sidecars.
_EMBEDDED: Final = frozenset(
    (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".webp", ".tif", ".tiff")
)
#: Those that have a place for IPTC keywords.
_WITH_IPTC: Final = _EMBEDDED - {".png", ".webp"}
_WORK: Final = ".tagwright-export-"


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """What is exported, and how.

    Attributes:
        program: whom it is for; a table may be for nobody.
        min_score: suggestions at least this certain (0 to 1) go along.
        accepted_only: no suggestions at all, only what is in the photos or was confirmed.
    """

    program: Program | None
    how: How = "copy"
    min_score: float = TagSettings().min_score
    accepted_only: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of one photo.

    Attributes:
        path: the original.
        tags: what it was exported with.
        files: what it is now in the export folder; none for a row of a table.
        new: whether any of them was written now; if not, all were there with the same content.
        embedded: whether the copy holds keywords itself.
        sidecars: how many sidecars there are among `files`.
        shown: what the program will show, as paths.
        problems: what of the photo's metadata could not be read.
        notes: where the tags went, what was left out, and why.
        error: why it failed, if it did.
    """

    path: Path
    tags: tuple[TagState, ...] = ()
    files: tuple[Path, ...] = ()
    new: bool = False
    embedded: bool = False
    sidecars: int = 0
    shown: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    error: str = ""


def preview(
    path: Path,
    program: Program,
    library: Library | None = None,
    settings: ExportSettings | None = None,
) -> tuple[str, ...]:
    """What a program will show for a photo once it is exported for it. Nothing is written.

    Raises:
        ReadError: the photo is gone or cannot be read.
    """
    settings = settings or ExportSettings(program)
    before = stores(path)
    tags = [state.tag for state in _states(path.resolve(), before, library, settings)]
    suffix = path.suffix.lower()
    if settings.how == "sidecars":
        return _shown_with_sidecar(before, program, tags)
    change = TagChange(add=tuple(tags))
    context = dict(before.embedded)
    for items in before.beside.values():
        context = contents.together(context, items)
    embedded: Stored = before.embedded
    beside = {
        kind: merge.apply(items, merge.changes(items, change, _in_xmp(program), context))
        for kind, items in before.beside.items()
    }
    if suffix in _EMBEDDED:
        fields = [f for f in program.writes if f is not IPTC or suffix in _WITH_IPTC]
        embedded = merge.apply(embedded, merge.changes(embedded, change, fields))
    elif not beside and tags:
        made = merge.changes({}, change, _in_xmp(program), context)
        beside[program.sidecar or "ext"] = merge.apply({}, made)
    return shown_by(program, embedded, beside, suffix)


def _states(
    path: Path, before: Stores, library: Library | None, settings: ExportSettings
) -> tuple[TagState, ...]:
    min_score = None if settings.accepted_only else settings.min_score
    return tag_states(path, before, library, min_score)


def _shown_with_sidecar(before: Stores, program: Program, tags: Sequence[Tag]) -> tuple[str, ...]:
    beside = before.beside
    if tags and program.sidecar:
        beside[program.sidecar] = merge.apply({}, _in_a_new_sidecar(program, tags))
    return shown_by(program, before.embedded, beside, before.found.path.suffix)


def _in_a_new_sidecar(program: Program, tags: Sequence[Tag]) -> dict[Field, FieldChange]:
    return merge.changes({}, TagChange(add=tuple(tags)), _in_xmp(program))


def _in_xmp(program: Program) -> list[Field]:
    return [field for field in program.writes if field.namespace]


def export(
    paths: Sequence[Path], to: Path, settings: ExportSettings, library: Library | None = None
) -> Generator[Exported, None, None]:
    """Export photos into a folder that is none of theirs.

    Args:
        paths: folders and photos; none means everything in the library.
        to: where to; it is made when it is not there.
        library: tells what was suggested, confirmed and rejected.

    Returns:
        One result for each photo; what is wrong with one does not keep the rest from going on.

    Raises:
        UsageError: the folder lies in a folder of originals, or the program reads no sidecars.
        WriteError: the folder cannot be made, or (at the end) the table cannot be written.
    """
    program = settings.program
    if program is None and settings.how in ("copy", "sidecars"):
        raise UsageError("say for which program to export, such as --for digikam")
    if program is not None and settings.how == "sidecars" and program.sidecar is None:
        raise UsageError(f"{program.title} reads no sidecars; export copies for it")
    roots = [path.resolve() for path in paths]
    if not roots and library is not None:
        paths = [photo.path for photo in library.photos()]
        roots = list(dict.fromkeys(path.parent for path in paths))
    to = to.resolve()
    folders = frozenset(filter(None, (_identity(root) for root in roots if root.is_dir())))
    parents = frozenset(filter(None, (_identity(r.parent) for r in roots if not r.is_dir())))
    if _is_among(to, folders, parents):
        raise UsageError(f"{to} lies among the photos that are to be exported")
    try:
        to.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(to, (error.strerror or str(error)).lower()) from error
    return _Export(to, settings, library, _base(roots), folders, parents).run(paths)


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from all others, however it is spelt; None if it is not there."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


_Identities = frozenset[tuple[int, int]]


def _is_among(folder: Path, folders: _Identities, parents: _Identities) -> bool:
    """Whether a folder lies in one of `folders`, or is one of them or of `parents`."""
    return _identity(folder) in parents or any(
        _identity(each) in folders for each in (folder, *folder.parents)
    )


def _base(roots: Sequence[Path]) -> Path | None:
    """What the folders of all photos have in common; None for several drives."""
    folders = [root if root.is_dir() else root.parent for root in roots]
    try:
        return Path(os.path.commonpath(folders)) if folders else None
    except ValueError:
        return None


@dataclass(frozen=True)
class _Export:
    """One export on its way; the last two say where originals are."""

    to: Path
    settings: ExportSettings
    library: Library | None
    base: Path | None
    folders: _Identities
    parents: _Identities

    def run(self, paths: Sequence[Path]) -> Generator[Exported, None, None]:
        rows: list[Exported] = []
        for path in find_photos(paths):
            if isinstance(path, ReadError):
                yield Exported(path.path, error=path.reason)
                continue
            result = self._guarded(path)
            if not result.error and self.settings.how in ("csv", "json"):
                rows.append(replace(result, shown=()))
            yield result
        if self.settings.how == "csv":
            self._table("tags.csv", _as_csv(rows))
        elif self.settings.how == "json":
            self._table("tags.json", _as_json(rows))

    def _guarded(self, path: Path) -> Exported:
        try:
            return self._one(path)
        except FileError as error:
            # Which of its files it is about is said only where that is not the photo.
            where = "" if error.path.name == path.name else f"{error.path.name}: "
            return Exported(path, error=where + error.reason)
        except OSError as error:
            return Exported(path, error=(error.strerror or str(error)).lower())

    def _one(self, path: Path) -> Exported:
        before = stores(path)
        states = _states(path, before, self.library, self.settings)
        tags = [state.tag for state in states]
        result = Exported(path, states, problems=before.found.problems)
        program = self.settings.program
        if self.settings.how == "copy" and program is not None:
            return self._copy(result, before, program, tags)
        if self.settings.how == "sidecars" and program is not None:
            return self._sidecar(result, before, program, tags)
        shown = before.shown_by(program) if program is not None else ()
        return replace(result, shown=shown)

    def _place(self, path: Path) -> Path:
        """Where a photo goes: the folders under the common one are kept.

        Raises:
            WriteError: that is among the originals, or a link leads out of the export folder.
        """
        base = self.base
        inner = path.relative_to(base) if base and path.is_relative_to(base) else None
        target = self.to / (inner or Path(*path.parts[1:]))
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.parent.resolve().is_relative_to(self.to):
            raise WriteError(target.parent, "leads out of the export folder")
        if _is_among(target.parent, self.folders, self.parents):
            raise WriteError(target.parent, "lies among the originals")
        return target

    def _copy(
        self, result: Exported, before: Stores, program: Program, tags: Sequence[Tag]
    ) -> Exported:
        path = result.path
        target = self._place(path)
        with tempfile.TemporaryDirectory(prefix=_WORK, dir=self.to) as work:
            copy = Path(work) / path.name
            duplicate(path, copy)
            for kind, each in before.sidecars.items():
                duplicate(each.path, sidecar_name(copy, kind))
            notes = put_tags(copy, result.tags, program) if tags else ()
            made = sorted(Path(work).iterdir(), key=lambda file: file == copy)
            files, new = settle(made, copy, target)
        after = stores(files[-1])
        return replace(
            result, files=tuple(files), new=new, notes=notes, shown=after.shown_by(program),
            embedded=bool(after.embedded), sidecars=len(files) - 1,
        )  # fmt: skip

    def _sidecar(
        self, result: Exported, before: Stores, program: Program, tags: Sequence[Tag]
    ) -> Exported:
        shown = _shown_with_sidecar(before, program, tags)
        if not tags or program.sidecar is None:
            return replace(result, shown=shown)
        for name in {name for tag in tags for name in tag.path}:
            if reason := xmp.check_text(name):
                raise WriteError(result.path, f"the tag {name!r} cannot be written: {reason}")
        target = sidecar_name(self._place(result.path), program.sidecar)
        content = xmp.new_packet(_in_a_new_sidecar(program, tags), padded=False)
        if os.path.lexists(target):
            # Under another name it would belong to no photo.
            if not target.is_file() or target.read_bytes() != content:
                raise WriteError(target, "is there already, with other content")
            new = False
        else:
            self._write(target, content)
            new = True
        return replace(result, files=(target,), new=new, shown=shown, sidecars=1)

    def _write(self, target: Path, content: bytes) -> None:
        with tempfile.TemporaryDirectory(prefix=_WORK, dir=self.to) as work:
            file = Path(work) / target.name
            file.write_bytes(content)
            move(file, target)

    def _table(self, name: str, content: bytes) -> None:
        target = self.to / name
        try:
            for free in free_names(target):
                if not os.path.lexists(free):
                    self._write(free, content)
                    return
                if free.is_file() and free.read_bytes() == content:
                    return
        except OSError as error:
            raise WriteError(target, (error.strerror or str(error)).lower()) from error


def put_tags(copy: Path, tags: Sequence[TagState], program: Program) -> tuple[str, ...]:
    """Put tags into a copy as a program wants them.

    Returns:
        What was left out or went elsewhere, and why.

    Raises:
        WriteError: they could not be written.
    """
    report = write_tags(
        copy,
        TagChange(add=tuple(each.tag for each in tags)),
        origins={each.tag: Origin(each.confirmed, each.score) for each in tags},
        options=WriteOptions(
            adobe_sidecars=program.sidecar == "stem",
            fields=frozenset(field.key for field in program.writes),
        ),
    )
    return report.notes


def _as_csv(rows: Sequence[Exported]) -> bytes:
    r"""A table for spreadsheets (RFC 4180, UTF-8 with a byte-order mark, which Excel needs).

    A row for each photo; the tags of a photo are joined by semicolons, in the same order in
    every column.
    """
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(("path", "keywords", "hierarchy", "state", "score"))
    columns: tuple[Callable[[TagState], str], ...] = (
        lambda each: each.tag.name,
        lambda each: str(each.tag),
        lambda each: "confirmed" if each.confirmed else "suggested",
        lambda each: "" if each.score is None else f"{each.score:.4f}",
    )
    for row in rows:
        cells = ("; ".join(column(each) for each in row.tags) for column in columns)
        table.writerow((str(row.path), *cells))
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "surrogateescape")


def _as_json(rows: Sequence[Exported]) -> bytes:
    """A list with an object for each photo."""
    content = [
        {
            "path": str(row.path),
            "tags": [
                {
                    "tag": each.tag.name,
                    "hierarchy": str(each.tag),
                    "state": "confirmed" if each.confirmed else "suggested",
                    "score": None if each.score is None else round(each.score, 4),
                }
                for each in row.tags
            ],
        }
        for row in rows
    ]
    try:
        return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()
    except UnicodeEncodeError:  # names that are not UTF-8 have no other way through
        return (json.dumps(content, indent=1) + "\n").encode()
