"""Renaming, moving, merging and deleting tags: what that means for each photo.

Nothing is changed here. A plan says what would be done, for the question before it and for
`Session.act` after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core.change import Edit
from app.core.errors import UsageError
from app.core.photo import PhotoId
from app.core.tag import Tag
from app.library.library import Library
from app.library.vocabulary import Holding


@dataclass(frozen=True, slots=True)
class TagPlan:
    """What becomes of the photos when tags get other names, or go.

    Photos that are not there at the moment are not among them.

    Attributes:
        tags: the tags that are concerned, those below them included, in order.
        edits: what becomes of each photo.
        renames: old and new tags; suggestions of the old one are for the new one from now on.
        photos: how many have one of the tags.
        files: how many of them will be written: those that have one of the tags confirmed, or
            that this program has put one into.
        suggested: photos with an open suggestion of one of the tags.
        settled: photos that hold a suggested tag which nobody has confirmed. Under the new name
            it counts as confirmed.
        merges: pairs of `renames` whose new tag is there already.
        synonyms: how many other words go with deleted tags, which cannot be undone.
    """

    tags: tuple[Tag, ...] = ()
    edits: tuple[tuple[PhotoId, Edit], ...] = ()
    renames: tuple[tuple[Tag, Tag], ...] = ()
    photos: int = 0
    files: int = 0
    suggested: int = 0
    settled: int = 0
    merges: tuple[tuple[Tag, Tag], ...] = ()
    synonyms: int = 0


def renamed(tag: Tag, name: str) -> Tag:
    """The tag under another name, in its old place.

    Raises:
        UsageError: it is no name for a tag.
    """
    return Tag((*tag.path[:-1], name))


def moved(tag: Tag, parent: Tag | None) -> Tag:
    """The tag under another parent, or (None) at the top.

    Raises:
        UsageError: it would be below itself.
    """
    if parent is not None and parent.key[: len(tag.key)] == tag.key:
        raise UsageError("a tag cannot be moved below itself")
    return Tag((*(parent.path if parent else ()), tag.name))


def plan_rename(library: Library, old: Tag, new: Tag) -> TagPlan:
    """What giving a tag another name or place means; where `new` is there already, they merge.

    All tags below go along: with `Animal` to `Creature`, `Animal/Cat` becomes `Creature/Cat`. A
    photo that has both the old and the new tag has the new one afterwards. A tag of which only
    the spelling changes is taken out and put in again.

    What somebody has rejected under the old name stays rejected under the new one, except in a
    merge: who says that a photo shows no tabby has not said that it shows no cat.

    Raises:
        UsageError: the new tag would be below the old one.
    """
    if len(new.key) > len(old.key) and new.key[: len(old.key)] == old.key:
        raise UsageError("a tag cannot be moved below itself")
    # Their parents may be without photos of their own; the names below follow from the tree.
    branches = {branch.tag: branch for branch in library.branches()}
    depth = len(old.key)
    tags = [tag for tag in branches if tag.key[:depth] == old.key]
    spelt = {tag: tag for tag in branches if tag.key[:depth] != old.key}
    new_name = {tag: _as_spelt(Tag((*new.path, *tag.path[depth:])), spelt) for tag in (*tags, old)}
    merges = tuple((t, n) for t, n in new_name.items() if n in branches and n != t)
    return _plan_names(library, new_name, merges)


def plan_move(library: Library, tags: Iterable[Tag], parent: Tag | None) -> TagPlan:
    """What moving tags below another one, or (None) to the top, means.

    Of tags where one is below another, the upper one takes the other along. One that is there
    already stays.

    Raises:
        UsageError: one would be below itself.
    """
    plans = [plan_rename(library, tag, moved(tag, parent)) for tag in uppermost(tags)]
    return joined([plan for plan in plans if any(old != new for old, new in plan.renames)])


def plan_merge(library: Library, tags: Iterable[Tag], target: Tag) -> TagPlan:
    """What merging tags into another one means: their photos have the target afterwards.

    Tags below them come below the target.

    Raises:
        UsageError: the target is below one of them.
    """
    tops = [tag for tag in uppermost(tags) if tag != target]
    return joined([plan_rename(library, tag, target) for tag in tops])


def plan_delete(library: Library, tags: Iterable[Tag], *, reject: bool = True) -> TagPlan:
    """What deleting tags means: every photo loses them and all tags below them.

    Args:
        reject: whether open suggestions of them are rejected; if not, they stay, and the tags
            with them.
    """
    tops = uppermost(tags)
    depths = {top.key for top in tops}
    found = [
        branch
        for branch in library.branches()
        if any(branch.tag.key[: len(key)] == key for key in depths)
    ]
    holdings = library.holdings(tops)
    edits = []
    for photo, held in _by_photo(holdings).items():
        remove = tuple(h.tag for h in held if h.confirmed or (h.written and not h.suggested))
        rejected = tuple(h.tag for h in held if h.suggested and reject)
        if edit := Edit(remove=remove, reject=rejected):
            edits.append((photo, edit))
    gone = {h.photo for h in holdings if h.confirmed or (h.written and (reject or not h.suggested))}
    return TagPlan(
        tuple(dict.fromkeys((*tops, *(branch.tag for branch in found)))),
        tuple(edits),
        photos=len({h.photo for h in holdings if h.confirmed or h.written}),
        files=len(gone),
        suggested=len({h.photo for h in holdings if h.suggested}),
        synonyms=sum(len(branch.synonyms) for branch in found),
    )


def uppermost(tags: Iterable[Tag]) -> list[Tag]:
    """The tags that are not below another one of them, in order."""
    kept: list[Tag] = []
    for tag in sorted(set(tags)):
        if not any(tag.key[: len(other.key)] == other.key for other in kept):
            kept.append(tag)
    return kept


def joined(plans: Sequence[TagPlan]) -> TagPlan:
    """Several plans as one, which can be undone at once."""
    if len(plans) == 1:
        return plans[0]
    edits: dict[PhotoId, Edit] = {}
    for plan in plans:
        for photo, edit in plan.edits:
            before = edits.get(photo, Edit())
            edits[photo] = Edit(
                _unique((*before.add, *edit.add)),
                _unique((*before.remove, *edit.remove)),
                reject=_unique((*before.reject, *edit.reject)),
            )
    return TagPlan(
        tuple(tag for plan in plans for tag in plan.tags),
        tuple(edits.items()),
        tuple(pair for plan in plans for pair in plan.renames),
        # Photos of two plans would count twice, so they are counted by what is done to them.
        changed := len([1 for edit in edits.values() if edit.add or edit.remove]),
        changed,
        sum(plan.suggested for plan in plans),
        sum(plan.settled for plan in plans),
        tuple(pair for plan in plans for pair in plan.merges),
    )


def _plan_names(
    library: Library, new_name: dict[Tag, Tag], merges: tuple[tuple[Tag, Tag], ...]
) -> TagPlan:
    holdings = [h for h in library.holdings(uppermost(new_name)) if h.tag in new_name]
    targets = {new for _, new in merges}
    decided = {
        (h.photo, h.tag) for h in library.holdings(targets) if h.confirmed or h.rejected
    } if targets else set()  # fmt: skip
    edits, settled = [], set()
    for photo, held in _by_photo(holdings).items():
        add, remove, reject = [], [], []
        for each in held:
            new = new_name[each.tag]
            same = new.path == each.tag.path
            if each.confirmed or (each.written and not each.rejected):
                if not same:
                    add.append(new)
                    remove.append(each.tag)
                if not each.confirmed:
                    settled.add(photo)
            elif each.rejected and new != each.tag and new not in targets:
                reject.append(new)
                if each.written:  # it is still in the file, since nothing was to be written
                    remove.append(each.tag)
        reject = [tag for tag in reject if tag not in add and (photo, tag) not in decided]
        if edit := Edit(tuple(add), tuple(remove), reject=tuple(reject)):
            edits.append((photo, edit))
    having = {h.photo for h in holdings if h.confirmed or (h.written and not h.rejected)}
    return TagPlan(
        tuple(new_name),
        tuple(edits),
        tuple((old, new) for old, new in new_name.items() if old.path != new.path),
        len(having),
        len([1 for _, edit in edits if edit.add or edit.remove]),
        len({h.photo for h in holdings if h.suggested}),
        len(settled),
        merges,
    )


def _as_spelt(tag: Tag, known: dict[Tag, Tag]) -> Tag:
    """A tag in the spelling that it, or the nearest one above it, has already."""
    for depth in range(len(tag.path), 0, -1):
        if (there := known.get(Tag(tag.path[:depth]))) is not None:
            return Tag((*there.path, *tag.path[depth:]))
    return tag


def _by_photo(holdings: Iterable[Holding]) -> dict[PhotoId, list[Holding]]:
    found: dict[PhotoId, list[Holding]] = defaultdict(list)
    for holding in holdings:
        found[holding.photo].append(holding)
    return found


def _unique(tags: Iterable[Tag]) -> tuple[Tag, ...]:
    return tuple(dict.fromkeys(tags))
