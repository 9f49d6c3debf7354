"""Edits that take keywords and records out of an XMP packet and put others in.

Every edit is a byte range of the packet: a member of an array with the white space in front of
it, a whole property, or text between what is there. Nothing else is touched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.metadata import provenance
from app.metadata.blocks import acdsee, rdf, xmltree
from app.metadata.blocks.escaping import escape, quoteattr
from app.metadata.blocks.rdf import Properties, Property
from app.metadata.blocks.xmltree import Element
from app.metadata.fields import ACDSEE_CATEGORIES, RDF, XML, Field, FieldChange
from app.metadata.provenance import Record
from app.metadata.splice import Edit, Refusal

#: What is appended to an array, as it is written inside the element that is given.
Render = Callable[[Element], list[bytes]]

_RECORDS: Final = Field(
    "records", "path", "|", namespace=provenance.NAMESPACE, prefix=provenance.PREFIX,
    local=provenance.PROPERTY,
)  # fmt: skip
#: The line ends that a parser would normalise (XML 1.0, section 2.11).
_BREAKS: Final = {"\r": "&#xD;", "\n": "&#xA;", "\t": "&#x9;"}


@dataclass(frozen=True, slots=True)
class _New:
    """A property that is to be created."""

    field: Field
    render: Callable[[Element, bytes], bytes]  # (where, line break and indentation) -> element


def edits(
    packet: Properties,
    changes: Mapping[Field, FieldChange],
    records: Sequence[Record] | None,
    limit: int | None,
) -> list[Edit]:
    """See `app.metadata.blocks.xmp.Packet.change`."""
    found: list[Edit] = []
    created: list[_New] = []
    for field, change in changes.items():
        if not field.namespace or not (change.add or change.remove):
            continue
        place = _place(packet, field)
        if field is ACDSEE_CATEGORIES:
            _change_categories(packet, place, change, found, created)
            continue
        gone = _holding(place, set(change.remove)) if place else []
        _change_array(packet, field, place, gone, _texts(change.add), found, created)
    if records is not None:
        _change_records(packet, records, found, created)
    if created:
        found.append(_create(packet, created))
    return found + _fit(packet, sum(edit.growth for edit in found), limit)


def _place(packet: Properties, field: Field) -> Property | None:
    places = packet.places(field.name)
    if len(places) > 1:
        raise Refusal(f"XMP that holds {field.prefix}:{field.local} more than once")
    return places[0] if places else None


def _holding(place: Property, texts: set[str]) -> list[Element | None]:
    """The members of a property that read so; None stands for the one text it is."""
    if place.element is None or not any(c.name in rdf.CONTAINERS for c in place.element.children):
        return [None] if texts.intersection(rdf.texts(place)) else []
    return [member for member in rdf.members(place) if rdf.value(member) in texts]


def _change_array(
    packet: Properties,
    field: Field,
    place: Property | None,
    gone: Sequence[Element | None],
    render: Render | None,
    found: list[Edit],
    created: list[_New],
) -> None:
    """Take members out of an array and put others behind those that stay."""
    if place is None:
        if render is not None:
            created.append(_New(field, _array(field, render)))
        return
    if not gone and render is None:
        return
    leaving = {id(member) for member in gone}
    stays = [m for m in rdf.members(place) if id(m) not in leaving and _counts(field, m)]
    if gone and render is None and not stays:
        found.append(_without(packet, field, place))
        return
    container = _container(field, place)
    if container is not None:
        found += [
            Edit(packet.space_start(member.start), member.end, b"")
            for member in container.children
            if id(member) in leaving
        ]
    if render is not None:
        found.append(_append(packet, field, place, container, render))


def _counts(field: Field, member: Element) -> bool:
    return field is _RECORDS or bool(rdf.value(member).strip())


def _what(field: Field) -> str:
    return f"{field.prefix}:{field.local}"


def _container(field: Field, place: Property) -> Element | None:
    """The array of a property that can be edited; None where it has none yet.

    Raises:
        Refusal: it is written in another form than the usual one.
    """
    element = place.element
    if element is None:
        raise Refusal(f"XMP with {_what(field)} as an attribute")
    if any(namespace == RDF for namespace, _ in element.attributes):
        raise Refusal(f"XMP with {_what(field)} in an unusual form")
    if not element.children:
        if element.text.strip():
            raise Refusal(f"XMP with {_what(field)} as plain text")
        return None
    container = element.children[0]
    if len(element.children) > 1 or container.name not in rdf.CONTAINERS:
        raise Refusal(f"XMP with {_what(field)} in an unusual form")
    members = container.children
    by_language = any((XML, "lang") in member.attributes for member in members)
    if container.name == (RDF, "Alt") and by_language:
        raise Refusal(f"XMP with {_what(field)} as language alternatives")
    if any(member.name != rdf.LI for member in members):
        raise Refusal(f"XMP with {_what(field)} in an unusual form")
    return container


def _without(packet: Properties, field: Field, place: Property) -> Edit:
    """The edit that takes a whole property out."""
    element = place.element
    if element is None:
        at = _attribute(packet, field, place)
        return Edit(at.start, at.end, b"")
    if element.children:
        _container(field, place)  # refuses what is not understood
    return Edit(packet.space_start(element.start), element.end, b"")


def _attribute(packet: Properties, field: Field, place: Property) -> xmltree.Attribute:
    name = next(n for n in place.holder.attributes if rdf.loose(n) == rdf.loose(field.name))
    return xmltree.attribute(packet.data, place.holder, name)


def _append(
    packet: Properties, field: Field, place: Property, container: Element | None, render: Render
) -> Edit:
    if container is None:
        element = place.element
        assert element is not None  # `_container` has made sure of that
        name = rdf.qualified(rdf.prefix(element), field.container)
        body = b"<%b>%b</%b>" % (name, b"".join(render(element)), name)
        if element.self_closing:
            return _opened(element, body)
        return Edit(element.open_end, element.open_end, body)
    members = container.children
    indent = packet.line_before(members[-1].start) if members else b""
    body = b"".join(indent + item for item in render(container))
    if container.self_closing:
        return _opened(container, body)
    position = members[-1].end if members else container.open_end
    return Edit(position, position, body)


def _texts(values: Sequence[str]) -> Render | None:
    """Members that are plain text; None without any."""

    def render(where: Element) -> list[bytes]:
        name = rdf.qualified(rdf.prefix(where), "li")
        return [b"<%b>%b</%b>" % (name, escape(value).encode(), name) for value in values]

    return render if values else None


def _structures(values: Sequence[Mapping[str, str]]) -> Render | None:
    """Members that are structures, their members written as attributes (part 1, 7.9.2.5)."""

    def render(where: Element) -> list[bytes]:
        name = rdf.qualified(rdf.prefix(where), "li").decode()
        prefix, declaration = _prefix_in(where, _RECORDS)
        return [
            f"<{name}{declaration}{_attributes(prefix, value)}/>".encode() for value in values
        ]  # fmt: skip

    return render if values else None


def _attributes(prefix: str, members: Mapping[str, str]) -> str:
    return "".join(f" {prefix}:{local}={quoteattr(text)}" for local, text in members.items())


def _change_records(
    packet: Properties, records: Sequence[Record], found: list[Edit], created: list[_New]
) -> None:
    place = _place(packet, _RECORDS)
    if not records:
        if place is not None:
            found.append(_without(packet, _RECORDS, place))
        return
    wanted = [provenance.encode(record) for record in dict.fromkeys(records)]
    gone: list[Element | None] = []
    for member in rdf.members(place) if place is not None else ():
        present = provenance.decode(rdf.structure(member, provenance.NAMESPACE) or {})
        text = provenance.encode(present) if present is not None else None
        if text in wanted:
            wanted.remove(text)
        else:
            gone.append(member)
    _change_array(packet, _RECORDS, place, gone, _structures(wanted), found, created)


def _change_categories(
    packet: Properties,
    place: Property | None,
    change: FieldChange,
    found: list[Edit],
    created: list[_New],
) -> None:
    """Change the one text that holds all categories."""
    old = "".join(rdf.texts(place)) if place is not None else ""
    present = set(acdsee.assigned(old))
    add = [path for path in change.add if path not in present - set(change.remove)]
    if not add and not present.intersection(change.remove):
        return
    new = acdsee.change(old, add, change.remove)
    if place is None:
        created.append(_New(ACDSEE_CATEGORIES, _simple(ACDSEE_CATEGORIES, new)))
    elif not acdsee.assigned(new):
        found.append(_without(packet, ACDSEE_CATEGORIES, place))
    elif place.element is None:
        at = _attribute(packet, ACDSEE_CATEGORIES, place)
        quote = packet.data[at.end - 1 : at.end].decode()
        extra = _BREAKS | {quote: "&quot;" if quote == '"' else "&apos;"}
        found.append(Edit(at.value, at.end - 1, escape(new, extra).encode()))
    else:
        element = place.element
        raw = packet.data[element.open_end : element.close_start]
        if (
            element.children
            or b"<!--" in raw
            or any(namespace == RDF for namespace, _ in element.attributes)
        ):
            raise Refusal(f"XMP with {_what(ACDSEE_CATEGORIES)} in an unusual form")
        body = escape(new, {"\r": _BREAKS["\r"]}).encode()
        if element.self_closing:
            found.append(_opened(element, body))
        else:
            found.append(Edit(element.open_end, element.close_start, body))


def _create(packet: Properties, new: Sequence[_New]) -> Edit:
    descriptions = [n for n in packet.rdf.children if n.name == rdf.DESCRIPTION]
    subjects = {
        node.attributes.get((RDF, "about"), node.attributes.get(("", "about"), ""))
        for node in descriptions
    } - {""}
    if len(subjects) > 1:
        raise Refusal("XMP about more than one thing")
    if not descriptions:
        return _describe(packet.rdf, new)
    node = descriptions[0]
    if node.children:
        indent = packet.line_before(node.children[0].start)
    else:
        indent = packet.line_before(node.start)
        indent += b" " if indent else b""
    body = b"".join(indent + each.render(node, indent) for each in new)
    if node.self_closing:
        return _opened(node, body + packet.line_before(node.start))
    return Edit(node.open_end, node.open_end, body)


def _describe(node: Element, new: Sequence[_New]) -> Edit:
    """A description for an rdf:RDF that has none."""
    prefix = rdf.prefix(node)
    if not prefix:  # attributes have no default namespace
        raise Refusal("XMP whose RDF namespace has no prefix")
    name, about = rdf.qualified(prefix, "Description"), rdf.qualified(prefix, "about")
    inner = b"".join(b"\n  " + each.render(node, b"\n  ") for each in new)
    body = b'\n <%b %b="">%b\n </%b>\n' % (name, about, inner, name)
    if node.self_closing:
        return _opened(node, body)
    return Edit(node.open_end, node.open_end, body)


def _prefix_in(where: Element, field: Field) -> tuple[str, str]:
    """A prefix for a field's namespace inside an element, and its declaration if it needs one."""
    prefix = where.prefix_for(field.namespace)
    if prefix:
        return prefix, ""
    prefix = field.prefix
    while prefix in where.scope:  # bound to something else here
        prefix += "_"
    return prefix, f' xmlns:{prefix}="{field.namespace}"'


def _array(field: Field, items: Render) -> Callable[[Element, bytes], bytes]:
    """A new property that is an array."""

    def render(where: Element, indent: bytes) -> bytes:
        prefix, declaration = _prefix_in(where, field)
        name = rdf.qualified(prefix, field.local)
        container = rdf.qualified(rdf.prefix(where), field.container)
        outer, inner = (indent + b" ", indent + b"  ") if indent else (b"", b"")
        scope = {**where.scope, prefix: field.namespace}
        inside = Element(field.name, name.decode(), 0, 0, {}, scope)
        body = b"".join(inner + item for item in items(inside))
        return b"<%b%b>%b<%b>%b%b</%b>%b</%b>" % (
            name, declaration.encode(), outer, container, body, outer, container, indent, name,
        )  # fmt: skip

    return render


def _simple(field: Field, text: str) -> Callable[[Element, bytes], bytes]:
    """A new property that is one text."""

    def render(where: Element, _indent: bytes) -> bytes:
        prefix, declaration = _prefix_in(where, field)
        name = rdf.qualified(prefix, field.local)
        return b"<%b%b>%b</%b>" % (name, declaration.encode(), escape(text).encode(), name)

    return render


def _opened(element: Element, body: bytes) -> Edit:
    """Turn a self-closing element into one with content."""
    return Edit(element.open_end - 2, element.open_end, b">%b</%b>" % (body, element.raw.encode()))


def _fit(packet: Properties, growth: int, limit: int | None) -> list[Edit]:
    """Edits that take growth out of the padding, as far as there is any, or give it back."""
    ends = [at for target, text, at in packet.instructions
            if target == "xpacket" and text.lstrip().startswith("end")]  # fmt: skip
    available, start = 0, 0
    if ends:
        start = len(packet.data[: ends[-1]].rstrip(rdf.SPACE))
        # One white-space byte stays, and the line break that usually comes first.
        start = min(start + 1, ends[-1])
        available = ends[-1] - start
    if growth < 0:
        return [Edit(start, start, b" " * -growth)] if available else []
    over = len(packet.data) + growth - limit if limit is not None else 0
    if over > available:
        raise Refusal("XMP that becomes too large for its segment")
    cut = growth if growth <= available else max(over, 0)
    return [Edit(start, start + cut, b"")] if cut > 0 else []
