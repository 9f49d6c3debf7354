"""Replacing a file so that at every instant either the old or the new one is there, whole.

The new bytes go into a temporary file in the same folder, which gets the mode, owner,
extended attributes and times of the old one, is flushed to the disk, read back and compared,
and only then takes the old one's name in one step. Until that step any failure leaves the
old file as it was and removes the temporary one; after a kill, `clean_orphans` does.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import xxhash

from app.core.errors import WriteError
from app.metadata.splice import Refusal
from app.metadata.storage import attributes

if sys.platform != "win32":
    import fcntl

_ORPHAN: Final = re.compile(r"\..*\.tagwright-(\d+)-[0-9a-f]{8}\.tmp", re.DOTALL)
_NAME_MAX: Final = 255
#: Where no lock can tell, a temporary file of a dead process is left for this long (seconds).
_UNLOCKED_GRACE: Final = 24 * 3600.0
_BINARY: Final = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_REASONS: Final = {
    errno.ENOSPC: "there is no space left on the disk",
    getattr(errno, "EDQUOT", -1): "the disk quota is used up",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "access is denied",
    errno.EPERM: "it is protected, or the folder is",
    errno.ENOENT: "it is gone, or its folder is",
    errno.EIO: "the disk reports an input/output error",
    # Links were resolved, and new ones are not followed.
    errno.ELOOP: "it was changed by another program meanwhile",
    errno.ENAMETOOLONG: "its name is too long",
}


@dataclass(frozen=True, slots=True)
class FileState:
    """What tells whether a file has changed since: size in bytes, mtime in nanoseconds."""

    size: int
    mtime_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> FileState:
        """The state in the result of a stat call."""
        return cls(status.st_size, status.st_mtime_ns)


def check_replaceable(path: Path, status: os.stat_result) -> None:
    """Check that a file can be replaced without anybody losing something.

    Raises:
        Refusal: it has several names, is read-only, belongs to somebody else, or is no
            regular file.
    """
    if not stat.S_ISREG(status.st_mode):
        raise Refusal("not a regular file")
    if status.st_nlink > 1:
        raise Refusal("a file with several names (hard links)")
    if not status.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise Refusal("a read-only file")
    if hasattr(os, "geteuid") and os.geteuid() not in (0, status.st_uid):
        raise Refusal("a file that belongs to another user")


@dataclass(frozen=True, slots=True)
class Replaced:
    """A file that was replaced: its state now, and the xxh3-128 of its bytes."""

    state: FileState
    content_hash: bytes


def replace(
    path: Path, new: bytes, before: os.stat_result, *, keep_times: bool, same_end: int = 0
) -> Replaced:
    """Put `new` in the place of the file at `path`, which must still be what `before` says.

    `path` must not be a symbolic link (resolve it first).

    Args:
        same_end: how many bytes at its end are the same as in the old file. The system may
            copy them itself, which takes a third of the time, and none on file systems that
            can share blocks. They are read back and compared like all others.

    Raises:
        Refusal: owner, permissions or attributes of the file could not be kept.
        WriteError: it changed meanwhile, or the system failed; the file is as it was.
    """
    with _errors(path), _temporary(path) as temporary:
        with path.open("rb", buffering=0) as old:
            _check_unchanged(path, os.fstat(old.fileno()), before)
            _write(temporary.descriptor, new, old.fileno(), before.st_size, same_end)
        attributes.copy(path, temporary.descriptor, temporary.path, before)
        content_hash = _verify(path, temporary.path, new, before)
        if keep_times:  # after the verification, which sets the time of access
            os.utime(temporary.path, ns=(before.st_atime_ns, before.st_mtime_ns))
        _flush(temporary.descriptor)
        state = temporary.finish()
        with _locked(path):
            _check_unchanged(path, path.lstat(), before)
            temporary.path.replace(path)
    _flush_folder(path.parent)
    return Replaced(state, content_hash)


def create(path: Path, new: bytes, like: os.stat_result) -> FileState:
    """Create a file that must not be there yet, readable and writable by whom `like` is.

    Raises:
        WriteError: something is there already, or the system failed.
    """
    with _errors(path), _temporary(path) as temporary:
        _write(temporary.descriptor, new)
        attributes.set_like(temporary.descriptor, temporary.path, like)
        _verify(path, temporary.path, new)
        _flush(temporary.descriptor)
        state = temporary.finish()
        _take_free_name(path, temporary.path)
    _flush_folder(path.parent)
    return state


def clean_orphans(folder: Path) -> list[Path]:
    """Remove temporary files that a killed process left in a folder; say which.

    A file that another process is still writing is locked by it and stays.
    """
    removed = []
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            name = _ORPHAN.fullmatch(entry.name)
            if name is None or not entry.is_file(follow_symlinks=False):
                continue
            with contextlib.suppress(OSError):
                if _remove_if_abandoned(Path(entry.path), int(name[1])):
                    removed.append(Path(entry.path))
    return removed


def _remove_if_abandoned(path: Path, process: int) -> bool:
    if sys.platform == "win32":
        path.unlink()  # fails if it is open
        return True
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | _BINARY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks
            age = time.time() - os.fstat(descriptor).st_ctime
            if age <= _UNLOCKED_GRACE or _alive(process):
                return False
        path.unlink()  # with the lock still held, so that no writer can take it up
        return True
    finally:
        os.close(descriptor)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


@contextlib.contextmanager
def _errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, (error.strerror or str(error)).lower())
        if sys.platform == "win32" and isinstance(error, PermissionError):
            reason = "it is open in another program, or access is denied"
        raise WriteError(path, reason) from error


@dataclass
class _Temporary:
    """A file beside the one that it will replace; while it is open, it is locked."""

    descriptor: int
    path: Path
    is_open: bool = True

    def finish(self) -> FileState:
        """Its final state. Closes it on Windows, where an open file cannot be renamed."""
        state = FileState.of(os.fstat(self.descriptor))
        if sys.platform == "win32":
            self.close()
        return state

    def close(self) -> None:
        """Close it, which unlocks it."""
        if self.is_open:
            _close(self.descriptor)
            self.is_open = False


@contextlib.contextmanager
def _temporary(path: Path) -> Iterator[_Temporary]:
    """A new, locked file beside `path`; gone afterwards unless it was renamed."""
    temporary = _Temporary(*_open_temporary(path))
    try:
        yield temporary
    finally:
        if sys.platform == "win32":
            temporary.close()
        # Elsewhere it is unlinked first, so that the lock guards it to the end. A renamed
        # file has left its name, so this cannot hit it. No error here may hide the one that led
        # here, or make a file that has been replaced look as if it had not; what stays is for
        # `clean_orphans`.
        with contextlib.suppress(OSError):
            temporary.path.unlink()
        temporary.close()


def _open_temporary(path: Path) -> tuple[int, Path]:
    for _ in range(20):
        ending = f".tagwright-{os.getpid()}-{secrets.token_hex(4)}.tmp"
        stem = os.fsencode(path.name)[: _NAME_MAX - len(ending) - 1].decode("utf-8", "ignore")
        temporary = path.parent / f".{stem}{ending}"
        descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
        if sys.platform == "win32":
            return descriptor, temporary
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:  # somebody who cleans up was quicker: take another name
            _close(descriptor)
            continue
        except OSError:  # a file system without locks: age and process id must do
            return descriptor, temporary
        try:
            if temporary.stat().st_ino == os.fstat(descriptor).st_ino:
                return descriptor, temporary
        except FileNotFoundError:
            pass
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()
            _close(descriptor)
            raise
        _close(descriptor)
    raise OSError(errno.EBUSY, "no temporary file could be kept")


def _write(
    descriptor: int, new: bytes, old: int = -1, old_size: int = 0, same_end: int = 0
) -> None:
    """Write all of `new`, its last `same_end` bytes by copying those of the file `old`."""
    view = memoryview(new)
    head = len(new) - same_end
    while len(view) > len(new) - head:
        view = view[os.write(descriptor, view[: len(view) - len(new) + head]) :]
    # Linux only; not every file system can do it, so what it leaves is written as usual.
    if hasattr(os, "copy_file_range"):
        with contextlib.suppress(OSError):
            while view:
                copied = os.copy_file_range(old, descriptor, len(view), old_size - len(view))
                if not copied:
                    break
                view = view[copied:]
    while view:
        view = view[os.write(descriptor, view) :]


def _close(descriptor: int) -> None:
    """Close a file whose bytes are on the disk: an error of a network disk changes nothing."""
    with contextlib.suppress(OSError):
        os.close(descriptor)


def _flush(descriptor: int) -> None:
    if sys.platform == "darwin":  # fsync alone leaves the data in the drive's cache there
        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def _flush_folder(folder: Path) -> None:
    """Make the new name last; best effort, as not every system can flush a folder."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _verify(path: Path, temporary: Path, new: bytes, before: os.stat_result | None = None) -> bytes:
    """Read the file back by its name and compare it with what was meant; say its xxh3-128.

    Args:
        before: the old file, if some of it was copied.
    """
    state, buffer = xxhash.xxh3_128(), bytearray(min(len(new), 1 << 18) + 1)
    view = memoryview(buffer)
    with temporary.open("rb", buffering=0) as file:
        while size := file.readinto(buffer):
            state.update(view[:size])
    found = state.digest()
    if found != xxhash.xxh3_128_digest(new):
        if before is not None:  # another program may have written it meanwhile
            _check_unchanged(path, path.lstat(), before)
        raise WriteError(path, "what was written could not be read back")
    return found


def _check_unchanged(path: Path, now: os.stat_result, before: os.stat_result) -> None:
    if not now.st_nlink and not os.path.lexists(path):  # open, and deleted since
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    same = all(
        getattr(now, name) == getattr(before, name)
        for name in ("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino", "st_dev", "st_nlink")
    )
    if not same:
        raise WriteError(path, "it was changed by another program meanwhile")


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Keep other instances of this program from replacing a file at the same moment.

    Raises:
        WriteError: one of them is just doing so.
    """
    if sys.platform == "win32":
        yield
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | _BINARY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WriteError(path, "another program is writing it at this moment") from None
        except OSError:  # a file system without locks
            pass
        yield
    finally:
        _close(descriptor)


def _take_free_name(path: Path, temporary: Path) -> None:
    """Give the file its name, unless something has that name by now."""
    if sys.platform != "win32":
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise WriteError(path, "another program made it meanwhile") from None
        except OSError:  # a file system without hard links: the small gap must do
            pass
        else:
            return
    if os.path.lexists(path):
        raise WriteError(path, "another program made it meanwhile")
    temporary.rename(path)
