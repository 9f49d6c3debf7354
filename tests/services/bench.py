"""The steps of tagging on real files and a real library, with given answers of the network."""

from __future__ import annotations

import subprocess
from contextlib import nullcontext
from pathlib import Path

import numpy as np
from PIL import Image

from app.core.change import Origin
from app.core.paths import data_path
from app.core.rules import Label, Labeller, Rule, RuleSet
from app.core.settings import TagSettings
from app.core.tag import Tag
from app.library.library import Library, Verdict
from app.metadata.reader import read_tags
from app.metadata.storage.journal import Journal
from app.services.recording import Learned, Recorder
from app.services.saving import Run
from app.services.tagging import Failed, Looked, Outcome, Prepared, Tagger, Task
from app.vision.catalogue import Catalogue, ModelCard
from app.vision.embedder import Prediction
from tests.conftest import needs

ANIMAL, BIRD = Tag(("Animal",)), Tag(("Animal", "Bird"))
RULES = RuleSet(
    {
        "red": Rule("Cat", categories=(ANIMAL,)),
        "green": Rule("Bird", categories=(ANIMAL,)),
        "blue": Rule("Robin", categories=(BIRD,)),
    }
)
CARD = Catalogue([data_path("models")]).get("efficientnet-lite0")
COLOURS = {"red": (200, 0, 0), "blue": (0, 0, 200), "grey": (90, 90, 90)}


class Colours:
    """A network that sees how red, green and blue a photo is."""

    card: ModelCard = CARD
    batch_size = 1

    def embed(self, crops: np.ndarray) -> Prediction:
        mean = crops.mean(axis=(1, 2))
        scores = np.zeros((len(crops), CARD.classes), np.float32)
        scores[:, :3] = mean / max(1.0, float(mean.sum(axis=1).max()))
        # A blue picture is a robin and a bird.
        scores[:, 1] = np.maximum(scores[:, 1], scores[:, 2] * 0.6)
        embeddings = np.full((len(crops), CARD.embedding_size), 0.01, np.float32)
        embeddings[:, :3] += mean
        return Prediction(embeddings, scores)


class Bench:
    """Runs photos through the steps, as the pipeline does, and counts looks at pictures."""

    def __init__(self, home: Path) -> None:
        self.library = Library(home)
        self.journal = Journal(home / "journal.db")
        self.looks = 0
        #: What was learned says this about every photo.
        self.learned: Learned = lambda *_: None

    def close(self) -> None:
        self.library.close()
        self.journal.close()

    def steps(self, **settings: object) -> tuple[Tagger, Recorder]:
        """The steps of one run."""
        chosen = TagSettings(**{"min_score": 0.3, "crops": 1, "model": CARD.id, **settings})  # type: ignore[arg-type]
        names = ["red", "green", "blue", *(f"class {n}" for n in range(3, CARD.classes))]
        labeller = Labeller(RULES, [Label(name) for name in names])
        tagger = Tagger(chosen, CARD, labeller, "1")
        key = self.journal.start_run("tag")
        run = Run(self.library.start_run(CARD.key, "{}", key), key)
        return tagger, Recorder(tagger, self.library, self.journal, run, self.learned)

    def tag(self, path: Path, **settings: object) -> Outcome:
        tagger, recorder = self.steps(**settings)
        step: Outcome | Looked | Task | Failed | Prepared = tagger.plan(path, self.library)
        if isinstance(step, Task):
            step = tagger.prepare(step, self.library, lambda size: nullcontext())
        if isinstance(step, Prepared):
            self.looks += 1
            (step,) = tagger.look([step], Colours())
        if isinstance(step, Failed):
            return recorder.record_failure(step)[0]
        return step if isinstance(step, Outcome) else recorder.record(step)[1]


def picture(path: Path, colour: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", (320, 300), COLOURS[colour]).save(path)
    return path


def tags(path: Path) -> set[str]:
    return {str(tag) for tag in read_tags(path).tags}


def without_tags(path: Path) -> None:
    """Save a photo as a program does that drops its metadata."""
    image = Image.open(path).copy()
    image.save(path, quality=95)


def decided(bench: Bench, photo: Path, verdict: Verdict, **kind: bool) -> set[str]:
    """The tags of a photo with a verdict, as the library has them."""
    known = bench.library.by_path(photo)
    assert known is not None
    return {str(tag) for tag in bench.library.decided(known.id, verdict, **kind)}


def written(bench: Bench, photo: Path) -> set[str]:
    """The tags of a photo that the library takes for ours."""
    known = bench.library.by_path(photo)
    assert known is not None
    return {str(tag) for tag in bench.library.written(known.id)}


def records(path: Path) -> dict[str, Origin]:
    """What a photo itself says of the tags that are ours."""
    return {str(record.tag): record.origin for record in read_tags(path).records}


def run_program(*arguments: str | Path) -> None:
    """Let another program do something, which must succeed."""
    subprocess.run([*map(str, arguments)], check=True, capture_output=True, timeout=60)


def exiftool_adds(path: Path, *keywords: str) -> None:
    """Add keywords as photo managers do, in XMP and IPTC."""
    needs("exiftool")
    added = [f"-{field}+={k}" for k in keywords for field in ("XMP-dc:Subject", "IPTC:Keywords")]
    run_program("exiftool", "-q", "-overwrite_original", *added, path)


def exiftool_takes_out(path: Path, tag: str) -> None:
    """Take out a tag from all the usual fields."""
    needs("exiftool")
    name = tag.rpartition("/")[2]
    gone = (
        f"-XMP-dc:Subject-={name}",
        f"-XMP-lr:HierarchicalSubject-={tag.replace('/', '|')}",
        f"-XMP-digiKam:TagsList-={tag}",
        f"-IPTC:Keywords-={name}",
    )
    sidecar = path.suffix == ".xmp"
    windows = () if sidecar else ("-EXIF:XPKeywords=",)
    gone = gone[:3] if sidecar else gone
    run_program("exiftool", "-q", "-overwrite_original", *gone, *windows, path)
