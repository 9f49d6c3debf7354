"""What users of each program should know about an export for it, in plain words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication


def _t(text: str) -> str:
    """Marks a text for the translators."""
    return text


_NOTES: Final = {
    "digikam": _t(
        "To read sidecars, digiKam must be told so: Settings, Metadata, Sidecars, “Read from"
        " sidecar files”."
    ),
    "lightroom": _t("Lightroom reads sidecars of camera raw files only."),
    "darktable": _t("darktable cuts names at a comma."),
    "shotwell": _t("Shotwell reads no sidecars."),
    "windows": _t(
        "Windows shows keywords without their hierarchy, and only those in JPEG and TIFF files."
    ),
    "apple": _t("Apple Photos shows keywords without their hierarchy."),
    "photoprism": _t(
        "PhotoPrism shows the tags as the photo's subject, and every word as a keyword. It reads"
        " sidecars from the versions of 2026 on."
    ),
}


def note(key: str) -> str:
    """What to know about a program, by its key in `PROGRAMS`; empty where there is nothing."""
    text = _NOTES.get(key, "")
    return QCoreApplication.translate("", text) if text else ""
