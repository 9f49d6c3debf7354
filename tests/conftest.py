"""What the whole suite shares: real photos, a home of its own, and running the real command."""

from __future__ import annotations

import gc
import json
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.vision.tensorflow import import_keras
from tests.warm import Warm

# A window needs no screen to be tested. Tests that need one bring their own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parent.parent

#: Photos that scikit-image ships, and the tag that the default network gives each.
SAMPLES = {
    "chelsea.png": "Animal/Cat",
    "coffee.png": "Food/Drink/Coffee",
    "motorcycle_left.png": "Vehicle/Motorcycle",
    "camera.png": "Technology/Tripod",
}


#: New objects, and searches among them, after which Python usually looks for garbage.
_GARBAGE = (2_000, 10, 10)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests that load TensorFlow into this process last.

    Those that fork then have little to copy, and none of TensorFlow's threads to lose.
    """
    items.sort(key=lambda item: "keras" in getattr(item, "fixturenames", ()))


@pytest.fixture(autouse=True)
def _garbage_is_of_the_main_thread() -> Iterator[None]:
    """Garbage is looked for between tests, as `app.ui.garbage` does it and for the same reason.

    A thread of one test must not end the widgets of the one before.
    """
    gc.disable()
    yield
    made = zip(gc.get_count(), _GARBAGE, strict=True)
    due = [generation for generation, (count, most) in enumerate(made) if count > most]
    if due:
        gc.collect(due[-1])


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The photos lent for testing: `TAGWRIGHT_DATA`, else `shared/data` beside the project."""
    folder = Path(os.environ.get("TAGWRIGHT_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the lent photos are not here ({folder})")
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of scikit-image's photos. Not to be written to."""
    import skimage

    return Path(skimage.__file__).parent / "data"


@pytest.fixture
def photos(samples: Path, tmp_path: Path) -> Path:
    """A folder with the sample photos as JPEGs, free to be written to."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in SAMPLES:
        with Image.open(samples / name) as image:
            image.convert("RGB").save(folder / f"{Path(name).stem}.jpg", quality=90)
    return folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for library, cache and settings, for this process and those it starts."""
    folder = tmp_path / "home"
    monkeypatch.setenv("TAGWRIGHT_HOME", str(folder))
    return folder


def needs(program: str) -> None:
    """Skip where a program is not installed, or fail where all are required."""
    if shutil.which(program) is None:
        if os.environ.get("TAGWRIGHT_REQUIRE_PROGRAMS") == "1":
            pytest.fail(f"{program} is not installed")
        pytest.skip(f"{program} is not installed")


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Its JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    def by_name(self) -> dict[str, dict[str, Any]]:
        """Its JSON Lines by the names of the photos."""
        return {Path(line["path"]).name: line for line in self.lines}


Tagwright = Callable[..., Ran]


def run_cold(*arguments: str | Path, **environment: str) -> Ran:
    """Run the real command as users do: in a Python that has nothing imported yet."""
    process = subprocess.run(
        [sys.executable, "-m", "app", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Ran(process.returncode, process.stdout, process.stderr)


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tagwright]:
    """Run the real command in a process of its own, whose imports are done."""
    folder = tmp_path_factory.mktemp("warm")
    out, err = folder / "out", folder / "err"
    server = Warm()

    def run(*arguments: str | Path) -> Ran:
        code = server.run([str(each) for each in arguments], out, err)
        return Ran(code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))

    yield run
    server.close()


@pytest.fixture
def tagwright(home: Path, request: pytest.FixtureRequest) -> Tagwright:
    """Run the real command in a process of its own, with a home of its own.

    It saves the imports where they are the same for each command: where there is a fork, and the
    environment is the one of the tests.
    """
    if not hasattr(os, "fork"):
        return run_cold
    warm = request.getfixturevalue("warm")

    def run(*arguments: str | Path, **environment: str) -> Ran:
        return run_cold(*arguments, **environment) if environment else warm(*arguments)

    return run


@pytest.fixture(scope="session")
def keras() -> Any:
    """Keras on TensorFlow, imported once: it takes seconds."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # TensorFlow's own imports warn
        return import_keras()
