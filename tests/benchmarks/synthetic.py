"""A library as it might be after years of use, made in seconds: all but the photos.

python -m tests.benchmarks.synthetic FOLDER --photos 100000
"""

from __future__ import annotations

import argparse
import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.embedding import powered
from app.core.photo import State
from app.core.tag import Tag
from app.library.library import DATABASE, Library

#: The key of the network that is said to have looked at the photos.
MODEL = "synthetic@1"
FOLDERS = 2_000
CAMERAS = (
    "Canon EOS 80D", "NIKON D750", "SONY ILCE-7M3", "Apple iPhone 12", "Apple iPhone 15 Pro",
    "FUJIFILM X-T4", "Panasonic DMC-FZ20", "samsung SM-G935L", "OLYMPUS E-M5", "Google Pixel 6 Pro",
)  # fmt: skip
_TOPS = {
    "Animal": "Cat Dog Bird Horse Fox Hare Heron Frog Spider Butterfly Cow Duck Owl Deer Bee",
    "Food": "Bread Coffee Cake Soup Pizza Cheese Apple Wine Noodles Salad Rice Egg Fish Tea Plum",
    "Nature": "Forest Lake Beach Mountain River Snow Meadow Sky Sunset Rock Waterfall Cave Dune",
    "Place": "Berlin Kyoto Lisboa Paris Wien Oslo Roma Praha Zürich Kraków Bergen Nara Porto Graz",
    "Plant": "Rose Tulip Oak Daisy Moss Fern Lily Cactus Birch Poppy Thistle Ivy Clover Orchid",
    "Vehicle": "Bicycle Car Train Tram Boat Plane Bus Motorcycle Tractor Ferry Lorry Scooter Van",
    "People": "Anna Ben Chloé Dagmar Emil Frieda Günther Hana İlker Jürgen Kenji Lena Mateo Noor",
}
_STATES = (State.WAITING, State.FAILED, State.SUGGESTED, State.CONFIRMED, State.UNTAGGED)
_SHARES = (0.05, 0.005, 0.55, 0.30, 0.095)


def make_library(
    folder: Path, photos: int, tags: int = 500, seed: int = 0, *, embedding_size: int = 0
) -> None:
    """Fill a new library.

    The tags follow Zipf's law: `Animal/Cat` is on some 8 % of the photos, `Animal/Dog` on 5 %.
    The first folders are the fullest. What `Library.refresh` would work out is right already.

    Args:
        folder: of the library.
        photos: how many.
        tags: how many different ones, at most.
        seed: the same one gives the same library.
        embedding_size: makes random embeddings of so many values for `MODEL`, if it is not 0.
    """
    with Library(folder) as library:
        run = library.start_run(MODEL, "{}", "synthetic")
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous=OFF")
        database.execute("PRAGMA cache_size=-200000")
        database.execute("BEGIN")
        _fill(database, photos, _tags(tags), np.random.default_rng(seed), run)
        if embedding_size:
            database.execute(
                "INSERT INTO embedding_file VALUES (?, ?, ?)", (MODEL, embedding_size, photos)
            )
        database.execute("COMMIT")
    if embedding_size:
        with Library(folder) as library:
            path = library.embedding_file(MODEL, embedding_size).path
        _embeddings(path, photos, embedding_size, np.random.default_rng(seed + 1))


def _tags(count: int) -> list[Tag]:
    """`Animal/Cat` and `Animal/Dog` first, then others, some of three levels."""
    tops = [(top, names.split()) for top, names in _TOPS.items()]
    tags = [Tag(("Animal", "Cat")), Tag(("Animal", "Dog"))]
    depth = max(len(names) for _, names in tops)
    tags += [Tag((top, names[i])) for i in range(depth) for top, names in tops if i < len(names)]
    tags += [Tag((*tag.path, f"{tag.name} {n}")) for n in range(1, 100) for tag in tags[2:90]]
    return list(dict.fromkeys(tags))[:count]


def _fill(
    database: sqlite3.Connection,
    photos: int,
    tags: Sequence[Tag],
    random: np.random.Generator,
    run: int,
) -> None:
    database.executemany(
        "INSERT INTO tag (id, path, key) VALUES (?, ?, ?)",
        ((i + 1, str(tag), "/".join(tag.key)) for i, tag in enumerate(tags)),
    )
    share = 1 / (np.arange(len(tags)) + 2.0) ** 0.9
    share /= share.sum()
    states = random.choice(_STATES, size=photos, p=_SHARES)
    confirmed = (states == State.CONFIRMED) | (
        (states == State.SUGGESTED) & (random.random(photos) < 0.4)
    )
    decided = _pairs(random, np.flatnonzero(confirmed), share, (0.45, 0.3, 0.15, 0.1))
    refused = _pairs(
        random, np.flatnonzero((states != State.WAITING) & (random.random(photos) < 0.15)), share
    )
    refused = np.setdiff1d(refused, decided, assume_unique=True)
    closed = np.concatenate((decided, refused))
    offered = _pairs(
        random, np.flatnonzero(states == State.SUGGESTED), share, (0.5, 0.3, 0.15, 0.05)
    )
    offered = np.setdiff1d(offered, closed, assume_unique=True)
    scores = np.round(random.beta(3, 2, len(offered)), 4).clip(0.05, 0.999)
    width = len(tags)
    certainty = np.full(photos, np.nan)
    np.fmax.at(certainty, offered // width, scores)
    # One of which every suggestion was refused has none open any more.
    lonely = (states == State.SUGGESTED) & np.isnan(certainty)
    has_tag = np.zeros(photos, bool)
    has_tag[decided // width] = True
    states = np.where(lonely, np.where(has_tag, State.CONFIRMED, State.UNTAGGED), states)
    database.executemany(
        "INSERT INTO photo (id, path, folder, size, mtime_ns, content_hash, width, height, applied,"
        " error, beside, taken, camera, rating, state, certainty)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        _photo_rows(random, states, certainty),
    )
    found = random.random(len(decided)) < 0.3
    for pairs, verdict, origins in (
        (decided, "confirmed", found),
        (refused, "rejected", np.zeros(len(refused), bool)),
    ):
        database.executemany(
            "INSERT INTO decision (photo_id, tag_id, verdict, found_in_file) VALUES (?,?,?,?)",
            (
                (pair // width + 1, pair % width + 1, verdict, origin)
                for pair, origin in zip(pairs.tolist(), origins.astype(int).tolist(), strict=True)
            ),
        )
    # Of what was accepted the suggestion is kept, too.
    accepted = decided[random.random(len(decided)) < 0.5]
    both = np.concatenate((offered, accepted))
    order = np.argsort(both)
    sure = np.concatenate((scores, np.full(len(accepted), 0.9)))
    database.executemany(
        "INSERT INTO suggestion (photo_id, tag_id, source, score, priority, model, run_id)"
        f" VALUES (?, ?, 'synthetic', ?, 0, '{MODEL}', {run})",
        (
            (pair // width + 1, pair % width + 1, score)
            for pair, score in zip(both[order].tolist(), sure[order].tolist(), strict=True)
        ),
    )
    database.executemany(
        f"INSERT INTO written VALUES (?, ?, 'embedded', {run})",
        ((pair // width + 1, pair % width + 1) for pair in decided[~found].tolist()),
    )
    looked = np.flatnonzero((states != State.WAITING) & (states != State.FAILED)).tolist()
    database.executemany(
        f"INSERT INTO analysis VALUES (?, '{MODEL}', 1, ?, x'0100', x'0000803f', {run})",
        ((photo + 1, photo) for photo in looked),
    )


def _pairs(
    random: np.random.Generator,
    photos: NDArray[np.int64],
    share: NDArray[np.float64],
    counts: Sequence[float] = (1.0,),
) -> NDArray[np.int64]:
    """Photos with their tags, each pair as one number, sorted; `counts` says how many tags."""
    many = random.choice(len(counts), size=len(photos), p=counts) + 1
    owners = np.repeat(photos, many)
    return np.unique(owners * len(share) + random.choice(len(share), size=len(owners), p=share))


def _photo_rows(
    random: np.random.Generator, states: NDArray[np.int64], certainty: NDArray[np.float64]
) -> Iterable[tuple[object, ...]]:
    photos = len(states)
    order = np.sort((random.beta(1, 2, photos) * FOLDERS).astype(int))
    begin = datetime(2004, 1, 1)
    folders, names = [], []
    for number in range(FOLDERS):
        day = begin + timedelta(days=number * 4)
        place = list(_TOPS["Place"].split())[number % 14]
        folders.append(f"/home/anna/Pictures/{day:%Y}/{day:%Y-%m-%d} {place}")
        names.append(day)
    cameras = random.choice(len(CAMERAS), size=photos, p=_falling(len(CAMERAS))).tolist()
    seconds = random.integers(6 * 3600, 22 * 3600, photos).tolist()
    sizes = random.integers(800_000, 9_000_000, photos).tolist()
    stars = random.choice(7, size=photos, p=(0.7, 0.05, 0.05, 0.08, 0.07, 0.04, 0.01)).tolist()
    sure = np.where(np.isnan(certainty), None, certainty).tolist()
    dated = (random.random(photos) < 0.97).tolist()
    for i, (number, state) in enumerate(zip(order.tolist(), states.tolist(), strict=True)):
        folder = folders[number]
        moment = names[number] + timedelta(seconds=seconds[i])
        upright = i % 5 == 0
        yield (
            i + 1, f"{folder}/IMG_{i:07}.jpg", folder, sizes[i], 1_700_000_000_000_000_000 + i,
            i.to_bytes(16, "big"), 3000 if upright else 4000, 4000 if upright else 3000,
            None if state == State.WAITING else "settings",
            "the photo is damaged" if state == State.FAILED else None,
            "", moment.isoformat() if dated[i] else None, CAMERAS[cameras[i]],
            None if stars[i] == 0 else stars[i] if stars[i] < 6 else -1,
            state, sure[i],
        )  # fmt: skip


def _falling(count: int) -> NDArray[np.float64]:
    share = 1 / np.arange(1, count + 1)
    return np.asarray(share / share.sum())


def _embeddings(path: Path, photos: int, size: int, random: np.random.Generator) -> None:
    """Like those of a network: not negative, with a few dozen things in which photos differ.

    Every hundredth is nearly the same as the one before.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    meaning = random.standard_normal((48, size)).astype(np.float32)
    with path.open("wb") as file:
        for first in range(0, photos, 10_000):
            count = min(10_000, photos - first)
            shown = random.standard_normal((count, 48), np.float32)
            shown[99::100] = shown[98::100][: len(shown[99::100])] + 0.01
            noise = random.standard_normal((count, size), np.float32)
            block = np.maximum(shown @ meaning + 0.5 * noise, 0)
            file.write(powered(block).astype("<f2").tobytes())


def main() -> None:
    """Make one and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--tags", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--embedding-size", type=int, default=0)
    given = parser.parse_args()
    begun = time.perf_counter()
    make_library(
        given.folder, given.photos, given.tags, given.seed, embedding_size=given.embedding_size
    )
    print(f"{given.photos} photos in {time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main()
