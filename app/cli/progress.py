"""Telling how a long job goes: a bar on a terminal, nothing but errors elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

from app.cli.text import count
from app.services.tagging import Outcome

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


class Progress:
    """Counts outcomes. This one shows nothing while it goes."""

    #: Whether somebody watches a bar, for which the photos are counted ahead.
    is_bar = False

    def __init__(self) -> None:
        self.total: int | None = None
        self.done = 0
        self.failed = 0
        self.unchanged = 0
        self.embedded = 0
        self.sidecars = 0
        self.complete = 0
        self.nothing_written = 0
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
            self.complete += outcome.report.target == "unchanged"
        elif outcome.status == "tagged":
            self.nothing_written += 1

    def tell(self, text: str) -> None:
        """Print a line that belongs to the result."""
        print(text, flush=True)

    def say(self, text: str) -> None:
        """Print a line about what went wrong."""
        print(text, file=sys.stderr)

    def summary(self, stopped: bool) -> str:
        """What was done, in one or two sentences."""
        seconds = time.monotonic() - self._started
        if not self.done and not stopped:
            return "No photos found."
        groups = [
            (self.embedded, "got tags"),
            (self.sidecars, "got tags in a sidecar"),
            (self.complete, "had them already"),
            (self.nothing_written, "with nothing to write"),
            (self.unchanged, "unchanged since last time"),
            (self.failed, "failed"),
        ]
        parts = [f"{number:,} {what}" for number, what in groups if number]
        text = f"{count(self.done, 'photo')} in {_duration(seconds)}"
        text += f": {', '.join(parts)}." if parts else "."
        if stopped:
            text = f"Stopped: {text} The same command goes on from here."
        return text


class TerminalProgress(Progress):
    """A bar with photos done, photos a second and the time left."""

    is_bar = True

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

    def tell(self, text: str) -> None:
        if sys.stdout.isatty():
            self.say(text)
        else:
            super().tell(text)

    def say(self, text: str) -> None:
        self._bar.console.print(text, markup=False, highlight=False, soft_wrap=True)


def make_progress(*, as_json: bool) -> Progress:
    """A bar where somebody looks on and it would not stand between lines of JSON."""
    hidden = not sys.stderr.isatty() or (as_json and sys.stdout.isatty())
    return Progress() if hidden else TerminalProgress()


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
