"""Files that are broken, wrong, or made to do harm: each gives one error that says why."""

from __future__ import annotations

import json
import os
import pickle
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import ModelError
from app.vision.outside.examining import with_outputs
from app.vision.outside.flatbuffer import DamagedError, read_model, write_model
from app.vision.outside.kinds import kind_of
from app.vision.outside.sandbox import examine
from tests.tiny_tflite import Net, colour_network

NETWORKS = (
    colour_network(),
    colour_network(numbers="int8", outputs="uint8", layout="NCHW"),
    colour_network(rescaling=0.1, scores="sigmoid", batch=1),
)


class Bomb:
    """Runs a command when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, (f"touch '{self.mark}'",)


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "notes.txt").write_text("no network")


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.write(NETWORKS[0])
        file.truncate(5 << 30)


def _torch(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps([1]))


def _leading_out(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../model.tflite", NETWORKS[0])


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("model.tflite", bytes(1_000_000))
    content = bytearray(path.read_bytes())
    # The size after unpacking, in the directory at the end: not worth the time to be made real.
    size = content.index(b"PK\x01\x02") + 24
    content[size : size + 4] = (2_000_000_000).to_bytes(4, "little")
    path.write_bytes(content)


def _damaged_archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("model.tflite", NETWORKS[0])
    content = bytearray(path.read_bytes())
    content[60] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("gone.tflite", lambda path: None, "No such file"),
        ("empty.tflite", lambda path: path.write_bytes(b""), "is empty"),
        ("folder", _folder, "no SavedModel"),
        ("text.tflite", lambda path: path.write_text("hello, world"), "is not a network"),
        (
            "photo.tflite",
            lambda path: path.write_bytes(b"\xff\xd8\xff\xe0" * 9),
            "is not a network",
        ),
        ("old.h5", lambda path: path.write_bytes(b"\x89HDF\r\n\x1a\n" * 2), "HDF5"),
        ("hub.tar.gz", lambda path: path.write_bytes(b"\x1f\x8b\x08" * 9), "unpack it"),
        ("saved_model.pb", lambda path: path.write_bytes(b"\x08\x01\x12\x00" * 9), "the folder in"),
        ("big.tflite", _sparse, "too large: 5.4 GB"),
        ("net.pt", _torch, "pickle"),
        ("out.zip", _leading_out, "leads out of it"),
        ("bomb.zip", _bomb, "unpacks to more"),
        ("photos.zip", lambda path: zipfile.ZipFile(path, "w").close(), "is not a network"),
    ],
)
def test_what_is_no_network_is_not_even_opened(
    name: str, make: Callable[[Path], object], reason: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    make(path)
    with pytest.raises(ModelError, match=reason) as caught:
        kind_of(path)
    assert caught.value.path == path


def test_a_pickle_is_not_opened(tmp_path: Path) -> None:
    mark = tmp_path / "it ran"
    path = tmp_path / "network.tflite"
    path.write_bytes(pickle.dumps(Bomb(mark)))
    with pytest.raises(ModelError, match="pickle"):
        examine(path)
    assert not mark.exists()
    pickle.loads(path.read_bytes())  # it would have
    assert mark.exists()


def _with_codes(custom: bytes) -> bytes:
    model = read_model(NETWORKS[0])
    model.operatorCodes[0].builtinCode = model.operatorCodes[0].deprecatedBuiltinCode = 32
    model.operatorCodes[0].customCode = custom
    return write_model(model)


def _inputs(*shapes: tuple[int, ...]) -> bytes:
    net = Net()
    images = [net.tensor(shape) for shape in shapes]
    axes = net.tensor((2,), "int32", [1, 2])
    made = net.tensor((1, 3))
    net.add("MEAN", [images[0], axes], made, "ReducerOptions", keepDims=False)
    return net.finish(images, [made])


def _tensor_out_of_range() -> bytes:
    model = read_model(NETWORKS[0])
    model.subgraphs[0].operators[0].inputs = np.array([0, 9999], np.int32)
    return write_model(model)


def _moved_outside() -> bytes:
    model = read_model(NETWORKS[0])
    content = write_model(model)
    model = read_model(content)
    model.buffers = [schema.BufferT(offset=10_000, size=50) for _ in model.buffers]
    import flatbuffers

    builder = flatbuffers.Builder(1000)
    builder.Finish(model.Pack(builder), file_identifier=b"TFL3")
    return bytes(builder.Output())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (NETWORKS[0][:200], "is damaged"),
        (b"\x08\x00\x00\x00TFL3" + b"\xff" * 400, "is damaged"),
        (_with_codes(b"FlexErf"), "operations of TensorFlow .* FlexErf|FlexErf"),
        (_with_codes(b"Mine"), r"does not have \(Mine\)"),
        (_inputs((1, 24, 32, 3), (1, 24, 32, 3)), "takes 2 inputs"),
        (_inputs((1, 40)), "does not take a picture"),
        (_inputs((1, 24, 32, 1)), "grey"),
        (_inputs((1, -1, -1, 3)), "any size"),
        (_inputs((1, 3, 3, 3)), "3 x 3 pixels"),
        (_inputs((1, 9000, 9000, 3)), "no photo"),
        (_tensor_out_of_range(), "tensors that it does not have"),
        (_moved_outside(), "outside of itself"),
    ],
)
def test_what_cannot_be_used_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(DamagedError, match=reason):
        with_outputs(content, None)


def _calling_each_other() -> bytes:
    """Subgraphs that call each other for ever, which ends LiteRT by a full stack."""
    net = Net()
    main = net.graph

    def fill(graph: schema.SubGraphT, called: int) -> None:
        net.graph = graph
        image = net.tensor((1, 24, 32, 3))
        condition = net.tensor((1,), "bool", [True])
        made = net.tensor((1, 3))
        net.add(
            "IF", [condition, image], made, "IfOptions",
            thenSubgraphIndex=called, elseSubgraphIndex=called,
        )  # fmt: skip
        net.model.operatorCodes[-1].version = 1
        graph.inputs, graph.outputs = np.array([image]), np.array([made])

    for called in (2, 1):
        graph = schema.SubGraphT(tensors=[], operators=[])
        net.model.subgraphs.append(graph)
        fill(graph, called)
    fill(main, 1)
    return net.finish(main.inputs, main.outputs)


def test_what_crashes_the_runtime_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "network.tflite"
    path.write_bytes(_calling_each_other())
    with pytest.raises(ModelError, match="crashed") as caught:
        examine(path)
    assert caught.value.path == path


def test_what_takes_for_ever_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "network.tflite"
    path.write_bytes(NETWORKS[0])
    with pytest.raises(ModelError, match="within 0 seconds"):
        examine(path, time_limit=0.05)


def test_what_is_ended_in_the_middle_leaves_no_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network to be converted is copied first, and may have a gigabyte."""
    path, temporary = tmp_path / "network.keras", tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("TMPDIR", str(temporary))
    config = {"module": "keras", "class_name": "Sequential", "config": {"layers": []}}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("config.json", json.dumps(config))
        archive.writestr("model.weights.h5", b"")

    with pytest.raises(ModelError, match="within 3 seconds"):
        examine(path, time_limit=3)  # TensorFlow is not even imported then

    assert not list(temporary.iterdir())


def test_what_the_runtime_refuses_is_one_error(tmp_path: Path) -> None:
    model = read_model(NETWORKS[0])
    model.operatorCodes[-1].version = 99
    path = tmp_path / "network.tflite"
    path.write_bytes(write_model(model))
    with pytest.raises(ModelError, match="LiteRT cannot load it") as caught:
        examine(path)
    assert caught.value.path == path


def test_an_archive_that_cannot_be_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "network.zip"
    _damaged_archive(path)
    with pytest.raises(ModelError, match=r"damaged|unpacked") as caught:
        examine(path)
    assert caught.value.path == path


@settings(max_examples=150, deadline=None)
@given(
    network=st.sampled_from(NETWORKS),
    length=st.integers(0, 2000),
    flips=st.lists(st.tuples(st.integers(0, 1999), st.integers(0, 255)), max_size=4),
)
def test_random_damage_is_found_or_does_no_harm(
    network: bytes, length: int, flips: list[tuple[int, int]]
) -> None:
    """The part that does not run the network; LiteRT has a process of its own for the rest."""
    damaged = bytearray(network if flips else network[:length])
    for place, value in flips:
        damaged[place % len(damaged)] = value
    try:
        content, structure, _ = with_outputs(bytes(damaged), None)
    except DamagedError:
        return
    assert structure.classes >= 2
    assert content[4:8] == b"TFL3"


@pytest.mark.parametrize("place", [40, 200, 333, 600, 901])
def test_damage_in_a_process_of_its_own(place: int, tmp_path: Path) -> None:
    content = bytearray(NETWORKS[0])
    content[place : place + 4] = b"\xff\xff\xff\x7f"
    path = tmp_path / "network.tflite"
    path.write_bytes(content)
    error = None
    try:
        examine(path)
    except ModelError as raised:
        error = raised
    # What makes no difference is no error; a crash of the process would not get here.
    assert error is None or (error.path == path and error.reason)


def test_numbers_that_are_none_are_one_error(tmp_path: Path) -> None:
    path = tmp_path / "network.tflite"
    path.write_bytes(colour_network(rescaling=float("nan")))
    with pytest.raises(ModelError, match="no numbers"):
        examine(path)


def test_more_classes_than_can_be_kept() -> None:
    net = Net()
    image = net.tensor((1, 24, 32, 3))
    made = net.tensor((1, 70_000))
    net.add("RESHAPE", [image], made)
    with pytest.raises(DamagedError, match="70,000 classes"):
        with_outputs(net.finish([image], [made]), None)
