"""What fuzzing has found, and what it starts from, replayed without it."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest

from app.metadata.containers.base import BlockChanges, Container
from app.metadata.containers.jpeg import Jpeg
from app.metadata.containers.png import Png
from app.metadata.containers.webp import WebP
from app.metadata.splice import Edit, Refusal
from tests.fuzz import structure
from tests.fuzz.targets import TARGETS, Fault, _container, seeds

CONTAINERS: dict[str, type[Container]] = {"jpeg": Jpeg, "png": Png, "webp": WebP}
CORPUS = Path(__file__).parent / "corpus"


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_seeds(name: str) -> None:
    assert seeds(name)
    for seed in seeds(name):
        TARGETS[name](seed)
        for cut in range(0, len(seed), max(1, len(seed) // 50)):
            TARGETS[name](seed[:cut])


@pytest.mark.parametrize(
    "path",
    sorted(path for path in CORPUS.rglob("*") if path.is_file()),
    ids=lambda path: f"{path.parent.name}-{path.name}",
)
def test_findings(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("name", sorted(structure.FORMATS))
def test_structures_come_apart_and_together(name: str) -> None:
    form = structure.FORMATS[name]
    for seed in seeds(name):
        assert form.join(form.split(seed)) == seed
        assert len(form.split(seed)[0]) > 1 or name == "webp"


@pytest.mark.parametrize("name", sorted(structure.FORMATS))
def test_structured_mutations(name: str) -> None:
    """A short run without a fuzzer: half get past the parsing, and all properties hold."""
    chance = random.Random(3)

    def raw(data: bytes, max_size: int) -> bytes:
        changed = bytearray(data or b"\0")
        changed[chance.randrange(len(changed))] = chance.randrange(256)
        return bytes(changed[:max_size])

    mutate = structure.mutator(name, seeds(name), raw)
    given, parsed = seeds(name), 0
    for number in range(150):
        data = mutate(given[number % len(given)], 1 << 16, number)
        TARGETS[name](data)
        with suppress(Refusal):
            CONTAINERS[name](data)
            parsed += 1
    assert parsed > 75


class Faulty(Jpeg):
    """A container with a fault: it changes the last byte of the file as well."""

    def edits(self, changes: BlockChanges) -> list[Edit]:
        """See `Container.edits`."""
        return [*super().edits(changes), Edit(len(self.data) - 1, len(self.data), b"?")]


def test_a_fault_is_found() -> None:
    with pytest.raises(Fault):
        _container(Faulty)(seeds("jpeg")[0])
