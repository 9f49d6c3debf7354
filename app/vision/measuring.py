"""Trying a graphics card: in a process of its own, which a bad driver may crash or hang.

    python -m app.vision.measuring CARD BACKEND [--on-cpu]

prints one JSON object: milliseconds per crop on the processor and on the card, how well both agree,
and how the card is used best; or `error` with the reason why it cannot be used.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image

import app
from app.core.errors import TagwrightError
from app.vision.catalogue import ModelCard, read_card
from app.vision.embedder import Embedder, Prediction
from app.vision.litert import LiteRTEmbedder

if TYPE_CHECKING:
    from app.vision.keras_embedder import Precision

#: What runs a network on a graphics card: Keras (TensorFlow), or LiteRT itself.
GpuBackend = Literal["keras", "litert-gpu"]

#: A driver that has not answered by then never will, in seconds. The first time, code is compiled.
_TIMEOUT: Final = 240
#: Of measuring one way, in seconds.
_LONG_ENOUGH: Final = 0.3
#: Below this mean cosine to the processor's embeddings a card or its driver calculates wrongly. How
#: near they come on photos is another matter, which tests hold: these are no photos.
MIN_AGREEMENT: Final = 0.9


@dataclass(frozen=True, slots=True)
class Measurement:
    """What became of trying a backend.

    Attributes:
        error: why it cannot be used; empty where it can.
        cpu_ms, gpu_ms: milliseconds per crop on the processor, by LiteRT, and on the card.
        agreement: mean cosine between both's embeddings, or scores if that is less.
        batch_size: crops at once.
        precision, jit: see `KerasEmbedder`.
    """

    error: str = ""
    cpu_ms: float = 0
    gpu_ms: float = 0
    agreement: float = 0
    batch_size: int = 1
    precision: Precision = "float32"
    jit: bool | None = None


def measure(card: ModelCard, backend: GpuBackend, *, on_cpu: bool = False) -> Measurement:
    """Try a backend with a network, in a process of its own. Takes seconds, at worst minutes.

    Args:
        on_cpu: let Keras use the processor as if it were a card, to try all this without one.
    """
    command = [sys.executable, "-m", __name__, str(card.path), backend]
    environment = dict(os.environ)
    root = str(Path(app.__file__).resolve().parents[1])
    environment["PYTHONPATH"] = os.pathsep.join(
        part for part in (root, environment.get("PYTHONPATH")) if part
    )
    try:
        process = subprocess.run(
            [*command, *(["--on-cpu"] if on_cpu else [])],
            capture_output=True,
            text=True,
            errors="replace",
            env=environment,
            timeout=_TIMEOUT,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        return Measurement(**json.loads(process.stdout.splitlines()[-1]))
    except subprocess.TimeoutExpired:
        return Measurement(f"did not answer within {_TIMEOUT} seconds")
    except (OSError, IndexError, ValueError, TypeError) as error:
        if isinstance(error, OSError):
            return Measurement(f"could not be tried: {error}")
        return Measurement(f"crashed (exit code {process.returncode})")


def try_here(card: ModelCard, backend: GpuBackend, *, on_cpu: bool = False) -> Measurement:
    """The same in this process."""
    pictures = sample_pictures(card)
    litert = LiteRTEmbedder(card)
    wanted, cpu_ms = _run(litert, pictures[:3])
    best: Measurement | None = None
    for make in _ways(card, backend, on_cpu=on_cpu):
        embedder, precision, jit = make()
        found, milliseconds = _run(embedder, _repeated(pictures, embedder.batch_size))
        cosine = min(
            _cosine(found.embeddings[:3], wanted.embeddings),
            _cosine(found.scores[:3], wanted.scores),
        )
        if best is None or milliseconds < best.gpu_ms:
            best = Measurement(
                "", cpu_ms, milliseconds, cosine, embedder.batch_size, precision, jit
            )
    if best is None:
        raise RuntimeError("there is no way to use it")
    if not best.agreement >= MIN_AGREEMENT:  # it may be no number at all
        return Measurement(f"calculates something else (agreement {best.agreement:.3f})")
    return best


_Way: TypeAlias = "Callable[[], tuple[Embedder, Precision, bool | None]]"


def _ways(card: ModelCard, backend: GpuBackend, *, on_cpu: bool) -> list[_Way]:
    if backend == "litert-gpu":
        from app.vision.litert_gpu import LiteRTGpuEmbedder

        return [lambda: (LiteRTGpuEmbedder(card), "float32", None)]
    from app.vision.keras_embedder import BATCH_SIZE, KerasEmbedder
    from app.vision.tensorflow import import_keras

    keras = import_keras()
    if not on_cpu and not keras.distribution.list_devices("gpu"):
        framework = {"tensorflow": "TensorFlow", "jax": "JAX"}.get(keras.backend.backend(), "Keras")
        raise RuntimeError(f"{framework} sees no graphics card")

    def way(precision: Precision, jit: bool | None, batch: int) -> _Way:
        def make() -> tuple[Embedder, Precision, bool | None]:
            embedder = KerasEmbedder(card, precision=precision, jit=jit, batch_size=batch)
            return embedder, precision, jit

        return make

    if on_cpu:
        return [way("float32", False, 4)]
    return [way("mixed_float16", jit, BATCH_SIZE) for jit in (False, True)]


def sample_pictures(card: ModelCard, count: int = 3) -> NDArray[np.uint8]:
    """Made-up pictures with colours, gradients and edges, shape (count, height, width, 3)."""
    random = np.random.default_rng(0)
    width, height = card.input_size
    pictures = []
    for _ in range(count):
        layers = [
            Image.fromarray(random.integers(0, 256, (cells, cells, 3), dtype=np.uint8)).resize(
                (width, height), resample
            )
            for cells, resample in (
                (3, Image.Resampling.BICUBIC),
                (7, Image.Resampling.NEAREST),
                (40, Image.Resampling.BICUBIC),
            )
        ]
        mixed = Image.blend(Image.blend(layers[0], layers[1], 0.4), layers[2], 0.15)
        pictures.append(np.asarray(mixed))
    return np.stack(pictures)


def _repeated(pictures: NDArray[np.uint8], count: int) -> NDArray[np.uint8]:
    times = -(-max(count, len(pictures)) // len(pictures))
    return np.concatenate([pictures] * times)[: max(count, len(pictures))]


def _run(embedder: Embedder, crops: NDArray[np.uint8]) -> tuple[Prediction, float]:
    """The answer, and the milliseconds for a crop: the best of a few runs after the first."""
    prediction = embedder.embed(crops)
    best, spent = float("inf"), 0.0
    while spent < _LONG_ENOUGH:
        started = time.perf_counter()
        embedder.embed(crops)
        taken = time.perf_counter() - started
        best, spent = min(best, taken), spent + taken
    return prediction, 1000 * best / len(crops)


def _cosine(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    norms = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return float(np.mean(np.sum(one * other, axis=1) / np.maximum(norms, 1e-12)))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog=f"python -m {__spec__.name}")
    parser.add_argument("card", type=Path)
    parser.add_argument("backend", choices=get_args(GpuBackend))
    parser.add_argument("--on-cpu", action="store_true")
    options = parser.parse_args()
    found: dict[str, Any]
    try:
        found = asdict(try_here(read_card(options.card), options.backend, on_cpu=options.on_cpu))
    except TagwrightError as error:
        found = {"error": str(error)}
    except Exception as error:  # noqa: BLE001 (whatever is wrong with it, it cannot be used)
        lines = str(error).strip().splitlines()
        found = {"error": lines[0] if lines else type(error).__name__}
    print(json.dumps(found), flush=True)  # noqa: T201 (what this command is for)
    # Some drivers crash when a process ends in order, and nothing here needs that.
    os._exit(0)


if __name__ == "__main__":
    main()
