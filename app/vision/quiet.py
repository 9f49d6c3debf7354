"""Keeping what libraries log from C++ off the terminal."""

from __future__ import annotations

import ctypes
import logging
import os
import re
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Final

_log = logging.getLogger(__name__)

_ONE_AT_A_TIME: Final = threading.RLock()

#: Lines that TensorFlow and LiteRT log. Their level cannot be set before they are imported, or not
#: at all, and by then they have logged.
_LOG_LINE: Final = re.compile(
    rb"[IWEF]\d{4} \d\d:\d\d:|\d{4}-\d\d-\d\d [\d:.]+: [IWE] "
    rb"|WARNING: (All log messages|Logging) before "
    rb"|(INFO|VERBOSE|WARNING|ERROR): ?(\[\w+\.(cc|h):|Created TensorFlow|Failed to load OpenCL)"
    rb"|=== Source Location Trace|third_party/\S+:\d+$|Warning: \w+ artificially reduced"
    rb"|fully_quantize: "
    rb"|\xe2\x94\x94 "
)


@contextmanager
def without_log() -> Iterator[None]:
    """Take what TensorFlow and LiteRT log into our own log; let all else through at the end.

    LiteRT writes some of it to the standard output, among what a command prints.
    """
    # Of two at once, the one that ends first would put the other's file in place of the terminal.
    with _ONE_AT_A_TIME, ExitStack() as stack:
        for descriptor in (1, 2):
            stack.enter_context(_filtered(descriptor))
        yield


@contextmanager
def _filtered(descriptor: int) -> Iterator[None]:
    try:
        before = os.dup(descriptor)
    except OSError:  # a windowed program on Windows has none
        yield
        return
    with tempfile.TemporaryFile() as kept:
        try:
            _flush()
            os.dup2(kept.fileno(), descriptor)
            yield
        finally:
            _flush()
            os.dup2(before, descriptor)
            os.close(before)
            kept.seek(0)
            for line in kept:
                if _LOG_LINE.match(line):
                    _log.debug("%s", line.decode(errors="replace").rstrip())
                else:
                    os.write(descriptor, line)


def _flush() -> None:
    """What Python and C hold back goes where it belongs at this moment."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with suppress(OSError, ValueError):
                stream.flush()
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL("ucrtbase" if sys.platform == "win32" else None)
        library.fflush(None)
