"""XMP packets with every keyword field, in the forms that programs write them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from app.metadata.fields import ACDSEE_CATEGORIES, BY_KEY
from app.metadata.provenance import NAMESPACE
from tests.metadata.builders import packet

#: What no change may touch.
FOREIGN = (
    "<q:foreign xmlns:q='urn:q>'><![CDATA[</rdf:Description>]]></q:foreign>",
    "<!-- <dc:subject/> -->",
    "<crs:History xmlns:crs='urn:crs/'><rdf:Seq><rdf:li xml:lang='de'>Cat</rdf:li></rdf:Seq>"
    "</crs:History>",
)
OWN_NS = f'xmlns:tagwright="{NAMESPACE}"'


def categories(tree: Mapping[str, object]) -> str:
    """A fragment of ACDSee categories: a name to its children; '+' in front means assigned."""

    def inside(level: Mapping[str, object]) -> str:
        return "".join(
            f'<Category Assigned="{int(name.startswith("+"))}">{escape(name.removeprefix("+"))}'
            f"{inside(below) if isinstance(below, dict) else ''}</Category>"
            for name, below in level.items()
        )

    return f"<Categories>{inside(tree)}</Categories>"


def array(key: str, texts: Sequence[str], kind: str = "Bag", space: bool = True) -> str:
    """A keyword field as an array."""
    field = BY_KEY[key]
    name = f"{field.prefix}:{field.local}"
    outer, inner, end = ("\n    ", "\n     ", "\n   ") if space else ("", "", "")
    items = "".join(f"{inner}<rdf:li>{escape(text)}</rdf:li>" for text in texts)
    return (
        f'<{name} xmlns:{field.prefix}="{field.namespace}">{outer}<rdf:{kind}>{items}'
        f"{outer}</rdf:{kind}>{end}</{name}>"
    )


def simple(key: str, text: str) -> str:
    """A field as one text."""
    field = BY_KEY[key]
    name = f"{field.prefix}:{field.local}"
    return f'<{name} xmlns:{field.prefix}="{field.namespace}">{escape(text)}</{name}>'


def attribute(key: str, text: str) -> str:
    """A field as an attribute of the description, in front of which stands a space."""
    field = BY_KEY[key]
    namespace = f'xmlns:{field.prefix}="{field.namespace}"'
    return f" {namespace}\n    {field.prefix}:{field.local}={quoteattr(text)}"


def with_categories(text: str, form: str, extra: str = "") -> bytes:
    """A packet with ACDSee categories, as an 'element' or an 'attribute'."""
    key = ACDSEE_CATEGORIES.key
    if form == "attribute":
        return packet(extra, attributes=attribute(key, text))
    return packet(simple(key, text) + extra)
