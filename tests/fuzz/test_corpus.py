"""What fuzzing has found, and what it starts from, replayed without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS, seeds

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
