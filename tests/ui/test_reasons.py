"""Reasons from below the window that the user meets are known to the translators."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from app.core.errors import TagwrightError
from app.core.file_lock import locked
from app.services.class_folders import find_classes
from app.ui import reasons
from app.vision.fetch import Patience, fetch
from tests.class_photos import make_classes


class _Marks(QTranslator):
    """A language in which every text is put into marks."""

    def isEmpty(self) -> bool:  # noqa: N802
        return False

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return f"<{text}>"


@pytest.fixture
def marked(qapp: QApplication) -> Iterator[QObject]:
    marks = _Marks()
    QCoreApplication.installTranslator(marks)
    yield marks
    QCoreApplication.removeTranslator(marks)


def _without_classes(folder: Path) -> None:
    find_classes(folder).check()


def _with_an_empty_class(folder: Path) -> None:
    make_classes(folder, 2)
    (folder / "Greens").mkdir()
    find_classes(folder).check()


def _with_one_class(folder: Path) -> None:
    make_classes(folder, 2)
    for path in (folder / "Blues").iterdir():
        path.unlink()
    (folder / "Blues").rmdir()
    find_classes(folder).check()


def _with_one_photo_in_a_class(folder: Path) -> None:
    make_classes(folder, 1)
    find_classes(folder).check()


def _without_a_folder(folder: Path) -> None:
    find_classes(folder / "gone")


def _from_nobody(folder: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        list(fetch(f"http://127.0.0.1:{port}/a", folder / "a", patience=Patience(1, 1, 0)))


def _not_by_https(folder: Path) -> None:
    list(fetch("http://example.org/a", folder / "a"))


def _while_another_fetches(folder: Path) -> None:
    with locked(folder / "a.lock"):
        list(fetch("https://example.org/a", folder / "a"))


def _into_a_file(folder: Path) -> None:
    (folder / "file").write_bytes(b"")
    list(fetch("https://example.org/a", folder / "file" / "a"))


@pytest.mark.parametrize(
    ("goes_wrong", "said"),
    [
        (_without_classes, "<has no photos in folders; put"),
        (_with_an_empty_class, "Greens: <has no photos; fill it, or remove it>"),
        (_with_one_class, "<has only one class, Reds; "),
        (_with_one_photo_in_a_class, "Blues: <has 1 photo that can be read; "),
        (_without_a_folder, "gone: <is not a folder>"),
        (_from_nobody, "<cannot reach 127.0.0.1 (<connection refused>)>"),
        (_not_by_https, "http://example.org/a: <files are fetched by https only>"),
        (_while_another_fetches, "<is being fetched already, by another Tagwright>"),
        (_into_a_file, "a: <cannot be kept in "),
    ],
)
def test_training_and_fetching_say_it_in_the_users_language(
    marked: QObject, tmp_path: Path, goes_wrong: Callable[[Path], None], said: str
) -> None:
    with pytest.raises(TagwrightError) as raised:
        goes_wrong(tmp_path)

    assert said.casefold() in reasons.of_error(raised.value).casefold()
