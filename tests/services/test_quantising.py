"""Float, dynamic and int8 of one network, side by side on real photos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.core.confidence import Confidence
from app.core.errors import UsageError
from app.core.paths import data_path
from app.core.rules import Labeller, RuleSet
from app.core.settings import TagSettings
from app.library.library import Library
from app.services.calibrating import MOST, calibration_inputs, photos_in, photos_of, spread
from app.services.evaluation import Example
from app.services.quantising import PRECISIONS, Quantising, split_for_calibration
from app.vision.catalogue import Catalogue, ModelCard
from app.vision.convert import Precision, convert
from app.vision.litert import LiteRTEmbedder
from app.vision.networks.load import load_float
from tests.services.colours import COLOURS, SIZE

RULES = RuleSet({})


def quantising(card: ModelCard, photos: Sequence[Example], **more: Any) -> Quantising:
    judged, calibration = split_for_calibration(photos)
    labeller = Labeller(RULES, card.labels())
    return Quantising(card, judged, calibration, labeller, TagSettings(card.id, 1), **more)


@pytest.mark.filterwarnings("default")  # TensorFlow's converter warns
def test_three_precisions_side_by_side(
    colours: ModelCard, pictures: list[Example], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no photo")
    photos = [*pictures, Example(broken, frozenset({0}))]
    with quantising(colours, photos, threads=1) as run:
        steps = list(run)
        judged = {each.precision: each for each in run.judged()}

        assert [step.doing for step in steps[:4]] == ["load", *["convert"] * 3]
        assert steps[-1].doing == "judge"
        assert tuple(judged) == PRECISIONS
        for each in judged.values():
            assert each.milliseconds > 0
            assert each.top_k is not None and each.top_k[1] == 1
            assert each.same_first == each.same_tags == 1
            assert each.cosine_least > 0.99
        float_, int8 = judged["float"], judged["int8"]
        assert float_.largest_difference == 0 < int8.largest_difference < 0.05
        assert run.speed_up("float") == 1

        # What is kept is what was judged, and can be started from again.
        kept = run.keep("int8", tmp_path / "models")
    assert kept.id == "colours-int8"
    assert kept.card["quantisation"] == "int8"
    assert kept.load() != colours.load()
    assert Catalogue([tmp_path / "models"]).get("colours-int8") == kept
    red = np.full((1, SIZE, SIZE, 3), COLOURS["red"], np.uint8)
    assert LiteRTEmbedder(kept).embed(red).scores.argmax() == 0
    assert load_float(kept).input_shape == (None, SIZE, SIZE, 3)
    assert colours.float_model is not None and colours.float_model.file.exists()


def test_what_is_kept_means_the_same(
    colours: ModelCard, pictures: list[Example], tmp_path: Path
) -> None:
    """A network that was trained on tags gives tags, as sure as before."""
    said = {"labels_are": "tags", "confidence": {"temperature": 0.8}, "licence": "mine"}
    card = replace(colours, card={**colours.card, **said}, confidence=Confidence(0.8))
    files: dict[Precision, bytes] = {"int8": colours.load()}

    with quantising(card, pictures, precisions=["int8"], given=files) as run:
        kept = run.keep("int8", tmp_path / "models")

    assert kept.labels() == card.labels()
    assert kept.confidence == card.confidence
    assert kept.card["licence"] == "mine"


def test_photos_that_cannot_be_read_are_named_and_left_out(
    colours: ModelCard, pictures: list[Example], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no photo")
    files = {precision: colours.load() for precision in PRECISIONS}
    photos = [*pictures[:5], Example(broken, frozenset())]
    labeller = Labeller(RULES, colours.labels())
    settings = TagSettings(colours.id, 1)

    with Quantising(colours, photos, [], labeller, settings, given=files) as run:
        list(run)
        assert [error.path for error in run.failed] == [broken]
        # The same file three times: nothing can differ but the time.
        assert {(each.same_tags, each.largest_difference) for each in run.judged()} == {(1, 0)}

    with Quantising(colours, photos[-1:], [], labeller, settings, given=files) as run:
        list(run)
        with pytest.raises(UsageError, match="none of the photos can be read"):
            run.judged()


def test_a_worse_network_is_seen_to_be_worse(
    colours: ModelCard, pictures: list[Example], keras: Any
) -> None:
    model = load_float(colours)
    kernel, bias = model.get_layer("scores").get_weights()
    model.get_layer("scores").set_weights([kernel[:, ::-1], bias])  # red and blue change places
    files = {"float": colours.load(), "int8": convert(model, "float")}
    photos = [Example(each.path, each.classes) for each in pictures[:30]]

    with quantising(colours, photos, precisions=["float", "int8"], given=files) as run:
        list(run)
        good, bad = run.judged()

    assert good.top_k is not None and bad.top_k is not None
    assert good.top_k[1] == 1
    assert bad.top_k[1] == bad.same_first == bad.same_tags == pytest.approx(1 / 3, abs=0.1)
    assert bad.largest_difference > 0.9


def test_without_known_classes_nobody_is_called_right(
    colours: ModelCard, pictures: list[Example]
) -> None:
    photos = [Example(each.path, frozenset()) for each in pictures[:10]]
    files = {precision: colours.load() for precision in PRECISIONS}

    with quantising(colours, photos, given=files) as run:
        list(run)
        assert [each.top_k for each in run.judged()] == [None] * 3


def test_a_network_without_a_float_form_cannot_be_converted(pictures: list[Example]) -> None:
    known = Catalogue([data_path("models")]).get("resnet50")
    with pytest.raises(UsageError, match="there is no float form"):
        quantising(known, pictures)


def test_int8_is_refused_without_photos_to_calibrate_with(
    colours: ModelCard, pictures: list[Example]
) -> None:
    with (
        quantising(colours, pictures[:9]) as run,
        pytest.raises(UsageError, match=r"needs at least 8 photos .* there are 2"),
    ):
        list(run)


def test_photos_to_calibrate_with_are_not_judged(pictures: list[Example]) -> None:
    judged, calibration = split_for_calibration(pictures)

    assert len(calibration) == 12
    assert {each.path for each in judged}.isdisjoint(calibration)
    assert len(judged) + len(calibration) == len(pictures)


def test_calibration_gives_the_same_inputs_each_time(
    colours: ModelCard, pictures: list[Example]
) -> None:
    inputs = calibration_inputs(colours, [each.path for each in pictures])

    first, again = list(inputs()), list(inputs())

    assert len(first) == min(MOST, len(pictures))
    assert first[0].shape == (1, SIZE, SIZE, 3)
    assert 0.5 < first[0][..., 0].mean() < 1 > first[0].max() - 0.01
    for one, other in zip(first, again, strict=True):
        np.testing.assert_array_equal(one, other)


def test_some_of_many_are_spread_over_all() -> None:
    assert spread(list(range(10)), 20) == list(range(10))
    assert spread(list(range(100)), 4) == [0, 25, 50, 75]


def test_photos_come_from_a_folder_or_the_library(pictures: list[Example], tmp_path: Path) -> None:
    folder = pictures[0].path.parent
    assert sorted(photos_in(folder)) == [each.path.resolve() for each in pictures]
    for nothing in (tmp_path / "none", tmp_path):
        with pytest.raises(UsageError):
            photos_in(nothing)
    assert photos_of(tmp_path / "none") == []
    with Library(tmp_path / "data") as library:
        library.register(pictures[0].path, 1, 1)
        library.register(tmp_path / "gone.jpg", 1, 1)
    assert photos_of(tmp_path / "data") == [pictures[0].path]
