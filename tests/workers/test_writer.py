"""The thread that writes, asked by another one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.workers.channel import Stopped
from app.workers.writer import Desk, Writer


def test_what_goes_wrong_in_a_job_is_for_who_asks(tmp_path: Path, qtbot: QtBot) -> None:
    failed: list[BaseException] = []
    writer = Writer(tmp_path / "data", tmp_path / "t.db", lambda _: None, failed.append)
    writer.start()

    def count(desk: Desk) -> int:
        return desk.library.counts()["photo"]

    def fail(desk: Desk) -> int:
        return count(desk) // 0

    with pytest.raises(ZeroDivisionError):
        writer.ask(fail)
    assert writer.ask(count) == 0  # it goes on
    writer.close()
    writer.wait()
    with pytest.raises(Stopped):
        writer.ask(count)
    assert not failed
