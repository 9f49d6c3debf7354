"""What the tags of some photos look like in other programs.

    python -m tests.interop.programs FOLDER [PROGRAM ...]

prints {program: {file name: [tag, ...]}} as JSON, with a tag's levels joined by ' > '. The folder
is copied first.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

from tests.interop.programs import PROGRAMS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("programs", nargs="*", default=list(PROGRAMS), metavar="PROGRAM")
    options = parser.parse_args()
    shown = {}
    for name in options.programs:
        with tempfile.TemporaryDirectory() as temporary:
            work = Path(temporary)
            shutil.copytree(options.folder, work / "photos")
            (work / "own").mkdir()
            found = PROGRAMS[name].read(work / "photos", work / "own")
        shown[name] = {
            photo: [" > ".join(path) for path in paths] for photo, paths in found.items()
        }
    print(json.dumps(shown, indent=2, ensure_ascii=False, sort_keys=True))


if __name__ == "__main__":
    main()
