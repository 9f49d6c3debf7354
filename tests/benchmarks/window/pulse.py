"""How long the GUI thread keeps everybody waiting, and how much memory the process takes."""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer

#: Between two beats, in milliseconds.
_BEAT = 4
_STALL = 50


def _names(thread: int) -> list[str]:
    """Where a thread is. Frames are let go at once: they hold painters alive."""
    names: list[str] = []
    frame = sys._current_frames().get(thread)
    while frame is not None and len(names) < 7:
        code = frame.f_code
        names.append(f"{Path(code.co_filename).name}:{frame.f_lineno} {code.co_name}")
        frame = frame.f_back
    return names[::-1]


class Pulse(QObject):
    """A timer that beats on the GUI thread: what is missing between two beats is a stall.

    It sees what a key or a movement of the mouse would see: long work on the GUI thread as well
    as another thread that holds Python's lock. Where the system tells, stalls are also given
    without the time in which the thread could have run, but other threads and programs had all
    processors: on a machine that others use, that part is theirs.

    Args:
        where: whether to note what the GUI thread does during stalls.
    """

    def __init__(self, parent: QObject | None = None, *, where: bool = False) -> None:
        super().__init__(parent)
        self._gaps: list[float] = []
        self._own: list[float] = []  # without the time that others had the processor
        schedule = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._schedule = schedule.open("rb", buffering=0) if schedule.exists() else None
        self._queued = self._wait_for_processor()
        self._last = self._begun = time.perf_counter()
        self._timer = QTimer(self, interval=_BEAT, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._where: Counter[str] = Counter()
        self._collections: list[float] = []
        self._collecting = 0.0
        gc.callbacks.append(self._collected)
        self._runs = False
        if where:
            threading.Thread(target=self._watch, args=(threading.get_ident(),), daemon=True).start()

    def begin(self) -> None:
        """Begin to measure."""
        self._gaps.clear()
        self._own.clear()
        self._collections.clear()
        self._queued = self._wait_for_processor()
        self._where.clear()
        self._last = self._begun = time.perf_counter()
        self._timer.start()
        self._runs = True

    def end(self) -> dict[str, Any]:
        """Stop, and say what was measured."""
        self._beat()
        self._timer.stop()
        self._runs = False
        gaps, own = np.array(self._gaps), np.array(self._own)
        for place, times in self._where.most_common(12):
            print(f"{times:5} {place}", file=sys.stderr)
        return {
            "longest_stall_ms": round(float(gaps.max()), 1),
            "p99_ms": round(float(np.percentile(gaps, 99)), 1),
            f"over_{_STALL}_ms": int((gaps > _STALL).sum()),
            "longest_own_ms": round(float(own.max()), 1),
            f"own_over_{_STALL}_ms": int((own > _STALL).sum()),
            "longest_collection_ms": round(max(self._collections, default=0.0), 1),
            "seconds": round(time.perf_counter() - self._begun, 1),
        }

    def _beat(self) -> None:
        now = time.perf_counter()
        queued = self._wait_for_processor()
        gap = (now - self._last) * 1000 - _BEAT
        self._gaps.append(max(0.0, gap))
        self._own.append(max(0.0, gap - (queued - self._queued)))
        self._last, self._queued = now, queued

    def _collected(self, phase: str, _: dict[str, int]) -> None:
        """Python looks for garbage, on any thread; all others wait."""
        now = time.perf_counter()
        if phase == "stop":
            self._collections.append((now - self._collecting) * 1000)
        self._collecting = now

    def _wait_for_processor(self) -> float:
        """Milliseconds that the GUI thread was ready to run while others ran (Linux)."""
        if self._schedule is None:
            return 0.0
        self._schedule.seek(0)
        return int(self._schedule.read(100).split()[1]) / 1e6

    def _watch(self, gui: int) -> None:
        while True:
            time.sleep(0.004)
            late = time.perf_counter() - self._last
            if self._runs and late > 0.025:
                self._where[" > ".join(_names(gui))] += 1


def memory() -> dict[str, int]:
    """Megabytes that the process takes in memory now, and took at most (Linux)."""
    found = {}
    for line in Path("/proc/self/status").read_text().splitlines():
        name, _, rest = line.partition(":")
        if name in ("VmRSS", "VmHWM"):
            found[name] = int(rest.split()[0]) // 1024
    return {"now_mb": found["VmRSS"], "peak_mb": found["VmHWM"]}
