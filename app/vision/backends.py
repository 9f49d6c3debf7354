"""What a network runs on: the processor, or a graphics card where that is faster.

The processor always works: LiteRT, with the small int8 file. On a graphics card there are two ways,
Keras (TensorFlow, on Linux with CUDA) and LiteRT's own accelerator (Windows, macOS, other cards on
Linux). Both are tried once for a machine and a network, in a process of its own, and what came of
it is remembered. Without a card none of this is loaded. Embeddings are the same on all of them but
for rounding, so that what is cached and learned serves whatever the network runs on.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import platform
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from importlib import metadata
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

import app
from app.core.errors import UsageError
from app.core.settings import Device
from app.vision.catalogue import ModelCard
from app.vision.embedder import Embedder, Prediction
from app.vision.gpus import Gpu, find_gpus
from app.vision.litert import LiteRTEmbedder
from app.vision.measuring import GpuBackend, Measurement, measure

_log = logging.getLogger(__name__)

#: What a network runs on: LiteRT on the processor, or what `GpuBackend` names on a card.
Backend = Literal["litert", "keras", "litert-gpu"]

#: In the folder of the cache: what came of measuring.
FILE: Final = "devices.json"

#: Packages whose versions decide what a card can do. TensorFlow takes CUDA from those of NVIDIA.
_PACKAGES: Final = (
    "tensorflow", "keras", "ai-edge-litert", "jax", "nvidia-cudnn-cu12", "nvidia-cudnn-cu13",
    "nvidia-cuda-runtime-cu12", "jax-cuda12-plugin", "tensorflow-metal",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """What a network is to run on.

    Attributes:
        gpu: the card, None for the processor.
        reason: why, as a sentence without a full stop.
        measurement: of the card, where it was measured.
    """

    backend: Backend
    gpu: Gpu | None
    reason: str
    measurement: Measurement = field(default_factory=Measurement)


#: Networks whose card has failed since the program started: not tried again, and told once.
_failed: set[str] = set()


class GpuUse:
    """Decides what networks run on, and remembers what was measured.

    Args:
        cache: folder for what was measured; None keeps nothing.
        gpus: the cards there are.
        measure: tries a backend; as `app.vision.measuring.measure`.
    """

    def __init__(
        self,
        cache: Path | None,
        *,
        gpus: Callable[[], Sequence[Gpu]] = find_gpus,
        measure: Callable[[ModelCard, GpuBackend], Measurement] = measure,
    ) -> None:
        self._file = cache / FILE if cache is not None else None
        self._gpus = gpus
        self._measure = measure

    def plan(self, card: ModelCard, device: Device = "auto") -> Plan:
        """What a network is to run on. Takes a while where a card is met for the first time.

        Raises:
            UsageError: a card is asked for, and there is none or none that works.
        """
        if device == "cpu":
            return Plan("litert", None, "the processor was asked for")
        gpus = self._gpus()
        if not gpus:
            if device == "gpu":
                raise UsageError(
                    "this machine has no graphics card that can be used; choose the processor"
                )
            return Plan("litert", None, "there is no graphics card that can be used")
        if card.key in _failed:
            return Plan("litert", None, "the graphics card has failed before")
        tried = {backend: self._tried(card, backend, gpus) for backend in _backends(gpus)}
        working = [(each.gpu_ms, name) for name, each in tried.items() if not each.error]
        if not working:
            reasons = "; ".join(f"{name}: {each.error}" for name, each in tried.items())
            if device == "gpu":
                raise UsageError(f"{gpus[0].name} cannot be used: {reasons}")
            return Plan("litert", None, f"{gpus[0].name} cannot be used ({reasons})")
        _, backend = min(working)
        best = tried[backend]
        figures = f"{best.gpu_ms:.2f} ms a picture, the processor takes {best.cpu_ms:.2f} ms"
        if device == "auto" and best.gpu_ms >= best.cpu_ms:
            return Plan("litert", None, f"{gpus[0].name} is no faster: {figures}", best)
        return Plan(backend, gpus[0], figures, best)

    def choose(
        self,
        card: ModelCard,
        device: Device = "auto",
        *,
        threads: int | None = None,
        notify: Callable[[str], None] | None = None,
    ) -> Embedder:
        """A network ready to run on what `plan` says.

        A card that fails later, in the middle of a run, is left for the processor; the photos in
        hand are not lost.

        Args:
            threads: that the processor may use for it; None takes all.
            notify: is called with a sentence when a card has failed, once.

        Raises:
            UsageError: as `plan`.
            ModelError: the network is damaged.
        """
        plan = self.plan(card, device)
        _log.info("%s runs by %s: %s", card.id, plan.backend, plan.reason)

        def on_cpu() -> Embedder:
            return LiteRTEmbedder(card, threads=threads)

        def failed(error: BaseException) -> None:
            _log.warning("%s on %s", card.id, plan.gpu, exc_info=error)
            if card.key not in _failed:
                _failed.add(card.key)
                if notify is not None:
                    notify(
                        f"{plan.gpu.name if plan.gpu else 'The graphics card'} has failed"
                        f" ({_first_line(error)}); the processor goes on"
                    )

        if plan.backend == "litert":
            return on_cpu()
        try:
            return FallbackEmbedder(self._on_gpu(card, plan), on_cpu, failed)
        except Exception as error:  # noqa: BLE001 (it worked when it was tried)
            failed(error)
            return on_cpu()

    def _on_gpu(self, card: ModelCard, plan: Plan) -> Embedder:
        found = plan.measurement
        if plan.backend == "litert-gpu":
            from app.vision.litert_gpu import LiteRTGpuEmbedder

            return LiteRTGpuEmbedder(card, batch_size=found.batch_size)
        from app.vision.keras_embedder import KerasEmbedder

        key = self._key(card, "keras", self._gpus())
        return KerasEmbedder(
            card,
            precision=found.precision,
            jit=found.jit,
            batch_size=found.batch_size,
            shrunk=lambda size: self._keep(key, replace(found, batch_size=size)),
        )

    # What was measured

    def _tried(self, card: ModelCard, backend: GpuBackend, gpus: Sequence[Gpu]) -> Measurement:
        if backend == "keras" and card.float_model is None:
            return Measurement("the network has no float form")
        key = self._key(card, backend, gpus)
        try:
            return Measurement(**self._kept()[key])
        except (KeyError, TypeError):
            pass
        found = self._measure(card, backend)
        self._keep(key, found)
        return found

    def _key(self, card: ModelCard, backend: GpuBackend, gpus: Sequence[Gpu]) -> str:
        """Equal only where measuring again would give the same."""
        said = json.dumps(
            [
                app.__version__, card.key, card.sha256, backend, [asdict(gpu) for gpu in gpus],
                card.float_model.sha256 if card.float_model else "",
                platform.platform(), platform.processor(), os.environ.get("KERAS_BACKEND", ""),
                {name: _version(name) for name in _PACKAGES},
            ]
        )  # fmt: skip
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    def _kept(self) -> Mapping[str, Any]:
        if self._file is None:
            return {}
        try:
            kept = json.loads(self._file.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def _keep(self, key: str, found: Measurement) -> None:
        if self._file is None:
            return
        content = json.dumps({**self._kept(), key: asdict(found)}, indent=1)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{FILE}-", dir=self._file.parent)
            with os.fdopen(handle, "w") as file:
                file.write(content)
            os.replace(name, self._file)
        except OSError as error:  # it is measured again the next time
            _log.warning("%s: %s", self._file, error)


class FallbackEmbedder:
    """A network on a graphics card, which goes on on the processor when the card fails.

    Args:
        gpu: on the card.
        make_cpu: the same on the processor.
        failed: is called with what the card said, when the processor has taken over.
    """

    def __init__(
        self,
        gpu: Embedder,
        make_cpu: Callable[[], Embedder],
        failed: Callable[[BaseException], None],
    ) -> None:
        self.card = gpu.card
        self._embedder = gpu
        self._make_cpu = make_cpu
        self._failed = failed
        self._is_on_cpu = False

    @property
    def batch_size(self) -> int:
        """See `Embedder`; another one when a card has had no memory, or failed."""
        return self._embedder.batch_size

    def embed(self, crops: NDArray[np.uint8]) -> Prediction:
        """Run the network on any number of RGB crops, of shape (n, height, width, 3)."""
        if self._is_on_cpu:
            return self._embedder.embed(crops)
        try:
            return self._embedder.embed(crops)
        except Exception as error:  # noqa: BLE001 (whatever a driver says)
            # Where the processor cannot do it either, it was not the card.
            on_cpu = self._make_cpu()
            prediction = on_cpu.embed(crops)
            self._embedder, self._is_on_cpu = on_cpu, True
            self._failed(error)
            return prediction


def _backends(gpus: Sequence[Gpu]) -> list[GpuBackend]:
    # TensorFlow's wheels have GPU support on Linux only; JAX's likewise.
    cuda = any(gpu.kind == "cuda" for gpu in gpus) and platform.system() == "Linux"
    return ["keras", "litert-gpu"] if cuda else ["litert-gpu"]


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
