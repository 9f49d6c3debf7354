"""Which keywords go where: pure rules over what a file holds and what is to be added.

Most programs read the first keyword field that is present and hide the others. So a field
that is created gets everything that was visible before, from all other fields, and then the
new tags; a field that exists gets the new tags only. Nothing is ever taken out or respelt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.core.errors import UsageError
from app.core.tag import FORBIDDEN, Tag, fold
from app.metadata.blocks import iptc
from app.metadata.fields import ALL, BY_KEY, IPTC, Field

Stored = Mapping[str, tuple[str, ...]]
Path = tuple[str, ...]


def path_key(path: Iterable[str]) -> Path:
    """What paths are compared by.

    TagsList cannot tell a slash from a backslash in a name, so nothing can here.
    """
    return tuple(fold(level).replace("\\", "/") for level in path)


def paths(stored: Stored) -> list[Path]:
    """The paths of all hierarchical fields, each once, in the order they are met."""
    return _unique(
        path
        for field in ALL
        if field.holds == "path"
        for text in stored.get(field.key, ())
        if (path := field.decode(text))
    )


def leaves(stored: Stored) -> list[str]:
    """The keywords of all flat fields, each once, in the order they are met."""
    found = _unique(
        (text.strip(),)
        for field in ALL
        if field.holds == "leaf"
        for text in stored.get(field.key, ())
        if text.strip()
    )
    # IPTC holds the first 64 bytes of a long keyword; the long form wins.
    long = {iptc.same(name) for (name,) in found if fold(name) != iptc.same(name)}
    return [name for (name,) in found if fold(name) not in long]


def merged(stored: Stored) -> tuple[Tag, ...]:
    """All tags of a file; a keyword that is a level of one of the paths is part of that."""
    deep = paths(stored)
    levels = _levels(deep)
    flat = [(name,) for name in leaves(stored) if path_key((name,))[0] not in levels]
    whole = {path_key(path)[:depth] for path in deep for depth in range(1, len(path))}
    tags = (as_tag(path) for path in (*(p for p in deep if path_key(p) not in whole), *flat))
    return tuple(dict.fromkeys(tag for tag in tags if tag is not None))


def holds(stored: Stored, tag: Tag) -> bool:
    """Whether a file has a tag: itself, below it, or for a single keyword anywhere."""
    wanted = path_key(tag.path)
    deep = [path_key(path) for path in paths(stored)]
    if len(wanted) > 1:
        return any(path[: len(wanted)] == wanted for path in deep)
    flat = {path_key((name,))[0] for name in leaves(stored)}
    return wanted[0] in flat or any(wanted[0] in path for path in deep)


def additions(
    target: Stored, tags: Sequence[Tag], fields: Sequence[Field], context: Stored | None = None
) -> dict[Field, list[str]]:
    """What must be appended to each of `fields` so that `target` holds the tags.

    `context` is what the file and its sidecars hold together (default: `target`); it is what
    a new field is filled from.
    """
    seen = target if context is None else context
    result: dict[Field, list[str]] = {}
    for field in fields:
        if field.holds == "leaf":
            result[field] = _leaf_additions(field, target, seen, tags)
        else:
            result[field] = _path_additions(field, target, seen, tags)
    return {field: values for field, values in result.items() if values}


def _leaf_additions(field: Field, target: Stored, seen: Stored, tags: Sequence[Tag]) -> list[str]:
    compare = iptc.same if field is IPTC else fold
    names = [tag.name for tag in tags]
    if not target.get(field.key):
        # Windows writes whole paths as flat keywords; here only their leaves belong.
        whole = {"/".join(path_key(path)): path[-1] for path in paths(seen)}
        flat = [whole.get(path_key((name,))[0], name) for name in leaves(seen)]
        names = [*seen.get(field.key, ()), *flat, *whole.values(), *names]
    have = {compare(text) for text in target.get(field.key, ())}
    new: dict[str, str] = {}
    for name in names:
        text = iptc.cut(name) if field is IPTC else name
        if text and compare(text) not in have:
            new.setdefault(compare(text), text)
    return list(new.values())


def _path_additions(field: Field, target: Stored, seen: Stored, tags: Sequence[Tag]) -> list[str]:
    have = _unique(path for text in target.get(field.key, ()) if (path := field.decode(text)))
    visible: list[Path] = []
    if not have:
        old = paths(seen)
        # A flat keyword that is a level of a path was put there along with it (Lightroom
        # writes all levels, Windows the whole path); one that is the leaf of a new path
        # finds its place by that.
        placed = _levels(old)
        placed |= {path_key(tag.path)[-1] for tag in tags if len(tag.path) > 1}
        loose = (name for name in leaves(seen) if path_key((name,))[0] not in placed)
        visible = [*old, *((name,) for name in loose)]
    present = [path_key(path) for path in (*have, *visible)]
    new = list(visible)
    # Paths first, so that a single keyword can find itself in one.
    for tag in sorted(tags, key=lambda tag: len(tag.path) == 1):
        key = path_key(tag.path)
        if len(key) == 1:
            known = any(key[0] in other for other in present)
        else:
            known = any(other[: len(key)] == key for other in present)
        if not known:
            present.append(key)
            new.append(tag.path)
    return [field.encode(path) for path in new]


def as_tag(path: Path) -> Tag | None:
    """A tag for a path as some program wrote it; characters no tag can hold become spaces."""
    levels = [part for level in path for part in level.split("|")] if len(path) == 1 else path
    table = {ord(character): " " for character in FORBIDDEN}
    cleaned = [
        "".join(c if c.isprintable() else " " for c in part.translate(table)) for part in levels
    ]
    try:
        return Tag(tuple(part for part in cleaned if part.strip()))
    except UsageError:
        return None


def without_empty(stored: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Only the fields that hold something, in the order of the table."""
    return {key: stored[key] for key in BY_KEY if stored.get(key)}


def _levels(deep: Iterable[Path]) -> set[str]:
    """The flat keywords that paths stand for: each level, and the path written as one text."""
    keys = [path_key(path) for path in deep]
    return {level for key in keys for level in (*key, "/".join(key), "|".join(key))}


def _unique(found: Iterable[Path]) -> list[Path]:
    by_key: dict[Path, Path] = {}
    for path in found:
        by_key.setdefault(path_key(path), path)
    return list(by_key.values())
