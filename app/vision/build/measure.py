"""Judges a converted network against the float one, on labelled photos."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.errors import ModelError, ReadError
from app.vision.build.calibration import centre_box, open_rgb, prepare

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Outputs:
    """What a network says about a set of photos: `[photos, 1280]` and `[photos, 1000]`."""

    embedding: Floats
    scores: Floats


class LiteRtNetwork:
    """A LiteRT file on the CPU. Not for two threads at once."""

    def __init__(self, data: bytes, threads: int) -> None:
        from ai_edge_litert.interpreter import Interpreter

        self._interpreter: Any = Interpreter(model_content=data, num_threads=threads)
        (self._input,) = self._interpreter.get_input_details()
        # By width, as the application does: the order in the file is the converter's choice.
        by_width = {int(out["shape"][-1]): out for out in self._interpreter.get_output_details()}
        self._outputs = by_width
        self._batch = 0

    def run(self, images: Floats) -> tuple[Floats, Floats]:
        """Embedding and scores of a batch `[n, size, size, 3]`."""
        if self._batch != len(images):
            self._interpreter.resize_tensor_input(self._input["index"], images.shape)
            self._interpreter.allocate_tensors()
            self._batch = len(images)
        self._interpreter.set_tensor(self._input["index"], images)
        self._interpreter.invoke()
        embedding, scores = (
            self._interpreter.get_tensor(self._outputs[width]["index"]) for width in (1280, 1000)
        )
        return embedding, scores


def labelled_photos(folder: Path, labels: Path) -> tuple[list[Path], NDArray[np.int64]]:
    """Photos whose names begin with a WordNet id, and the class index of each.

    Args:
        folder: photos named like `n01440764_tench.JPEG`.
        labels: a line `n01440764 tench` for each class, in the order of the classes.

    Raises:
        ReadError: no photo in the folder.
        ModelError: a photo's id is not among the labels.
    """
    ids = [line.split(maxsplit=1)[0] for line in labels.read_text("utf-8").splitlines()]
    index = {wordnet: position for position, wordnet in enumerate(ids)}
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    if not paths:
        raise ReadError(folder, "no photos to measure with")
    try:
        return paths, np.array([index[path.name.split("_")[0]] for path in paths])
    except KeyError as error:
        raise ModelError(labels, f"no class has the WordNet id {error}") from error


def load_inputs(paths: Sequence[Path], size: int) -> Floats:
    """The centre crops of photos as one array `[photos, size, size, 3]`."""
    images = []
    for path in paths:
        image = open_rgb(path)
        images.append(prepare(image, centre_box(image.width, image.height), size))
    return np.stack(images)


def run_float(model: Any, inputs: Floats) -> Outputs:
    """The Keras model's outputs for a set of photos."""
    outputs = model.predict(inputs, batch_size=16, verbose=0)
    return Outputs(outputs["embedding"], outputs["scores"])


def run_litert(data: bytes, inputs: Floats) -> Outputs:
    """The LiteRT file's outputs for a set of photos, one at a time."""
    network = LiteRtNetwork(data, threads=2)
    results = [network.run(image[np.newaxis]) for image in inputs]
    return Outputs(
        np.concatenate([embedding for embedding, _ in results]),
        np.concatenate([scores for _, scores in results]),
    )


def top_k(scores: Floats, truth: NDArray[np.int64], k: int) -> float:
    """The share of photos, in percent, whose class is among the k best scores."""
    best = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return round(100 * float((best == truth[:, np.newaxis]).any(axis=1).mean()), 1)


def cosines(one: Floats, other: Floats) -> Floats:
    """Row by row, the cosine between two arrays `[n, d]`."""
    norms = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    cosine: Floats = np.sum(one * other, axis=1) / norms
    return cosine


def compare(
    float_outputs: Outputs, int8_outputs: Outputs, truth: NDArray[np.int64]
) -> dict[str, float]:
    """Accuracy of both networks in percent, and the cosines between their embeddings."""
    cosine = cosines(float_outputs.embedding, int8_outputs.embedding)
    return {
        "float_top1": top_k(float_outputs.scores, truth, 1),
        "float_top5": top_k(float_outputs.scores, truth, 5),
        "int8_top1": top_k(int8_outputs.scores, truth, 1),
        "int8_top5": top_k(int8_outputs.scores, truth, 5),
        "embedding_cosine_mean": round(float(np.mean(cosine)), 4),
        "embedding_cosine_min": round(float(np.min(cosine)), 4),
    }


def milliseconds(data: bytes, size: int, threads: int, batch: int, repeats: int = 60) -> float:
    """Median time of one call in milliseconds, after five to warm up."""
    network = LiteRtNetwork(data, threads)
    images = np.zeros((batch, size, size, 3), dtype=np.float32)
    times = []
    for _ in range(repeats + 5):
        start = time.perf_counter()
        network.run(images)
        times.append(time.perf_counter() - start)
    return 1000 * float(np.median(times[5:]))
