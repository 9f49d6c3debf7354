"""How long the GUI thread keeps everybody waiting, and how much memory the process takes."""

from __future__ import annotations

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
    as another thread that holds Python's lock.

    Args:
        where: whether to note what the GUI thread does during stalls.
    """

    def __init__(self, parent: QObject | None = None, *, where: bool = False) -> None:
        super().__init__(parent)
        self._gaps: list[float] = []
        self._last = self._begun = time.perf_counter()
        self._timer = QTimer(self, interval=_BEAT, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._where: Counter[str] = Counter()
        self._runs = False
        if where:
            threading.Thread(target=self._watch, args=(threading.get_ident(),), daemon=True).start()

    def begin(self) -> None:
        """Begin to measure."""
        self._gaps.clear()
        self._where.clear()
        self._last = self._begun = time.perf_counter()
        self._timer.start()
        self._runs = True

    def end(self) -> dict[str, Any]:
        """Stop, and say what was measured."""
        self._beat()
        self._timer.stop()
        self._runs = False
        gaps = np.array(self._gaps)
        for place, times in self._where.most_common(12):
            print(f"{times:5} {place}", file=sys.stderr)
        return {
            "longest_stall_ms": round(float(gaps.max()), 1),
            "p99_ms": round(float(np.percentile(gaps, 99)), 1),
            f"over_{_STALL}_ms": int((gaps > _STALL).sum()),
            "seconds": round(time.perf_counter() - self._begun, 1),
        }

    def _beat(self) -> None:
        now = time.perf_counter()
        self._gaps.append(max(0.0, (now - self._last) * 1000 - _BEAT))
        self._last = now

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
