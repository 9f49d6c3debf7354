"""How near tagging comes to what the machine can do, and how far ahead of the usual way.

    python -m tests.benchmarks.pipeline [FOLDER] [--repeat N] [--no-peers]

prints one JSON object. In one run on the same files:

- the cost of decoding alone (a file in memory to crops and thumbnail) and of inference alone, on
  one thread; the limit they imply is cores / (decoding + inference): nothing else would cost
  anything, and the cores would be busy all the time;
- what a bare loop of decoder threads and one network thread reaches, with the files in memory and
  nothing else to do;
- what the whole pipeline reaches with a fresh library and its default settings: finding,
  reading, hashing, decoding, inference, rules, library, thumbnail cache, tags written and synced;
- the usual way: Pillow decodes the whole photo, Keras `predict` photo by photo; and the same
  through LiteRT. Random weights cost the same as trained ones.

FOLDER's photos are copied `--repeat` times, each copy with a comment of its own in its header, so
that no copy is recognised as known.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from app.core.cpu import usable_cores
from app.core.paths import data_path
from app.core.rules import Labeller
from app.core.settings import TagSettings
from app.library.library import Library
from app.metadata.storage.journal import DATABASE as JOURNAL
from app.metadata.storage.journal import Journal
from app.services.rules_file import load_rules
from app.services.saving import Run
from app.services.tagging import Outcome, Tagger, decode_view
from app.vision.catalogue import Catalogue
from app.vision.litert import LiteRTEmbedder
from app.workers.looker import network_threads
from app.workers.pipeline import Pipeline
from tests.benchmarks.machine import lent_data, machine

PEERS = ("MobileNetV2", "NASNetMobile", "InceptionV3")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=lent_data("camera"))
    parser.add_argument("--repeat", type=int, default=8, help="copies of each photo")
    parser.add_argument("--rounds", type=int, default=5, help="the median round is quoted")
    parser.add_argument("--crops", type=int, choices=(1, 3), default=TagSettings().crops)
    parser.add_argument("--model", default=TagSettings().model)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--work", type=Path, help="where the copies are made; same disk matters")
    options = parser.parse_args()
    settings = TagSettings(model=options.model, crops=options.crops)
    photos = sorted(p for p in options.folder.iterdir() if p.suffix.lower() in (".jpg", ".jpeg"))
    cores = usable_cores()
    rounds = []
    for _ in range(options.rounds):
        before = costs(photos, settings)
        with tempfile.TemporaryDirectory(dir=options.work) as work:
            reached = run_pipeline(photos, options.repeat, settings, Path(work))
        bare = bare_loop(photos, options.repeat, settings)
        # The machine's speed drifts, so the costs are taken before and after.
        after = costs(photos, settings)
        alone = {key: (before[key] + after[key]) / 2 for key in before}
        limit = cores * 1000 / (alone["decode_ms"] + alone["inference_ms"])
        rounds.append(
            {
                **alone,
                "limit_images_per_s": limit,
                **reached,
                "ratio": reached["images_per_s"] / limit,
                "bare_loop_ratio": bare / limit,
            }
        )
    rounds.sort(key=lambda one: one["ratio"])
    chosen = rounds[len(rounds) // 2]
    result: dict[str, Any] = {
        "machine": machine(),
        "model": settings.model,
        "crops": settings.crops,
        **{key: round(value, 3) for key, value in chosen.items()},
        "ratios": [round(one["ratio"], 3) for one in rounds],
    }
    if not options.no_peers:
        result["peers"] = peers(photos, chosen["images_per_s"])
    print(json.dumps(result, indent=2))


def bare_loop(photos: list[Path], repeat: int, settings: TagSettings) -> float:
    """Photos a second of decoding on all cores and inference on one more thread, and no more."""
    card = Catalogue([data_path("models")]).get(settings.model)
    contents = [(path, path.read_bytes()) for path in photos] * repeat
    embedder = LiteRTEmbedder(card, threads=network_threads(usable_cores(), settings.crops))
    work, lock = iter(contents), threading.Lock()
    decoded: queue.Queue[np.ndarray | None] = queue.Queue(4)

    def decoding() -> None:
        while True:
            with lock:
                following = next(work, None)
            if following is None:
                decoded.put(None)
                return
            decoded.put(decode_view(*following, card, settings.crops).crops)

    threads = [threading.Thread(target=decoding, daemon=True) for _ in range(usable_cores())]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    ended = 0
    while ended < len(threads):
        crops = decoded.get()
        if crops is None:
            ended += 1
        else:
            embedder.embed(crops)
    return len(contents) / (time.perf_counter() - started)


def costs(photos: list[Path], settings: TagSettings) -> dict[str, float]:
    """Milliseconds per photo on one thread, of decoding and of inference."""
    card = Catalogue([data_path("models")]).get(settings.model)
    embedder = LiteRTEmbedder(card, threads=1)
    contents = [(path, path.read_bytes()) for path in photos]

    def decode_all() -> list[np.ndarray]:
        views = [decode_view(path, content, card, settings.crops) for path, content in contents]
        return [view.crops for view in views]

    crops = decode_all()
    for batch in {len(c): c for c in crops}.values():
        embedder.embed(batch)
    decoding = timed(decode_all)
    inference = timed(lambda: [embedder.embed(batch) for batch in crops])
    scale = 1000 / len(photos)
    return {"decode_ms": decoding * scale, "inference_ms": inference * scale}


def timed(work: Callable[[], object], times: int = 3) -> float:
    """The median of some runs, in seconds."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def run_pipeline(
    photos: list[Path], repeat: int, settings: TagSettings, work: Path
) -> dict[str, float]:
    """Photos a second from an empty library to the last written tag, loading the network too."""
    folder = work / "photos"
    folder.mkdir()
    for n in range(repeat):
        for path in photos:
            (folder / f"{n:03} {path.name}").write_bytes(marked(path.read_bytes(), n))
    card = Catalogue([data_path("models")]).get(settings.model)
    labeller = Labeller(load_rules(data_path("rules.yml")), card.labels(), card.confidence)
    tagger = Tagger(settings, card, labeller, "benchmark")
    outcomes: queue.SimpleQueue[Outcome | None] = queue.SimpleQueue()
    cores = usable_cores()
    with Library(work / "data") as library, Journal(work / "data" / JOURNAL) as journal:
        key = journal.start_run("tag")
        run = Run(library.start_run(card.key, "{}", key), key)
    pipeline = Pipeline(
        tagger,
        lambda: LiteRTEmbedder(card, threads=network_threads(cores, settings.crops)),
        work / "data",
        run,
        work / "thumbnails.db",
        decoders=cores,
        deliver=outcomes.put,
    )
    os.sync()  # or the copies made above would be written to the disk meanwhile
    started = time.perf_counter()
    pipeline.start([folder])
    pipeline.wait()
    taken = time.perf_counter() - started
    done = list(iter(outcomes.get, None))
    if len(done) != repeat * len(photos) or any(o.status != "tagged" for o in done):
        raise SystemExit("the pipeline did not tag every photo")
    written = sum(o.report is not None and o.report.target == "embedded" for o in done)
    return {"images_per_s": len(done) / taken, "images": len(done), "images_written": written}


def marked(content: bytes, number: int) -> bytes:
    """A JPEG with a comment segment of its own behind the first marker."""
    comment = f"copy {number}".encode()
    return content[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + content[2:]


def peers(photos: list[Path], ours: float) -> dict[str, Any]:
    """The usual way with other networks, each in a process of its own."""
    found = {}
    for name in PEERS:
        for runtime in ("keras", "litert"):
            command = [sys.executable, "-m", "tests.benchmarks.peer", name, runtime]
            process = subprocess.run(
                [*command, *map(str, photos)], capture_output=True, text=True, check=False
            )
            if process.returncode:
                raise SystemExit(f"{' '.join(command)} failed:\n{process.stderr[-2000:]}")
            rate = json.loads(process.stdout.splitlines()[-1])["images_per_s"]
            found[f"{name} {runtime}"] = {
                "images_per_s": round(rate, 2),
                "ours_is_faster_by": round(ours / rate, 2),
            }
    return found


if __name__ == "__main__":
    main()
