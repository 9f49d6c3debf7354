"""What is set in the settings dialog reaches the photos that are there, at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.tag import Tag
from app.metadata.reader import read_tags
from tests.ui.window.conftest import Bench

CAT = Tag.parse("Animal/Cat")
Start = Callable[..., Bench]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"write_suggestions": "sure", "min_score": 0.99}, {"min_score": 0.3}),
        ({"write_suggestions": "accepted", "min_score": 0.3}, {"write_suggestions": "sure"}),
        (
            {"write_suggestions": "sure", "min_score": 0.3, "write": "none"},
            {"write": "auto"},
        ),
    ],
    ids=["certainty", "which", "where"],
)
def test_what_is_to_be_written_by_itself_is_written_into_known_photos(
    start: Start, photos: Path, before: dict[str, object], after: dict[str, object]
) -> None:
    bench = start(**before)
    bench.drop(photos)
    bench.settle(4)
    at_first = written(photos)
    window = bench.window
    window.commands.use(replace(window.preferences, **after))
    bench.qtbot.waitUntil(lambda: len(written(photos)) > len(at_first), timeout=20_000)
    bench.settle(4)
    more = written(photos)
    assert at_first < more and (CAT in {tag for _, tag in more})
    # What is written stays: who asks for more certainty asks it of what comes.
    window.commands.use(replace(window.preferences, min_score=0.99))
    assert window.session.is_busy()
    bench.settle(4)
    assert written(photos) == more


def written(photos: Path) -> set[tuple[str, Tag]]:
    """The tags that are in the files."""
    return {(path.name, tag) for path in photos.glob("*") for tag in read_tags(path).tags}
