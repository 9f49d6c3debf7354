"""Questions to the library that cannot be answered."""

from __future__ import annotations

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
