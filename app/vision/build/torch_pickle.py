"""Reads the weights out of a legacy PyTorch checkpoint (`torch.save` before version 1.6).

The format, as `torch.serialization._legacy_save` writes it:

1. a pickle of the magic number, one of the protocol version, one of facts about the machine;
2. a pickle of the object saved, here a state dict: name -> tensor. A tensor is a call of
   `torch._utils._rebuild_tensor_v2(storage, offset, size, stride, ...)`, and its storage is a
   persistent id `('storage', type, key, device, elements, view)`;
3. a pickle of the list of storage keys;
4. for each of these keys an int64 count of elements, then the elements.

A pickle may call anything that it can name, so this one may name nothing but the few things such
a file needs, and those are answered by stand-ins from this module. PyTorch itself is not needed.
"""

import io
import math
import pickle
import struct
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.core.errors import ModelError

MAGIC: Final = 0x1950A86A20F9469CFC6C
PROTOCOL: Final = 1001

# Names of the storage classes in `torch`, and the elements that they hold, little-endian.
_STORAGE_DTYPES: Final[dict[str, np.dtype[Any]]] = {
    "DoubleStorage": np.dtype("<f8"),
    "FloatStorage": np.dtype("<f4"),
    "HalfStorage": np.dtype("<f2"),
    "LongStorage": np.dtype("<i8"),
    "IntStorage": np.dtype("<i4"),
    "ShortStorage": np.dtype("<i2"),
    "CharStorage": np.dtype("i1"),
    "ByteStorage": np.dtype("u1"),
    "BoolStorage": np.dtype("?"),
}


@dataclass(frozen=True)
class _Storage:
    """A run of elements somewhere behind the pickles, known so far by its key only."""

    key: str
    dtype: np.dtype[Any]
    count: int


@dataclass(frozen=True)
class _View:
    """A tensor: which elements of a storage it shows. Offset and strides count elements."""

    storage: _Storage
    offset: int
    size: tuple[int, ...]
    stride: tuple[int, ...]


class _Refused(pickle.UnpicklingError):
    """The file asks for something that a file of weights has no need of."""


class _RestrictedUnpickler(pickle.Unpickler):
    """Unpickles containers, numbers, strings and tensors that are still views without data."""

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        # The answers are immutable or made here, so that a BUILD opcode can change nothing
        # that outlives this unpickler.
        name = f"{module_name}.{global_name}"
        if name == "collections.OrderedDict":
            return OrderedDict
        if name == "torch._utils._rebuild_tensor_v2":
            return _make_view_builder()
        if module_name == "torch" and global_name in _STORAGE_DTYPES:
            return global_name
        raise _Refused(f"the pickle asks for {name!r}, which a file of weights does not need")

    def persistent_load(self, pid: Any, /) -> _Storage:
        if not isinstance(pid, tuple) or len(pid) != 6 or pid[0] != "storage":
            raise _Refused(f"unknown persistent id {pid!r:.80}")
        _, kind, key, _device, count, view = pid
        if kind not in _STORAGE_DTYPES or not isinstance(key, str):
            raise _Refused(f"unknown storage {kind!r:.80}")
        if view is not None:
            raise _Refused("a storage that is a view of another storage is not supported")
        return _Storage(key, _STORAGE_DTYPES[kind], _natural(count, "storage size"))


class _PlainUnpickler(pickle.Unpickler):
    """Unpickles containers, numbers and strings; names nothing."""

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        raise _Refused(f"the pickle asks for {module_name}.{global_name} where data belongs")

    def persistent_load(self, pid: Any, /) -> Any:
        raise _Refused("a persistent id where data belongs")


def _make_view_builder() -> Callable[..., _View]:
    def build_view(
        storage: Any, offset: Any, size: Any, stride: Any, *_requires_grad_and_hooks: Any
    ) -> _View:
        if not isinstance(storage, _Storage):
            raise _Refused("a tensor without a storage")
        if not isinstance(size, tuple) or not isinstance(stride, tuple) or len(size) != len(stride):
            raise _Refused("a tensor whose size and strides do not fit together")
        return _View(
            storage,
            _natural(offset, "offset"),
            tuple(_natural(n, "size") for n in size),
            tuple(_natural(n, "stride") for n in stride),
        )

    return build_view


def _natural(value: Any, what: str) -> int:
    """The value as an int, or a refusal: torch writes neither negative strides nor sizes."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**48:
        raise _Refused(f"{what} {value!r:.80} is not a whole number of elements")
    return value


def read_state_dict(data: bytes, path: Path) -> dict[str, NDArray[Any]]:
    """The tensors of a legacy checkpoint, each as a C-ordered array of its own.

    Args:
        data: the whole `.pth` file.
        path: where it came from; only named in errors.

    Returns:
        Name -> array, in the order of the file; shape and dtype are the tensor's.

    Raises:
        ModelError: the file is cut off, is no legacy checkpoint, asks for a global that weights
            do not need, or has a tensor that reaches outside its storage.
    """
    stream = io.BytesIO(data)
    try:
        return _read(stream, len(data))
    except _Refused as error:
        raise ModelError(path, str(error)) from error
    except Exception as error:
        # A damaged pickle surfaces as almost any exception (EOFError, IndexError, KeyError,
        # struct.error, ...); all of them mean the same here.
        raise ModelError(path, f"not a readable legacy checkpoint: {error!r}") from error


def _read(stream: io.BytesIO, length: int) -> dict[str, NDArray[Any]]:
    if _PlainUnpickler(stream).load() != MAGIC:
        raise _Refused("not a legacy PyTorch checkpoint (wrong magic number)")
    if (protocol := _PlainUnpickler(stream).load()) != PROTOCOL:
        raise _Refused(f"checkpoint protocol {protocol!r:.40} is not {PROTOCOL}")
    machine = _PlainUnpickler(stream).load()
    if not isinstance(machine, dict) or machine.get("little_endian") is not True:
        raise _Refused("the checkpoint was not written on a little-endian machine")

    state = _RestrictedUnpickler(stream).load()
    if not isinstance(state, dict) or not all(
        isinstance(name, str) and isinstance(view, _View) for name, view in state.items()
    ):
        raise _Refused("the checkpoint does not hold a flat state dict of tensors")
    storages = {view.storage.key: view.storage for view in state.values()}

    keys = _PlainUnpickler(stream).load()
    if not isinstance(keys, list) or sorted(keys) != sorted(storages):
        raise _Refused("the list of storages does not match the tensors")
    elements: dict[str, NDArray[Any]] = {}
    for key in keys:
        storage = storages[key]
        (count,) = struct.unpack("<q", stream.read(8))
        if count != storage.count:
            raise _Refused(f"storage {key} holds {count} elements, not {storage.count}")
        wanted = count * storage.dtype.itemsize
        if wanted > length - stream.tell():
            raise _Refused(f"storage {key} is cut off")
        elements[key] = np.frombuffer(stream.read(wanted), dtype=storage.dtype)
    return {name: _materialise(name, view, elements) for name, view in state.items()}


def _materialise(name: str, view: _View, elements: dict[str, NDArray[Any]]) -> NDArray[Any]:
    """Copies the elements that a view shows. Permuted and partial views are common here."""
    flat = elements[view.storage.key]
    if flat.dtype != view.storage.dtype:
        raise _Refused(f"two tensors disagree about the type of storage {view.storage.key}")
    if 0 in view.size:
        return np.empty(view.size, dtype=flat.dtype)
    last = view.offset + sum((n - 1) * step for n, step in zip(view.size, view.stride, strict=True))
    if last >= flat.size:
        raise _Refused(f"tensor {name!r} reaches outside its storage")
    # Strides of 0 repeat elements: a few bytes could ask for all the memory there is.
    if math.prod(view.size) > flat.size:
        raise _Refused(f"tensor {name!r} is larger than its storage")
    shown = np.lib.stride_tricks.as_strided(
        flat[view.offset :],
        shape=view.size,
        strides=tuple(step * flat.itemsize for step in view.stride),
        writeable=False,
    )
    return np.array(shown, order="C")
