"""Which keywords go where: pure rules over what a file holds and what is to change.

Most programs read the first keyword field that is present and hide the others. So a field
that is created gets everything that was visible before, from all other fields, and then the
new tags; a field that exists gets the new tags only. Fields that this program never creates
change along where they are there, so that nobody shows a stale copy. What a change does not
name is neither taken out nor respelt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.core.change import TagChange
from app.core.errors import UsageError
from app.core.tag import FORBIDDEN, Tag, fold
from app.metadata.blocks import iptc
from app.metadata.fields import ACDSEE_CATEGORIES, ALL, BY_KEY, IPTC, Field, FieldChange

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


def changes(
    target: Stored,
    change: TagChange,
    fields: Sequence[Field],
    context: Stored | None = None,
) -> dict[Field, FieldChange]:
    """What must change in a file's fields so that `target` has lost and got the tags.

    Taken out is what stands for just that tag: in hierarchical fields its path, not those above
    or below it; in flat ones its name, unless a path that stays (or comes) ends in that name, or
    the tag has parents and the name is any level of a path that stays; and its path written as
    one text. A tag that is taken out and added in another spelling is respelt.

    Args:
        target: what the file holds.
        change: the tags; what is taken out goes first. What is not there changes nothing.
        fields: those that are created where they are absent. Others that are there change too.
        context: what the file and its sidecars hold together (default: `target`); it is what
            a new field is filled from.
    """
    taken = _taken(target, change, context)
    after = apply(target, {field: FieldChange(remove=texts) for field, texts in taken.items()})
    seen = after
    if context is not None:
        outside = _taken(context, change)
        seen = apply(context, {f: FieldChange(remove=texts) for f, texts in outside.items()})
    found: dict[Field, FieldChange] = {}
    for field in (*fields, *(f for f in ALL if f not in fields and f.key in target)):
        add: list[str] = []
        if change.add and field.holds == "leaf":
            add = _leaf_additions(field, after, seen, change.add)
        elif change.add:
            add = _path_additions(field, after, seen, change.add)
        remove = taken.get(field, ())
        kept = set(add).intersection(remove)  # goes and comes back in the same spelling
        difference = FieldChange(
            tuple(text for text in add if text not in kept),
            tuple(text for text in remove if text not in kept),
        )
        if difference.add or difference.remove:
            found[field] = difference
    return found


def apply(stored: Stored, changes: Mapping[Field, FieldChange]) -> dict[str, tuple[str, ...]]:
    """What a store holds after changes: a field that they empty is gone, others stay as they are.

    ACDSee's categories are a tree and come in the order of their names, the others in their own.
    """
    result = dict(stored)
    for field, change in changes.items():
        old = stored.get(field.key, ())
        new = (*(text for text in old if text not in change.remove), *change.add)
        if field is ACDSEE_CATEGORIES:
            new = tuple(sorted(set(new)))
        if new:
            result[field.key] = new
        elif old:
            del result[field.key]
    return result


def _taken(
    stored: Stored, change: TagChange, context: Stored | None = None
) -> dict[Field, tuple[str, ...]]:
    """The texts that stand for the tags that are taken out, by field.

    Paths that stay keep their names in flat fields, also where only `context` holds the path.
    """
    coming = {path_key(tag.path): tag.path for tag in change.add}
    # One that comes back spelled the same never goes.
    going = {
        key: tag for tag in change.remove
        if coming.get(key := path_key(tag.path)) != tag.path
    }  # fmt: skip
    if not going:
        return {}
    found: dict[Field, tuple[str, ...]] = {}
    staying = [path for path in paths(context or {}) if path_key(path) not in going]
    for field in ALL:
        if field.holds != "path":
            continue
        gone: dict[str, None] = {}
        for text in stored.get(field.key, ()):
            path = field.decode(text)
            if path_key(path) not in going:
                staying.append(path)
            elif text != field.encode(coming.get(path_key(path), ())):
                gone[text] = None
        if gone:
            found[field] = tuple(gone)
    # IPTC last: its keywords may be the first 64 bytes of longer ones that stay in another field.
    flat = [field for field in ALL if field.holds == "leaf" and field is not IPTC]
    long: set[str] = set()
    for field in (*flat, IPTC):
        texts = stored.get(field.key, ())
        flat_gone = _flat_taken(field, texts, going, coming, staying)
        if field is IPTC:
            flat_gone = [text for text in flat_gone if iptc.same(text) not in long]
        left = (text for text in texts if text not in flat_gone)
        long |= {iptc.same(text) for text in left if fold(text) != iptc.same(text)}
        if flat_gone:
            found[field] = tuple(dict.fromkeys(flat_gone))
    return found


def _flat_taken(
    field: Field,
    texts: Sequence[str],
    going: Mapping[Path, Tag],
    coming: Mapping[Path, Path],
    staying: Sequence[Path],
) -> list[str]:
    """The texts of a flat field that stand for the tags that are taken out."""
    same = iptc.same if field is IPTC else _flat_key
    stay = [path_key(path) for path in staying if path]
    stay += [key for key in coming if key not in going]
    ends = {same(key[-1]) for key in stay}
    levels = {same(level) for key in stay for level in key}
    whole = {same(text) for key in stay for text in _as_text(key)}
    # A path that goes and comes in another spelling protects only that spelling.
    respelt = {same(key[-1]): coming[key][-1] for key in going if key in coming}
    found = []
    for text in texts:
        this = same(text)
        for key in going:
            if this == same(key[-1]):
                protected = this in ends or (len(key) > 1 and this in levels)
                new = respelt.get(this)
                kept = new is not None and text == (iptc.cut(new) if field is IPTC else new)
                if not protected and not kept:
                    found.append(text)
                    break
            elif any(this == same(written) for written in _as_text(key)) and this not in whole:
                found.append(text)
                break
    return found


def _flat_key(text: str) -> str:
    return path_key((text,))[0]


def _as_text(key: Path) -> tuple[str, str]:
    """A path as some programs write it into a flat field."""
    return "/".join(key), "|".join(key)


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
    return {level for key in keys for level in (*key, *_as_text(key))}


def _unique(found: Iterable[Path]) -> list[Path]:
    by_key: dict[Path, Path] = {}
    for path in found:
        by_key.setdefault(path_key(path), path)
    return list(by_key.values())
