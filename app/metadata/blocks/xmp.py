"""XMP packets: what their keyword fields and records hold, and changes that touch nothing else.

What is not a keyword is never re-serialised: changes are byte ranges between what is there
(`app.metadata.blocks.xmp_edit`), so that every other program's properties survive to the byte.

Source: XMP specification part 1 (ISO 16684-1) chapter 7 (RDF serialisation, packet wrapper)
and part 3 section 1.1.3 (JPEG).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from app.metadata import provenance, splice
from app.metadata.blocks import acdsee, rdf, xmp_edit
from app.metadata.blocks.rdf import Properties
from app.metadata.fields import ACDSEE_CATEGORIES, IN_XMP, RDF, Field, FieldChange
from app.metadata.provenance import Record
from app.metadata.splice import Edit, Refusal

#: The most bytes of XMP in a JPEG segment (part 3, section 1.1.3.1).
MAX_IN_JPEG: Final = 65_502
_RECORDS: Final = (provenance.NAMESPACE, provenance.PROPERTY)
#: Whitespace that a new packet gets so that others can edit it in place (part 1, 7.3.3).
_PADDING: Final = (b" " * 100 + b"\n") * 20


def read_items(data: bytes) -> dict[str, tuple[str, ...]]:
    """The keywords of every known field in a packet, UTF-8 or UTF-16; absent fields are left out.

    Raises:
        Refusal: the packet cannot be read.
    """
    return Packet.parse(as_utf8(data)).items()


def read_records(data: bytes) -> tuple[Record, ...]:
    """The records of this program in a packet, UTF-8 or UTF-16.

    Raises:
        Refusal: the packet cannot be read.
    """
    return Packet.parse(as_utf8(data)).records()


def as_utf8(data: bytes) -> bytes:
    """A packet turned into UTF-8 for reading; unchanged if it is not UTF-16 or UTF-32.

    Raises:
        Refusal: its text does not decode.
    """
    for bom, start, encoding in (
        (b"\xff\xfe\0\0", b"<\0\0\0", "utf-32-le"), (b"\0\0\xfe\xff", b"\0\0\0<", "utf-32-be"),
        (b"\xff\xfe", b"<\0", "utf-16-le"), (b"\xfe\xff", b"\0<", "utf-16-be"),
    ):  # fmt: skip
        if data.startswith((bom, start)):
            try:
                text = data[: len(data) - len(data) % len(start)].decode(encoding)
            except UnicodeDecodeError as error:
                raise Refusal(f"XMP that does not decode as {encoding}") from error
            text = re.sub(r"""(<\?xml[^>]*?)\s+encoding=("[^"]*"|'[^']*')""", r"\1", text, count=1)
            return text.lstrip("\ufeff").encode("utf-8", "replace")
    return data


class Packet:
    """A parsed packet, ready to be read and changed."""

    def __init__(self, properties: Properties) -> None:
        self._properties = properties

    @classmethod
    def parse(cls, data: bytes) -> Packet:
        """Parse a UTF-8 packet, with or without its wrapper.

        Raises:
            Refusal: not well-formed, not UTF-8, or without exactly one rdf:RDF.
        """
        return cls(Properties.parse(data))

    @property
    def data(self) -> bytes:
        """The packet as it was parsed."""
        return self._properties.data

    def items(self) -> dict[str, tuple[str, ...]]:
        """The keywords of every known field as they are written, in their order.

        A field that is there and empty has an empty tuple; one that is absent has none.
        """
        found: dict[str, tuple[str, ...]] = {}
        for field in IN_XMP:
            places = self._properties.places(field.name)
            if places:
                texts = [text for place in places for text in rdf.texts(place)]
                if field is ACDSEE_CATEGORIES:
                    texts = [path for text in texts for path in acdsee.assigned(text)]
                found[field.key] = tuple(text for text in texts if text.strip())
        return found

    def records(self) -> tuple[Record, ...]:
        """What this program has noted about its tags; what cannot be understood is left out."""
        structures = (
            rdf.structure(member, provenance.NAMESPACE)
            for place in self._properties.places(_RECORDS)
            for member in rdf.members(place)
        )
        found = (provenance.decode(each) for each in structures if each is not None)
        return tuple(record for record in found if record is not None)

    def property_text(self, namespace: str, local: str) -> str | None:
        """The text of a simple property, or None where it is absent."""
        for place in self._properties.places((namespace, local)):
            return place.element.text if place.element is not None else place.value
        return None

    def change(
        self,
        changes: Mapping[Field, FieldChange],
        records: Sequence[Record] | None = None,
        limit: int | None = None,
    ) -> list[Edit]:
        """The edits that take keywords out of fields and append others.

        Fields that are absent are created, those that would end up empty are taken out whole;
        what is to be taken out and is not there changes nothing. Fields that are no XMP are
        passed over. Where the packet has padding, it keeps its length as far as that goes.

        Args:
            changes: the texts as the fields spell them, see `app.metadata.merge.changes`.
            records: what the packet shall say of this program's tags (those that it says
                already keep their bytes and come first); None leaves that as it is.
            limit: how long the packet may become, in bytes.

        Raises:
            Refusal: a field is written in a form that cannot be edited, or the packet would
                become longer than `limit`.
            ValueError: a record breaks the bounds of `app.metadata.provenance`.
        """
        return xmp_edit.edits(self._properties, changes, records, limit)


def new_packet(
    changes: Mapping[Field, FieldChange], records: Sequence[Record] = (), *, padded: bool
) -> bytes:
    """A fresh packet; padded for a photo, bare as sidecars are written."""
    body = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Tagwright">\n'
        b' <rdf:RDF xmlns:rdf="%b">\n  <rdf:Description rdf:about=""/>\n'
        b" </rdf:RDF>\n</x:xmpmeta>\n" % RDF.encode()
    )
    if padded:
        body = (
            b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
            + body + b'<?xpacket end="w"?>'
        )  # fmt: skip
    else:
        body = b'<?xml version="1.0" encoding="UTF-8"?>\n' + body
    body = splice.apply(body, Packet.parse(body).change(changes, records))
    return body.replace(b"<?xpacket end", _PADDING + b"<?xpacket end") if padded else body


def check_text(text: str) -> str | None:
    """Why a text cannot stand in XML 1.0 (its section 2.2), or None if it can."""
    for character in text:
        code = ord(character)
        if code < 0x20 or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF):
            return f"U+{code:04X} cannot be stored"
    return None
