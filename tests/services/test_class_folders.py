"""Folders with a folder of photos for each class."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.errors import UsageError
from app.services.class_folders import find_classes


def fill(folder: Path, **counts: int) -> Path:
    for name, count in counts.items():
        (folder / name).mkdir(parents=True)
        for number in range(count):
            (folder / name / f"{number}.jpg").write_bytes(b"x")
    return folder


def test_each_folder_is_a_class(tmp_path: Path) -> None:
    fill(tmp_path, Rex=2, Bella=3)
    fill(tmp_path / "Animal", Cat=2)
    (tmp_path / "loose.jpg").write_bytes(b"x")
    (tmp_path / "Rex" / "notes.txt").write_text("no photo")
    (tmp_path / ".hidden").mkdir()

    found = find_classes(tmp_path)

    assert [(each.name, len(each.photos)) for each in found.classes] == [
        ("Animal/Cat", 2), ("Bella", 3), ("Rex", 2),
    ]  # fmt: skip
    assert (found.photos, found.loose, found.empty) == (7, 1, ())
    found.check()
    assert [each.kind for each in found.notices()] == ["loose-photos", "few-photos"]


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ({}, "no photos in folders"),
        ({"Rex": 5}, "only one class"),
        ({"Rex": 5, "Bella": 0}, "Bella: has no photos"),
        ({"Rex": 5, "Bella": 1}, "Bella: has 1 photo that"),
        ({"Rex": 5, "rex ": 5}, "the same tag"),
        ({"Rex": 5, "a;b": 5}, "cannot contain"),
    ],
)
def test_what_cannot_be_learned_from_is_explained(
    tmp_path: Path, counts: dict[str, int], reason: str
) -> None:
    fill(tmp_path, **counts)

    with pytest.raises(UsageError, match=reason):
        find_classes(tmp_path).check()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")

    with pytest.raises(UsageError, match="is not a folder"):
        find_classes(tmp_path / "photo.jpg")


def test_classes_of_very_different_size_are_mentioned(tmp_path: Path) -> None:
    fill(tmp_path, Rex=100, Bella=20)

    (notice,) = find_classes(tmp_path).notices()

    assert (notice.kind, notice.number, notice.classes) == ("unbalanced", 5, ("Rex", "Bella"))


def test_enough_photos_of_each_need_no_word(tmp_path: Path) -> None:
    fill(tmp_path, Rex=20, Bella=21)

    assert list(find_classes(tmp_path).notices()) == []
