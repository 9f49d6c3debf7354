"""Keywords taken out of XMP packets, and categories changed, to the byte."""

from __future__ import annotations

import pytest

from app.metadata import merge
from app.metadata.blocks import acdsee, xmp
from app.metadata.fields import (
    ACDSEE_CATEGORIES,
    BY_KEY,
    DC_SUBJECT,
    HIERARCHICAL,
    IPTC,
    TAGS_LIST,
    XP_KEYWORDS,
    Field,
    FieldChange,
)
from app.metadata.splice import Refusal, apply, inverse
from tests.metadata.builders import DC_NS, RDF_NS, packet, subject
from tests.metadata.packets import (
    FOREIGN,
    array,
    attribute,
    categories,
    simple,
    with_categories,
)


def change(data: bytes, changes: dict[Field, FieldChange]) -> bytes:
    """Change a packet, check what must always hold, and give the new packet."""
    parsed = xmp.Packet.parse(data)
    edits = parsed.change(changes)
    new = apply(data, edits)
    assert apply(new, inverse(data, edits)) == data
    assert xmp.read_items(new) == merge.apply(parsed.items(), changes)
    return new


def take(data: bytes, *texts: str, field: Field = DC_SUBJECT) -> bytes:
    return change(data, {field: FieldChange(remove=texts)})


@pytest.mark.parametrize("kind", ["Bag", "Seq", "Alt"])
def test_items_go_with_the_white_space_in_front_of_them(kind: str) -> None:
    data = packet(subject("Dog", "Cat", "Cow", kind=kind))
    assert take(data, "Cat") == packet(subject("Dog", "Cow", kind=kind))
    assert take(data, "Dog") == packet(subject("Cat", "Cow", kind=kind))
    assert take(data, "Cow") == packet(subject("Dog", "Cat", kind=kind))
    assert take(data, "Cow", "Dog") == packet(subject("Cat", kind=kind))


def test_items_without_white_space() -> None:
    data = packet(array("dc_subject", ["Dog", "Cat", "Cow"], space=False))
    assert take(data, "Cat") == packet(array("dc_subject", ["Dog", "Cow"], space=False))


def test_all_that_read_the_same_go() -> None:
    data = packet(subject("Cat", "Dog", "<![CDATA[Cat]]>", "C&#97;t"))
    assert take(data, "Cat") == packet(subject("Dog"))


def test_spelling_counts_here() -> None:
    data = packet(subject("cat", "Cat "))
    assert take(data, "Cat") == data


def test_comments_between_items_stay() -> None:
    inside = "<rdf:li>Dog</rdf:li> <!-- a --> <rdf:li>Cat</rdf:li><!-- b -->"
    data = packet(f"<dc:subject {DC_NS}><rdf:Bag>{inside}</rdf:Bag></dc:subject>")
    assert take(data, "Cat") == data.replace(b" <rdf:li>Cat</rdf:li>", b"")


def test_an_item_with_qualifiers_goes_whole() -> None:
    item = '<rdf:li rdf:parseType="Resource"><rdf:value>Cat</rdf:value><x xmlns="u">1</x></rdf:li>'
    data = packet(f"<dc:subject {DC_NS}><rdf:Bag><rdf:li>Dog</rdf:li>{item}</rdf:Bag></dc:subject>")
    assert take(data, "Cat") == data.replace(item.encode(), b"")


def test_a_property_that_becomes_empty_goes_whole() -> None:
    data = packet("\n   " + FOREIGN[0] + subject("Cat") + "\n   " + FOREIGN[1])
    assert take(data, "Cat") == packet("\n   " + FOREIGN[0] + "\n   " + FOREIGN[1])
    assert take(packet(subject("Cat", " ")), "Cat") == packet()


def test_an_attribute_or_a_plain_text_that_goes_whole() -> None:
    data = packet(FOREIGN[0], attributes=attribute("dc_subject", "Cat & 'Co'") + " a='b'")
    expected = packet(FOREIGN[0], attributes=f" {DC_NS} a='b'")
    assert take(data, "Cat & 'Co'") == expected
    assert take(packet(simple("dc_subject", "Cat")), "Cat") == packet()
    single = data.replace(b"\"Cat &amp; 'Co'\"", b"'Cat'")
    assert take(single, "Cat") == expected


def test_an_attribute_of_an_empty_description() -> None:
    data = (
        f'<rdf:RDF {RDF_NS}><rdf:Description rdf:about="" {DC_NS} dc:subject="Cat"/></rdf:RDF>'
    ).encode()
    assert take(data, "Cat") == data.replace(b' dc:subject="Cat"', b"")
    both = change(
        data,
        {
            DC_SUBJECT: FieldChange(remove=("Cat",)),
            TAGS_LIST: FieldChange(add=("Animal/Dog",)),
        },
    )
    assert xmp.read_items(both) == {"tags_list": ("Animal/Dog",)}


def test_what_is_not_there_changes_nothing() -> None:
    for data in (packet(), packet(subject()), packet(subject("Dog")), packet(f"<a {DC_NS}/>")):
        assert xmp.Packet.parse(data).change({DC_SUBJECT: FieldChange(remove=("Cat",))}) == []


def test_all_items_changed_for_others_keep_their_property() -> None:
    data = packet(subject("Dog", "Cow", kind="Seq"))
    changes = {DC_SUBJECT: FieldChange(add=("Cat",), remove=("Dog", "Cow"))}
    assert change(data, changes) == packet(subject("Cat", kind="Seq"))


def test_fields_that_are_no_xmp_are_passed_over() -> None:
    changes = {IPTC: FieldChange(add=("x",)), XP_KEYWORDS: FieldChange(remove=("x",))}
    assert xmp.Packet.parse(packet()).change(changes) == []


@pytest.mark.parametrize(
    "data",
    [
        packet(subject("Cat") + subject("Cow")),
        packet(
            f'<dc:subject {DC_NS} rdf:parseType="Resource"><rdf:value>Cat</rdf:value></dc:subject>'
        ),
        packet(
            f'<dc:subject {DC_NS}><rdf:Alt><rdf:li xml:lang="x-default">Cat</rdf:li></rdf:Alt>'
            "</dc:subject>"
        ),
        packet(f"<dc:subject {DC_NS}><rdf:Bag><rdf:_1>Cat</rdf:_1></rdf:Bag></dc:subject>"),
        packet(
            f"<dc:subject {DC_NS}><rdf:Bag><rdf:li>Cat</rdf:li></rdf:Bag><rdf:Bag/></dc:subject>"
        ),
    ],
)
def test_odd_forms_are_refused(data: bytes) -> None:
    assert "Cat" in xmp.read_items(data)["dc_subject"]
    with pytest.raises(Refusal):
        xmp.Packet.parse(data).change({DC_SUBJECT: FieldChange(remove=("Cat",))})


def test_one_of_several_in_an_attribute_cannot_be_changed() -> None:
    data = packet(attributes=attribute("dc_subject", "Cat"))
    with pytest.raises(Refusal, match="attribute"):
        xmp.Packet.parse(data).change({DC_SUBJECT: FieldChange(("Dog",), ("Cat",))})


def test_two_attributes_of_one_name_are_refused() -> None:
    data = packet(attributes=f'{DC_NS} xmlns:b="http://purl.org/dc/elements/1.1/" dc:subject="Cat"'
                  ' b:subject="Cat"')  # fmt: skip
    with pytest.raises(Refusal):
        xmp.Packet.parse(data).change({DC_SUBJECT: FieldChange(remove=("Cat",))})


@pytest.mark.parametrize("padding", [2000, 0])
def test_room_that_becomes_free_is_padding_again(padding: int) -> None:
    data = packet(subject("Cat", "Dog"), padding=padding)
    new = take(data, "Cat")
    assert len(new) == len(data) if padding else len(new) < len(data)
    again = change(new, {DC_SUBJECT: FieldChange(add=("Cat",))})
    assert len(again) == len(data)


def test_a_rename_in_all_fields_at_once() -> None:
    data = packet(
        subject("Cat", "Dog")
        + array("hierarchical", ["Animal|Cat", "Animal|Dog"])
        + array("tags_list", ["Animal/Cat"], "Seq")
    )
    new = change(
        data,
        {
            DC_SUBJECT: FieldChange(("Lynx",), ("Cat",)),
            HIERARCHICAL: FieldChange(("Animal|Lynx",), ("Animal|Cat",)),
            TAGS_LIST: FieldChange(("Animal/Lynx",), ("Animal/Cat",)),
        },
    )
    assert new == packet(
        subject("Dog", "Lynx")
        + array("hierarchical", ["Animal|Dog", "Animal|Lynx"])
        + array("tags_list", ["Animal/Lynx"], "Seq")
    )


TREE = {"Animal": {"+Cat": None, "+Dog": {"+Puppy": None}}, "+Sky": None, "Empty": None}


@pytest.mark.parametrize("form", ["attribute", "element"])
@pytest.mark.parametrize(
    ("add", "remove", "tree"),
    [
        (["Animal|Cow"], [], TREE | {"Animal": TREE["Animal"] | {"+Cow": None}}),
        (["Animal"], [], {"+Animal": TREE["Animal"], "+Sky": None, "Empty": None}),
        (["A & B|<C>"], [], TREE | {"A & B": {"+<C>": None}}),
        (["Empty|X"], ["Sky"], {"Animal": TREE["Animal"], "Empty": {"+X": None}}),
        ([], ["Animal|Dog"], TREE | {"Animal": {"+Cat": None, "Dog": {"+Puppy": None}}}),
        ([], ["Animal|Dog|Puppy"], TREE | {"Animal": {"+Cat": None, "+Dog": None}}),
        ([], ["Animal|Cat", "Animal|Dog", "Animal|Dog|Puppy"], {"+Sky": None, "Empty": None}),
        ([], ["Animal|Cow", "Dog"], TREE),
    ],
)
def test_categories(form: str, add: list[str], remove: list[str], tree: dict[str, object]) -> None:
    data = with_categories(categories(TREE), form, FOREIGN[0])
    new = change(data, {ACDSEE_CATEGORIES: FieldChange(tuple(add), tuple(remove))})
    assert new == with_categories(categories(tree), form, FOREIGN[0])


@pytest.mark.parametrize("form", ["attribute", "element"])
def test_the_last_category_takes_the_property_with_it(form: str) -> None:
    data = with_categories(categories({"A": {"+B": None}, "C": None}), form)
    new = take(data, "A|B", field=ACDSEE_CATEGORIES)
    assert b"ategor" not in new


@pytest.mark.parametrize("text", ["", " ", "<Categories/>", "<Categories></Categories>"])
def test_empty_categories_are_filled(text: str) -> None:
    for form in ("attribute", "element"):
        new = change(with_categories(text, form), {ACDSEE_CATEGORIES: FieldChange(("A|B",))})
        assert xmp.read_items(new)["acdsee_categories"] == ("A|B",)


def test_categories_with_a_bare_ampersand_as_digikam_writes_them() -> None:
    text = '<Categories><Category Assigned="1">Salt & Pepper</Category></Categories>'
    assert acdsee.assigned(text) == ["Salt & Pepper"]
    new = acdsee.change(text, ["A"])
    assert new == categories({"+Salt & Pepper": None, "+A": None})


@pytest.mark.parametrize(
    "text", ["Cat", "<Categories>", "<Tree/>", "<Categories><x>Cat</x></Categories>",
             "<Categories><Category/></Categories>"]
)  # fmt: skip
def test_categories_that_are_not_understood_are_refused(text: str) -> None:
    data = with_categories(text, "element")
    with pytest.raises(Refusal):
        xmp.Packet.parse(data).change({ACDSEE_CATEGORIES: FieldChange(("Cat",))})


def test_categories_in_an_odd_form_are_refused() -> None:
    whole = with_categories(categories({"+A": None}), "element")
    for data in (
        whole.replace(b"</acdsee:categories>", b"<!-- x --></acdsee:categories>"),
        whole.replace(b"<acdsee:categories", b'<acdsee:categories rdf:datatype="x"'),
    ):
        assert data != whole
        with pytest.raises(Refusal):
            xmp.Packet.parse(data).change({ACDSEE_CATEGORIES: FieldChange(("B",))})


def test_absent_categories_are_made_when_asked_for() -> None:
    new = xmp.new_packet({BY_KEY["acdsee_categories"]: FieldChange(("A|B", "A|C"))}, padded=False)
    assert xmp.read_items(new) == {"acdsee_categories": ("A|B", "A|C")}
