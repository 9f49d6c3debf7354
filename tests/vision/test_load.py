"""The float form of networks: rebuilt exactly, and nothing loaded that could run code."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.core.errors import ModelError
from app.core.paths import data_path
from app.vision.catalogue import Catalogue, FloatModel, ModelCard
from app.vision.litert import LiteRTEmbedder
from app.vision.networks.keras_file import read_keras_file
from app.vision.networks.load import load_float
from app.vision.networks.weights_file import set_weights, weights_file

OURS = Catalogue([data_path("models")])


def with_float(
    card: ModelCard, file: Path, kind: str = "keras", architecture: str = ""
) -> ModelCard:
    digest = hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else "0" * 64
    return dataclasses.replace(card, float_model=FloatModel(kind, architecture, file, digest))


@pytest.fixture(scope="module")
def lite0(keras: Any) -> Any:
    return load_float(OURS.get("efficientnet-lite0"))


def test_the_float_form_sees_what_the_shipped_network_sees(lite0: Any, samples: Path) -> None:
    from app.services.evaluation import load_crops

    card = OURS.get("efficientnet-lite0")
    crops = load_crops(samples / "coffee.png", card, 3)
    shipped = LiteRTEmbedder(card, threads=1).embed(crops)

    found = lite0((crops.astype(np.float32) - 127) / 128, training=False)

    for embedding, other in zip(np.asarray(found["embedding"]), shipped.embeddings, strict=True):
        cosine = embedding @ other / np.linalg.norm(embedding) / np.linalg.norm(other)
        assert cosine > 0.98
    assert (np.argmax(found["scores"], axis=1) == shipped.scores.argmax(axis=1)).all()


def test_weights_come_back_as_they_were_written(lite0: Any) -> None:
    card = OURS.get("efficientnet-lite0")
    assert card.float_model is not None
    content = card.float_model.file.read_bytes()

    assert weights_file(lite0) == content
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        assert {array.dtype.name for array in arrays.values()} == {"float16", "float32"}


def small(keras: Any) -> Any:
    image = keras.Input((32, 32, 3), name="image")
    x = keras.layers.Conv2D(4, 3, strides=4, activation="relu")(image)
    x = keras.layers.BatchNormalization()(x)
    embedding = keras.layers.GlobalAveragePooling2D(name="embedding")(x)
    scores = keras.layers.Dense(3, activation="softmax", name="scores")(embedding)
    return keras.Model(image, {"embedding": embedding, "scores": scores})


@pytest.fixture
def small_card() -> ModelCard:
    card = OURS.get("efficientnet-lite0")
    return dataclasses.replace(card, input_size=(32, 32), embedding_size=4, classes=3)


def test_a_keras_file_is_loaded(keras: Any, small_card: ModelCard, tmp_path: Path) -> None:
    model = small(keras)
    model.save(tmp_path / "own.keras")
    photo = np.random.default_rng(1).random((2, 32, 32, 3), np.float32)

    loaded = load_float(with_float(small_card, tmp_path / "own.keras"))

    np.testing.assert_allclose(loaded(photo)["scores"], model(photo)["scores"], atol=1e-6)


def test_a_network_of_other_sizes_than_its_card_says_is_refused(
    keras: Any, small_card: ModelCard, tmp_path: Path
) -> None:
    file = tmp_path / "own.keras"
    small(keras).save(file)

    for changes, reason in (
        ({"classes": 4}, "output 'scores'"),
        ({"embedding_size": 5}, "output 'embedding'"),
        ({"input_size": (32, 48)}, "input"),
    ):
        with pytest.raises(ModelError, match=reason) as caught:
            load_float(with_float(dataclasses.replace(small_card, **changes), file))
        assert caught.value.path == file
    keras.Sequential([keras.Input((32, 32, 3)), keras.layers.Flatten()]).save(file)
    with pytest.raises(ModelError, match="has no output 'embedding'"):
        load_float(with_float(small_card, file))


def test_missing_changed_and_unknown_float_forms_are_named(
    small_card: ModelCard, tmp_path: Path
) -> None:
    file = tmp_path / "own.keras"
    with pytest.raises(ModelError, match="No such file"):
        load_float(with_float(small_card, file))
    file.write_bytes(b"anything")
    card = with_float(small_card, file)
    file.write_bytes(b"something else")
    with pytest.raises(ModelError, match="is damaged"):
        load_float(card)
    with pytest.raises(ModelError, match="unknown kind, 'pickle'"):
        load_float(with_float(small_card, file, "pickle"))
    with pytest.raises(ModelError, match="no architecture 'other'"):
        load_float(with_float(small_card, file, "efficientnet-lite", "other"))
    with pytest.raises(ModelError, match="names no float form"):
        load_float(dataclasses.replace(small_card, float_model=None))


def _pickled(content: dict[str, Any]) -> bytes:
    stream = io.BytesIO()
    np.savez(stream, **{**content, "conv_stem.kernel": np.array([{}], dtype=object)})
    return stream.getvalue()


def _saved(content: dict[str, Any]) -> bytes:
    stream = io.BytesIO()
    np.savez(stream, **content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda _: b"not a zip", "is not a file of weights"),
        (lambda w: _saved(w)[:5000], "is not a file of weights"),
        (_pickled, "is not a file of weights"),
        (lambda w: _saved({**w, "more": np.zeros(1)}), "has weights 'more'"),
        (lambda w: _saved({k: v for k, v in w.items() if k != "fc.bias"}), "no weights 'fc.bias'"),
        (lambda w: _saved({**w, "fc.bias": np.zeros(3)}), "are of shape"),
    ],
)
def test_broken_weights_are_refused(
    lite0: Any, damage: Callable[[dict[str, Any]], bytes], reason: str
) -> None:
    before = weights_file(lite0)
    with np.load(io.BytesIO(before), allow_pickle=False) as arrays:
        content = dict(arrays)
    try:
        with pytest.raises(ModelError, match=reason):
            set_weights(lite0, damage(content), Path("weights.npz"))
    finally:
        set_weights(lite0, before, Path("weights.npz"))


def rewritten(file: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """The same .keras file with another graph."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    config = json.loads(members["config.json"])
    change(config)
    members["config.json"] = json.dumps(config).encode()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file


def test_a_lambda_layer_runs_nothing(keras: Any, tmp_path: Path) -> None:
    victim = tmp_path / "made-by-the-model"
    image = keras.Input((32, 32, 3))
    touch = eval(f"lambda x: (open({str(victim)!r}, 'w').close(), x)[1]")
    model = keras.Model(image, keras.layers.Lambda(touch, output_shape=(32, 32, 3))(image))
    model.save(tmp_path / "hostile.keras")
    keras.saving.load_model(tmp_path / "hostile.keras", safe_mode=False)(np.zeros((1, 32, 32, 3)))
    assert victim.exists()  # it would do harm
    victim.unlink()

    with pytest.raises(ModelError, match="Lambda"):
        read_keras_file(tmp_path / "hostile.keras")
    assert not victim.exists()


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ({"class_name": "Own", "module": "own.layers", "registered_name": "own>Own"}, "Own"),
        ({"class_name": "TFSMLayer", "module": "keras.layers"}, "TFSMLayer"),
        ({"class_name": "StringLookup", "module": "keras.layers"}, "StringLookup"),
        ({"class_name": "function", "module": "os", "config": "system"}, "function"),
        ({"class_name": "get_file", "module": "keras.utils"}, "get_file"),
        ({"class_name": "__lambda__", "config": {"value": ""}}, "Lambda"),
        (
            {"class_name": "Dense", "module": "keras.layers", "registered_name": "own>Dense"},
            "Dense",
        ),
        ({"class_name": ["Dense"], "module": "keras.layers"}, "Dense"),
        ({"class_name": "Dense", "module": ["keras.layers"]}, "Dense"),
    ],
)
def test_parts_that_could_do_more_than_calculate_are_refused(
    keras: Any, tmp_path: Path, part: dict[str, Any], name: str
) -> None:
    file = tmp_path / "hostile.keras"
    small(keras).save(file)

    def hide(config: dict[str, Any]) -> None:
        config["config"]["layers"][1]["config"]["kernel_initializer"] = {"config": {}, **part}

    rewritten(file, hide)
    with pytest.raises(ModelError, match=name) as caught:
        read_keras_file(file)
    assert caught.value.path == file


def test_files_that_are_no_keras_files_are_refused(keras: Any, tmp_path: Path) -> None:
    file = tmp_path / "broken.keras"
    small(keras).save(file)
    whole = file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        weights = archive.read("model.weights.h5")
        config = archive.read("config.json")
    zips = []
    for members in (
        {"config.json": config},
        {"config.json": b"[" * 100_000, "model.weights.h5": weights},
        {"config.json": b"\xff", "model.weights.h5": weights},
        {"config.json": config, "model.weights.h5": weights[: len(weights) // 2]},
        {"config.json": b'{"class_name": "Dense"}', "model.weights.h5": weights},
    ):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        zips.append(stream.getvalue())
    for broken in (b"", b"\x80\x04pickle", whole[: len(whole) // 2], *zips):
        file.write_bytes(broken)
        with pytest.raises(ModelError) as caught:
            read_keras_file(file)
        assert caught.value.path == file
