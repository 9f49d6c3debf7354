"""TFLite files as objects, and back: to read what a network is, and to give it other outputs.

Whatever is wrong with a file shows here as some error of Python's, or not at all: reading one that
somebody may have made to do harm is for `app.vision.outside.sandbox`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np

#: At offset 4 of every TFLite file.
IDENTIFIER: Final = b"TFL3"
#: LiteRT wants weights to begin at a multiple of so many bytes (`force_align` in its schema).
_ALIGNMENT: Final = 16
#: The name of the one signature of the files that we make.
SIGNATURE: Final = "serving_default"
#: Metadata of a file that still hold when its outputs are others.
_KEPT_METADATA: Final = (b"min_runtime_version",)


class DamagedError(Exception):
    """A file breaks the format; the text says how."""


def read_model(content: bytes) -> Any:
    """A file as a `ModelT` of the schema.

    Raises:
        DamagedError: it is no TFLite file, or a damaged one.
    """
    from ai_edge_litert import schema_py_generated as schema

    if len(content) < 8 or content[4:8] != IDENTIFIER:
        raise DamagedError("is not a TFLite file")
    try:
        model = schema.ModelT.InitFromPackedBuf(content, 0)
    except Exception as error:
        # The generated code trusts every offset: whatever it stumbles over is the file's fault.
        raise DamagedError(f"is damaged ({type(error).__name__}: {error})") from error
    if not model.subgraphs or not model.buffers or not model.operatorCodes:
        raise DamagedError("is damaged: it holds no network")
    if any(buffer.offset or buffer.size for buffer in model.buffers) or model.externalBuffers:
        raise DamagedError("keeps its weights outside of itself, which is not supported")
    return model


def write_model(model: Any) -> bytes:
    """A TFLite file of a `ModelT`."""
    import flatbuffers

    size = sum(len(b.data) for b in model.buffers if b.data is not None)
    model.buffers = [_AlignedBuffer(buffer.data) for buffer in model.buffers]
    builder = flatbuffers.Builder(size + size // 8 + 4096)
    builder.Finish(model.Pack(builder), file_identifier=IDENTIFIER)
    return bytes(builder.Output())


class _AlignedBuffer:
    """A `BufferT` whose data begin where LiteRT wants them to; the generated one's do not."""

    def __init__(self, data: Any) -> None:
        self.data = data

    def Pack(self, builder: Any) -> int:  # noqa: N802 (as the generated classes have it)
        from ai_edge_litert import schema_py_generated as schema

        vector = None
        if self.data is not None:
            content = np.asarray(self.data, np.uint8).tobytes()
            builder.StartVector(1, len(content), _ALIGNMENT)
            builder.head -= len(content)
            builder.Bytes[builder.head : builder.head + len(content)] = content
            vector = builder.EndVector()
        schema.BufferStart(builder)
        if vector is not None:
            schema.BufferAddData(builder, vector)
        return int(schema.BufferEnd(builder))


def set_outputs(model: Any, graph_input: int, outputs: Sequence[tuple[str, int]]) -> None:
    """Let a network give just these tensors of its first subgraph, by these names.

    Args:
        graph_input: the tensor that takes the picture; `image` in the signature.
    """
    from ai_edge_litert import schema_py_generated as schema

    def named(tensors: Iterable[tuple[str, int]]) -> list[Any]:
        return [schema.TensorMapT(name=name, tensorIndex=tensor) for name, tensor in tensors]

    model.subgraphs[0].outputs = np.array([tensor for _, tensor in outputs], np.int32)
    model.signatureDefs = [
        schema.SignatureDefT(
            inputs=named([("image", graph_input)]),
            outputs=named(outputs),
            signatureKey=SIGNATURE,
            subgraphIndex=0,
        )
    ]
    # What else is said about the file was said about its old outputs.
    model.metadata = [m for m in model.metadata or [] if m.name in _KEPT_METADATA]


def metadata_buffer(model: Any, name: bytes) -> bytes | None:
    """The content of a named metadata entry, if there is one."""
    for entry in model.metadata or []:
        if entry.name == name and 0 <= entry.buffer < len(model.buffers):
            data = model.buffers[entry.buffer].data
            return bytes(data) if data is not None else None
    return None
