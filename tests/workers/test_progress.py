"""Photos are counted, not how often each was looked at."""

from __future__ import annotations

from pathlib import Path

from app.workers.backlog import Backlog
from app.workers.progress import Meter


def test_a_photo_that_is_looked_at_twice_is_one_photo() -> None:
    meter, backlog = Meter(lambda: 0.0), Backlog()
    photos = [(n, Path(f"{n}.jpg")) for n in (1, 2, 3)]
    assert backlog.add(photos) == 3
    meter.expect(photo for photo, _ in photos)
    first = backlog.take(lambda: False)
    assert first == Path("1.jpg")
    # It has changed while it was being looked at.
    assert backlog.add(photos[:1]) == 1
    assert meter.progress(len(backlog)).total == 3
    assert backlog.finish(first) == 1 and backlog.waits(1)
    assert len(backlog) == 3
    for _ in photos:
        path = backlog.take(lambda: False)
        assert path is not None
        photo = backlog.finish(path)
        assert photo is not None and not backlog.waits(photo)
        meter.count(photo, failed=False)
        assert not len(backlog) or meter.progress(len(backlog)).total == 3
    # And it changes once more before all is told to be over.
    assert backlog.add(photos[1:2]) == 1
    meter.expect([2])
    now = meter.progress(len(backlog))
    assert (now.done, now.total) == (2, 3)
    assert backlog.take(lambda: False) == Path("2.jpg")
    assert backlog.finish(Path("2.jpg")) == 2
    meter.count(2, failed=True)
    over = meter.progress(len(backlog))
    assert (over.done, over.total, over.failed, over.state) == (3, 3, 1, "idle")
    meter.expect([1])
    assert meter.progress(1).total == 1


def test_what_is_put_back_waits_once() -> None:
    backlog = Backlog()
    backlog.add([(1, Path("1.jpg"))])
    backlog.take(lambda: False)
    backlog.add([(1, Path("1.jpg"))])
    backlog.put_back()
    assert len(backlog) == 1 and backlog.waits(1)
    assert backlog.take(lambda: False) == Path("1.jpg")
    backlog.finish(Path("1.jpg"))
    assert len(backlog) == 0 and not backlog.waits(1)
