"""The real program, in a process of its own, on a real X screen, with a real keyboard."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image

from app.core.photo import Card, State
from app.library.library import Library
from tests.conftest import ROOT, needs
from tests.interop.programs.screen import Screen, screen

T = TypeVar("T")

pytestmark = pytest.mark.slow

#: Longest wait for anything, in seconds. What is waited for comes far sooner on an idle machine.
_PATIENCE = 120.0


def _until(look: Callable[[], T], what: str, patience: float = _PATIENCE) -> T:
    """Wait until something is true, and give it."""
    end = time.monotonic() + patience
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.1)


class Program:
    """The program on a screen, with a home of its own."""

    def __init__(self, on: Screen, work: Path) -> None:
        self.library = work / "tagwright" / "data"
        self._environment = {**on.environment, "TAGWRIGHT_HOME": str(work / "tagwright")}
        self._errors = work / "stderr"
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self, *paths: Path) -> subprocess.Popen[bytes]:
        """Start it with some folders."""
        with self._errors.open("ab") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "app", *map(str, paths)], cwd=ROOT,
                env=self._environment, stdin=subprocess.DEVNULL, stdout=errors, stderr=errors,
            )  # fmt: skip
        self._processes.append(process)
        return process

    def window(self, process: subprocess.Popen[bytes]) -> str:
        """The number of its window, which has the keyboard then."""

        def find() -> str:
            assert process.poll() is None, f"it has ended: {self.said()}"
            found = self._xdotool("search", "--onlyvisible", "--name", "^Tagwright$")
            return found.split()[0] if found else ""

        window = _until(find, "its window")
        self._xdotool("windowfocus", "--sync", window)
        return window

    def key(self, window: str, *names: str) -> None:
        """Press keys."""
        self._xdotool("windowfocus", window)
        for name in names:
            self._xdotool("key", "--clearmodifiers", name)

    def cards(self) -> list[Card]:
        """What the library says of all photos by now."""
        if not (self.library / "library.db").exists():
            return []
        with Library(self.library) as library:
            return library.cards(library.listing().ids.tolist())

    def are_done(self, count: int) -> bool:
        """Whether so many photos are in the library, and all of them were looked at."""
        cards = self.cards()
        return len(cards) == count and all(card.state != State.WAITING for card in cards)

    def said(self) -> str:
        """All that it has written to the terminal."""
        return self._errors.read_text(encoding="utf-8", errors="replace")

    def end(self, process: subprocess.Popen[bytes]) -> None:
        """End it kindly, as the system does when it shuts down."""
        process.send_signal(signal.SIGTERM)
        assert process.wait(_PATIENCE) == 0
        assert self.said() == ""

    def close(self) -> None:
        """End what still runs."""
        for process in self._processes:
            if process.poll() is None:
                process.kill()
                process.wait(_PATIENCE)

    def _xdotool(self, *arguments: str) -> str:
        with suppress(subprocess.TimeoutExpired):
            return subprocess.run(
                ["xdotool", *arguments], env=self._environment, capture_output=True,
                text=True, timeout=20, check=False,
            ).stdout  # fmt: skip
        return ""


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """The program, not started yet, on a screen that nobody sees."""
    needs("Xvfb")
    needs("xdotool")
    work = tmp_path / "screen"
    work.mkdir()
    with screen(work) as on:
        made = Program(on, work)
        try:
            yield made
        finally:
            made.close()


def _folder(place: Path, source: Path, count: int) -> Path:
    """Photos that are all different pieces of one."""
    place.mkdir()
    with Image.open(source) as image:
        whole = image.convert("RGB")
    for number in range(count):
        whole.crop((number % 40, number // 40, *whole.size)).save(
            place / f"{number:03}.jpg", quality=90
        )
    return place


def _subjects(photo: Path) -> list[str]:
    """The tags in a photo, as ExifTool reads them."""
    done = subprocess.run(
        ["exiftool", "-j", "-XMP-dc:Subject", str(photo)],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    said = json.loads(done.stdout)[0].get("Subject", [])
    return said if isinstance(said, list) else [said]


def test_a_key_puts_a_tag_into_the_photo_and_another_takes_it_out(
    program: Program, photos: Path
) -> None:
    needs("exiftool")
    photo = photos / "motorcycle_left.jpg"
    for other in photos.iterdir():
        if other != photo:
            other.unlink()
    process = program.start(photos)
    window = program.window(process)
    _until(lambda: program.are_done(1), "the photo is looked at")
    (card,) = program.cards()
    assert card.state == State.SUGGESTED, "the sample photo has a suggestion to accept"
    tag = card.suggested[0].tag
    before = photo.read_bytes()

    def accepted() -> bool:
        # The grid takes photos up when it has time: then the key finds the suggestion.
        program.key(window, "Home", "1")
        with suppress(AssertionError):
            return _until(lambda: bool(program.cards()[0].confirmed), "accepted", patience=10)
        return False

    _until(accepted, "the tag is accepted")
    assert program.cards()[0].confirmed == (tag,)
    _until(lambda: tag.name in _subjects(photo), "the tag is in the photo")
    program.key(window, "ctrl+z")
    _until(lambda: photo.read_bytes() == before, "the photo is as it was")
    _until(lambda: not program.cards()[0].confirmed, "the library says so as well")
    program.key(window, "ctrl+shift+z")
    _until(lambda: tag.name in _subjects(photo), "the tag is in the photo again")
    program.end(process)


def test_after_a_sudden_end_it_goes_on_and_nothing_is_damaged(
    program: Program, tmp_path: Path, samples: Path
) -> None:
    count = 150
    folder = _folder(tmp_path / "many", samples / "chelsea.png", count)
    pixels = {each.name: Image.open(each).tobytes() for each in folder.iterdir()}
    process = program.start(folder)

    def is_in_the_middle() -> bool:
        assert process.poll() is None, program.said()
        return sum(card.state != State.WAITING for card in program.cards()) >= 10

    _until(is_in_the_middle, "some photos are done")
    process.kill()
    process.wait(_PATIENCE)
    assert not program.are_done(count), "it was ended in the middle"
    again = program.start()
    _until(lambda: program.are_done(count), "the rest is done at the next start")
    program.end(again)
    assert all(card.error is None for card in program.cards())
    assert any(card.written for card in program.cards()), "tags were written meanwhile"
    assert sorted(each.name for each in folder.iterdir()) == sorted(pixels)
    for each in folder.iterdir():
        with Image.open(each) as image:
            assert image.tobytes() == pixels[each.name], each.name


def test_a_second_start_hands_its_folder_to_the_first(
    program: Program, tmp_path: Path, samples: Path
) -> None:
    one = _folder(tmp_path / "one", samples / "chelsea.png", 1)
    other = _folder(tmp_path / "other", samples / "coffee.png", 2)
    first = program.start(one)
    window = program.window(first)
    _until(lambda: program.are_done(1), "the first folder")
    second = program.start(other)
    assert second.wait(_PATIENCE) == 0
    assert first.poll() is None
    _until(lambda: program.are_done(3), "the folder of the second start")
    assert {card.path.parent for card in program.cards()} == {one, other}
    program.key(window, "ctrl+q")
    assert first.wait(_PATIENCE) == 0
    assert program.said() == ""
