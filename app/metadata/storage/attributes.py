"""Copying to a file that replaces another what is neither its bytes nor its times."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import stat
import sys
from pathlib import Path
from typing import Final

from app.metadata.splice import Refusal

#: Attributes that the system sets itself, or that only the administrator may: best effort.
_SYSTEM: Final = ("security.", "trusted.", "system.nfs4", "btrfs.")
#: macOS, copyfile(3): access control list, mode and extended attributes.
_COPYFILE_SECURITY_AND_XATTR: Final = 0b111


def copy(source: Path, descriptor: int, target: Path, before: os.stat_result) -> None:
    """Give the open file `target` the owner, mode and extended attributes of `source`.

    Raises:
        Refusal: one that matters cannot be kept.
        OSError: the system failed otherwise.
    """
    if sys.platform == "win32":
        target.chmod(stat.S_IMODE(before.st_mode))
        return
    mine = os.fstat(descriptor)
    if (mine.st_uid, mine.st_gid) != (before.st_uid, before.st_gid):
        try:
            os.fchown(descriptor, before.st_uid, before.st_gid)
        except PermissionError:
            raise Refusal("a file whose owner or group could not be kept") from None
    if sys.platform == "darwin":
        _copy_macos(source, target)
    elif hasattr(os, "listxattr"):
        _copy_xattrs(source, descriptor)
    # Last, because changing the owner clears the set-id bits. ACLs are attributes on Linux
    # and agree with the mode.
    os.fchmod(descriptor, stat.S_IMODE(before.st_mode))


def set_like(descriptor: int, target: Path, like: os.stat_result) -> None:
    """Let a new file be read and written by those who may read and write `like`."""
    mode = stat.S_IMODE(like.st_mode) & 0o666 | 0o600
    if sys.platform == "win32":
        target.chmod(mode)
        return
    with contextlib.suppress(OSError):
        os.fchown(descriptor, like.st_uid, like.st_gid)
    os.fchmod(descriptor, mode)


def _copy_xattrs(source: Path, descriptor: int) -> None:
    if sys.platform != "linux":
        return
    try:
        names = os.listxattr(source)
    except OSError as error:
        if error.errno in (errno.ENOTSUP, errno.ENODATA, errno.ENOSYS):
            return
        raise
    for name in names:
        try:
            value = os.getxattr(source, name)
            os.setxattr(descriptor, name, value)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise
            if not name.startswith(_SYSTEM):
                raise Refusal(f"a file whose attribute {name} could not be kept") from error


def _copy_macos(source: Path, target: Path) -> None:
    """Finder tags and access control lists, by the system's own function."""
    copyfile = ctypes.CDLL(None, use_errno=True).copyfile
    paths = os.fsencode(source), os.fsencode(target)
    if copyfile(*paths, None, ctypes.c_uint32(_COPYFILE_SECURITY_AND_XATTR)) != 0:
        raise Refusal(
            f"a file whose attributes could not be kept ({os.strerror(ctypes.get_errno())})"
        )
