"""Where the files lie that come with the program."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def data_path(*parts: str) -> Path:
    """A file or folder that comes with the program, such as `data_path("models")`.

    An installed package carries them in `app/data`, a source tree at its top level.
    """
    packaged = _PACKAGE / "data"
    root = packaged if packaged.is_dir() else _PACKAGE.parent
    return root.joinpath(*parts)
