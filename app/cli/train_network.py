"""`tagwright train FOLDER --network ...`: train a network of one's own."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import fields
from typing import Any

from app.cli.exit_codes import INTERRUPTED, OK
from app.cli.text import count, printable
from app.cli.train import confusion_lines
from app.core.errors import TagwrightError
from app.core.folders import Folders
from app.core.training import (
    BatchDone,
    Checked,
    Confusion,
    EpochDone,
    Event,
    Examples,
    Failed,
    Finished,
    Notice,
    Skipped,
    Started,
    Stopped,
    TrainingSettings,
    Working,
    to_line,
)
from app.services.network_training import Control, train_network
from app.vision.training.fit import TrainingStopped

_PHASES = {"head": "new last layer", "upper": "upper blocks", "whole": "network"}
_WORK = {
    "starting": "Starting TensorFlow",
    "reading": "Reading the photos",
    "features": "Looking at the photos",
    "exporting": "Exporting and checking",
    "checking": "Checking",
}


def train_own_network(options: argparse.Namespace, folders: Folders) -> int:
    """Train, and say how it goes: for people, or as lines of JSON.

    Returns:
        The exit code: 130 when it was stopped and nothing is kept.
    """
    control = Control(keep=options.keep_on_stop)
    if options.device == "cpu":
        # TensorFlow looks for graphics cards when it is imported.
        os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: control.stop())
    if options.controlled:
        if hasattr(os, "nice"):
            os.nice(5)
        threading.Thread(target=_listen, args=(control,), daemon=True).start()
    shown = _Lines() if options.json_lines else _Terminal()
    with shown:
        try:
            train_network(options.folder, settings_of(options), folders, shown.tell, control)
        except TrainingStopped:
            shown.tell(Stopped())
            return INTERRUPTED
        except TagwrightError as error:
            if options.json_lines:
                shown.tell(Failed(str(error)))
            raise
    return OK


def settings_of(options: argparse.Namespace) -> TrainingSettings:
    """The settings that the command line asks for."""
    values: dict[str, Any] = {
        "network": options.network,
        "name": options.name,
        "base": options.model,
        "batch": options.batch,
        "image_size": options.image_size,
        "seed": options.seed,
        "share": options.share,
    }
    if options.epochs is not None:
        values["epochs"] = options.epochs
    for name in ("flip", "rotation", "zoom"):
        values[name] = not options.no_augment and not getattr(options, f"no_{name}")
    if options.no_dropout:
        values["dropout"] = 0.0
    assert set(values) <= {field.name for field in fields(TrainingSettings)}
    return TrainingSettings(**values)


def _listen(control: Control) -> None:
    """Hear from the window: `stop`, `keep`, or that it is gone."""
    heard = b""
    # Not through `sys.stdin`, whose lock a thread that still waits would hold at the end.
    while more := os.read(0, 64):
        heard += more
        *lines, heard = heard.split(b"\n")
        if b"keep" in lines:
            control.keep = True
            control.stop()
        if b"stop" in lines:
            break
    control.keep = False
    control.stop()


class _Lines(nullcontext[None]):
    """A line of JSON for each event."""

    def tell(self, event: Event) -> None:
        print(to_line(event), flush=True)


class _Terminal:
    """Lines for people, and a bar where somebody looks on."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> None:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                TextColumn("{task.fields[words]}"),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                refresh_per_second=5,
                transient=True,
            )
            self._task = self._bar.add_task("", total=None, words="")
            self._bar.start()

    def __exit__(self, *exception: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def tell(self, event: Event) -> None:
        """Say what has happened, as far as it is worth a line."""
        handler: Callable[[Any], None] | None = getattr(
            self, f"_{type(event).__name__.lower()}", None
        )
        if handler is not None:
            handler(event)

    def _say(self, text: str) -> None:
        if self._bar is not None and sys.stdout.isatty():
            self._bar.console.print(text, markup=False, highlight=False, soft_wrap=True)
        else:
            print(text, flush=True)

    def _show(self, what: str, done: int, total: int, words: str = "") -> None:
        if self._bar is not None:
            self._bar.update(
                self._task, description=what, completed=done, total=total or None, words=words
            )

    def _started(self, event: Started) -> None:
        what = f"refined from {event.base}" if event.base else "a small network from scratch"
        self._say(
            f"{printable(event.name)}: {what}, {count(len(event.classes), 'class')[:-1]}"
            f"{'es' if len(event.classes) != 1 else 's'},"
            f" {count(event.training, 'photo')} to learn, {event.validation:,} to judge by"
            f" (seed {event.seed}, {event.device.upper()})"
        )

    def _working(self, event: Working) -> None:
        self._show(_WORK[event.work], event.done, event.total)

    def _skipped(self, event: Skipped) -> None:
        text = f"tagwright: {printable(event.path)}: {printable(event.reason)}"
        if self._bar is not None:
            self._bar.console.print(text, markup=False, highlight=False, soft_wrap=True)
        else:
            print(text, file=sys.stderr)

    def _examples(self, event: Examples) -> None:
        self._say(f"Augmented examples: {printable(event.path)}")

    def _batchdone(self, event: BatchDone) -> None:
        self._show(
            f"Round {event.epoch} of {event.epochs}, {_PHASES[event.phase]}",
            event.batch,
            event.batches,
            f"loss {event.loss:.3f}, {event.accuracy:.1%} right",
        )

    def _epochdone(self, event: EpochDone) -> None:
        self._say(
            f"  {_PHASES[event.phase]}, round {event.epoch:>3}:"
            f" training loss {event.loss:.3f}, {event.accuracy:6.1%} right;"
            f" validation loss {event.validation_loss:.3f}, {event.validation_accuracy:6.1%} right"
            f" ({event.seconds:.1f} s){' *' if event.best else ''}"
        )

    def _notice(self, event: Notice) -> None:
        self._say(printable(event.text))

    def _confusion(self, event: Confusion) -> None:
        names = list(event.classes)
        for line in confusion_lines(names, [list(row) for row in event.matrix]):
            self._say(line)

    def _checked(self, event: Checked) -> None:
        self._say("")
        self._say(f"  Checked on {count(event.photos, 'validation photo')}:")
        self._say(f"    as trained  {event.accuracy:6.1%} right")
        for form in event.forms:
            self._say(
                f"    {form.precision:<10}  {form.accuracy:6.1%} right, {form.size / 1e6:.1f} MB;"
                f" same answer for {form.agreement:.1%}, largest difference {form.difference:.3f}"
                f"{' (used)' if form.precision == event.kept else ''}"
            )

    def _finished(self, event: Finished) -> None:
        self._say("")
        self._say(
            f"{printable(event.name)}: {event.accuracy:.1%} of the validation photos are right,"
            f" after {event.seconds:.0f} s."
        )
        self._say(f"It is in the catalogue; use it with: tagwright tag FOLDER --model {event.id}")

    def _stopped(self, event: Stopped) -> None:
        print("Stopped; nothing was kept.", file=sys.stderr)
