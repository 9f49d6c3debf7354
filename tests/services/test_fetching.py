"""Making a known network usable, from its published weights to its place in the catalogue."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest

from app.core.errors import FetchError, FileError, ModelError, UsageError
from app.core.paths import data_path
from app.services.features import load_crops
from app.services.fetching import Fetching
from app.vision.catalogue import Catalogue, ModelCard
from app.vision.litert import LiteRTEmbedder
from app.vision.networks.load import load_float
from app.vision.pixels import as_input

KNOWN = Catalogue([data_path("models")]).get("mobilenet")


@pytest.fixture(scope="session")
def mobilenet_weights(keras: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Weights of a MobileNet in the form in which Keras publishes them; they know nothing."""
    import h5py
    from keras.src.legacy.saving import legacy_h5_format

    keras.utils.set_random_seed(1)
    path = tmp_path_factory.mktemp("weights") / "mobilenet.h5"
    with h5py.File(path, "w") as file:
        legacy_h5_format.save_weights_to_hdf5_group(
            file, keras.applications.MobileNet(weights=None)
        )
    return path


@pytest.fixture
def address(mobilenet_weights: Path) -> Iterator[str]:
    """Where a server on this computer has these weights."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *arguments: object) -> None:
            pass

    handler = partial(Handler, directory=mobilenet_weights.parent)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/mobilenet.h5"
    server.shutdown()
    server.server_close()
    thread.join()


def at(address: str, checksum: str) -> ModelCard:
    """The card of a MobileNet that is published there."""
    assert KNOWN.download is not None
    download = replace(KNOWN.download, url=address, algorithm="sha256", checksum=checksum)
    return replace(KNOWN, download=download)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.filterwarnings("default")  # TensorFlow's converter warns
def test_a_network_is_fetched_built_exported_and_in_the_catalogue(
    address: str, mobilenet_weights: Path, samples: Path, tmp_path: Path
) -> None:
    models, downloads = tmp_path / "models", tmp_path / "downloads"
    fetching = Fetching(at(address, sha256(mobilenet_weights)), models, downloads)

    steps = list(fetching)

    size = mobilenet_weights.stat().st_size
    assert [step.doing for step in steps if step.doing != "fetch"] == ["build", "convert", "try"]
    assert [s.done for s in steps if s.doing == "fetch"][-1] == size
    card = Catalogue([models, data_path("models")]).get("mobilenet")
    assert card == fetching.registered
    assert card.is_here
    assert card.labels() == KNOWN.labels()
    assert (card.mean, card.std, card.input_size) == (KNOWN.mean, KNOWN.std, (224, 224))
    assert card.card["licence"] == "Apache-2.0"
    assert card.card["accuracy"]["published"]["float_top1"] == 70.4
    assert card.card["source"] == {"url": address, "sha256": sha256(mobilenet_weights)}
    assert list(downloads.iterdir()) == []

    # LiteRT says what Keras says, and the float form is there for a GPU.
    crops = load_crops(samples / "chelsea.png", card, 3)
    said = LiteRTEmbedder(card).embed(crops)
    model = load_float(card)
    wanted = model(as_input(card, crops), training=False)
    np.testing.assert_allclose(said.scores, wanted["scores"], atol=1e-5)
    np.testing.assert_allclose(said.embeddings, wanted["embedding"], atol=1e-3)

    with pytest.raises(UsageError, match="is here already"):
        Fetching(card, models, downloads)


def test_wrong_weights_are_dropped_before_anything_is_made_of_them(
    address: str, tmp_path: Path
) -> None:
    fetching = Fetching(at(address, "0" * 64), tmp_path / "models", tmp_path / "downloads")

    with pytest.raises(FetchError, match="was dropped"):
        list(fetching)

    assert list((tmp_path / "downloads").iterdir()) == []
    assert not (tmp_path / "models").exists()


def test_what_was_fetched_before_is_not_fetched_again(
    mobilenet_weights: Path, tmp_path: Path
) -> None:
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    shutil.copy(mobilenet_weights, downloads / "mobilenet.h5")
    card = at("https://nowhere.invalid/", sha256(mobilenet_weights))

    steps = iter(Fetching(card, tmp_path / "models", downloads))

    assert next(steps).doing == "build"


def test_weights_of_ones_own_come_from_a_file_and_claim_nothing(
    mobilenet_weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The conversion has its own test; here, it is about whose weights they are.
    content = data_path("models", "efficientnet-lite0-int8.tflite").read_bytes()
    monkeypatch.setattr("app.services.fetching.convert", lambda *_: content)
    monkeypatch.setattr(Fetching, "_try", lambda *_: 0.0)
    fetching = Fetching(KNOWN, tmp_path / "models", tmp_path / "downloads", mobilenet_weights)

    list(fetching)

    card = fetching.registered
    assert card.card["licence"] == "unknown"
    assert "accuracy" not in card.card
    assert card.card["source"]["file"] == "mobilenet.h5"
    assert mobilenet_weights.exists()
    assert card.float_model is not None
    assert sha256(card.float_model.file) == sha256(mobilenet_weights)


def test_int8_without_photos_is_refused_before_the_long_way(tmp_path: Path) -> None:
    fetching = Fetching(KNOWN, tmp_path, tmp_path, precision="int8")

    with pytest.raises(UsageError, match="int8 needs at least 8 photos"):
        list(fetching)


def test_a_file_that_is_not_there_or_no_weights(
    keras: Any, mobilenet_weights: Path, tmp_path: Path
) -> None:
    truncated = tmp_path / "truncated.h5"
    truncated.write_bytes(mobilenet_weights.read_bytes()[:100_000])
    for path in (tmp_path / "nothing.h5", truncated, data_path("rules.yml")):
        with pytest.raises(FileError, match=path.name):
            list(Fetching(KNOWN, tmp_path / "models", tmp_path / "downloads", path))
    assert not (tmp_path / "models").exists()


class TestHostileWeights:
    """HDF5 can hold more than numbers. None of it reaches Keras."""

    def refused(self, path: Path, reason: str) -> None:
        from app.vision.networks.applications import build_graph

        with pytest.raises(ModelError, match=reason) as caught:
            build_graph("MobileNet", path)
        assert caught.value.path == path

    def test_links_to_other_files(self, keras: Any, tmp_path: Path) -> None:
        import h5py

        path = tmp_path / "links.h5"
        with h5py.File(path, "w") as file:
            file["secret"] = h5py.ExternalLink("/etc/hostname", "/")
        self.refused(path, "'secret' is a link")

    def test_numbers_that_are_in_another_file(self, keras: Any, tmp_path: Path) -> None:
        import h5py

        path = tmp_path / "external.h5"
        with h5py.File(path, "w") as file:
            file.create_dataset("w", (4,), "f4", external=[("/etc/hostname", 0, 16)])
        self.refused(path, "'w' does not hold plain numbers")

    def test_gigabytes_of_nothing(self, keras: Any, tmp_path: Path) -> None:
        import h5py

        path = tmp_path / "bomb.h5"
        with h5py.File(path, "w") as file:
            file.create_dataset("w", (1 << 32,), "f4", chunks=(1 << 20,), compression="gzip")
        assert path.stat().st_size < 1 << 20
        self.refused(path, "more numbers than this network has")

    def test_texts_instead_of_numbers(self, keras: Any, tmp_path: Path) -> None:
        import h5py

        path = tmp_path / "texts.h5"
        with h5py.File(path, "w") as file:
            file["w"] = "import os"
        self.refused(path, "'w' does not hold plain numbers")

    def test_the_weights_of_another_network(self, keras: Any, tmp_path: Path) -> None:
        import h5py
        from keras.src.legacy.saving import legacy_h5_format

        path = tmp_path / "other.h5"
        other = keras.Sequential([keras.layers.Input((3,)), keras.layers.Dense(2)])
        with h5py.File(path, "w") as file:
            legacy_h5_format.save_weights_to_hdf5_group(file, other)
        self.refused(path, "does not hold weights of MobileNet")
