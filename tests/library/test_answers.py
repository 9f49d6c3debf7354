"""What is kept of how suggestions were answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

import app.library
from app.core.change import Edit
from app.core.tag import Suggestion, Tag
from app.library.database import connect
from app.library.library import DATABASE, Library

CAT, DOG, BOAT = Tag(("Animal", "Cat")), Tag(("Animal", "Dog")), Tag(("Boat",))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "data") as opened:
        yield opened


def add(library: Library, *suggested: tuple[Tag, float]) -> int:
    number = library.counts()["photo"]
    photo = library.save_photo(
        Path(f"/p/{number}.jpg"), size=1, mtime_ns=1, content_hash=b"%d" % number
    )
    run = library.start_run("net", "{}")
    library.save_suggestions(photo, "net", [Suggestion(t, s, "net") for t, s in suggested], run)
    return photo


def counted(library: Library) -> dict[Tag, tuple[int, int, int]]:
    """Kept, removed and added of each tag, over all days."""
    found: dict[Tag, tuple[int, int, int]] = {}
    for each in library.answers():
        before = found.get(each.tag, (0, 0, 0))
        now = (each.kept, each.removed, each.added)
        found[each.tag] = tuple(map(sum, zip(before, now, strict=True)))  # type: ignore[assignment]
    return found


def test_kept_removed_and_added_are_told_apart(library: Library) -> None:
    photo = add(library, (CAT, 0.8), (DOG, 0.6))
    library.decide(photo, [CAT], "confirmed")
    library.decide(photo, [DOG], "rejected")
    library.drop_suggestions(photo, [DOG])
    library.decide(photo, [BOAT], "confirmed")
    assert counted(library) == {CAT: (1, 0, 0), DOG: (0, 1, 0), BOAT: (0, 0, 1)}
    by_tag = {each.tag: each for each in library.answers()}
    assert (by_tag[CAT].certainty, by_tag[CAT].certain) == (0.8, 1)
    assert (by_tag[DOG].certainty, by_tag[BOAT].certain) == (0.6, 0)
    certainties, kept = library.answered_certainties()
    assert dict(zip(certainties.tolist(), kept.tolist(), strict=True)) == {0.8: True, 0.6: False}
    assert abs(by_tag[CAT].day - date.today()) <= timedelta(days=1)


def test_what_photos_brought_along_is_no_answer(library: Library) -> None:
    photo = add(library)
    library.decide(photo, [CAT], "confirmed", found_in_file=True)
    library.decide(photo, [DOG], "confirmed", answered=False)
    library.decide(photo, [BOAT], "rejected")  # nobody had suggested it
    assert counted(library) == {}
    # A suggestion that another program's user has taken over is an answer.
    other = add(library, (CAT, 0.7))
    library.decide(other, [CAT], "confirmed", found_in_file=True)
    assert counted(library) == {CAT: (1, 0, 0)}


def test_the_same_answer_once_more_changes_nothing(library: Library) -> None:
    photo = add(library)
    library.decide(photo, [CAT], "confirmed")
    run = library.start_run("net", "{}")
    library.save_suggestions(photo, "net", [Suggestion(CAT, 0.9, "net")], run)
    library.decide(photo, [CAT], "confirmed")
    assert counted(library) == {CAT: (0, 0, 1)}
    # Another verdict is an answer to what is suggested now.
    library.decide(photo, [CAT], "rejected")
    library.drop_suggestions(photo, [CAT])
    assert counted(library) == {CAT: (0, 1, 0)}
    # Who takes that back has kept what was suggested.
    library.decide(photo, [CAT], "confirmed")
    assert counted(library) == {CAT: (1, 0, 0)}
    assert library.answers()[0].certainty == 0.9


def test_what_waits_is_counted_apart(library: Library) -> None:
    photo = add(library, (CAT, 0.8), (DOG, 0.6))
    gone = add(library, (CAT, 0.8))
    library.mark_gone([gone])
    add(library, (CAT, 0.5))
    assert library.waiting() == {CAT: 2, DOG: 1}
    before = library.last_decision()
    library.decide(photo, [CAT], "confirmed")
    assert library.waiting() == {CAT: 1, DOG: 1}
    assert library.last_decision() != before


def test_undoing_puts_the_answer_back(library: Library) -> None:
    photo = add(library, (CAT, 0.8))
    library.decide(photo, [CAT], "confirmed")
    edit = Edit(reject=(CAT,))
    action = library.start_action("Reject", "key", [(photo, edit)])
    library.save_before(action, photo, edit)
    library.decide(photo, [CAT], "rejected")
    library.drop_suggestions(photo, [CAT])
    assert counted(library) == {CAT: (0, 1, 0)}
    library.restore(action, photo)
    assert counted(library) == {CAT: (1, 0, 0)}


def test_a_renamed_tag_takes_its_answers_along(library: Library) -> None:
    photo, other = add(library, (CAT, 0.8)), add(library)
    library.decide(photo, [CAT], "confirmed")
    library.decide(other, [CAT], "confirmed")
    edit = Edit(add=(BOAT,), remove=(CAT,))
    action = library.start_action("Rename", "key", [(photo, edit), (other, edit)], [(CAT, BOAT)])
    for each in (photo, other):
        library.save_before(action, each, edit)
        library.decide(each, [BOAT], "confirmed")
        library.forget_decisions(each, [CAT] if each == other else [])
    library.decide(photo, [CAT], "rejected")
    library.drop_suggestions(photo, [CAT])
    library.rename_tags(action, [(CAT, BOAT)])
    assert counted(library) == {BOAT: (1, 0, 1)}
    assert library.answers()[0].certainty == 0.8


def test_a_library_of_before_counts_what_is_known(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with Library(folder) as library:
        photo = add(library, (CAT, 0.8), (DOG, 0.6))
        library.decide(photo, [CAT], "confirmed")
        library.decide(photo, [DOG], "rejected")
        library.drop_suggestions(photo, [DOG])
        library.decide(photo, [BOAT], "confirmed")
    with closing(connect(folder / DATABASE)) as database:  # as the version before had it
        database.execute("ALTER TABLE decision DROP COLUMN offered")
        database.execute("ALTER TABLE decision DROP COLUMN certainty")
        (migration,) = (Path(app.library.__file__).parent / "migrations").glob("*_answers.sql")
        database.execute(f"PRAGMA user_version={int(migration.name[:4]) - 1}")
    with Library(folder) as library:
        assert counted(library) == {CAT: (1, 0, 0), DOG: (0, 1, 0), BOAT: (0, 0, 1)}
        certain = {each.tag: each.certain for each in library.answers()}
        assert certain == {CAT: 1, DOG: 0, BOAT: 0}


def test_undo_of_what_a_version_before_has_kept(library: Library) -> None:
    photo = add(library)
    library.decide(photo, [CAT], "confirmed")
    edit = Edit(reject=(CAT,))
    action = library.start_action("Reject", "key", [(photo, edit)])
    library.save_before(action, photo, edit)
    with closing(connect(library.path)) as database:
        database.execute(
            "UPDATE action_photo SET before = json_set(before, '$.\"Animal/Cat\".decision',"
            ' json(\'[["confirmed", "2026-01-02T03:04:05.000Z", 0]]\'))'
        )
    library.decide(photo, [CAT], "rejected")
    library.restore(action, photo)
    assert library.decided(photo, "confirmed") == {CAT}
    assert counted(library) == {}  # nobody knows how it came about
