"""Networks fetched beside the window, from a real server and by the real command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.workers.fetching import Fetcher, FetchState
from tests.conftest import ROOT
from tests.weights_server import WeightsServer, serving, table

SIZE = 3_000_000


class Heard:
    """What a fetcher has said."""

    def __init__(self, fetcher: Fetcher) -> None:
        self.states: list[tuple[str, FetchState | None]] = []
        self.failed: list[tuple[str, str]] = []
        self.fetched: list[str] = []
        fetcher.changed.connect(lambda *said: self.states.append(said))
        fetcher.failed.connect(lambda *said: self.failed.append(said))
        fetcher.fetched.connect(self.fetched.append)

    def arrived(self) -> int:
        states = [state for _, state in self.states if state and state.doing == "fetch"]
        return max((state.done for state in states), default=0)


@pytest.fixture
def server(home: Path) -> Iterator[WeightsServer]:
    """Serves what is not the right file, and the user's catalogue says where."""
    with serving(bytes(SIZE)) as server:
        models = home / "config" / "models"
        models.mkdir(parents=True)
        (models / "zz.yml").write_text(table(server.address, ""))
        (models / "served.labels.txt").write_text("x\n" * 1000)
        yield server


@pytest.fixture
def fetcher(qtbot: QtBot) -> Iterator[Fetcher]:
    fetcher = Fetcher()
    yield fetcher
    fetcher.close()


def test_it_is_stopped_and_goes_on_where_it_was(
    server: WeightsServer, fetcher: Fetcher, home: Path, qtbot: QtBot
) -> None:
    server.stop_after = 1_000_000
    heard = Heard(fetcher)
    fetcher.fetch("served")
    qtbot.waitUntil(lambda: heard.arrived() >= 500_000, timeout=20_000)

    fetcher.stop("served")
    assert fetcher.states == {"served": FetchState("stop")}
    qtbot.waitUntil(lambda: not fetcher.states, timeout=20_000)

    assert heard.states[-1] == ("served", None)
    assert not heard.failed and not heard.fetched
    part = home / "cache" / "downloads" / "served.h5.part"
    arrived = part.stat().st_size
    assert 500_000 <= arrived <= 1_000_000

    server.stop_after = SIZE
    with qtbot.waitSignal(fetcher.failed, timeout=20_000):
        fetcher.fetch("served")
    assert server.ranges == ["", f"bytes={arrived}-"]
    (failure,) = heard.failed
    assert failure[0] == "served" and "is not the file that was published" in failure[1]
    assert not part.exists()


def test_one_comes_after_the_other(server: WeightsServer, fetcher: Fetcher, qtbot: QtBot) -> None:
    server.stop_after = 1000
    heard = Heard(fetcher)
    fetcher.fetch("served")
    fetcher.fetch("mobilenet")
    fetcher.fetch("no-such-network")
    qtbot.waitUntil(lambda: fetcher.states["served"].doing == "fetch", timeout=20_000)
    assert fetcher.states["mobilenet"] == FetchState("wait")

    fetcher.stop("mobilenet")
    fetcher.stop("served")

    qtbot.waitUntil(lambda: not fetcher.states, timeout=20_000)
    ((model_id, reason),) = heard.failed
    assert model_id == "no-such-network" and "no such model" in reason


def test_what_the_server_answers_is_said(
    server: WeightsServer, fetcher: Fetcher, qtbot: QtBot
) -> None:
    server.status = 404

    with qtbot.waitSignal(fetcher.failed, timeout=20_000) as heard:
        fetcher.fetch("served")

    assert heard.args[0] == "served" and "404" in heard.args[1]


def test_a_file_on_this_computer_that_is_none(
    server: WeightsServer, fetcher: Fetcher, tmp_path: Path, qtbot: QtBot
) -> None:
    wrong = tmp_path / "-weights.h5"
    wrong.write_text("nothing")

    with qtbot.waitSignal(fetcher.failed, timeout=60_000) as heard:
        fetcher.fetch("served", wrong)

    assert "is no HDF5 file" in heard.args[1] and server.ranges == []


def test_it_dies_with_the_window(server: WeightsServer, home: Path) -> None:
    server.stop_after = 1000
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "models", "fetch", "served", "--json", "--controlled"],
        cwd=ROOT, env=dict(os.environ), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None
    assert b'"fetch"' in process.stdout.readline()

    process.stdin.close()  # as it is when who started it is gone

    assert process.wait(20) == 130
    process.stdout.close()
