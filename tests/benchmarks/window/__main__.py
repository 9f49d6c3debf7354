"""How fast the window is, how calm it stays, and how much memory it takes.

    python -m tests.benchmarks.window [--only SCENE…] [--work FOLDER] [--screen]

prints one JSON object. Each scene has a process and a library of its own:

- start: from the start of the process to the first paint of the window and to the first
  thumbnails, with an empty library and with a large one, beside an empty QMainWindow of Qt;
- use: a large library is scrolled, searched, tagged by keystroke while nothing and while
  something else goes on: the longest stalls of the GUI thread, keystroke to screen and to file,
  memory;
- process: photos through the window and through the pipeline alone, in turns;
- million: opening and searching a library of a million photos.

Machines are noisy: what is quoted of starts is the median, with the least beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.machine import machine
from tests.benchmarks.window.material import copy_of, library_home, photo_folder

_SCENES = ("start", "use", "process", "million")


class Bench:
    """Starts the processes.

    Args:
        work: where libraries and photos are made.
        where: whether they say what the GUI thread does during stalls.
    """

    def __init__(self, work: Path, *, where: bool) -> None:
        self.work = work
        self._where = ["--where"] if where else []
        # As an installed program has it: compiled once.
        self._environment = dict(os.environ, PYTHONPYCACHEPREFIX=str(work / "compiled"))
        self._environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def starts(self, photos: int, rounds: int, *, bare: bool = False) -> dict[str, Any]:
        """The moments of some starts."""
        home = library_home(self.work, photos)
        found = []
        for n in range(rounds + 1):
            copy = copy_of(home, self.work / "home") if n == 0 else self.work / "home"
            self._environment["TAGWRIGHT_HOME"] = str(copy)
            more = ["--bare"] if bare else [] if photos else ["--empty"]
            moments = self._run("start", str(time.monotonic()), *more)
            if n:  # the first one compiles
                found.append(moments)
        return {
            name: {
                "median_s": round(statistics.median(each[name] for each in found), 3),
                "least_s": min(each[name] for each in found),
            }
            for name in found[0]
            if all(name in each for each in found)
        }

    def scene(self, name: str, size: int, **folders: Path) -> dict[str, Any]:
        """One scene on a copy of a library."""
        home = copy_of(library_home(self.work, size), self.work / "home")
        given = []
        for option, folder in folders.items():
            copy = self.work / option
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(folder, copy)
            given += [f"--{option}", str(copy)]
        where = [] if name == "headless" else self._where
        os.sync()  # or the copies are written to the disk meanwhile
        return self._run("scenes", name, str(home), *given, *where)

    def _run(self, module: str, *arguments: str) -> dict[str, Any]:
        command = [sys.executable, "-m", f"tests.benchmarks.window.{module}", *arguments]
        process = subprocess.run(
            command, stdout=subprocess.PIPE, text=True, env=self._environment, check=False
        )
        if process.returncode:
            raise SystemExit(f"{' '.join(command)} failed ({process.returncode})")
        return dict(json.loads(process.stdout.splitlines()[-1]))


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=_SCENES, default=_SCENES)
    parser.add_argument("--rounds", type=int, default=5, help="starts of each kind")
    parser.add_argument("--library", type=int, default=100_000, help="photos in the large library")
    parser.add_argument("--huge", type=int, default=1_000_000, help="photos in the huge library")
    parser.add_argument("--photos", type=int, default=5000, help="photos to be worked on")
    parser.add_argument("--work", type=Path, help="keeps libraries and photos for the next time")
    parser.add_argument("--screen", action="store_true", help="on the screen that there is")
    parser.add_argument("--where", action="store_true", help="say what happens during stalls")
    given = parser.parse_args()
    if not given.screen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as temporary:
        work = (given.work or Path(temporary)).absolute()
        work.mkdir(parents=True, exist_ok=True)
        print(json.dumps(measure(Bench(work, where=given.where), given), indent=2))


def measure(bench: Bench, given: argparse.Namespace) -> dict[str, Any]:
    """All scenes that are asked for."""
    platform = os.environ.get("QT_QPA_PLATFORM", "the screen")
    found: dict[str, Any] = {"machine": machine(), "load": _load(), "platform": platform}
    if "start" in given.only:
        bare = bench.starts(0, given.rounds, bare=True)
        empty = bench.starts(0, given.rounds)
        large = bench.starts(given.library, given.rounds)
        least = bare["first_paint"]["median_s"]
        found["start"] = {
            "bare_qt": bare,
            "empty_library": empty,
            "large_library": large,
            "first_paint_to_bare_qt": round(large["first_paint"]["median_s"] / least, 2),
        }
    if "use" in given.only:
        few, many = photo_folder(bench.work, 200), photo_folder(bench.work, given.photos)
        found["use"] = bench.scene("use", given.library, few=few, photos=many)
    if "process" in given.only:
        many = photo_folder(bench.work, given.photos)
        rounds = [
            {
                "headless": bench.scene("headless", 0, photos=many),
                "window": bench.scene("process", 0, photos=many),
            }
            for _ in range(max(1, given.rounds // 2))
        ]
        ratios = [r["window"]["images_per_s"] / r["headless"]["images_per_s"] for r in rounds]
        found["process"] = {
            "rounds": rounds,
            "window_to_headless": round(statistics.median(ratios), 3),
        }
    if "million" in given.only:
        found["million"] = bench.scene("million", given.huge)
    found["load_after"] = _load()
    return found


def _load() -> list[float]:
    """How busy the machine is with other things, too."""
    return [round(each, 2) for each in os.getloadavg()]


if __name__ == "__main__":
    main()
