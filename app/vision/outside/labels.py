"""The names of a network's classes, in the many ways in which they are written down."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.core.errors import ModelError, UsageError
from app.core.paths import data_path
from app.core.rules import BACKGROUND
from app.core.tag import Tag
from app.vision.catalogue import parse_label

#: `0 name`, `0: name`, `0,name`
_NUMBERED: Final = re.compile(r"(\d+)(?:\s*[:,;]\s*|\s+)(\S.*)")
#: Column heads of the tables that go with networks.
_HEADS: Final = ("name", "label", "class", "class_name", "display_name", "tag")
#: What no tag may hold, and what stands for it.
_INSTEAD: Final = str.maketrans({"|": ",", ";": ","})
_MAX_BYTES: Final = 4_000_000
#: The list that comes with the program: ImageNet's 1,000 classes, with their WordNet ids.
_IMAGENET: Final = ("models", "imagenet-1k.txt")


def read_labels(path: Path) -> list[str]:
    """The labels in a file: one a line, numbered lines, a table, or JSON.

    Raises:
        ModelError: it cannot be read, or holds no labels.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise ModelError(path, error.strerror or str(error)) from error
    return parse_labels(content, path)


def parse_labels(content: bytes, path: Path) -> list[str]:
    """The same, of a file's content.

    Args:
        path: to name in errors; its suffix tells tables and JSON from lines.
    """
    if len(content) > _MAX_BYTES:
        raise ModelError(path, "is too large to be a list of labels")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ModelError(path, "is not a text file of labels") from error
    try:
        labels = _parsed(text, path.suffix.lower())
    except (ValueError, TypeError, KeyError, RecursionError, csv.Error) as error:
        raise ModelError(path, f"cannot be read as labels: {error}") from error
    if not labels:
        raise ModelError(path, "holds no labels")
    for number, label in enumerate(labels, 1):
        try:
            Tag((parse_label(label).name,))
        except UsageError as error:
            raise ModelError(path, f"label {number} cannot be a tag: {error}") from error
    return labels


def _parsed(text: str, suffix: str) -> list[str]:
    if suffix == ".json":
        return _from_json(json.loads(text))
    lines = [line.strip() for line in text.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    lines = _column(text) if suffix == ".csv" else _without_numbers(lines)
    return [line.translate(_INSTEAD) for line in lines]


def _from_json(found: object) -> list[str]:
    """A list of names, or an object from number to name, or to WordNet id and name."""
    if isinstance(found, dict):
        found = [found[str(number)] for number in range(len(found))]
    if not isinstance(found, list):
        raise TypeError("neither a list nor numbered names")
    names = [" ".join(map(str, each)) if isinstance(each, list) else each for each in found]
    if not all(isinstance(name, str) for name in names):
        raise TypeError("something in it is no name")
    return [name.replace("_", " ").translate(_INSTEAD) for name in names]


def _without_numbers(lines: list[str]) -> list[str]:
    """Numbered lines in the order of their numbers; others as they are."""
    found = [_NUMBERED.fullmatch(line) for line in lines]
    numbers = [int(match[1]) for match in found if match is not None]
    first = min(numbers, default=0)
    if len(lines) < 2 or sorted(numbers) != list(range(first, first + len(lines))) or first > 1:
        return lines
    return [name for _, name in sorted((int(m[1]), m[2].strip()) for m in found if m is not None)]


def _column(text: str) -> list[str]:
    """The column with the names of a table; a column of numbers before it gives their order."""
    rows = [row for row in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in row)]
    heads = [cell.strip().lower() for cell in rows[0]] if rows else []
    named = [heads.index(head) for head in _HEADS if head in heads]
    if named or (heads and heads[0] in ("id", "index", "number")):
        rows = rows[1:]
    if any(len(row) != len(rows[0]) for row in rows):
        raise ValueError("its lines have different numbers of columns")
    if not rows:
        return []
    column = named[0] if named else len(rows[0]) - 1
    if all(row[0].strip().isdecimal() for row in rows) and column != 0:
        rows = sorted(rows, key=lambda row: int(row[0]))
    return [row[column].strip() for row in rows]


def fit_labels(labels: Sequence[str], classes: int, path: Path) -> list[str]:
    """Labels for as many classes as a network has.

    Networks of ImageNet may have a class for the background before the 1,000 others, and lists of
    them may have it or not.

    Raises:
        ModelError: there is another number of them.
    """
    found = list(labels)
    if classes == len(found) + 1 == 1001:
        found = [BACKGROUND, *found]
    elif classes + 1 == len(found) == 1001 and found[0].lower() == BACKGROUND:
        found = found[1:]
    if len(found) != classes:
        reason = f"holds {len(found)} labels, but the network has {classes} classes"
        raise ModelError(path, reason)
    return known_labels(found)


def known_labels(labels: list[str]) -> list[str]:
    """ImageNet's labels as the rules know them, with WordNet ids; others as they are."""
    lines = data_path(*_IMAGENET).read_text("utf-8").splitlines()
    plain = labels[1:] if labels[0].lower() == BACKGROUND else labels
    if len(plain) != len(lines):
        return labels
    same = sum(_first(a) == _first(b) for a, b in zip(lines, plain, strict=True))
    # Spellings differ between lists; another order would agree by chance in a few places only.
    if same < 0.9 * len(lines):
        return labels
    return [*labels[: len(labels) - len(plain)], *lines]


def is_imagenet(labels: Sequence[str]) -> bool:
    """Whether these are the labels that `known_labels` gives for ImageNet."""
    return bool(parse_label(labels[-1]).wordnet_id)


def _first(label: str) -> str:
    name = parse_label(label).name.partition(",")[0].replace("_", " ")
    return " ".join(name.split())
