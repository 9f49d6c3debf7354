"""The embedded networks: the reader of their weights, the graph, and the files that ship."""

import hashlib
import io
import pickle
import struct
from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from PIL import Image

from app.core.errors import ModelError, ReadError
from app.vision.build import calibration, card, confidence, measure, sources
from app.vision.build.__main__ import main
from app.vision.build.torch_pickle import MAGIC, PROTOCOL, read_state_dict
from app.vision.catalogue import read_card
from app.vision.networks import efficientnet_lite

MODELS = Path(__file__).resolve().parents[1] / "models"
BUNDLED = ["efficientnet-lite0", "efficientnet-lite2"]
PTH = Path("weights.pth")
MACHINE = {"protocol_version": 1001, "little_endian": True, "type_sizes": {}}


class Global:
    """Stands for a global of another package, which the pickler writes by name only."""

    def __init__(self, module: str, name: str) -> None:
        self.module, self.name = module, name


class Tensor:
    """A tensor as a checkpoint describes it: a view of a storage."""

    def __init__(
        self,
        storage: Any,
        offset: Any,
        size: Any,
        stride: Any,
    ) -> None:
        self.arguments = (storage, offset, size, stride, False, OrderedDict())


class Storage:
    def __init__(self, key: str, count: int, kind: str = "FloatStorage", view: Any = None) -> None:
        self.key = key
        self.id = ("storage", Global("torch", kind), key, "cpu", count, view)


class CheckpointPickler(pickle._Pickler):  # the Python one: its opcodes can be written by hand
    def persistent_id(self, obj: Any) -> Any:
        return obj.id if isinstance(obj, Storage) else None

    def save(self, obj: Any, save_persistent_id: bool = True) -> None:
        if isinstance(obj, Global):
            self.write(pickle.GLOBAL + f"{obj.module}\n{obj.name}\n".encode())
        elif isinstance(obj, Tensor):
            self.save(Global("torch._utils", "_rebuild_tensor_v2"))
            self.save(obj.arguments)
            self.write(pickle.REDUCE)
        else:
            super().save(obj, save_persistent_id)


def checkpoint(
    state: Any, storages: dict[str, np.ndarray], *, magic: Any = MAGIC, machine: Any = None
) -> bytes:
    """A legacy checkpoint: what `torch.save` wrote before version 1.6."""
    stream = io.BytesIO()
    for part in (magic, PROTOCOL, MACHINE if machine is None else machine):
        pickle.dump(part, stream, protocol=2)
    CheckpointPickler(stream, protocol=2).dump(state)
    pickle.dump(list(storages), stream, protocol=2)
    for elements in storages.values():
        stream.write(struct.pack("<q", elements.size) + elements.tobytes())
    return stream.getvalue()


def test_offsets_and_strides_of_tensors_are_honoured() -> None:
    first = np.arange(24, dtype="<f4")
    second = np.arange(5, dtype="<i8") * 10
    shared = Storage("1", 24)
    state = OrderedDict(
        plain=Tensor(shared, 0, (2, 12), (12, 1)),
        permuted=Tensor(shared, 0, (4, 3, 2), (1, 4, 12)),
        part=Tensor(shared, 13, (2, 2), (4, 2)),
        number=Tensor(Storage("2", 5, "LongStorage"), 3, (), ()),
        empty=Tensor(shared, 0, (0, 3), (3, 1)),
    )
    tensors = read_state_dict(checkpoint(state, {"1": first, "2": second}), PTH)

    assert list(tensors) == list(state)
    np.testing.assert_array_equal(tensors["plain"], first.reshape(2, 12))
    np.testing.assert_array_equal(tensors["permuted"], first.reshape(2, 3, 4).transpose(2, 1, 0))
    np.testing.assert_array_equal(tensors["part"], [[13, 15], [17, 19]])
    assert tensors["number"] == 30
    assert tensors["empty"].shape == (0, 3)
    assert tensors["permuted"].dtype == np.float32
    assert tensors["permuted"].flags.c_contiguous


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("os", "system"),
        ("builtins", "eval"),
        ("__builtin__", "getattr"),
        ("collections", "deque"),
        ("torch", "load"),
        ("torch._utils", "_rebuild_qtensor"),
        ("numpy", "load"),
    ],
)
def test_globals_that_weights_do_not_need_are_refused(module: str, name: str) -> None:
    with pytest.raises(ModelError, match=f"{module}.{name}"):
        read_state_dict(checkpoint({"w": Global(module, name)}, {}), PTH)


def test_a_hostile_pickle_runs_nothing(tmp_path: Path) -> None:
    victim = tmp_path / "made-by-the-pickle"

    class Hostile:
        def __reduce__(self) -> tuple[Any, ...]:
            return Path.touch, (victim,)

    for hostile in (checkpoint({}, {}, magic=Hostile()), checkpoint(Hostile(), {})):
        with pytest.raises(ModelError, match="the pickle asks for"):
            read_state_dict(hostile, PTH)
    assert not victim.exists()


def test_a_pickle_cannot_change_the_classes_that_it_may_name() -> None:
    # GLOBAL, then BUILD with a pair of states, sets attributes on what the global named.
    build = b"\x80\x02ccollections\nOrderedDict\n(N}X\x04\x00\x00\x00evilK\x01stb."
    head = b"".join(pickle.dumps(part, protocol=2) for part in (MAGIC, PROTOCOL, MACHINE))
    with pytest.raises(ModelError):
        read_state_dict(head + build, PTH)
    assert not hasattr(OrderedDict, "evil")


@pytest.mark.parametrize(
    "tensor",
    [
        Tensor(Storage("1", 4), 0, (5,), (1,)),
        Tensor(Storage("1", 4), 3, (2,), (1,)),
        Tensor(Storage("1", 4), 0, (2, 2), (3, 1)),
        Tensor(Storage("1", 4), 0, (2**40,), (0,)),
        Tensor(Storage("1", 4), -1, (2,), (1,)),
        Tensor(Storage("1", 4), 0, (2,), (-1,)),
        Tensor(Storage("1", 4), 0, (2,), (1, 1)),
        Tensor(Storage("1", 4), 0, (2.0,), (1,)),
        Tensor(Storage("1", 5), 0, (2,), (1,)),
        Tensor(Storage("1", 4, view=("0", 1, 2)), 0, (2,), (1,)),
        Tensor(Storage("1", 4, "QInt8Storage"), 0, (2,), (1,)),
        Tensor(None, 0, (2,), (1,)),
    ],
)
def test_tensors_that_do_not_fit_their_storage_are_refused(tensor: Tensor) -> None:
    data = checkpoint({"w": tensor}, {"1": np.zeros(4, "<f4")})
    with pytest.raises(ModelError) as caught:
        read_state_dict(data, PTH)
    assert caught.value.path == PTH


def test_damaged_checkpoints_are_refused_at_every_length() -> None:
    whole = checkpoint({"w": Tensor(Storage("1", 4), 0, (4,), (1,))}, {"1": np.zeros(4, "<f4")})
    assert read_state_dict(whole, PTH)["w"].shape == (4,)
    for length in range(len(whole)):
        with pytest.raises(ModelError):
            read_state_dict(whole[:length], PTH)
    for other in (
        checkpoint({}, {}, magic=1),
        checkpoint({}, {}, machine={"little_endian": False}),
        checkpoint([1, 2], {}),
        checkpoint({"w": 1}, {}),
        checkpoint({}, {"1": np.zeros(4, "<f4")}),
    ):
        with pytest.raises(ModelError):
            read_state_dict(other, PTH)


def test_channels_and_repeats_scale_as_in_the_paper() -> None:
    lite0 = list(efficientnet_lite.blocks(efficientnet_lite.VARIANTS["efficientnet-lite0"]))
    lite2 = list(efficientnet_lite.blocks(efficientnet_lite.VARIANTS["efficientnet-lite2"]))
    assert len(lite0) == 16
    assert len(lite2) == 23 - 2  # first and last stage are not repeated more often
    assert [block.channels_out for block in lite0[::5]] == [16, 80, 112, 320]
    assert (lite2[0].channels_in, lite2[-1].channels_in, lite2[-1].channels_out) == (32, 208, 352)
    assert efficientnet_lite.scale_channels(112, 1.1) == 120


def test_calibration_crops_are_the_same_each_time(tmp_path: Path) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (60, 90, 3), dtype=np.uint8)
    (tmp_path / "b").mkdir()
    Image.fromarray(pixels).save(tmp_path / "b" / "two.png")
    Image.fromarray(pixels[:, ::-1].copy()).save(tmp_path / "one.png")
    (tmp_path / "notes.txt").write_text("no photo")
    photos = calibration.list_photos(tmp_path)
    assert [photo.name for photo in photos] == ["b/two.png", "one.png"]

    first = np.concatenate(list(calibration.samples(photos, 16)))
    again = np.concatenate(list(calibration.samples(photos, 16)))
    assert first.shape == (2 * calibration.CROPS_PER_PHOTO, 16, 16, 3)
    assert first.dtype == np.float32
    np.testing.assert_array_equal(first, again)
    # Crops of one photo do not depend on the other photos.
    alone = np.concatenate(list(calibration.samples(photos[1:], 16)))
    np.testing.assert_array_equal(alone, first[calibration.CROPS_PER_PHOTO :])


def test_a_folder_without_photos_cannot_calibrate(tmp_path: Path) -> None:
    with pytest.raises(ReadError):
        calibration.list_photos(tmp_path)


def test_network_input_is_normalised() -> None:
    white = Image.new("RGB", (40, 20), "white")
    pixels = calibration.prepare(white, calibration.centre_box(40, 20), 8)
    assert calibration.centre_box(40, 20) == (11.25, 1.25, 28.75, 18.75)
    np.testing.assert_array_equal(pixels, np.ones((8, 8, 3), np.float32))


def test_the_command_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 1
    assert main(["no-such-network"]) == 1
    assert main(["efficientnet-lite0"]) == 1
    assert "--weights" in capsys.readouterr().err


@pytest.mark.parametrize("name", BUNDLED)
def test_the_card_describes_the_file(name: str) -> None:
    content = yaml.safe_load((MODELS / f"{name}.yml").read_text("utf-8"))
    data = (MODELS / content["file"]).read_bytes()
    assert content["id"] == name
    assert content["bytes"] == len(data)
    assert content["sha256"] == hashlib.sha256(data).hexdigest()
    assert len((MODELS / content["labels"]).read_text("utf-8").splitlines()) == 1000
    variant = efficientnet_lite.VARIANTS[name]
    assert content["input"]["size"] == [variant.input_size, variant.input_size]
    accuracy = content["accuracy"]["measured"]
    assert accuracy["float_top1"] - accuracy["int8_top1"] <= 1.5
    origins = sources.photo_origins()
    for photo in content["calibration"]["photos"]:
        assert origins[photo["sha256"]] == (photo["package"], photo["path"])
    assert tuple(BUNDLED) == card.BUNDLED


@pytest.mark.parametrize("name", BUNDLED)
def test_the_card_says_what_scores_are_worth(name: str) -> None:
    said = read_card(MODELS / f"{name}.yml").card["confidence"]
    assert said["range"][0] < said["temperature"] < said["range"][1]
    assert said["photos"] == len(sources.LABELLED.photos)


def test_a_temperature_is_found_on_few_photos() -> None:
    generator = np.random.default_rng(1)
    true = generator.dirichlet(np.full(20, 0.05), 300).clip(0.002)
    true /= true.sum(axis=1, keepdims=True)
    right = [int(generator.choice(20, p=row)) for row in true]
    for temperature in (0.6, 1.0, 1.5):
        said = true**temperature
        said /= said.sum(axis=1, keepdims=True)
        found = confidence.find(said, right)
        assert found.temperature == pytest.approx(temperature, rel=0.15)
        assert found.low < found.temperature < found.high
    few = confidence.find(said[:5], right[:5])
    assert few.high / few.low > found.high / found.low
    assert few.temperature < found.temperature  # nearer to what is taken for granted


def test_a_card_claims_no_origin_for_other_weights() -> None:
    variant = efficientnet_lite.VARIANTS["efficientnet-lite0"]
    own = sources.Weights("own.pth", b"", "0" * 64)
    content = card.card(variant, b"", own, [])
    assert content["source"] == {"file": "own.pth", "sha256": "0" * 64}
    assert content["accuracy"] == {}
    assert content["licence"] == "unknown"


@pytest.mark.parametrize("name", BUNDLED)
def test_the_network_gives_both_outputs_for_any_batch(name: str) -> None:
    interpreter = pytest.importorskip("ai_edge_litert.interpreter")
    content = yaml.safe_load((MODELS / f"{name}.yml").read_text("utf-8"))
    data = (MODELS / content["file"]).read_bytes()
    signatures = interpreter.Interpreter(model_content=data).get_signature_list()
    assert set(signatures[content["signature"]]["outputs"]) == set(content["outputs"])

    images = np.random.default_rng(2).uniform(-1, 1, (3, *content["input"]["size"], 3))
    images = images.astype(np.float32)
    network = measure.LiteRtNetwork(data, threads=1)
    embedding, scores = network.run(images)
    assert (embedding.shape, scores.shape) == ((3, 1280), (3, 1000))
    assert (embedding.dtype, scores.dtype) == (np.float32, np.float32)
    np.testing.assert_allclose(scores.sum(axis=1), 1, atol=1e-5)
    # Float softmax and mean: finer than int8 could be.
    assert len(np.unique(scores)) > 256
    assert len(np.unique(embedding)) > 256
    alone = [network.run(image[np.newaxis]) for image in images]
    np.testing.assert_allclose(np.concatenate([one for one, _ in alone]), embedding, atol=1e-6)
    np.testing.assert_allclose(np.concatenate([one for _, one in alone]), scores, atol=1e-6)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # TensorFlow's own imports warn
def test_the_graph_takes_a_checkpoint_of_its_shape_and_no_other() -> None:
    pytest.importorskip("keras")
    variant = efficientnet_lite.VARIANTS["efficientnet-lite0"]
    model = efficientnet_lite.build_graph(variant)
    # 4,652,008 trained parameters, and mean and variance of 21,008 normalised channels.
    assert model.count_params() == 4_652_008 + 2 * 21_008
    outputs = {name: tuple(output.shape) for name, output in model.output.items()}
    assert outputs == {"embedding": (None, 1280), "scores": (None, 1000)}

    state = _state_for(model)
    efficientnet_lite.load_weights(model, state, PTH)
    kernel = model.get_layer("conv_stem").get_weights()[0]
    np.testing.assert_array_equal(kernel, state["_conv_stem.weight"].transpose(2, 3, 1, 0))

    missing = {name: array for name, array in state.items() if name != "_fc.bias"}
    for wrong in (
        missing,
        {**state, "_extra.weight": np.zeros(3, np.float32)},
        {**state, "_fc.bias": np.zeros(3, np.float32)},
    ):
        with pytest.raises(ModelError):
            efficientnet_lite.load_weights(model, wrong, PTH)


def _state_for(model: Any) -> dict[str, np.ndarray]:
    """A state dict of random tensors with the names and shapes that a checkpoint would have."""
    random = np.random.default_rng(3)
    to_torch = {"Conv2D": (3, 2, 0, 1), "DepthwiseConv2D": (2, 3, 0, 1), "Dense": (1, 0)}
    names = {
        "BatchNormalization": ("weight", "bias", "running_mean", "running_var"),
        "Dense": ("weight", "bias"),
    }
    state = {}
    for layer in model.layers:
        kind = type(layer).__name__
        for name, variable in zip(names.get(kind, ("weight",)), layer.weights, strict=False):
            array = random.normal(size=tuple(variable.shape)).astype(np.float32)
            matrix = name == "weight" and kind in to_torch
            state[f"_{layer.name}.{name}"] = array.transpose(to_torch[kind]) if matrix else array
    return state
