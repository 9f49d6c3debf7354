"""Exporting on a thread of its own, with word of how far it is."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QThread, Signal, Slot

from app.core.errors import TagwrightError
from app.core.photo import PhotoId
from app.library.library import Library
from app.services.export import Exported, ExportSettings, export

_log = logging.getLogger(__name__)

#: Seconds between two words of progress: more often nobody can read it.
_OFTEN: Final = 0.05


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What became of an export.

    Attributes:
        to: the folder.
        photos: how many were looked at, failed ones included.
        embedded: of these, the ones whose copies hold tags themselves.
        sidecars: the ones with a sidecar.
        without: the ones that have no tags to export.
        there: the ones that were in the folder before, with the same content.
        failed: (original, reason) of what could not be exported.
        notes: (original, sentence) where tags went elsewhere, or were left out.
        cancelled: whether it was ended before all were done.
        error: what ended it, if anything did.
    """

    to: Path
    photos: int = 0
    embedded: int = 0
    sidecars: int = 0
    without: int = 0
    there: int = 0
    failed: tuple[tuple[Path, str], ...] = ()
    notes: tuple[tuple[Path, str], ...] = ()
    cancelled: bool = False
    error: str = ""


@dataclass
class _Count:
    report: ExportReport
    failed: list[tuple[Path, str]] = field(default_factory=list)
    notes: list[tuple[Path, str]] = field(default_factory=list)

    def add(self, result: Exported) -> None:
        report = self.report
        if result.error:
            self.failed.append((result.path, result.error))
            self.report = replace(report, photos=report.photos + 1)
            return
        self.notes += [(result.path, note) for note in (*result.problems, *result.notes)]
        self.report = replace(
            report,
            photos=report.photos + 1,
            embedded=report.embedded + result.embedded,
            sidecars=report.sidecars + (result.sidecars > 0),
            without=report.without + (not result.tags),
            there=report.there + (bool(result.files) and not result.new),
        )

    def done(self, *, cancelled: bool, error: str) -> ExportReport:
        failed, notes = tuple(self.failed), tuple(self.notes)
        return replace(self.report, failed=failed, notes=notes, cancelled=cancelled, error=error)


class Exporter(QObject):
    """Exports photos of the library.

    Args:
        library_folder: where the library is.
    """

    #: int, int: photos that are done, and all of them.
    progressed = Signal(int, int)
    #: ExportReport
    finished = Signal(object)

    def __init__(self, library_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = library_folder
        self._cancelled = threading.Event()
        self._thread: _Thread | None = None

    def start(self, photos: Sequence[PhotoId] | None, to: Path, settings: ExportSettings) -> None:
        """Begin; returns at once. One export at a time.

        Args:
            photos: None for all that there are.
        """
        self.close()
        self._cancelled.clear()
        self._thread = _Thread(partial(self._work, photos, to, settings))
        self._thread.finished.connect(self._ended)
        self._thread.start()

    def is_running(self) -> bool:
        """Whether an export is on its way."""
        return self._thread is not None

    def cancel(self) -> None:
        """End after the photo in hand; `finished` follows."""
        self._cancelled.set()

    def close(self) -> None:
        """Cancel, and wait until the thread has ended; `finished` does not follow."""
        self.cancel()
        if self._thread is not None:
            self._thread.finished.disconnect(self._ended)
            self._thread.wait()
            self._thread = None

    @Slot()
    def _ended(self) -> None:
        thread = self._thread
        # Word of a thread that was closed may still arrive when another one is at work.
        if thread is not None and thread.report is not None:
            # Qt says so a moment before the thread is gone.
            thread.wait()
            self._thread = None
            self.finished.emit(thread.report)

    def _work(
        self, photos: Sequence[PhotoId] | None, to: Path, settings: ExportSettings
    ) -> ExportReport:
        count = _Count(ExportReport(to))
        error = ""
        try:
            with Library(self._folder) as library:
                self._export(photos, to, settings, library, count)
        except TagwrightError as stopped:
            error = str(stopped)
        except Exception as unexpected:  # noqa: BLE001 (the window is to say so, not to hang)
            _log.exception("unexpected error in an export")
            error = f"unexpected error: {type(unexpected).__name__}: {unexpected}"
        return count.done(cancelled=self._cancelled.is_set(), error=error)

    def _export(
        self,
        photos: Sequence[PhotoId] | None,
        to: Path,
        settings: ExportSettings,
        library: Library,
        count: _Count,
    ) -> None:
        if photos is None:
            paths = [photo.path for photo in library.photos()]
        else:
            known = (library.by_id(int(photo)) for photo in photos)
            paths = [photo.path for photo in known if photo is not None]
        if not paths:
            return
        told = 0.0
        with closing(export(paths, to, settings, library)) as results:
            for result in results:
                count.add(result)
                if time.monotonic() - told > _OFTEN:
                    told = time.monotonic()
                    self.progressed.emit(count.report.photos, len(paths))
                if self._cancelled.is_set():
                    return
        self.progressed.emit(count.report.photos, len(paths))


class _Thread(QThread):
    def __init__(self, work: Callable[[], ExportReport]) -> None:
        super().__init__()
        self.setObjectName("exporter")
        self._work = work
        self.report: ExportReport | None = None

    def run(self) -> None:
        self.report = self._work()
