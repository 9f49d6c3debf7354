"""What kind of network a file or folder is, by its first bytes: nothing is loaded for it."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path
from typing import Final, Literal

from app.core.errors import ModelError
from app.vision.outside.flatbuffer import IDENTIFIER

#: `archive` is a ZIP with a TFLite file in it, as Teachable Machine gives it.
Kind = Literal["tflite", "savedmodel", "keras", "archive"]

#: Files larger than this are refused, in bytes; VGG-19 in floating point has 575 MB.
MAX_BYTES: Final = 1 << 30
#: Members of an archive beyond these numbers are refused.
_MAX_MEMBERS: Final = 2000
_HDF5: Final = b"\x89HDF\r\n\x1a\n"
_ZIP: Final = b"PK\x03\x04"
_PICKLE: Final = b"\x80"
_PACKED: Final = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf")
_A_PICKLE: Final = "is a Python pickle, which can run any code when it is opened; it was not opened"


def kind_of(path: Path) -> Kind:
    """Say what a file or folder is.

    Raises:
        ModelError: it is not there, or nothing that can be used; the reason says what to do.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            if (path / "saved_model.pb").is_file():
                return "savedmodel"
            raise ModelError(path, "is a folder without a saved_model.pb: no SavedModel")
        if not stat.S_ISREG(status.st_mode):
            raise ModelError(path, "is not a file")
        if not status.st_size:
            raise ModelError(path, "is empty")
        if status.st_size > MAX_BYTES:
            reason = f"is too large: {status.st_size / 1e9:.1f} GB, the limit is 1.1 GB"
            raise ModelError(path, reason)
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise ModelError(path, error.strerror or str(error)) from error
    if head[4:8] == IDENTIFIER:
        return "tflite"
    if head.startswith(_ZIP):
        return _kind_of_archive(path)
    raise ModelError(path, _why_not(path, head))


def _why_not(path: Path, head: bytes) -> str:
    if head.startswith(_HDF5):
        return (
            "is a Keras file of the old kind (HDF5), which is not opened; in Keras, save it as a"
            " .keras file, or export it to TFLite"
        )
    if head.startswith(_PICKLE) or path.suffix.lower() in (".pkl", ".pickle", ".pt", ".pth"):
        return _A_PICKLE
    if head.startswith(_PACKED):
        return "is a packed archive; unpack it, and add the network that is in it"
    if path.name == "saved_model.pb":
        return "is a part of a SavedModel; add the folder in which it lies"
    return "is not a network: neither TFLite, nor a SavedModel, nor a .keras file"


def _kind_of_archive(path: Path) -> Kind:
    names = {member.filename for member in members(path)}
    if "config.json" in names and "model.weights.h5" in names:
        return "keras"
    if any(name.lower().endswith(".tflite") for name in names):
        return "archive"
    if any(name.endswith("data.pkl") for name in names):
        raise ModelError(path, _A_PICKLE)
    if any(name.endswith("saved_model.pb") for name in names):
        raise ModelError(path, "is a packed SavedModel; unpack it, and add its folder")
    raise ModelError(path, "is an archive without a TFLite file in it")


def members(path: Path) -> list[zipfile.ZipInfo]:
    """The files in an archive, which is small enough and stays within itself.

    Raises:
        ModelError: it is damaged, or made to do harm.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            found = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ModelError(path, f"is a damaged archive: {error}") from error
    if len(found) > _MAX_MEMBERS:
        raise ModelError(path, f"holds {len(found)} files, which no network does")
    if sum(member.file_size for member in found) > MAX_BYTES:
        raise ModelError(path, "unpacks to more than 1.1 GB, and was not unpacked")
    for member in found:
        parts = member.filename.replace("\\", "/").split("/")
        if ".." in parts or parts[0] == "" or ":" in parts[0]:
            raise ModelError(path, f"holds a file that leads out of it ({member.filename!r})")
    return found


def read_member(path: Path, member: zipfile.ZipInfo) -> bytes:
    """One file of an archive, of no more than the size that the archive says.

    Raises:
        ModelError: it cannot be unpacked.
    """
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as file:
            return file.read(member.file_size)
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError) as error:
        raise ModelError(path, f"{member.filename} cannot be unpacked: {error}") from error
    except Exception as error:
        # zlib, bz2 and lzma have errors of their own.
        raise ModelError(path, f"{member.filename} is damaged: {error}") from error
