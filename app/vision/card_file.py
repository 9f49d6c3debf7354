"""Writing model cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml


class _Dumper(yaml.SafeDumper):
    """Writes lists of plain values in one line, everything else in blocks."""

    def represent_sequence(
        self, tag: str, sequence: Iterable[Any], flow_style: bool | None = None
    ) -> yaml.SequenceNode:
        items = list(sequence)
        plain = not any(isinstance(item, (dict, list)) for item in items)
        return super().represent_sequence(tag, items, flow_style=plain)


def write_card(path: Path, content: Mapping[str, Any], comment: str) -> None:
    """Write a card; keys keep their order, the same content gives the same bytes.

    Args:
        content: what `app.vision.catalogue.read_card` reads.
        comment: the first line of the file, without its #.

    Raises:
        OSError: it cannot be written.
    """
    text = yaml.dump(dict(content), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    path.write_text(f"# {comment}\n{text}", "utf-8", newline="\n")
