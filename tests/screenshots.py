"""Makes the pictures of the window in the README, from photos that may be shown.

    python -m tests.screenshots [--out FOLDER] [--language de]

The photos are those that scikit-image and, where it is installed, scikit-learn bring along;
`resources/readme/CREDITS.md` says whose they are. The window is the real one, with a library that
is made for it; nothing is staged but the names of the photos and what is accepted.
"""

from __future__ import annotations

import argparse
import io
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from PIL import Image

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtWidgets import QApplication, QWidget

from app.core.folders import Folders
from app.core.preferences import Preferences
from app.library.lock import run_lock
from app.ui.application import prepare
from app.ui.window.main_window import MainWindow

#: Where each photo lies, and what it is called here.
PHOTOS = {
    "skimage/data/astronaut.png": "2023/Portrait.jpg",
    "skimage/data/brick.png": "2025/Old wall.jpg",
    "skimage/data/camera.png": "2025/With tripod.jpg",
    "skimage/data/chelsea.png": "2024/Chelsea.jpg",
    "skimage/data/coffee.png": "2024/Breakfast.jpg",
    "skimage/data/coins.png": "2025/Coins.jpg",
    "skimage/data/grass.png": "2025/Meadow.jpg",
    "skimage/data/gravel.png": "2025/Path.jpg",
    "skimage/data/hubble_deep_field.jpg": "2024/Sky.jpg",
    "skimage/data/rocket.jpg": "2024/Launch.jpg",
    "sklearn/datasets/images/china.jpg": "2024/Summer palace.jpg",
    "sklearn/datasets/images/flower.jpg": "2024/Garden.jpg",
}
SIZE = QSize(1360, 850)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("resources/readme"))
    parser.add_argument("--language", default="en")
    options = parser.parse_args()
    application = QApplication([])
    preferences = Preferences(
        theme="light", language=options.language, write_suggestions="accepted"
    )
    prepare(application, preferences)
    with tempfile.TemporaryDirectory() as work, ExitStack() as stack:
        home = Path(work)
        folders = Folders(home / "data", home / "cache", home / "config")
        stack.enter_context(run_lock(folders.data))
        window = MainWindow(folders, preferences)
        stack.callback(window.close)
        window.resize(SIZE)
        window.show()
        window.start()
        take_pictures(window, make_photos(home / "Photos"), options.out)


def make_photos(folder: Path) -> Path:
    """Put the photos into a folder, as JPEGs with names that somebody might give them."""
    for source, name in PHOTOS.items():
        package, _, rest = source.partition("/")
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            continue
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with Image.open(Path(spec.origin).parent / rest) as image:
            image.convert("RGB").save(target, quality=92)
    return folder


def take_pictures(window: MainWindow, photos: Path, out: Path) -> None:
    """Go through the main states of the window, and keep a picture of each."""
    out.mkdir(parents=True, exist_ok=True)
    wait(0.5)
    save(window, out / "window-start.png")
    window.add([photos])
    wait_until(lambda: window.browser.total > 0 and not window.session.is_busy())
    names = {card.path.name: card.id for card in cards(window)}
    window.view.set_cell_size(196)
    for name in ("With tripod.jpg", "Breakfast.jpg"):
        window.photos.go_to(names[name])
        wait(0.5)
        window.photos.accept_all()
        wait(0.5)
    window.photos.go_to(names["Chelsea.jpg"])
    wait(1.5)
    save(window, out / "window.png")
    window.commands.use(replace(window.preferences, theme="dark"))
    window.photos.show_large()
    wait(1.5)
    save(window, out / "window-large.png")
    window.photos.close_large()
    window.commands.use(replace(window.preferences, theme="light"))
    window.reviewing.toggle()
    wait(1.5)
    save(window, out / "window-review.png")
    window.reviewing.toggle()
    wait(0.5)
    window.commands.accept_many()
    wait(1.5)
    dialog = QApplication.activeModalWidget()
    if dialog is not None:
        save(dialog, out / "window-accept-many.png")
        dialog.close()
    wait(0.5)


def cards(window: MainWindow) -> list:
    """All photos of the library."""
    found: list = []
    window.reader.ask(lambda library: library.cards(library.listing().ids), found.append)
    wait_until(lambda: bool(found))
    return found[0]


def save(widget: QWidget, path: Path) -> None:
    """Keep what a widget shows, with few enough colours for a small file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    with Image.open(io.BytesIO(buffer.data().data())) as image:
        image.convert("RGB").quantize(256).save(path, optimize=True)
    print(path)


def wait(seconds: float) -> None:
    """Let the window work."""
    end = time.monotonic() + seconds
    wait_until(lambda: time.monotonic() >= end)


def wait_until(reached: Callable[[], bool], limit: float = 120) -> None:
    """Let the window work until something is so."""
    end = time.monotonic() + limit
    while not reached():
        if time.monotonic() > end:
            raise TimeoutError
        QApplication.processEvents()
        time.sleep(0.005)


if __name__ == "__main__":
    main()
