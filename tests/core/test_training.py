"""What a training says, as lines of JSON."""

from __future__ import annotations

import json

import pytest

from app.core.training import (
    BatchDone,
    Checked,
    Confusion,
    EpochDone,
    Event,
    Examples,
    Failed,
    Finished,
    Form,
    Notice,
    Skipped,
    Started,
    Stopped,
    Working,
    from_line,
    to_line,
)

EVENTS: list[Event] = [
    Started("cnn", "My dögs", "", ("Rex", "Bella"), (8, 9), 13, 4, 1, "cpu", ("whole",), 30),
    Working("reading", 3, 17),
    Skipped("/p/ü\n.jpg", "the file is empty"),
    Examples("/c/examples.png"),
    BatchDone("whole", 1, 30, 2, 5, 0.7, 0.5),
    EpochDone("head", 1, 30, 0.7, 0.5, 0.6, 0.75, 1.5, True),
    Notice("unbalanced", "Rex has 9 times as many photos as Bella.", 9, ("Rex", "Bella")),
    Confusion(("Rex", "Bella"), ((1, 0), (1, 2))),
    Checked(4, 0.75, (Form("float", 9, 0.75, 1.0, 0.0), Form("int8", 4, 0.5, 0.9, 0.1)), "float"),
    Finished("my-dogs", "My dogs", 0.75, 12.5),
    Failed("no room"),
    Stopped(),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_an_event_comes_through_as_it_was(event: Event) -> None:
    line = to_line(event)

    assert "\n" not in line and line.isascii()
    assert from_line(line) == event


@pytest.mark.parametrize(
    "line",
    [
        "Epoch 1/2",
        "[1]",
        "null",
        '{"event": "Exploded"}',
        '{"event": "Failed"}',
        '{"event": "Failed", "reason": "x", "more": 1}',
        json.dumps({"event": "Checked", "photos": 1, "accuracy": 1, "forms": [1], "kept": "x"}),
        to_line(EVENTS[0])[:-5],
    ],
)
def test_what_is_no_event_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_line(line)
