"""Watching folders for what comes, changes and goes.

Everything happens on a thread of its own, in short turns. Folders are watched by the system, as
many as it allows. Because no system tells everything (Linux does not say that a file which was
there before is written to, and no network disk what others do on it), every folder is also
looked at again from time to time, the unwatched ones more often.
"""

from __future__ import annotations

import heapq
import math
import os
import threading
import time
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QThread, QTimer, Signal, Slot

from app.services.scan import is_searched

#: A look at a folder that takes longer than this is a long one, in seconds.
_SLOW = 0.02


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to wait for what, in seconds.

    Attributes:
        quiet: without an event, before changes are reported.
        at_most: after the first event, where they do not cease.
        settle: after a change, between looks at the folder; a file that is being copied has grown
            at one of them.
        unwatched, watched: between looks at folders where nothing happens.
        missing: between looks for a folder that is not there, or at a single file.
        turn: the thread works at a stretch.
    """

    quiet: float = 0.5
    at_most: float = 2.0
    settle: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0)
    unwatched: float = 60.0
    watched: float = 300.0
    missing: float = 10.0
    turn: float = 0.008


class Watcher(QObject):
    """Says in which folders something has changed.

    Args:
        pace: how long to wait for what.
        limit: how many folders the system is asked to watch; the rest is looked at.
        parent: of this object; signals come on its thread.
    """

    #: list[Path]: folders in which something has changed, and single files that have. What is in
    #: a folder inside of one is not meant; new folders inside are named themselves.
    changed = Signal(object)
    #: All folders are being watched, or looked at, now.
    ready = Signal()

    _watch = Signal(object)

    def __init__(
        self, pace: Pace | None = None, limit: int = 100_000, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._closed = False
        self._thread = _Thread(self, pace or Pace(), limit)
        self._thread.start()
        self._thread.begun.wait()

    def watch(self, roots: Iterable[Path]) -> None:
        """Watch these folders and files from now on, and no others. Returns at once."""
        self._watch.emit([str(root) for root in roots])

    def close(self) -> None:
        """End the thread; nothing is reported any more."""
        self._closed = True
        self._thread.end()

    @Slot(object)
    def _deliver(self, paths: list[Path]) -> None:
        if not self._closed:
            self.changed.emit(paths)

    @Slot()
    def _deliver_ready(self) -> None:
        if not self._closed:
            self.ready.emit()


class _Thread(QThread):
    def __init__(self, watcher: Watcher, pace: Pace, limit: int) -> None:
        super().__init__()
        self.setObjectName("watcher")
        self.begun = threading.Event()
        self._watcher, self._pace, self._limit = watcher, pace, limit
        self._ended = threading.Event()

    def run(self) -> None:
        # Made here, so that its timer and the system's messages belong to this thread.
        guard = _Guard(self._pace, self._limit, self._ended)
        guard.changed.connect(self._watcher._deliver)
        guard.ready.connect(self._watcher._deliver_ready)
        self._watcher._watch.connect(guard.watch)
        self.begun.set()
        self.exec()
        self._watcher._watch.disconnect(guard.watch)
        guard.end()

    def end(self) -> None:
        self._ended.set()
        self.quit()
        self.wait()


class _Guard(QObject):
    """Does the watching, on its thread."""

    changed = Signal(object)
    ready = Signal()

    def __init__(self, pace: Pace, limit: int, ended: threading.Event) -> None:
        super().__init__()
        self._pace, self._limit, self._ended = pace, limit, ended
        self._system = QFileSystemWatcher(self)
        self._system.directoryChanged.connect(self._on_event)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._turn)
        self._forget_all()

    def _forget_all(self) -> None:
        self._roots: list[str] = []
        #: What is looked at, with what was seen there last.
        self._known: dict[str, int] = {}
        #: How long looking at a folder took, where that is long.
        self._slow: dict[str, float] = {}
        self._watched: set[str] = set()
        self._missing: set[str] = set()
        #: Folders to take in, and whether to report what is in them.
        self._to_walk: deque[tuple[str, bool]] = deque()
        self._walking = False
        #: When to look at what; an entry counts only if it is the newest about its path.
        self._agenda: list[tuple[float, str]] = []
        self._due: dict[str, float] = {}
        self._settling: dict[str, int] = {}
        self._pending: dict[str, None] = {}
        self._first = self._last = 0.0

    @Slot(object)
    def watch(self, roots: list[str]) -> None:
        """Watch these and no others."""
        if self._watched:
            self._system.removePaths(list(self._watched))
        self._forget_all()
        self._roots = [os.path.realpath(root) for root in roots]
        self._walking = True
        for root in self._roots:
            self._begin(root, news=False)
        self._timer.start(0)

    def end(self) -> None:
        """Stop, on the thread that it was made on."""
        self._timer.stop()
        if self._watched:
            self._system.removePaths(list(self._watched))

    def _begin(self, root: str, *, news: bool) -> None:
        if os.path.isdir(root):
            self._to_walk.append((root, news))
        elif os.path.lexists(root):
            self._known[root] = _look(root).signature
            self._plan(root, self._pace.missing)
            if news:
                self._note(root)
        else:
            self._missing.add(root)
            self._plan(root, self._pace.missing)

    # What happens

    @Slot(str)
    def _on_event(self, folder: str) -> None:
        if folder in self._known:
            self._settling[folder] = 0
            # Many events come at once; and a very large folder is not looked at all the time.
            soon = 0.1 + 5 * self._slow.get(folder, 0)
            if self._due.get(folder, math.inf) > time.monotonic() + soon:
                self._plan(folder, soon)
                self._wake()

    def _note(self, path: str) -> None:
        now = time.monotonic()
        self._first = self._first if self._pending else now
        self._last = now
        self._pending[path] = None

    @Slot()
    def _turn(self) -> None:
        end = time.monotonic() + self._pace.turn
        self._report()
        fresh: list[str] = []
        while self._to_walk and time.monotonic() < end and not self._ended.is_set():
            self._walk(*self._to_walk.popleft(), fresh)
        self._ask_system(fresh)
        if self._walking and not self._to_walk:
            self._walking = False
            self.ready.emit()
        while self._agenda and time.monotonic() < end and not self._ended.is_set():
            due, path = self._agenda[0]
            if due > time.monotonic():
                break
            heapq.heappop(self._agenda)
            if self._due.get(path) == due:
                self._check(path)
        self._wake()

    def _report(self) -> None:
        now = time.monotonic()
        if self._pending and now >= self._report_at():
            paths = [Path(path) for path in self._pending]
            self._pending = {}
            self.changed.emit(paths)

    def _report_at(self) -> float:
        return min(self._last + self._pace.quiet, self._first + self._pace.at_most)

    def _wake(self) -> None:
        """Set the timer for what is next."""
        if self._ended.is_set():
            return
        if self._to_walk:
            self._timer.start(0)
            return
        times = [self._agenda[0][0]] if self._agenda else []
        times += [self._report_at()] if self._pending else []
        if times:
            self._timer.start(max(0, int((min(times) - time.monotonic()) * 1000) + 1))

    # Folders

    def _walk(self, folder: str, news: bool, fresh: list[str]) -> None:
        """Take a folder in; those inside of it follow."""
        if folder in self._known:
            return
        seen = self._look(folder)
        if not seen.is_folder:
            return
        self._known[folder] = seen.signature
        if seen.is_readable:
            fresh.append(folder)
        else:
            self._plan(folder, self._pace.unwatched)
        if news:
            self._note(folder)
        self._to_walk.extend((each, news) for each in seen.folders if each not in self._known)

    def _look(self, path: str) -> _Seen:
        start = time.monotonic()
        seen = _look(path)
        took = time.monotonic() - start
        if took > _SLOW:
            self._slow[path] = took
        else:
            self._slow.pop(path, None)
        return seen

    def _ask_system(self, folders: list[str]) -> None:
        room = max(0, self._limit - len(self._watched))
        asked = folders[:room]
        refused = set(self._system.addPaths(asked)) if asked else set()
        self._watched.update(each for each in asked if each not in refused)
        if refused:  # the system has no more to give
            self._limit = len(self._watched)
        for folder in folders:
            self._plan(folder, self._rest(folder))
            # What came between looking into it and watching it would go unseen.
            if folder in self._watched and not self._walking:
                self._settling[folder] = 0
                self._plan(folder, self._pace.settle[0])

    def _check(self, path: str) -> None:
        """Look at something that is on the agenda."""
        if path in self._missing:
            if os.path.lexists(path):
                self._missing.discard(path)
                self._begin(path, news=True)
            else:
                self._plan(path, self._pace.missing)
            return
        if path not in self._known:
            return
        seen = self._look(path)
        if seen.signature == self._known[path] and seen.is_there:
            step = self._settling.get(path)
            if step is None or step + 1 >= len(self._pace.settle):
                self._settling.pop(path, None)
                self._plan(path, self._rest(path))
            else:
                self._settling[path] = step + 1
                self._plan(path, self._pace.settle[step + 1])
            return
        self._note(path)
        if not seen.is_there:
            self._lose(path)
            return
        self._known[path] = seen.signature
        self._take_in(path, seen.folders)
        self._settling[path] = 0
        self._plan(path, self._pace.settle[0])

    def _take_in(self, folder: str, folders: Sequence[str]) -> None:
        """Watch folders that are new in one, and no longer those that have gone from it."""
        inside = folder.rstrip(os.sep) + os.sep
        # The watch of a folder that was renamed would go on under its old name.
        lost = [
            each for each in self._known
            if each.startswith(inside) and os.sep not in each[len(inside) :]
            and each not in folders and not os.path.isdir(each)
        ]  # fmt: skip
        for each in lost:
            self._lose(each)
        for each in folders:
            if each not in self._known:
                self._to_walk.append((each, True))

    def _lose(self, path: str) -> None:
        inside = path.rstrip(os.sep) + os.sep
        gone = [each for each in self._known if each == path or each.startswith(inside)]
        watched = [each for each in gone if each in self._watched]
        if watched:
            self._system.removePaths(watched)
        self._watched.difference_update(watched)
        for each in gone:
            del self._known[each]
            self._settling.pop(each, None)
            self._due.pop(each, None)
        for root in self._roots:
            if root == path or root.startswith(inside):
                self._missing.add(root)
                self._plan(root, self._pace.missing)

    def _rest(self, path: str) -> float:
        if path in self._watched:
            return self._pace.watched
        return self._pace.unwatched if os.path.isdir(path) else self._pace.missing

    def _plan(self, path: str, seconds: float) -> None:
        due = time.monotonic() + seconds
        self._due[path] = due
        heapq.heappush(self._agenda, (due, path))


@dataclass(frozen=True, slots=True)
class _Seen:
    is_there: bool
    is_folder: bool
    signature: int = 0
    folders: Sequence[str] = ()
    is_readable: bool = True


def _look(path: str) -> _Seen:
    """What is at a path: changes in a folder's names, and in its files' sizes and times, show."""
    folders: list[str] = []
    said: list[tuple[object, ...]] = []
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                try:
                    if entry.is_dir():
                        if is_searched(entry.name):
                            linked = entry.is_symlink()
                            folders.append(os.path.realpath(entry.path) if linked else entry.path)
                            said.append((entry.name,))
                    else:
                        status = entry.stat()
                        said.append((entry.name, status.st_size, status.st_mtime_ns))
                except OSError:
                    said.append((entry.name, "unreadable"))
        said.sort(key=lambda each: str(each[0]))
        return _Seen(True, True, hash(tuple(said)), folders)
    except NotADirectoryError:
        pass
    except FileNotFoundError:
        return _Seen(False, False)
    except OSError as error:
        return _Seen(True, True, hash(error.errno), is_readable=False)
    try:
        status = os.stat(path)
        return _Seen(True, False, hash((status.st_size, status.st_mtime_ns)))
    except OSError:
        return _Seen(False, False)
