"""One correction in a large library, from the key to the grid: a real window and a real library.

    QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.correction [--photos N] [--work FOLDER]

prints one JSON object. The embeddings are simulated (300 kinds of photos, ten examples of each and
of their four parents), the photos that are corrected are files. Each correction sets a tag on one
photo; what is measured, in seconds since then:

- `in_database_s`: until all that follows for other photos is in the library, that of the tags above
  it included.
- `in_grid_s`: until the photos in the window that are suggested the tag are painted with it anew.
- `processor_s`: what all threads of the process have used by then, which says more than the others
  where the machine is busy with something else.

Then so many more corrections are made one after the other, and the memory that is the process's own
(not the mapped file's pages) is compared. The library takes 2.6 kB a photo in the work folder and
is deleted at the end.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication

from app.core.change import Edit
from app.core.folders import Folders
from app.core.photo import PhotoId, State
from app.core.preferences import Preferences
from app.core.tag import Tag
from app.library.library import DATABASE, Library
from app.library.lock import run_lock
from app.services.setup import catalogue
from app.ui.application import prepare
from app.ui.window.main_window import MainWindow
from tests.benchmarks.machine import machine

KINDS, TOPS, EXAMPLES, SIZE = 300, 4, 10, 1280
#: The kind that is corrected: it is what the window shows at first.
_KIND = 0
_BLOCK = 10_000


def tag_of(kind: int) -> Tag:
    return Tag((f"Top {kind % TOPS}", f"Kind {kind}"))


def make(folders: Folders, photos: int, corrected: int) -> list[PhotoId]:
    """A library in which the photos of a kind follow each other; ids of those to be corrected."""
    card = catalogue(folders).get(Preferences().model)
    with Library(folders.data) as library:
        run = library.start_run(card.key, "{}")
        for kind in range(KINDS):
            library.decide(_file(library, folders, kind, -1), [tag_of(kind)], "confirmed")
        path = library.embedding_file(card.key, SIZE).path
    kinds = np.arange(photos) * KINDS // photos
    first = np.searchsorted(kinds, np.arange(KINDS))
    where = np.flatnonzero(kinds == _KIND)
    # Those that the window shows at first stay as they are.
    files = where[::-1][: min(corrected, len(where) - 2 * EXAMPLES)]
    with closing(sqlite3.connect(folders.data / DATABASE, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous=OFF")
        database.execute("BEGIN")
        for table in ("decision", "photo"):
            database.execute(f"DELETE FROM {table}")
        database.executemany(
            "INSERT INTO photo (id, path, folder, size, mtime_ns, content_hash, width, height,"
            " applied, beside, state) VALUES (?,?,?,?,?,?,64,64,'settings','',?)",
            (
                (n + 1, f"/photos/{n:07}.jpg", "/photos", 1, 1, n.to_bytes(8, "big"),
                 State.UNTAGGED)
                for n in range(photos)
            ),
        )  # fmt: skip
        for n in files.tolist():
            path_, facts = _jpeg(folders, n)
            database.execute(
                "UPDATE photo SET path = ?, folder = ?, size = ?, mtime_ns = ? WHERE id = ?",
                (str(path_), str(path_.parent), facts.st_size, facts.st_mtime_ns, n + 1),
            )
        database.executemany(
            f"INSERT INTO analysis VALUES (?, '{card.key}', 3, ?, x'0100', x'0000803f', {run})",
            ((n + 1, n) for n in range(photos)),
        )
        ids = {path: tag for tag, path in database.execute("SELECT id, path FROM tag")}
        database.executemany(
            "INSERT INTO decision (photo_id, tag_id, verdict, found_in_file)"
            " VALUES (?, ?, 'confirmed', 0)",
            (
                (int(first[kind]) + n + 1, ids[str(tag_of(kind))])
                for kind in range(KINDS)
                for n in range(EXAMPLES)
            ),
        )
        database.execute(
            "INSERT OR REPLACE INTO embedding_file VALUES (?, ?, ?)", (card.key, SIZE, photos)
        )
        database.execute("COMMIT")
    random = np.random.default_rng(0)
    middles = np.abs(random.standard_normal((KINDS, SIZE), np.float32))
    noise = 0.7 * random.standard_normal((_BLOCK, SIZE), np.float32)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        for start in range(0, photos, _BLOCK):
            part = kinds[start : start + _BLOCK]
            moved = np.roll(noise, start // _BLOCK, axis=1)[: len(part)]
            file.write(np.abs(middles[part] + moved).astype("<f2").tobytes())
    return [int(n) + 1 for n in files]


def _file(library: Library, folders: Folders, kind: int, number: int) -> PhotoId:
    return library.save_photo(
        Path(f"/zzz/{kind}/{number}.jpg"), size=1, mtime_ns=1, content_hash=bytes([kind % 256])
    )


def _jpeg(folders: Folders, number: int) -> tuple[Path, Any]:
    path = folders.data / "photos" / f"{number:07}.jpg"
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", (64, 64), (number % 255, number // 255 % 255, 90)).save(path)
    return path, path.stat()


class Paints(QObject):
    """When a widget was painted last."""

    def __init__(self, widget: QObject) -> None:
        super().__init__()
        self.last = 0.0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            self.last = time.perf_counter()
        return False


class Bench:
    """A window on a library."""

    def __init__(self, folders: Folders) -> None:
        self.application = QApplication.instance() or QApplication(["correction"])
        # Nothing is written into the photos: that is measured elsewhere.
        preferences = Preferences(theme="light", language="en", watch=False, write="none")
        prepare(self.application, preferences)  # type: ignore[arg-type]
        self.window = MainWindow(folders, preferences)
        self.taught = 0.0
        self.acted = 0.0
        self.seen = 0.0
        self.wanted: tuple[list[PhotoId], str] = ([], "")
        session = self.window.session
        session._taught.connect(self._on_taught, Qt.ConnectionType.DirectConnection)
        session.acted.connect(self._on_acted)
        self.window.model.dataChanged.connect(lambda *_: self._look())
        self.paints = Paints(self.window.view.viewport())

    def _on_taught(self, _: object) -> None:
        self.taught = time.perf_counter()

    def _on_acted(self, _: object) -> None:
        self.acted = time.perf_counter()

    def _look(self) -> None:
        photos, source = self.wanted
        if photos and not self.seen and all(self._shows(photo, source) for photo in photos):
            self.seen = time.perf_counter()

    def _shows(self, photo: PhotoId, source: str) -> bool:
        card = self.window.model.card(photo)
        return card is not None and any(s.source == source for s in card.suggested)

    def until(self, is_so: Callable[[], bool], seconds: float) -> None:
        end = time.perf_counter() + seconds
        while not is_so():
            if time.perf_counter() > end:
                raise TimeoutError("it took too long")
            self.application.processEvents()
            time.sleep(0.001)

    def visible(self, source: str) -> list[PhotoId]:
        """The photos on the screen that are suggested a tag from some source."""
        view = self.window.view
        ids = [
            index.data(self._id_role())
            for index in (
                view.indexAt(view.viewport().rect().topLeft() + _point(x, y))
                for x in range(10, view.viewport().width(), 40)
                for y in range(10, view.viewport().height(), 40)
            )
            if index.isValid()
        ]
        return [photo for photo in dict.fromkeys(ids) if self._shows(photo, source)]

    @staticmethod
    def _id_role() -> int:
        from app.ui.roles import Role

        return Role.ID

    def correct(
        self, photo: PhotoId, tag: Tag, count: int, *, wait: bool = True
    ) -> dict[str, float]:
        """Set a tag on a photo that has `count` examples, and wait until the grid shows it."""
        self.taught = self.acted = self.seen = 0.0
        before, after = f"learned:{count}", f"learned:{count + 1}"
        photos = [each for each in self.visible(before) if each != photo]
        self.wanted = photos, after
        began, used = time.perf_counter(), time.process_time()
        self.window.session.act([(photo, Edit(add=(tag,)))], "correct")
        self.until(lambda: bool(self.taught) and not self.window.session.is_learning(), 120)
        found = {"in_database_s": self.taught - began, "visible": float(len(photos))}
        if photos:
            self.until(lambda: bool(self.seen) and self.paints.last > self.seen, 30)
            found["in_grid_s"] = self.paints.last - began
        found["processor_s"] = time.process_time() - used
        return found


def _point(x: int, y: int) -> Any:
    from PySide6.QtCore import QPoint

    return QPoint(x, y)


def own_memory() -> float:
    """What is the process's own, in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon"):
            return int(line.split()[1]) / 1024
    return float("nan")


def measure(home: Path, photos: int, corrections: int, more: int) -> dict[str, Any]:
    folders = Folders(home / "data", home / "cache", home / "config")
    began = time.perf_counter()
    ids = make(folders, photos, corrections + more)
    result: dict[str, Any] = {"photos": photos, "tags": KINDS + TOPS, "made_s": _s(began)}
    with run_lock(folders.data):
        bench = Bench(folders)
        window = bench.window
        window.resize(1280, 820)
        window.show()
        began = time.perf_counter()
        window.start()
        try:
            bench.until(lambda: bool(window.session.model_key), 60)
            bench.until(lambda: not window.session.is_learning(), 3000)
            result["learned_at_first_s"] = _s(began)
            source = f"learned:{EXAMPLES}"
            bench.until(lambda: bool(bench.visible(source)), 60)
            tag, count, each = tag_of(_KIND), EXAMPLES, []
            for photo in ids[:corrections]:
                each.append(bench.correct(photo, tag, count))
                count += 1
            result["examples"] = count
            for name in ("in_database_s", "in_grid_s", "processor_s"):
                times = [one[name] for one in each if name in one]
                if times:
                    result[name] = {
                        "median": round(float(np.median(times)), 4),
                        "worst": round(max(times), 4),
                    }
            result["photos_in_sight"] = int(np.median([one["visible"] for one in each]))
            memory = [own_memory()]
            for photo in ids[corrections:]:
                bench.correct(photo, tag, count)
                count += 1
                memory.append(own_memory())
            if more:
                result["more_corrections"] = len(memory) - 1
                result["memory_mb"] = [round(m) for m in memory[:: max(1, more // 8)]]
        finally:
            window.close()
    return result


def _s(began: float) -> float:
    return round(time.perf_counter() - began, 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--corrections", type=int, default=15)
    parser.add_argument("--more", type=int, default=0, help="corrections for the memory")
    parser.add_argument("--work", type=Path, default=None)
    given = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="tagwright-correction-", dir=given.work))
    try:
        result = measure(home, given.photos, given.corrections, given.more)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(json.dumps({**machine(), **result}, indent=2))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
