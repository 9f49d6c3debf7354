"""`tagwright inspect`: every place in which a photo keeps tags, and what programs show of them."""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.cli.exit_codes import OK
from app.cli.text import certainty, printable
from app.core.folders import Folders
from app.library.library import DATABASE, Library
from app.metadata.fields import BY_KEY, IPTC, XP_KEYWORDS, Field
from app.metadata.programs import PROGRAMS, Stored
from app.services.stores import Stores, stores

#: Between the keywords of one line.
_BETWEEN = "; "
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """A tag that this program has put into a photo.

    Attributes:
        known_from: who says so: the photo itself, or only the library.
    """

    tag: str
    state: str
    score: float | None
    model: str
    run: str
    known_from: str


def run_inspect(options: argparse.Namespace, folders: Folders) -> int:
    """Print what is known about a photo's tags.

    Returns:
        The exit code.
    """
    path: Path = options.photo
    with ExitStack() as opened:
        library = None
        if (folders.data / DATABASE).exists():
            library = opened.enter_context(Library(folders.data))
        found = stores(path)
        own = own_tags(path, found, library)
    if options.json:
        print(json.dumps(as_dict(path, found, own), indent=2, ensure_ascii=True))
    else:
        print("\n".join(_text(path, found, own)))
    return OK


def own_tags(path: Path, found: Stores, library: Library | None) -> list[Own]:
    """The tags of a photo that this program has written, by the photo's own records first."""
    own = {
        record.tag: Own(
            str(record.tag), _state(record.origin.confirmed), record.origin.score,
            record.origin.model, record.origin.run, "photo",
        )
        for record in found.records
    }  # fmt: skip
    photo = library.by_path(path.resolve()) if library is not None else None
    if library is not None and photo is not None:
        suggestions = {each.tag: each for each in library.suggestions(photo.id)}
        confirmed = library.decided(photo.id, "confirmed")
        for tag in library.written(photo.id):
            said = suggestions.get(tag)
            score, model = (said.score, said.source) if said is not None else (None, "")
            state = _state(tag in confirmed)
            own.setdefault(tag, Own(str(tag), state, score, model, "", "library"))
        # An answer that was only remembered is not in the photo yet.
        for tag in own.keys() & confirmed:
            own[tag] = replace(own[tag], state=_state(True))
    return [own[tag] for tag in sorted(own)]


def _state(confirmed: bool) -> str:
    return "confirmed" if confirmed else "suggested"


def as_dict(path: Path, found: Stores, own: Sequence[Own]) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "path": str(path),
        "tags": [str(tag) for tag in found.found.tags],
        "embedded": {key: list(values) for key, values in found.embedded.items()},
        "sidecars": [
            {
                "path": str(each.path),
                "fields": {key: list(values) for key, values in each.contents.items.items()},
                "problem": each.problem or None,
            }
            for each in found.sidecars.values()
        ],
        "problems": list(found.found.problems),
        "written_by_tagwright": [
            {
                "tag": each.tag, "state": each.state, "score": each.score, "model": each.model,
                "run": each.run, "known_from": each.known_from,
            }
            for each in own
        ],
        "shown_by": {
            key: list(found.shown_by(program)) for key, program in PROGRAMS.items()
        },
    }  # fmt: skip


def _text(path: Path, found: Stores, own: Sequence[Own]) -> Iterator[str]:
    yield printable(path)
    yield from _section("In the photo", _fields(found.embedded), "no keywords")
    for each in found.sidecars.values():
        yield from _section(
            f"In {printable(each.path.name)}", _fields(each.contents.items), "no keywords"
        )
    if found.found.problems:
        yield from _section("Cannot be read", [(printable(p),) for p in found.found.problems], "")
    rows = [
        (each.tag, each.state, "" if each.score is None else certainty(each.score), each.model,
         f"run {each.run}" if each.run else "")
        for each in own
    ]  # fmt: skip
    yield from _section("Written by Tagwright", rows, "nothing")
    shown = [
        (program.title, _BETWEEN.join(found.shown_by(program)) or "no tags")
        for program in PROGRAMS.values()
    ]
    yield from _section("Shown by", shown, "")
    yield from _section("Notes", [(p.title, p.note) for p in PROGRAMS.values() if p.note], "")


def _fields(stored: Stored) -> list[Row]:
    """The fields that hold something, in the order of the table."""
    return [
        (_title(field), _BETWEEN.join(stored[key]))
        for key, field in BY_KEY.items()
        if stored.get(key)
    ]


def _title(field: Field) -> str:
    special = {IPTC: "IPTC Keywords", XP_KEYWORDS: "Exif XPKeywords"}
    return special.get(field) or f"{field.prefix}:{field.local}"


def _section(title: str, rows: Sequence[Row], nothing: str) -> Iterator[str]:
    yield ""
    yield title
    yield from (f"  {line}" for line in (_aligned(rows) if rows else [nothing]))


def _aligned(rows: Sequence[Row]) -> Iterator[str]:
    """Rows as lines whose columns stand below each other; the last column stays ragged."""
    cells = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        yield "  ".join(_padded(row, widths)).rstrip()


def _padded(row: Sequence[str], widths: Iterable[int]) -> Iterator[str]:
    for cell, wanted in zip(row, widths, strict=True):
        yield cell + " " * (wanted - width(cell))


def width(text: str) -> int:
    """The columns that a text takes in a terminal (Unicode Standard Annex 11)."""
    return sum(
        0 if unicodedata.combining(character) or unicodedata.category(character) == "Cf"
        else 2 if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )  # fmt: skip
