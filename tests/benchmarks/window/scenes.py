"""What is measured, each scene in a process of its own.

    python -m tests.benchmarks.window.scenes use HOME --photos FOLDER [--where]

prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import queue
import random
import time
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import Qt

from app.core.cpu import usable_cores
from app.core.settings import TagSettings
from app.library.library import Library
from app.services.saving import Run
from app.services.setup import tagger
from app.services.tagging import Outcome
from app.vision.litert import LiteRTEmbedder
from app.workers.looker import network_threads
from app.workers.pipeline import Pipeline
from tests.benchmarks.window.driver import Driver, Steps
from tests.benchmarks.window.material import folders

QUERY = "tag:cat -tag:dog"
_KEYSTROKES = 50


def use(driver: Driver, few: Path, many: Path) -> Steps:
    """A large library: scroll, filter, tag, and let photos be worked on meanwhile."""
    window = driver.window
    yield lambda: window.browser.total > 0
    yield 1500
    yield from driver.measured("scroll_pages", _pages(driver))
    yield from driver.measured("scroll_wheel", _wheel(driver))
    yield from driver.measured("filter", _filter(driver))
    window.add([few])
    yield window.session.is_busy
    yield driver.idle()
    yield 2500
    yield from driver.measured("tag", _accept(driver, few, "keystroke_idle"))
    window.add([many])
    yield window.session.is_busy
    yield from driver.measured("process", _process(driver, few))


def process(driver: Driver, many: Path) -> Steps:
    """An empty library, and many photos: how fast, and how calm."""
    window = driver.window
    done = 0

    def count(progress: Any) -> None:
        nonlocal done
        done = max(done, progress.done)

    window.session.progressed.connect(count)
    yield 500
    driver.pulse.begin()
    begun = time.perf_counter()
    window.add([many])
    yield window.session.is_busy
    yield driver.idle()
    taken = time.perf_counter() - begun
    yield 700  # the last word of the progress
    driver.found |= {"images": done, "images_per_s": round(done / taken, 2)}
    driver.found["stalls"] = driver.pulse.end()


def million(driver: Driver, begun: float) -> Steps:
    """Open a huge library, and search in it."""
    window = driver.window
    yield lambda: window.proxy.rowCount() > 0
    driver.painted.arm(lambda: window.proxy.rowCount() > 0)
    window.view.viewport().update()
    yield lambda: driver.painted.moment is not None
    assert driver.painted.moment is not None
    driver.found["rows"] = window.proxy.rowCount()
    driver.found["open_s"] = round(driver.painted.moment - begun, 3)
    yield 4000
    driver.pulse.begin()
    before = window.proxy.rowCount()
    begun = time.perf_counter()
    driver.painted.arm(lambda: 0 < window.proxy.rowCount() < before)
    window.search.set_text(QUERY)
    yield lambda: driver.painted.moment is not None
    assert driver.painted.moment is not None
    driver.found["filter_s"] = round(driver.painted.moment - begun, 3)
    driver.found["found"] = window.proxy.rowCount()
    window.search.set_text("")
    yield driver.rows(before)
    yield 500
    from tests.benchmarks.window.pulse import memory

    driver.found |= driver.pulse.end() | memory()


def headless(home: Path, photos: Path) -> dict[str, Any]:
    """The same photos without a window."""
    where, settings = folders(home), TagSettings()
    steps = tagger(where, settings)
    outcomes: queue.SimpleQueue[Outcome | None] = queue.SimpleQueue()
    with Library(where.data) as library:
        run = Run(library.start_run(steps.card.key, "{}"), "")
    cores = usable_cores()
    pipeline = Pipeline(
        steps,
        lambda: LiteRTEmbedder(steps.card, threads=network_threads(cores, settings.crops)),
        where.data,
        run,
        where.thumbnails,
        decoders=cores,
        deliver=outcomes.put,
    )
    begun = time.perf_counter()
    pipeline.start([photos])
    pipeline.wait()
    taken = time.perf_counter() - begun
    done = len(list(iter(outcomes.get, None)))
    return {"images": done, "images_per_s": round(done / taken, 2)}


def _pages(driver: Driver) -> Steps:
    driver.window.view.setFocus()
    for _ in range(60):
        driver.key(Qt.Key.Key_PageDown, driver.window.view)
        yield 100


def _wheel(driver: Driver) -> Steps:
    for n in range(400):
        driver.wheel(3 if n < 300 else -3)
        yield 15
    bar = driver.window.view.verticalScrollBar()
    for share in (0.9, 0.2, 0.6, 0.0):  # the bar is dragged
        for step in range(10):
            bar.setValue(round(bar.maximum() * (share + step * 0.005)))
            yield 30


def _filter(driver: Driver) -> Steps:
    field = driver.window.search
    field.focus_search()
    for text in (QUERY, "state:suggested", "date:2006 kyoto"):
        for letter in text:
            driver.key(letter)
            yield 90
        yield 700
        field.set_text("")
        yield 700
    driver.key(Qt.Key.Key_Escape)
    driver.window.view.setFocus()


def _accept(driver: Driver, folder: Path, name: str) -> Steps:
    """Accept suggestions of photos of a folder, one after the other."""
    chosen: list[int] = []

    def look(library: Library) -> list[int]:
        known = (library.by_path(path) for path in folder.iterdir())
        cards = library.cards([photo.id for photo in known if photo is not None])
        return [card.id for card in cards if card.suggested]

    driver.window.reader.ask(look, chosen.extend)
    yield lambda: bool(chosen)
    random.Random(1).shuffle(chosen)
    taken: list[tuple[float, float]] = []
    for photo in chosen[:_KEYSTROKES]:
        yield from driver.accept(photo, taken)
    seen, written = np.array(taken).T * 1000
    driver.found[name] = {
        "times": len(taken),
        "seen_median_ms": round(float(np.median(seen)), 1),
        "seen_worst_ms": round(float(seen.max()), 1),
        "written_median_ms": round(float(np.median(written)), 1),
        "written_worst_ms": round(float(written.max()), 1),
    }


def _process(driver: Driver, few: Path) -> Steps:
    yield 3000
    yield from _accept(driver, few, "keystroke_busy")
    yield driver.idle()
    yield 1000


def main() -> None:
    """Run one scene."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scene", choices=("use", "process", "million", "headless"))
    parser.add_argument("home", type=Path)
    parser.add_argument("--few", type=Path)
    parser.add_argument("--photos", type=Path)
    parser.add_argument("--where", action="store_true")
    given = parser.parse_args()
    if given.scene == "headless":
        print(json.dumps(headless(given.home, given.photos)))
        return
    begun = time.perf_counter()
    driver = Driver(given.home, where=given.where)
    if given.scene == "use":
        script = use(driver, given.few, given.photos)
    elif given.scene == "process":
        script = process(driver, given.photos)
    else:
        script = million(driver, begun)
    print(json.dumps(driver.run(script)))


if __name__ == "__main__":
    main()
