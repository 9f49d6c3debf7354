"""Networks of Keras and TensorFlow: converted where they only do arithmetic, else never loaded."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.core.errors import ModelError
from app.vision.networks.keras_file import check_keras_file
from app.vision.outside.examining import with_outputs
from app.vision.outside.keras_file import convert_keras
from app.vision.outside.kinds import kind_of
from app.vision.outside.saved_model import check_operations, convert_saved_model

SIDE = 24


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `cnn.keras`, `lambda.keras`, and the SavedModels `cnn`, `writes`, `reads`."""
    import keras
    import tensorflow as tf
    from keras import layers

    folder = tmp_path_factory.mktemp("keras")
    keras.utils.set_random_seed(1)
    cnn = keras.Sequential(
        [
            layers.Input((SIDE, SIDE, 3)),
            layers.RandomFlip(),
            layers.Rescaling(1 / 255),
            layers.Conv2D(4, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dropout(0.2),
            layers.Dense(8, activation="relu"),
            layers.Dense(3, activation="softmax"),
        ]
    )
    cnn.compile("adam", "sparse_categorical_crossentropy")
    cnn.save(folder / "cnn.keras")
    plain = keras.Sequential(
        [each for each in cnn.layers if not isinstance(each, layers.RandomFlip)]
    )
    plain.build((None, SIDE, SIDE, 3))
    plain.export(folder / "cnn", verbose=False)
    code = keras.Sequential([layers.Input((SIDE, SIDE, 3)), layers.Lambda(lambda x: x * 2)])
    code.save(folder / "lambda.keras")

    picture = tf.TensorSpec((None, SIDE, SIDE, 3), tf.float32)

    class Writes(tf.Module):  # type: ignore[misc]
        @tf.function(input_signature=[picture])  # type: ignore[untyped-decorator]
        def __call__(self, image: Any) -> Any:
            tf.io.write_file(str(folder / "it ran"), "x")
            return tf.reduce_mean(image, [1, 2])

    class Reads(tf.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.file = tf.saved_model.Asset(__file__)

        @tf.function(input_signature=[picture])  # type: ignore[untyped-decorator]
        def __call__(self, image: Any) -> Any:
            return tf.reduce_mean(image, [1, 2]) + tf.cast(tf.strings.length(self.file), tf.float32)

    tf.saved_model.save(Writes(), folder / "writes")
    tf.saved_model.save(Reads(), folder / "reads")
    return folder


def _runs_as(content: bytes, made: Path) -> None:
    """The converted network says what Keras says."""
    import keras
    from ai_edge_litert.interpreter import Interpreter

    network, structure, _ = with_outputs(content, None)
    assert (structure.input_size, structure.classes) == ((SIDE, SIDE), 3)
    assert (structure.embedding_size, structure.activation) == (8, "softmax")
    interpreter = Interpreter(model_content=network, num_threads=1)
    interpreter.allocate_tensors()
    image = np.random.default_rng(1).uniform(0, 255, (1, SIDE, SIDE, 3)).astype(np.float32)
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], image)
    interpreter.invoke()
    scores = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])
    model = keras.saving.load_model(made / "cnn.keras", compile=False)
    np.testing.assert_allclose(scores, np.asarray(model(image, training=False)), atol=1e-4)


def test_a_keras_file_becomes_tflite(made: Path) -> None:
    assert kind_of(made / "cnn.keras") == "keras"
    _runs_as(convert_keras(made / "cnn.keras"), made)


def test_a_saved_model_becomes_tflite(made: Path) -> None:
    assert kind_of(made / "cnn") == "savedmodel"
    _runs_as(convert_saved_model(made / "cnn"), made)


@pytest.mark.parametrize(
    ("name", "reason"), [("writes", "WriteFile"), ("reads", "files of its own")]
)
def test_a_saved_model_that_touches_files_is_not_loaded(made: Path, name: str, reason: str) -> None:
    with pytest.raises(ModelError, match=reason) as caught:
        convert_saved_model(made / name)
    assert caught.value.path == made / name
    assert not (made / "it ran").exists()


def test_what_saves_variables_may_not_do_so_while_they_are_restored(
    made: Path, tmp_path: Path
) -> None:
    """Restoring happens on loading: a SavedModel could call its saving part there."""
    from tensorflow.core.protobuf import saved_model_pb2

    saved = saved_model_pb2.SavedModel()
    saved.ParseFromString((made / "cnn" / "saved_model.pb").read_bytes())
    saver = saved.meta_graphs[0].saver_def
    saver.restore_op_name = saver.save_tensor_name.partition(":")[0]
    (tmp_path / "saved_model.pb").write_bytes(saved.SerializeToString())
    # What once restored is then out of its place as well, and may be met first.
    with pytest.raises(ModelError, match=r"harmless .*(SaveV2|RestoreV2)"):
        check_operations(tmp_path)


def test_a_damaged_saved_model(tmp_path: Path) -> None:
    (tmp_path / "saved_model.pb").write_bytes(b"\xff" * 100)
    with pytest.raises(ModelError, match="damaged"):
        check_operations(tmp_path)
    (tmp_path / "saved_model.pb").write_bytes(b"")
    with pytest.raises(ModelError, match="no network"):
        check_operations(tmp_path)


def test_a_saved_model_with_links_is_not_followed(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    (folder / "variables").mkdir(parents=True)
    (folder / "saved_model.pb").write_bytes((made / "cnn" / "saved_model.pb").read_bytes())
    (folder / "variables" / "variables.index").symlink_to("/etc/hostname")
    with pytest.raises(ModelError, match="links"):
        convert_saved_model(folder)


def test_lambda_layers_are_python_code(made: Path) -> None:
    with pytest.raises(ModelError, match="Lambda"):
        convert_keras(made / "lambda.keras")


def _layer(**more: Any) -> dict[str, Any]:
    return {"module": "keras.layers", "class_name": "Dense", "config": {"units": 3}, **more}


def _keras(path: Path, *layers: Any, **more: Any) -> Path:
    config = {"module": "keras", "class_name": "Sequential", "config": {"layers": layers}, **more}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("config.json", json.dumps(config))
        archive.writestr("model.weights.h5", b"\x89HDF\r\n\x1a\n")
    return path


@pytest.mark.parametrize(
    ("layer", "reason"),
    [
        (_layer(module="builtins", class_name="eval"), "builtins.eval"),
        (_layer(module="os", class_name="system"), "os.system"),
        (_layer(module="keras.src.utils", class_name="get_file"), "get_file"),
        (_layer(registered_name="Mine>Layer"), "Mine>Layer"),
        (_layer(class_name="Lambda"), "Lambda"),
        (_layer(config={"activation": {"class_name": "__lambda__", "config": {}}}), "Lambda"),
        (
            _layer(config={"activation": {"class_name": "function", "config": "system"}}),
            "the function 'system'",
        ),
        (_layer(class_name="TFSMLayer"), "TFSMLayer"),
        (_layer(class_name="TorchModuleWrapper"), "TorchModuleWrapper"),
        (_layer(class_name="StringLookup"), "StringLookup"),
        (_layer(class_name=["Dense"]), "is damaged"),
        ({"registered_name": "x"}, "not a part of Keras"),
    ],
)
def test_a_keras_file_that_names_more_than_arithmetic_is_not_loaded(
    layer: dict[str, Any], reason: str, tmp_path: Path
) -> None:
    path = _keras(tmp_path / "network.keras", _layer(), layer)
    with pytest.raises(ModelError, match=reason):
        check_keras_file(path)


def test_a_keras_file_of_plain_layers_passes(tmp_path: Path) -> None:
    check_keras_file(_keras(tmp_path / "network.keras", _layer(), compile_config={"module": "os"}))


@pytest.mark.parametrize("config", [b"{", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 5000])
def test_a_damaged_description(config: bytes, tmp_path: Path) -> None:
    path = tmp_path / "network.keras"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("config.json", config)
    with pytest.raises(ModelError, match="damaged"):
        check_keras_file(path)


@pytest.mark.parametrize("how", ["link", "storage"])
def test_weights_that_lie_in_another_file_are_not_read(
    made: Path, tmp_path: Path, how: str
) -> None:
    """Whatever lies there would come along when the network is passed on."""
    import h5py

    secret, weights = tmp_path / "secret", tmp_path / "model.weights.h5"
    with h5py.File(secret, "w") as file:
        file["bias"] = np.full(3, 7, np.float32)
    with zipfile.ZipFile(made / "cnn.keras") as archive:
        archive.extractall(tmp_path)
    with h5py.File(weights, "a") as file:
        name = _some_weights(file, (3,))
        del file[name]
        if how == "link":
            file[name] = h5py.ExternalLink(str(secret), "bias")
        else:
            file.create_dataset(name, (3,), np.float32, external=[(str(secret), 0, 12)])
    with zipfile.ZipFile(tmp_path / "network.keras", "w") as archive:
        for member in ("config.json", "metadata.json", "model.weights.h5"):
            archive.write(tmp_path / member, member)

    with pytest.raises(ModelError, match=r"(?i)not allowed|external"):
        convert_keras(tmp_path / "network.keras")


def _some_weights(file: Any, shape: tuple[int, ...]) -> str:
    import h5py

    found: list[str] = []

    def note(name: str, item: Any) -> None:
        if isinstance(item, h5py.Dataset) and item.shape == shape and "optimizer" not in name:
            found.append(name)

    file.visititems(note)
    return found[0]


def test_weights_that_unpack_to_gigabytes_are_not_unpacked(tmp_path: Path) -> None:
    path = _keras(tmp_path / "network.keras", _layer())
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("more", "w") as file,
    ):
        for _ in range(110):
            file.write(bytes(10_000_000))
    with pytest.raises(ModelError, match="unpacks to more"):
        convert_keras(path)


def test_weights_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="Keras cannot use it"):
        convert_keras(_keras(tmp_path / "network.keras", _layer()))
