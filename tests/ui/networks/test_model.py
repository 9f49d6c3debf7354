"""The list of networks as a model, and how it is painted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from app.core.folders import Folders
from app.services.networks import KnownNetwork, known_networks
from app.ui.networks.delegate import NetworkDelegate
from app.ui.networks.model import NetworkRole, NetworksModel
from app.workers.fetching import FetchState


@pytest.fixture(scope="module")
def networks(tmp_path_factory: pytest.TempPathFactory) -> list[KnownNetwork]:
    home = tmp_path_factory.mktemp("home")
    return known_networks(Folders(home / "data", home / "cache", home / "config"))


@pytest.fixture
def model(networks: list[KnownNetwork], qtbot: QtBot) -> NetworksModel:
    model = NetworksModel("efficientnet-lite2")
    model.tester = QAbstractItemModelTester(  # type: ignore[attr-defined]
        model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    model.set_networks(networks)
    return model


def said(model: NetworksModel, model_id: str, role: int) -> object:
    return model.index(model.row_of(model_id)).data(role)


def headings(model: NetworksModel) -> list[str]:
    rows = [model.index(row) for row in range(model.rowCount())]
    return [row.data() for row in rows if row.data(NetworkRole.NETWORK) is None]


def test_networks_stand_below_headings_that_cannot_be_chosen(model: NetworksModel) -> None:
    assert headings(model) == ["Here", "Can be fetched"]
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert model.index(1).data() == "EfficientNet-Lite2"
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsSelectable
    assert model.network(model.index(0)) is None


def test_a_line_says_what_it_is_good_for(model: NetworksModel) -> None:
    line = str(said(model, "resnet50", NetworkRole.LINE))

    assert "1000" in line and "74.9 %" in line and "224 × 224" in line and line.endswith("MIT")
    assert "20 MB" in str(said(model, "efficientnet-lite2", NetworkRole.LINE))
    assert "77.0 %" in str(said(model, "efficientnet-lite2", NetworkRole.LINE))


def test_states(model: NetworksModel, networks: list[KnownNetwork]) -> None:
    assert said(model, "efficientnet-lite2", NetworkRole.STATE) == "In use"
    assert said(model, "efficientnet-lite0", NetworkRole.STATE) == "Here"
    assert said(model, "resnet50", NetworkRole.STATE) == "Not fetched (98 MB)"
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _: changed.append(first.row()))

    model.set_fetching("resnet50", FetchState("fetch", 33_320_000, 98_000_000))
    assert said(model, "resnet50", NetworkRole.STATE) == "34 % of 98 MB"
    assert said(model, "resnet50", NetworkRole.SHARE) == pytest.approx(0.34)
    assert said(model, "resnet50", NetworkRole.TONE) == "working"
    model.set_fetching("resnet50", None)
    assert said(model, "resnet50", NetworkRole.STATE) == "34 % of 98 MB fetched"
    assert said(model, "resnet50", NetworkRole.SHARE) == -1
    model.set_in_use("efficientnet-lite0")
    assert said(model, "efficientnet-lite0", NetworkRole.STATE) == "In use"
    assert set(changed) == {
        model.row_of(each) for each in ("resnet50", "efficientnet-lite0", "efficientnet-lite2")
    }

    damaged = [replace(each, problem="is damaged") for each in networks if each.place == "here"]
    model.set_networks(damaged)
    assert said(model, "efficientnet-lite0", NetworkRole.STATE) == "Damaged"
    assert said(model, "efficientnet-lite0", NetworkRole.TONE) == "failed"
    assert said(model, "efficientnet-lite0", NetworkRole.LINE) == "Is damaged"


@pytest.mark.parametrize("doing", ["wait", "start", "fetch", "build", "convert", "try", "stop"])
def test_each_step_is_said(model: NetworksModel, doing: str) -> None:
    model.set_fetching("vgg16", FetchState(doing))

    assert said(model, "vgg16", NetworkRole.STATE)


def test_a_filter_wants_all_words(model: NetworksModel) -> None:
    model.filter("RESNET 50 mit")
    assert headings(model) == ["Can be fetched"]
    found = {model.index(row).data() for row in range(1, model.rowCount())}
    assert "ResNet50" in found and "VGG16" not in found

    model.filter("nothing has this")
    assert model.rowCount() == 0
    model.filter("")
    assert model.rowCount() == len(model.networks) + 2


def test_a_card_may_say_anything(model: NetworksModel, networks: list[KnownNetwork]) -> None:
    card = networks[0].card
    assert card is not None
    odd = replace(card, card={"licence": ["<b>x\n"] * 500, "accuracy": "none", "source": 5})
    model.set_networks(
        [
            replace(networks[0], name="a\nb" * 500, card=odd),
            KnownNetwork("broken", "broken", None, "own", "the model card has no 'id'"),
        ]
    )

    assert "\n" not in model.index(1).data() and "\n" not in model.index(1).data(NetworkRole.LINE)
    assert said(model, "broken", Qt.ItemDataRole.AccessibleTextRole) == "broken, Damaged"


def test_a_thousand_are_painted(
    model: NetworksModel, networks: list[KnownNetwork], tmp_path: Path, qtbot: QtBot
) -> None:
    model.set_networks(
        [replace(networks[0], id=f"n{number}", name="Long name " * 9) for number in range(1000)]
    )
    view = QListView()
    qtbot.addWidget(view)
    view.setModel(model)
    view.setItemDelegate(NetworkDelegate(view))
    view.resize(200, 300)
    view.setCurrentIndex(model.index(500))

    picture = view.grab().toImage()

    assert {picture.pixelColor(x, 60).name() for x in range(200)} != {
        picture.pixelColor(1, 1).name()
    }
