"""A whole training, as it would be on a graphics card."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.core.training import Examples, TrainingSettings
from app.vision.training import trainer
from app.vision.training.data import PhotoSet
from app.vision.training.export import predict
from app.vision.training.fit import Course


def test_in_mixed_precision_the_result_is_in_full_precision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Half precision is what makes graphics cards fast; a processor can do it as well.
    monkeypatch.setattr(trainer, "device", lambda: "gpu")
    import keras

    chance = np.random.default_rng(0)
    classes = np.arange(16) % 2
    pixels = chance.integers(0, 100, (16, 16, 16, 3), dtype=np.uint8)
    pixels[..., 0] += (classes * 150).astype(np.uint8)[:, None, None]
    settings = TrainingSettings(network="cnn", image_size=16, epochs=15, batch=4, dropout=0.0)
    photos = PhotoSet(pixels, classes)
    said: list[object] = []
    job = trainer.Job(
        settings, None, photos, np.arange(12), np.arange(12, 16), 2, tmp_path, said.append,
        lambda: None,
    )  # fmt: skip
    course = Course()

    core = trainer.train(job, course)

    assert {str(each.dtype) for each in core.weights} == {"float32"}
    assert {layer.compute_dtype for layer in core.layers} == {"float32"}
    assert keras.config.dtype_policy().name == "float32"
    scores = predict(core, pixels, trainer.input_of(settings, None))
    assert scores.shape == (16, 2) and scores.sum(axis=1) == pytest.approx(1, abs=1e-4)
    assert (scores.argmax(axis=1) == classes).mean() > 0.8
    assert any(isinstance(event, Examples) for event in said) and len(course.epochs) <= 15
