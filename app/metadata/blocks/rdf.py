"""The RDF of an XMP packet: its properties, and where in the packet they stand.

Source: XMP specification part 1 (ISO 16684-1) chapter 7 (RDF serialisation).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from app.metadata.blocks import xmltree
from app.metadata.blocks.xmltree import Element
from app.metadata.fields import RDF
from app.metadata.splice import Refusal

LI: Final = (RDF, "li")
DESCRIPTION: Final = (RDF, "Description")
CONTAINERS: Final = frozenset((RDF, kind) for kind in ("Bag", "Seq", "Alt"))
SPACE: Final = b" \t\r\n"
_MEMBER: Final = re.compile(r"li|_[0-9]+")


@dataclass(frozen=True, slots=True)
class Property:
    """Where a property stands in the packet: an element, or an attribute of a description."""

    holder: Element
    element: Element | None
    value: str = ""


class Properties:
    """The properties of a packet (see `read`).

    Attributes:
        data: the packet.
        rdf: its rdf:RDF element.
        instructions: the processing instructions (target, text, offset).
    """

    def __init__(self, data: bytes, rdf: Element, instructions: list[tuple[str, str, int]]) -> None:
        self.data = data
        self.rdf = rdf
        self.instructions = instructions

    @classmethod
    def parse(cls, data: bytes) -> Properties:
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

    def places(self, name: tuple[str, str]) -> list[Property]:
        """Where a property (namespace, local name) stands; more than once breaks the rules."""
        return self._by_name.get(loose(name), [])

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], list[Property]]:
        """Every property of the packet's descriptions."""
        found: dict[tuple[str, str], list[Property]] = {}
        for node in self.rdf.children:
            for name, value in node.attributes.items():
                found.setdefault(loose(name), []).append(Property(node, None, value))
            for child in node.children:
                found.setdefault(loose(child.name), []).append(Property(node, child))
        return found

    def line_before(self, position: int) -> bytes:
        """The line break and indentation in front of a position; empty without a line break."""
        text = self.data[max(0, position - 200) : position]
        space = text[len(text.rstrip(SPACE)) :]
        newline = max(space.rfind(b"\n"), space.rfind(b"\r"))
        if newline < 0:
            return b""
        if space[newline - 1 : newline + 1] == b"\r\n":
            newline -= 1
        return space[newline:]

    def space_start(self, position: int) -> int:
        """Where the white space in front of a position begins."""
        while position and self.data[position - 1] in SPACE:
            position -= 1
        return position


def loose(name: tuple[str, str]) -> tuple[str, str]:
    """A name for comparing: programs differ in the slash at the end of some namespaces."""
    return name[0].rstrip("/"), name[1]


def members(place: Property) -> list[Element]:
    """The members of a property's arrays, however they are numbered."""
    if place.element is None:
        return []
    return [
        member
        for container in place.element.children
        if container.name in CONTAINERS
        for member in container.children
        if member.name[0] == RDF and _MEMBER.fullmatch(member.name[1])
    ]


def texts(place: Property) -> list[str]:
    """The texts of a property: those of its array, or its one."""
    element = place.element
    if element is None:
        return [place.value]
    if not any(child.name in CONTAINERS for child in element.children):
        return [value(element)] if element.text.strip() or element.children else []
    return [value(member) for member in members(place)]


def value(element: Element) -> str:
    """An item's text; that of its rdf:value where it carries qualifiers."""
    for node in element.children:
        for child in (node, *node.children):
            if child.name == (RDF, "value"):
                return child.text
    return element.text


def structure(element: Element, namespace: str) -> dict[str, str] | None:
    """The simple members that a structure has in a namespace, by their local names.

    A structure is written as attributes, as parseType="Resource" with elements inside, or as
    a rdf:Description with either (part 1, section 7.9.2). None where a member is there twice.
    """
    nodes = [element, *(child for child in element.children if child.name == DESCRIPTION)]
    found = [
        pair
        for node in nodes
        for pair in (
            *node.attributes.items(),
            *((child.name, value(child)) for child in node.children),
        )
        if loose(pair[0])[0] == namespace.rstrip("/")
    ]
    result = {name[1]: text for name, text in found}
    return result if len(result) == len(found) else None


def prefix(element: Element, namespace: str = RDF) -> str:
    """A prefix that stands for a namespace inside an element; "" is the default one.

    Raises:
        Refusal: there is none.
    """
    found = element.prefix_for(namespace)
    if found is None:
        raise Refusal("XMP whose RDF prefix is out of scope")
    return found


def qualified(prefix: str, local: str) -> bytes:
    """A name as it is written."""
    return f"{prefix}:{local}".encode() if prefix else local.encode()
