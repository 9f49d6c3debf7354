"""Actions on real photos: carried out, undone and redone, with the library as it was before."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.change import Edit
from app.core.settings import TagSettings
from app.core.tag import Suggestion, Tag
from app.library.library import Library
from app.metadata.reader import read_tags
from app.metadata.storage.journal import DATABASE, Journal
from app.services.actions import Actions
from app.services.scan import find_photos

CAT, KITTY, DOG = Tag.parse("Animal/Cat"), Tag.parse("Pets/Kitty"), Tag.parse("Animal/Dog")
SETTINGS = TagSettings()


class Bench:
    """A library with the sample photos."""

    def __init__(self, base: Path, photos: Path, stack: ExitStack) -> None:
        self.library = stack.enter_context(Library(base))
        self.journal = stack.enter_context(Journal(base / DATABASE))
        self.actions = Actions(self.library, self.journal)
        self.paths = [path for path in find_photos([photos]) if isinstance(path, Path)]
        self.ids = []
        for path in self.paths:
            status = path.stat()
            self.ids.append(self.library.register(path, status.st_size, status.st_mtime_ns))
        self.run = self.library.start_run("net@1", "{}")

    def suggest(self, photo: int, *tags: Tag) -> None:
        suggestions = [Suggestion(tag, 0.4, "net") for tag in tags]
        self.library.save_suggestions(photo, "net@1", suggestions, self.run)

    def everything(self) -> tuple[object, ...]:
        """All that is known and written about the photos, but for when it was done."""
        with sqlite3.connect(self.library.path) as database:
            words = database.execute("SELECT * FROM synonym ORDER BY 1, 2").fetchall()
            aliases = database.execute("SELECT * FROM alias ORDER BY 1").fetchall()
            decided = database.execute("SELECT * FROM decision ORDER BY 1, 2").fetchall()
        database.close()
        cards = self.library.cards(self.ids)
        return cards, words, aliases, decided, [path.read_bytes() for path in self.paths]


@pytest.fixture
def bench(tmp_path: Path, photos: Path) -> Iterator[Bench]:
    with ExitStack() as stack:
        yield Bench(tmp_path / "data", photos, stack)


EDITS = {
    "accept": Edit(accept=(CAT,)),
    "reject": Edit(reject=(CAT, DOG)),
    "add": Edit(add=(KITTY, CAT)),
    "accept all": Edit(accept_all=True),
    "remove": Edit(remove=(CAT,)),
}


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("write", ["auto", "sidecar", "none"])
def test_undo_gives_back_every_byte_and_every_word(bench: Bench, name: str, write: str) -> None:
    settings = replace(SETTINGS, write=write)  # type: ignore[arg-type]
    for photo in bench.ids:
        bench.suggest(photo, CAT, DOG)
    first = bench.actions.act([(bench.ids[0], Edit(accept=(CAT,)))], "first", settings)
    before = bench.everything()
    done = bench.actions.act([(photo, EDITS[name]) for photo in bench.ids], "Do it", settings)
    after = bench.everything()
    assert after != before and not done.problems
    assert done.action is not None and first.action is not None
    bench.actions.undo(done.action)
    assert bench.everything() == before
    bench.actions.redo(done.action, settings)
    # All but the moments of the decisions.
    again = bench.everything()
    assert again[:3] == after[:3]
    bench.actions.undo(done.action)
    bench.actions.undo(first.action)
    assert not [card for card in bench.library.cards(bench.ids) if card.confirmed]


def test_a_rename_moves_suggestions_words_and_what_comes_later(bench: Bench) -> None:
    cat, other, *_ = bench.ids
    bench.suggest(cat, CAT)
    bench.suggest(other, CAT, DOG)
    bench.library.set_synonyms(CAT, ("puss",))
    bench.actions.act([(cat, Edit(accept=(CAT,)))], "Accept", SETTINGS)
    before = bench.everything()
    done = bench.actions.act(
        [(cat, Edit(add=(KITTY,), remove=(CAT,)))], "Rename", SETTINGS, [(CAT, KITTY)]
    )
    assert read_tags(bench.paths[0]).tags == (KITTY,)
    assert [s.tag for s in bench.library.suggestions(other)] in ([KITTY, DOG], [DOG, KITTY])
    assert bench.library.aliases() == {CAT: KITTY}
    assert bench.library.synonyms_of(KITTY) == ("puss",)
    assert done.action is not None
    bench.actions.undo(done.action)
    assert bench.everything() == before
    bench.actions.redo(done.action, SETTINGS)
    assert bench.library.aliases() == {CAT: KITTY}
    assert read_tags(bench.paths[0]).tags == (KITTY,)


def test_something_new_takes_away_what_could_be_redone(bench: Bench) -> None:
    photo = bench.ids[0]
    one = bench.actions.act([(photo, Edit(add=(CAT,)))], "one", SETTINGS)
    assert one.action is not None
    bench.actions.undo(one.action)
    bench.actions.act([(photo, Edit(add=(DOG,)))], "two", SETTINGS)
    assert [action.label for action in bench.library.actions()] == ["two"]
    assert bench.actions.redo(one.action, SETTINGS).action is None
    assert read_tags(bench.paths[0]).tags == (DOG,)


def test_what_somebody_else_changed_meanwhile_stays(bench: Bench) -> None:
    photo, path = bench.ids[0], bench.paths[0]
    done = bench.actions.act([(photo, Edit(add=(CAT,)))], "Add", SETTINGS)
    bench.actions.act([(photo, Edit(add=(DOG,)))], "Add", SETTINGS)
    assert done.action is not None
    bench.actions.undo(done.action)
    assert read_tags(path).tags == (DOG,)
    assert bench.library.decided(photo, "confirmed") == {DOG}


def test_a_photo_that_is_gone_is_one_problem_and_the_rest_goes_on(
    bench: Bench, tmp_path: Path
) -> None:
    shutil.move(bench.paths[1], tmp_path / "elsewhere.jpg")
    done = bench.actions.act([(photo, Edit(add=(CAT,))) for photo in bench.ids], "Add", SETTINGS)
    assert [path for _, path, _ in done.problems] == [bench.paths[1]]
    tagged = [path for path in bench.paths if path.exists()]
    assert [read_tags(path).tags for path in tagged] == [(CAT,)] * 3


def test_a_kill_between_library_and_photo_leaves_the_photo_to_be_written(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = bench.ids[0]
    bench.library.mark_applied(photo, "settings", "")

    def kill(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("app.services.saving.write_tags", kill)
        with pytest.raises(KeyboardInterrupt):
            bench.actions.act([(photo, Edit(add=(CAT,)))], "Add", SETTINGS)
    known = bench.library.by_id(photo)
    assert known is not None and known.applied is None
    # Where it was written, nothing is left to be done.
    bench.library.mark_applied(photo, "settings", "")
    bench.actions.act([(photo, Edit(add=(CAT,)))], "Add", SETTINGS)
    known = bench.library.by_id(photo)
    assert known is not None and known.applied == "settings"
    assert read_tags(bench.paths[0]).tags == (CAT,)
