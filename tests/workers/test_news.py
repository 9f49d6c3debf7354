"""Word of photos that have changed."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.workers.news import News


def test_what_comes_alone_is_told_and_what_comes_together_is_told_together(qtbot: QtBot) -> None:
    news, told = News(), []
    news.changed.connect(told.append)
    news.collect(changed=[3])
    qtbot.waitUntil(lambda: told == [[3]])
    news.collect(changed=[5, 4])
    news.collect(changed=[4])
    qtbot.waitUntil(lambda: len(told) > 1)
    assert told == [[3], [4, 5]]


def test_nothing_is_told_after_the_end_unless_it_is_asked(qtbot: QtBot) -> None:
    news, told = News(), []
    news.removed.connect(told.append)
    news.close()
    news.collect(removed=[1])
    qtbot.wait(100)
    assert not told
    news.tell()
    assert told == [[1]]
