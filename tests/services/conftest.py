"""A bench of its own for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.services.bench import Bench, picture


@pytest.fixture
def open_bench() -> Iterator[Callable[[Path], Bench]]:
    """Open a bench with the library in a folder; it is closed at the end."""
    opened: list[Bench] = []

    def open_(folder: Path) -> Bench:
        opened.append(Bench(folder))
        return opened[-1]

    yield open_
    for bench in opened:
        bench.close()


@pytest.fixture
def bench(tmp_path: Path, open_bench: Callable[[Path], Bench]) -> Bench:
    return open_bench(tmp_path / "data")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return picture(tmp_path / "photo.jpg", "red")
