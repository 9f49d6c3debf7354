"""The catalogue and inference with the networks that come with the program."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import numpy as np
import pytest
import yaml

from app.core.confidence import Confidence
from app.core.errors import ModelError, UsageError
from app.core.paths import data_path
from app.core.rules import Label
from app.services.evaluation import load_crops
from app.vision.catalogue import Catalogue, ModelCard, read_cards
from app.vision.crops import join_crops
from app.vision.litert import LiteRTEmbedder

OURS = Catalogue([data_path("models")])
#: Those that come with the program; the others are fetched when they are asked for.
HERE = [card for card in OURS.cards() if card.is_here]


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A copy of the fast network and its card, to be damaged."""
    folder = tmp_path / "models"
    folder.mkdir()
    card = OURS.get("efficientnet-lite0")
    for name in ("efficientnet-lite0.yml", card.file.name, card.labels_file.name):
        shutil.copy(data_path("models", name), folder)
    return folder


def change_card(models: Path, **changes: object) -> ModelCard:
    path = models / "efficientnet-lite0.yml"
    path.write_text(yaml.safe_dump({**yaml.safe_load(path.read_text()), **changes}))
    return Catalogue([models]).get("efficientnet-lite0")


def test_lite2_is_the_default_and_lite0_the_fast_choice() -> None:
    assert [(card.id, card.role) for card in HERE] == [
        ("efficientnet-lite2", "default"),
        ("efficientnet-lite0", "fast"),
    ]


def test_a_card_may_say_what_scores_are_worth(models: Path) -> None:
    assert change_card(models, confidence={"temperature": 0.8}).confidence == Confidence(0.8)
    assert change_card(models, confidence=None).confidence == Confidence()
    for nonsense in ({"temperature": 0}, {"temperature": "hot"}, {}, [1]):
        with pytest.raises(ModelError, match=r"model card|temperature"):
            change_card(models, confidence=nonsense)
    outputs = yaml.safe_load((models / "efficientnet-lite0.yml").read_text())["outputs"]
    outputs["scores"]["activation"] = "sigmoid"
    with pytest.raises(ModelError, match="of which one is right"):
        change_card(models, outputs=outputs, confidence={"temperature": 0.8})


@pytest.mark.parametrize("card", HERE, ids=lambda card: card.id)
def test_labels_are_the_thousand_classes_in_order(card: ModelCard) -> None:
    labels = card.labels()
    assert labels[0] == Label("tench", "n01440764")
    assert labels[-1] == Label("toilet tissue", "n15075141")
    ids = [label.wordnet_id for label in labels]
    assert ids == sorted(ids) and len(set(ids)) == 1000


@pytest.mark.parametrize("card", HERE, ids=lambda card: card.id)
def test_it_knows_a_cat(card: ModelCard, samples: Path) -> None:
    crops = load_crops(samples / "chelsea.png", card, 3)
    prediction = LiteRTEmbedder(card).embed(crops)
    assert prediction.embeddings.shape == (3, card.embedding_size)
    assert prediction.scores.shape == (3, card.classes)
    assert prediction.scores.sum(axis=1) == pytest.approx(1, abs=0.01)
    _, scores = join_crops(prediction)
    best = card.labels()[int(scores.argmax())].name
    assert best in ("tabby", "tiger cat", "egyptian cat")


def test_batches_give_what_single_photos_give(samples: Path) -> None:
    card = OURS.get("efficientnet-lite0")
    embedder = LiteRTEmbedder(card)
    crops = load_crops(samples / "chelsea.png", card, 3)
    together = embedder.embed(crops)
    for n in range(3):
        alone = embedder.embed(crops[n : n + 1])
        np.testing.assert_allclose(together.embeddings[n], alone.embeddings[0], atol=1e-4)
        np.testing.assert_allclose(together.scores[n], alone.scores[0], atol=1e-4)


def test_the_answer_does_not_change_with_the_threads(samples: Path) -> None:
    card = OURS.get("efficientnet-lite0")
    crops = load_crops(samples / "coffee.png", card, 3)
    one = LiteRTEmbedder(card, threads=1).embed(crops)
    two = LiteRTEmbedder(card, threads=2).embed(crops)
    np.testing.assert_allclose(one.scores, two.scores, atol=1e-4)


def test_the_runtime_says_nothing(samples: Path, capfd: pytest.CaptureFixture[str]) -> None:
    card = OURS.get("efficientnet-lite0")
    LiteRTEmbedder(card).embed(load_crops(samples / "coffee.png", card, 1))
    assert capfd.readouterr() == ("", "")


def test_a_damaged_network_is_refused(models: Path) -> None:
    card = Catalogue([models]).get("efficientnet-lite0")
    content = bytearray(card.file.read_bytes())
    content[len(content) // 2] ^= 1
    card.file.write_bytes(content)
    with pytest.raises(ModelError, match="is damaged or not the file"):
        LiteRTEmbedder(card)
    card.file.unlink()
    with pytest.raises(ModelError, match="No such file"):
        LiteRTEmbedder(card)


def test_labels_of_another_length_are_refused(models: Path) -> None:
    card = Catalogue([models]).get("efficientnet-lite0")
    card.labels_file.write_text("cat\ndog\n")
    with pytest.raises(ModelError, match="holds 2 labels, but the network has 1000 classes"):
        card.labels()


def test_a_file_that_is_no_network_is_refused(models: Path) -> None:
    import hashlib

    content = b"not a network" * 100
    (models / "other.tflite").write_bytes(content)
    card = change_card(models, file="other.tflite", sha256=hashlib.sha256(content).hexdigest())
    with pytest.raises(ModelError, match="LiteRT cannot load it"):
        LiteRTEmbedder(card).embed(np.zeros((1, 224, 224, 3), np.uint8))


def test_a_network_without_the_outputs_of_its_card_is_refused(models: Path) -> None:
    card = change_card(models, outputs={"embedding": {"shape": [77]}, "scores": {"shape": [1000]}})
    with pytest.raises(ModelError, match="no output with 77 values"):
        LiteRTEmbedder(card).embed(np.zeros((1, 224, 224, 3), np.uint8))


CARD = """\
id: tiny
name: Tiny
version: '1'
file: tiny.tflite
sha256: '00'
input:
  size: [64, 64]
  mean: [1, 1, 1]
  std: [1, 1, 1]
  crop_fraction: 1
outputs:
  embedding: {shape: [8]}
  scores: {shape: [3]}
labels: tiny.txt
"""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id: x\n", "has no '"),
        ("[1, 2]\n", "is not a model card"),
        ("id: [\n", "is not a model card"),
        ("", "is not a model card"),
    ],
)
def test_a_bad_card_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "bad.yml").write_text(text)
    with pytest.raises(ModelError, match=reason):
        read_cards(tmp_path / "bad.yml")


HOSTILE = {
    "runs code": ("id: tiny", "id: !!python/object/apply:os.system ['touch ran']"),
    "leads out of the folder": ("file: tiny.tflite", "file: ../tiny.tflite"),
    "is an absolute path": ("labels: tiny.txt", "labels: /etc/passwd"),
    "leads out of the folder by the float form": (
        "labels: tiny.txt",
        "labels: tiny.txt\nfloat: {kind: keras, architecture: x, file: ../a.keras, sha256: x}",
    ),
    "divides by nothing": ("std: [1, 1, 1]", "std: [1, 0, 1]"),
    "has no numbers": ("mean: [1, 1, 1]", "mean: [.nan, 1, 1]"),
    "takes all memory": ("size: [64, 64]", "size: [1000000, 1000000]"),
    "has no pixels": ("size: [64, 64]", "size: [0, 64]"),
    "has no classes": ("scores: {shape: [3]}", "scores: {shape: [-3]}"),
    "has no embedding": ("embedding: {shape: [8]}", "embedding: {shape: [0]}"),
    "shows nothing": ("crop_fraction: 1", "crop_fraction: 0"),
    "is of another shape": ("outputs:", "outputs: []\nmore:"),
    "is a list of lists": ("scores: {shape: [3]}", "scores: [3]"),
    "grows when it is printed": (
        "version: '1'",
        "version: '1'\na: &a [1, 1]\nb: &b [*a, *a]\nc: [*b, *b]",
    ),
    "is very deep": ("version: '1'", "version: " + "[" * 200_000),
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_card_is_refused_and_the_others_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: tuple[str, str]
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "models"
    folder.mkdir()
    assert change[0] in CARD
    (folder / "bad.yml").write_text(CARD.replace(*change), "utf-8")
    (folder / "good.yml").write_text(CARD.replace("id: tiny", "id: good"), "utf-8")
    catalogue = Catalogue([folder])

    assert [card.id for card in catalogue.cards()] == ["good"]
    (error,) = catalogue.damaged()
    assert error.path == folder / "bad.yml" and error.reason
    assert catalogue.get("good").classes == 3
    # What was chosen is told why it cannot be used, not that it is not there.
    with pytest.raises(ModelError, match=re.escape(str(folder / "bad.yml"))):
        catalogue.get("bad")
    assert not (tmp_path / "ran").exists()


def test_an_unknown_id_names_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"resnet: no such model; .*efficientnet-lite2"):
        OURS.get("resnet")
    with pytest.raises(UsageError, match="do you mean efficientnet-lite2\\?"):
        OURS.get("EfficientNet_Lite2")


def test_pixels_are_scaled_as_the_card_says(models: Path) -> None:
    plain = Catalogue([models]).get("efficientnet-lite0")
    grey = np.full((1, 224, 224, 3), 127, np.uint8)
    shifted = change_card(
        models, input={**plain.card["input"], "mean": [0.0, 0.0, 0.0], "std": [1.0, 1.0, 1.0]}
    )
    ours, other = LiteRTEmbedder(plain).embed(grey), LiteRTEmbedder(shifted).embed(grey)
    assert not np.allclose(ours.embeddings, other.embeddings)


def test_top_1_of_the_default_on_the_lent_photos(data_dir: Path) -> None:
    """The float network has 91.0 % here; int8 may lose 1.5 points, and three crops lose none."""
    card = OURS.get("efficientnet-lite2")
    embedder = LiteRTEmbedder(card)
    classes = {label.wordnet_id: n for n, label in enumerate(card.labels())}
    right = {1: 0, 3: 0}
    photos = sorted((data_dir / "imagenet").glob("n*"))
    for path in photos:
        crops = load_crops(path, card, 3)
        for count, chosen in ((1, crops[len(crops) // 2 :][:1]), (3, crops)):
            _, scores = join_crops(embedder.embed(chosen))
            right[count] += int(scores.argmax()) == classes[path.name[:9]]
    float_top_1 = card.card["accuracy"]["measured"]["float_top1"]
    for count in (1, 3):
        assert 100 * right[count] / len(photos) >= float_top_1 - 1.5
