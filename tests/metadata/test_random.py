"""Structured-random photos: whatever they hold, nothing is lost and nothing breaks."""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from app.core.tag import Tag
from app.metadata import embed, merge, sidecar, splice
from app.metadata.blocks import exif, iptc, photoshop, xmp
from app.metadata.containers import unparsed
from app.metadata.containers.jpeg import Survey
from app.metadata.splice import Refusal
from tests.metadata import builders
from tests.metadata.adding import add_tags

WORDS = st.sampled_from(
    ["Cat", "cat", "Dog", "Café", "Cafe\u0301", "AC/DC", "a&b", "<x>", "日本", "Straße", "x" * 70]
)
TAGS = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(lambda p: Tag(tuple(p))), max_size=4)
ESCAPED = WORDS.map(lambda word: word.replace("&", "&amp;").replace("<", "&lt;"))
LEAVES = st.lists(ESCAPED, max_size=3)


@st.composite
def packets(draw: st.DrawFn) -> bytes:
    properties = [
        builders.subject(*draw(LEAVES), kind=draw(st.sampled_from(["Bag", "Seq", "Alt"]))),
        builders.hierarchical(*("|".join(draw(LEAVES)) for _ in range(draw(st.integers(0, 3))))),
        builders.tags_list(*("/".join(draw(LEAVES)) for _ in range(draw(st.integers(0, 3))))),
        "\n<q:foreign xmlns:q='urn:q' q:a='>'><![CDATA[</rdf:Description>]]></q:foreign>",
        "<!-- <dc:subject/> -->",
    ]
    chosen = draw(st.permutations(properties))[: draw(st.integers(0, 5))]
    data = builders.packet(
        "".join(chosen),
        padding=draw(st.sampled_from([0, 50, 3000])),
        end=draw(st.sampled_from("wr")),
    )
    if draw(st.booleans()):
        data = data.replace(b"rdf:", b"r:").replace(b"xmlns:rdf", b"xmlns:r")
    return data + b"\0" * draw(st.integers(0, 3))


@st.composite
def blocks(draw: st.DrawFn) -> bytes:
    charset = draw(st.sampled_from(["utf-8", "ascii", "latin-1"]))
    sets = [(1, 90, b"\x1b%G")] if charset == "utf-8" else []
    sets += [(2, 0, b"\0\4")] * draw(st.booleans())
    sets += [(2, 25, w.encode(charset, "replace")) for w in draw(st.lists(WORDS, max_size=3))]
    sets += [(2, 120, "Größe".encode(charset, "replace"))] * draw(st.booleans())
    sets += [(8, 10, b"object")] * draw(st.booleans())
    return builders.iim(*sets) + b"\0" * draw(st.integers(0, 2))


@st.composite
def photos(draw: st.DrawFn) -> bytes:
    parts: list[bytes] = []
    if draw(st.booleans()):
        parts.append(builders.exif(draw(st.binary(max_size=80))))
    if draw(st.booleans()):
        parts.append(builders.xmp_segment(draw(packets())))
    if draw(st.booleans()):
        block = draw(blocks())
        resources = [
            builders.resource(
                0x03ED, b"r" * draw(st.integers(0, 5)), draw(st.sampled_from([b"", b"ab"]))
            ),
            builders.resource(0x0404, block),
            builders.resource(0x0425, hashlib.md5(block).digest()),
        ]
        parts.append(builders.app13(*draw(st.permutations(resources))[: draw(st.integers(1, 3))]))
    if draw(st.booleans()):
        parts.append(builders.segment(0xE2, b"ICC_PROFILE\0\1\1" + draw(st.binary(max_size=30))))
    parts = draw(st.permutations(parts))
    cut = draw(st.integers(0, len(parts)))
    if draw(st.booleans()):
        return builders.two_pictures(
            *parts[:cut], after=parts[cut:], order=draw(st.sampled_from("<>"))
        )
    return builders.with_segments(*parts, trailer=draw(st.binary(max_size=40)))


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(photos(), TAGS)
def test_embedding_keeps_everything(data: bytes, tags: list[Tag]) -> None:
    survey = Survey(data)
    stored, _ = survey.items()
    try:
        plan = embed.plan(survey, stored, tags)
    except Refusal as refusal:
        event(refusal.reason)
        assume(False)
    new = embed.apply_and_prove(survey, stored, plan)
    assert splice.apply(new, splice.inverse(data, plan.edits)) == data
    assert builders.from_scan(new) == builders.from_scan(data)
    again = Survey(new)
    found, problems = again.items()
    for key, values in stored.items():
        assert found[key][: len(values)] == values
    assert all(merge.holds(found, tag) for tag in tags)
    assert all(merge.holds(found, tag) for tag in merge.merged(stored))
    assert len(problems) == len(survey.items()[1])
    if builders.has_pictures(data):
        assert builders.pictures_of(new)[1:] == builders.pictures_of(data)[1:]
        assert builders.pictures_of(new)[0] == new[: len(builders.pictures_of(new)[0])]
    # Once more adds nothing, whatever was left out.
    second = embed.plan(again, found, tags)
    assert not second.edits


@settings(max_examples=60, deadline=None)
@given(packets(), TAGS)
def test_sidecars_keep_everything(data: bytes, tags: list[Tag]) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = builders.save(Path(name), b"\x89PNG", "a.png")
        side = builders.save(Path(name), data, "a.png.xmp")
        old = xmp.read_items(data)
        add_tags(path, tags)
        (found,) = sidecar.find(path)
        assert not found.problem
        assert found.data == side.read_bytes()
        for key, values in old.items():
            assert found.items[key][: len(values)] == values
        assert all(merge.holds(found.items, tag) for tag in tags)


@settings(max_examples=400, deadline=None)
@given(photos(), st.data())
def test_damaged_photos_never_break_the_parsers(data: bytes, draw: st.DataObject) -> None:
    damaged = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 6))):
        at = draw.draw(st.integers(0, min(len(damaged), 3000) - 1))
        damaged[at : at + draw.draw(st.integers(0, 4))] = draw.draw(st.binary(max_size=4))
    broken = bytes(damaged)
    try:
        survey = Survey(broken)
    except Refusal:
        unparsed.read_items(broken)
        return
    stored, _ = survey.items()
    merge.merged(stored)
    try:
        plan = embed.plan(survey, stored, [builders.CAT])
        new = embed.apply_and_prove(survey, stored, plan)
    except Refusal:
        return
    assert splice.apply(new, splice.inverse(broken, plan.edits)) == broken


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(
        [
            b"",
            b"II*\0",
            b"MM\0*",
            b"\x89PNG\r\n\x1a\n",
            b"RIFF____WEBP",
            b"II+\0\x08\0\0\0",
            b"<x:xmpmeta",
            b"\x1c\x02\x19",
            b"8BIM\4\4",
        ]
    ),
)
def test_noise_never_breaks_the_parsers(noise: bytes, head: bytes) -> None:
    data = head + noise
    unparsed.read_items(data)
    exif.check_self_contained(b"\xff\xd8" + data + b"\xff\xd8\xff", 2, 2 + len(data), 2 + len(data))
    for parse in (xmp.read_items, iptc.Block, photoshop._parse, Survey):
        with suppress(Refusal):
            parse(data)
