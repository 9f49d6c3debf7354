"""The pipeline as a whole: it ends, whatever happens in it, and leaves no thread behind."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.core.embedding import powered
from app.core.errors import LibraryError, ModelError
from app.core.paths import data_path
from app.core.rules import Labeller, RuleSet
from app.core.settings import TagSettings
from app.library.library import DATABASE, Library
from app.library.thumbnails import ThumbnailCache
from app.services.features import load_crops
from app.services.saving import Run
from app.services.tagging import Outcome, Tagger
from app.vision.catalogue import Catalogue
from app.vision.embedder import Embedder
from app.vision.litert import LiteRTEmbedder
from app.workers.pipeline import Pipeline

CARD = Catalogue([data_path("models")]).get("efficientnet-lite0")


class Runner:
    """Makes pipelines over one folder of photos, and waits for them with a limit."""

    def __init__(self, base: Path, count: int = 30) -> None:
        self.photos = base / "photos"
        self.photos.mkdir()
        for n in range(count):
            Image.new("RGB", (320, 300), (n, 2 * n, 3 * n)).save(self.photos / f"{n:02}.jpg")
        self.data, self.thumbnails = base / "data", base / "thumbnails.db"
        self.outcomes: queue.SimpleQueue[Outcome | None] = queue.SimpleQueue()

    def pipeline(
        self,
        make_embedder: Callable[[], Embedder] = lambda: LiteRTEmbedder(CARD, threads=1),
        deliver: Callable[[Outcome | None], None] | None = None,
    ) -> Pipeline:
        settings = TagSettings(model=CARD.id, crops=1)
        tagger = Tagger(settings, CARD, Labeller(RuleSet(), CARD.labels()), "1")
        with Library(self.data) as library:
            run = Run(library.start_run(CARD.key, "{}"), "")
        return Pipeline(
            tagger, make_embedder, self.data, run, self.thumbnails,
            decoders=2, deliver=deliver or self.outcomes.put,
        )  # fmt: skip

    def end(self, pipeline: Pipeline) -> BaseException | None:
        """What it raised. Fails if it does not end."""
        raised: list[BaseException] = []

        def wait() -> None:
            try:
                pipeline.wait()
            except Exception as error:  # noqa: BLE001 (looked at by the tests)
                raised.append(error)

        thread = threading.Thread(target=wait, daemon=True)
        thread.start()
        thread.join(30)
        assert not thread.is_alive(), "the pipeline does not end"
        return raised[0] if raised else None

    def delivered(self) -> list[Outcome]:
        """All outcomes up to the end, which must have been said."""
        found = []
        while (outcome := self.outcomes.get(timeout=5)) is not None:
            found.append(outcome)
        return found


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def test_every_photo_comes_out_once_and_then_the_end(runner: Runner) -> None:
    pipeline = runner.pipeline()
    pipeline.start([runner.photos])
    assert runner.end(pipeline) is None
    names = sorted(outcome.path.name for outcome in runner.delivered())
    assert names == [f"{n:02}.jpg" for n in range(30)]


def test_thumbnails_are_kept(runner: Runner) -> None:
    pipeline = runner.pipeline()
    pipeline.start([runner.photos])
    runner.end(pipeline)
    cache = ThumbnailCache(runner.thumbnails)
    with Library(runner.data) as library:
        photo = library.by_path(runner.photos / "07.jpg")
    assert photo is not None
    assert (cache.get(photo.id) or b"").startswith(b"\xff\xd8")
    cache.close()


def test_a_cancelled_pipeline_ends_with_its_queues_full(runner: Runner) -> None:
    going, seen = threading.Event(), threading.Event()

    def slow(outcome: Outcome | None) -> None:
        seen.set()
        if outcome is not None:
            going.wait(10)

    pipeline = runner.pipeline(deliver=slow)
    pipeline.start([runner.photos])
    assert seen.wait(20)
    time.sleep(0.5)  # everything behind the first outcome has piled up
    pipeline.cancel()
    going.set()
    assert runner.end(pipeline) is None


def test_a_network_that_cannot_be_loaded_stops_it(runner: Runner) -> None:
    def broken() -> Embedder:
        raise ModelError("net", "is broken")

    pipeline = runner.pipeline(broken)
    pipeline.start([runner.photos])
    assert isinstance(runner.end(pipeline), ModelError)
    runner.delivered()


def test_a_network_that_fails_at_one_photo_goes_on(runner: Runner) -> None:
    class Flaky(LiteRTEmbedder):
        calls = 0

        def embed(self, crops):  # type: ignore[no-untyped-def]
            self.calls += 1
            if self.calls == 3:
                raise RuntimeError("out of luck")
            return super().embed(crops)

    pipeline = runner.pipeline(lambda: Flaky(CARD, threads=1))
    pipeline.start([runner.photos])
    assert runner.end(pipeline) is None
    failed = [outcome for outcome in runner.delivered() if outcome.status == "failed"]
    assert len(failed) == 1
    assert "out of luck" in (failed[0].error or "")


class Batches(LiteRTEmbedder):
    """A network that takes many photos at once, and takes its time at the first."""

    batch_size = 8

    def __init__(self) -> None:
        super().__init__(CARD, threads=1)
        self.sizes: list[int] = []

    def embed(self, crops):  # type: ignore[no-untyped-def]
        if not self.sizes:
            time.sleep(0.5)
        self.sizes.append(len(crops))
        return super().embed(crops)


def test_a_network_that_gains_by_many_photos_gets_all_that_wait(runner: Runner) -> None:
    network = Batches()
    pipeline = runner.pipeline(lambda: network)
    pipeline.start([runner.photos])
    assert runner.end(pipeline) is None

    assert len(runner.delivered()) == sum(network.sizes) == 30
    assert 1 < max(network.sizes) <= 8
    with Library(runner.data) as library:
        for n in (0, 7, 29):  # each photo has its own answer
            path = runner.photos / f"{n:02}.jpg"
            photo = library.by_path(path)
            assert photo is not None
            kept = library.analysis(photo.id, CARD.key, 1, CARD.classes)
            assert kept is not None
            own = LiteRTEmbedder(CARD, threads=1).embed(load_crops(path, CARD, 1)).embeddings[0]
            np.testing.assert_allclose(kept.embedding, powered(own), atol=0.01)


def test_one_photo_that_fails_in_a_batch_fails_alone(runner: Runner) -> None:
    class Flaky(Batches):
        def embed(self, crops):  # type: ignore[no-untyped-def]
            prediction = super().embed(crops)
            # The photo of n = 10 is 20 in the mean, those beside it 18 and 22.
            if (abs(crops.mean(axis=(1, 2, 3)) - 20) < 1).any():
                raise RuntimeError("out of luck")
            return prediction

    pipeline = runner.pipeline(Flaky)
    pipeline.start([runner.photos])
    assert runner.end(pipeline) is None
    outcomes = runner.delivered()
    assert len(outcomes) == 30
    assert [o.path.name for o in outcomes if o.status == "failed"] == ["10.jpg"]


def test_a_library_that_breaks_stops_it_with_one_error(runner: Runner) -> None:
    pipeline = runner.pipeline()
    with open(runner.data / DATABASE, "r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * 200_000)
    for journal in runner.data.glob(f"{DATABASE}-*"):
        journal.unlink()
    pipeline.start([runner.photos])
    assert isinstance(runner.end(pipeline), LibraryError)
    runner.delivered()


def test_a_damaged_thumbnail_cache_does_no_harm(runner: Runner) -> None:
    ThumbnailCache(runner.thumbnails).close()
    content = bytearray(runner.thumbnails.read_bytes())
    content[100:] = b"\xa5" * (len(content) - 100)
    runner.thumbnails.write_bytes(content)
    pipeline = runner.pipeline()
    pipeline.start([runner.photos])
    assert runner.end(pipeline) is None
    assert len(runner.delivered()) == 30


def test_a_fault_in_who_is_told_stops_it(runner: Runner) -> None:
    def faulty(outcome: Outcome | None) -> None:
        if outcome is not None:
            raise RuntimeError("nobody listens")

    pipeline = runner.pipeline(deliver=faulty)
    pipeline.start([runner.photos])
    assert isinstance(runner.end(pipeline), RuntimeError)
