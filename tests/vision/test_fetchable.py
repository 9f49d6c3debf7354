"""The table of networks that can be fetched, and what Keras itself says about them."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.core.errors import ModelError
from app.core.paths import data_path
from app.vision.catalogue import Catalogue, Download, ModelCard, read_card, read_cards
from app.vision.networks.applications import ARCHITECTURES
from app.vision.pixels import as_input

KNOWN = [card for card in Catalogue([data_path("models")]).cards() if card.download]
#: In which module of `keras.applications` each begins.
MODULES = {
    "InceptionV3": "inception_v3", "InceptionResNetV2": "inception_resnet_v2", "VGG16": "vgg16",
    "VGG19": "vgg19", "MobileNet": "mobilenet", "MobileNetV2": "mobilenet_v2",
    "NASNetMobile": "nasnet", "NASNetLarge": "nasnet", "ResNet50V2": "resnet_v2",
    "ResNet101V2": "resnet_v2", "ResNet152V2": "resnet_v2",
}  # fmt: skip
#: The quickest of each place that weights are fetched from; Keras builds a network before it asks.
QUICK = ("ResNet50", "MobileNet", "MobileNetV2", "EfficientNetV2B0", "ConvNeXtTiny")


def download(card: ModelCard) -> Download:
    assert card.download is not None
    return card.download


def module(card: ModelCard) -> Any:
    name = download(card).architecture
    families = (("ResNet", "resnet"), ("Efficient", "efficientnet_v2"), ("ConvNeXt", "convnext"))
    found = MODULES.get(name) or next(to for start, to in families if name.startswith(start))
    return importlib.import_module(f"keras.applications.{found}")


def test_every_network_that_can_be_built_can_be_fetched() -> None:
    assert {download(card).architecture for card in KNOWN} == ARCHITECTURES
    assert {download(card).kind for card in KNOWN} == {"keras-application"}
    assert len({card.id for card in KNOWN}) == len({download(c).url for c in KNOWN}) == len(KNOWN)


@pytest.mark.parametrize("card", KNOWN, ids=lambda card: card.id)
def test_a_network_is_listed_before_it_is_fetched(card: ModelCard) -> None:
    published = card.card["accuracy"]["published"]
    assert 70 < published["float_top1"] < published.get("float_top5", 100)
    # Four bytes for each parameter, and little else.
    assert 3.7e-6 < download(card).megabytes / card.card["parameters"] < 4.6e-6
    assert len(card.labels()) == card.classes
    assert download(card).url.startswith("https://storage.googleapis.com/tensorflow/keras-")
    assert not card.is_here
    with pytest.raises(
        ModelError, match=f"has not been fetched; `tagwright models fetch {card.id}"
    ):
        card.load()


def test_the_list_is_there_at_once_and_without_tensorflow() -> None:
    code = (
        "import sys; from app.vision.catalogue import Catalogue; from pathlib import Path;"
        f"cards = Catalogue([Path({str(data_path('models'))!r})]).cards();"
        "assert len(cards) > 20; print(*sorted({'tensorflow', 'keras', 'h5py'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "\n"


def test_what_is_registered_takes_the_place_of_what_can_be_fetched(tmp_path: Path) -> None:
    card = read_card(data_path("models", "efficientnet-lite0.yml"))
    text = card.path.read_text("utf-8").replace("id: efficientnet-lite0", "id: resnet50")
    (tmp_path / "resnet50.yml").write_text(text, "utf-8")

    found = Catalogue([tmp_path, data_path("models")]).get("resnet50")

    assert found.download is None
    assert found.path.parent == tmp_path


@pytest.mark.parametrize(
    ("text", "reason"),
    [("networks: [{id: x}]\n", "has no 'input'"), ("networks: 3\n", "is not a model card")],
)
def test_a_bad_table_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "table.yml").write_text(text)
    with pytest.raises(ModelError, match=reason):
        read_cards(tmp_path / "table.yml")


def test_a_table_is_no_card() -> None:
    with pytest.raises(ModelError, match="is a table"):
        read_card(data_path("models", "keras-applications.yml"))


@pytest.mark.parametrize("card", KNOWN, ids=lambda card: card.id)
def test_pixels_are_what_keras_makes_of_them(card: ModelCard, keras: Any) -> None:
    crops = np.random.default_rng(1).integers(0, 256, (2, 3, 5, 3), dtype=np.uint8)

    wanted = module(card).preprocess_input(crops.astype(np.float32))

    np.testing.assert_allclose(as_input(card, crops), wanted, atol=1e-4)


@pytest.mark.parametrize("card", KNOWN, ids=lambda card: card.id)
def test_the_checksum_is_the_one_that_keras_checks(card: ModelCard, keras: Any) -> None:
    wanted = download(card)
    source = inspect.getsource(inspect.getmodule(getattr(keras.applications, wanted.architecture)))  # type: ignore[arg-type]
    if "V2" in wanted.architecture and wanted.architecture.startswith("ResNet"):
        source = inspect.getsource(importlib.import_module("keras.src.applications.resnet"))
    if wanted.checksum:
        assert f'"{wanted.checksum}"' in source
    else:
        assert wanted.architecture in ("MobileNet", "MobileNetV2")
        assert "file_hash" not in source


class Asked(Exception):
    """Keras has asked for a file."""


@pytest.mark.parametrize(
    "card",
    [card for card in KNOWN if card.download and card.download.architecture in QUICK],
    ids=lambda card: card.id,
)
def test_the_address_is_the_one_that_keras_asks(
    card: ModelCard, keras: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(name: str, url: str, **more: object) -> str:
        raise Asked(url, more.get("file_hash"))

    monkeypatch.setattr("keras.src.utils.file_utils.get_file", ask)

    with pytest.raises(Asked) as asked:
        getattr(keras.applications, download(card).architecture)()

    assert asked.value.args == (download(card).url, download(card).checksum or None)
