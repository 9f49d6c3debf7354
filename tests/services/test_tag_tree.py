"""What renaming, moving, merging and deleting tags makes of photos."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.change import Edit
from app.core.errors import UsageError
from app.core.tag import Suggestion, Tag
from app.library.library import Library
from app.services.tag_tree import (
    moved,
    plan_delete,
    plan_merge,
    plan_move,
    plan_rename,
    renamed,
    uppermost,
)

ANIMAL, CAT, DOG, TABBY, PLACE = map(
    Tag.parse, ("Animal", "Animal/Cat", "Animal/Dog", "Animal/Cat/Tabby", "Place")
)


class Photos:
    """A library with photos that have given tags."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.run = library.start_run("net@1", "{}")

    def add(
        self,
        *confirmed: Tag,
        suggested: tuple[Tag, ...] = (),
        rejected: tuple[Tag, ...] = (),
        written: tuple[Tag, ...] = (),
    ) -> int:
        number = self.library.count() + 1
        photo = self.library.save_photo(
            Path(f"/p/{number}.jpg"), size=1, mtime_ns=1, content_hash=bytes([number])
        )
        self.library.decide(photo, confirmed, "confirmed")
        self.library.decide(photo, rejected, "rejected")
        self.library.save_suggestions(
            photo, "net@1", [Suggestion(tag, 0.5, "net") for tag in suggested], self.run
        )
        self.library.save_written(photo, written, "embedded", self.run)
        return photo


@pytest.fixture
def photos(tmp_path: Path) -> Iterator[Photos]:
    with Library(tmp_path / "data") as library:
        yield Photos(library)


def test_renaming_a_parent_renames_all_tags_below_it(photos: Photos) -> None:
    first, second = photos.add(TABBY, PLACE), photos.add(ANIMAL, DOG)
    plan = plan_rename(photos.library, ANIMAL, Tag(("Creature",)))
    assert dict(plan.edits) == {
        first: Edit((Tag.parse("Creature/Cat/Tabby"),), (TABBY,)),
        second: Edit((Tag(("Creature",)), Tag.parse("Creature/Dog")), (ANIMAL, DOG)),
    }
    # `Animal/Cat` has no photo of its own, but its suggestions are to be renamed too.
    assert (CAT, Tag.parse("Creature/Cat")) in plan.renames
    assert (plan.photos, plan.files, plan.merges) == (2, 2, ())


def test_renaming_to_a_tag_that_is_there_is_a_merge(photos: Photos) -> None:
    both, cat_only = photos.add(CAT, DOG), photos.add(CAT)
    photos.add(DOG)
    plan = plan_rename(photos.library, CAT, DOG)
    assert plan.merges == ((CAT, DOG),)
    assert dict(plan.edits) == {both: Edit((DOG,), (CAT,)), cat_only: Edit((DOG,), (CAT,))}


def test_a_merge_keeps_the_spelling_of_the_tag_that_is_there(photos: Photos) -> None:
    cat = photos.add(TABBY)
    photos.add(DOG)
    plan = plan_rename(photos.library, CAT, Tag.parse("animal/dOG"))
    ((photo, edit),) = plan.edits
    assert photo == cat and edit.add[0].path == ("Animal", "Dog", "Tabby")


def test_open_suggestions_need_no_edit(photos: Photos) -> None:
    photos.add(suggested=(CAT,))
    plan = plan_rename(photos.library, CAT, DOG)
    assert plan.edits == () and plan.renames == ((CAT, DOG),)
    assert (plan.photos, plan.files, plan.suggested) == (0, 0, 1)


def test_a_suggestion_that_is_in_the_photo_is_settled(photos: Photos) -> None:
    photo = photos.add(suggested=(CAT,), written=(CAT,))
    plan = plan_rename(photos.library, CAT, DOG)
    assert dict(plan.edits) == {photo: Edit((DOG,), (CAT,))} and plan.settled == 1


def test_what_was_rejected_stays_so_under_a_new_name_but_not_in_a_merge(photos: Photos) -> None:
    photo = photos.add(rejected=(CAT,))
    other = photos.add(DOG)
    assert dict(plan_rename(photos.library, CAT, PLACE).edits) == {photo: Edit(reject=(PLACE,))}
    assert plan_rename(photos.library, CAT, PLACE).files == 0
    assert plan_merge(photos.library, [CAT], DOG).edits == ()
    assert other


def test_another_spelling_of_the_same_tag(photos: Photos) -> None:
    photo, spelt = photos.add(CAT), Tag.parse("Animal/cAT")
    plan = plan_rename(photos.library, CAT, spelt)
    ((edited, edit),) = plan.edits
    assert edited == photo and edit.add[0].path == spelt.path and edit.remove[0].path == CAT.path
    assert plan.renames[0][1].path == spelt.path and plan.merges == ()
    assert plan_rename(photos.library, CAT, CAT).edits == ()


def test_moving_takes_the_branch_along(photos: Photos) -> None:
    photo = photos.add(TABBY)
    photos.add(PLACE)
    plan = plan_move(photos.library, [CAT, TABBY], PLACE)
    assert dict(plan.edits) == {photo: Edit((Tag.parse("Place/Cat/Tabby"),), (TABBY,))}
    assert dict(plan_move(photos.library, [CAT], None).renames)[CAT] == Tag(("Cat",))
    assert plan_move(photos.library, [CAT], ANIMAL).edits == ()
    with pytest.raises(UsageError, match="below itself"):
        plan_move(photos.library, [ANIMAL], CAT)
    with pytest.raises(UsageError, match="below itself"):
        moved(ANIMAL, ANIMAL)


def test_several_tags_merge_in_one_plan(photos: Photos) -> None:
    both, one = photos.add(CAT, DOG), photos.add(TABBY)
    plan = plan_merge(photos.library, [CAT, DOG, PLACE], PLACE)
    assert dict(plan.edits) == {
        both: Edit((PLACE,), (CAT, DOG)),
        one: Edit((Tag.parse("Place/Tabby"),), (TABBY,)),
    }
    assert plan.photos == 2
    with pytest.raises(UsageError):
        plan_merge(photos.library, [ANIMAL], CAT)


def test_deleting_takes_what_is_below_and_rejects_suggestions(photos: Photos) -> None:
    first = photos.add(CAT, TABBY, DOG)
    second = photos.add(DOG, suggested=(TABBY,))
    third = photos.add(suggested=(CAT,), written=(CAT,))
    fourth = photos.add(written=(CAT,))
    photos.add(rejected=(CAT,))
    photos.library.set_synonyms(TABBY, ["Stripes", "Mackerel"])
    plan = plan_delete(photos.library, [CAT, TABBY])
    assert dict(plan.edits) == {
        first: Edit(remove=(CAT, TABBY)),
        second: Edit(reject=(TABBY,)),
        third: Edit(reject=(CAT,)),
        fourth: Edit(remove=(CAT,)),
    }
    assert (plan.photos, plan.files, plan.suggested) == (3, 3, 2)
    assert plan.tags == (CAT, TABBY) and plan.synonyms == 2
    spared = plan_delete(photos.library, [CAT], reject=False)
    assert [photo for photo, _ in spared.edits] == [first, fourth] and spared.files == 2


def test_only_the_uppermost_of_nested_tags_count() -> None:
    assert uppermost([TABBY, DOG, CAT, CAT]) == [CAT, DOG]
    assert uppermost([Tag(("Cats",)), Tag(("Cat",))]) == [Tag(("Cat",)), Tag(("Cats",))]


def test_a_name_is_only_the_last_level() -> None:
    assert renamed(CAT, "Tom/Kit").path == ("Animal", "Tom/Kit")
    with pytest.raises(UsageError):
        renamed(CAT, " ")
