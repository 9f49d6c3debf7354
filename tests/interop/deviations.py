"""What programs are known to show otherwise, and why: exactly this is asserted."""

from __future__ import annotations

from tests.interop.programs.base import Levels

#: (program, photo): what it shows instead, None if it does not import the photo; the reason.
KNOWN: dict[tuple[str, str], tuple[set[Levels] | None, str]] = {
    ("digikam", "slash.jpg"): (
        {("Music", "AC\\DC")},
        "its tag paths have no escape for the slash that separates their levels, and it puts"
        " a backslash there itself where it takes a name from another field",
    ),
    ("shotwell", "photo.webp"): (None, "it imports WebP only from version 0.32 on"),
}

#: Programs that show the flat IPTC keywords as tags of their own, beside the paths in XMP.
#: darktable reads both fields and does not compare them (`exif.cc`: Iptc.Application2.Keywords
#: is imported after Xmp.lr.hierarchicalSubject). Other writers' photos look the same there.
SHOW_IPTC_TOO = frozenset({"darktable"})

#: Programs that do not read sidecars: of a photo whose tags are beside it they show the old ones.
WITHOUT_SIDECARS = frozenset({"shotwell"})
