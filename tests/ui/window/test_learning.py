"""What is learned is seen in the window: somebody names their dog, and the others appear."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.core.change import Edit
from app.core.tag import Tag
from app.library.learned import example_count
from app.library.library import Library
from app.metadata.reader import read_tags
from app.services.teaching import Teaching
from app.ui.settings.comparison import ComparisonDialog
from app.ui.settings.dialog import SettingsDialog
from tests.ui.window.conftest import Bench
from tests.workers.test_teacher import EACH, make_two_things

Start = Callable[..., Bench]
REX = Tag.parse("Pets/Rex")


@pytest.fixture
def folder(tmp_path: Path, samples: Path) -> Path:
    folder = tmp_path / "photos"
    make_two_things(samples, folder)
    return folder


def settle(bench: Bench, folder: Path) -> None:
    bench.settle(len(list(folder.glob("*.jpg"))))
    bench.qtbot.waitUntil(
        lambda: not bench.window.session.is_busy() and not bench.window.session.is_learning(),
        timeout=60_000,
    )


def name_it(bench: Bench, photo: str, tag: str) -> None:
    """Type a tag for a photo."""
    bench.go_to(photo)
    bench.key("t")
    bench.key(tag)
    bench.acted(lambda: bench.key(Qt.Key.Key_Return))
    bench.key(Qt.Key.Key_Escape)


def shown(bench: Bench, photo: str) -> dict[Tag, str]:
    """What the grid shows as suggested for a photo: tags and sources."""
    card = bench.window.model.card(bench.id_of(photo))
    return {each.tag: each.source for each in card.suggested} if card is not None else {}


def test_named_three_times_the_others_appear_in_the_grid(start: Start, folder: Path) -> None:
    bench = start()
    bench.drop(folder)
    settle(bench, folder)
    for n in range(3):
        name_it(bench, f"rex {n}.jpg", "Pets/Rex")
    bench.qtbot.waitUntil(lambda: shown(bench, "rex 5.jpg").get(REX) == "learned:3", timeout=20_000)
    bench.go_to("rex 6.jpg")
    bench.qtbot.waitUntil(
        lambda: any(
            "Learned from 3 example" in f"{each.toolTip()} {each.accessibleDescription()}"
            or (isinstance(each, QLabel) and "Learned from 3 example" in each.text())
            for each in bench.window.inspector.findChildren(QWidget)
        ),
        timeout=10_000,
    )
    # The first suggestion is the name: one key accepts it.
    bench.acted(lambda: bench.key("1"))
    assert bench.card_of("rex 6.jpg").confirmed == (REX,)
    bench.go_to("rex 5.jpg")
    bench.acted(lambda: bench.key("1", Qt.KeyboardModifier.ShiftModifier))
    settle(bench, folder)
    assert REX not in shown(bench, "rex 5.jpg")
    bench.qtbot.waitUntil(lambda: shown(bench, "rex 4.jpg").get(REX) == "learned:4", timeout=20_000)


def test_switched_off_in_the_settings_what_was_learned_goes(start: Start, folder: Path) -> None:
    bench = start()
    bench.drop(folder)
    settle(bench, folder)
    name_it(bench, "rex 0.jpg", "Pets/Rex")
    name_it(bench, "rex 1.jpg", "Pets/Rex")
    bench.qtbot.waitUntil(lambda: REX in shown(bench, "rex 2.jpg"), timeout=20_000)
    window = bench.window
    window.commands.use(replace(window.preferences, learn=False))
    bench.qtbot.waitUntil(lambda: REX not in shown(bench, "rex 2.jpg"), timeout=20_000)
    with Library(bench.folders.data) as library:
        sources = {s.source for each in library.photos() for s in library.suggestions(each.id)}
    assert all(example_count(source) is None for source in sources)
    window.commands.use(replace(window.preferences, learn=True))
    bench.qtbot.waitUntil(lambda: REX in shown(bench, "rex 2.jpg"), timeout=20_000)


def test_with_another_network_what_was_learned_is_there_by_itself(
    start: Start, folder: Path
) -> None:
    bench = start(model="efficientnet-lite0", crops=1)
    bench.drop(folder)
    settle(bench, folder)
    for n in range(3):
        name_it(bench, f"rex {n}.jpg", "Pets/Rex")
    settle(bench, folder)
    chosen = replace(bench.window.preferences, model="efficientnet-lite2")
    bench.window.commands.use(chosen)
    bench.qtbot.waitUntil(lambda: "lite2" in bench.window.session.model_key, timeout=30_000)
    settle(bench, folder)
    with Library(bench.folders.data) as library:
        photo = bench.id_of("rex 5.jpg")
        assert library.analysis(photo, bench.window.session.model_key, 1, 1000) is not None
    bench.qtbot.waitUntil(lambda: shown(bench, "rex 5.jpg").get(REX) == "learned:3", timeout=20_000)


def test_a_kind_of_flower_that_the_network_does_not_know(
    start: Start, tmp_path: Path, data_dir: Path
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for kind, count in (("roses", 15), ("tulips", 15), ("dandelion", 10)):
        for n, path in enumerate(sorted((data_dir / "flowers" / "train" / kind).iterdir())[:count]):
            shutil.copy(path, folder / f"{kind} {n}.jpg")
    bench = start()
    bench.drop(folder)
    settle(bench, folder)
    tag = Tag.parse("Garden/Dandelion")
    for n in range(3):
        name_it(bench, f"dandelion {n}.jpg", str(tag))
    settle(bench, folder)
    with Library(bench.folders.data) as library:
        cards = library.cards(library.listing().ids)
    found = [
        card.path.stem.split()[0]
        for card in cards
        if any(each.tag == tag and example_count(each.source) == 3 for each in card.suggested)
    ]
    assert found.count("dandelion") >= 4
    assert found.count("dandelion") > len(found) / 2


def test_the_window_closes_while_ways_of_learning_are_compared(start: Start, folder: Path) -> None:
    pytest.importorskip("sklearn")
    bench = start()
    bench.drop(folder)
    settle(bench, folder)
    edits = [
        (bench.id_of(f"{name} {n}.jpg"), Edit(add=(tag,)))
        for name, tag in (("rex", REX), ("tom", Tag(("Tom",))))
        for n in range(EACH)
    ]
    bench.acted(lambda: bench.window.session.act(edits, "Add"))
    bench.window.commands.show_settings()
    (settings,) = bench.window.findChildren(SettingsDialog)
    settings.action_wanted.emit("head")
    (comparison,) = bench.window.findChildren(ComparisonDialog)
    comparer = comparison._comparer
    assert comparer._thread.isRunning()
    bench.close()
    assert comparer._thread.isFinished()


def test_nothing_is_written_by_itself_before_it_is_known_what_was_rejected(
    start: Start, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = folder.parent / "rex 7.jpg"
    (folder / "rex 7.jpg").rename(late)
    first = start()
    first.drop(folder)
    settle(first, folder)
    cat = Tag.parse("Animal/Cat")
    for n in range(5):
        edits = [(first.id_of(f"rex {n}.jpg"), Edit(reject=(cat,)))]
        first.acted(lambda edits=edits: first.window.session.act(edits, "Reject"))
    settle(first, folder)
    first.close()
    # It takes long to load what was learned, and a photo comes meanwhile.
    go_on = threading.Event()
    load = Teaching.open

    def slowly(self: Teaching, *args: object) -> object:
        go_on.wait(30)
        return load(self, *args)

    late.rename(folder / "rex 7.jpg")
    with monkeypatch.context() as patch:
        patch.setattr(Teaching, "open", slowly)
        bench = start(write_suggestions="sure", min_score=0.7)
        bench.drop(folder)
        bench.settle(len(list(folder.iterdir())))
        (said,) = bench.card_of("rex 7.jpg").suggested
        assert said.tag == cat and said.score > 0.7  # as the network says
        assert not any(read_tags(path).tags for path in folder.iterdir())
        go_on.set()
        settle(bench, folder)
    with Library(bench.folders.data) as library:
        sure = {
            photo.path: {s.tag for s in library.suggestions(photo.id) if s.score >= 0.7}
            for photo in library.photos()
        }
    assert any(sure.values())
    bench.qtbot.waitUntil(
        lambda: all(set(read_tags(path).tags) == tags for path, tags in sure.items()),
        timeout=20_000,
    )
    (said,) = bench.card_of("rex 7.jpg").suggested
    assert said.tag == cat and said.score < 0.7
    with Library(bench.folders.data) as library:
        held = {photo.path.name for photo in library.photos() if not photo.applied}
    assert not held
    assert not read_tags(folder / "rex 7.jpg").tags
