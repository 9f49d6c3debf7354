"""Questions to the library, answered on other threads."""

from __future__ import annotations

import gc
import threading
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.library.library import Library
from app.workers.reader import Reader


def test_where_the_library_cannot_be_opened_each_question_is_told_until_it_can(
    qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    folder.write_text("in the way")
    reader = Reader(folder)
    try:
        errors: list[str] = []
        answers: list[object] = []

        def ask() -> None:
            reader.ask(
                lambda library: library.roots(),
                answers.append,
                failed=lambda error: errors.append(str(error)),
            )

        for _ in range(3):  # more than there are threads
            ask()
        qtbot.waitUntil(lambda: len(errors) == 3, timeout=10_000)
        assert "cannot be opened" in errors[0] and not answers
        folder.unlink()
        Library(folder).close()
        ask()
        qtbot.waitUntil(lambda: answers == [[]], timeout=10_000)
    finally:
        reader.close()


def test_slow_questions_do_not_hold_up_what_is_on_the_screen(tmp_path: Path, qtbot: QtBot) -> None:
    reader = Reader(tmp_path)
    answers: list[object] = []
    begun, may_go_on = [], threading.Event()

    def slow(_: Library) -> bool:
        begun.append(1)
        return may_go_on.wait(20)

    try:
        for _ in range(5):
            reader.ask(slow, answers.append)
        qtbot.waitUntil(lambda: len(begun) == 2, timeout=10_000)
        reader.ask(Library.roots, lambda roots: answers.append(("urgent", roots)), urgent=True)
        qtbot.waitUntil(lambda: len(answers) > 0, timeout=10_000)
        assert answers == [("urgent", [])]
        may_go_on.set()
        qtbot.waitUntil(lambda: len(answers) == 6, timeout=10_000)
    finally:
        may_go_on.set()
        reader.close()


def test_a_widget_that_asks_never_ends_on_another_thread(tmp_path: Path, qtbot: QtBot) -> None:
    ended: list[bool] = []
    here = threading.get_ident()

    class Asker:
        """Stands for a widget: it must end where it was made."""

        def __init__(self, reader: Reader, go_on: threading.Event) -> None:
            reader.ask(lambda _: (go_on.wait(10), self)[0], self.take)

        def take(self, answer: object) -> None:
            """Nothing is done with it."""

        def __del__(self) -> None:
            ended.append(threading.get_ident() == here)

    reader = Reader(tmp_path)
    try:
        for _ in range(50):
            may_go_on = threading.Event()
            Asker(reader, may_go_on)
            may_go_on.set()
        qtbot.waitUntil(lambda: len(ended) == 50, timeout=10_000)
        gc.collect()
        assert all(ended)
    finally:
        reader.close()
