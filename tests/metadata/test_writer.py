"""The front door: what is reported, kept, refused and left alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import xxhash

from app.core.change import TagChange
from app.core.errors import ReadError, WriteError
from app.core.tag import Tag
from app.metadata.reader import read_tags
from app.metadata.storage.commit import FileState
from app.metadata.writer import write_tags
from tests.metadata.adding import add_tags
from tests.metadata.builders import (
    CAT,
    SKY,
    exif,
    packet,
    picture,
    save,
    subject,
    with_segments,
    xmp_segment,
)
from tests.metadata.judge import ExifTool


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return save(tmp_path, with_segments(exif(), xmp_segment(packet(subject("Dog")))))


def test_the_report_says_what_happened(photo: Path, exiftool: ExifTool) -> None:
    report = add_tags(photo, [CAT, Tag(("Dog",)), CAT])
    assert report.target == "embedded"
    assert report.written_to == photo
    assert report.fields == ("dc_subject", "hierarchical", "tags_list", "iptc", "xp_keywords")
    assert report.added == (CAT,)
    assert report.notes == ()
    status = photo.stat()
    assert report.state == FileState(status.st_size, status.st_mtime_ns)
    assert report.content_hash == xxhash.xxh3_128_digest(photo.read_bytes())
    found = exiftool.dump([photo])["photo.jpg"]
    assert found["XMP-dc:Subject"] == ["Dog", "Cat"]
    assert found["XMP-lr:HierarchicalSubject"] == ["Dog", "Animal|Cat"]
    assert found["XMP-digiKam:TagsList"] == ["Dog", "Animal/Cat"]
    assert found["IPTC:Keywords"] == ["Dog", "Cat"]


def test_nothing_new_touches_nothing(photo: Path) -> None:
    add_tags(photo, [CAT])
    before = photo.stat()
    for tags in ([CAT], [], [Tag(("cat",)), Tag(("ANIMAL", "cat"))]):
        report = add_tags(photo, tags)
        assert (report.target, report.added, report.fields) == ("unchanged", (), ())
    assert photo.stat() == before or photo.stat().st_ctime_ns == before.st_ctime_ns
    assert [p.name for p in photo.parent.iterdir()] == ["photo.jpg"]


def test_a_second_write_adds_to_the_first(photo: Path) -> None:
    add_tags(photo, [CAT])
    size = photo.stat().st_size
    add_tags(photo, [SKY])
    assert read_tags(photo).hierarchical == ("Dog", "Animal|Cat", "Nature|Sky")
    assert photo.stat().st_size < size + 400


def test_mode_times_and_attributes_are_kept(photo: Path) -> None:
    photo.chmod(0o640)
    os.utime(photo, ns=(10**18 + 1, 10**18 + 2))
    attributes = sys.platform == "linux"
    if attributes:
        try:
            os.setxattr(photo, "user.xdg.tags", b"mine")
        except OSError:
            attributes = False
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.chown(photo, 1234, 4321)
    before = photo.stat()
    assert add_tags(photo, [CAT]).target == "embedded"
    after = photo.stat()
    assert after.st_ino != before.st_ino
    for name in ("st_mode", "st_uid", "st_gid", "st_mtime_ns", "st_atime_ns"):
        assert getattr(after, name) == getattr(before, name), name
    if attributes:
        assert os.getxattr(photo, "user.xdg.tags") == b"mine"


def test_a_symbolic_link_stays_and_its_target_is_written(photo: Path) -> None:
    folder = photo.parent / "links"
    folder.mkdir()
    link = folder / "link.jpg"
    link.symlink_to("../photo.jpg")
    report = add_tags(link, [CAT])
    assert (report.path, report.written_to) == (link, photo)
    assert link.is_symlink()
    assert read_tags(link).tags == read_tags(photo).tags
    assert [p.name for p in folder.iterdir()] == ["link.jpg"]


def test_a_hard_link_gets_a_sidecar(photo: Path) -> None:
    os.link(photo, photo.with_name("other.jpg"))
    before = photo.read_bytes()
    report = add_tags(photo, [CAT])
    assert report.target == "sidecar"
    assert "hard links" in report.notes[0]
    assert photo.read_bytes() == before
    assert photo.samefile(photo.with_name("other.jpg"))


def test_a_read_only_file_gets_a_sidecar(photo: Path) -> None:
    photo.chmod(0o444)
    before = photo.read_bytes()
    report = add_tags(photo, [CAT])
    assert report.target == "sidecar"
    assert "read-only" in report.notes[0]
    assert photo.read_bytes() == before
    os.chmod(report.written_to, 0o644)


def test_the_photo_must_be_the_one_that_was_looked_at(photo: Path) -> None:
    state = read_tags(photo).state
    os.utime(photo, ns=(1, state.mtime_ns + 1))
    before = photo.read_bytes()
    with pytest.raises(WriteError, match="changed since"):
        add_tags(photo, [CAT], expected=state)
    assert photo.read_bytes() == before
    assert add_tags(photo, [CAT], expected=read_tags(photo).state).target == "embedded"


def test_files_that_are_gone_or_none(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="no such file"):
        add_tags(tmp_path / "gone.jpg", [CAT])
    with pytest.raises(ReadError, match="no such file"):
        read_tags(tmp_path / "gone.jpg")
    with pytest.raises(WriteError):
        add_tags(tmp_path, [CAT])
    with pytest.raises(WriteError, match="sidecar itself"):
        add_tags(save(tmp_path, packet(), "a.jpg.xmp"), [CAT])
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.jpg")
        with pytest.raises(WriteError, match="not a regular file"):
            add_tags(tmp_path / "pipe.jpg", [CAT])


def test_a_tag_that_xml_cannot_hold_is_an_error(photo: Path) -> None:
    before = photo.read_bytes()
    with pytest.raises(WriteError, match="U\\+FFFF"):
        add_tags(photo, [Tag(("a\uffff",))])
    assert photo.read_bytes() == before


@pytest.mark.parametrize("length", [200, 251, 255])
def test_long_and_odd_names(length: int, tmp_path: Path) -> None:
    for stem in ("x", "é"):
        name = (stem * 255).encode()[: length - 4].decode("utf-8", "ignore") + ".jpg"
        assert add_tags(save(tmp_path, picture(), name), [CAT]).target == "embedded"
    if sys.platform != "win32":
        assert add_tags(save(tmp_path, picture(), "a\nb'\" *.jpg"), [CAT]).target == "embedded"
        shutil.copy(save(tmp_path, picture()), os.fsencode(tmp_path) + b"/\xff\xfe.jpg")
        odd = tmp_path / os.fsdecode(b"\xff\xfe.jpg")
        assert add_tags(odd, [CAT]).target == "embedded"
    assert not [p for p in tmp_path.iterdir() if p.name.endswith(".tmp")]


AS_ANOTHER_USER = """
import encodings.utf_16_le
import os, sys
from pathlib import Path
from app.core.tag import Tag
from tests.metadata.adding import add_tags
os.setegid(4321)
os.seteuid(1234)
report = add_tags(Path(sys.argv[1]), [Tag(("Cat",))])
print(report.target, report.notes)
"""


def test_a_photo_of_another_user_gets_a_sidecar() -> None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("changing users needs root")
    # The folder that pytest gives is closed to other users.
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o777)
        photo = save(folder, picture())
        photo.chmod(0o666)
        before = photo.read_bytes()
        answer = subprocess.run(
            [sys.executable, "-c", AS_ANOTHER_USER, photo],
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        assert answer.stdout.startswith("sidecar"), answer.stderr
        assert "another user" in answer.stdout
        assert photo.read_bytes() == before


def test_the_last_tag_takes_our_exif_block_along(tmp_path: Path) -> None:
    path = save(tmp_path, picture())
    add_tags(path, [CAT])
    assert read_tags(path).xp_keywords == ("Cat",)
    report = write_tags(path, TagChange(remove=(CAT,)))
    assert (report.removed, report.notes) == ((CAT,), ())
    assert read_tags(path).tags == ()
    assert b"Exif" not in path.read_bytes()


def test_a_keyword_that_the_path_took_up_stays_when_the_path_goes(tmp_path: Path) -> None:
    path = save(tmp_path, with_segments(xmp_segment(packet(subject("Dog", "Cat")))))
    add_tags(path, [CAT])
    assert set(read_tags(path).tags) == {CAT, Tag(("Dog",))}
    write_tags(path, TagChange(remove=(CAT,)))
    assert set(read_tags(path).dc_subject) == {"Dog", "Cat"}
    assert read_tags(path).records == ()
