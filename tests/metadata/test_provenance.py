"""Records of what this program wrote: their bounds, their forms, and who else rewrites them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.change import Origin
from app.core.tag import Tag
from app.metadata import provenance
from app.metadata.blocks import xmp
from app.metadata.fields import DC_SUBJECT, FieldChange
from app.metadata.provenance import Record
from app.metadata.splice import Refusal, apply, inverse
from tests.metadata.builders import packet, save, subject, with_segments, xmp_segment
from tests.metadata.judge import ExifTool
from tests.metadata.packets import FOREIGN, OWN_NS

CAT = Record(Tag(("Animal", "Cat")), Origin(False, 0.912, "lite2", "20261123-101502-7f3a"))
SKY = Record(Tag(("Sky",)), Origin(True))
ODD = Record(Tag(("A<\"'&> 日本", "AC/DC \\ x")), Origin(True, 1.0, "a & b", "'r\""))


def bag(*members: str, kind: str = "Bag") -> str:
    inside = "".join(f"\n     {member}" for member in members)
    return (
        f"\n   <tagwright:Tags {OWN_NS}>\n    <rdf:{kind}>{inside}\n    </rdf:{kind}>"
        "\n   </tagwright:Tags>"
    )


AS_ATTRIBUTES = (
    '<rdf:li tagwright:Tag="Animal|Cat" tagwright:Score="0.912" tagwright:Model="lite2"'
    ' tagwright:Run="20261123-101502-7f3a" tagwright:State="suggested"/>'
)
AS_SKY = '<rdf:li tagwright:Tag="Sky" tagwright:State="confirmed"/>'
_INSIDE = (
    "<tagwright:Tag>Animal|Cat</tagwright:Tag><tagwright:Score>0.912</tagwright:Score>"
    "<tagwright:Model>lite2</tagwright:Model><tagwright:Run>20261123-101502-7f3a</tagwright:Run>"
    "<tagwright:State>suggested</tagwright:State>"
)
FORMS = {
    "attributes": AS_ATTRIBUTES,
    "resource": f"<rdf:li rdf:parseType='Resource'>\n {_INSIDE}\n</rdf:li>",
    "description": f"<rdf:li><rdf:Description>{_INSIDE}</rdf:Description></rdf:li>",
    "description with attributes": AS_ATTRIBUTES.replace("<rdf:li", "<rdf:li><rdf:Description")
    + "</rdf:li>",
    "both": '<rdf:li><rdf:Description tagwright:Tag="Animal|Cat">'
    + _INSIDE.replace("<tagwright:Tag>Animal|Cat</tagwright:Tag>", "")
    + "</rdf:Description></rdf:li>",
    "later version": AS_ATTRIBUTES.replace("/>", ' tagwright:More="x" rdf:ID="y"/>'),
}


def say(data: bytes, *records: Record, limit: int | None = None) -> bytes:
    """Let a packet say something else, and check what must always hold."""
    edits = xmp.Packet.parse(data).change({}, records, limit)
    new = apply(data, edits)
    assert apply(new, inverse(data, edits)) == data
    assert set(xmp.read_records(new)) == {provenance.as_stored(record) for record in records}
    assert xmp.read_items(new) == xmp.read_items(data)
    return new


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["Bag", "Seq", "Alt"])
def test_every_form_of_a_structure_is_read(form: str, kind: str) -> None:
    data = packet(bag(FORMS[form], AS_SKY, kind=kind))
    assert xmp.read_records(data) == (CAT, SKY)


def test_other_prefixes_and_encodings_are_read() -> None:
    data = packet(bag(AS_ATTRIBUTES)).replace(b"tagwright:", b"t:").replace(b"xmlns:tagwright",
                                                                           b"xmlns:t")  # fmt: skip
    assert xmp.read_records(data) == (CAT,)
    wide = data.decode().replace("\ufeff", "").encode("utf-16")
    assert xmp.read_records(wide) == (CAT,)


def test_they_are_written_as_attributes() -> None:
    other = "\n   " + FOREIGN[0]
    assert say(packet(other), CAT, SKY) == packet(bag(AS_ATTRIBUTES, AS_SKY) + other)
    assert say(packet(bag(AS_SKY)), SKY, CAT) == packet(bag(AS_SKY, AS_ATTRIBUTES))


@pytest.mark.parametrize("form", FORMS)
def test_unchanged_ones_keep_their_bytes(form: str) -> None:
    data = packet(bag(AS_SKY, FORMS[form]))
    assert say(data, CAT, SKY) == data
    assert say(data, CAT) == packet(bag(FORMS[form]))
    new = say(data, CAT, SKY, ODD)
    assert new.startswith(data[: data.index(b"\n    </rdf:Bag>")])


def test_a_suggestion_becomes_confirmed() -> None:
    yes = Record(CAT.tag, Origin(True, 0.912, "lite2", CAT.origin.run))
    new = say(packet(bag(AS_ATTRIBUTES, AS_SKY)), yes, SKY)
    assert new == packet(bag(AS_SKY, AS_ATTRIBUTES.replace("suggested", "confirmed")))


def test_another_spelling_is_another_record() -> None:
    other = Record(Tag(("animal", "cat")), CAT.origin)
    new = say(packet(bag(AS_ATTRIBUTES)), other)
    assert new == packet(bag(AS_ATTRIBUTES.replace("Animal|Cat", "animal|cat")))


def test_nothing_to_say_takes_the_property_out() -> None:
    data = packet(subject("Dog") + bag(AS_ATTRIBUTES) + FOREIGN[0])
    assert say(data) == packet(subject("Dog") + FOREIGN[0])
    assert say(packet(bag())) == packet()
    assert xmp.Packet.parse(packet()).change({}, ()) == []
    assert xmp.Packet.parse(data).change({}, None) == []


def test_members_that_are_not_understood_go_when_it_is_written_anew() -> None:
    data = packet(bag("<rdf:li>x</rdf:li>", AS_SKY))
    assert xmp.read_records(data) == (SKY,)
    assert say(data, SKY, CAT) == packet(bag(AS_SKY, AS_ATTRIBUTES))


def test_odd_forms_of_the_property() -> None:
    for data in (
        packet(attributes=f'{OWN_NS} tagwright:Tags="Sky"'),
        packet(f"<tagwright:Tags {OWN_NS}>Sky</tagwright:Tags>"),
        packet(bag(AS_SKY) + bag(AS_SKY)),
    ):
        assert not set(xmp.read_records(data)) - {SKY}
        with pytest.raises(Refusal):
            xmp.Packet.parse(data).change({}, [CAT])


def test_a_limit_counts_for_records_too() -> None:
    with pytest.raises(Refusal, match="too large"):
        xmp.Packet.parse(packet()).change({}, [CAT], 400)


def test_our_prefix_may_mean_something_else() -> None:
    data = packet(attributes='xmlns:tagwright="urn:x" tagwright:Tags="y"')
    new = say(data, CAT)
    assert b'xmlns:tagwright_="http://ns.tagwright.org/1.0/"' in new
    assert say(new, CAT, ODD).startswith(b"<?xpacket")


def test_a_default_namespace_is_no_prefix_for_attributes() -> None:
    inner = bag(AS_SKY).replace("<tagwright:Tags xmlns:tagwright=", "<Tags xmlns=")
    inner = inner.replace("</tagwright:Tags", "</Tags").replace("<rdf:li", f"<rdf:li {OWN_NS}")
    data = packet(inner)
    assert xmp.read_records(data) == (SKY,)
    say(data, SKY, CAT)


def test_keywords_and_records_change_together() -> None:
    data = packet(subject("Cat") + bag(AS_ATTRIBUTES))
    edits = xmp.Packet.parse(data).change({DC_SUBJECT: FieldChange(("Sky",), ("Cat",))}, [SKY])
    assert apply(data, edits) == packet(subject("Sky") + bag(AS_SKY))


GOOD = {"Tag": "Animal|Cat", "Score": "0.912", "Model": "m", "Run": "r", "State": "suggested"}


@pytest.mark.parametrize(
    "change",
    [
        {"Tag": ""}, {"Tag": "a||b"}, {"Tag": "a;b"}, {"Tag": "x" * 2001}, {"Tag": "a|\x00"},
        {"Tag": "\uffff"},
        {"Score": "1.001"}, {"Score": "-0.1"}, {"Score": "nan"}, {"Score": "1e-3"}, {"Score": ""},
        {"Score": "٠.٥"}, {"Model": "x" * 201}, {"Model": "a\tb"}, {"Run": "x" * 201},
        {"Run": "\u202e"}, {"State": ""}, {"State": "Confirmed"},
    ],
)  # fmt: skip
def test_what_breaks_a_bound_is_no_record(change: dict[str, str]) -> None:
    assert provenance.decode(GOOD) is not None
    assert provenance.decode(GOOD | change) is None


def test_a_member_that_is_there_twice_is_not_understood() -> None:
    data = packet(bag(AS_SKY.replace("/>", "><tagwright:Tag>Sea</tagwright:Tag></rdf:li>")))
    assert xmp.read_records(data) == ()


@pytest.mark.parametrize(
    "origin",
    [Origin(True, 1.2), Origin(True, model="\n"), Origin(True, run="x" * 300),
     Origin(True, float("nan"))],
)  # fmt: skip
def test_what_could_not_be_read_back_is_not_written(origin: Origin) -> None:
    with pytest.raises(ValueError, match="cannot be stored"):
        provenance.encode(Record(SKY.tag, origin))


@given(
    st.floats(0, 1) | st.none(),
    st.booleans(),
    st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=20),
    st.text(st.characters(categories=["L", "N", "P", "S"], exclude_characters="|;"), min_size=1),
)
def test_what_is_written_is_read(
    score: float | None, confirmed: bool, model: str, name: str
) -> None:
    record = Record(Tag((name, "x")), Origin(confirmed, score, model, model[::-1]))
    found = xmp.read_records(xmp.new_packet({}, [record], padded=True))
    assert found == (provenance.as_stored(record),)
    assert found[0].tag.path == record.tag.path
    assert found[0].origin.score is None or abs(found[0].origin.score - (score or 0)) <= 0.00051


def rewritten(folder: Path, program: str) -> bytes:
    """The packet of a photo after another program has written a title into it."""
    data = xmp.new_packet({DC_SUBJECT: FieldChange(("Cat",))}, [CAT, SKY, ODD], padded=True)
    path = save(folder, with_segments(xmp_segment(data)), f"{program}.jpg")
    command = {
        "exiftool": ["exiftool", "-q", "-overwrite_original", "-XMP-dc:Title=x"],
        "exiv2": ["exiv2", "-Mset Xmp.dc.title x"],
    }[program]
    subprocess.run([*command, str(path)], check=True, capture_output=True)
    new = path.read_bytes()
    start = new.index(b"http://ns.adobe.com/xap/1.0/\0") + 29
    result = new[start : new.index(b"<?xpacket end", start) + 19]
    assert b"dc:title" in result
    assert b"Tagwright" not in result  # so that it has really been written by the other one
    return result


@pytest.mark.parametrize("program", ["exiftool", "exiv2"])
def test_records_survive_other_programs(program: str, tmp_path: Path, exiftool: ExifTool) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    data = rewritten(tmp_path, program)
    assert xmp.read_records(data) == (CAT, SKY, ODD)
    say(data, CAT, ODD)
    say(data, Record(SKY.tag, Origin(False, 0.5, "m", "r")), CAT)
