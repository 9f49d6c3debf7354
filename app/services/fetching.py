"""Networks that are known, made usable when somebody asks for them.

Its weights are fetched, put into its graph, and the graph is exported once to LiteRT; the weights
stay beside it, for a GPU and for other precisions. It takes minutes, much memory, and TensorFlow:
a window runs it as `tagwright models fetch ID --json`, in a process of its own.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from app.core.errors import ModelError, ReadError, UsageError
from app.core.work_folder import work_folder
from app.services.calibrating import calibration_inputs
from app.vision.catalogue import Download, ModelCard
from app.vision.convert import Precision, convert
from app.vision.fetch import fetch
from app.vision.litert import LiteRTEmbedder
from app.vision.networks.applications import build_graph
from app.vision.pixels import as_input
from app.vision.register import NewFloatModel, NewNetwork, register
from app.vision.variant import variant

#: A network in float that answers so differently after the export was not exported right.
_TOLERANCE = 0.01

Doing = Literal["fetch", "build", "convert", "try"]


@dataclass(frozen=True, slots=True)
class Step:
    """What is being done, and how much of it is: in bytes, or of an unknown whole."""

    doing: Doing
    done: int = 0
    total: int | None = None


@dataclass(slots=True)
class Fetching:
    """Making one network usable. Iterating does it; who stops iterating stops it.

    Attributes:
        card: of a network that has a `download`.
        models: the user's folder of networks.
        downloads: where files lie while they arrive.
        weights: a file on this computer to be used instead of the published one.
        precision: of the LiteRT file.
        photos: to calibrate int8 with.
    """

    card: ModelCard
    models: Path
    downloads: Path
    weights: Path | None = None
    precision: Precision = "float"
    photos: Sequence[Path] = ()
    _registered: ModelCard | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        if self.card.is_here or self.card.download is None:
            raise UsageError(f"{self.card.id}: is here already")

    @property
    def registered(self) -> ModelCard:
        """The card of the network as it is in the user's catalogue, when all is done."""
        assert self._registered is not None
        return self._registered

    def __iter__(self) -> Iterator[Step]:
        download = self.card.download
        assert download is not None
        samples = None
        if self.precision == "int8":
            # Before a long way: without photos there is nothing to go on with.
            samples = calibration_inputs(self.card, self.photos)
        weights = self.weights or (yield from self._fetched(download))
        is_published = self.weights is None or _has(weights, download)
        yield Step("build")
        model = build_graph(download.architecture, weights)
        yield Step("convert")
        content = convert(model, self.precision, samples)
        yield Step("try")
        difference = self._try(model, content)
        more = self._more(download, weights, is_published, difference)
        self._register(download, self._own_copy(weights), content, more)

    def _register(
        self, download: Download, kept: Path, content: bytes, more: dict[str, Any]
    ) -> None:
        self._registered = register(
            self.models,
            NewNetwork(
                id=self.card.id,
                name=self.card.name,
                litert=content,
                labels=_lines(self.card.labels_file),
                input_size=self.card.input_size,
                mean=self.card.mean,
                std=self.card.std,
                embedding_size=self.card.embedding_size,
                crop_fraction=self.card.crop_fraction,
                channels=self.card.channels,
                activation=self.card.activation,
                quantisation=self.precision,
                float_model=NewFloatModel(download.kind, download.architecture, kept),
                more=more,
            ),
        )

    def _fetched(self, download: Download) -> Generator[Step, None, Path]:
        target = self.downloads / f"{self.card.id}.h5"
        if not (target.is_file() and _has(target, download)):
            for arrived in fetch(
                download.url,
                target,
                algorithm=download.algorithm,
                checksum=download.checksum,
                # Megabytes are rounded, and some count 1,024 kilobytes.
                at_most=int(download.megabytes * 1.25e6) + 8_000_000,
            ):
                yield Step("fetch", arrived.done, arrived.total)
        return target

    def _own_copy(self, weights: Path) -> Path:
        """The weights in a file that may be moved."""
        if self.weights is None:
            return weights
        copy = self.downloads / f"{self.card.id}.h5"
        try:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(weights, copy)
        except OSError as error:
            raise ReadError(weights, error.strerror or str(error)) from error
        return copy

    def _try(self, model: Any, content: bytes) -> float:
        """How far the exported network's scores are from the graph's own.

        Raises:
            ModelError: too far for a mere export.
        """
        width, height = self.card.input_size
        crops = np.random.default_rng(0).integers(0, 256, (2, height, width, 3), dtype=np.uint8)
        inputs = as_input(self.card, crops)
        wanted: NDArray[np.float32] = np.asarray(model(inputs, training=False)["scores"])
        with work_folder() as folder:
            exported = variant(self.card, content, folder / "network.tflite")
            scores = LiteRTEmbedder(exported).embed(crops).scores
        difference = float(np.abs(wanted - scores).max())
        if not np.isfinite(difference) or (self.precision == "float" and difference > _TOLERANCE):
            reason = f"answers otherwise after the export (by {difference:.3f})"
            raise ModelError(self.card.id, reason)
        return difference

    def _more(
        self, download: Download, weights: Path, is_published: bool, difference: float
    ) -> dict[str, Any]:
        """Licence, source and accuracy; these are only known of the published weights."""
        source = {
            "url" if is_published else "file": download.url if is_published else weights.name,
            "sha256": _hash(weights, "sha256"),
        }
        known = ("licence", "accuracy") if is_published else ()
        return {
            **{key: self.card.card[key] for key in known},
            **({} if is_published else {"licence": "unknown"}),
            "parameters": self.card.card["parameters"],
            "source": source,
            "exported": {"precision": self.precision, "largest_difference": round(difference, 6)},
        }


def _lines(labels: Path) -> list[str]:
    return [line for line in labels.read_text("utf-8").splitlines() if line.strip()]


def _has(path: Path, download: Download) -> bool:
    """Whether a file is the published one; without a checksum nobody can know."""
    return bool(download.checksum) and _hash(path, download.algorithm) == download.checksum


def _hash(path: Path, algorithm: str) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, algorithm).hexdigest()
    except OSError as error:
        raise ReadError(path, error.strerror or str(error)) from error
