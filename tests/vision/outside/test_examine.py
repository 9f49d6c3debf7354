"""What is found out about networks that others have made."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.core.errors import DecodeError, ReadError
from app.vision.outside.examining import with_outputs
from app.vision.outside.flatbuffer import read_model
from app.vision.outside.graph import Quantisation, Structure
from app.vision.outside.ranges import (
    RANGES,
    from_metadata,
    from_quantisation,
    from_rescaling,
    information,
)
from app.vision.outside.sandbox import examine
from app.vision.outside.trial import try_out
from tests.tiny_tflite import Net, colour_network


def structure_of(content: bytes, labels: int | None = None) -> Structure:
    return with_outputs(content, labels)[1]


@pytest.mark.parametrize("form", [{}, {"layout": "NCHW"}, {"numbers": "int8", "outputs": "uint8"}])
def test_picture_scores_and_embedding_are_found(form: dict[str, Any]) -> None:
    found = structure_of(colour_network(**form))
    assert (found.input_size, found.classes, found.embedding_size) == ((32, 24), 3, 3)
    assert found.layout == form.get("layout", "NHWC")
    assert found.dtype == form.get("numbers", "float32")
    assert found.embedding not in (None, found.scores)
    assert found.activation == "softmax"


def test_a_file_that_was_prepared_can_be_prepared_again() -> None:
    once, first, _ = with_outputs(colour_network(background=True), None)
    _, second, _ = with_outputs(once, None)
    assert (
        (first.classes, first.embedding_size) == (second.classes, second.embedding_size) == (4, 3)
    )


def test_weights_begin_where_the_runtime_wants_them_to() -> None:
    content, _, _ = with_outputs(colour_network(rescaling=0.5), None)
    starts = [
        content.find(bytes(buffer.data))
        for buffer in read_model(content).buffers
        if buffer.data is not None and len(buffer.data) > 16
    ]
    assert starts and all(start % 16 == 0 for start in starts)


def test_the_number_of_labels_tells_outputs_apart() -> None:
    net = Net()
    image = net.tensor((1, 24, 32, 3))
    axes = net.tensor((2,), "int32", [1, 2])
    net.add("MEAN", [image, axes], net.tensor((1, 3)), "ReducerOptions", keepDims=False)
    few, many = net.tensor((1, 2)), net.tensor((1, 5))
    for output, classes in ((few, 2), (many, 5)):
        weights = net.tensor((classes, 3), "float32", np.ones((classes, 3)))
        bias = net.tensor((classes,), "float32", np.zeros(classes))
        net.add("FULLY_CONNECTED", [2, weights, bias], output, "FullyConnectedOptions")
    content = net.finish([image], [few, many])
    assert structure_of(content, labels=5).classes == 5
    assert structure_of(content, labels=2).classes == 2
    with pytest.raises(Exception, match="which one holds the scores"):
        structure_of(content)


@pytest.mark.parametrize(
    ("dtype", "scale", "zero", "name"),
    [
        ("uint8", 1 / 127.5, 127, "-1..1"),
        ("uint8", 1 / 127.5, 128, "-1..1"),
        ("int8", 1 / 255, -128, "0..1"),
        ("uint8", 1.0, 0, "0..255"),
        ("int8", 0.01865, -14, "imagenet"),
        ("uint8", 0.5, 100, ""),
    ],
)
def test_a_quantised_input_says_its_range(dtype: str, scale: float, zero: int, name: str) -> None:
    used, _ = from_quantisation(dtype, Quantisation(scale, zero))
    assert used.name == name
    if name != "imagenet":
        # Each of the 256 values of a colour is one of its 256 numbers.
        pixels = np.arange(256)
        real = (pixels - used.mean[0]) / used.std[0]
        numbers = np.rint(real / scale + zero)
        assert list(numbers) == list(pixels - (0 if dtype == "uint8" else 128))


def test_metadata_give_one_number_or_three() -> None:
    assert from_metadata((127.5,), (127.5,)) == RANGES["-1..1"]
    three = from_metadata((1, 2, 3), (4, 5, 6))
    assert three is not None and (three.mean, three.std) == ((1, 2, 3), (4, 5, 6))
    for mean, std in (((), ()), ((1, 2), (1, 2)), ((0,), (0,)), ((float("nan"),), (1,))):
        assert from_metadata(mean, std) is None


@pytest.mark.parametrize(
    ("constants", "name"),
    [((1 / 255,), "0..255"), ((127.5, 1 / 127.5), "0..255"), ((2.0, 1.0), "0..1"), ((), None)],
)
def test_a_network_that_rescales_says_from_what(
    constants: tuple[float, ...], name: str | None
) -> None:
    found = from_rescaling(constants)
    assert (found.name if found is not None else None) == name


def test_information_is_how_well_answers_tell_pictures_apart() -> None:
    sure = np.eye(4, dtype=np.float32)[:, None].repeat(3, axis=1)
    assert information(sure) == pytest.approx(np.log(4))
    assert information(np.roll(sure, 1, axis=2)[:1].repeat(4, axis=0)) == 0
    assert information(np.full((4, 3, 4), 0.25, np.float32)) == 0


@pytest.mark.parametrize("true", ["-1..1", "0..1", "0..255"])
def test_the_range_is_found_by_trying(true: str, tmp_path: Path) -> None:
    """With a trained network, whose own input is turned into another range."""
    import skimage
    from PIL import Image

    from app.core.paths import data_path
    from app.vision.catalogue import Catalogue

    card = Catalogue([data_path("models")]).get("efficientnet-lite0")
    factor = {"-1..1": (1.0, 0.0), "0..1": (2.0, -1.0), "0..255": (1 / 127.5, -1.0)}[true]
    model = read_model(card.load())
    graph = model.subgraphs[0]
    net = Net()
    net.model, net.graph = model, graph
    image = int(graph.inputs[0])
    first = next(o for o in graph.operators if image in o.inputs)
    place = graph.operators.index(first)
    shape = (-1, 224, 224, 3)
    made = net.tensor(shape)
    for name, constant, tensor in (("MUL", factor[0], image), ("ADD", factor[1], made)):
        # As a picture-shaped product, so that it is not taken for a rescaling by its look.
        value = net.tensor((1, 1, 1, 3), "float32", np.full((1, 1, 1, 3), constant))
        result = made if name == "MUL" else net.tensor(shape)
        net.add(name, [tensor, value], result, f"{name.title()}Options")
        graph.operators.insert(place + (name == "ADD"), graph.operators.pop())
        last = result
    first.inputs = np.array([last if t == image else t for t in first.inputs], np.int32)
    content, structure, _ = with_outputs(net.finish([image], graph.outputs), 1000)
    file = tmp_path / "network.tflite"
    file.write_bytes(content)
    folder = Path(skimage.__file__).parent / "data"
    names = ("chelsea.png", "coffee.png", "motorcycle_left.png", "astronaut.png")
    photos = [Image.open(folder / name).convert("RGB") for name in names]
    trial = try_out(file, structure, None, photos)
    assert trial.used.name == true
    assert trial.best[0][0] in range(281, 286)  # a cat


def test_in_a_process_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "colours.tflite"
    path.write_bytes(colour_network(numbers="uint8"))
    found = examine(path)
    assert (found.input_size, found.input_range) == ((32, 24), "-1..1")
    assert found.range_found == "as its quantisation says"
    assert found.labels is None and len(found.best) == 8
    assert with_outputs(found.network, None)[1].embedding is not None
    with pytest.raises(DecodeError, match="README"):
        examine(path, photos=[Path(__file__).parents[3] / "README.md"])
    with pytest.raises(ReadError, match=r"gone\.jpg"):
        examine(path, photos=[tmp_path / "gone.jpg"])


def test_an_archive_of_teachable_machine_brings_its_labels(tmp_path: Path) -> None:
    path = tmp_path / "converted_tflite.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("model_unquant.tflite", colour_network())
        archive.writestr("labels.txt", "0 Red things\n1 Green things\n2 Blue things\n")
    found = examine(path, input_range="-1..1")
    assert found.labels is not None and found.labels.startswith(b"0 Red things")
    assert found.range_found == "as was asked for"


def test_the_lent_network(data_dir: Path) -> None:
    path = data_dir / "models" / "mobilenet_v2_1.0_224_int8.tflite"
    content, structure, metadata = with_outputs(path.read_bytes(), None)
    assert (structure.classes, structure.embedding_size) == (1001, 1280)
    assert metadata.name == "ImageClassifier" and metadata.mean == (127.5,)
    assert metadata.labels is not None and metadata.labels.startswith(b"background\n")
    assert not zipfile.is_zipfile(io.BytesIO(content))
