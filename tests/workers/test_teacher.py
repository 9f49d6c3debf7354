"""Learning while the window is open: real photos, a real library, real threads."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageEnhance
from pytestqt.qtbot import QtBot

from app.core.change import Edit
from app.core.folders import Folders
from app.core.settings import TagSettings
from app.core.tag import Tag
from app.library.learned import example_count
from app.library.library import Library
from app.metadata.reader import read_tags
from app.services.setup import tagger
from app.workers.session import Handle, Session

REX, TOM = Tag.parse("Pets/Rex"), Tag.parse("Pets/Tom")
SETTINGS = TagSettings(model="efficientnet-lite0", crops=1, write_suggestions="accepted")
EACH = 8
OTHERS = (
    "astronaut.png", "brick.png", "camera.png", "clock_motion.png", "coins.png", "grass.png",
    "gravel.png", "horse.png", "hubble_deep_field.jpg", "moon.png", "motorcycle_left.png",
    "page.png", "retina.jpg", "rocket.jpg",
)  # fmt: skip
#: Tag, score, source, priority of every suggestion of a photo.
Rows = dict[str, list[tuple[str, str, float, int]]]


class Bench:
    """A session that learns."""

    def __init__(self, base: Path, qtbot: QtBot, settings: TagSettings, learn: bool) -> None:
        self.folders = Folders(base / "data", base / "cache", base / "config")
        self.qtbot = qtbot
        self.acted: list[object] = []
        self.problems: list[str] = []
        self.session = Session(
            self.folders, lambda s: tagger(self.folders, s), settings, learn=learn
        )
        self.session.acted.connect(self.acted.append)
        self.session.stopped.connect(self.problems.append)
        self.session.start()

    def settle(self) -> None:
        """Wait until all photos are looked at and all is learned."""
        self.qtbot.waitUntil(self._is_quiet, timeout=90_000)
        assert not self.problems

    def _is_quiet(self) -> bool:
        if self.session.is_busy() or self.session.is_learning() or not self.session.model_key:
            return False
        with Library(self.folders.data) as library:
            return not library.queued()

    def look_at(self, folder: Path, photos: int) -> None:
        self.session.add([folder])
        self.qtbot.waitUntil(lambda: len(self.ids()) == photos, timeout=60_000)
        self.settle()

    def ids(self) -> dict[str, int]:
        with Library(self.folders.data) as library:
            return {photo.path.name: photo.id for photo in library.photos()}

    def act(self, names: list[str], edit: Edit) -> Handle:
        before, ids = len(self.acted), self.ids()
        handle = self.session.act([(ids[name], edit) for name in names], "edit")
        self.qtbot.waitUntil(lambda: len(self.acted) > before, timeout=30_000)
        self.settle()
        return handle

    def undo(self, handle: Handle) -> None:
        before = len(self.acted)
        self.session.undo(handle)
        self.qtbot.waitUntil(lambda: len(self.acted) > before, timeout=30_000)
        self.settle()

    def suggestions(self) -> Rows:
        with Library(self.folders.data) as library:
            return {
                photo.path.name: sorted(
                    (str(s.tag), s.source, s.score, s.priority)
                    for s in library.suggestions(photo.id)
                )
                for photo in library.photos()
            }

    def with_tag(self, tag: Tag) -> set[str]:
        """The photos that are suggested a tag by what was learned."""
        return {
            name
            for name, rows in self.suggestions().items()
            for path, source, *_ in rows
            if path == str(tag) and example_count(source) is not None
        }

    def learned_with(self) -> set[str]:
        """The networks with which learned tags are suggested."""
        question = "SELECT DISTINCT model FROM suggestion WHERE source LIKE 'learned:%'"
        with Library(self.folders.data) as library:
            return {model for (model,) in library._execute(question)}

    def check_states(self) -> None:
        """State and certainty are what `refresh` makes of the other tables."""
        question = "SELECT id, state, certainty FROM photo ORDER BY id"
        with Library(self.folders.data) as library:
            kept = library._execute(question).fetchall()
            for photo, *_ in kept:
                library.refresh(photo)
            assert library._execute(question).fetchall() == kept


Start = Callable[..., Bench]


@pytest.fixture
def start(tmp_path: Path, qtbot: QtBot) -> Iterator[Start]:
    with ExitStack() as stack:

        def make(settings: TagSettings = SETTINGS, learn: bool = True, home: str = "home") -> Bench:
            bench = Bench(tmp_path / home, qtbot, settings, learn)
            stack.callback(bench.session.close)
            return bench

        yield make


@pytest.fixture
def two_things(tmp_path: Path, samples: Path) -> Path:
    """Photos of two cups, as `rex 0.jpg` and `tom 0.jpg`, each from several sides, and others."""
    folder = tmp_path / "photos"
    make_two_things(samples, folder)
    return folder


def make_two_things(samples: Path, folder: Path) -> None:
    folder.mkdir()
    for name, source in (("rex", "chelsea.png"), ("tom", "coffee.png")):
        with Image.open(samples / source) as image:
            whole = image.convert("RGB")
        for n in range(EACH):
            left, top = 8 * (n % 4), 6 * (n // 2)
            part = whole.crop((left, top, whole.width - 5 * n, whole.height - 24 + top))
            turned = part.rotate(3 * n - 10, expand=False)
            made = ImageEnhance.Brightness(turned).enhance(0.8 + 0.05 * n)
            made.save(folder / f"{name} {n}.jpg", quality=88)
    for source in OTHERS:
        with Image.open(samples / source) as image:
            image.convert("RGB").save(folder / f"other {Path(source).stem}.jpg")


PHOTOS = 2 * EACH + len(OTHERS)


def knows_rex(bench: Bench, taught: int) -> bool:
    """Whether all photos of Rex but those that taught it are suggested it, and not the others."""
    found = bench.with_tag(REX)
    wanted = {f"rex {n}.jpg" for n in range(taught, EACH)}
    return wanted <= found and len(found - wanted) <= 2 and not any("tom" in each for each in found)


def test_what_three_photos_are_called_the_others_are_suggested(
    start: Start, two_things: Path
) -> None:
    bench = start()
    bench.look_at(two_things, PHOTOS)
    for n in range(3):
        bench.act([f"rex {n}.jpg"], Edit(add=(REX,)))
    assert knows_rex(bench, 3)
    sources = {
        source for rows in bench.suggestions().values() for path, source, *_ in rows
        if path == str(REX)
    }  # fmt: skip
    assert sources == {"learned:3"}
    bench.check_states()


def test_undo_gives_back_exactly_what_was_suggested_before(start: Start, two_things: Path) -> None:
    bench = start()
    bench.look_at(two_things, PHOTOS)
    seen = [bench.suggestions()]
    handles = []
    steps = [
        (["rex 0.jpg", "rex 6.jpg", "rex 7.jpg"], Edit(add=(REX,))),
        (["tom 0.jpg", "tom 1.jpg", "tom 5.jpg"], Edit(add=(TOM,))),
        (["rex 1.jpg", "rex 2.jpg"], Edit(add=(REX,))),
        (["rex 3.jpg"], Edit(reject=(REX,))),
        (["tom 2.jpg"], Edit(accept_all=True)),
        (["tom 3.jpg", "tom 4.jpg"], Edit(add=(TOM,), reject=(REX,))),
    ]
    for names, edit in steps:
        handles.append(bench.act(names, edit))
        seen.append(bench.suggestions())
    assert len({str(each) for each in seen}) == len(seen)
    for handle, expected in zip(reversed(handles), reversed(seen[:-1]), strict=True):
        bench.undo(handle)
        assert bench.suggestions() == expected
    bench.check_states()


def test_what_the_network_said_and_was_rejected_again_and_again_is_less_certain(
    start: Start, two_things: Path
) -> None:
    later = two_things.parent / "later.jpg"
    (two_things / "rex 7.jpg").rename(later)
    bench = start()
    bench.look_at(two_things, PHOTOS - 1)
    first = bench.suggestions()
    ((said, *_),) = first["rex 6.jpg"]
    assert said == "Animal/Cat"
    handles = [bench.act([f"rex {n}.jpg"], Edit(reject=(Tag.parse(said),))) for n in range(5)]

    def certainty(name: str) -> float:
        ((_, source, score, _),) = bench.suggestions()[name]
        assert source == SETTINGS.model
        return score

    assert certainty("rex 6.jpg") < 0.5 < first["rex 6.jpg"][0][2]
    bench.check_states()
    doubted = bench.suggestions()
    # One that comes later is doubted at once; looked at again, all is as it was.
    later.rename(two_things / "rex 7.jpg")
    bench.look_at(two_things, PHOTOS)
    assert certainty("rex 7.jpg") < first["rex 6.jpg"][0][2] - 0.2
    bench.session.look_again(bench.ids().values())
    bench.qtbot.wait(300)
    bench.settle()
    now = bench.suggestions()
    assert {name: now[name] for name in doubted if name not in DECIDED} == {
        name: rows for name, rows in doubted.items() if name not in DECIDED
    }
    for handle in reversed(handles):
        bench.undo(handle)
    now = bench.suggestions()
    assert {name: now[name] for name in first} == first
    bench.check_states()


#: Of the photos that somebody has answered about, what was rejected is not suggested any more once
#: they are looked at again.
DECIDED = frozenset(f"rex {n}.jpg" for n in range(5))


def test_the_same_decisions_give_the_same_suggestions(start: Start, two_things: Path) -> None:
    found = []
    for home in ("one", "two"):
        shutil.copytree(two_things, two_things.parent / home / "photos")
        bench = start(home=f"home {home}")
        bench.look_at(two_things.parent / home / "photos", PHOTOS)
        ids = bench.ids()
        for n in range(7):
            edit = Edit(add=(REX,)) if n < 5 else Edit(add=(TOM,))
            name = f"{'rex' if n < 5 else 'tom'} {n}.jpg"
            if home == "one":
                bench.act([name], edit)
            else:  # faster than it can learn
                bench.session.act([(ids[name], edit)], "edit")
        bench.qtbot.waitUntil(lambda bench=bench: len(bench.acted) == 7, timeout=30_000)
        bench.settle()
        found.append(bench.suggestions())
        bench.session.close()
    assert found[0] == found[1]
    assert any("learned:5" in str(rows) for rows in found[0].values())


def test_a_rejected_tag_never_returns(start: Start, two_things: Path) -> None:
    bench = start()
    bench.look_at(two_things, PHOTOS)
    bench.act([f"rex {n}.jpg" for n in range(3)], Edit(add=(REX,)))
    bench.act(["rex 5.jpg"], Edit(reject=(REX,)))
    assert "rex 5.jpg" not in bench.with_tag(REX)
    bench.act(["rex 4.jpg"], Edit(accept=(REX,)))
    bench.session.look_again(bench.ids().values())
    bench.qtbot.wait(300)
    bench.settle()
    assert "rex 5.jpg" not in bench.with_tag(REX)
    assert "rex 6.jpg" in bench.with_tag(REX)
    assert read_tags(two_things / "rex 6.jpg").tags == ()


def test_a_photo_that_comes_later_is_suggested_it_at_once(start: Start, two_things: Path) -> None:
    later = two_things.parent / "later.jpg"
    (two_things / "rex 7.jpg").rename(later)
    bench = start()
    bench.look_at(two_things, PHOTOS - 1)
    bench.act([f"rex {n}.jpg" for n in range(4)], Edit(add=(REX,)))
    later.rename(two_things / "rex 7.jpg")
    bench.look_at(two_things, PHOTOS)
    assert "rex 7.jpg" in bench.with_tag(REX)
    before = bench.suggestions()
    bench.session.look_again(bench.ids().values())
    bench.qtbot.wait(300)
    bench.settle()
    assert bench.suggestions() == before


def test_it_is_still_known_after_the_next_start(start: Start, two_things: Path) -> None:
    bench = start()
    bench.look_at(two_things, PHOTOS)
    bench.act([f"rex {n}.jpg" for n in range(3)], Edit(add=(REX,)))
    before = bench.suggestions()
    bench.session.close()
    (saved,) = (bench.folders.data / "heads").iterdir()
    again = start()
    again.settle()
    assert again.suggestions() == before
    again.act(["rex 3.jpg"], Edit(accept=(REX,)))
    assert knows_rex(again, 4)
    again.session.close()
    # Damaged: it learns anew from what the library keeps.
    saved.write_bytes(b"no head")
    last = start()
    last.settle()
    assert knows_rex(last, 4)


def test_what_was_decided_without_the_window_is_learned_at_the_next_start(
    start: Start, two_things: Path
) -> None:
    bench = start()
    bench.look_at(two_things, PHOTOS)
    bench.act(["rex 0.jpg"], Edit(add=(REX,)))
    ids = bench.ids()
    bench.session.close()
    with Library(bench.folders.data) as library:
        for n in (1, 2):
            library.decide(ids[f"rex {n}.jpg"], [REX], "confirmed")
    again = start()
    again.settle()
    assert knows_rex(again, 3)


def test_another_network_learns_from_the_same_decisions(start: Start, two_things: Path) -> None:
    bench = start()
    bench.look_at(two_things, PHOTOS)
    bench.act([f"rex {n}.jpg" for n in range(3)], Edit(add=(REX,)))
    before = bench.suggestions()
    bench.session.pause()
    bench.session.use(replace(SETTINGS, model="efficientnet-lite2"))
    bench.qtbot.waitUntil(lambda: "lite2" in bench.session.model_key, timeout=30_000)
    bench.qtbot.waitUntil(lambda: not bench.session.is_learning(), timeout=30_000)
    # What was learned stays at each photo until its turn comes.
    assert bench.suggestions() == before and knows_rex(bench, 3)
    bench.session.resume()
    bench.settle()
    assert knows_rex(bench, 3)
    assert bench.learned_with() == {"efficientnet-lite2@2"}
    bench.check_states()
    bench.session.use(SETTINGS)
    bench.qtbot.waitUntil(lambda: "lite0" in bench.session.model_key, timeout=30_000)
    bench.settle()
    assert knows_rex(bench, 3)
    assert bench.learned_with() == {"efficientnet-lite0@2"}


def test_switched_off_nothing_learned_is_suggested(start: Start, two_things: Path) -> None:
    bench = start()
    bench.look_at(two_things, PHOTOS)
    first = bench.suggestions()
    handle = bench.act([f"rex {n}.jpg" for n in range(3)], Edit(add=(REX,)))
    learned = bench.suggestions()
    bench.session.learn(False)
    bench.settle()
    assert not bench.with_tag(REX)
    bench.check_states()
    bench.session.learn(True)
    bench.settle()
    assert bench.suggestions() == learned
    bench.session.learn(False)
    bench.undo(handle)
    assert bench.suggestions() == first


@pytest.mark.parametrize("head", ["svm", "gnb"])
def test_with_another_head_it_learns_anew_and_undo_is_as_exact(
    start: Start, two_things: Path, head: str
) -> None:
    bench = start()
    bench.look_at(two_things, PHOTOS)
    first = bench.suggestions()
    handles = [bench.act([f"rex {n}.jpg"], Edit(add=(REX,))) for n in range(3)]
    handles.append(bench.act(["tom 0.jpg", "tom 1.jpg"], Edit(add=(TOM,), reject=(REX,))))
    by_nearest_mean = bench.suggestions()
    said: list[bool] = []
    bench.session.learning_anew.connect(said.append)

    def learn_by(head: str) -> None:
        said.clear()
        bench.session.learn(True, head)
        bench.qtbot.waitUntil(lambda: said == [True, False], timeout=60_000)
        bench.settle()

    learn_by(head)
    by_head = bench.suggestions()
    assert by_head != by_nearest_mean
    assert sum(f"rex {n}.jpg" in bench.with_tag(REX) for n in range(3, EACH)) >= 3
    bench.check_states()
    # What comes and goes leaves no trace.
    more = bench.act(["rex 3.jpg"], Edit(add=(REX,)))
    assert bench.suggestions() != by_head
    bench.undo(more)
    assert bench.suggestions() == by_head
    learn_by("nearest-mean")
    assert bench.suggestions() == by_nearest_mean
    learn_by(head)
    assert bench.suggestions() == by_head
    for handle in reversed(handles):
        bench.undo(handle)
    assert bench.suggestions() == first
    bench.check_states()


def test_closing_does_not_wait_until_it_has_settled(start: Start, two_things: Path) -> None:
    """Stopped in the middle, it begins again at the next start and comes to the same."""
    bench = start()
    bench.look_at(two_things, PHOTOS)
    asked = []

    def stop_at_once() -> bool:
        asked.append(True)
        return True

    bench.act([f"rex {n}.jpg" for n in range(3)], Edit(add=(REX,)))
    expected = bench.suggestions()
    teaching = bench.session._teacher._teaching
    assert teaching is not None
    with Library(bench.folders.data) as library:
        before = teaching._learner.calibration
        assert teaching.settle(library, stop_at_once) is None
        assert asked and teaching._learner.calibration is before
        assert teaching.needs_settling(library)
    bench.session.close()
    again = start()
    again.settle()
    assert again.suggestions() == expected


def test_the_last_photos_belong_to_its_picture_of_the_library(
    start: Start, two_things: Path, samples: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """They are too few to begin anew while more may come; when no more come, they are not."""
    bench = start()
    bench.look_at(two_things, PHOTOS)
    bench.act(["rex 0.jpg"], Edit(add=(REX,)))
    teaching = bench.session._teacher._teaching
    assert teaching is not None and teaching._pictured == PHOTOS
    late = tmp_path / "late"
    late.mkdir()
    for n in range(3):
        with Image.open(samples / "coffee.png") as image:
            image.rotate(20 * n).convert("RGB").save(late / f"late {n}.jpg")
    bench.look_at(late, PHOTOS + 3)
    qtbot.waitUntil(lambda: teaching._pictured == PHOTOS + 3, timeout=30_000)
    bench.settle()
    bench.check_states()
