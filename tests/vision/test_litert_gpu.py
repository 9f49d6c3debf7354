"""LiteRT's accelerator interface, with the processor in place of a graphics card."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Literal

import ai_edge_litert.compiled_model  # noqa: F401 (which needs the real one when it is imported)
import numpy as np
import pytest
from ai_edge_litert.hardware_accelerator import HardwareAccelerator

from app.core.paths import data_path
from app.vision.catalogue import Catalogue, ModelCard
from app.vision.litert import LiteRTEmbedder
from app.vision.litert_gpu import LiteRTGpuEmbedder
from app.vision.outside.examining import with_outputs
from app.vision.register import NewNetwork, register
from tests.tiny_tflite import COLOURS, colour_network


@pytest.fixture
def on_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is as on a card but for where it is calculated."""
    monkeypatch.setattr(
        "ai_edge_litert.hardware_accelerator.HardwareAccelerator",
        SimpleNamespace(GPU=HardwareAccelerator.CPU),
    )


def tiny(folder: Path, channels: Literal["RGB", "BGR"] = "RGB", **how: object) -> ModelCard:
    """A network with as many values in its embedding as classes, or with none."""
    content, structure, _ = with_outputs(colour_network(**how), None)  # type: ignore[arg-type]
    return register(
        folder,
        NewNetwork(
            id="tiny", name="Tiny", litert=content, labels=COLOURS, input_size=(32, 24),
            mean=(127.5,) * 3, std=(127.5,) * 3, embedding_size=3, channels=channels,
            activation="logits" if how.get("scores") == "logits" else "softmax",
            embedding_from="output" if structure.embedding is not None else "scores",
        ),
    )  # fmt: skip


@pytest.mark.usefixtures("on_processor")
@pytest.mark.parametrize("how", [{}, {"scores": "logits"}, {"middle": "none"}, {"channels": "BGR"}])
def test_it_says_what_the_processor_says(tmp_path: Path, how: dict[str, object]) -> None:
    card = tiny(tmp_path, **how)  # type: ignore[arg-type]
    crops = np.random.default_rng(0).integers(0, 256, (5, 24, 32, 3), dtype=np.uint8)

    wanted, found = (
        each.embed(crops) for each in (LiteRTEmbedder(card), LiteRTGpuEmbedder(card, batch_size=4))
    )

    np.testing.assert_allclose(found.scores, wanted.scores, atol=1e-4)
    np.testing.assert_allclose(found.embeddings, wanted.embeddings, atol=1e-4)
    assert not np.allclose(found.embeddings, found.scores)


@pytest.mark.usefixtures("on_processor")
def test_the_shipped_network_runs_so(tmp_path: Path) -> None:
    card = Catalogue([data_path("models")]).get("efficientnet-lite0")
    crops = np.random.default_rng(0).integers(0, 256, (3, 224, 224, 3), dtype=np.uint8)

    wanted, found = (
        each.embed(crops) for each in (LiteRTEmbedder(card), LiteRTGpuEmbedder(card, batch_size=2))
    )

    np.testing.assert_allclose(found.embeddings, wanted.embeddings, atol=0.05)
