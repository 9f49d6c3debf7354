"""A real network, small enough to be made in a test: it says which colour a picture has most of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from app.services.evaluation import Example
from app.vision.catalogue import ModelCard
from app.vision.convert import convert
from app.vision.register import NewFloatModel, NewNetwork, register

COLOURS = {"red": (200, 30, 30), "green": (30, 200, 30), "blue": (30, 30, 200)}
SIZE = 32


def make_network(keras: Any, folder: Path, name: str, sight: float = 1.0) -> ModelCard:
    """Make it and register it in a folder; its embeddings are the mean colours times `sight`."""
    image = keras.Input((SIZE, SIZE, 3), name="image")
    kernel = np.eye(3, 4, dtype=np.float32)
    x = keras.layers.Conv2D(4, 1, name="colours")(image)
    embedding = keras.layers.GlobalAveragePooling2D(name="embedding")(keras.layers.ReLU(6.0)(x))
    scores = keras.layers.Dense(3, "softmax", name="scores")(embedding)
    model = keras.Model(image, {"embedding": embedding, "scores": scores})
    grey = np.array([0, 0, 0, 1 - sight], np.float32)
    model.get_layer("colours").set_weights([sight * kernel[None, None], grey])
    model.get_layer("scores").set_weights([8 * kernel.T, np.zeros(3, np.float32)])
    model.save(folder / "made.keras")
    return register(
        folder / "models",
        NewNetwork(
            id=name,
            name=name.title(),
            litert=convert(model, "float"),
            labels=list(COLOURS),
            input_size=(SIZE, SIZE),
            mean=(0, 0, 0),
            std=(255, 255, 255),
            embedding_size=4,
            float_model=NewFloatModel("keras", name, folder / "made.keras"),
        ),
    )


def make_pictures(folder: Path, count: int = 60) -> list[Example]:
    """Pictures of three colours in turn, with much noise, and the class of each."""
    chance = np.random.default_rng(5)
    found = []
    for number in range(count):
        index = number % 3
        pixels = np.array(list(COLOURS.values())[index]) + chance.normal(0, 60, (40, 48, 3))
        path = folder / f"{number:02}.png"
        Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(path)
        found.append(Example(path, frozenset({index})))
    return found
