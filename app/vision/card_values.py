"""The values of a model card, checked one by one: a card may come from anywhere."""

from __future__ import annotations

import math
import re
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, Final

import yaml

#: The one in C is ten times as fast, where PyYAML has it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: Greater ones would take all memory before anybody saw that they make no sense.
_MAX_SIDE: Final = 4096
_MAX_VALUES: Final = 1 << 24
_MAX_DEPTH: Final = 50
#: Ids are parts of file names and of commands.
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,99}")


def load_yaml(text: str) -> Any:
    """Plain values of a YAML file, without aliases.

    Raises:
        ValueError, yaml.YAMLError: it is damaged, or asks for more than plain values.
    """
    # Both are seen in the stream of events, which builds nothing: a few lines of aliases of aliases
    # are terabytes when they are written out, and building what is deep overflows the stack in C.
    depth = 0
    for event in yaml.parse(text, _LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise ValueError("it has aliases, which cards do not need")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MAX_DEPTH:
            raise ValueError("it is deeper than any card")
    return yaml.load(text, _LOADER)


def file_in(folder: Path, name: Any) -> Path:
    """A file of a card, which lies beside it or below."""
    # As either system would understand it: cards are passed on.
    for kind in (PurePosixPath, PureWindowsPath):
        found = kind(str(name))
        if not found.parts or found.anchor or ".." in found.parts:
            raise ValueError(f"{str(name)!r} is not a file in the folder of the card")
    return folder / str(name)


def model_id(value: Any) -> str:
    """The id of a network."""
    if not _ID.fullmatch(str(value)):
        raise ValueError(f"{str(value)!r} cannot be an id")
    return str(value)


def side(value: Any) -> int:
    """Width or height of a picture."""
    return _whole(value, _MAX_SIDE)


def length(value: Any) -> int:
    """How many values an output has."""
    return _whole(value, _MAX_VALUES)


def share(value: Any) -> float:
    """More than 0, up to 1."""
    if not 0 < float(value) <= 1:
        raise ValueError(f"{value!r} is not a share")
    return float(value)


def three(values: Any, *, zeros: bool = True) -> tuple[float, float, float]:
    """A number for each colour."""
    red, green, blue = (float(value) for value in values)
    if not all(math.isfinite(value) and (zeros or value) for value in (red, green, blue)):
        raise ValueError(f"{values!r} are no numbers to calculate with")
    return red, green, blue


def one_of(value: Any, *choices: Any) -> Any:
    """One of some words."""
    if value not in choices:
        raise ValueError(f"{value!r} is none of {', '.join(choices)}")
    return value


def _whole(value: Any, most: int) -> int:
    if not 1 <= int(value) <= most:
        raise ValueError(f"{value!r} is not a number from 1 to {most}")
    return int(value)
