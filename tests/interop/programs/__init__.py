"""Other programs, each driven as its users run it: `read(folder)` gives the tags it shows.

Each module has

    COMMANDS    what must be installed for it
    read(folder, work) -> {file name: [path, ...]}

`folder` is the module's own copy and may be written to; `work` is an empty folder for libraries,
settings and caches. A path is a tag with its levels, the topmost first; where a program shows a
tag's parents as tags of their own, they are in the list too. Every wait has an end:
`TimeoutError` says what was there by then, and nothing that was started outlives the call.
"""

from __future__ import annotations

from tests.interop.programs import darktable, digikam, exiftool, exiv2, shotwell

PROGRAMS = {
    "exiftool": exiftool,
    "exiv2": exiv2,
    "darktable": darktable,
    "shotwell": shotwell,
    "digikam": digikam,
}
