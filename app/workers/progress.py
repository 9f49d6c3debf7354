"""How far the looking at photos has come, and how long it will take."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.core.photo import PhotoId

#: The rate is that of the last photos within so many seconds.
_WINDOW = 10.0
#: A rate is said from so many photos on, and after so many seconds.
_MEANINGFUL = (5, 1.0)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the looking at photos has come, since there was last nothing to do.

    Attributes:
        done: photos that are finished, failed ones included.
        total: done, and still to be done.
        failed: of the done ones, those that failed.
        rate: photos a second over the last seconds; 0 where that cannot be said yet.
        seconds_left: None where that cannot be said yet.
        finding: whether folders are still being looked through, so that the total grows.
        renewing: whether all that waits was looked at before, and is looked at once more, as when
            the network is another one now.
    """

    done: int = 0
    total: int = 0
    failed: int = 0
    rate: float = 0.0
    seconds_left: float | None = None
    state: Literal["idle", "running", "paused"] = "idle"
    finding: bool = False
    renewing: bool = False


class Meter:
    """Counts photos.

    Args:
        clock: seconds, growing.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._done: dict[PhotoId | Path, bool] = {}  # and whether it failed
        self._started = clock()
        self._moments: deque[float] = deque()
        self._paused = False
        self._is_over = True
        #: Whether folders are being looked through.
        self.finding = False

    def expect(self, photos: Iterable[PhotoId]) -> None:
        """Photos have come in; the first after a while of nothing begins a new count.

        One that was done before, as it has changed meanwhile, is not done any more.
        """
        if self._is_over:
            self._done.clear()
            self._started = self._clock()
            self._moments.clear()
            self._is_over = False
        for photo in photos:
            self._done.pop(photo, None)

    def count(self, photo: PhotoId | Path, *, failed: bool) -> None:
        """A photo is done; its path stands for one that the library does not know."""
        self._done[photo] = failed
        self._moments.append(self._clock())

    def pause(self, paused: bool) -> None:
        """What is done after a pause says nothing about the time before it."""
        self._paused = paused
        self._moments.clear()
        self._started = self._clock()

    def progress(self, waiting: int, *, renewing: bool = False) -> Progress:
        """How far it is, with so many photos still to be done."""
        done, failures = len(self._done), sum(self._done.values())
        if not waiting and not self.finding:
            self._is_over = True
            return Progress(done, done, failures)
        rate = 0.0 if self._paused else self._rate()
        return Progress(
            done,
            done + waiting,
            failures,
            rate,
            waiting / rate if rate else None,
            "paused" if self._paused else "running",
            self.finding,
            renewing,
        )

    def _rate(self) -> float:
        now = self._clock()
        while self._moments and now - self._moments[0] > _WINDOW:
            self._moments.popleft()
        over = min(now - self._started, _WINDOW)
        photos, seconds = _MEANINGFUL
        if len(self._moments) < photos or over < seconds:
            return 0.0
        return len(self._moments) / over
