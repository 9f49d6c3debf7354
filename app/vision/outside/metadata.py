"""What a TFLite file says about itself: the metadata of TF Hub and Teachable Machine.

A flatbuffer of its own (https://ai.google.dev/edge/litert/models/metadata) within the file, and a
ZIP archive appended to it, with the labels. Read by hand, field by field: the schema's numbers of
the few fields that matter here stand below, and whatever does not fit is as if it were not there.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from app.vision.outside.flatbuffer import metadata_buffer

#: The name of the entry in the file, and the identifier of the flatbuffer in it.
ENTRY: Final = b"TFLITE_METADATA"
_IDENTIFIER: Final = b"M001"
#: Labels larger than this are none, in bytes.
MAX_LABELS: Final = 4_000_000

# Fields by their number in the schema.
_MODEL_NAME, _MODEL_DESCRIPTION, _MODEL_SUBGRAPHS, _MODEL_AUTHOR, _MODEL_LICENCE = 0, 1, 3, 4, 5
_GRAPH_INPUTS, _GRAPH_OUTPUTS = 2, 3
_TENSOR_UNITS, _TENSOR_FILES = 4, 6
_UNIT_TYPE, _UNIT_OPTIONS = 0, 1
_NORMALIZATION: Final = 1
_MEAN, _STD = 0, 1
_FILE_NAME, _FILE_TYPE = 0, 2
_AXIS_LABELS: Final = 2

_NOTHING: Final[tuple[tuple[float, ...], tuple[float, ...]]] = ((), ())
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was said; what was not is empty.

    Attributes:
        mean, std: of the input, per channel.
        labels: content of the file of labels that belongs to an output.
    """

    name: str = ""
    description: str = ""
    author: str = ""
    licence: str = ""
    mean: tuple[float, ...] = ()
    std: tuple[float, ...] = ()
    labels: bytes | None = None


def read_metadata(model: Any, content: bytes) -> Metadata:
    """The metadata of a file.

    Args:
        model: the file as a `ModelT`.
        content: the file.
    """
    buffer = metadata_buffer(model, ENTRY)
    if buffer is None or buffer[4:8] != _IDENTIFIER:
        return Metadata()
    root = _Table.root(buffer)
    mean, std = _tolerant(lambda: _normalisation(root), _NOTHING)
    names: list[str] = _tolerant(lambda: _label_files(root), [])
    return Metadata(
        name=_tolerant(lambda: root.text(_MODEL_NAME), ""),
        description=_tolerant(lambda: root.text(_MODEL_DESCRIPTION), ""),
        author=_tolerant(lambda: root.text(_MODEL_AUTHOR), ""),
        licence=_tolerant(lambda: root.text(_MODEL_LICENCE), ""),
        mean=mean,
        std=std,
        labels=_appended(content, names),
    )


def _tolerant(read: Callable[[], Answer], otherwise: Answer) -> Answer:
    try:
        return read()
    except Exception:  # noqa: BLE001 (offsets that lead nowhere; it is an extra)
        return otherwise


class _Table:
    """One table of a flatbuffer."""

    def __init__(self, buffer: bytes, position: int) -> None:
        from flatbuffers.table import Table

        self._table = Table(buffer, position)

    @classmethod
    def root(cls, buffer: bytes) -> _Table:
        return cls(buffer, int.from_bytes(buffer[:4], "little"))

    def _offset(self, field: int) -> int:
        # The first two entries of a table's directory are sizes.
        return int(self._table.Offset(4 + 2 * field))

    def text(self, field: int) -> str:
        offset = self._offset(field)
        if not offset:
            return ""
        return str(self._table.String(offset + self._table.Pos).decode("utf-8", "replace"))

    def byte(self, field: int) -> int:
        offset = self._offset(field)
        return int(self._table.Bytes[offset + self._table.Pos]) if offset else 0

    def table(self, field: int) -> _Table:
        offset = self._offset(field)
        return _Table(self._table.Bytes, self._table.Indirect(offset + self._table.Pos))

    def tables(self, field: int) -> list[_Table]:
        offset = self._offset(field)
        if not offset:
            return []
        start = self._table.Vector(offset)
        length = min(int(self._table.VectorLen(offset)), 64)
        return [
            _Table(self._table.Bytes, self._table.Indirect(start + 4 * n)) for n in range(length)
        ]

    def floats(self, field: int) -> tuple[float, ...]:
        from flatbuffers.number_types import Float32Flags

        offset = self._offset(field)
        if not offset:
            return ()
        start = self._table.Vector(offset)
        length = min(int(self._table.VectorLen(offset)), 4)
        return tuple(float(self._table.Get(Float32Flags, start + 4 * n)) for n in range(length))


def _normalisation(root: _Table) -> tuple[tuple[float, ...], tuple[float, ...]]:
    inputs = root.tables(_MODEL_SUBGRAPHS)[0].tables(_GRAPH_INPUTS)
    for unit in inputs[0].tables(_TENSOR_UNITS):
        if unit.byte(_UNIT_TYPE) == _NORMALIZATION:
            options = unit.table(_UNIT_OPTIONS)
            return options.floats(_MEAN), options.floats(_STD)
    return (), ()


def _label_files(root: _Table) -> list[str]:
    outputs = root.tables(_MODEL_SUBGRAPHS)[0].tables(_GRAPH_OUTPUTS)
    return [
        file.text(_FILE_NAME)
        for output in outputs
        for file in output.tables(_TENSOR_FILES)
        if file.byte(_FILE_TYPE) == _AXIS_LABELS
    ]


def _appended(content: bytes, names: list[str]) -> bytes | None:
    """A file of labels out of the archive behind the flatbuffer: the one named, or the only one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            there = [each for each in archive.infolist() if each.filename in names] or [
                each for each in archive.infolist() if each.filename.endswith(".txt")
            ]
            if not there or there[0].file_size > MAX_LABELS:
                return None
            with archive.open(there[0]) as file:
                return file.read(MAX_LABELS)
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError, EOFError):
        return None
