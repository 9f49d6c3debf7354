"""IPTC blocks, the Photoshop resources around them, and their digest."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from app.core.tag import Tag
from app.metadata.blocks import iptc
from app.metadata.fields import FieldChange
from app.metadata.reader import read_tags
from app.metadata.splice import Refusal, apply, inverse
from tests.metadata.adding import add_tags
from tests.metadata.builders import (
    CAT,
    app13,
    iim,
    pictures_of,
    resource,
    save,
    segment,
    two_pictures,
    with_segments,
)
from tests.metadata.judge import ExifTool

UTF8 = (1, 90, b"\x1b%G")
VERSION = (2, 0, b"\0\x04")


def add(data: bytes, *keywords: str) -> bytes:
    block = iptc.Block(data)
    edits = block.change(FieldChange(add=keywords))
    new = apply(data, edits)
    assert apply(new, inverse(data, edits)) == data
    assert iptc.Block(new).keywords == (*block.keywords, *keywords)
    return new


def test_keywords_are_appended_behind_those_there_are() -> None:
    data = iim(UTF8, VERSION, (2, 25, b"Dog"), (2, 25, b"Cow"), (2, 80, b"Me"), (7, 10, b"x"))
    assert add(data, "Cät") == iim(
        UTF8, VERSION, (2, 25, b"Dog"), (2, 25, b"Cow"), (2, 25, "Cät".encode()), (2, 80, b"Me"),
        (7, 10, b"x"),
    )  # fmt: skip


def test_an_ascii_block_gets_a_marker_only_when_it_needs_one() -> None:
    data = iim((1, 0, b"\0\4"), VERSION, (2, 5, b"Title"))
    assert add(data, "Cat") == iim((1, 0, b"\0\4"), VERSION, (2, 5, b"Title"), (2, 25, b"Cat"))
    assert add(data, "Cät") == iim(
        (1, 0, b"\0\4"), UTF8, VERSION, (2, 5, b"Title"), (2, 25, "Cät".encode())
    )
    assert add(b"", "Cat") == iim(VERSION, (2, 25, b"Cat"))


def take(data: bytes, *keywords: str, add: tuple[str, ...] = ()) -> bytes:
    edits = iptc.Block(data).change(FieldChange(add, keywords))
    new = apply(data, edits)
    assert apply(new, inverse(data, edits)) == data
    return new


def test_keywords_go_to_the_byte() -> None:
    head, cat, dog = (UTF8, VERSION), (2, 25, "Cät".encode()), (2, 25, b"Dog")
    tail = ((2, 80, b"Me"), (7, 10, b"x"))
    data = iim(*head, cat, dog, cat, *tail) + b"\0"
    assert take(data, "Cät") == iim(*head, dog, *tail) + b"\0"
    assert take(data, "Cät", "Dog") == iim(*head, *tail) + b"\0"
    assert take(data, "cät", "Cow") == data
    assert take(data, "Dog", add=("Cow",)) == iim(*head, cat, cat, (2, 25, b"Cow"), *tail) + b"\0"
    only = iim(*head, dog, *tail)
    assert take(only, "Dog", add=("Cow",)) == iim(*head, (2, 25, b"Cow"), *tail)


def test_keywords_with_spaces_or_a_long_form_go_as_they_are_read() -> None:
    long = b"\x1c\x02\x19\x80\x04\0\0\0\x03Dog"
    data = iim(UTF8, VERSION) + long + iim((2, 25, b" Cat "), (2, 25, b"Cow"))
    assert take(data, "Dog", "Cat") == iim(UTF8, VERSION, (2, 25, b"Cow"))


def test_an_ascii_block_loses_keywords_without_getting_a_marker() -> None:
    data = iim(VERSION, (2, 25, b"Dog"), (2, 25, b"Cow"))
    assert take(data, "Dog") == iim(VERSION, (2, 25, b"Cow"))
    assert take(iim((2, 25, b"Dog")), "Dog") == b""


def test_legacy_blocks_keep_their_keywords() -> None:
    block = iptc.Block(iim(VERSION, (2, 25, "Gänse".encode("cp1252")), (2, 25, b"Dog")))
    for text in block.keywords:
        with pytest.raises(Refusal, match="legacy"):
            block.change(FieldChange(remove=(text,)))
    assert block.change(FieldChange(remove=("Cow",))) == []


def test_extended_datasets_and_zero_padding_are_understood() -> None:
    long = b"\x1c\x02\x78\x80\x04\0\0\0\x03abc"
    data = iim(VERSION) + long + b"\0\0\0"
    assert add(data, "Cat") == iim(VERSION, (2, 25, b"Cat")) + long + b"\0\0\0"


@pytest.mark.parametrize(
    "block",
    [
        iim(VERSION, (2, 120, "Größe".encode("latin-1"))),
        iim(VERSION, (2, 120, "Größe".encode("mac-roman"))),
        iim((1, 90, b"\x1b.A"), VERSION, (2, 25, b"Dog")),
        iim(VERSION, (2, 120, "Größe".encode())),  # UTF-8 that does not say so
    ],
)
def test_legacy_blocks_are_left_alone(block: bytes, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="legacy"):
        iptc.Block(block).change(FieldChange(add=("Cat",)))
    path = save(tmp_path, with_segments(app13(resource(0x0404, block))))
    report = add_tags(path, [CAT])
    assert report.target == "embedded"
    assert "iptc" not in report.fields
    assert any("legacy" in note for note in report.notes)
    assert app13(resource(0x0404, block)) in path.read_bytes()


def test_legacy_keywords_stay_visible_in_the_fields_that_are_created(tmp_path: Path) -> None:
    block = iim(VERSION, (2, 25, "Gänse".encode("cp1252")))
    path = save(tmp_path, with_segments(app13(resource(0x0404, block))))
    add_tags(path, [CAT])
    found = read_tags(path)
    assert found.dc_subject == ("Gänse", "Cat")
    assert found.tags_list == ("Gänse", "Animal/Cat")


@pytest.mark.parametrize(
    "data",
    [b"\x1c", b"\x1c\x02\x19\0\x05abc", b"junk", b"\x1c\x02\x19\x80\x09", iim(VERSION) + b"x"],
)
def test_broken_blocks_are_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        iptc.Block(data)


def test_long_keywords_are_cut_between_characters() -> None:
    assert iptc.cut("ä" * 40) == "ä" * 32
    assert iptc.cut("a" + "ä" * 40) == "a" + "ä" * 31
    assert iptc.cut("\U0001f408" * 17) == "\U0001f408" * 16
    assert iptc.cut("x" * 63 + " yz") == "x" * 63


def test_a_cut_keyword_is_not_added_again(tmp_path: Path) -> None:
    path, long = save(tmp_path, with_segments()), Tag(("Wald" * 30,))
    assert add_tags(path, [long]).target == "embedded"
    assert add_tags(path, [long]).target == "unchanged"
    assert read_tags(path).tags == (long,)
    assert read_tags(path).iptc == (("Wald" * 30)[:64],)


def photoshop(block: bytes, digest: bytes) -> bytes:
    return app13(
        resource(0x03ED, b"\0\x48\0\0\0\1\0\1\0\x48\0\0\0\1\0\1"),
        resource(0x0404, block, name=b"odd"),
        resource(0x0425, digest),
        resource(0x040C, b"thumbnail", sign=b"8BIM"),
        resource(0x2710, b"odd", sign=b"AgHg"),
    )


def test_a_digest_that_fits_is_updated_and_its_neighbours_stay(tmp_path: Path) -> None:
    block = iim(UTF8, VERSION, (2, 25, b"Do"))
    path = save(tmp_path, with_segments(photoshop(block, hashlib.md5(block).digest())))
    add_tags(path, [CAT])
    new = iim(UTF8, VERSION, (2, 25, b"Do"), (2, 25, b"Cat"))
    assert photoshop(new, hashlib.md5(new).digest()) in path.read_bytes()


def test_a_digest_that_does_not_fit_keeps_saying_so(tmp_path: Path) -> None:
    path = save(tmp_path, with_segments(photoshop(iim(UTF8, VERSION), b"?" * 16)))
    add_tags(path, [CAT])
    new = iim(UTF8, VERSION, (2, 25, b"Cat"))
    assert photoshop(new, b"?" * 16) in path.read_bytes()


def test_a_digest_of_nothing_becomes_that_of_the_new_block(tmp_path: Path) -> None:
    path = save(tmp_path, with_segments(app13(resource(0x0425, b"\0" * 16))))
    add_tags(path, [CAT])
    new = iptc.new_block(["Cat"])
    digest = resource(0x0425, hashlib.md5(new).digest())
    assert app13(digest, resource(0x0404, new)) in path.read_bytes()


def test_resources_without_iptc_get_a_block_behind_them(tmp_path: Path, exiftool: ExifTool) -> None:
    others = resource(0x03ED, b"\0\x48\0\0\0\1\0\1\0\x48\0\0\0\1\0\1") + resource(0x040A, b"\1")
    path = save(tmp_path, with_segments(app13(others)))
    before = exiftool.dump([path])["photo.jpg"]
    add_tags(path, [Tag(("Cät",))])
    assert app13(others, resource(0x0404, iptc.new_block(["Cät"]))) in path.read_bytes()
    after = exiftool.dump([path])["photo.jpg"]
    assert not exiftool.differences(before, after)
    assert after["IPTC:Keywords"] == "Cät"


def test_an_odd_resource_without_its_padding_is_understood(tmp_path: Path) -> None:
    bare = resource(0x040A, b"\1")[:-1]
    path = save(tmp_path, with_segments(app13(bare)))
    assert add_tags(path, [CAT]).target == "embedded"
    assert bare + b"\0" + resource(0x0404, iptc.new_block(["Cat"])) in path.read_bytes()


def test_resources_that_continue_in_a_second_segment(tmp_path: Path) -> None:
    block = iim(UTF8, VERSION, (2, 25, b"Dog"))
    stream = resource(0x0404, block) + resource(0x0425, hashlib.md5(block).digest())
    stream += resource(0x03EA, b"z" * 500)
    cut = len(stream) - 100
    head = b"Photoshop 3.0\0"
    two = segment(0xED, head + stream[:cut]) + segment(0xED, head + stream[cut:])
    path = save(tmp_path, with_segments(two))
    add_tags(path, [CAT])
    assert read_tags(path).iptc == ("Dog", "Cat")
    data = path.read_bytes()
    assert segment(0xED, head + stream[cut:]) in data


@pytest.mark.parametrize("cut", [14, 30])
def test_a_block_across_two_segments_is_left_alone(cut: int, tmp_path: Path) -> None:
    stream = resource(0x0404, iim(UTF8, VERSION, (2, 25, b"Dog")))
    head = b"Photoshop 3.0\0"
    two = segment(0xED, head + stream[:cut]) + segment(0xED, head + stream[cut:])
    path = save(tmp_path, with_segments(two))
    report = add_tags(path, [CAT])
    assert two in path.read_bytes()
    assert any("across two segments" in note for note in report.notes)
    assert read_tags(path).dc_subject == ("Dog", "Cat")


def test_two_blocks_are_left_alone(tmp_path: Path) -> None:
    both = app13(*(resource(0x0404, iim(UTF8, VERSION, (2, 25, k))) for k in (b"Dog", b"Cow")))
    path = save(tmp_path, with_segments(both))
    report = add_tags(path, [CAT])
    assert both in path.read_bytes()
    assert any("more than one IPTC" in note for note in report.notes)
    assert read_tags(path).dc_subject == ("Dog", "Cow", "Cat")


@pytest.mark.parametrize(
    "payload",
    [
        b"Photoshop 3.0\0junk",
        b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\xff\xff",
        b"Photoshop 3.0\x008BIM\x04",
        b"Adobe_Photoshop2.5:8BIM",
        b"Photoshop 3.0\0" + resource(0x0404, b"junk"),
    ],
)
def test_what_cannot_be_read_means_a_sidecar(payload: bytes, tmp_path: Path) -> None:
    path = save(tmp_path, with_segments(segment(0xED, payload)))
    before = path.read_bytes()
    assert add_tags(path, [CAT]).target == "sidecar"
    assert path.read_bytes() == before
    assert read_tags(path).problems


def test_a_full_segment_leaves_iptc_out(tmp_path: Path) -> None:
    full = app13(resource(0x03EA, b"z" * 65_490))
    path = save(tmp_path, with_segments(full))
    report = add_tags(path, [CAT])
    assert report.target == "embedded"
    assert full in path.read_bytes()
    assert any("does not fit" in note for note in report.notes)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("behind", [False, True])
def test_second_pictures_stay_reachable(order: str, behind: bool, tmp_path: Path) -> None:
    block = app13(resource(0x0404, iim(UTF8, VERSION, (2, 25, b"Dog"))))
    data = two_pictures(*([] if behind else [block]), after=[block] if behind else [], order=order)
    first, second = pictures_of(data)
    path = save(tmp_path, data)
    assert add_tags(path, [CAT]).target == "embedded"
    new = path.read_bytes()
    grown, same = pictures_of(new)
    assert same == second
    assert grown == new[: -len(second)]
    assert len(grown) == len(first) + len(new) - len(data)
