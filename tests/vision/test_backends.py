"""What a network runs on, and what happens when a graphics card fails."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.core.errors import ModelError, UsageError
from app.core.paths import data_path
from app.core.rules import Labeller, RuleSet
from app.core.settings import DEVICES, TagSettings
from app.services.tagging import Tagger
from app.vision import backends
from app.vision.backends import FILE, FallbackEmbedder, GpuUse
from app.vision.catalogue import Catalogue, ModelCard
from app.vision.embedder import Prediction
from app.vision.gpus import Gpu, find_gpus
from app.vision.keras_embedder import KerasEmbedder
from app.vision.litert import LiteRTEmbedder
from app.vision.measuring import GpuBackend, Measurement, measure, sample_pictures, try_here
from app.vision.quiet import without_log
from tests.conftest import ROOT

CARD = Catalogue([data_path("models")]).get("efficientnet-lite0")
NVIDIA = Gpu("NVIDIA Test 3000", 8 * 2**30, "cuda")
FAST = Measurement(cpu_ms=8, gpu_ms=1, agreement=0.99, batch_size=4, jit=False)


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    backends._failed.clear()
    yield
    backends._failed.clear()


def test_photos_need_no_second_look_for_another_device() -> None:
    labeller = Labeller(RuleSet(), CARD.labels())
    said = {
        Tagger(TagSettings(CARD.id, device=device), CARD, labeller, "1").fingerprint
        for device in DEVICES
    }
    assert len(said) == 1


class Machine:
    """A machine with given cards, on which backends were measured so."""

    def __init__(self, gpus: list[Gpu], **measured: Measurement) -> None:
        self.gpus = gpus
        self.measured = measured
        self.asked: list[GpuBackend] = []

    def use(self, cache: Path | None = None) -> GpuUse:
        return GpuUse(cache, gpus=lambda: self.gpus, measure=self.measure)

    def measure(self, card: ModelCard, backend: GpuBackend) -> Measurement:
        self.asked.append(backend)
        return self.measured.get(backend.replace("-", "_"), Measurement("does not work"))


@pytest.fixture
def on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.system", lambda: "Linux")


def test_without_a_card_nothing_is_tried() -> None:
    machine = Machine([])

    plan = machine.use().plan(CARD)

    assert (plan.backend, plan.gpu, machine.asked) == ("litert", None, [])
    with pytest.raises(UsageError, match="no graphics card"):
        machine.use().plan(CARD, "gpu")
    assert machine.use().plan(CARD, "cpu").backend == "litert"


def test_the_faster_one_is_taken(on_linux: None) -> None:
    slow = dataclasses.replace(FAST, gpu_ms=9)

    both = Machine([NVIDIA], keras=FAST, litert_gpu=dataclasses.replace(FAST, gpu_ms=2))
    assert both.use().plan(CARD).backend == "keras"
    assert both.asked == ["keras", "litert-gpu"]
    other = Machine([NVIDIA], keras=slow, litert_gpu=dataclasses.replace(FAST, gpu_ms=2))
    assert other.use().plan(CARD).backend == "litert-gpu"
    none = Machine([NVIDIA], keras=slow)
    assert none.use().plan(CARD).backend == "litert"
    assert "is no faster" in none.use().plan(CARD).reason
    # Whoever asks for it gets it all the same.
    assert none.use().plan(CARD, "gpu").backend == "keras"
    assert Machine([NVIDIA], keras=FAST).use().plan(CARD, "cpu").backend == "litert"


def test_a_card_that_does_not_work_says_why(on_linux: None) -> None:
    machine = Machine([NVIDIA], keras=Measurement("TensorFlow sees no graphics card"))

    plan = machine.use().plan(CARD)

    assert plan.backend == "litert"
    assert "NVIDIA Test 3000 cannot be used" in plan.reason
    assert "TensorFlow sees no graphics card" in plan.reason
    with pytest.raises(UsageError, match="TensorFlow sees no graphics card"):
        machine.use().plan(CARD, "gpu")


def test_keras_is_tried_where_it_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    for system, gpu, expected in (
        ("Linux", NVIDIA, ["keras", "litert-gpu"]),
        ("Linux", Gpu("AMD graphics"), ["litert-gpu"]),
        ("Windows", NVIDIA, ["litert-gpu"]),
        ("Darwin", Gpu("Apple graphics"), ["litert-gpu"]),
    ):
        monkeypatch.setattr("platform.system", lambda system=system: system)
        machine = Machine([gpu])
        machine.use().plan(CARD)
        assert machine.asked == expected
    monkeypatch.setattr("platform.system", lambda: "Linux")
    machine = Machine([NVIDIA])
    plan = machine.use().plan(dataclasses.replace(CARD, float_model=None))
    assert machine.asked == ["litert-gpu"]
    assert "no float form" in plan.reason


def test_what_was_measured_is_remembered(on_linux: None, tmp_path: Path) -> None:
    machine = Machine([NVIDIA], keras=FAST)
    cache = tmp_path / "cache"
    assert machine.use(cache).plan(CARD).measurement == FAST
    machine.asked.clear()

    assert machine.use(cache).plan(CARD).measurement == FAST
    assert machine.asked == []
    # Another card, or another network, is another matter.
    machine.gpus = [dataclasses.replace(NVIDIA, name="NVIDIA Test 4000")]
    machine.use(cache).plan(CARD)
    assert machine.asked == ["keras", "litert-gpu"]
    machine.use(cache).plan(dataclasses.replace(CARD, sha256="0"))
    assert len(machine.asked) == 4
    # A file that nobody can read is measured anew, and replaced.
    for broken in (b"", b"[1]", b"\xff", b"{" * 10):
        (cache / FILE).write_bytes(broken)
        assert machine.use(cache).plan(CARD).measurement == FAST
    assert json.loads((cache / FILE).read_text())


def test_a_folder_that_cannot_be_written_does_no_harm(on_linux: None, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")

    assert Machine([NVIDIA], keras=FAST).use(tmp_path / "cache").plan(CARD).backend == "keras"


def test_less_memory_is_remembered_too(on_linux: None, keras: Any, tmp_path: Path) -> None:
    from tests.vision.test_keras_embedder import short_of_memory

    use = Machine([NVIDIA], keras=FAST).use(tmp_path)
    embedder = use.choose(CARD)
    assert isinstance(embedder, FallbackEmbedder)
    short_of_memory(embedder._embedder, 2)  # type: ignore[arg-type]

    embedder.embed(sample_pictures(CARD))

    assert embedder.batch_size == 2
    assert use.plan(CARD).measurement == dataclasses.replace(FAST, batch_size=2)


class Failing:
    """A card that fails at one batch, and at all after it."""

    card = CARD
    batch_size = 8

    def __init__(self, good: int) -> None:
        self.good = good
        self.calls = 0
        self._inner = LiteRTEmbedder(CARD, threads=1)

    def embed(self, crops: np.ndarray) -> Prediction:
        self.calls += 1
        if self.calls > self.good:
            raise RuntimeError("CUDA_ERROR_ILLEGAL_ADDRESS\nat some place")
        return self._inner.embed(crops)


def test_the_processor_takes_over_from_a_card_that_fails(
    on_linux: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    gpu, notices = Failing(2), []
    monkeypatch.setattr(GpuUse, "_on_gpu", lambda *_: gpu)
    use = Machine([NVIDIA], keras=FAST).use()
    embedder = use.choose(CARD, threads=1, notify=notices.append)
    pictures = sample_pictures(CARD)
    wanted = LiteRTEmbedder(CARD, threads=1).embed(pictures)

    found = [embedder.embed(pictures) for _ in range(5)]

    for each in found:  # also the one in hand
        np.testing.assert_array_equal(each.embeddings, wanted.embeddings)
    assert gpu.calls == 3
    assert embedder.batch_size == 1
    assert len(notices) == 1
    assert notices[0].startswith("NVIDIA Test 3000 has failed (CUDA_ERROR_ILLEGAL_ADDRESS);")
    # It is not tried again, nor told again.
    again = use.choose(CARD, threads=1, notify=notices.append)
    assert isinstance(again, LiteRTEmbedder)
    assert len(notices) == 1


def test_a_card_that_fails_at_the_start_is_left(
    on_linux: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ImportError("libcudart.so.12: cannot open shared object file")

    monkeypatch.setattr(GpuUse, "_on_gpu", broken)
    notices: list[str] = []

    embedder = Machine([NVIDIA], keras=FAST).use().choose(CARD, notify=notices.append)

    assert isinstance(embedder, LiteRTEmbedder)
    assert len(notices) == 1 and "libcudart" in notices[0]


def test_what_the_processor_cannot_do_either_is_no_fault_of_the_card() -> None:
    gpu, told = Failing(0), []
    embedder = FallbackEmbedder(gpu, lambda: LiteRTEmbedder(CARD, threads=1), told.append)

    with pytest.raises((ModelError, ValueError)):
        embedder.embed(np.zeros((1, 5, 5, 3), np.uint8))

    assert told == []
    gpu.good = 9
    assert embedder.embed(sample_pictures(CARD)).scores.shape == (3, CARD.classes)
    assert gpu.calls == 2


def test_measuring_compares_with_the_processor(keras: Any) -> None:
    found = try_here(CARD, "keras", on_cpu=True)

    assert not found.error
    assert found.agreement > 0.98
    assert min(found.cpu_ms, found.gpu_ms) > 0


def test_a_card_that_calculates_something_else_is_not_used(
    keras: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def noise(_: object, crops: np.ndarray) -> Prediction:
        random = np.random.default_rng(0).random((len(crops), CARD.embedding_size), np.float32)
        return Prediction(random, np.zeros((len(crops), CARD.classes), np.float32))

    for wrong in (noise, lambda _, crops: _no_numbers(noise(_, crops))):
        monkeypatch.setattr(KerasEmbedder, "embed", wrong)
        assert "calculates something else" in try_here(CARD, "keras", on_cpu=True).error


def _no_numbers(prediction: Prediction) -> Prediction:
    return Prediction(prediction.embeddings * np.nan, prediction.scores)


def test_other_scores_are_something_else_as_well(
    keras: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    embed = KerasEmbedder.embed

    def turned(self: KerasEmbedder, crops: np.ndarray) -> Prediction:
        right = embed(self, crops)
        return Prediction(right.embeddings, right.scores[:, ::-1])

    monkeypatch.setattr(KerasEmbedder, "embed", turned)
    assert "calculates something else" in try_here(CARD, "keras", on_cpu=True).error


def test_a_driver_that_crashes_takes_only_its_own_process_along(tmp_path: Path) -> None:
    # The interpreter of that process reads this first.
    (tmp_path / "sitecustomize.py").write_text(
        "import os, sys\nif 'app.vision.measuring' in sys.orig_argv: os.abort()\n"
    )
    program = "from tests.vision.test_backends import *; print(measure(CARD, 'litert-gpu').error)"

    process = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])},
        capture_output=True,
        text=True,
    )

    assert "crashed" in process.stdout


def test_the_accelerator_agrees_where_there_is_one() -> None:
    found = measure(CARD, "litert-gpu")
    if found.error:
        pytest.skip(f"LiteRT has no graphics card here: {found.error}")
    assert found.agreement > 0.98


def test_looking_for_cards_loads_nothing() -> None:
    program = (
        "import sys; from app.vision.backends import GpuUse; from app.vision.gpus import find_gpus;"
        "find_gpus(); GpuUse(None); print('tensorflow' in sys.modules, 'keras' in sys.modules)"
    )
    process = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert process.stdout == "False False\n"
    assert find_gpus() is find_gpus()


def test_the_logs_of_libraries_are_kept_from_the_terminal(capfd: Callable[..., Any]) -> None:
    with without_log():
        os.write(1, b"INFO: Failed to load OpenCL library with dlopen\na line of ours\n")
        os.write(2, b"I0000 00:00:1795448672.996689 1143 port.cc:153] oneDNN\nan error of ours\n")
    out, err = capfd.readouterr()  # type: ignore[attr-defined]
    assert (out, err) == ("a line of ours\n", "an error of ours\n")


@pytest.mark.slow
def test_importing_keras_leaves_no_traces(tmp_path: Path) -> None:
    program = (
        "import os; before = dict(os.environ);"
        "from app.vision.tensorflow import import_tensorflow; import_tensorflow();"
        "assert dict(os.environ) == before, set(os.environ.items()) ^ set(before.items())"
    )
    ours = ("TF_", "KERAS_")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    process = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=ROOT,
        env={**clean, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert (process.returncode, process.stdout, process.stderr) == (0, "", "")
    assert not list(tmp_path.iterdir())
