"""What all drivers share: names and types, sidecars, and waiting for a library to be complete."""

from __future__ import annotations

import sqlite3
import subprocess
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import closing
from pathlib import Path

from app.core.formats import is_photo

#: A tag by its levels, the topmost first.
Levels = tuple[str, ...]
Shown = dict[str, list[Levels]]


def photos_in(folder: Path) -> list[Path]:
    """The photos directly in a folder."""
    return sorted(path for path in folder.iterdir() if is_photo(path))


def with_tags(photo: Path) -> Path:
    """The file that speaks for a photo: its sidecar if there is one, else the photo itself."""
    for name in (photo.with_name(photo.name + ".xmp"), photo.with_suffix(".xmp")):
        if name.exists():
            return name
    return photo


def joined(paths: Iterable[Levels], flat: Iterable[str]) -> list[Levels]:
    """Paths, and those flat keywords that are no level of one of them."""
    deep = list(paths)
    levels = {level for path in deep for level in path}
    return sorted([*deep, *((name,) for name in flat if name not in levels)])


def output(command: Sequence[str | Path], seconds: float = 60) -> str:
    """What a program without a window prints; raises where it fails or takes too long."""
    done = subprocess.run(
        list(map(str, command)), capture_output=True, timeout=seconds, check=False
    )
    if done.returncode < 0:
        raise OSError(f"{command[0]} was killed by signal {-done.returncode}")
    return done.stdout.decode("utf-8")


def rows(database: Path, query: str, *, lock: bool = True) -> list[tuple[object, ...]]:
    """The rows of a query on a library that another program may be writing to.

    Without a lock it may be caught half-written, which raises sqlite3.Error or gives rows that
    the next look corrects; a program that waits for no lock dies of one.
    """
    mode = "mode=ro" if lock else "immutable=1"
    with closing(sqlite3.connect(f"file:{database}?{mode}", uri=True, timeout=2)) as library:
        return library.execute(query).fetchall()


def until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait for a condition, which may fail with SQLite's errors while a library is made.

    Raises:
        TimeoutError: it has not come true.
    """
    end = time.monotonic() + seconds
    while True:
        try:
            if condition():
                return
        except sqlite3.Error:
            pass
        if time.monotonic() > end:
            raise TimeoutError(f"{what} took more than {seconds:.0f} s")
        time.sleep(0.2)


def settled(read: Callable[[], Shown], wanted: Collection[str], seconds: float) -> Shown:
    """What a library holds when nothing has changed for 3 s and it has all `wanted` photos.

    Or when nothing has changed for 15 s since the first photo came: then some cannot be imported.

    Raises:
        TimeoutError: that has not happened; the text names the photos that are missing.
    """
    last: Shown = {}
    since = time.monotonic()

    def complete() -> bool:
        nonlocal last, since
        now = read()
        if now != last:
            last, since = now, time.monotonic()
        still = time.monotonic() - since
        return still > 3 and bool(last) and (set(wanted) <= last.keys() or still > 15)

    try:
        until(complete, seconds, "importing")
    except TimeoutError as error:
        missing = sorted(set(wanted) - last.keys())
        raise TimeoutError(f"{error}; not imported: {missing}") from error
    return last
