"""All that is done with a network of unknown origin before it is trusted, in one function.

It runs in a process of its own (see `sandbox`), with files in and files out.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from app.core.errors import ModelError
from app.vision.outside.flatbuffer import DamagedError, read_model, set_outputs, write_model
from app.vision.outside.graph import Structure, examine
from app.vision.outside.kinds import Kind, members, read_member
from app.vision.outside.metadata import Metadata, read_metadata
from app.vision.outside.ranges import (
    RANGES,
    InputRange,
    from_metadata,
    from_quantisation,
    from_rescaling,
)
from app.vision.outside.trial import load_photos, try_out

#: What the process leaves beside its answer.
NETWORK: Final = "network.tflite"
LABELS: Final = "labels.txt"


@dataclass(frozen=True, slots=True)
class Request:
    """What is wanted.

    Attributes:
        path: of the network.
        kind: of it.
        labels: how many there are, None where that is not known.
        input_range: a key of `RANGES`, or None to find it out.
        photos: to try it on.
        skip_unreadable: whether photos that cannot be read are left out, or an error.
    """

    path: Path
    kind: Kind
    labels: int | None
    input_range: str | None
    photos: tuple[Path, ...]
    skip_unreadable: bool = False

    def to_json(self) -> str:
        """For `from_json`."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def from_json(cls, text: str) -> Request:
        """What `to_json` gave."""
        found = json.loads(text)
        found["path"] = Path(found["path"])
        found["photos"] = tuple(map(Path, found["photos"]))
        return cls(**found)


def examine_file(request: Request, folder: Path) -> dict[str, Any]:
    """Examine a network, give it its two outputs, and try it.

    Args:
        folder: takes the network and, where it carries some, its labels.

    Returns:
        The fields of `app.vision.outside.sandbox.Examined` but for the files.

    Raises:
        ModelError: it cannot be used.
        ReadError, DecodeError: a photo to try it on is none.
    """
    content, labels = _tflite(request)
    try:
        network, structure, metadata = with_outputs(content, request.labels)
    except DamagedError as error:
        raise ModelError(request.path, str(error)) from error
    (folder / NETWORK).write_bytes(network)
    labels = labels or metadata.labels
    if labels is not None:
        (folder / LABELS).write_bytes(labels)
    return _tried(request, folder / NETWORK, structure, metadata)


def with_outputs(content: bytes, labels: int | None) -> tuple[bytes, Structure, Metadata]:
    """A TFLite file with its two outputs, what was found in it, and what it says about itself.

    Args:
        labels: how many there are, None where that is not known.

    Raises:
        DamagedError: it cannot be used.
    """
    try:
        model = read_model(content)
        metadata = read_metadata(model, content)
        structure = examine(model, labels)
        outputs = [("scores", structure.scores)]
        if structure.embedding is not None:
            outputs.append(("embedding", structure.embedding))
        set_outputs(model, structure.image, outputs)
        return write_model(model), structure, metadata
    except (DamagedError, MemoryError):
        raise
    except Exception as error:
        # The parts of a damaged file may be of types that nobody expects of them.
        raise DamagedError(f"is damaged ({type(error).__name__}: {error})") from error


def _tflite(request: Request) -> tuple[bytes, bytes | None]:
    """The network as TFLite, and labels that come with it."""
    if request.kind == "keras":
        from app.vision.outside.keras_file import convert_keras

        return convert_keras(request.path), None
    if request.kind == "savedmodel":
        from app.vision.outside.saved_model import convert_saved_model

        return convert_saved_model(request.path), None
    if request.kind == "archive":
        return _unpacked(request.path)
    try:
        return request.path.read_bytes(), None
    except OSError as error:
        raise ModelError(request.path, error.strerror or str(error)) from error


def _unpacked(path: Path) -> tuple[bytes, bytes | None]:
    """The TFLite file of an archive, and the labels beside it."""
    found = sorted(members(path), key=lambda member: member.filename)
    networks = [each for each in found if each.filename.lower().endswith(".tflite")]
    labels = [each for each in found if Path(each.filename).name.lower() == LABELS]
    content = read_member(path, networks[0])
    return content, read_member(path, labels[0]) if labels else None


def _tried(
    request: Request, file: Path, structure: Structure, metadata: Metadata
) -> dict[str, Any]:
    known, why = _range(request, structure, metadata)
    pictures = load_photos(request.photos, skip_unreadable=request.skip_unreadable)
    try:
        trial = try_out(file, structure, known, pictures)
    except ModelError as error:
        raise ModelError(request.path, error.reason) from error
    except (ValueError, IndexError) as error:
        # What it gives is not what it says that it gives.
        raise ModelError(request.path, f"does not do what it says: {error}") from error
    return {
        "input_size": structure.input_size,
        "layout": structure.layout,
        "channels": trial.used.channels,
        "input_range": trial.used.name,
        "range_found": why,
        "mean": trial.used.mean,
        "std": trial.used.std,
        "classes": structure.classes,
        "embedding_size": structure.embedding_size,
        "embedding_from": "output" if structure.embedding is not None else "scores",
        "activation": trial.activation,
        "quantisation": structure.quantisation_kind,
        "best": trial.best,
        "information": trial.information,
        "about": {
            key: value
            for key in ("name", "description", "author", "licence")
            if (value := getattr(metadata, key))
        },
    }


def _range(
    request: Request, structure: Structure, metadata: Metadata
) -> tuple[InputRange | None, str]:
    """The range of the input, and how it is known; None where it has to be tried out."""
    if request.input_range is not None:
        return RANGES[request.input_range], "as was asked for"
    if structure.dtype != "float32" and structure.quantisation is not None:
        return from_quantisation(structure.dtype, structure.quantisation)
    said = from_metadata(metadata.mean, metadata.std)
    if said is not None:
        return said, "as its metadata say"
    built_in = from_rescaling(structure.rescaling)
    if built_in is not None:
        return built_in, "as it rescales its input by itself"
    return None, "the one under which its answers told most"
