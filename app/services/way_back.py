"""Which entries of the journal lead a file back from what it is now, and what they changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from app.core.tag import Tag
from app.metadata.storage.entries import Entry, Target
from app.metadata.storage.recovery import hash_of


def place_of(entry: Entry, photo: Path) -> Path:
    """Where the file of an entry is, now that its photo is at `photo`."""
    if entry.photo == photo or entry.file.parent != entry.photo.parent:
        return entry.file
    if entry.target == "embedded":
        return photo
    if entry.file.stem == entry.photo.name:
        return photo.with_name(photo.name + entry.file.suffix)
    if entry.file.stem == entry.photo.stem:
        return photo.with_suffix(entry.file.suffix)
    return photo.parent / entry.file.name


def way_to_origin(file: Path, entries: Sequence[Entry]) -> list[Entry] | None:
    """The shortest way from what a file is now to what it was before the oldest of some entries.

    Contents may have come back several times, so that more than one way leads on from them.

    Args:
        entries: all that have led from one content of the file to another, newest first.

    Returns:
        The entries to be taken back, one behind the other; None where there is no way.
    """
    now = content_of(file)
    if now is None:
        return None
    ways: dict[bytes, list[Entry]] = {now: []}
    reached = [now]
    # Of two that do the same, the one that was not taken back.
    ordered = sorted(entries, key=lambda entry: entry.state != "written")
    for content in reached:  # grows meanwhile
        for entry in ordered:
            if entry.after == content and entry.before not in ways:
                ways[entry.before] = [*ways[content], entry]
                reached.append(entry.before)
    return ways.get(entries[-1].before)


def chain_of(file: Path, entries: Sequence[Entry]) -> list[Entry]:
    """The entries that lead from what a file is now back to what it was, newest first."""
    content = content_of(file)
    chain: list[Entry] = []
    left = list(entries)
    while True:
        # Of several ways to this content, one that was not taken back has led here.
        made = [entry for entry in left if entry.after == content]
        if not made:
            return chain
        entry = next((each for each in made if each.state == "written"), made[0])
        left.remove(entry)
        chain.append(entry)
        content = entry.before


def cut_revivals(
    chains: dict[Path, list[Entry]], history: Sequence[Entry], whole: Collection[Path]
) -> None:
    """Cut chains where taking back an undoing would only bring our tags back for good.

    That is so where what it has undone was in the file already at the end of the chain, under
    changes of somebody else's. The files in `whole` become what they were at first.
    """
    by_id = {entry.id: entry for entry in history}
    again = True
    while again:
        again = False
        covered = {entry.id for chain in chains.values() for entry in chain}
        for file, chain in chains.items():
            for number, entry in enumerate(chain if file not in whole else ()):
                root, revives = entry, False
                while root.undoes is not None and root.undoes in by_id:
                    root, revives = by_id[root.undoes], not revives
                if revives and root.id not in covered and _stood(root, chain[-1], by_id):
                    chains[file] = chain[:number]
                    again = True  # others may have counted on what is cut off
                    break


def _stood(entry: Entry, end: Entry, by_id: Mapping[int, Entry]) -> bool:
    """Whether what an entry had done was not taken back at the time of another one."""
    stands: dict[int, bool] = {}
    for number in sorted(by_id):
        if number >= end.id:
            break
        following: int | None = number
        state = True
        while following is not None and following in by_id:
            stands[following] = state
            following, state = by_id[following].undoes, not state
    return stands.get(entry.id, False)


def way_back(chain: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """What is to be taken back of a chain, newest first.

    Returns:
        The way, and what is left out of it because it leads from one content to the same.
    """
    if not chain:
        return [], []
    contents = [chain[0].after, *(entry.before for entry in chain)]
    way: list[Entry] = []
    idle: list[Entry] = []
    at = 0
    while True:
        last = len(contents) - 1 - contents[::-1].index(contents[at])
        idle += chain[at:last]
        if last == len(chain):
            return way, idle
        way.append(chain[last])
        at = last + 1


def content_of(file: Path) -> bytes | None:
    """A file's hash, empty where there is none; None where it cannot be read."""
    try:
        return hash_of(file)
    except OSError:
        return None


def net_change(rest: Sequence[Entry], known: Sequence[Entry]) -> frozenset[Tag]:
    """The tags that some entries have changed in the end, in the photo or beside it.

    Args:
        rest: the entries, newest first.
        known: all that say whether a tag was there before, newest first.
    """
    first: dict[tuple[Target, Tag], bool] = {}
    last: dict[tuple[Target, Tag], bool] = {}
    for entries, said in ((rest, last), (known, first)):
        for entry in entries:
            # Backwards: what an entry takes out goes first.
            for tags, is_there in ((entry.change.add, True), (entry.change.remove, False)):
                for tag in tags:
                    if said is first:
                        first[entry.target, tag] = is_there
                    else:
                        last.setdefault((entry.target, tag), is_there)
    return frozenset(key[1] for key in last if first[key] == last[key])
