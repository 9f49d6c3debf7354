"""From a trained network to the files that tag photos, each checked against what was trained."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from app.core.training import Form
from app.core.work_folder import work_folder
from app.vision.catalogue import ModelCard
from app.vision.convert import Precision, convert
from app.vision.litert import LiteRTEmbedder
from app.vision.quiet import without_log

#: How many training photos calibrate the quantisation.
CALIBRATION: Final = 100
#: int8 is used where it is right on no less than this share of photos fewer than float.
INT8_MAY_LOSE: Final = 0.01
_BATCH: Final = 16


@dataclass(frozen=True, slots=True)
class Input:
    """What a network wants; see `ModelCard`."""

    size: tuple[int, int]
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    crop_fraction: float
    channels: Literal["RGB", "BGR"] = "RGB"

    def normalise(self, pixels: Any) -> Any:
        """RGB pixels 0 to 255 as the network wants them; arrays and tensors of float32."""
        scaled = (pixels - np.array(self.mean, np.float32)) / np.array(self.std, np.float32)
        return scaled[..., ::-1] if self.channels == "BGR" else scaled


@dataclass(frozen=True, eq=False)
class Exported:
    """What became of a network.

    Attributes:
        files: LiteRT files by precision.
        forms: what they are worth, in the same order.
        kept: the precision to use.
        accuracy: of the Keras network, on the photos that it was checked on.
        confusion: of the form that is kept, shape (classes, classes): photos by class (rows) and
            first answer (columns).
    """

    files: dict[str, bytes]
    forms: tuple[Form, ...]
    kept: str
    accuracy: float
    confusion: NDArray[np.int64]


def predict(core: Any, pixels: NDArray[np.uint8], wants: Input) -> NDArray[np.float32]:
    """What a Keras network says about photos: probabilities of shape (n, classes)."""
    parts = []
    for start in range(0, len(pixels), _BATCH):
        batch = wants.normalise(np.asarray(pixels[start : start + _BATCH], np.float32))
        parts.append(np.asarray(core(batch, training=False)["scores"]))
    return np.concatenate(parts).astype(np.float32)


def export(
    core: Any,
    wants: Input,
    calibration: Sequence[NDArray[np.uint8]],
    photos: NDArray[np.uint8],
    classes: NDArray[np.integer],
    *,
    progressed: Callable[[int, int], None],
) -> Exported:
    """Convert a network in float and int8, and compare both with it.

    Args:
        core: see `app.vision.training`; in float32.
        calibration: training photos, shape (edge, edge, 3) each.
        photos: to check with; shape (n, edge, edge, 3).
        classes: of these photos, shape (n,).
        progressed: hears how many of how many steps are done; what it raises ends it.
    """
    precisions: tuple[Precision, ...] = ("float", "int8")
    steps = 2 * len(precisions) + 1
    scores = predict(core, photos, wants)
    accuracy = _accuracy(scores, classes)
    progressed(1, steps)

    def samples() -> Iterator[NDArray[np.float32]]:
        for photo in calibration:
            yield wants.normalise(photo.astype(np.float32))[np.newaxis]

    files: dict[str, bytes] = {}
    answers: dict[str, NDArray[np.float32]] = {}
    forms: list[Form] = []
    size = int(core.output["embedding"].shape[-1])
    for number, precision in enumerate(precisions):
        with without_log():
            files[precision] = convert(core, precision, samples)
        progressed(2 + 2 * number, steps)
        answers[precision] = run_litert(files[precision], wants, size, scores.shape[1], photos)
        forms.append(compare(precision, files[precision], answers[precision], scores, classes))
        progressed(3 + 2 * number, steps)
    kept = choose(forms)
    return Exported(files, tuple(forms), kept, accuracy, _confusion(answers[kept], classes))


def run_litert(
    content: bytes, wants: Input, embedding_size: int, classes: int, photos: NDArray[np.uint8]
) -> NDArray[np.float32]:
    """What a LiteRT file says about photos, in the way in which it will tag."""
    with work_folder() as folder:
        file = folder / "network.tflite"
        file.write_bytes(content)
        card = ModelCard(
            id="trained", name="trained", version="0", file=file,
            sha256=hashlib.sha256(content).hexdigest(), input_size=wants.size, mean=wants.mean,
            std=wants.std, crop_fraction=wants.crop_fraction,
            channels=wants.channels, embedding_size=embedding_size,
            classes=classes, labels_file=file, role="", card={},
        )  # fmt: skip
        embedder = LiteRTEmbedder(card)
        answers = [embedder.embed(np.asarray(photo)[np.newaxis]).scores for photo in photos]
    return np.concatenate(answers)


def compare(
    precision: str,
    content: bytes,
    scores: NDArray[np.float32],
    reference: NDArray[np.float32],
    classes: NDArray[np.integer],
) -> Form:
    """How far an exported network is from what was trained.

    Args:
        scores, reference: probabilities of it and of the Keras network, shape (n, classes).
    """
    same = scores.argmax(axis=1) == reference.argmax(axis=1)
    return Form(
        precision,
        len(content),
        _accuracy(scores, classes),
        float(same.mean()),
        float(np.abs(scores - reference).max()),
    )


def choose(forms: Sequence[Form]) -> str:
    """The precision to use: int8, which is smaller and faster, unless it is less often right."""
    by_name = {form.precision: form for form in forms}
    loses = by_name["float"].accuracy - by_name["int8"].accuracy
    return "int8" if loses <= INT8_MAY_LOSE + 1e-9 else "float"


def _accuracy(scores: NDArray[np.float32], classes: NDArray[np.integer]) -> float:
    return float((scores.argmax(axis=1) == classes).mean())


def _confusion(scores: NDArray[np.float32], classes: NDArray[np.integer]) -> NDArray[np.int64]:
    count = scores.shape[1]
    matrix = np.zeros((count, count), np.int64)
    np.add.at(matrix, (classes, scores.argmax(axis=1)), 1)
    return matrix
