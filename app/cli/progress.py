"""Telling how a long job goes: a bar on a terminal, nothing but errors elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self, TextIO

from app.services.tagging import Outcome

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


class Progress:
    """Counts outcomes. This one shows nothing while it goes."""

    #: Whether it is worth counting the photos ahead.
    wants_total = False

    def __init__(self) -> None:
        self.found = 0
        self.total: int | None = None
        self.done = 0
        self.failed = 0
        self.unchanged = 0
        self.embedded = 0
        self.sidecars = 0
        self._started = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def add(self, outcome: Outcome) -> None:
        """Count one photo."""
        self.done += 1
        self.failed += outcome.status == "failed"
        self.unchanged += outcome.status == "unchanged"
        if outcome.report is not None:
            self.embedded += outcome.report.target == "embedded"
            self.sidecars += outcome.report.target == "sidecar"

    def say(self, text: str) -> None:
        """Print a line for the user."""
        print(text, file=sys.stderr)

    def summary(self, stopped: bool) -> str:
        """What was done, in one or two sentences."""
        seconds = time.monotonic() - self._started
        if not self.done and not stopped:
            return "No photos found."
        parts = [f"{_photos(self.done)} in {_duration(seconds)}"]
        if self.embedded:
            parts.append(f"tags written into {self.embedded}")
        if self.sidecars:
            parts.append(f"into a sidecar for {self.sidecars}")
        if self.unchanged:
            parts.append(f"{self.unchanged} unchanged since last time")
        if self.failed:
            parts.append(f"{self.failed} failed")
        text = ", ".join(parts) + "."
        if stopped:
            text = f"Stopped: {text} The same command goes on from here."
        return text


class TerminalProgress(Progress):
    """A bar with photos done, photos a second and the time left."""

    wants_total = True

    def __init__(self) -> None:
        super().__init__()
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
        from rich.progress import TimeRemainingColumn as TimeLeft

        self._bar: Bar = Progress(
            TextColumn("Tagging"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeLeft(),
            console=Console(stderr=True),
            refresh_per_second=5,
            transient=True,
        )
        self._task = self._bar.add_task("", total=None, rate="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._bar.stop()

    def add(self, outcome: Outcome) -> None:
        super().add(outcome)
        rate = self.done / max(1e-6, time.monotonic() - self._started)
        self._bar.update(
            self._task, completed=self.done, total=self.total, rate=f"{rate:.1f} photos/s"
        )

    def say(self, text: str) -> None:
        self._bar.console.print(text, markup=False, highlight=False)


def make_progress(stream: TextIO) -> Progress:
    """A bar where somebody looks on, else a silent count."""
    return TerminalProgress() if stream.isatty() else Progress()


def _photos(count: int) -> str:
    return f"{count:,} photo" + ("" if count == 1 else "s")


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
