"""Runs Tagwright from this folder, after setting it up in `.venv` if need be.

    python3 installer/run.py ~/Pictures          the window
    python3 installer/run.py tag ~/Pictures      a command

All arguments are Tagwright's own, and so are the output and the exit code, except code 3:
the setup failed, and standard error says why. The first run needs the network, later ones don't.
"""

import os
import sys

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from installer.interpreter import use_supported_python  # noqa: E402

if __name__ == "__main__":
    use_supported_python()

    from installer.environment import start

    # Without a command, the arguments are folders for the window.
    first = sys.argv[1] if len(sys.argv) > 1 else ""
    window = not first or os.path.exists(first)
    # -I: neither the current folder nor PYTHONPATH can put another `app` in front of this one.
    sys.exit(start("runtime", ["-I", "-m", "app"] + sys.argv[1:], window=window))
