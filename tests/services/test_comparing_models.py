"""Which network learns the user's own tags best, on a real library and real networks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from app.core.embedding import powered
from app.core.errors import ModelError, UsageError
from app.core.paths import data_path
from app.core.photo import PhotoId
from app.core.tag import Tag
from app.library.analyses import Analysis
from app.library.library import Library
from app.services.comparing_models import FEWEST_PHOTOS, Comparing
from app.services.evaluation import Example
from app.services.features import Seen, look_at
from app.vision.catalogue import Catalogue, ModelCard
from app.vision.litert import LiteRTEmbedder
from tests.services.colours import COLOURS, make_network

TAGS = [Tag(("Colour", name.title())) for name in COLOURS]


@pytest.fixture(scope="session")
def blind(keras: Any, tmp_path_factory: pytest.TempPathFactory) -> ModelCard:
    """A network to which all pictures are the same."""
    return make_network(keras, tmp_path_factory.mktemp("blind"), "blind", sight=0)


def confirm(folder: Path, pictures: Sequence[Example]) -> list[PhotoId]:
    """A library in which the colour of each picture is confirmed."""
    ids = []
    with Library(folder) as library:
        for picture in pictures:
            stat = picture.path.stat()
            ids.append(library.register(picture.path, stat.st_size, stat.st_mtime_ns))
            (index,) = picture.classes
            library.decide(ids[-1], [TAGS[index]], "confirmed")
    return ids


def test_the_one_that_sees_is_better_than_the_blind_one(
    colours: ModelCard, blind: ModelCard, pictures: list[Example], tmp_path: Path
) -> None:
    confirm(tmp_path, pictures)
    comparing = Comparing(tmp_path, [blind, colours])

    steps = list(comparing)

    assert [step.model for step in steps[::60]] == ["blind", "colours"]
    assert (steps[59].done, steps[59].total) == (60, 60)
    worse, better = comparing.results
    assert (better.model, better.name) == ("colours", "Colours")
    assert better.accuracy == 1
    assert better.average_precision == pytest.approx(1)
    assert better.margin == 0
    assert worse.accuracy < 0.6
    assert 0.05 < worse.margin < 0.15
    for each in (worse, better):
        assert (each.photos, each.tags) == (60, 3)
        assert each.photos_a_second > 0
        assert each.bytes > 500
    assert comparing.failed == {}
    with Library(tmp_path) as library:
        assert library.counts()["analysis"] == 0  # it was only read


def test_what_the_library_has_is_not_made_again(
    colours: ModelCard, pictures: list[Example], tmp_path: Path
) -> None:
    ids = confirm(tmp_path, pictures)
    with Library(tmp_path) as library:
        run = library.start_run(colours.key, "{}")
        seen = look_at([each.path for each in pictures], LiteRTEmbedder(colours), 3)
        for photo, each in zip(ids, seen, strict=True):
            assert isinstance(each, Seen)
            library.save_analysis(
                photo, colours.key, Analysis(powered(each.embedding), each.scores, 3), run
            )
    comparing = Comparing(tmp_path, [colours])

    steps = list(comparing)

    assert len(steps) == 24  # for the speed alone
    assert comparing.results[0].photos == 60
    assert comparing.results[0].accuracy == 1


def test_at_most_so_many_photos_of_all_tags(
    colours: ModelCard, pictures: list[Example], tmp_path: Path
) -> None:
    confirm(tmp_path, pictures)
    comparing = Comparing(tmp_path, [colours], at_most=18)

    assert len(list(comparing)) == 18
    assert (comparing.results[0].photos, comparing.results[0].tags) == (18, 3)


def test_rare_tags_and_photos_that_cannot_be_read_are_left_out(
    colours: ModelCard, pictures: list[Example], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no photo")
    confirm(tmp_path, [*pictures, Example(broken, frozenset({0}))])
    gone = tmp_path / "gone.jpg"
    with Library(tmp_path) as library:
        library.decide(library.register(gone, 1, 1), TAGS[:1], "confirmed")
        photo = library.by_path(pictures[0].path)
        assert photo is not None
        library.decide(photo.id, [Tag(("Rare",))], "confirmed")
    comparing = Comparing(tmp_path, [colours])

    list(comparing)

    assert list(comparing.failed) == [broken]
    assert (comparing.results[0].photos, comparing.results[0].tags) == (60, 3)


@pytest.mark.parametrize("photos", [0, 2 * FEWEST_PHOTOS - 1])
def test_too_little_to_compare_by_is_said_plainly(
    colours: ModelCard, pictures: list[Example], tmp_path: Path, photos: int
) -> None:
    two_tags = [each for each in pictures if each.classes != {2}]
    confirm(tmp_path, two_tags[:photos])
    with pytest.raises(UsageError, match="2 tags with 5 confirmed photos each are needed, and"):
        list(Comparing(tmp_path, [colours]))


def test_without_a_library_nothing_is_made(colours: ModelCard, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="0 of your 0 tags"):
        list(Comparing(tmp_path / "none", [colours]))
    assert not (tmp_path / "none").exists()


def test_a_network_that_is_not_here_is_refused(pictures: list[Example], tmp_path: Path) -> None:
    confirm(tmp_path, pictures)
    with pytest.raises(ModelError, match="has not been fetched"):
        list(Comparing(tmp_path, [Catalogue([data_path("models")]).get("resnet50")]))


def test_who_stops_has_what_was_done(
    colours: ModelCard, blind: ModelCard, pictures: list[Example], tmp_path: Path
) -> None:
    confirm(tmp_path, pictures)
    comparing = Comparing(tmp_path, [colours, blind])
    steps = iter(comparing)

    while next(steps).model == "colours":
        pass
    steps.close()  # type: ignore[attr-defined]

    assert [each.model for each in comparing.results] == ["colours"]
