"""What programs are known to show otherwise, and why: exactly this is asserted."""

from __future__ import annotations

from tests.interop.cases import LONG
from tests.interop.programs.base import Levels

#: (program, photo): what it shows instead, None if it does not import the photo; the reason.
KNOWN: dict[tuple[str, str], tuple[set[Levels] | None, str]] = {
    ("digikam", "slash.jpg"): (
        {("Music", "AC\\DC")},
        "its tag paths have no escape for the slash that separates their levels, and it puts"
        " a backslash there itself where it takes a name from another field",
    ),
    ("shotwell", "slash.jpg"): (
        {("AC-DC",), ("Music", "AC", "DC"), ("Music", "AC\\DC")},
        "it cannot hold a slash in a name: it splits that of lr:hierarchicalSubject, turns that of"
        " dc:subject into a hyphen, and knows no backslash in digiKam's field",
    ),
    ("shotwell", "long.jpg"): (
        {("Long", LONG), (LONG.encode()[:64].decode(errors="ignore").rstrip(),)},
        "it does not recognise the 64 bytes that IPTC can hold as the beginning of a path's name",
    ),
    ("shotwell", "photo.webp"): (None, "it imports WebP only from version 0.32 on"),
}

#: Programs that show the flat IPTC keywords as tags of their own, beside the paths in XMP.
#: darktable reads both fields and does not compare them (`exif.cc`: Iptc.Application2.Keywords
#: is imported after Xmp.lr.hierarchicalSubject). Other writers' photos look the same there.
SHOW_IPTC_TOO = frozenset({"darktable"})

#: Programs that do not read sidecars: of a photo whose tags are beside it they show the old ones.
WITHOUT_SIDECARS = frozenset({"shotwell"})
