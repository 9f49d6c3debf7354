"""Commands that a window has started: they end when it says so, and when it is gone."""

from __future__ import annotations

import _thread
import os
import signal
import threading
import time
from typing import Final

from app.cli.exit_codes import INTERRUPTED

#: Seconds in which what is being done has to be left off; TensorFlow does not listen.
_GRACE: Final = 2.0


def obey() -> None:
    """End as by Ctrl+C on a line `stop`, or when standard input ends; and make way for others."""
    if hasattr(os, "nice"):
        os.nice(5)
    threading.Thread(target=_listen, daemon=True).start()


def _listen() -> None:
    heard = b""
    # Not through `sys.stdin`, whose lock a thread that still waits would hold at the end.
    while more := os.read(0, 64):
        heard += more
        if b"stop\n" in heard:
            break
    if hasattr(signal, "pthread_kill"):
        # A real signal: it wakes the main thread from waiting for a process or a server.
        main = threading.main_thread().ident
        assert main is not None
        signal.pthread_kill(main, signal.SIGINT)
    else:
        _thread.interrupt_main()
    time.sleep(_GRACE)
    os._exit(INTERRUPTED)
