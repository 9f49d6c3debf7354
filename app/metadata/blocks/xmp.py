"""Reading keywords from an XMP packet, and adding some without re-serialising it.

What is not a keyword is never touched: additions are byte ranges put between what is there,
so that every other program's properties survive to the byte.

Source: XMP specification part 1 (ISO 16684-1) chapter 7 (RDF serialisation, packet wrapper)
and part 3 section 1.1.3 (JPEG).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from xml.sax.saxutils import escape

from app.metadata.blocks import acdsee, xmltree
from app.metadata.blocks.xmltree import Element
from app.metadata.fields import ACDSEE_CATEGORIES, IN_XMP, RDF, XML, Field
from app.metadata.splice import Edit, Refusal

#: The most bytes of XMP in a JPEG segment (part 3, section 1.1.3.1).
MAX_IN_JPEG: Final = 65_502
_CONTAINERS: Final = frozenset((RDF, kind) for kind in ("Bag", "Seq", "Alt"))
_LI: Final = (RDF, "li")
_MEMBER: Final = re.compile(r"li|_[0-9]+")
_SPACE: Final = b" \t\r\n"
#: Whitespace that a new packet gets so that others can edit it in place (part 1, 7.3.3).
_PADDING: Final = (b" " * 100 + b"\n") * 20


def read_items(data: bytes) -> dict[str, tuple[str, ...]]:
    """The keywords of every known field in a packet, UTF-8 or UTF-16; absent fields are left out.

    Raises:
        Refusal: the packet cannot be read.
    """
    return Packet.parse(as_utf8(data)).items()


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


@dataclass(frozen=True, slots=True)
class _Property:
    """Where a field stands in the packet: an element, or an attribute of a description."""

    holder: Element
    element: Element | None
    value: str = ""


class Packet:
    """A parsed packet, ready to be read and added to."""

    def __init__(self, data: bytes, rdf: Element, instructions: list[tuple[str, str, int]]) -> None:
        self.data = data
        self._rdf = rdf
        self._instructions = instructions

    @classmethod
    def parse(cls, data: bytes) -> Packet:
        """Parse a UTF-8 packet, with or without its wrapper.

        Raises:
            Refusal: not well-formed, not UTF-8, or without exactly one rdf:RDF.
        """
        document = xmltree.parse(data.rstrip(b"\0"))
        found = [
            element
            for element in (document.root, *document.root.children)
            if element.name == (RDF, "RDF")
        ]
        if len(found) != 1:
            raise Refusal("XMP without exactly one rdf:RDF")
        return cls(data, found[0], document.instructions)

    def items(self) -> dict[str, tuple[str, ...]]:
        """The keywords of every known field as they are written, in their order.

        A field that is there and empty has an empty tuple; one that is absent has none.
        """
        found: dict[str, tuple[str, ...]] = {}
        for field in IN_XMP:
            places = self._find(field)
            if places:
                texts = [text for place in places for text in _texts(place)]
                if field is ACDSEE_CATEGORIES:
                    texts = [path for text in texts for path in acdsee.assigned(text)]
                found[field.key] = tuple(text for text in texts if text.strip())
        return found

    def property_text(self, namespace: str, local: str) -> str | None:
        """The text of a simple property, or None where it is absent."""
        for place in self._places((namespace, local)):
            return place.element.text if place.element is not None else place.value
        return None

    def add(self, additions: Mapping[Field, Sequence[str]], limit: int | None = None) -> list[Edit]:
        """The edits that append keywords to fields, creating fields that are absent.

        Where the packet has padding enough, it keeps its length; else it grows. At most
        `limit` bytes long if given.

        Raises:
            Refusal: a field is written in a form that cannot be added to, or the packet
                would become longer than `limit`.
        """
        edits: list[Edit] = []
        created: list[tuple[Field, Sequence[str]]] = []
        for field, values in additions.items():
            if not values:
                continue
            places = self._find(field)
            if len(places) > 1:
                raise Refusal(f"XMP that holds {field.prefix}:{field.local} more than once")
            if places:
                edits.append(self._append(field, places[0], values))
            else:
                created.append((field, values))
        if created:
            edits.append(self._create(created))
        return edits + self._fit(sum(edit.growth for edit in edits), limit)

    def _find(self, field: Field) -> list[_Property]:
        return self._places(field.name)

    def _places(self, name: tuple[str, str]) -> list[_Property]:
        return self._properties.get(_loose(name), [])

    @cached_property
    def _properties(self) -> dict[tuple[str, str], list[_Property]]:
        """Every property of the packet's descriptions."""
        found: dict[tuple[str, str], list[_Property]] = {}
        for node in self._rdf.children:
            for name, value in node.attributes.items():
                found.setdefault(_loose(name), []).append(_Property(node, None, value))
            for child in node.children:
                found.setdefault(_loose(child.name), []).append(_Property(node, child))
        return found

    def _append(self, field: Field, place: _Property, values: Sequence[str]) -> Edit:
        element = place.element
        what = f"{field.prefix}:{field.local}"
        if element is None:
            raise Refusal(f"XMP with {what} as an attribute")
        if any(namespace == RDF for namespace, _ in element.attributes):
            raise Refusal(f"XMP with {what} in an unusual form")
        if not element.children:
            if element.text.strip():
                raise Refusal(f"XMP with {what} as plain text")
            body = _container(field, _prefix(element, RDF), values, "", "")
            if element.self_closing:
                return _opened(element, body)
            return Edit(element.open_end, element.open_end, body)
        container = element.children[0]
        if len(element.children) > 1 or container.name not in _CONTAINERS:
            raise Refusal(f"XMP with {what} in an unusual form")
        members = container.children
        by_language = any((XML, "lang") in member.attributes for member in members)
        if container.name == (RDF, "Alt") and by_language:
            raise Refusal(f"XMP with {what} as language alternatives")
        if any(member.name != _LI for member in members):
            raise Refusal(f"XMP with {what} in an unusual form")
        indent = self._space_before(members[-1].start) if members else b""
        body = b"".join(indent + item for item in _members(_prefix(container, RDF), values))
        if container.self_closing:
            return _opened(container, body)
        position = members[-1].end if members else container.open_end
        return Edit(position, position, body)

    def _create(self, fields: Sequence[tuple[Field, Sequence[str]]]) -> Edit:
        descriptions = [n for n in self._rdf.children if n.name == (RDF, "Description")]
        subjects = {
            node.attributes.get((RDF, "about"), node.attributes.get(("", "about"), ""))
            for node in descriptions
        } - {""}
        if len(subjects) > 1:
            raise Refusal("XMP about more than one thing")
        if not descriptions:
            return self._describe(fields)
        node = descriptions[0]
        if node.children:
            indent = self._space_before(node.children[0].start)
        else:
            indent = self._space_before(node.start)
            indent += b" " if indent else b""
        body = b"".join(indent + _element(field, node, values, indent) for field, values in fields)
        if node.self_closing:
            return _opened(node, body + self._space_before(node.start))
        return Edit(node.open_end, node.open_end, body)

    def _describe(self, fields: Sequence[tuple[Field, Sequence[str]]]) -> Edit:
        """A description for an rdf:RDF that has none."""
        rdf = self._rdf
        name = _qualified(_prefix(rdf, RDF), "Description")
        about = _qualified(_attribute_prefix(rdf, RDF), "about")
        inner = b"".join(
            b"\n  " + _element(field, rdf, values, b"\n  ") for field, values in fields
        )
        body = b'\n <%b %b="">%b\n </%b>\n' % (name, about, inner, name)
        if rdf.self_closing:
            return _opened(rdf, body)
        return Edit(rdf.open_end, rdf.open_end, body)

    def _space_before(self, position: int) -> bytes:
        """The line break and indentation in front of a position; empty without a line break."""
        text = self.data[max(0, position - 200) : position]
        space = text[len(text.rstrip(_SPACE)) :]
        newline = max(space.rfind(b"\n"), space.rfind(b"\r"))
        if newline < 0:
            return b""
        if space[newline - 1 : newline + 1] == b"\r\n":
            newline -= 1
        return space[newline:]

    def _fit(self, growth: int, limit: int | None) -> list[Edit]:
        """Edits that take growth out of the padding, as far as there is any."""
        ends = [at for target, text, at in self._instructions
                if target == "xpacket" and text.lstrip().startswith("end")]  # fmt: skip
        available, start = 0, 0
        if ends:
            start = len(self.data[: ends[-1]].rstrip(_SPACE))
            # One white-space byte stays, and the line break that usually comes first.
            start = min(start + 1, ends[-1])
            available = ends[-1] - start
        over = len(self.data) + growth - limit if limit is not None else 0
        if over > available:
            raise Refusal("XMP that becomes too large for its segment")
        cut = growth if growth <= available else max(over, 0)
        return [Edit(start, start + cut, b"")] if cut > 0 else []


def new_packet(additions: Mapping[Field, Sequence[str]], *, padded: bool) -> bytes:
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
    edits = Packet.parse(body).add(additions)
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        body = body[: edit.start] + edit.replacement + body[edit.end :]
    return body.replace(b"<?xpacket end", _PADDING + b"<?xpacket end") if padded else body


def check_text(text: str) -> str | None:
    """Why a text cannot stand in XML 1.0 (its section 2.2), or None if it can."""
    for character in text:
        code = ord(character)
        if code < 0x20 or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF):
            return f"U+{code:04X} cannot be stored"
    return None


def _loose(name: tuple[str, str]) -> tuple[str, str]:
    """A name for comparing: programs differ in the slash at the end of some namespaces."""
    return name[0].rstrip("/"), name[1]


def _texts(place: _Property) -> list[str]:
    element = place.element
    if element is None:
        return [place.value]
    containers = [child for child in element.children if child.name in _CONTAINERS]
    if not containers:
        return [_value(element)] if element.text.strip() or element.children else []
    return [
        _value(member)
        for container in containers
        for member in container.children
        if member.name[0] == RDF and _MEMBER.fullmatch(member.name[1])
    ]


def _value(element: Element) -> str:
    """An item's text; that of its rdf:value where it carries qualifiers."""
    for node in element.children:
        for child in (node, *node.children):
            if child.name == (RDF, "value"):
                return child.text
    return element.text


def _prefix(element: Element, namespace: str) -> str:
    found = element.prefix_for(namespace)
    if found is None:
        raise Refusal("XMP whose RDF prefix is out of scope")
    return found


def _attribute_prefix(element: Element, namespace: str) -> str:
    found = _prefix(element, namespace)
    if not found:  # attributes have no default namespace
        raise Refusal("XMP whose RDF namespace has no prefix")
    return found


def _qualified(prefix: str, local: str) -> bytes:
    return f"{prefix}:{local}".encode() if prefix else local.encode()


def _members(prefix: str, values: Sequence[str]) -> list[bytes]:
    name = _qualified(prefix, "li")
    return [b"<%b>%b</%b>" % (name, escape(value).encode(), name) for value in values]


def _container(field: Field, rdf: str, values: Sequence[str], outer: str, inner: str) -> bytes:
    name = _qualified(rdf, field.container)
    items = b"".join(inner.encode() + item for item in _members(rdf, values))
    return b"%b<%b>%b%b</%b>" % (outer.encode(), name, items, outer.encode(), name)


def _element(field: Field, where: Element, values: Sequence[str], indent: bytes) -> bytes:
    """A new property element for a place inside `where`."""
    prefix, declaration = where.prefix_for(field.namespace), b""
    if not prefix:
        prefix = field.prefix
        while prefix in where.scope:  # bound to something else here
            prefix += "_"
        declaration = f' xmlns:{prefix}="{field.namespace}"'.encode()
    name = _qualified(prefix, field.local)
    outer = (indent + b" ").decode() if indent else ""
    inner = (indent + b"  ").decode() if indent else ""
    body = _container(field, _prefix(where, RDF), values, outer, inner)
    return b"<%b%b>%b%b</%b>" % (name, declaration, body, indent, name)


def _opened(element: Element, body: bytes) -> Edit:
    """Turn a self-closing element into one with content."""
    return Edit(element.open_end - 2, element.open_end, b">%b</%b>" % (body, element.raw.encode()))
