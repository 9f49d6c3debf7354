"""A bench of its own for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.services.evaluation import Example
from app.vision.catalogue import ModelCard
from tests.services.bench import Bench, picture
from tests.services.colours import make_network, make_pictures


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


@pytest.fixture(scope="session")
def colours(keras: Any, tmp_path_factory: pytest.TempPathFactory) -> ModelCard:
    """A registered network that says which colour a picture has most of."""
    return make_network(keras, tmp_path_factory.mktemp("colours"), "colours")


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> list[Example]:
    """Sixty pictures of three colours, of known class. Not to be written to."""
    return make_pictures(tmp_path_factory.mktemp("pictures"))
