"""What this machine can run networks on, how fast, and whether the answers agree.

    python -m tests.benchmarks.device [--model ID] [--photos N] [--quick]

prints one JSON object:

- `devices`: the graphics cards there are, what Keras sees, and what the program would choose;
- `speed`: milliseconds per crop of each backend by batch size; Keras on the processor stands in
  where there is no card;
- `agreement`: cosines between the embeddings of each backend and those of LiteRT on the processor,
  over photos: mean, least, and how many are below 0.98; how often the first class is the same;
- `out_of_memory`: Keras is asked for ever larger batches until the card has no memory (on the
  processor, an error of that kind is raised below it), and must go on with smaller ones;
- `fallback`: the backend fails in the middle, and the processor must take over, with one notice and
  the same answers;
- `skipped`: what could not be run here, and why.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import skimage

from app.core.errors import TagwrightError
from app.core.paths import data_path
from app.core.settings import TagSettings
from app.services.features import load_crops
from app.services.scan import find_photos
from app.vision.backends import FallbackEmbedder, GpuUse
from app.vision.catalogue import Catalogue, ModelCard
from app.vision.embedder import Embedder, Prediction
from app.vision.gpus import find_gpus
from app.vision.keras_embedder import KerasEmbedder
from app.vision.litert import LiteRTEmbedder
from app.vision.litert_gpu import LiteRTGpuEmbedder
from app.vision.measuring import measure, sample_pictures
from app.vision.tensorflow import import_keras
from tests.benchmarks.machine import lent_data, machine

#: What learned tags and the cache need of two backends.
WANTED = 0.98
COMMAND = "python -m tests.benchmarks.device"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default=TagSettings().model)
    parser.add_argument("--photos", type=int, default=300, help="of each folder, at most")
    parser.add_argument("--quick", action="store_true", help="small batches only")
    options = parser.parse_args()
    card = Catalogue([data_path("models")]).get(options.model)
    keras = import_keras()
    on_gpu = bool(keras.distribution.list_devices("gpu"))
    skipped: list[str] = []
    if not on_gpu:
        skipped.append(
            f"Keras on a graphics card: {keras.backend.backend()} sees none here, the processor"
            f" stands in; on a machine that has one: {COMMAND}"
        )
    batches = (1, 4) if options.quick else (1, 4, 16, 64) if on_gpu else (1, 4, 16)
    accelerator: LiteRTGpuEmbedder | None = None
    # In a process of its own first: one without a card crashes when it ends.
    tried = measure(card, "litert-gpu")
    if tried.error:
        said = f"{tried.error}; on a machine that has one: {COMMAND}"
        skipped.append(f"LiteRT on a graphics card: {said}")
    else:
        accelerator = LiteRTGpuEmbedder(card, batch_size=max(batches) if find_gpus() else 1)
    backends: dict[str, Embedder] = {
        "keras float32": KerasEmbedder(card, batch_size=max(batches), jit=on_gpu),
        "keras mixed_float16": KerasEmbedder(
            card, precision="mixed_float16", batch_size=max(batches), jit=on_gpu
        ),
    }
    if accelerator is not None:
        backends["litert-gpu"] = accelerator
    result: dict[str, Any] = {
        "machine": machine(),
        "model": card.key,
        "devices": {
            "graphics_cards": [str(gpu) for gpu in find_gpus()],
            "keras": f"{keras.backend.backend()}: {keras.distribution.list_devices()}",
            "chosen": GpuUse(None).plan(card).reason,
        },
        "speed": {
            "litert cpu": speed(LiteRTEmbedder(card), (1, 3)),
            **{
                name: speed(each, tuple(b for b in batches if b <= each.batch_size))
                for name, each in backends.items()
            },
        },
        "agreement": agreement(card, backends, options.photos, skipped),
        "out_of_memory": out_of_memory(card, on_gpu=on_gpu),
        "fallback": fallback(card),
        "skipped": skipped,
    }
    print(json.dumps(result, indent=2))


def speed(embedder: Embedder, batches: tuple[int, ...]) -> dict[int, float]:
    """Milliseconds per crop by batch size, the best of some runs."""
    found = {}
    for batch in batches:
        pictures = sample_pictures(embedder.card, batch)
        embedder.embed(pictures)
        taken = []
        for _ in range(5):
            started = time.perf_counter()
            embedder.embed(pictures)
            taken.append(time.perf_counter() - started)
        found[batch] = round(1000 * min(taken) / batch, 2)
    return found


def photo_folders() -> Iterator[tuple[str, Path]]:
    """Photos to agree on."""
    yield "scikit-image", Path(skimage.__file__).parent / "data"
    for parts in (("imagenet",), ("camera",), ("flowers", "val")):
        folder = lent_data(*parts)
        if folder.is_dir():
            yield "/".join(parts), folder


def agreement(
    card: ModelCard, backends: dict[str, Embedder], photos: int, skipped: list[str]
) -> dict[str, Any]:
    """How near each backend comes to LiteRT on the processor, folder by folder."""
    found: dict[str, Any] = {name: {} for name in backends}
    reference = LiteRTEmbedder(card)
    for title, folder in photo_folders():
        paths, crops = [], []
        for path in find_photos([folder]):
            if len(paths) == photos:
                break
            try:
                assert isinstance(path, Path)
                crops.append(load_crops(path, card, 1))
                paths.append(path)
            except (TagwrightError, AssertionError):
                continue
        ours = joined([reference.embed(crop) for crop in crops])
        for name, embedder in backends.items():
            # A card in software takes a second for a picture.
            in_software = name == "litert-gpu" and not find_gpus()
            some = min(len(crops), 6) if in_software else len(crops)
            theirs = joined([embedder.embed(crop) for crop in chunks(crops[:some], embedder)])
            cosine = cosines(theirs.embeddings, ours.embeddings[:some])
            same = theirs.scores.argmax(axis=1) == ours.scores[:some].argmax(axis=1)
            worst = np.argsort(cosine)[:3]
            found[name][title] = {
                "photos": some,
                "mean": round(float(cosine.mean()), 4),
                "min": round(float(cosine.min()), 4),
                "below_wanted": int((cosine < WANTED).sum()),
                "first_class_same": round(float(same.mean()), 3),
                "worst": {paths[i].name: round(float(cosine[i]), 4) for i in worst},
            }
    if len(list(photo_folders())) < 4:
        skipped.append("agreement on the lent photos: they are not here")
    return found


def chunks(crops: list[np.ndarray], embedder: Embedder) -> Iterator[np.ndarray]:
    size = embedder.batch_size
    for start in range(0, len(crops), size):
        yield np.concatenate(crops[start : start + size])


def joined(parts: list[Prediction]) -> Prediction:
    return Prediction(
        np.concatenate([part.embeddings for part in parts]),
        np.concatenate([part.scores for part in parts]),
    )


def cosines(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    norms = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return np.sum(one * other, axis=1) / norms


def out_of_memory(card: ModelCard, *, on_gpu: bool) -> dict[str, Any]:
    """How Keras goes on where there is no memory for the batch."""
    sizes: list[int] = []
    if on_gpu:
        # So many pictures fit in no card, and are one picture to the processor.
        asked = 1 << 14
        embedder = KerasEmbedder(card, batch_size=asked, jit=True, shrunk=sizes.append)
        picture = sample_pictures(card, 1)
        many = np.broadcast_to(picture, (asked, *picture.shape[1:]))
    else:
        asked = 16
        embedder = KerasEmbedder(card, batch_size=asked, jit=False, shrunk=sizes.append)
        failing_above(embedder, 4)
        many = np.concatenate([sample_pictures(card, 2)] * 8)
    found = embedder.embed(many)
    wanted = LiteRTEmbedder(card).embed(many[:1])
    return {
        "real": on_gpu,
        "asked_for": asked,
        "went_down_to": sizes,
        "answers": len(found.embeddings),
        "agreement": round(float(cosines(found.embeddings[-2:-1], wanted.embeddings)[0]), 4),
    }


def failing_above(embedder: KerasEmbedder, most: int) -> None:
    """Let the compiled function below a network have no memory for more than some pictures."""
    model = embedder._model
    model.make_predict_function()
    inner: Callable[..., Any] = model.predict_function

    def function(data: Any) -> Any:
        if len(data[0][0]) > most:
            raise out_of_memory_error()
        return inner(data)

    model.predict_function = function


def out_of_memory_error() -> Exception:
    """As the framework below Keras raises it."""
    keras = import_keras()
    said = "OOM when allocating tensor with shape[64,1280,7,7]"
    if keras.backend.backend() == "jax":
        import jax

        return jax.errors.JaxRuntimeError(f"RESOURCE_EXHAUSTED: {said}")
    import tensorflow as tf

    return tf.errors.ResourceExhaustedError(None, None, said)


def fallback(card: ModelCard) -> dict[str, Any]:
    """How a run goes on when the card fails at its third batch."""
    keras = KerasEmbedder(card, batch_size=4, jit=False)
    inner, calls = keras._model.predict_on_batch, []

    def failing(batch: np.ndarray) -> Any:
        calls.append(len(batch))
        if len(calls) >= 3:
            raise RuntimeError("CUDA_ERROR_ILLEGAL_ADDRESS: the device has gone")
        return inner(batch)

    keras._model.predict_on_batch = failing
    notices: list[str] = []
    embedder = FallbackEmbedder(
        keras, lambda: LiteRTEmbedder(card), lambda error: notices.append(str(error))
    )
    pictures = sample_pictures(card, 6)
    wanted = LiteRTEmbedder(card).embed(pictures)
    found = joined([embedder.embed(pictures[n : n + 1]) for n in range(6)])
    return {
        "notices": notices,
        "batches_on_the_card": len(calls),
        "answers": len(found.embeddings),
        "least_agreement": round(float(cosines(found.embeddings, wanted.embeddings).min()), 4),
    }


if __name__ == "__main__":
    main()
