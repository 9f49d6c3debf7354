"""Text for XML (XML 1.0, section 2.4: `&` and `<` are markup; `>` only after `]]`).

The standard library's `xml.sax.saxutils` does the same, but loads its whole network client.
"""

from __future__ import annotations

from collections.abc import Mapping


def escape(text: str, more: Mapping[str, str] | None = None) -> str:
    """Text between tags.

    Args:
        more: other characters, and what stands for them.
    """
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for character, written in (more or {}).items():
        text = text.replace(character, written)
    return text


def quoteattr(text: str) -> str:
    """The value of an attribute with its quotes; line breaks and tabs would become spaces."""
    text = escape(text, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
    if '"' not in text:
        return f'"{text}"'
    return "'" + text + "'" if "'" not in text else '"' + text.replace('"', "&quot;") + '"'
