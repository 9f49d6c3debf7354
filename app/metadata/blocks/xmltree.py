"""XML elements with the exact byte ranges they occupy, so that text can be put between them.

Expat does the parsing. Documents with a DOCTYPE are refused, so that there are neither
external entities nor entities that grow; so are documents in anything but UTF-8, whose byte
positions would not be those of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from app.metadata.fields import XML
from app.metadata.splice import Refusal

#: Real packets nest about ten deep; deeper is an attack on whoever walks the tree.
MAX_DEPTH: Final = 100
_ATTRIBUTE: Final = re.compile(rb"""\s+([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')""")
_TAG: Final = re.compile(rb"<(?:[^\"'<>]++|\"[^\"]*+\"|'[^']*+')*+>")


@dataclass(slots=True)
class Element:
    """One element; offsets count bytes from the start of the document.

    Attributes:
        name: (namespace URI, local name); the URI is empty where there is none.
        raw: the name as written, with its prefix.
        start, end: the range of the whole element.
        open_end: behind the start tag.
        close_start: before the end tag; equal to `open_end` and `end` if self-closing.
        attributes: values by (namespace URI, local name).
        scope: namespace URI by prefix ("" is the default namespace) inside the element.
    """

    name: tuple[str, str]
    raw: str
    start: int
    open_end: int
    attributes: dict[tuple[str, str], str]
    scope: Mapping[str, str]
    close_start: int = -1
    end: int = -1
    self_closing: bool = False
    children: list[Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The character data directly inside, without that of children."""
        return "".join(self.texts)

    def prefix_for(self, namespace: str) -> str | None:
        """A prefix that stands for a namespace here; "" is the default one, None is none."""
        found = [prefix for prefix, uri in self.scope.items() if uri == namespace]
        return max(found, key=bool) if found else None  # a real prefix before the default


@dataclass(frozen=True, slots=True)
class Attribute:
    """Where an attribute stands: `start` is that of the white space in front of it, `value` and
    `end` those of what is between the quotes and behind the second one."""

    start: int
    value: int
    end: int


@dataclass(slots=True)
class Document:
    """A parsed document: its root and its processing instructions (target, text, offset)."""

    root: Element
    instructions: list[tuple[str, str, int]]


class _Builder:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.root: Element | None = None
        self.stack: list[Element] = []
        self.instructions: list[tuple[str, str, int]] = []
        parser = expat.ParserCreate()
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.finish
        parser.CharacterDataHandler = self.characters
        parser.ProcessingInstructionHandler = self.instruction
        parser.XmlDeclHandler = self.declaration
        parser.StartDoctypeDeclHandler = self.doctype
        self.parser = parser

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "us-ascii"):
            raise Refusal(f"XMP in the encoding {encoding}")

    def doctype(self, *_: object) -> None:
        raise Refusal("XMP with a document type declaration")

    def instruction(self, target: str, text: str) -> None:
        self.instructions.append((target, text, self.parser.CurrentByteIndex))

    def start(self, raw: str, flat: list[str]) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise Refusal("XMP that nests too deep")
        begin = self.parser.CurrentByteIndex
        tag = _TAG.match(self.data, begin)
        if tag is None:
            raise Refusal("XMP that does not parse")
        pairs = list(zip(flat[::2], flat[1::2], strict=True))
        scope: Mapping[str, str] = self.stack[-1].scope if self.stack else {"xml": XML}
        own = {
            name.partition(":")[2]: uri
            for name, uri in pairs
            if name == "xmlns" or name.startswith("xmlns:")
        }
        if own:
            scope = {**scope, **own}
        element = Element(
            _expand(raw, scope, scope.get("", "")), raw, begin, tag.end(),
            {_expand(name, scope, ""): value for name, value in pairs
             if name != "xmlns" and not name.startswith("xmlns:")},
            scope,
        )  # fmt: skip
        element.self_closing = tag.group().endswith(b"/>")
        if self.stack:
            self.stack[-1].children.append(element)
        else:
            self.root = element
        self.stack.append(element)

    def finish(self, _raw: str) -> None:
        element = self.stack.pop()
        if element.self_closing:
            element.close_start = element.end = element.open_end
            return
        element.close_start = self.parser.CurrentByteIndex
        element.end = self.data.index(b">", element.close_start) + 1

    def characters(self, text: str) -> None:
        if self.stack:
            self.stack[-1].texts.append(text)


def attribute(data: bytes, element: Element, name: tuple[str, str]) -> Attribute:
    """Where an attribute of an element stands in the document.

    Raises:
        Refusal: it is not there exactly once.
    """
    begin = element.start + 1 + len(element.raw.encode())
    found = [
        Attribute(match.start(), match.start(2) + 1, match.end())
        for match in _ATTRIBUTE.finditer(data, begin, element.open_end)
        if not re.fullmatch(rb"xmlns(:.*)?", match[1])
        and _expand(match[1].decode(), element.scope, "") == name
    ]
    if len(found) != 1:
        raise Refusal("XMP with an attribute that cannot be told apart")
    return found[0]


def _expand(raw: str, scope: Mapping[str, str], default: str) -> tuple[str, str]:
    prefix, colon, local = raw.partition(":")
    if not colon:
        return default, raw
    if prefix not in scope:
        raise Refusal(f"XMP with the undeclared prefix {prefix}")
    return scope[prefix], local


def parse(data: bytes) -> Document:
    """Parse a UTF-8 document.

    Raises:
        Refusal: it is not well-formed, not UTF-8, has a DOCTYPE or nests too deep.
    """
    head = data[:4]
    if b"\0" in head or head[:2] in (b"\xfe\xff", b"\xff\xfe"):
        raise Refusal("XMP in UTF-16 or UTF-32")
    builder = _Builder(data)
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Refusal(f"XMP that is not well-formed XML ({error})") from error
    except ValueError as error:  # encodings that expat knows but Python's glue does not
        raise Refusal(f"XMP that does not parse ({error})") from error
    if builder.root is None:
        raise Refusal("XMP without content")
    return Document(builder.root, builder.instructions)
