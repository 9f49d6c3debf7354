"""The categories of ACDSee: a fragment of XML in the text of one XMP property.

    <Categories><Category Assigned="0">Animal<Category Assigned="1">Cat</Category></Category>
    </Categories>

(without the line break). Never created where it is not there, but kept in step where it is:
digiKam and Shotwell read it along with ACDSee. digiKam finds its way by counting characters
(`DMetadata::getACDSeeTagsPath`), so that what is added is spelled exactly like this.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from app.metadata import splice
from app.metadata.blocks import xmltree
from app.metadata.blocks.escaping import escape
from app.metadata.blocks.xmltree import Element
from app.metadata.fields import ACDSEE_CATEGORIES
from app.metadata.splice import Edit, Refusal

_ASSIGNED: Final = ("", "Assigned")
_BARE: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9A-Fa-f]+);)")


def assigned(text: str) -> list[str]:
    """The paths of the categories a photo is in, as 'Animal|Cat'; none if it does not parse.

    They come sorted, each once: a tree has no other order that a change would not upset.
    """
    try:
        _, root = _parse(text)
    except Refusal:
        return []
    return sorted({path for element, path in _walk(root) if _is_assigned(element) and path})


def change(text: str, add: Iterable[str] = (), remove: Iterable[str] = ()) -> str:
    """The fragment with categories taken out and others put in; paths as `assigned` has them.

    A category that has others below it stays as their parent.

    Raises:
        Refusal: the fragment does not parse, or holds what is no category.
    """
    text = _without(text, set(remove))
    for path in add:
        text = _with(text, path)
    return text


def _without(text: str, paths: set[str]) -> str:
    data, root = _strict(text)
    edits: list[Edit] = []

    def prune(element: Element, names: list[str]) -> bool:
        """Note the edits; whether nothing of the element is to stay."""
        mark = len(edits)
        gone = [prune(child, [*names, _name(child)]) for child in element.children]
        leaving = bool(names) and _is_assigned(element) and _path(names) in paths
        touched = leaving or any(gone)
        if touched and all(gone) and (leaving or not _is_assigned(element)) and names:
            del edits[mark:]
            edits.append(Edit(element.start, element.end, b""))
            return True
        if leaving:
            at = xmltree.attribute(data, element, _ASSIGNED)
            edits.append(Edit(at.value, at.end - 1, b"0"))
        return False

    prune(root, [])
    return splice.apply(data, edits).decode()


def _with(text: str, path: str) -> str:
    data, parent = _strict(text)
    levels = list(ACDSEE_CATEGORIES.decode(path))
    while levels:
        below = next((child for child in parent.children if _name(child) == levels[0]), None)
        if below is None:
            break
        parent = below
        del levels[0]
    if not levels:
        if _is_assigned(parent):
            return text
        if _ASSIGNED not in parent.attributes:
            return splice.apply(
                data, [Edit(parent.start + 9, parent.start + 9, b' Assigned="1"')]
            ).decode()
        at = xmltree.attribute(data, parent, _ASSIGNED)
        return splice.apply(data, [Edit(at.value, at.end - 1, b"1")]).decode()
    body = ""
    for depth, level in enumerate(reversed(levels)):
        body = f'<Category Assigned="{0 if depth else 1}">{escape(level)}{body}</Category>'
    if parent.self_closing:
        end = f">{body}</{parent.raw}>".encode()
        return splice.apply(data, [Edit(parent.open_end - 2, parent.open_end, end)]).decode()
    edit = Edit(parent.close_start, parent.close_start, body.encode())
    return splice.apply(data, [edit]).decode()


def _strict(text: str) -> tuple[bytes, Element]:
    """A fragment to be edited, whose elements are all what they should be."""
    data, root = _parse(text)
    pending = list(root.children)
    if root.raw != "Categories":
        raise Refusal("ACDSee categories that are not understood")
    while pending:
        element = pending.pop()
        if element.raw != "Category" or not _name(element):
            raise Refusal("ACDSee categories that are not understood")
        pending += element.children
    return data, root


def _parse(text: str) -> tuple[bytes, Element]:
    text = text if text.strip() else "<Categories></Categories>"
    # digiKam writes '&' as it is.
    data = _BARE.sub("&amp;", text).encode("utf-8", "replace")
    return data, xmltree.parse(data).root


def _walk(root: Element) -> Iterable[tuple[Element, str]]:
    """Every category and its path, which is empty where one of its levels has no name."""
    pending = [(child, [_name(child)]) for child in root.children]
    while pending:
        element, names = pending.pop()
        yield element, _path(names)
        pending += [(child, [*names, _name(child)]) for child in element.children]


def _path(names: list[str]) -> str:
    return ACDSEE_CATEGORIES.separator.join(names) if all(names) else ""


def _name(category: Element) -> str:
    return category.texts[0].strip() if category.texts else ""


def _is_assigned(category: Element) -> bool:
    return category.attributes.get(_ASSIGNED) == "1"
