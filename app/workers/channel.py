"""What joins the threads of a pipeline: a bounded queue that ends, and a gate for memory."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Stopped(Exception):
    """The pipeline was cancelled."""


class Channel(Generic[Item]):
    """A bounded queue from some senders to some receivers.

    It ends when every sender has closed it, and at once when it is cancelled. Nobody polls: at
    the end and when cancelled, all who wait are woken.

    Args:
        senders: how many threads put into it; each closes it once.
        size: items that may wait in it.
    """

    def __init__(self, senders: int, size: int) -> None:
        self._first: deque[Item] = deque()
        self._items: deque[Item] = deque()
        self._size = size
        self._senders = senders
        self._cancelled = False
        self._changed = threading.Condition()

    def put(self, item: Item) -> None:
        """Add an item, waiting for room.

        Raises:
            Stopped: it was cancelled.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._cancelled or len(self._items) < self._size)
            if self._cancelled:
                raise Stopped
            self._items.append(item)
            self._changed.notify_all()

    def put_first(self, item: Item) -> None:
        """Add an item that goes before all that `put` has added; there is always room.

        Raises:
            Stopped: it was cancelled.
        """
        with self._changed:
            if self._cancelled:
                raise Stopped
            self._first.append(item)
            self._changed.notify_all()

    def take_waiting(self, most: int) -> list[Item]:
        """What waits at the moment, without waiting for more.

        Args:
            most: items at once.
        """
        with self._changed:
            found: list[Item] = []
            while len(found) < most and (lane := self._first or self._items):
                found.append(lane.popleft())
            if found:
                self._changed.notify_all()
            return found

    def widen(self, size: int) -> None:
        """Let so many items wait, where it were fewer before."""
        with self._changed:
            self._size = max(self._size, size)
            self._changed.notify_all()

    def open(self, senders: int) -> None:
        """Further senders join in."""
        with self._changed:
            self._senders += senders

    def close(self) -> None:
        """One sender is done."""
        with self._changed:
            self._senders -= 1
            self._changed.notify_all()

    def cancel(self) -> None:
        """Drop what waits, and wake everybody."""
        with self._changed:
            self._cancelled = True
            self._first.clear()
            self._items.clear()
            self._changed.notify_all()

    def is_cancelled(self) -> bool:
        """Whether it was cancelled."""
        return self._cancelled

    def __iter__(self) -> Iterator[Item]:
        """Items until all senders are done; none any more once it is cancelled."""
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._first or self._items or not self._senders or self._cancelled
                )
                lane = self._first or self._items
                if not lane:
                    return
                item = lane.popleft()
                self._changed.notify_all()
            yield item


class MemoryGate:
    """Keeps photos that are large to decode from being decoded at the same time.

    Args:
        limit: bytes that may be in use together. One photo alone may take more.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._used = 0
        self._changed = threading.Condition()

    @contextmanager
    def holding(self, size: int) -> Iterator[None]:
        """Wait until there is room for `size` bytes, and hold it."""
        with self._changed:
            self._changed.wait_for(lambda: not self._used or self._used + size <= self._limit)
            self._used += size
        try:
            yield
        finally:
            with self._changed:
                self._used -= size
                self._changed.notify_all()
