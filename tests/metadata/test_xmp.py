"""XMP packets: what is read from them, and additions that leave everything else alone."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from app.metadata.blocks import xmp
from app.metadata.fields import BY_KEY, RDF, Field, FieldChange
from app.metadata.splice import Refusal, apply, inverse
from tests.metadata.builders import DC_NS, RDF_NS, hierarchical, packet, subject, tags_list

Additions = dict[Field, FieldChange]


def more(**fields: tuple[str, ...]) -> Additions:
    """Keywords to append, by the key of their field."""
    return {BY_KEY[key]: FieldChange(add=values) for key, values in fields.items()}


ALL = more(dc_subject=("Cat",), hierarchical=("Animal|Cat",), tags_list=("Animal/Cat",))
FOREIGN = '\n   <x:a xmlns:x="urn:x" x:q=\'"&gt;"\'><!-- > --><![CDATA[<b>&]]></x:a>'


def add(data: bytes, additions: Additions = ALL, limit: int | None = None) -> bytes:
    """Add, check what must always hold, and give the new packet."""
    before = xmp.read_items(data)
    edits = xmp.Packet.parse(data).change(additions, limit=limit)
    new = apply(data, edits)
    assert apply(new, inverse(data, edits)) == data
    # Whatever is replaced is no more than padding, or the slash of an empty element.
    for edit in edits:
        assert not data[edit.start : edit.end].strip() or data[edit.start : edit.end] == b"/>"
    after = xmp.read_items(new)
    for field, change in additions.items():
        assert after[field.key] == (*before.get(field.key, ()), *change.add)
    assert after.keys() == before.keys() | {field.key for field in additions}
    return new


def bag(data: bytes, name: str) -> tuple[str, list[str | None]]:
    """A property as another parser sees it: its container and the items in it."""
    root = ET.fromstring(data.rstrip(b"\0"))
    (found,) = root.iter(name)
    assert len(found) == 1
    return found[0].tag.removeprefix(f"{{{RDF}}}"), [item.text for item in found[0]]


DC = "{http://purl.org/dc/elements/1.1/}subject"
LR = "{http://ns.adobe.com/lightroom/1.0/}hierarchicalSubject"
DK = "{http://www.digikam.org/ns/1.0/}TagsList"


def test_absent_properties_are_created_in_element_form() -> None:
    new = add(packet(FOREIGN))
    assert bag(new, DC) == ("Bag", ["Cat"])
    assert bag(new, LR) == ("Bag", ["Animal|Cat"])
    assert bag(new, DK) == ("Seq", ["Animal/Cat"])
    assert FOREIGN.encode() in new


@pytest.mark.parametrize("kind", ["Bag", "Seq", "Alt"])
def test_present_properties_are_appended_to_whatever_their_container(kind: str) -> None:
    new = add(packet(subject("Dog", "dog &amp; bone", kind=kind) + FOREIGN))
    assert bag(new, DC) == (kind, ["Dog", "dog & bone", "Cat"])


def test_prefixes_are_not_fixed() -> None:
    data = (
        b'<m xmlns="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        b'xmlns:dc="urn:not-dublin-core" xmlns:q="http://purl.org/dc/elements/1.1/" '
        b'xmlns:lr="urn:other" xmlns:digiKam="http://www.digikam.org/ns/1.0/">'
        b'<r:Description r:about="" dc:subject="foreign" lr:x="y">'
        b"<q:subject><r:Bag><r:li>Dog</r:li></r:Bag></q:subject></r:Description></r:RDF></m>"
    )
    new = add(data)
    assert bag(new, DC) == ("Bag", ["Dog", "Cat"])
    assert bag(new, LR) == ("Bag", ["Animal|Cat"])
    assert b"<digiKam:TagsList><r:Seq>" in new
    assert b"xmlns:lr_=" in new  # lr means something else here


def test_rdf_as_the_default_namespace() -> None:
    data = (
        '<RDF xmlns="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<Description rdf:about=""><dc:subject {DC_NS}><Bag/></dc:subject></Description></RDF>'
    ).encode()
    assert bag(add(data), DC) == ("Bag", ["Cat"])


@pytest.mark.parametrize(
    "inside",
    [
        f'<rdf:RDF {RDF_NS}><rdf:Description rdf:about=""/></rdf:RDF>',
        f'<rdf:RDF {RDF_NS}><rdf:Description rdf:about="" {DC_NS} dc:format="a/>b"   /></rdf:RDF>',
        f'<rdf:RDF {RDF_NS}><rdf:Description rdf:about=""></rdf:Description></rdf:RDF>',
        f"<rdf:RDF {RDF_NS}/>",
        f"<rdf:RDF {RDF_NS}></rdf:RDF>",
        f"<rdf:RDF {RDF_NS}>\n <rdf:Description>\n </rdf:Description>\n</rdf:RDF>",
        f'<rdf:RDF {RDF_NS}><rdf:Description rdf:about="uuid:1"/>'
        f'<rdf:Description rdf:about="uuid:1" {DC_NS}><dc:subject/>'
        "</rdf:Description></rdf:RDF>",
        f"<rdf:RDF {RDF_NS}><rdf:Description {DC_NS}><dc:subject><rdf:Bag/></dc:subject>"
        "</rdf:Description></rdf:RDF>",
        f"<rdf:RDF {RDF_NS}><rdf:Description {DC_NS}><dc:subject> </dc:subject>"
        "</rdf:Description></rdf:RDF>",
    ],
)
@pytest.mark.parametrize("wrapper", ["{}", '<x:xmpmeta xmlns:x="adobe:ns:meta/">{}</x:xmpmeta>'])
def test_empty_and_self_closing_forms(inside: str, wrapper: str) -> None:
    add(wrapper.format(inside).encode())


def test_a_byte_order_mark_does_not_move_the_edits() -> None:
    add(b"\xef\xbb\xbf" + packet(subject("Dog")))


def test_items_follow_the_indentation_that_is_there() -> None:
    new = add(packet(subject("Dog")), more(dc_subject=("Cat",)))
    assert b"\n     <rdf:li>Dog</rdf:li>\n     <rdf:li>Cat</rdf:li>\n    </rdf:Bag>" in new


def test_a_literal_or_an_attribute_is_refused() -> None:
    for data in (
        packet(f"<dc:subject {DC_NS}>Dog, Cat</dc:subject>"),
        packet(attributes=f'{DC_NS} dc:subject="Dog"'),
        packet(
            f'<dc:subject {DC_NS} rdf:parseType="Resource"><rdf:value>D</rdf:value></dc:subject>'
        ),
        packet(
            f'<dc:subject {DC_NS}><rdf:Alt><rdf:li xml:lang="x-default">D</rdf:li></rdf:Alt>'
            "</dc:subject>"
        ),
        packet(subject("Dog") + subject("Cow")),
    ):
        assert xmp.read_items(data)["dc_subject"]
        with pytest.raises(Refusal):
            xmp.Packet.parse(data).change(ALL)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<a",
        b"not xml",
        packet() + b"junk",
        packet().replace(b"</rdf:RDF>", b""),
        b'<!DOCTYPE x [<!ENTITY a "b">]>' + packet(),
        b'<?xml version="1.0" encoding="ISO-8859-1"?>' + packet().split(b"?>", 1)[1],
        packet("&undefined;"),
        packet("<undeclared:x/>"),
        packet("<a>" * 200 + "</a>" * 200),
        packet(hierarchical("A|B")).decode().encode("utf-16"),
        b"<x/>",
        f"<m><rdf:RDF {RDF_NS}/><rdf:RDF {RDF_NS}/></m>".encode(),
    ],
)
def test_what_cannot_be_edited_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        xmp.Packet.parse(data)


def test_entities_that_grow_are_not_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
    )
    with pytest.raises(Refusal, match="document type"):
        xmp.Packet.parse((bomb + "]><x>&j;</x>").encode())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_are_read(encoding: str) -> None:
    data = packet(hierarchical("Ä|Ö")).decode().replace("\ufeff", "").encode(encoding)
    assert xmp.read_items(data)["hierarchical"] == ("Ä|Ö",)


def test_padding_keeps_the_length() -> None:
    data = packet(subject("Dog"), padding=2000)
    assert len(add(data)) == len(data)


def test_without_padding_the_packet_grows() -> None:
    data = packet(subject("Dog"), padding=5)
    assert len(add(data)) > len(data) + 100


def test_a_limit_uses_padding_up_and_then_refuses() -> None:
    data = packet(subject("Dog"), padding=120)
    free = apply(data, xmp.Packet.parse(data).change(ALL))
    assert len(free) > len(data)
    tight = add(data, limit=len(free) - 100)
    assert len(tight) == len(free) - 100
    with pytest.raises(Refusal, match="too large"):
        xmp.Packet.parse(data).change(ALL, limit=len(free) - 200)


def test_a_read_only_packet_is_grown_and_stays_read_only() -> None:
    new = add(packet(subject("Dog"), end="r"))
    assert new.endswith(b'<?xpacket end="r"?>')


def test_zeros_behind_the_packet_stay() -> None:
    assert add(packet() + b"\0" * 7).endswith(b"?>" + b"\0" * 7)


def test_special_characters_are_escaped() -> None:
    new = add(packet(), more(dc_subject=("a<b>&\"c'", "]]>", "日本 \U0001f408")))
    assert bag(new, DC)[1] == ["a<b>&\"c'", "]]>", "日本 \U0001f408"]


def test_items_with_qualifiers_are_read() -> None:
    item = (
        '<rdf:li rdf:parseType="Resource"><rdf:value>Dog</rdf:value>'
        '<x:q xmlns:x="u">1</x:q></rdf:li>'
    )
    data = packet(f"<dc:subject {DC_NS}><rdf:Bag>{item}</rdf:Bag></dc:subject>")
    assert xmp.read_items(data)["dc_subject"] == ("Dog",)
    assert xmp.read_items(add(data))["dc_subject"] == ("Dog", "Cat")


def test_a_new_packet_is_what_the_specification_says() -> None:
    new = xmp.new_packet(ALL, padded=True)
    assert new.startswith(b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>')
    assert new.endswith(b'<?xpacket end="w"?>')
    assert bag(new, LR) == ("Bag", ["Animal|Cat"])
    again = add(new, more(dc_subject=("Dog",)))
    assert len(again) == len(new)


def test_fields_of_other_programs_are_read() -> None:
    ms = 'xmlns:MicrosoftPhoto="http://ns.microsoft.com/photo/1.0{}"'
    for slash in ("", "/"):
        data = packet(
            f"<MicrosoftPhoto:LastKeywordXMP {ms.format(slash)}><rdf:Bag><rdf:li>A/B</rdf:li>"
            "</rdf:Bag></MicrosoftPhoto:LastKeywordXMP>" + tags_list("C/D")
        )
        assert xmp.read_items(data) == {"tags_list": ("C/D",), "microsoft": ("A/B",)}
    categories = (
        (
            '<Categories><Category Assigned="0">Animal<Category Assigned="1">Cat</Category>'
            "</Category>"
            '<Category Assigned="1">Sky</Category></Categories>'
        )
        .replace("<", "&lt;")
        .replace('"', "&quot;")
    )
    data = packet(
        attributes=f'xmlns:acdsee="http://ns.acdsee.com/iptc/1.0/" acdsee:categories="{categories}"'
    )
    assert xmp.read_items(data) == {"acdsee_categories": ("Animal|Cat", "Sky")}


@pytest.mark.parametrize("text", ["a\0b", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_text_that_xml_cannot_hold_is_found(text: str) -> None:
    assert xmp.check_text(text)
    assert xmp.check_text("naïve 日本") is None
