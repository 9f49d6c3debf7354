"""A library of photos made of numbers, and what it learns."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.core.confidence import AS_SAID
from app.core.rules import Label, Labeller, RuleSet
from app.core.tag import Suggestion, Tag
from app.library.learned import example_count
from app.library.library import Analysis, Library
from app.services.teaching import Teaching

MODEL, SIZE, KINDS, EACH = "net@1", 64, 6, 40
#: What the network knows by itself.
LABELS = ("tripod", "vase")


class Bench:
    """A library with photos of some kinds; photo n is of the kind n % KINDS."""

    def __init__(self, folder: Path) -> None:
        self.library = Library(folder)
        self.confidence = AS_SAID
        self.random = np.random.default_rng(0)
        self.middles = np.abs(self.random.standard_normal((KINDS, SIZE)))
        self.run = self.library.start_run(MODEL, "{}")
        self.photos = [self.add(n % KINDS) for n in range(KINDS * EACH)]
        self.teaching = self.new()

    def new(self) -> Teaching:
        labels = [Label(name) for name in LABELS]
        labeller = Labeller(RuleSet(), labels, self.confidence)
        return Teaching(self.library.folder / "heads", MODEL, SIZE, labeller, 1, len(labels))

    def add(self, kind: int, **said: float) -> int:
        """One more photo, of which the network says some of its labels."""
        number = self.library.counts()["photo"]
        photo = self.library.save_photo(
            Path(f"/photos/{number}.jpg"), size=1, mtime_ns=1, content_hash=bytes([number % 256])
        )
        shown = np.abs(self.middles[kind] + 0.2 * self.random.standard_normal(SIZE))
        scores = np.array([said.get(name, 0) for name in LABELS], np.float32)
        self.library.save_analysis(photo, MODEL, Analysis(shown, scores, 1), self.run)
        self.library.refresh(photo)
        return photo

    def of(self, kind: int) -> list[int]:
        return self.photos[kind::KINDS]

    def suggested(self, *offers: tuple[int, Tag, float]) -> None:
        by_photo: dict[int, list[Suggestion]] = {}
        for photo, tag, score in offers:
            by_photo.setdefault(photo, []).append(Suggestion(tag, score, "net", 4))
        for photo, suggestions in by_photo.items():
            self.library.save_suggestions(photo, MODEL, suggestions, self.run)

    def learn(self, changed: set[Tag] | None = None, photos: list[int] | None = None) -> set[int]:
        """Take decisions in and suggest what follows."""
        teaching, library = self.teaching, self.library
        changed = set(changed or ()) | teaching.take(library, photos or self.photos)
        if teaching.needs_settling(library):
            changed |= teaching.settle(library)
        touched: set[int] = set()
        for tag, doubted in teaching.doubted(library):
            touched |= library.save_doubted(MODEL, tag, doubted)
        found = teaching.rescore(library, changed, lambda: False)
        assert found is not None
        return touched | library.save_learned(MODEL, found)

    def learned(self) -> dict[int, list[Suggestion]]:
        return {
            photo: sorted(
                (s for s in self.library.suggestions(photo) if example_count(s.source)),
                key=lambda s: s.tag,
            )
            for photo in self.photos
        }
