"""Keyword lists, as Lightroom and darktable write them and as people make them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import ReadError, UsageError, WriteError
from app.core.tag import Tag
from app.services.keyword_list import formatted, parse, read_keyword_list, write_keyword_list

LIST = "Animal\n\tCat\n\t\t{Felis}\n\t\t{Kitty}\n\t\tTabby\n\tDog\n[Places]\n\tBerlin\n"
TAGS = ["Animal", "Animal/Cat", "Animal/Cat/Tabby", "Animal/Dog", "Places", "Places/Berlin"]


def names(tags: list[Tag]) -> list[str]:
    return [str(tag) for tag in tags]


def test_tabs_make_the_tree_and_braces_the_synonyms() -> None:
    found = parse(LIST)
    assert names(found.tags) == TAGS
    assert found.synonyms == {Tag.parse("Animal/Cat"): ("Felis", "Kitty")}
    assert found.problems == []


@pytest.mark.parametrize(
    "content",
    [
        LIST.encode(),
        LIST.encode("utf-8-sig"),
        LIST.encode("utf-16"),
        LIST.encode("utf-16-le"),
        LIST.encode("utf-16-be"),
        LIST.replace("\n", "\r\n").encode(),
        LIST.replace("\n", "\r").encode(),
        LIST.replace("\t", "    ").encode(),
        LIST.replace("\n", "\n\n").encode(),
    ],
)
def test_whatever_the_encoding_and_the_line_ends(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(content)
    found = read_keyword_list(path)
    assert names(found.tags) == TAGS and found.problems == []


def test_a_bad_line_is_reported_with_its_number_and_the_others_go_on() -> None:
    found = parse("Animal\n\ta|b\n\t\tbelow it\n\tCat\n\t\t\t\tfar\n{lost}\nDog\n\t{}\n")
    assert names(found.tags) == ["Animal", "Animal/Cat", "Dog"]
    assert [line for line, _ in found.problems] == [2, 3, 5, 6, 8]
    assert "'|'" in found.problems[0][1]


def test_a_keyword_that_comes_twice_is_one() -> None:
    found = parse("Animal\n\tCat\nanimal\n\tCAT\n\t\t{Mog}\n")
    assert names(found.tags) == ["Animal", "Animal/Cat"]
    assert found.synonyms == {Tag.parse("Animal/Cat"): ("Mog",)}


def test_no_text_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0 JFIF")
    with pytest.raises(ReadError, match="no text"):
        read_keyword_list(path)
    with pytest.raises(ReadError):
        read_keyword_list(tmp_path / "absent.txt")


def tag_or_none(path: list[str]) -> Tag | None:
    try:
        return Tag(tuple(path))
    except UsageError:
        return None


NAMES = st.text(st.sampled_from("aAöЖ[]{}/\\ ~,日"), min_size=1, max_size=6)
PATHS = st.lists(NAMES, min_size=1, max_size=4).map(tag_or_none).filter(bool)


@given(st.lists(PATHS, unique=True), st.lists(NAMES, max_size=2))
def test_what_is_exported_comes_back(tags: list[Tag], words: list[str]) -> None:
    words = [" ".join(word.split()) for word in words if word.strip()]
    synonyms = {tags[0]: tuple(dict.fromkeys(words))} if tags and words else {}
    text, count = formatted(tags, synonyms)
    found = parse(text)
    levels = {Tag(tag.path[:depth]) for tag in tags for depth in range(1, len(tag.path) + 1)}
    assert found.problems == []
    assert set(found.tags) == levels and count == len(levels)
    assert found.synonyms == synonyms
    assert formatted(found.tags, found.synonyms)[0] == text


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    assert write_keyword_list(path, map(Tag.parse, TAGS), {}) == 6
    assert read_keyword_list(path).tags == list(map(Tag.parse, TAGS))
    with pytest.raises(WriteError):
        write_keyword_list(tmp_path / "no" / "list.txt", [], {})
    assert [each.name for each in tmp_path.iterdir()] == ["list.txt"]
