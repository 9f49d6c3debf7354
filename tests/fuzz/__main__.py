"""`python -m tests.fuzz PARSER --minutes 10`: fuzz a parser with atheris (PyPI, test-only).

Coverage of this program's own code guides it. What breaks a property is written to
`tests/fuzz/corpus/PARSER/`, where `test_corpus.py` replays it for ever.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz import structure

CORPUS = Path(__file__).parent / "corpus"
#: Seconds that one input of at most `MAX_SIZE` bytes may take.
SLOW = 5.0
MAX_SIZE = 8192


def main() -> None:
    """Fuzz one parser for some time and print what was done as JSON."""
    import atheris

    with atheris.instrument_imports(include=["app.metadata"]):
        from tests.fuzz.targets import TARGETS, seeds
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("parser", choices=sorted(TARGETS))
    parser.add_argument("--minutes", type=float, default=10)
    chosen = parser.parse_args()
    target, started, runs = TARGETS[chosen.parser], time.monotonic(), 0
    found = 0

    def run(data: bytes) -> None:
        nonlocal runs, found
        runs += 1
        begun = time.monotonic()
        try:
            target(data)
        except Exception as error:  # noqa: BLE001 (whatever it is, it is a finding)
            found += 1
            _keep(chosen.parser, data, repr(error))
        if time.monotonic() - begun > SLOW:
            found += 1
            _keep(chosen.parser, data, "it took too long")
        if time.monotonic() - started > chosen.minutes * 60:
            taken = round(time.monotonic() - started)
            said = {"parser": chosen.parser, "seconds": taken, "runs": runs, "findings": found}
            print(json.dumps(said), flush=True)
            os._exit(1 if found else 0)  # libFuzzer itself only ends at a crash

    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds(chosen.parser)):
            (Path(folder) / str(number)).write_bytes(seed)
        limit = f"-max_len={max(MAX_SIZE, *(2 * len(s) for s in seeds(chosen.parser)))}"
        command = [sys.argv[0], folder, limit, "-timeout=60", "-rss_limit_mb=0", "-verbosity=0"]
        if chosen.parser in structure.FORMATS:

            def raw(data: bytes, size: int) -> bytes:
                return bytes(atheris.Mutate(data, size))  # which Setup replaces, so not sooner

            made = structure.mutator(chosen.parser, seeds(chosen.parser), raw)
            atheris.Setup(command, run, custom_mutator=made)
        else:
            atheris.Setup(command, run)
        atheris.Fuzz()


def _keep(name: str, data: bytes, reason: str) -> None:
    folder = CORPUS / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / hashlib.sha256(data).hexdigest()[:16]
    if not path.exists() and len(list(folder.iterdir())) < 40:
        path.write_bytes(data)
        print(f"{path}: {reason}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
