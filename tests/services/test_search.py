"""Completion, and finding by a query."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.query_text import parse
from app.core.tag import Tag
from app.library.library import Library
from app.services.search import Completion, Vocabulary, completions, find, vocabulary
from tests.benchmarks.synthetic import make_library

KNOWN = Vocabulary(
    (
        (Tag(("Animal", "Cat")), ("Kitty",), 40),
        (Tag(("Vehicle", "Car")), (), 30),
        (Tag(("Animal", "Big cat")), (), 20),
        (Tag(("Place", "Zürich")), (), 10),
    ),
    (("Canon EOS 80D", 7), ("NIKON D60", 5)),
    ("2024-05 Kyoto", "Cattle show"),
    ((2024, 9), (2023, 4)),
)


def offered(text: str) -> list[str]:
    """What completes a text in which `^` is the cursor, as the whole text afterwards."""
    cursor = text.index("^")
    text = text.replace("^", "")
    return [
        text[: each.start] + each.insert + text[each.end :]
        for each in completions(text, cursor, KNOWN)
    ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("sta^", ["state:"]),
        ("tag:ca^", ["tag:Animal/Cat ", "tag:Vehicle/Car ", 'tag:"Animal/Big cat" ']),
        ("tag:kit^", ["tag:Animal/Cat "]),
        ("tag:animal/c^", ["tag:Animal/Cat ", 'tag:"Animal/Big cat" ']),
        ("tag:ZUR^", ["tag:Place/Zürich "]),
        ("lake -tag:=zur^ x", ["lake -tag:=Place/Zürich  x"]),
        ('tag:"big c^', ['tag:"Animal/Big cat" ']),
        ("state:sug^", ["state:suggested "]),
        ("state:u^x", ["state:untagged "]),
        ("camera:eos^", ['camera:"Canon EOS 80D" ']),
        ("folder:kyo^", ['folder:"2024-05 Kyoto" ']),
        ("date:20^", ["date:2024 ", "date:2023 "]),
        ("rating^", ["rating>="]),
        ("rating>=^", ["rating>=1 ", "rating>=2 ", "rating>=3 ", "rating>=4 ", "rating>=5 "]),
        ("certainty>0.9^", ["certainty>0.9 "]),
        ("(kit^", ["(tag:Animal/Cat "]),
        ("a | nik^", ['a | camera:"NIKON D60" ']),
        ("nothing^", []),
        ("taag:c^", []),
    ],
)
def test_what_is_typed_is_completed(typed: str, first: list[str]) -> None:
    assert offered(typed) == first


def test_a_word_may_become_many_things() -> None:
    found = completions("ca", 2, KNOWN)
    assert [(each.text, each.kind, each.count) for each in found] == [
        ("camera:", "key", None),
        ("Cat", "tag", 40),
        ("Car", "tag", 30),
        ("Big cat", "tag", 20),
        ("Canon EOS 80D", "camera", 7),
        ("Cattle show", "folder", None),
    ]
    assert found[1] == Completion("Cat", "tag", "tag:Animal/Cat ", 0, 2, 40)
    assert found[1].detail == "Animal"


def test_an_empty_field_offers_the_keys() -> None:
    assert [each.text for each in completions("", 0, KNOWN)][:3] == ["tag:", "state:", "certainty>"]
    assert [each.text for each in completions("a ", 2, KNOWN)][:1] == ["tag:"]


def test_all_that_is_offered_can_be_read() -> None:
    for text in ("tag:c", "z", "ky", "can", "20", "state:", "rating:", "certainty>", "date:"):
        for each in completions(text, len(text), KNOWN):
            if each.kind != "key":
                parse(each.insert)


def test_the_vocabulary_is_that_of_the_library(tmp_path: Path) -> None:
    make_library(tmp_path, 300, 20)
    with Library(tmp_path) as library:
        library.add_root(Path("/home/anna/Pictures"))
        known = vocabulary(library)
        assert known.tags[0][0] == Tag(("Animal", "Cat"))
        assert [count for _, _, count in known.tags] == sorted(
            (count for _, _, count in known.tags), reverse=True
        )
        assert "Canon EOS 80D" in dict(known.cameras)
        assert any("Berlin" in name for name in known.folders)
        assert known.years[0][0] >= known.years[-1][0] == 2004


def test_similar_photos_come_by_how_similar_they_are(tmp_path: Path) -> None:
    make_library(tmp_path, 300, 20, embedding_size=16)
    with Library(tmp_path) as library:
        whole = find(library, parse("similar:5"), "name", model_key="synthetic@1").ids.tolist()
        assert whole[0] == 5 and len(whole) == 200
        cats = find(library, parse("similar:5 tag:cat"), model_key="synthetic@1").ids.tolist()
        tagged = set(find(library, parse("tag:cat")).ids.tolist())
        assert cats == [photo for photo in whole if photo in tagged]
        assert 0 < len(cats) < len(whole)
        assert len(find(library, None).ids) == 300
        assert find(library, parse("similar:5"), model_key="another").ids.tolist() == []
