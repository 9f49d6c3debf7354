"""The categories of ACDSee: a fragment of XML in the text of one XMP property.

Read only, so that tags that other programs show from there do not vanish behind a field
that this program creates.
"""

from __future__ import annotations

from app.metadata.blocks import xmltree
from app.metadata.blocks.xmltree import Element
from app.metadata.fields import ACDSEE_CATEGORIES
from app.metadata.splice import Refusal


def assigned(text: str) -> list[str]:
    """The paths of the categories a photo is in, as 'Animal|Cat'; none if it does not parse.

    A category whose sub-category is assigned as well is only there as its parent.
    """
    try:
        root = xmltree.parse(text.encode("utf-8", "replace")).root
    except Refusal:
        return []
    paths: list[str] = []
    pending: list[tuple[Element, tuple[str, ...]]] = [
        (child, ()) for child in reversed(root.children)
    ]
    while pending:
        category, parents = pending.pop()
        path = (*parents, category.texts[0].strip() if category.texts else "")
        below = [c for c in category.children if c.attributes.get(("", "Assigned")) == "1"]
        if category.attributes.get(("", "Assigned")) == "1" and not below and all(path):
            paths.append(ACDSEE_CATEGORIES.separator.join(path))
        pending += [(child, path) for child in reversed(category.children)]
    return paths
