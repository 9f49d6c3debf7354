"""Random edits of structured-random photos: nothing is lost, and every way back leads back.

TAGWRIGHT_EXAMPLES says how many photos are edited, EDITS times each.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, currently_in_test_context, event, given, settings
from hypothesis import strategies as st

from app.core.change import Origin, TagChange
from app.core.errors import WriteError
from app.core.settings import WriteOptions
from app.core.tag import Tag
from app.metadata import contents, embed, merge, sidecar, source, splice
from app.metadata.blocks import exif, iptc, photoshop, xmp
from app.metadata.containers import unparsed
from app.metadata.containers.base import Container
from app.metadata.containers.jpeg import Jpeg
from app.metadata.containers.png import Png
from app.metadata.containers.tiff import TiffFile
from app.metadata.containers.webp import WebP
from app.metadata.contents import Contents
from app.metadata.fields import ACDSEE_CATEGORIES, ALL, BY_KEY
from app.metadata.splice import Edit as Splice
from app.metadata.splice import Refusal
from app.metadata.storage.entries import ABSENT
from app.metadata.storage.journal import DATABASE, Journal
from app.metadata.writer import WriteReport, write_tags
from app.services.history import Selection, revert
from tests.metadata import builders
from tests.metadata.build_tiff import blob
from tests.metadata.random_photos import SUFFIXES, photos, rest
from tests.metadata.test_random_fields import TAGS, packets

EXAMPLES = int(os.environ.get("TAGWRIGHT_EXAMPLES", "20"))
#: Edits of one photo, one after the other.
EDITS = 4
MTIME = 1_500_000_000_123_456_789
FORMATS: dict[str, type[Container]] = {"jpg": Jpeg, "png": Png, "webp": WebP, "tif": TiffFile}
SLOW = settings(deadline=None, suppress_health_check=list(HealthCheck))

ORIGINS = st.builds(
    Origin,
    st.booleans(),
    st.none() | st.integers(0, 1000).map(lambda n: n / 1000),
    st.sampled_from(["", "lite2", "a & 'b'"]),
)
OPTIONS = st.builds(
    WriteOptions,
    embed=st.sampled_from([True, True, True, False]),
    xp_keywords=st.booleans(),
    adobe_sidecars=st.booleans(),
)


@dataclass(frozen=True)
class Edit:
    """One call of the writer."""

    change: TagChange
    origins: Mapping[Tag, Origin]
    options: WriteOptions


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    add = draw(TAGS)
    origins = {tag: draw(ORIGINS) for tag in add if draw(st.booleans())}
    return Edit(TagChange(tuple(add), tuple(draw(TAGS))), origins, draw(OPTIONS))


@dataclass
class Held:
    """What the files of a photo hold, each by itself and all together."""

    path: Path
    files: dict[Path, Contents] = field(default_factory=dict)
    data: dict[Path, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.files[self.path] = source.read(self.path).contents
        for each in sidecar.find(self.path):
            self.files[each.path] = each.contents
        self.data = {path: path.read_bytes() for path in self.files}
        self.all = contents.combine(self.files.values())


def seen(tag: Tag) -> tuple[str, ...]:
    return merge.path_key(tag.path)


def is_named(field_key: str, text: str, change: TagChange) -> bool:
    """Whether a text in a field may stand for a tag that a change names."""
    named = {seen(tag) for tag in (*change.add, *change.remove)}
    where = BY_KEY[field_key]
    if where.holds == "path":
        return merge.path_key(where.decode(text)) in named
    names = {key[-1] for key in named} | {sign.join(key) for key in named for sign in "/|"}
    return iptc.same(merge.path_key((text,))[0]) in {iptc.same(name) for name in names}


def check_others_stay(before: Contents, after: Contents, change: TagChange) -> None:
    """What a change does not name stays in its field, spelled as it was, in its order."""
    for where in ALL:
        old = [t for t in before.items.get(where.key, ()) if not is_named(where.key, t, change)]
        new = [t for t in after.items.get(where.key, ()) if t in old]
        if where is ACDSEE_CATEGORIES:
            old, new = sorted(set(old)), sorted(set(new))
        assert new[: len(old)] == old, where.key
        assert len(new) == len(old), where.key


def check_edit(edit: Edit, report: WriteReport, before: Held, after: Held) -> None:
    """What one call has promised."""
    change = edit.change
    going = [tag for tag in dict.fromkeys(change.remove) if tag not in change.add]
    for tag in change.add:
        assert merge.holds(after.all.items, tag), tag
    for tag in going:
        if merge.holds(after.all.items, tag):
            was_there = merge.holds(before.all.items, tag)
            assert not was_there or f"{tag} could not be taken out everywhere" in report.notes
    if not any("left alone" in note for note in report.notes) and report.target == "embedded":
        paths = {merge.path_key(path) for path in merge.paths(after.all.items)}
        assert not paths & ({seen(tag) for tag in going} - {seen(tag) for tag in change.add})
    for path, held in before.files.items():
        check_others_stay(held, after.files[path], change)
    assert len(after.all.problems) == len(before.all.problems)


def check_records(
    edit: Edit, report: WriteReport, before: Held, after: Held, ours: dict[Tag, Origin], run: str
) -> None:
    """The records say of exactly the tags that are ours how they came; `ours` is brought up."""
    going = [tag for tag in edit.change.remove if tag not in edit.change.add]
    same = [c for path, c in after.files.items() if after.data[path] == before.data.get(path)]
    stays = {record.tag for held in same for record in held.records}  # in what is not written
    for tag in going:
        if tag not in stays:
            ours.pop(tag, None)
    for tag in report.added:
        origin = edit.origins.get(tag, Origin(confirmed=True))
        ours.setdefault(tag, replace(origin, run=run))
    for tag in edit.change.add:
        if tag in ours and tag in edit.origins:
            ours[tag] = replace(ours[tag], confirmed=edit.origins[tag].confirmed)
    for tag in list(ours):
        # With its last text a tag that had no field for its path is gone as well.
        if tag not in edit.change.add and not merge.holds(after.all.items, tag):
            del ours[tag]
    assert {record.tag: record.origin for record in after.all.records} == ours


def check_way_back(journal: Journal, known: set[int], before: Held, after: Held) -> None:
    """Every file that was written has an entry, whose inverse gives its bytes back."""
    new = [entry for entry in journal.entries(before.path) if entry.id not in known]
    for entry in new:
        now = after.data[entry.file]
        assert entry.after == splice.digest([now])
        if entry.before == ABSENT:
            assert entry.file not in before.data
        else:
            assert splice.apply(now, journal.inverse(entry.id)) == before.data[entry.file]
    written = {entry.file for entry in new}
    assert written == {p for p in after.data if after.data[p] != before.data.get(p)}
    known |= {entry.id for entry in new}


def check_picture(kind: type[Container], old: bytes, new: bytes, way_back: list[Splice]) -> None:
    """What the picture consists of is the same bytes, by the format's code and by another."""
    assert rest(new) == rest(old)
    shift = splice.Shift(splice.inverse(new, way_back))
    for start, end in kind(old).picture():
        assert new[shift(start) : shift(start) + end - start] == old[start:end]


def count(what: str) -> None:
    """Count for `--hypothesis-show-statistics`."""
    if currently_in_test_context():
        event(what)


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        yield Path(os.path.realpath(name))


def run_edits(suffix: str, data: bytes, beside: bytes | None, sequence: Sequence[Edit]) -> None:
    """Edit a photo and take everything back, checking each step."""
    with folder() as temporary, Journal(temporary / "data" / DATABASE) as journal:
        (temporary / "photos").mkdir()
        path = builders.save(temporary / "photos", data, f"photo.{suffix}")
        os.utime(path, ns=(MTIME, MTIME))
        if beside is not None:
            builders.save(path.parent, beside, f"{path.name}.xmp")
        first = Held(path)
        ours = {record.tag: record.origin for record in first.all.records}
        known: set[int] = set()
        for edit in sequence:
            before = Held(path)
            run = journal.start_run("edit")

            def again(edit: Edit = edit, run: str = run) -> WriteReport:
                return write_tags(
                    path, edit.change, origins=edit.origins, options=edit.options,
                    journal=journal, run=run,
                )  # fmt: skip

            try:
                report = again()
            except WriteError as error:
                count(f"error: {error.reason}")
                assert Held(path).data == before.data
                continue
            count(f"{suffix} {report.target}")
            for note in report.notes:
                count(note.replace(path.name, "photo"))
            after = Held(path)
            if report.target != "embedded":
                assert after.data[path] == before.data[path]
            check_edit(edit, report, before, after)
            check_records(edit, report, before, after, ours, run)
            check_way_back(journal, known, before, after)
            if after.data[path] != before.data[path]:
                entry = next(e for e in journal.entries(path) if e.file == path)
                way_back = journal.inverse(entry.id)
                check_picture(FORMATS[suffix], before.data[path], after.data[path], way_back)
            assert again().target == "unchanged"
            assert Held(path).data == after.data
            assert {entry.id for entry in journal.entries(path)} == known
        assert not [one.error for one in revert(journal, None, Selection()) if one.error]
        assert Held(path).data == first.data
        assert sorted(path.parent.iterdir()) == sorted(first.data)
        assert path.stat().st_mtime_ns == MTIME


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(SLOW, max_examples=EXAMPLES)
@given(data=st.data())
def test_edits_do_what_they_say_and_nothing_else(suffix: str, data: st.DataObject) -> None:
    photo = data.draw(photos(suffix), "photo")
    beside = data.draw(st.none() | st.none() | packets().map(lambda made: made[0]), "sidecar")
    sequence = data.draw(st.lists(edits(), min_size=EDITS, max_size=EDITS), "edits")
    run_edits(suffix, photo, beside, sequence)


# What was found, one test for each.

ADD, REMOVE = TagChange((builders.CAT,)), TagChange(remove=(builders.CAT,))


@pytest.mark.parametrize("data", [
    builders.with_segments(builders.exif()),
    builders.with_segments(builders.exif(extra=[blob(0x9C9E, "Cat\0".encode("utf-16-le"))])),
])  # fmt: skip
def test_the_last_keyword_of_windows_can_be_taken_out(data: bytes) -> None:
    edits = [Edit(change, {}, WriteOptions()) for change in (ADD, REMOVE, ADD)]
    run_edits("jpg", data, None, edits)


def test_a_name_in_a_path_of_the_photo_stays_beside_it(tmp_path: Path) -> None:
    packet = builders.packet(builders.hierarchical("Cat|Cat"))
    path = builders.save(tmp_path, builders.with_segments(builders.xmp_segment(packet)))
    change = TagChange((Tag(("Dog",)),), (Tag(("Cat",)),))
    options = WriteOptions(embed=False, fields=frozenset({"dc_subject"}))
    assert write_tags(path, change, options=options).target == "sidecar"
    assert write_tags(path, change, options=options).target == "unchanged"
    (beside,) = sidecar.find(path)
    assert beside.contents.items["dc_subject"] == ("Cat", "Dog")


@pytest.mark.parametrize("key", ["dc_subject", "tags_list"])
def test_a_record_goes_with_the_last_text_of_its_tag(key: str, tmp_path: Path) -> None:
    path = builders.save(tmp_path, builders.picture())
    options = WriteOptions(fields=frozenset({key}))
    write_tags(path, TagChange((Tag(("Cat",)),)), options=options)
    write_tags(path, REMOVE, options=options)
    held = Held(path).all
    assert {record.tag for record in held.records} == set(merge.merged(held.items))


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(SLOW, max_examples=5 * EXAMPLES // 2)
@given(data=st.data())
def test_damaged_photos_never_break_the_parsers(suffix: str, data: st.DataObject) -> None:
    damaged = bytearray(data.draw(photos(suffix)))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, min(len(damaged), 3000) - 1))
        damaged[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    broken = bytes(damaged)
    unparsed.read_contents(broken)
    try:
        container = FORMATS[suffix](broken)
    except Refusal:
        return
    stored = contents.read(container)
    merge.merged(stored.items)
    change = TagChange(add=(builders.CAT,))
    try:
        plan = embed.plan(container, stored, change, stored.records, WriteOptions())
        new = embed.apply_and_prove(container, stored, plan)
    except Refusal:
        return
    assert splice.apply(new, splice.inverse(broken, plan.edits)) == broken


HEADS = (
    b"", b"II*\0", b"MM\0*", b"\x89PNG\r\n\x1a\n", b"RIFF____WEBP", b"II+\0\x08\0\0\0",
    b"\xff\xd8\xff\xe1", b"<x:xmpmeta", b"\x1c\x02\x19", b"8BIM\4\4",
)  # fmt: skip


@settings(SLOW, max_examples=5 * EXAMPLES)
@given(st.binary(max_size=400), st.sampled_from(HEADS))
def test_noise_never_breaks_the_parsers(noise: bytes, head: bytes) -> None:
    data = head + noise
    unparsed.read_contents(data)
    exif.check_self_contained(b"\xff\xd8" + data + b"\xff\xd8\xff", 2, 2 + len(data), 2 + len(data))
    for parse in (xmp.read_items, xmp.read_records, iptc.Block, photoshop._parse):
        with suppress(Refusal):
            parse(data)
    for format_ in FORMATS.values():
        with suppress(Refusal):
            contents.read(format_(data))
