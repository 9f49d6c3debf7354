"""Photos that look like one, and near duplicates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.core.embedding import powered, unpowered
from app.library.library import Analysis, Library
from app.services import similar
from app.services.similar import near_duplicates, similar_to

MODEL = "net@1"
SIZE = 96


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "data") as opened:
        yield opened


def add(
    library: Library,
    name: str,
    embedding: np.ndarray | None,
    content: bytes = b"",
    pixels: tuple[int, int] | None = (400, 300),
) -> int:
    photo = library.save_photo(
        Path("/p") / name, size=1, mtime_ns=1, content_hash=content or name.encode(), pixels=pixels
    )
    if embedding is not None:
        run = library.start_run(MODEL, "{}")
        said = Analysis(powered(embedding), np.ones(1, np.float32), 1)
        library.save_analysis(photo, MODEL, said, run)
    return photo


def near(base: np.ndarray, cosine: float, seed: int) -> np.ndarray:
    """A vector that has this cosine with another one, and another length."""
    aside = np.random.default_rng(seed).standard_normal(len(base))
    aside -= (aside @ base) / (base @ base) * base
    aside *= np.linalg.norm(base) / np.linalg.norm(aside)
    return 3 * (cosine * base + np.sqrt(1 - cosine**2) * aside)


BASE = np.random.default_rng(0).random(SIZE)


def test_the_most_similar_come_first(library: Library) -> None:
    wanted = {c: add(library, f"{c}", near(BASE, c, int(c * 100))) for c in (0.5, 0.99, 0.9)}
    first = add(library, "first", BASE)
    copy = add(library, "copy", BASE)
    add(library, "not looked at", None)
    gone = add(library, "gone", BASE)
    library.mark_gone([gone])
    found = similar_to(library, first, MODEL)
    assert [photo for photo, _ in found] == [first, copy, wanted[0.99], wanted[0.9], wanted[0.5]]
    assert [cosine for _, cosine in found] == pytest.approx([1, 1, 0.99, 0.9, 0.5], abs=2e-3)
    assert similar_to(library, first, MODEL, limit=2) == found[:2]
    assert similar_to(library, gone, MODEL) == []
    assert similar_to(library, first, "another") == []
    assert similar_to(library, first, MODEL, stopped=lambda: True) == []


def test_near_duplicates_are_grouped(library: Library) -> None:
    first = add(library, "first", BASE)
    near_it = add(library, "near", near(BASE, 0.985, 1))
    add(library, "less near", near(BASE, 0.95, 2))
    add(library, "of another shape", near(BASE, 0.999, 3), pixels=(300, 400))
    third = np.random.default_rng(6).random(SIZE)
    known = add(library, "of known shape", third)
    unknown = add(library, "of unknown shape", near(third, 0.999, 4), pixels=None)
    other = np.random.default_rng(5).random(SIZE)
    one = add(library, "one", other, b"same bytes")
    two = add(library, "two", other, b"same bytes", pixels=None)
    pairs = [(first, near_it), (known, unknown), (one, two)]
    assert near_duplicates(library, MODEL, 0.97) == pairs
    assert near_duplicates(library, MODEL, 0.9999) == [(one, two)]
    assert near_duplicates(library, "another") == []


def test_a_series_is_not_one_group_because_each_is_near_the_next(library: Library) -> None:
    axis, aside = np.eye(SIZE)[0], np.eye(SIZE)[1]
    turned = [np.cos(a) * axis + np.sin(a) * aside for a in np.arange(9) * 0.2]
    photos = [add(library, f"{i}", each) for i, each in enumerate(turned)]
    groups = near_duplicates(library, MODEL, 0.975)  # two steps of 0.2 are too far
    assert max(map(len, groups)) == 3
    cosines = {(a, b): np.cos((a - b) * 0.2) for a in range(9) for b in range(9)}
    for group in groups:
        places = [photos.index(photo) for photo in group]
        assert any(all(cosines[a, b] >= 0.975 for b in places) for a in places)


@pytest.mark.parametrize("dense", [10**9, 0])
def test_every_pair_is_found_among_many(
    library: Library, dense: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Against all cosines, in more than one block and with more values than axes are kept."""
    monkeypatch.setattr(similar, "_DENSE", dense)
    random = np.random.default_rng(7)
    rows = random.random((5000, SIZE)).astype(np.float32)
    twins = random.choice(4000, 200, replace=False)
    rows[4000:4200] = [near(rows[i], 0.97 + 0.0299 * random.random(), int(i)) for i in twins]
    file = library.embedding_file(MODEL, SIZE)
    run = library.start_run(MODEL, "{}")
    with library.transaction():
        library._execute("INSERT INTO embedding_file VALUES (?, ?, ?)", (MODEL, SIZE, len(rows)))
        for i, row in enumerate(rows):
            file.write(i, powered(row))
            photo = add(library, f"{i}", None)
            library._execute(
                "INSERT INTO analysis VALUES (?, ?, 1, ?, x'', x'', ?)", (photo, MODEL, i, run)
            )
    shares: list[float] = []
    groups = near_duplicates(library, MODEL, 0.965, progress=shares.append)
    unit = unpowered(powered(rows).astype(np.float16))
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    cosines = unit @ unit.T
    expected = {tuple(p) for p in np.argwhere(np.triu(cosines >= 0.965, 1)).tolist()}
    assert len(expected) >= 200
    ids = {photo.id: int(photo.path.name) for photo in library.photos()}
    got = [tuple(sorted(ids[photo] for photo in group)) for group in groups]
    assert {pair for pair in got if len(pair) == 2} <= expected
    assert {i for pair in expected for i in pair} == {i for group in got for i in group}
    assert shares == sorted(shares) and shares[-1] == pytest.approx(1)
    assert near_duplicates(library, MODEL, 0.965, stopped=lambda: True) == []
