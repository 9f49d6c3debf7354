"""Keyword lists: the text files by which photo programs hand their tags to each other.

The format is Lightroom's (Metadata > Export Keywords). darktable's tagging module reads and writes
it too: "the Lightroom tag text file format", as its manual calls it (docs.darktable.org, "tagging",
import / export). There is no specification; this is what is commonly known of the files, and was
not checked against Lightroom itself:

- one keyword a line, UTF-8; a keyword that stands one tab further in belongs to the one above;
- `{word}` below a keyword, one tab further in, is a synonym of it;
- `[word]` is a keyword that Lightroom does not export, and that darktable calls a category. It is
  a tag like others here, since its place in the tree is all that it is for; it is written as a
  plain one.

Lenient: UTF-16 and a byte order mark, any line ends, empty lines, and four spaces or one instead
of a tab where a file has no tabs at all (whatever its first indented line has). A line that cannot
be a tag is reported and the others go on; what is below such a line goes with it.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.core.errors import ReadError, UsageError, WriteError
from app.core.tag import Tag

#: A list of a hundred thousand keywords has about two megabytes.
_MAX_SIZE = 64 << 20


@dataclass(slots=True)
class KeywordList:
    """What a keyword list holds.

    Attributes:
        tags: all of them, parents first, each once.
        synonyms: the other words for a tag.
        problems: (line, reason) for what could not be taken over; lines count from 1.
    """

    tags: list[Tag] = field(default_factory=list)
    synonyms: dict[Tag, tuple[str, ...]] = field(default_factory=dict)
    problems: list[tuple[int, str]] = field(default_factory=list)


def read_keyword_list(path: Path) -> KeywordList:
    """Read a file.

    Raises:
        ReadError: it cannot be read, or is no text.
    """
    try:
        if path.stat().st_size > _MAX_SIZE:
            raise ReadError(path, "is too large for a keyword list")
        content = path.read_bytes()
    except OSError as error:
        raise ReadError(path, (error.strerror or str(error)).lower()) from error
    try:
        text = _decoded(content)
    except UnicodeDecodeError as error:
        raise ReadError(path, "is no text in UTF-8 or UTF-16") from error
    if "\0" in text:
        raise ReadError(path, "is no text file")
    return parse(text)


def parse(text: str) -> KeywordList:
    """Read the text of a keyword list."""
    lines = text.removeprefix("\ufeff").splitlines()
    step = _indentation(lines)
    found = KeywordList()
    known: set[Tag] = set()
    # The path down to the last line; None for one that could not be read.
    above: list[Tag | None] = []
    for number, line in enumerate(lines, start=1):
        name = line.strip()
        if not name:
            continue
        depth = _depth(line, step)
        if depth > len(above):
            found.problems.append((number, "it is indented further than the line above allows"))
            continue
        if name.startswith("{") and name.endswith("}"):
            _take_synonym(found, number, name[1:-1].strip(), above[depth - 1] if depth else None)
            continue
        del above[depth:]
        parent = above[-1] if above else None
        if above and parent is None:
            found.problems.append((number, "the keyword that it belongs to could not be read"))
            above.append(None)
            continue
        if name.startswith("[") and name.endswith("]"):
            name = name[1:-1].strip()
        try:
            tag = Tag((*(parent.path if parent else ()), name))
        except UsageError as error:
            found.problems.append((number, str(error)))
            above.append(None)
            continue
        above.append(tag)
        if tag not in known:
            known.add(tag)
            found.tags.append(tag)
    return found


def write_keyword_list(
    path: Path, tags: Iterable[Tag], synonyms: Mapping[Tag, tuple[str, ...]]
) -> int:
    """Write a file, whole or not at all.

    Returns:
        How many keywords it holds.

    Raises:
        WriteError: it cannot be written.
    """
    text, count = formatted(tags, synonyms)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        try:
            temporary.write_bytes(text.encode("utf-8"))
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise WriteError(path, (error.strerror or str(error)).lower()) from error
    return count


def formatted(tags: Iterable[Tag], synonyms: Mapping[Tag, tuple[str, ...]]) -> tuple[str, int]:
    """The text of a keyword list, and how many keywords it holds. Missing parents are added."""
    spelt: dict[Tag, Tag] = {}
    for tag in tags:
        for depth in range(1, len(tag.path) + 1):
            level = Tag(tag.path[:depth])
            if depth == len(tag.path) or level not in spelt:
                spelt[level] = level
    lines = []
    for tag in sorted(spelt.values()):
        indent = "\t" * (len(tag.path) - 1)
        name = tag.name
        # It would be read as something else.
        if name[0] + name[-1] in ("{}", "[]"):
            name = f"[{name}]"
        lines.append(f"{indent}{name}")
        lines += [f"{indent}\t{{{word}}}" for word in synonyms.get(tag, ())]
    return "".join(f"{line}\n" for line in lines), len(spelt)


def _take_synonym(found: KeywordList, number: int, word: str, owner: Tag | None) -> None:
    if owner is None:
        found.problems.append((number, "it is a synonym, but there is no keyword above it"))
    elif not word:
        found.problems.append((number, "the synonym is empty"))
    else:
        old = found.synonyms.get(owner, ())
        found.synonyms[owner] = tuple(dict.fromkeys((*old, word)))


def _decoded(content: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding)
    if content[1:2] == b"\0":  # UTF-16 without a mark, as some Windows programs write it
        return content.decode("utf-16-le")
    if content[:1] == b"\0":
        return content.decode("utf-16-be")
    return content.decode("utf-8")


def _indentation(lines: list[str]) -> str:
    """What one level is indented by: a tab, or the spaces of the first line that has some."""
    if any(line.startswith("\t") for line in lines):
        return "\t"
    for line in lines:
        if spaces := len(line) - len(line.lstrip(" ")):
            return " " * spaces
    return "\t"


def _depth(line: str, step: str) -> int:
    depth = 0
    while line.startswith(step, depth * len(step)):
        depth += 1
    return depth
