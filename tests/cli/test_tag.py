"""`tagwright tag` through the front door: real files, the real command, other programs' eyes."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import piexif
import pytest
from PIL import Image

from app.metadata.reader import read_tags
from tests.conftest import ROOT, SAMPLES, Tagwright, needs

EXPECTED = {f"{Path(name).stem}.jpg": tag for name, tag in SAMPLES.items()}


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_folder_of_photos_gets_its_tags(tagwright: Tagwright, photos: Path) -> None:
    ran = tagwright("tag", photos, "--json", "--min-score", "0.3")
    assert (ran.code, len(ran.lines)) == (0, len(SAMPLES)), ran.err
    for name, line in ran.by_name().items():
        best = line["tags"][0]
        assert best["hierarchy"] == EXPECTED[name]
        assert best["tag"] == EXPECTED[name].rpartition("/")[2]
        assert 0.3 <= best["score"] <= 1 and best["written"]
        assert best["source"] == "efficientnet-lite2"
        assert line["written"]["target"] == "embedded"
        assert EXPECTED[name] in [str(tag) for tag in read_tags(photos / name).tags]
    assert "4 photos in " in ran.err
    assert "4 got tags." in ran.err


def test_the_picture_itself_is_untouched(tagwright: Tagwright, photos: Path) -> None:
    before = {p.name: Image.open(p).tobytes() for p in photos.iterdir()}
    times = {p.name: p.stat().st_mtime_ns for p in photos.iterdir()}
    assert tagwright("tag", photos, "--min-score", "0.3").code == 0
    assert {p.name: Image.open(p).tobytes() for p in photos.iterdir()} == before
    assert {p.name: p.stat().st_mtime_ns for p in photos.iterdir()} == times


def test_a_second_run_decodes_nothing_and_runs_no_network(
    tagwright: Tagwright, photos: Path, home: Path
) -> None:
    first = tagwright("tag", photos, "--json", "--min-score", "0.3")
    before = digests(photos)
    second = tagwright("tag", photos, "--json", "--min-score", "0.3", PYTHONPROFILEIMPORTTIME="1")
    assert second.code == 0
    assert {line["status"] for line in second.lines} == {"unchanged"}
    assert digests(photos) == before
    tags = {name: line["tags"] for name, line in first.by_name().items()}
    assert {name: line["tags"] for name, line in second.by_name().items()} == tags
    # The runtime of the network is not even loaded.
    assert "app.workers.pipeline" in second.err
    assert "_pywrap_litert_interpreter_wrapper" in first_import_log(photos, home)
    assert "_pywrap_litert_interpreter_wrapper" not in second.err


def first_import_log(photos: Path, home: Path) -> str:
    """What a run with a library of its own imports."""
    return subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "app", "tag", photos, "--write", "none"],
        cwd=ROOT,
        env={**os.environ, "TAGWRIGHT_HOME": str(home / "other")},
        capture_output=True,
        text=True,
        check=True,
    ).stderr


def test_tensorflow_is_never_imported(photos: Path, home: Path) -> None:
    log = first_import_log(photos, home)
    assert "ai_edge_litert.interpreter" in log
    assert "tensorflow" not in log and "keras" not in log


def test_other_settings_need_no_second_look(
    tagwright: Tagwright, photos: Path, tmp_path: Path
) -> None:
    tagwright("tag", photos, "--write", "none")
    rules = tmp_path / "rules.yml"
    rules.write_text("tabby: {label: Kitty}\ntiger cat: {see: tabby}\negyptian cat: {see: tabby}\n")
    ran = tagwright(
        "tag", photos, "--json", "--min-score", "0.1", "--rules", rules,
        PYTHONPROFILEIMPORTTIME="1",
    )  # fmt: skip
    assert ran.by_name()["chelsea.jpg"]["tags"][0]["hierarchy"] == "Kitty"
    assert "Kitty" in [str(tag) for tag in read_tags(photos / "chelsea.jpg").tags]
    assert "_pywrap_litert_interpreter_wrapper" not in ran.err


def test_a_moved_photo_is_recognised(tagwright: Tagwright, photos: Path) -> None:
    tagwright("tag", photos, "--min-score", "0.3")
    (photos / "sub").mkdir()
    (photos / "chelsea.jpg").rename(photos / "sub" / "my cat.jpg")
    shutil.copy(photos / "coffee.jpg", photos / "copy of coffee.jpg")
    ran = tagwright("tag", photos, "--json", "--min-score", "0.3", PYTHONPROFILEIMPORTTIME="1")
    assert ran.by_name()["my cat.jpg"]["tags"][0]["hierarchy"] == "Animal/Cat"
    assert ran.by_name()["copy of coffee.jpg"]["tags"][0]["hierarchy"] == "Food/Drink/Coffee"
    assert "_pywrap_litert_interpreter_wrapper" not in ran.err


def test_what_somebody_took_out_elsewhere_does_not_come_back(
    tagwright: Tagwright, photos: Path
) -> None:
    needs("exiftool")
    tagwright("tag", photos, "--min-score", "0.3")
    subprocess.run(
        ["exiftool", "-q", "-overwrite_original", "-XMP:all=", "-IPTC:all=",
         photos / "chelsea.jpg"],
        check=True,
    )  # fmt: skip
    without = (photos / "chelsea.jpg").read_bytes()
    for _ in range(2):
        ran = tagwright("tag", photos, "--json", "--min-score", "0.3")
        assert ran.by_name()["chelsea.jpg"]["tags"] == []
        assert ran.by_name()["chelsea.jpg"]["rejected"] == ["Animal/Cat"]
        assert (photos / "chelsea.jpg").read_bytes() == without


def test_a_tag_taken_out_of_the_plain_keywords_alone_does_not_come_back(
    tagwright: Tagwright, photos: Path
) -> None:
    needs("exiftool")
    tagwright("tag", photos, "--min-score", "0.3")
    subprocess.run(
        ["exiftool", "-q", "-overwrite_original", "-XMP-dc:Subject-=Cat", "-IPTC:Keywords-=Cat",
         photos / "chelsea.jpg"],
        check=True,
    )  # fmt: skip
    ran = tagwright("tag", photos, "--json", "--min-score", "0.3")
    assert ran.by_name()["chelsea.jpg"]["rejected"] == ["Animal/Cat"]
    assert read_tags(photos / "chelsea.jpg").dc_subject == ()


def test_a_photo_saved_anew_without_its_tags_was_edited(tagwright: Tagwright, photos: Path) -> None:
    """Another program compresses it again, which is another picture to the byte only."""
    tagwright("tag", photos, "--min-score", "0.3")
    Image.open(photos / "chelsea.jpg").copy().save(photos / "chelsea.jpg", quality=85)
    ran = tagwright("tag", photos, "--json", "--min-score", "0.3")
    assert ran.by_name()["chelsea.jpg"]["rejected"] == ["Animal/Cat"]
    assert read_tags(photos / "chelsea.jpg").tags == ()


def test_a_lost_sidecar_is_no_opinion(tagwright: Tagwright, samples: Path, tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "a", tmp_path / "b"
    folder.mkdir()
    elsewhere.mkdir()
    shutil.copy(samples / "chelsea.png", folder)
    arguments = ("--min-score", "0.3", "--write", "sidecar")
    tagwright("tag", folder, *arguments)
    (folder / "chelsea.png.xmp").unlink()
    tagwright("tag", folder, *arguments)
    assert [str(tag) for tag in read_tags(folder / "chelsea.png").tags] == ["Animal/Cat"]
    # Moved without its sidecar.
    (folder / "chelsea.png").rename(elsewhere / "chelsea.png")
    tagwright("tag", elsewhere, *arguments)
    assert [str(tag) for tag in read_tags(elsewhere / "chelsea.png").tags] == ["Animal/Cat"]


def test_a_tag_taken_out_of_a_sidecar_does_not_come_back(
    tagwright: Tagwright, samples: Path, tmp_path: Path
) -> None:
    shutil.copy(samples / "chelsea.png", tmp_path)
    tagwright("tag", tmp_path, "--min-score", "0.3", "--write", "sidecar")
    sidecar = tmp_path / "chelsea.png.xmp"
    sidecar.write_text(sidecar.read_text().replace("Cat", "Chelsea"))
    ran = tagwright("tag", tmp_path, "--json", "--min-score", "0.3", "--choose", "cumulative")
    assert "Animal/Cat" in ran.by_name()["chelsea.png"]["rejected"]
    assert "Animal/Cat" not in [str(tag) for tag in read_tags(tmp_path / "chelsea.png").tags]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_are_no_text(tagwright: Tagwright, photos: Path) -> None:
    odd = [b"caf\xe9.jpg", b"new\nline.jpg", b"esc\x1b[31m.jpg", "\U0001f63a ü.jpg".encode()]
    for n, name in enumerate(odd):
        content = (photos / "chelsea.jpg").read_bytes()
        comment = b"\xff\xfe\x00\x03%d" % n
        (photos / os.fsdecode(name)).write_bytes(content[:2] + comment + content[2:])
    for status in ("tagged", "unchanged"):
        ran = tagwright("tag", photos, "--json", "--min-score", "0.3")
        assert (ran.code, len(ran.lines)) == (0, len(SAMPLES) + len(odd)), ran.err
        found = {os.fsencode(Path(line["path"]).name): line["status"] for line in ran.lines}
        assert {found[name] for name in odd} == {status}
    (photos / os.fsdecode(odd[2])).write_bytes(b"broken")
    plain = tagwright("tag", photos, "--min-score", "0.3")
    assert plain.code == 1
    assert "new\\nline.jpg: Animal/Cat" in plain.out
    assert "esc\\x1b[31m.jpg: is not an image" in plain.err


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_a_terminal_shows_the_tags_and_a_bar(photos: Path, home: Path) -> None:
    import pty

    def shown(*arguments: str) -> str:
        try:
            ours, theirs = pty.openpty()
        except OSError:
            pytest.skip("there are no pseudo-terminals here")
        with subprocess.Popen(
            [sys.executable, "-m", "app", "tag", str(photos), *arguments],
            cwd=ROOT, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm"},
        ) as process:  # fmt: skip
            os.close(theirs)
            text = b""
            try:
                while part := os.read(ours, 10000):
                    text += part
            except OSError:  # Linux says so when the other end is closed
                pass
            assert process.wait(60) == 0
        os.close(ours)
        return text.decode()

    text = shown("--write", "none")
    assert "chelsea.jpg: only suggested: Animal/Cat 0." in text
    assert "photos/s" in text
    assert "4 with nothing to write." in text
    text = shown("--min-score", "0.3")
    assert "chelsea.jpg: Animal/Cat 0." in text
    lines = shown("--json").splitlines()
    assert [json.loads(line)["status"] for line in lines if line.startswith("{")] == ["tagged"] * 4


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_second_run_at_the_same_time_is_told_so(
    tagwright: Tagwright, photos: Path, home: Path
) -> None:
    many(photos, 60)
    command = [sys.executable, "-m", "app", "tag", str(photos), "--json"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        # It is still at work, however long the other one takes to start.
        os.kill(process.pid, signal.SIGSTOP)
        try:
            ran = tagwright("tag", photos)
        finally:
            os.kill(process.pid, signal.SIGCONT)
        assert ran.code == 1
        assert "another Tagwright has it open" in ran.err
        process.stdout.read()
        assert process.wait(60) == 0
    assert tagwright("tag", photos).code == 0


def test_keywords_that_are_there_stay(tagwright: Tagwright, photos: Path) -> None:
    needs("exiftool")
    cat = photos / "chelsea.jpg"
    subprocess.run(
        ["exiftool", "-q", "-overwrite_original", "-XMP-dc:Subject=Chelsea", "-Keywords=Chelsea",
         "-Keywords=sofa", "-XMP-dc:Creator=Stéfan", cat],
        check=True,
    )  # fmt: skip
    tagwright("tag", cat, "--min-score", "0.3")
    shown = json.loads(
        subprocess.run(
            ["exiftool", "-j", "-G1", "-XMP:all", "-IPTC:all", cat],
            capture_output=True, check=True,
        ).stdout
    )[0]  # fmt: skip
    assert shown["XMP-dc:Subject"] == ["Chelsea", "Cat"]
    assert shown["IPTC:Keywords"] == ["Chelsea", "sofa", "Cat"]
    assert shown["XMP-dc:Creator"] == "Stéfan"
    assert "Animal|Cat" in shown["XMP-lr:HierarchicalSubject"]
    assert "Animal/Cat" in shown["XMP-digiKam:TagsList"]


@pytest.mark.parametrize("write", ["none", "sidecar"])
def test_photos_can_be_left_alone(tagwright: Tagwright, photos: Path, write: str) -> None:
    before = digests(photos)
    ran = tagwright("tag", photos, "--write", write, "--min-score", "0.3", "--json")
    after = digests(photos)
    assert {name: after[name] for name in before} == before
    sidecars = {f"{name}.xmp" for name in before} if write == "sidecar" else set()
    assert after.keys() - before.keys() == sidecars
    assert ran.by_name()["chelsea.jpg"]["tags"][0]["written"] == (write == "sidecar")


def test_other_formats_get_a_sidecar(tagwright: Tagwright, samples: Path, tmp_path: Path) -> None:
    photo = tmp_path / "chelsea.bmp"
    Image.open(samples / "chelsea.png").save(photo)
    before = photo.read_bytes()
    ran = tagwright("tag", photo, "--json", "--min-score", "0.3")
    (line,) = ran.lines
    assert line["written"]["target"] == "sidecar"
    assert line["written"]["file"] == str(tmp_path / "chelsea.bmp.xmp")
    assert photo.read_bytes() == before
    assert [str(tag) for tag in read_tags(photo).tags] == ["Animal/Cat"]


def test_one_bad_file_does_not_stop_the_others(tagwright: Tagwright, photos: Path) -> None:
    (photos / "empty.jpg").touch()
    (photos / "text.png").write_text("not a picture")
    (photos / "cut.jpg").write_bytes((photos / "chelsea.jpg").read_bytes()[:5000])
    ran = tagwright("tag", photos, photos / "missing.jpg", "--json")
    assert ran.code == 1
    errors = {name: line.get("error", "") for name, line in ran.by_name().items()}
    assert errors["empty.jpg"] == "the file is empty"
    assert errors["text.png"] == "is not an image of a kind that can be read"
    assert "damaged" in errors["cut.jpg"]
    assert "No such file" in errors["missing.jpg"]
    assert sum(not error for error in errors.values()) == len(SAMPLES)
    again = tagwright("tag", photos)
    assert again.code == 1
    assert f"{photos / 'empty.jpg'}: the file is empty" in again.err


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("tag",), "required: PATH"),
        (("tag", ".", "--min-score", "2"), "must be a number from 0 to 1"),
        (("tag", ".", "--crops", "2"), "invalid choice"),
        (("tag", ""), "PATH: is empty"),
        (("nonsense",), "there is no folder or command 'nonsense'"),
        (("--nonsense",), "usage: tagwright"),
    ],
)
def test_wrong_use_is_exit_code_2(
    tagwright: Tagwright, arguments: tuple[str, ...], reason: str
) -> None:
    ran = tagwright(*arguments)
    assert ran.code == 2 and reason in ran.err and "Traceback" not in ran.err


def test_without_a_screen_there_is_one_clear_line(tagwright: Tagwright) -> None:
    if sys.platform != "linux":
        pytest.skip("other systems always have a screen")
    ran = tagwright(QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert ran.code == 2 and ran.err.startswith("tagwright: there is no screen")
    assert ran.err.count("\n") == 1


def test_a_model_that_is_not_there_is_one_clear_line(tagwright: Tagwright, photos: Path) -> None:
    ran = tagwright("tag", photos, "--model", "resnet")
    assert ran.code == 2
    assert ran.err.startswith("tagwright: resnet: no such model") and ran.err.count("\n") == 1


def test_an_empty_folder(tagwright: Tagwright, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = tagwright("tag", tmp_path / "empty")
    assert (ran.code, ran.err) == (0, "No photos found.\n")


def many(photos: Path, count: int) -> None:
    """Copies that differ, so that each has to be looked at."""
    content = (photos / "chelsea.jpg").read_bytes()
    for n in range(count):
        exif = piexif.dump({"0th": {piexif.ImageIFD.ImageDescription: f"photo {n}".encode()}})
        target = photos / f"many {n:04}.jpg"
        target.write_bytes(content)
        piexif.insert(exif, str(target))


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_stops_cleanly_and_the_next_run_goes_on(
    tagwright: Tagwright, photos: Path, home: Path, how: signal.Signals
) -> None:
    many(photos, 150)
    command = [sys.executable, "-m", "app", "tag", str(photos), "--json", "--min-score", "0.3"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        # Tests that a shell has started in the background ignore it, and so would this.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as process:  # fmt: skip
        assert process.stdout is not None and process.stderr is not None
        first = process.stdout.readline()
        process.send_signal(how)
        rest, err = process.stdout.read(), process.stderr.read()
        assert process.wait(30) == 130
    assert "Stopped: " in err and "Traceback" not in err
    done = [json.loads(line) for line in (first + rest).splitlines()]
    assert 1 <= len(done) < 150
    assert not [p for p in photos.iterdir() if p.suffix == ".tmp" or p.name.startswith(".")]
    again = tagwright("tag", photos, "--json", "--min-score", "0.3")
    assert again.code == 0
    lines = again.by_name()
    assert len(lines) == 150 + len(SAMPLES)
    # What the first run said it did is done.
    assert {lines[Path(d["path"]).name]["status"] for d in done} == {"unchanged"}


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_kill_at_any_time_leaves_whole_photos(
    tagwright: Tagwright, photos: Path, home: Path
) -> None:
    many(photos, 60)
    pixels = Image.open(photos / "chelsea.jpg").tobytes()
    command = [sys.executable, "-m", "app", "tag", str(photos), "--min-score", "0.3"]
    for delay in (0.6, 0.8, 1.0, 1.2):
        with subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            time.sleep(delay)
            process.kill()
    for path in photos.glob("many*"):
        assert Image.open(path).tobytes() == pixels
    ran = tagwright("tag", photos, "--json", "--min-score", "0.3")
    assert ran.code == 0
    assert not [p for p in photos.iterdir() if p.name.startswith(".")], "no orphan is left"
    for path in photos.glob("many*"):
        assert [str(tag) for tag in read_tags(path).tags] == ["Animal/Cat"]


def test_whoever_reads_the_output_may_go_away(photos: Path, home: Path) -> None:
    many(photos, 40)
    command = f"{sys.executable} -m app tag {photos} --json | head -1"
    ran = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert len(ran.stdout.splitlines()) == 1
    assert "Traceback" not in ran.stderr and "BrokenPipe" not in ran.stderr


def test_a_photo_that_vanishes_meanwhile_is_an_error_of_its_own(
    tagwright: Tagwright, photos: Path, home: Path
) -> None:
    many(photos, 100)
    command = [sys.executable, "-m", "app", "tag", str(photos), "--json"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        lines = [json.loads(process.stdout.readline())]
        (photos / "many 0099.jpg").unlink()
        (photos / "motorcycle_left.jpg").unlink()
        lines += [json.loads(line) for line in process.stdout]
        err, code = process.stderr.read(), process.wait(60)
    assert "Traceback" not in err
    failed = {Path(line["path"]).name for line in lines if line["status"] == "failed"}
    assert failed <= {"many 0099.jpg", "motorcycle_left.jpg"}
    assert code == (1 if failed else 0)


@pytest.mark.skipif(os.name == "nt", reason="needs getrusage")
def test_memory_stays_within_bounds(photos: Path, home: Path) -> None:
    """24 megapixels each, in the formats that are decoded whole, at the same time."""
    large = Image.open(photos / "chelsea.jpg").resize((6000, 4000))
    for name, options in {
        "a.png": {"compress_level": 1},
        "b.png": {"compress_level": 1},
        "c.webp": {"method": 0},
        "d.tif": {},
        "e.jpg": {"progressive": True},
    }.items():
        large.save(photos / name, **options)
    large.convert("RGBA").save(photos / "f.png", compress_level=1)
    many(photos, 30)
    script = (
        "import resource, subprocess, sys\n"
        "code = subprocess.run([sys.executable, '-m', 'app', 'tag', sys.argv[1]],"
        " stdout=subprocess.DEVNULL).returncode\n"
        "print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, photos], cwd=ROOT, capture_output=True, text=True, check=True
    )
    code, peak = map(int, ran.stdout.split())
    assert code == 0, ran.stderr
    megabytes = peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    assert megabytes < 700


def test_the_lent_photos_are_tagged_or_refused_with_a_reason(
    tagwright: Tagwright, data_dir: Path, tmp_path: Path
) -> None:
    for name in ("metadata", "formats", "camera"):
        shutil.copytree(data_dir / name, tmp_path / name, copy_function=shutil.copyfile)
    ran = tagwright(
        "tag", tmp_path / "metadata", tmp_path / "formats", tmp_path / "camera", "--json"
    )
    assert len(ran.lines) == sum(len(list(data_dir.glob(f"{d}/*"))) for d in
                                 ("metadata", "formats", "camera"))  # fmt: skip
    for line in ran.lines:
        assert line["status"] == "tagged" or len(line["error"]) > 10, line
    assert {Path(line["path"]).name for line in ran.lines if "error" in line} <= {
        "hostile.jpg", "truncated.dng",
    }  # fmt: skip
