"""A photo read for its metadata: its bytes, the state they were read in, what they are."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from app.metadata.containers import jpeg_segments, unparsed
from app.metadata.containers.jpeg import Survey
from app.metadata.containers.unparsed import FileBytes
from app.metadata.splice import Refusal


@dataclass
class Source:
    """What was read of a photo.

    Attributes:
        path: the file, symbolic links resolved.
        status: its stat result, from before it was read.
        survey: its bytes and metadata blocks if it is a JPEG that follows its format.
        refusal: why nothing can be embedded; empty if something can.
        items: its embedded keywords by field, as far as they can be read.
        problems: what could not be read.
    """

    path: Path
    status: os.stat_result
    survey: Survey | None
    refusal: str
    items: dict[str, tuple[str, ...]]
    problems: list[str]


def read(path: Path) -> Source:
    """Read a photo and find its keywords; malformed metadata becomes problems.

    Raises:
        OSError: it cannot be opened or read.
    """
    real = Path(os.path.realpath(path))
    # By path and not by descriptor, so that the same call before replacing it compares.
    status = real.lstat()
    if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for ever
        raise OSError(errno.EINVAL, "not a regular file")
    with real.open("rb", buffering=0) as file:
        if not jpeg_segments.is_jpeg(file.read(3)):
            with BufferedReader(file) as buffered:
                items, problems = unparsed.read_items(FileBytes(buffered, status.st_size))
            return Source(real, status, None, "not a JPEG file", items, problems)
        file.seek(0)
        whole = file.readall()  # unbuffered, so that there is no second copy
    if len(whole) != status.st_size:
        raise OSError(errno.EBUSY, "it is being written by another program")
    try:
        survey = Survey(whole)
        items, problems = survey.items()
    except Refusal as refusal:
        items, problems = unparsed.read_items(whole)
        problems.insert(0, refusal.reason)
        return Source(real, status, None, refusal.reason, items, problems)
    return Source(real, status, survey, "", items, problems)
