"""`python -m app.vision.outside REQUEST`: what `sandbox` runs in a process of its own."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import Final

from app.core.errors import FileError
from app.vision.outside.examining import Request, examine_file

#: Bytes of addresses that this process may use, where the system can limit it: for LiteRT alone,
#: and with TensorFlow, which reserves several GB for itself.
_MEMORY_LIMIT: Final = 6 << 30
_MEMORY_LIMIT_TO_CONVERT: Final = 24 << 30


def main() -> int:
    """Do what the request says; the answer is a file beside it."""
    path = Path(sys.argv[1])
    request = Request.from_json(path.read_text("utf-8"))
    is_converted = request.kind in ("keras", "savedmodel")
    _limit(_MEMORY_LIMIT_TO_CONVERT if is_converted else _MEMORY_LIMIT)
    try:
        answer = examine_file(request, path.parent)
    except FileError as error:
        answer = {
            "file": str(error.path),
            "error": error.reason,
            "kind": type(error).__name__,
        }
    except MemoryError:
        answer = {"file": str(request.path), "error": "takes more memory than a network should"}
    (path.parent / "answer.json").write_text(json.dumps(answer), "utf-8")
    return 0


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # on Windows
        return
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(OSError, ValueError):  # there is a lower limit already
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main())
