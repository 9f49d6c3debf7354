"""The tagged photos, and what each program shows of them: every program runs once a session."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.core.tag import Tag
from app.metadata.writer import WriteReport
from tests.conftest import needs
from tests.interop import cases, lent
from tests.interop.programs import PROGRAMS
from tests.interop.programs.base import Shown
from tests.metadata.adding import add_tags


def tag(path: Path, tags: list[Tag]) -> WriteReport:
    """Put tags into a photo as the program does."""
    return add_tags(path, tags)


@pytest.fixture(scope="session")
def tagged(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of tagged photos. Not to be written to."""
    folder = tmp_path_factory.mktemp("interop") / "photos"
    folder.mkdir()
    cases.build(folder, samples, tag)
    lent.build(folder, tag)
    return folder


@dataclass
class Reading:
    """What the programs show, or how they failed."""

    futures: dict[str, Future[Shown]]

    def of(self, program: str) -> Shown:
        """The tags that a program shows; raises what it failed with."""
        return self.futures[program].result(timeout=200)


@pytest.fixture(scope="session")
def reading(
    request: pytest.FixtureRequest, tagged: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reading]:
    """All programs that the collected tests ask for, reading side by side."""
    asked = {
        item.callspec.params.get("program")
        for item in request.session.items
        if isinstance(item, pytest.Function) and hasattr(item, "callspec")
    }

    def read(name: str) -> Shown:
        work = tmp_path_factory.mktemp(name)
        shutil.copytree(tagged, work / "photos")
        (work / "own").mkdir()
        return PROGRAMS[name].read(work / "photos", work / "own")

    with ThreadPoolExecutor(len(PROGRAMS)) as pool:
        yield Reading(
            {
                name: pool.submit(read, name)
                for name, program in PROGRAMS.items()
                if name in asked and all(map(shutil.which, program.COMMANDS))
            }
        )


@pytest.fixture
def shown(program: str, request: pytest.FixtureRequest) -> Shown:
    """What one program shows, by the names of the photos."""
    for command in PROGRAMS[program].COMMANDS:
        needs(command)
    reading: Reading = request.getfixturevalue("reading")
    return reading.of(program)
