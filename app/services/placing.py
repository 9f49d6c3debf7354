"""Putting files into a folder without ever replacing one that is there."""

from __future__ import annotations

import filecmp
import itertools
import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.core.errors import WriteError
from app.metadata import sidecar
from app.metadata.programs import SidecarKind


def sidecar_name(photo: Path, kind: SidecarKind) -> Path:
    """The name of a photo's sidecar of a kind."""
    return sidecar.path_for(photo) if kind == "ext" else photo.with_suffix(".xmp")


def duplicate(path: Path, copy: Path) -> None:
    """Copy a file with its times and attributes, so that the copy can be written to.

    Raises:
        WriteError: the file changed meanwhile.
        OSError: it cannot be read, or the copy not be written.
    """
    before = path.stat()
    shutil.copy2(path, copy)
    now = path.stat()
    if (now.st_size, now.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise WriteError(path, "it changed while it was copied")
    if not before.st_mode & stat.S_IWUSR:
        copy.chmod(stat.S_IMODE(before.st_mode) | stat.S_IWUSR)


def free_names(target: Path) -> Iterator[Path]:
    """A name, and the same with ' (2)', ' (3)' and so on before the suffix."""
    yield target
    for number in itertools.count(2):
        yield target.with_name(f"{target.stem} ({number}){target.suffix}")


def settle(made: Sequence[Path], copy: Path, target: Path) -> tuple[list[Path], bool]:
    """Give a copy and its sidecars the first names under which nothing else is.

    Args:
        made: the files, the photo last so that it never shows up without its sidecars.

    Returns:
        Where they are, and whether any of them was not there before.

    Raises:
        OSError: they cannot be moved, or somebody else took the name meanwhile.
    """
    for name in free_names(target):
        final = {file: _renamed(file, copy, name) for file in made}
        if all(not os.path.lexists(f) or _same(file, f) for file, f in final.items()):
            stranger = sidecar.path_for(name)
            taken = os.path.lexists(stranger) and stranger not in final.values()
            if taken and not os.path.lexists(name):
                continue  # the sidecar of a photo that is gone would speak for this one
            missing = [file for file in made if not os.path.lexists(final[file])]
            for file in missing:
                move(file, final[file])
            return list(final.values()), bool(missing)
    raise AssertionError("names are endless")


def _renamed(file: Path, copy: Path, name: Path) -> Path:
    """The name of a copy or of one of its sidecars, where the copy is called `name`."""
    if file.name.startswith(copy.name):
        return name.with_name(name.name + file.name[len(copy.name) :])
    return name.with_name(name.stem + file.suffix)


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and filecmp.cmp(one, other, shallow=False)


def move(file: Path, target: Path) -> None:
    """Move a file to a name that must be free.

    Raises:
        FileExistsError: it is not.
    """
    try:
        os.link(file, target)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        if os.path.lexists(target):
            raise FileExistsError(target) from None
        file.rename(target)
    else:
        file.unlink()
