"""The rules of which keyword goes into which field."""

from __future__ import annotations

import pytest

from app.core.change import TagChange
from app.core.tag import Tag
from app.metadata import merge
from app.metadata.fields import BY_KEY, IPTC, WRITTEN_IN_XMP, FieldChange
from tests.metadata.builders import CAT, SKY

EVERYWHERE = (*WRITTEN_IN_XMP, IPTC)


Stored = dict[str, tuple[str, ...]]


def change(stored: Stored, change: TagChange) -> Stored:
    """What a file holds after a change, which must add nothing when it is made again."""
    found = merge.changes(stored, change, EVERYWHERE)
    assert all(each.add or each.remove for each in found.values())
    after = merge.apply(stored, found)
    assert merge.changes(after, change, EVERYWHERE) == {}
    assert all(merge.holds(after, tag) for tag in change.add)
    return after


def take(stored: Stored, *tags: Tag) -> Stored:
    return change(stored, TagChange(remove=tags))


def add(stored: Stored, *tags: Tag) -> dict[str, list[str]]:
    """What is appended to each field."""
    after = change(stored, TagChange(tags))
    for key in stored:
        assert after[key][: len(stored[key])] == stored[key]
    appended = {key: list(after[key][len(stored.get(key, ())) :]) for key in after}
    return {key: texts for key, texts in appended.items() if texts}


def test_into_an_empty_file() -> None:
    assert add({}, CAT, SKY) == {
        "dc_subject": ["Cat", "Sky"],
        "hierarchical": ["Animal|Cat", "Nature|Sky"],
        "tags_list": ["Animal/Cat", "Nature/Sky"],
        "iptc": ["Cat", "Sky"],
    }


def test_a_created_field_holds_what_was_visible_before() -> None:
    found = add({"iptc": ("Oma", "cat"), "xp_keywords": ("Boot",)}, CAT)
    assert found == {
        "dc_subject": ["Oma", "cat", "Boot"],
        "hierarchical": ["Oma", "Boot", "Animal|Cat"],
        "tags_list": ["Oma", "Boot", "Animal/Cat"],
        "xp_keywords": ["Cat"],
    }


def test_paths_go_from_one_hierarchical_field_into_the_other() -> None:
    found = add({"dc_subject": ("Rom", "Urlaub"), "tags_list": ("Orte/Rom",)}, CAT)
    assert found["hierarchical"] == ["Orte|Rom", "Urlaub", "Animal|Cat"]
    assert found["tags_list"] == ["Animal/Cat"]
    assert found["iptc"] == ["Rom", "Urlaub", "Cat"]


def test_lightrooms_flat_levels_are_not_repeated_beside_their_path() -> None:
    stored = {
        "dc_subject": ("Nature", "Sky", "Holiday"),
        "hierarchical": ("Nature|Sky", "Holiday"),
    }
    assert add(stored, CAT)["tags_list"] == ["Nature/Sky", "Holiday", "Animal/Cat"]


def test_windows_flat_paths_are_not_repeated_beside_their_path() -> None:
    found = add({"dc_subject": ("Family/Anna",), "microsoft": ("Family/Anna",)}, CAT)
    assert found["tags_list"] == ["Family/Anna", "Animal/Cat"]
    assert found["hierarchical"] == ["Family|Anna", "Animal|Cat"]
    assert found["iptc"] == ["Anna", "Cat"]


def test_spelling_and_composition_do_not_make_a_second_tag() -> None:
    stored = {
        "dc_subject": ("CAT", "Cafe\u0301"),
        "hierarchical": ("animal|CAT", "Cafe\u0301"),
        "tags_list": ("ANIMAL/cat", "Cafe\u0301"),
        "iptc": ("caT", "CAFÉ"),
    }
    assert add(stored, CAT, Tag(("Café",))) == {}


def test_a_single_tag_finds_itself_in_a_path() -> None:
    stored = {"hierarchical": ("Animal|Cat",), "tags_list": ("Animal/Cat",)}
    assert add(stored, Tag(("Cat",))) == {"dc_subject": ["Cat"], "iptc": ["Cat"]}


def test_a_single_tag_and_a_path_to_it_together() -> None:
    assert add({}, Tag(("Cat",)), CAT)["tags_list"] == ["Animal/Cat"]


def test_a_parent_is_not_repeated_beside_its_child() -> None:
    stored = {"hierarchical": ("Animal|Cat|Siamese",), "tags_list": ("Animal/Cat/Siamese",)}
    assert add(stored, CAT) == {"dc_subject": ["Siamese", "Cat"], "iptc": ["Siamese", "Cat"]}


def test_a_slash_in_a_name_is_no_level() -> None:
    tag = Tag(("Music", "AC/DC"))
    found = add({}, tag)
    assert found["tags_list"] == ["Music/AC\\DC"]
    assert found["hierarchical"] == ["Music|AC/DC"]
    assert merge.merged({k: tuple(v) for k, v in found.items()}) == (tag,)


def test_all_tags_of_a_file_together() -> None:
    stored = {
        "dc_subject": ("Cat", "Nature", "Sky", "Red"),
        "hierarchical": ("Nature|Sky", "Nature"),
        "iptc": ("red", "x" * 64),
        "xp_keywords": ("x" * 70, "a;b", "\x00"),
    }
    assert [str(tag) for tag in merge.merged(stored)] == [
        "Nature/Sky", "Cat", "Red", "x" * 70, "a b",
    ]  # fmt: skip


def test_a_new_sidecar_is_filled_from_the_photo() -> None:
    photo = {"dc_subject": ("Dog",), "tags_list": ("Animal/Dog",)}
    found = merge.changes({}, TagChange((CAT,)), WRITTEN_IN_XMP, photo)
    assert {field.key: each.add for field, each in found.items()} == {
        "dc_subject": ("Dog", "Cat"),
        "hierarchical": ("Animal|Dog", "Animal|Cat"),
        "tags_list": ("Animal/Dog", "Animal/Cat"),
    }


def test_a_new_sidecar_is_not_filled_with_what_goes() -> None:
    photo = {"dc_subject": ("Dog", "Sky"), "tags_list": ("Animal/Dog", "Nature/Sky")}
    found = merge.changes({}, TagChange((CAT,), (SKY,)), WRITTEN_IN_XMP, photo)
    assert {field.key: each for field, each in found.items()} == {
        "dc_subject": FieldChange(("Dog", "Cat")),
        "hierarchical": FieldChange(("Animal|Dog", "Animal|Cat")),
        "tags_list": FieldChange(("Animal/Dog", "Animal/Cat")),
    }


def tag(text: str) -> Tag:
    return Tag.parse(text)


FULL = {
    "tags_list": ("Animal/Dog", "Animal/Cat", "Sky"),
    "hierarchical": ("Animal|Dog", "Animal|Cat", "Sky"),
    "dc_subject": ("Dog", "Cat", "Sky"),
    "iptc": ("Dog", "Cat", "Sky"),
}


def test_a_tag_goes_from_all_fields() -> None:
    after = take(FULL, CAT)
    assert after == {
        "tags_list": ("Animal/Dog", "Sky"),
        "hierarchical": ("Animal|Dog", "Sky"),
        "dc_subject": ("Dog", "Sky"),
        "iptc": ("Dog", "Sky"),
    }
    assert take(after, tag("animal/DOG"), tag("Sky")) == {}


def test_what_is_not_there_changes_nothing() -> None:
    for stored in ({}, FULL, {"dc_subject": (), "iptc": ("Cow",)}):
        assert take(stored, tag("Horse"), tag("Nature/Sky"), tag("Animal")) == stored


def test_taking_out_creates_nothing() -> None:
    assert take({"dc_subject": ("Cat", "Dog")}, CAT) == {"dc_subject": ("Dog",)}


def test_parents_and_children_stay() -> None:
    stored = {"hierarchical": ("Animal", "Animal|Cat", "Animal|Cat|Siamese"),
              "dc_subject": ("Animal", "Cat", "Siamese")}  # fmt: skip
    assert take(stored, CAT) == {
        "hierarchical": ("Animal", "Animal|Cat|Siamese"),
        "dc_subject": ("Animal", "Cat", "Siamese"),  # a level of the path that stays
    }
    assert take(stored, tag("Animal/Cat/Siamese")) == {
        "hierarchical": ("Animal", "Animal|Cat"),
        "dc_subject": ("Animal", "Cat"),
    }


def test_a_name_that_another_path_ends_in_stays() -> None:
    stored = {"tags_list": ("Animal/Bear", "Toy/bear"), "dc_subject": ("Bear",)}
    assert take(stored, tag("Animal/Bear")) == {"tags_list": ("Toy/bear",), "dc_subject": ("Bear",)}
    assert take(stored, tag("Animal/Bear"), tag("Toy/Bear")) == {}


def test_a_single_tag_goes_where_it_stands_alone() -> None:
    stored = {"tags_list": ("Animal", "Animal/Cat"), "dc_subject": ("Animal", "Cat")}
    assert take(stored, tag("Animal")) == {"tags_list": ("Animal/Cat",), "dc_subject": ("Cat",)}
    assert take(stored, tag("Cat")) == stored  # what the path ends in


def test_paths_as_flat_keywords_go() -> None:
    stored = {"dc_subject": ("Animal/Cat", "Cat", "Animal|cat", "Animal/Dog", "Animal"),
              "xp_keywords": ("Animal/Cat",)}  # fmt: skip
    assert take(stored, CAT) == {"dc_subject": ("Animal/Dog", "Animal")}


def test_copies_in_other_programs_fields_change_along() -> None:
    stored = FULL | {
        "microsoft": ("Animal/Cat", "Sky"),
        "mediapro": ("Animal|Cat",),
        "acdsee_keywords": ("Animal|Cat", "Other"),
        "acdsee_categories": ("Animal|Cat", "Sky"),
        "xp_keywords": ("Dog", "Cat"),
    }
    after = change(stored, TagChange((tag("Animal/Ape"),), (CAT,)))
    assert after["microsoft"] == ("Sky", "Animal/Ape")
    assert after["mediapro"][-1] == "Animal|Ape"
    assert after["acdsee_keywords"] == ("Other", "Animal|Ape")
    assert after["acdsee_categories"] == ("Animal|Ape", "Sky")
    assert after["xp_keywords"] == ("Dog", "Ape")


def test_absent_copies_are_not_made_and_empty_ones_are_filled() -> None:
    after = change({"microsoft": (), "dc_subject": ("Dog",)}, TagChange((CAT,)))
    assert after.keys() == {"microsoft", *(field.key for field in EVERYWHERE)}
    assert after["microsoft"] == ("Dog", "Animal/Cat")
    only = merge.changes({"iptc": ("Dog",)}, TagChange((CAT,)), WRITTEN_IN_XMP)
    assert only[IPTC] == FieldChange(("Cat",))
    assert IPTC not in merge.changes({}, TagChange((CAT,)), WRITTEN_IN_XMP)


def test_a_rename_is_one_change() -> None:
    after = change(FULL, TagChange((tag("Animal/Lynx"),), (CAT,)))
    assert after["tags_list"] == ("Animal/Dog", "Sky", "Animal/Lynx")
    assert after["dc_subject"] == ("Dog", "Sky", "Lynx")
    assert change(after, TagChange((CAT,), (tag("Animal/Lynx"),)))["iptc"] == ("Dog", "Sky", "Cat")


def test_a_keyword_that_gets_a_parent_keeps_its_place() -> None:
    stored = {"tags_list": ("Cat", "Sky"), "dc_subject": ("Cat", "Sky"), "iptc": ("cat", "Sky"),
              "hierarchical": ("Cat", "Sky")}  # fmt: skip
    after = change(stored, TagChange((CAT,), (tag("Cat"),)))
    assert after == {
        "tags_list": ("Sky", "Animal/Cat"),
        "hierarchical": ("Sky", "Animal|Cat"),
        "dc_subject": ("Cat", "Sky"),
        "iptc": ("cat", "Sky"),
    }


def test_a_tag_that_goes_and_comes_is_there() -> None:
    assert change(FULL, TagChange((CAT,), (CAT,))) == FULL
    assert merge.holds(change({}, TagChange((CAT,), (CAT,))), CAT)


def test_a_tag_can_be_respelt() -> None:
    other = tag("Animal/CAT")
    after = change(FULL, TagChange((other,), (CAT,)))
    assert after["tags_list"] == ("Animal/Dog", "Sky", "Animal/CAT")
    assert after["dc_subject"] == after["iptc"] == ("Dog", "Sky", "CAT")
    back = change(after, TagChange((other,), (CAT,)).inverse)
    assert sorted(back["dc_subject"]) == sorted(FULL["dc_subject"])


def test_keywords_longer_than_iptc_holds() -> None:
    first, second = "x" * 64 + "1", "x" * 64 + "2"
    stored = {"dc_subject": (first, second), "iptc": ("x" * 64,)}
    after = take(stored, tag(first))
    assert after == {"dc_subject": (second,), "iptc": ("x" * 64,)}
    assert take(after, tag(second)) == {}


def test_a_slash_in_a_name_is_found_again() -> None:
    stored = {"tags_list": ("Music/AC\\DC",), "hierarchical": ("Music|AC/DC",),
              "dc_subject": ("AC/DC",)}  # fmt: skip
    assert take(stored, Tag(("Music", "AC/DC"))) == {}
    assert take(stored, tag("Music/AC/DC"))["tags_list"] == ("Music/AC\\DC",)


@pytest.mark.parametrize("key", BY_KEY)
def test_every_field_gets_and_loses_a_tag(key: str) -> None:
    field = BY_KEY[key]
    stored = {key: (field.encode(("Nature", "Sky")),)}
    found = merge.apply(stored, merge.changes(stored, TagChange((CAT,)), (field,)))
    assert found[key] == (
        (field.encode(CAT.path), *stored[key])
        if key == "acdsee_categories"
        else (*stored[key], field.encode(CAT.path))
    )
    assert merge.apply(found, merge.changes(found, TagChange(remove=(CAT,)), (field,))) == stored
