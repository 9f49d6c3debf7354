"""Finding photos."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.core.errors import ReadError
from app.services.scan import count_photos, find_photos


def found(*paths: Path) -> list[str]:
    return [str(p) if isinstance(p, ReadError) else p.name for p in find_photos(paths)]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("b/2.JPG", "b/1.png", "a/x.heic", "a/notes.txt", ".hidden/y.jpg", "b/.z.jpg"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.touch()
    return tmp_path


def test_photos_come_by_name_without_hidden_ones(tree: Path) -> None:
    assert found(tree) == ["x.heic", "1.png", "2.JPG"]
    assert count_photos([tree], lambda: False) == 3


def test_libraries_of_other_programs_are_left_alone(tree: Path) -> None:
    inside = tree / "Photos Library.photoslibrary" / "originals" / "0" / "0A.jpg"
    inside.parent.mkdir(parents=True)
    inside.touch()
    thumbnail = tree / "b" / "@eaDir" / "SYNO_1.jpg"
    thumbnail.parent.mkdir()
    thumbnail.touch()
    assert found(tree) == ["x.heic", "1.png", "2.JPG"]


def test_it_stops_when_asked(tree: Path) -> None:
    assert list(find_photos([tree], lambda: True)) == []


def test_a_photo_comes_once(tree: Path) -> None:
    assert found(tree, tree / "b", tree / "b" / "1.png") == ["x.heic", "1.png", "2.JPG"]
    assert found(tree / "b" / "1.png", tree / "b") == ["1.png", "2.JPG"]


def test_a_file_that_is_named_comes_whatever_its_name(tree: Path) -> None:
    assert found(tree / "a" / "notes.txt") == ["notes.txt"]


def test_what_is_not_there_is_an_error(tree: Path) -> None:
    (error,) = found(tree / "nowhere")
    assert "nowhere: No such file" in error


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_links_are_followed_once(tree: Path) -> None:
    (tree / "a" / "round").symlink_to(tree)
    (tree / "a" / "again.jpg").symlink_to(tree / "b" / "2.JPG")
    (tree / "a" / "broken.jpg").symlink_to(tree / "gone.jpg")
    assert sorted(found(tree)) == ["1.png", "2.JPG", "x.heic"]


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_a_link_to_itself_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (error,) = found(tmp_path / "loop")
    assert "loop" in error


def test_very_deep_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    depth = 1200  # deeper than Python's own stack
    monkeypatch.chdir(tmp_path)
    for _ in range(depth):
        os.mkdir("d")
        os.chdir("d")
    Path("deep.jpg").touch()
    try:
        # One photo; or one error, where the system has no paths that long.
        assert len(list(find_photos([tmp_path]))) == 1
    finally:
        # pytest's own clean-up would run out of stack.
        os.remove("deep.jpg")
        for _ in range(depth):
            os.chdir("..")
            os.rmdir("d")
