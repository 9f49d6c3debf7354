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
    # Training a network
    _t("is not a folder"),
    _t("has no photos in folders; put the photos of each class into a folder of its own"),
    _t("has no photos; fill it, or remove it"),
    _t(
        "has no photos that can be read; each class needs two at least, one to learn and one to"
        " judge by"
    ),
    _t(
        "has 1 photo that can be read; each class needs two at least, one to learn and one to"
        " judge by"
    ),
    _t("there is a model of that name already"),
    _t("cannot be refined: it comes without its float form"),
    _t(
        "the training has gone astray: its loss is no longer a number. Try smaller batches or"
        " another seed"
    ),
    # Networks
    _t("is damaged or not the file that its model card describes"),
    _t("files are fetched by https only"),
    _t("is being fetched already, by another Tagwright"),
    _t("the server sends another part of the file than was asked for"),
    _t("the server has another file now"),
    _t("connection refused"),
    _t("connection reset by peer"),
    _t("network is unreachable"),
    _t("no route to host"),
    _t("name or service not known"),
    _t("temporary failure in name resolution"),
    _t("timed out"),
    _t("the read operation timed out"),
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
    _t(
        "has only one class, {name}; a network needs two to tell apart, such as this and"
        " anything else"
    ),
    _t("{name} and {other} would be the same tag"),
    _t(
        "training on {photos} photos needs {needed} GB on this disk for a while, and {free} GB"
        " are free"
    ),
    _t("leads to {address}, which is not https"),
    _t("cannot be kept in {folder}: {detail}"),
    _t("the server is not who it says it is: {detail}"),
    _t("cannot reach {server} ({detail})"),
    _t("the connection was lost ({detail})"),
    _t("the connection ended after {done} of {total} bytes"),
    _t("the server answers {detail}"),
    _t("is larger than it should be ({size} MB)"),
    _t("needs {size} MB on the disk, which has {free}"),
    _t("what arrived is not the file that was published, and was dropped ({detail})"),
    _t("answers otherwise after the export (by {difference})"),
    _t("unexpected error: {detail}"),
    _t("unexpected error, please report it: {detail}"),
)


def in_words(reason: str) -> str:
    """A reason in the user's language, where it is known."""
    start = 0
    while True:
        found = _found(reason[start:])
        if found is not None:
            return reason[:start] + found
        colon = reason.find(": ", start)  # a file, and why
        if colon < 0:
            return reason
        start = colon + 2


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
