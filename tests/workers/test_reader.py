"""Questions to the library on threads of their own."""

from __future__ import annotations

import threading
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.library.library import Library
from app.workers.reader import Reader


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
