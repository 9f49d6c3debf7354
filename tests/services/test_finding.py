"""What has changed in folders since the library last saw them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.library.library import Library
from app.metadata import sidecar
from app.services.finding import Found, find_changes

NOW = "settings of today"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def tree(photos: Path, library: Library) -> Path:
    """A folder that the user has added, with photos in it and in folders below."""
    for name, folder in (("chelsea.jpg", "cats/mine"), ("coffee.jpg", "cats"), ("camera.jpg", "b")):
        (photos / folder).mkdir(parents=True, exist_ok=True)
        shutil.move(photos / name, photos / folder / name)
    library.add_root(photos)
    return photos


def look(library: Library, *paths: Path) -> Found:
    """Everything that was found, in one."""
    whole = Found(paths[0])
    for found in find_changes(library, paths, NOW):
        for name in ("new", "changed", "back", "stale", "gone", "errors"):
            getattr(whole, name).extend(getattr(found, name))
        whole.unchanged += found.unchanged
    return whole


def names(sightings: list[tuple[Path, int, int]]) -> list[str]:
    return [path.name for path, _, _ in sightings]


def finish(library: Library, found: Found) -> None:
    """Do what the window does about what was found, as if every photo had been looked at."""
    for path, size, mtime_ns in found.to_look_at:
        library.save_photo(path, size=size, mtime_ns=mtime_ns, content_hash=os.urandom(16))
        known = library.by_path(path)
        assert known is not None
        library.mark_applied(known.id, NOW, sidecar.signature(path))
    library.mark_gone(found.gone)


def test_what_is_new_is_found_once(library: Library, tree: Path) -> None:
    first = look(library, tree)
    assert names(first.new) == ["motorcycle_left.jpg", "camera.jpg", "coffee.jpg", "chelsea.jpg"]
    path, size, mtime_ns = first.new[0]
    assert (size, mtime_ns) == (path.stat().st_size, path.stat().st_mtime_ns)
    finish(library, first)
    second = look(library, tree)
    assert (second.to_look_at, second.gone, second.errors) == ([], [], [])
    assert second.unchanged == 4


def test_a_changed_file_and_a_changed_sidecar_are_found(library: Library, tree: Path) -> None:
    finish(library, look(library, tree))
    with (tree / "b" / "camera.jpg").open("ab") as file:
        file.write(b"more")
    (tree / "cats" / "coffee.XMP").write_text("<x/>")
    found = look(library, tree)
    assert names(found.changed) == ["camera.jpg", "coffee.jpg"]
    assert (found.new, found.stale, found.gone) == ([], [], [])
    finish(library, found)
    (tree / "cats" / "coffee.XMP").write_text("<other/>")
    assert names(look(library, tree).changed) == ["coffee.jpg"]
    (tree / "cats" / "coffee.XMP").unlink()
    assert names(look(library, tree).changed) == ["coffee.jpg"]


def test_what_was_never_finished_is_told_apart(library: Library, tree: Path) -> None:
    finish(library, look(library, tree))
    (camera,) = (p.id for p in library.photos() if p.path.name == "camera.jpg")
    library.ask_again(camera)
    assert names(look(library, tree).stale) == ["camera.jpg"]
    library.queue([camera])
    assert look(library, tree).stale == []


def test_what_goes_is_gone_and_comes_back(library: Library, tree: Path) -> None:
    finish(library, look(library, tree))
    ids = {photo.path.name: photo.id for photo in library.photos()}
    shutil.move(tree / "cats", tree.parent / "aside")
    (tree / "b" / "camera.jpg").unlink()
    found = look(library, tree)
    assert set(found.gone) == {ids["camera.jpg"], ids["coffee.jpg"], ids["chelsea.jpg"]}
    finish(library, found)
    assert look(library, tree).gone == []
    shutil.move(tree.parent / "aside", tree / "cats")
    found = look(library, tree)
    assert names(found.back) == ["coffee.jpg", "chelsea.jpg"]
    assert (found.new, found.changed) == ([], [])


def test_a_look_at_one_folder_says_nothing_of_others(library: Library, tree: Path) -> None:
    finish(library, look(library, tree))
    (tree / "b" / "camera.jpg").unlink()
    (tree / "cats" / "coffee.jpg").unlink()
    (gone,) = look(library, tree / "b").gone
    photo = library.by_id(gone)
    assert photo is not None and photo.path.name == "camera.jpg"


def test_of_a_folder_that_is_missing_nothing_is_gone(library: Library, tree: Path) -> None:
    finish(library, look(library, tree))
    tree.rename(tree.parent / "unplugged")
    found = look(library, tree)
    assert found.gone == []
    assert "No such file" in str(found.errors[0])
    tree.mkdir()  # as where a disk is to be mounted
    found = look(library, tree)
    assert found.gone == []
    assert "is its disk connected?" in str(found.errors[0])
    assert look(library, tree / "cats").gone == []
    (tree / "something else").mkdir()
    assert len(look(library, tree).gone) == 4


def test_a_named_file_is_compared(library: Library, tree: Path) -> None:
    camera = tree / "b" / "camera.jpg"
    assert names(look(library, camera).new) == ["camera.jpg"]
    finish(library, look(library, camera))
    assert look(library, camera).unchanged == 1
    (tree / "b" / "other.txt").touch()
    camera.unlink()
    found = look(library, camera)
    assert len(found.gone) == 1


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_a_photo_behind_a_link_is_that_where_it_is(library: Library, tree: Path) -> None:
    outside = tree.parent / "outside"
    outside.mkdir()
    shutil.move(tree / "b" / "camera.jpg", outside / "camera.jpg")
    (tree / "a-link.jpg").symlink_to(outside / "camera.jpg")
    (tree / "again.jpg").symlink_to(tree / "cats" / "coffee.jpg")
    found = look(library, tree)
    assert outside / "camera.jpg" in [path for path, _, _ in found.new]
    assert sorted(names(found.new)).count("coffee.jpg") == 1
    finish(library, found)
    again = look(library, tree)
    assert (again.to_look_at, again.gone, again.unchanged) == ([], [], 4)


@pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="needs permissions")
def test_what_cannot_be_read_is_not_gone(library: Library, tree: Path) -> None:
    finish(library, look(library, tree))
    (tree / "cats").chmod(0)
    try:
        found = look(library, tree)
    finally:
        (tree / "cats").chmod(0o755)
    assert found.gone == []
    assert "Permission denied" in str(found.errors[0])


def test_it_stops_when_asked(library: Library, tree: Path) -> None:
    finish(library, look(library, tree))
    (tree / "b" / "camera.jpg").unlink()
    assert list(find_changes(library, [tree], NOW, lambda: True)) == []


def test_known_folders_are_those_below(library: Library) -> None:
    for path in ("/p/a/1.jpg", "/p/a/b/1.jpg", "/p/a/b/2.jpg", "/p/a b/1.jpg", "/p/ab/1.jpg"):
        library.register(Path(path), 1, 1)
    gone = library.register(Path("/p/a/gone/1.jpg"), 1, 1)
    library.mark_gone([gone])
    assert library.known_folders(Path("/p/a")) == [Path("/p/a"), Path("/p/a/b")]
    assert library.known_folders(Path("/")) == library.known_folders() != []
    assert library.known_folders() == [Path(f"/p/{n}") for n in ("a", "a b", "a/b", "ab")]
    assert library.known_folders(Path("/q")) == []
