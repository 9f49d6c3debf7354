"""The file with the user's settings: read with patience, written whole."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

from app.core.errors import WriteError
from app.core.preferences import BY_NAME, Preferences

NAME: Final = "settings.json"
#: Of the file's form. A file with a higher number is from a newer Tagwright.
VERSION: Final = 1


def load_preferences(config: Path) -> tuple[Preferences, tuple[str, ...]]:
    """What the user has set.

    What cannot be understood has its default instead, and stays in the file until it is set anew.

    Args:
        config: the folder of the settings.

    Returns:
        The settings, and a sentence for everything that is wrong with the file.
    """
    content, warnings = _read(config / NAME)
    found: dict[str, Any] = {}
    for each in fields(Preferences):
        if each.name not in content:
            continue
        value = content[each.name]
        if BY_NAME[each.name].check(value):
            found[each.name] = value
        else:
            told = json.dumps(value, ensure_ascii=False)
            warnings.append(f"{config / NAME}: {each.name} cannot be {told}")
    if _is_newer(content):
        warnings.append(f"{config / NAME}: belongs to a newer Tagwright; changes are not kept")
    return replace(Preferences(), **found), tuple(warnings)


def save_preferences(config: Path, preferences: Preferences) -> None:
    """Write what differs from the defaults; what else is in the file stays there.

    A default that is not written can become a better one in a later version. A file that cannot be
    read at all is kept under another name.

    Raises:
        WriteError: it cannot be written, or is a newer Tagwright's.
    """
    path = config / NAME
    content, warnings = _read(path)
    if _is_newer(content):
        raise WriteError(path, "belongs to a newer Tagwright, and is left as it is")
    defaults = Preferences()
    before, _ = load_preferences(config)
    for each in fields(Preferences):
        value = getattr(preferences, each.name)
        if value != getattr(defaults, each.name):
            content[each.name] = value
        elif value != getattr(before, each.name):
            content.pop(each.name, None)
    content["version"] = VERSION
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    try:
        if warnings:
            # Nobody could read it, but it may hold what somebody typed.
            path.replace(path.with_suffix(".damaged.json"))
        _replace(path, text.encode())
    except OSError as error:
        raise WriteError(path, (error.strerror or str(error)).lower()) from error


def _read(path: Path) -> tuple[dict[str, Any], list[str]]:
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}, []
    except OSError as error:
        return {}, [f"{path}: cannot be read: {(error.strerror or str(error)).lower()}"]
    except (ValueError, RecursionError):
        return {}, [f"{path}: is damaged; the defaults hold"]
    if not isinstance(content, dict):
        return {}, [f"{path}: is damaged; the defaults hold"]
    return content, []


def _is_newer(content: dict[str, Any]) -> bool:
    version = content.get("version", VERSION)
    return isinstance(version, int) and version > VERSION


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # A link, as people use who keep their settings under version control, stays one.
    path = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
