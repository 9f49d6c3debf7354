"""The rules of which keyword goes into which field."""

from __future__ import annotations

from app.core.tag import Tag
from app.metadata import merge
from app.metadata.fields import DC_SUBJECT, HIERARCHICAL, IPTC, TAGS_LIST, WRITTEN_IN_XMP
from tests.metadata.builders import CAT, SKY

EVERYWHERE = (*WRITTEN_IN_XMP, IPTC)


def add(stored: dict[str, tuple[str, ...]], *tags: Tag) -> dict[str, list[str]]:
    found = merge.additions(stored, tags, EVERYWHERE)
    after = {key: (*stored.get(key, ()), *()) for key in stored}
    for field, values in found.items():
        after[field.key] = (*stored.get(field.key, ()), *values)
    assert not merge.additions(after, tags, EVERYWHERE), "adding twice must add nothing"
    assert all(merge.holds(after, tag) for tag in tags)
    return {field.key: values for field, values in found.items()}


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
    found = merge.additions({}, [CAT], WRITTEN_IN_XMP, photo)
    assert found == {
        DC_SUBJECT: ["Dog", "Cat"],
        HIERARCHICAL: ["Animal|Dog", "Animal|Cat"],
        TAGS_LIST: ["Animal/Dog", "Animal/Cat"],
    }
