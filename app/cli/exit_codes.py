"""What the program tells scripts when it ends."""

from __future__ import annotations

from typing import Final

OK: Final = 0
SOME_FAILED: Final = 1
WRONG_USE: Final = 2
#: Stopped by Ctrl-C or a signal, as shells say it.
INTERRUPTED: Final = 130
