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
from app.core.photo import State
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
    # It does not look as if its tag were in the file.
    states = [card.state for card in bench.library.cards(bench.ids)]
    assert states.count(State.FAILED) == 1 and states[1] is State.FAILED
    assert done.action is not None
    bench.actions.undo(done.action)
    assert {card.state for card in bench.library.cards(bench.ids)} == {State.WAITING}


def test_a_kill_between_library_and_photo_leaves_the_photo_to_be_written(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = bench.ids[0]
    bench.library.mark_applied(photo, "settings", "")

    with monkeypatch.context() as patch:
        patch.setattr("app.services.saving.write_tags", _kill)
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


def test_an_action_that_was_cut_off_goes_on_and_is_undone_as_a_whole(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    for photo in bench.ids:
        bench.suggest(photo, CAT, DOG)
    before = bench.everything()
    edits = [(photo, Edit(accept=(CAT,), add=(KITTY,))) for photo in bench.ids]
    left = iter((False, False, True))
    cut_off = Actions(bench.library, bench.journal, stopped=lambda: next(left))
    result = cut_off.act(edits, "Accept", SETTINGS, [(DOG, KITTY)])
    assert len(result.changed) == 2 and bench.library.aliases() == {}
    # Killed at the third, between what is kept of it and the photo.
    with monkeypatch.context() as patch:
        patch.setattr("app.services.saving.write_tags", _kill)
        with pytest.raises(KeyboardInterrupt):
            bench.actions.finish(SETTINGS)
    assert [len(read_tags(path).tags) for path in bench.paths] == [2, 2, 0, 0]
    (finished,) = bench.actions.finish(SETTINGS)
    assert finished.changed[:2] == bench.ids[2:] and not bench.actions.finish(SETTINGS)
    assert [set(read_tags(path).tags) for path in bench.paths] == [{CAT, KITTY}] * 4
    assert bench.library.aliases() == {DOG: KITTY}
    assert result.action is not None
    bench.actions.undo(result.action)
    assert bench.everything() == before


def test_an_undoing_that_was_cut_off_goes_on(bench: Bench) -> None:
    before = bench.everything()
    edits = [(photo, Edit(add=(CAT,))) for photo in bench.ids]
    done = bench.actions.act(edits, "Add", SETTINGS)
    assert done.action is not None
    left = iter((False, True))
    Actions(bench.library, bench.journal, stopped=lambda: next(left)).undo(done.action)
    assert sum(bool(read_tags(path).tags) for path in bench.paths) == 2
    bench.actions.finish(SETTINGS)
    assert bench.everything() == before
    assert [action.undone for action in bench.library.actions()] == [True]


def test_undoing_what_was_cut_off_takes_back_what_was_done(bench: Bench) -> None:
    before = bench.everything()
    edits = [(photo, Edit(add=(CAT,))) for photo in bench.ids]
    left = iter((False, True))
    cut_off = Actions(bench.library, bench.journal, stopped=lambda: next(left))
    done = cut_off.act(edits, "Add", SETTINGS)
    assert done.action is not None
    bench.actions.undo(done.action)
    assert bench.everything() == before and not bench.actions.finish(SETTINGS)
    bench.actions.redo(done.action, SETTINGS)
    assert [read_tags(path).tags for path in bench.paths] == [(CAT,)] * 4


def test_the_last_two_hundred_actions_are_kept_however_many_were_undone(bench: Bench) -> None:
    photo = bench.ids[0]
    first = bench.actions.act([(photo, Edit(add=(KITTY,)))], "first", SETTINGS)
    with bench.library.transaction():
        for _ in range(250):
            action = bench.library.start_action("tried", "run", [])
            bench.library.mark_undone(action)
    bench.actions.act([(photo, Edit(add=(DOG,)))], "last", SETTINGS)
    assert [action.label for action in bench.library.actions()] == ["first", "last"]
    assert first.action is not None and bench.actions.undo(first.action).changed == [photo]


def test_two_edits_of_one_photo_in_one_action_are_both_carried_out_and_undone(
    bench: Bench,
) -> None:
    photo = bench.ids[0]
    before = bench.everything()
    edits = [(photo, Edit(add=(CAT, DOG))), (photo, Edit(add=(KITTY,), remove=(DOG,)))]
    done = bench.actions.act(edits, "Add", SETTINGS)
    assert set(read_tags(bench.paths[0]).tags) == {CAT, KITTY}
    assert done.action is not None
    bench.actions.undo(done.action)
    assert bench.everything() == before


def _kill(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_what_could_not_be_undone_can_be_undone_later(bench: Bench, tmp_path: Path) -> None:
    before = bench.everything()
    edits = [(photo, Edit(add=(CAT,))) for photo in bench.ids]
    done = bench.actions.act(edits, "Add", SETTINGS)
    shutil.move(bench.paths[1], tmp_path / "away.jpg")  # to a disk that is not there
    assert done.action is not None
    undone = bench.actions.undo(done.action)
    assert [photo for photo, _, _ in undone.problems] == [bench.ids[1]]
    shutil.move(tmp_path / "away.jpg", bench.paths[1])
    left, taken_back = bench.library.actions()
    assert (left.photos, left.undone) == (1, False)
    assert (taken_back.photos, taken_back.undone) == (3, True)
    bench.actions.redo(taken_back.id, SETTINGS)
    assert [read_tags(path).tags for path in bench.paths] == [(CAT,)] * 4
    assert not bench.actions.undo(taken_back.id).problems
    assert not bench.actions.undo(left.id).problems
    assert bench.everything() == before


def test_what_is_given_up_keeps_what_was_done_as_one_action(bench: Bench) -> None:
    for photo in bench.ids:
        bench.suggest(photo, DOG)
    before = bench.everything()
    edits = [(photo, Edit(add=(CAT,))) for photo in bench.ids]
    asked = iter((False, False, True))
    giving_up = Actions(bench.library, bench.journal, given_up=lambda: next(asked))
    result = giving_up.act(edits, "Add", SETTINGS, [(DOG, KITTY)])
    assert result.given_up and result.changed == bench.ids[:2] and result.action is not None
    assert [read_tags(path).tags for path in bench.paths] == [(CAT,), (CAT,), (), ()]
    assert not bench.library.unfinished() and bench.library.aliases() == {}
    (action,) = bench.library.actions()
    assert action.photos == 2
    bench.actions.undo(result.action)
    assert bench.everything() == before
    bench.actions.redo(result.action, SETTINGS)
    assert [read_tags(path).tags for path in bench.paths] == [(CAT,), (CAT,), (), ()]


def test_given_up_before_the_first_photo_there_is_no_action(bench: Bench) -> None:
    before = bench.everything()
    edits = [(photo, Edit(add=(CAT,))) for photo in bench.ids]
    result = Actions(bench.library, bench.journal, given_up=lambda: True).act(edits, "A", SETTINGS)
    assert result.given_up and not result.changed
    assert bench.everything() == before and not bench.library.actions()


def test_a_photo_in_which_it_was_killed_is_finished_though_the_rest_is_given_up(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bench.everything()
    edits = [(photo, Edit(add=(CAT,))) for photo in bench.ids]
    with monkeypatch.context() as patch:
        patch.setattr("app.services.saving.write_tags", _kill)
        with pytest.raises(KeyboardInterrupt):
            bench.actions.act(edits, "Add", SETTINGS)
    again = Actions(bench.library, bench.journal, given_up=lambda: True)
    (result,) = again.finish(SETTINGS)
    assert result.given_up and result.changed == bench.ids[:1]
    assert [read_tags(path).tags for path in bench.paths] == [(CAT,), (), (), ()]
    assert result.action is not None and not bench.library.unfinished()
    bench.actions.undo(result.action)
    assert bench.everything() == before
