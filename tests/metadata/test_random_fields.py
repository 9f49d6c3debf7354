"""Random changes to random packets: exactly what was asked for, and nothing else."""

from __future__ import annotations

import json
import random
import re
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from app.core.change import Origin, TagChange
from app.core.tag import Tag, fold
from app.metadata import merge, provenance
from app.metadata.blocks import iptc, xmp
from app.metadata.fields import (
    ACDSEE_CATEGORIES,
    ALL,
    BY_KEY,
    IN_XMP,
    IPTC,
    WRITTEN_IN_XMP,
    Field,
    FieldChange,
)
from app.metadata.provenance import Record
from app.metadata.splice import Refusal, apply, inverse
from tests.metadata.builders import iim, packet, save, with_segments, xmp_segment
from tests.metadata.judge import ExifTool
from tests.metadata.packets import FOREIGN, array, attribute, categories, simple

EVERYWHERE = (*WRITTEN_IN_XMP, IPTC)
WORDS = st.sampled_from(
    ["Cat", "cat", "Dog", "Café", "Cafe\u0301", "AC/DC", "a&b", "<x>", "日本", "Straße", "x" * 70,
     "x" * 69 + "y", "Animal", "]]>"]
)  # fmt: skip
TAGS = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(lambda p: Tag(tuple(p))), max_size=4)
CHANGES = st.builds(TagChange, TAGS.map(tuple), TAGS.map(tuple))
RECORDS = st.lists(
    st.builds(
        Record,
        st.lists(WORDS, min_size=1, max_size=3).map(lambda p: Tag(tuple(p))),
        st.builds(
            Origin,
            st.booleans(),
            st.none() | st.integers(0, 1000).map(lambda n: n / 1000),
            st.sampled_from(["", "lite2", "a & 'b'"]),
            st.sampled_from(["", "20261123-101502-7f3a"]),
        ),
    ),
    max_size=4,
)


@st.composite
def texts_of(draw: st.DrawFn, field: Field) -> list[str]:
    """Texts that a field may hold, one or the other of them odd."""
    paths = draw(st.lists(st.lists(WORDS, min_size=1, max_size=3), max_size=4))
    texts = [field.encode(tuple(path)) for path in paths]
    if field.holds == "leaf":
        texts += ["/".join(path) for path in paths[:1] * draw(st.booleans())]
    return draw(st.permutations(texts))


@st.composite
def stores(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    """What a file may hold."""
    found: dict[str, tuple[str, ...]] = {}
    for field in draw(st.lists(st.sampled_from(ALL), unique=True)):
        texts = draw(texts_of(field))
        if field is IPTC:
            texts = [iptc.cut(text) for text in texts]
        if field is ACDSEE_CATEGORIES:
            texts = sorted(set(texts))
        found[field.key] = tuple(texts)
    return found


def fragment(paths: list[str]) -> str:
    tree: dict[str, object] = {}
    for path in paths:
        level = tree
        *parents, leaf = path.split("|")
        for name in parents:
            present = next((n for n in (name, f"+{name}") if n in level), None)
            below = level.setdefault(present or name, {})
            assert isinstance(below, dict)
            level = below
        level[f"+{leaf}"] = level.pop(leaf, level.get(f"+{leaf}", {}))
    return categories(tree)


@st.composite
def packets(draw: st.DrawFn) -> tuple[bytes, list[str]]:
    """A packet, and what stands in it between its keyword fields, in order."""
    parts: list[str] = []
    attributes = [""]
    for field in draw(st.lists(st.sampled_from(IN_XMP), unique=True)):
        texts = draw(texts_of(field))
        form = draw(st.sampled_from(["Bag", "Bag", "Seq", "Alt", "attribute", "simple"]))
        if field is ACDSEE_CATEGORIES:
            text = fragment(texts)
            if form == "attribute":
                attributes.append(attribute(field.key, text))
            else:
                parts.append("\n   " + simple(field.key, text))
        elif form == "attribute":
            attributes.append(attribute(field.key, "".join(texts[:1])))
        elif form == "simple":
            parts.append(simple(field.key, "".join(texts[:1])))
        else:
            space = draw(st.booleans())
            parts.append("\n   " * space + array(field.key, texts, form, space))
    foreign = list(FOREIGN[: draw(st.integers(0, 3))])
    together = draw(st.permutations(parts + foreign))
    data = packet(
        "".join(together),
        attributes=declared_once("".join(attributes)),
        padding=draw(st.sampled_from([0, 50, 3000])),
    )
    if draw(st.booleans()):
        data = data.replace(b"rdf:", b"r:").replace(b"xmlns:rdf", b"xmlns:r")
        foreign = [part.replace("rdf:", "r:") for part in foreign]
    return data, [part for part in together if part in FOREIGN] and foreign


def declared_once(attributes: str) -> str:
    """Attributes without the second declaration of a prefix."""
    seen: set[str] = set()

    def keep(match: re.Match[str]) -> str:
        again = match[0] in seen
        seen.add(match[0])
        return "" if again else match[0]

    return re.sub(r' xmlns:\w+="[^"]*"', keep, attributes)


def rest(data: bytes, fields: Mapping[Field, FieldChange]) -> str:
    """All of a packet but the fields that change and our own, as another parser sees it."""
    root = ET.fromstring(data.rstrip(b"\0"))
    names = {f"{{{field.namespace}}}{field.local}" for field in fields}
    names.add(f"{{{provenance.NAMESPACE}}}{provenance.PROPERTY}")
    for node in root.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description"):
        for name in names:
            node.attrib.pop(name, None)
        for child in list(node):
            if child.tag in names:
                node.remove(child)
    return ET.canonicalize(ET.tostring(root, "unicode"), strip_text=True)


@settings(max_examples=250, deadline=None)
@given(packets(), st.data())
def test_packets_hold_what_was_asked_for(
    case: tuple[bytes, list[str]], draw: st.DataObject
) -> None:
    data, foreign = case
    parsed = xmp.Packet.parse(data)
    before = parsed.items()
    changes: dict[Field, FieldChange] = {}
    for field in draw.draw(st.lists(st.sampled_from(IN_XMP), unique=True)):
        present = before.get(field.key, ())
        remove = draw.draw(st.lists(st.sampled_from(present))) if present else []
        new = [text for text in draw.draw(texts_of(field)) if text not in present]
        changes[field] = FieldChange(tuple(dict.fromkeys(new)), (*remove, "not there"))
    records = draw.draw(RECORDS)
    try:
        edits = parsed.change(changes, records)
    except Refusal as refusal:
        event(refusal.reason)
        return
    new_data = apply(data, edits)
    assert apply(new_data, inverse(data, edits)) == data
    again = xmp.Packet.parse(new_data)
    assert merge.without_empty(again.items()) == merge.without_empty(merge.apply(before, changes))
    assert again.items().keys() <= before.keys() | {f.key for f in changes}
    assert set(again.records()) == set(records)
    assert rest(new_data, changes) == rest(data, changes)
    for part in foreign:
        assert part.encode() in new_data
    assert again.change({f: FieldChange(remove=c.remove) for f, c in changes.items()
                         if not set(c.remove) & set(c.add)}, records) == []  # fmt: skip
    # And everything out again.
    items = again.items()
    empty = {BY_KEY[key]: FieldChange(remove=texts) for key, texts in items.items()}
    try:
        bare = apply(new_data, again.change(empty, ()))
    except Refusal as refusal:
        event(refusal.reason)
        return
    assert not merge.without_empty(xmp.read_items(bare))
    assert not xmp.read_records(bare)
    assert rest(bare, dict.fromkeys(IN_XMP, FieldChange())) == rest(
        data, dict.fromkeys(IN_XMP, FieldChange())
    )


@settings(max_examples=250, deadline=None)
@given(stores(), CHANGES)
def test_rules(stored: dict[str, tuple[str, ...]], change: TagChange) -> None:
    found = merge.changes(stored, change, EVERYWHERE)
    after = merge.apply(stored, found)
    created = {field.key for field in EVERYWHERE} if change.add else set()
    assert after.keys() <= stored.keys() | created
    assert all(merge.holds(after, tag) for tag in change.add)
    coming = {merge.path_key(tag.path) for tag in change.add}
    going = {merge.path_key(tag.path) for tag in change.remove} - coming
    assert not {merge.path_key(path) for path in merge.paths(after)} & going
    # Whatever is not named stays: paths are taken out by nothing but themselves, ...
    left = {merge.path_key(path) for path in merge.paths(stored)} - going
    assert left <= {merge.path_key(path) for path in merge.paths(after)}
    # ... and flat keywords only by their own name or their own path.
    names = {key[-1] for key in going | coming}
    whole = {sign.join(key) for key in going | coming for sign in "/|"}
    for field in ALL:
        if field.holds == "leaf":
            short = {iptc.same(name) for name in names | whole}
            for text in stored.get(field.key, ()):
                key = merge.path_key((text,))[0]
                if iptc.same(key) not in short:
                    assert text in after[field.key]
    for field, each in found.items():
        assert not set(each.add) & set(each.remove)
        assert set(each.remove) <= set(stored[field.key] if each.remove else ())
    assert merge.changes(after, change, EVERYWHERE) == {}


@settings(max_examples=300, deadline=None)
@given(stores(), st.sampled_from([("New",), ("Animal", "New"), ("New", "Newer"), ("a/b", "c/d")]))
def test_a_new_tag_added_and_taken_out_leaves_no_trace(
    stored: dict[str, tuple[str, ...]], path: tuple[str, ...]
) -> None:
    full = {key: texts for key, texts in stored.items() if texts}
    for field in EVERYWHERE if full else ():
        full.setdefault(field.key, (field.encode(("Other",)),))
    tag = Tag(path)
    with_tag = merge.apply(full, merge.changes(full, TagChange((tag,)), EVERYWHERE))
    assert with_tag.keys() >= full.keys() | {field.key for field in EVERYWHERE}
    assert merge.holds(with_tag, tag)
    back = merge.apply(with_tag, merge.changes(with_tag, TagChange(remove=(tag,)), EVERYWHERE))
    assert back == full


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["utf-8", "marked", "latin-1"]),
    st.lists(st.tuples(st.sampled_from([(2, 25), (2, 25), (2, 80), (7, 10)]), WORDS), max_size=6),
    st.lists(WORDS, max_size=3),
    st.lists(WORDS, max_size=3),
)
def test_blocks_hold_what_was_asked_for(
    charset: str, sets: list[tuple[tuple[int, int], str]], add: list[str], remove: list[str]
) -> None:
    coding = "utf-8" if charset == "marked" else charset
    marker = [(1, 90, b"\x1b%G")] if charset == "marked" else []
    data = iim(*marker, *((*number, word.encode(coding, "replace")) for number, word in sets))
    block = iptc.Block(data)
    change = FieldChange(tuple(iptc.cut(word) for word in add), tuple(remove))
    try:
        edits = block.change(change)
    except Refusal:
        assert not data.isascii() and charset != "marked"
        return
    new = apply(data, edits)
    assert apply(new, inverse(data, edits)) == data
    expected = merge.apply({"iptc": block.keywords}, {IPTC: change})
    again = iptc.Block(new)
    assert again.keywords == expected.get("iptc", ())
    foreign = [s for s in block.sets if s.id not in ((2, 25), (1, 90), (2, 0))]
    assert [again.data[s.start : s.end] for s in again.sets
            if s.id not in ((2, 25), (1, 90), (2, 0))] == [
        data[s.start : s.end] for s in foreign
    ]  # fmt: skip


#: What each field is called by ExifTool and Exiv2.
NAMES = {
    "dc_subject": ("XMP-dc:Subject", "Xmp.dc.subject"),
    "hierarchical": ("XMP-lr:HierarchicalSubject", "Xmp.lr.hierarchicalSubject"),
    "tags_list": ("XMP-digiKam:TagsList", "Xmp.digiKam.TagsList"),
    "microsoft": ("XMP-microsoft:LastKeywordXMP", "Xmp.MicrosoftPhoto.LastKeywordXMP"),
    "mediapro": ("XMP-mediapro:CatalogSets", "Xmp.mediapro.CatalogSets"),
    "acdsee_keywords": ("XMP-acdsee:Keywords", "Xmp.acdsee.keywords"),
}


def changed_packets(count: int) -> list[bytes]:
    """Packets that have been changed, from several layouts."""
    chance = random.Random(20261123)
    words = ["Cat", "Dog", "a&b", "<x>", "日本", "AC/DC", "Straße"]
    result: list[bytes] = []
    while len(result) < count:
        changes: dict[Field, FieldChange] = {}
        parts = list(FOREIGN)
        for key in NAMES:
            field = BY_KEY[key]
            texts = [field.encode(tuple(chance.sample(words, 2))) for _ in range(6)]
            texts = list(dict.fromkeys(texts))
            if chance.random() < 0.7:
                kind, space = chance.choice(["Bag", "Seq"]), chance.random() < 0.5
                parts.append(array(key, texts[:3], kind, space))
            changes[field] = FieldChange(
                tuple(texts[3 : 3 + chance.randint(0, 3)]),
                tuple(chance.sample(texts[:3], chance.randint(0, 3))),
            )
        chance.shuffle(parts)
        records = [
            Record(Tag((word, "日 & x")), Origin(chance.random() < 0.5, 0.25, "m", "r"))
            for word in chance.sample(words, chance.randint(0, 3))
        ]
        data = packet("".join(parts), padding=chance.choice([0, 2000]))
        new = apply(data, xmp.Packet.parse(data).change(changes, records))
        more = [*records[1:], Record(Tag(("Late",)), Origin(True))]
        result.append(apply(new, xmp.Packet.parse(new).change({}, more)))
    return result


def test_exiftool_and_exiv2_read_the_same(tmp_path: Path, exiftool: ExifTool) -> None:
    expected = {}
    for number, data in enumerate(changed_packets(60)):
        path = save(tmp_path, with_segments(xmp_segment(data)), f"{number:03}.jpg")
        expected[path.name] = (xmp.read_items(data), xmp.read_records(data))
    files = sorted(map(str, tmp_path.iterdir()))
    perl = {Path(str(each["SourceFile"])).name: each for each in exiftool_structures(files)}
    plus = exiv2_lines(files)
    for name, (items, records) in expected.items():
        for key, (called, also) in NAMES.items():
            found = perl[name].get(called, [])
            assert tuple(found if isinstance(found, list) else [found]) == items.get(key, ())
            values = plus[name].get(also, "")
            assert values == ", ".join(items.get(key, ()))
        assert perl[name].get("XMP-tagwright:Tags", []) == [
            {k: float(v) if k == "Score" else v for k, v in provenance.encode(record).items()}
            for record in records
        ]
        for index, record in enumerate(records, 1):
            for local, text in provenance.encode(record).items():
                assert plus[name][f"Xmp.tagwright.Tags[{index}]/tagwright:{local}"] == text


def exiftool_structures(files: list[str]) -> list[dict[str, object]]:
    answer = subprocess.run(
        ["exiftool", "-j", "-G1", "-struct", "-XMP:all", *files], capture_output=True, check=True
    )
    found: list[dict[str, object]] = json.loads(answer.stdout)
    return found


def exiv2_lines(files: list[str]) -> dict[str, dict[str, str]]:
    """The values of all XMP keys as Exiv2 prints them, by the file's name."""
    try:
        answer = subprocess.run(["exiv2", "-PXkv", *files], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("exiv2 is not installed")
    found: dict[str, dict[str, str]] = {Path(file).name: {} for file in files}
    for line in answer.stdout.decode().splitlines():
        match = re.fullmatch(r"(\S+\.jpg)\s+(Xmp\.\S+)\s*(.*)", line)
        if match:
            found[Path(match[1]).name][match[2]] = match[3].strip()
    return found


def test_folding_is_what_is_compared_by() -> None:
    stored = {"dc_subject": ("STRASSE",), "tags_list": ("Cafe\u0301",)}
    change = TagChange(remove=(Tag(("Straße",)), Tag(("CAFÉ",))))
    assert fold("STRASSE") == fold("Straße")
    assert merge.apply(stored, merge.changes(stored, change, EVERYWHERE)) == {}
