"""Labels in the ways in which people write them down."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.errors import ModelError
from app.core.paths import data_path
from app.core.rules import Label, Labeller, Rule, RuleSet
from app.vision.outside.labels import fit_labels, parse_labels, read_labels

HERE = Path("labels.txt")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("l.txt", b"cat\ndog\nred fox\n"),
        ("l.txt", b"\xef\xbb\xbfcat\r\ndog\r\nred fox\r\n\r\n"),
        ("l.txt", b"0 cat\n1 dog\n2 red fox\n"),
        ("l.txt", b"2: red fox\n0: cat\n1: dog"),
        ("l.txt", b"1,cat\n2,dog\n3,red fox"),
        ("l.csv", b"cat\ndog\nred fox"),
        ("l.csv", b"id,name\n0,cat\n2,red fox\n1,dog\n"),
        ("l.csv", b"index,label,parent\n0,cat,animal\n1,dog,animal\n2,red fox,animal\n"),
        ("l.json", b'["cat", "dog", "red_fox"]'),
        ("l.json", b'{"0": "cat", "2": "red fox", "1": "dog"}'),
    ],
)
def test_the_same_labels(name: str, content: bytes) -> None:
    assert parse_labels(content, Path(name)) == ["cat", "dog", "red fox"]


def test_names_that_begin_with_numbers_stay() -> None:
    assert parse_labels(b"2 euro coin\n1 euro coin\n50 cent coin", HERE)[0] == "2 euro coin"


def test_keras_class_index_gives_wordnet_ids() -> None:
    content = b'{"0": ["n01440764", "tench"], "1": ["n01443537", "goldfish"]}'
    assert parse_labels(content, Path("i.json")) == ["n01440764 tench", "n01443537 goldfish"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("l.txt", b"", "no labels"),
        ("l.txt", b"\x80\x04\x95 pickle \xff", "not a text"),
        ("l.txt", b"cat\n\ndog", "label 2"),
        ("l.txt", b"cat\n\x00\x01", "label 2"),
        ("l.csv", b"a,b\nc\n", "columns"),
        ("l.json", b'{"0": "cat", "2": "dog"}', "cannot be read"),
        ("l.json", b"[1, 2]", "no name"),
        ("l.json", b"[" * 100_000, "cannot be read"),
        ("l.txt", b"a" * 5_000_000, "too large"),
    ],
)
def test_what_is_no_list_of_labels_says_why(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(ModelError, match=reason) as caught:
        parse_labels(content, Path(name))
    assert caught.value.path == Path(name)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"gone\.txt"):
        read_labels(tmp_path / "gone.txt")


def test_another_number_than_classes_is_refused() -> None:
    with pytest.raises(ModelError, match="holds 2 labels, but the network has 3 classes"):
        fit_labels(["a", "b"], 3, HERE)


def test_imagenet_is_known_with_and_without_its_background() -> None:
    lines = data_path("models", "imagenet-1k.txt").read_text("utf-8").splitlines()
    plain = [line.partition(" ")[2] + ", some Latin" for line in lines]
    assert fit_labels(plain, 1000, HERE) == lines
    assert fit_labels(plain, 1001, HERE) == ["background", *lines]
    assert fit_labels(["Background", *plain], 1000, HERE) == lines
    assert fit_labels(["background", *plain], 1001, HERE) == ["background", *lines]
    assert fit_labels(plain[::-1], 1000, HERE) == plain[::-1]


def test_the_background_is_no_tag_unless_a_rule_makes_it_one() -> None:
    import numpy as np

    labels = [Label("background"), Label("cat")]
    scores = np.array([0.9, 0.5], np.float32)
    found = Labeller(RuleSet(), labels).suggest(scores, "x")
    assert [s.tag.name for s in found] == ["cat"]
    rules = RuleSet({"background": Rule("Nothing", 0.2)})
    assert "Nothing" in {s.tag.name for s in Labeller(rules, labels).suggest(scores, "x")}
