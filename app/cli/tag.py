"""`tagwright tag`: tag photos without a window."""

from __future__ import annotations

import argparse
import json
import queue
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.cli.exit_codes import INTERRUPTED, OK, SOME_FAILED
from app.cli.progress import Progress, make_progress
from app.cli.setup import writing
from app.cli.text import certainty, count, printable
from app.core.cpu import usable_cores
from app.core.folders import Folders
from app.core.settings import TagSettings
from app.services.scan import count_photos
from app.services.setup import tagger as make_tagger
from app.services.tagging import Outcome
from app.vision.backends import GpuUse
from app.workers.looker import network_threads
from app.workers.pipeline import Pipeline


def run_tag(options: argparse.Namespace, folders: Folders) -> int:
    """Tag photos and say what became of each.

    Returns:
        The exit code.
    """
    settings = TagSettings(
        model=options.model,
        crops=options.crops,
        min_score=options.min_score,
        write=options.write,
        write_suggestions=options.write_suggestions,
        choice=options.choice,
        xp_keywords=options.xp_keywords,
        adobe_sidecars=options.adobe_sidecars,
        use_exiftool=options.use_exiftool,
        device=options.device,
    )
    tagger = make_tagger(folders, settings, options.rules)
    card = tagger.card
    cores = usable_cores()
    outcomes: queue.SimpleQueue[Outcome | None] = queue.SimpleQueue()
    notices: queue.SimpleQueue[str] = queue.SimpleQueue()
    with writing(folders, "tag", json.dumps(asdict(settings)), card.key) as (library, journal, run):
        pipeline = Pipeline(
            tagger,
            lambda: GpuUse(folders.cache).choose(
                card,
                settings.device,
                threads=network_threads(cores, settings.crops),
                notify=notices.put,
            ),
            folders.data,
            run,
            folders.thumbnails,
            decoders=cores,
            deliver=outcomes.put,
        )
        progress = make_progress(as_json=options.json)
        with progress, _terminate_like_ctrl_c(), _counting(options.paths, progress):
            stopped = _follow(pipeline, outcomes, progress, options)
        if not stopped:
            library.finish_run(run.id)
            journal.finish_run(run.key)
    if card.is_narrow and options.write != "none" and options.write_suggestions == "sure":
        print(
            f"tagwright: {card.id} knows only {count(card.classes, 'thing')} and takes every photo"
            " for one of them, so that it only suggests: a tag is written once you accept it",
            file=sys.stderr,
        )
    while not notices.empty():
        print(f"tagwright: {printable(notices.get())}", file=sys.stderr)
    print(progress.summary(stopped), file=sys.stderr)
    if stopped:
        return INTERRUPTED
    return SOME_FAILED if progress.failed else OK


def _follow(
    pipeline: Pipeline,
    outcomes: queue.SimpleQueue[Outcome | None],
    progress: Progress,
    options: argparse.Namespace,
) -> bool:
    """Print outcomes as they come.

    Returns:
        Whether somebody stopped it.
    """
    pipeline.start(options.paths)
    stopped = False
    try:
        for outcome in _until_end(outcomes):
            progress.add(outcome)
            _print(outcome, options.json, progress)
    except KeyboardInterrupt:
        stopped = True
    finally:
        # Whatever happens here, no thread is left behind in the middle of a photo.
        if stopped or sys.exc_info()[0] is not None:
            pipeline.cancel()
            with suppress(KeyboardInterrupt):
                pipeline.wait()
    if not stopped:
        pipeline.wait()
    return stopped


def _until_end(outcomes: queue.SimpleQueue[Outcome | None]) -> Iterator[Outcome]:
    while True:
        # Without a timeout, Windows would not let Ctrl-C through.
        with suppress(queue.Empty):
            outcome = outcomes.get(timeout=0.5)
            if outcome is None:
                return
            yield outcome


@contextmanager
def _terminate_like_ctrl_c() -> Iterator[None]:
    """Let `kill` and a system that shuts down stop the run as cleanly as Ctrl-C does."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _counting(paths: list[Path], progress: Progress) -> Iterator[None]:
    """Count the photos meanwhile, so that the time left can be told."""
    if not progress.is_bar:
        yield
        return
    ended = threading.Event()

    def count() -> None:
        total = count_photos(paths, ended.is_set)
        if not ended.is_set():
            progress.total = total

    thread = threading.Thread(target=count, name="counter", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _print(outcome: Outcome, as_json: bool, progress: Progress) -> None:
    if as_json:
        line = json.dumps(as_dict(outcome), ensure_ascii=False)
        if not line.isprintable():
            # Names that are not UTF-8 have no other way through a UTF-8 stream.
            line = json.dumps(as_dict(outcome))
        print(line, flush=True)
    elif outcome.status == "failed":
        progress.say(f"{printable(outcome.path)}: {printable(outcome.error)}")
    elif outcome.status == "tagged" or not progress.is_bar:
        progress.tell(f"{printable(outcome.path)}: {_tags(outcome)}")


def _tags(outcome: Outcome) -> str:
    """Written tags, then those that are only suggested."""
    written = [s for s in outcome.suggestions if s.tag in outcome.written]
    others = [s for s in outcome.suggestions if s.tag not in outcome.written]
    parts = [", ".join(f"{s.tag} {certainty(s.score)}" for s in written)] if written else []
    if others:
        parts.append(
            "only suggested: " + ", ".join(f"{s.tag} {certainty(s.score)}" for s in others)
        )
    return "; ".join(parts) or "no tags"


def as_dict(outcome: Outcome) -> dict[str, Any]:
    """What `--json` prints for a photo."""
    line: dict[str, Any] = {
        "path": str(outcome.path),
        "status": outcome.status,
        "tags": [
            {
                "tag": s.tag.name,
                "hierarchy": str(s.tag),
                "score": round(s.score, 4),
                "source": s.source,
                "written": s.tag in outcome.written,
            }
            for s in outcome.suggestions
        ],
    }
    if outcome.report is not None:
        line["written"] = {
            "target": outcome.report.target,
            "file": str(outcome.report.written_to),
            "fields": list(outcome.report.fields),
            "added": [str(tag) for tag in outcome.report.added],
            "removed": [str(tag) for tag in outcome.report.removed],
            "notes": list(outcome.report.notes),
        }
    if outcome.rejected:
        line["rejected"] = sorted(str(tag) for tag in outcome.rejected)
    if outcome.error is not None:
        line["error"] = outcome.error
    return line
