"""Why something failed, in the user's language.

The parts below the window say it in English, as the command line and the log do. What the user
is likely to meet is listed here; anything else, such as a detail of a file's format or what a
library has said, is shown as it is.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.core.errors import FileError


def _t(text: str) -> str:
    """Marks a text for the translators; it is looked up where it is shown."""
    return text


#: Whole reasons.
KNOWN: Final = (
    # Reading
    _t("the file is empty"),
    _t("is not an image of a kind that can be read"),
    _t("needs more memory to decode than there is"),
    _t("holds no picture data; the file is probably cut off"),
    _t("is not a file"),
    _t("is too large to be read safely"),
    _t("is a link that leads back to itself"),
    _t("is empty, but there were photos in it: is its disk connected?"),
    # What the system says
    _t("no such file or directory"),
    _t("permission denied"),
    _t("no space left on device"),
    _t("read-only file system"),
    _t("input/output error"),
    _t("is a directory"),
    _t("not a directory"),
    _t("the disk is full"),
    # Writing
    _t("it has changed since it was looked at"),
    _t("it was changed by another program meanwhile"),
    _t("another program is writing it at this moment"),
    _t("another program made it meanwhile"),
    _t("what was written could not be read back"),
    _t("another photo has this name now"),
    _t("it changed while it was copied"),
    _t("it is a sidecar itself"),
    _t("is there already, with other content"),
    _t("leads out of the export folder"),
    _t("lies among the originals"),
    # Tags, lists and settings
    _t("a tag needs a name on every level"),
    _t("a tag cannot be moved below itself"),
    _t("is too large for a keyword list"),
    _t("is no text in UTF-8 or UTF-16"),
    _t("is no text file"),
    _t("belongs to a newer Tagwright, and is left as it is"),
    _t("belongs to a newer Tagwright; changes are not kept"),
    _t("is damaged; the defaults hold"),
)

#: With something in them that is said in words of its own, or is a name.
WITH_MORE: Final = (
    _t("is damaged: {detail}"),
    _t("LibRaw cannot read it: {detail}"),
    _t("is too large to be read safely (the limit is {limit} MB)"),
    _t("a tag cannot contain {detail}"),
    _t("the tag {tag} cannot be written: {detail}"),
    _t("its sidecar {name} cannot be added to: {detail}"),
    _t("{folder} lies among the photos that are to be exported"),
    _t("unexpected error: {detail}"),
    _t("unexpected error, please report it: {detail}"),
)


def in_words(reason: str) -> str:
    """A reason in the user's language, where it is known."""
    found = _found(reason)
    if found is not None:
        return found
    before, colon, rest = reason.rpartition(": ")  # a file, and why
    return f"{before}{colon}{in_words(rest)}" if colon else reason


def sentence(error: str, path: Path | None = None) -> str:
    """A reason in the user's language that begins as a sentence does.

    Args:
        error: the reason, maybe with a file before it.
        path: the file that it is shown beside, whose name is left out. The name of another one
            stays as it is.
    """
    text = error.removeprefix(f"{path}: ") if path is not None else error
    said = in_words(text)
    if path is not None and text == error and _found(text) is None:
        return said
    return said[:1].upper() + said[1:]


def of_error(error: Exception) -> str:
    """What an error says, with the file that it is about."""
    if isinstance(error, FileError):
        return f"{error.path}: {in_words(error.reason)}"
    return in_words(str(error))


def _found(reason: str) -> str | None:
    known = _BY_LOWER.get(reason.lower())
    if known is not None:
        text = QCoreApplication.translate("", known)
        return text[:1].upper() + text[1:] if reason[0].isupper() else text
    for text, pattern in _PATTERNS:
        if match := pattern.fullmatch(reason):
            parts = match.groupdict()
            if "detail" in parts:
                parts["detail"] = in_words(parts["detail"])
            return QCoreApplication.translate("", text).format(**parts)
    return None


def _pattern(text: str) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", text)
    # Every second piece is the name of a hole.
    return re.compile(
        "".join(
            f"(?P<{piece}>.+)" if number % 2 else re.escape(piece)
            for number, piece in enumerate(pieces)
        ),
        re.DOTALL,
    )


_BY_LOWER: Final = {text.lower(): text for text in KNOWN}
_PATTERNS: Final = tuple((text, _pattern(text)) for text in WITH_MORE)
