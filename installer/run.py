"""Runs Tagwright from this folder, after setting it up in `.venv` if need be.

    python3 installer/run.py tag ~/Pictures

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

    # -I: neither the current folder nor PYTHONPATH can put another `app` in front of this one.
    sys.exit(start("runtime", ["-I", "-m", "app"] + sys.argv[1:]))
