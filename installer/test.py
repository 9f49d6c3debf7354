"""Runs Tagwright's tests, after setting up `.venv` with what they need.

    python3 installer/test.py

Without arguments, all of them run, on all cores. Arguments go to pytest, which then runs what they
say in one process. The exit code is pytest's, or 3 if the setup failed.
"""

import os
import sys

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from installer.interpreter import use_supported_python  # noqa: E402

# Some tests keep TensorFlow in memory, so that more workers than these want more than they give. A
# worker that has nothing left to do takes over tests of another.
PARALLEL = ["-n", "auto", "--maxprocesses", "8", "--dist", "worksteal"]

if __name__ == "__main__":
    use_supported_python()

    from installer.environment import ROOT, start

    os.chdir(str(ROOT))
    sys.exit(start("test", ["-m", "pytest"] + (sys.argv[1:] or PARALLEL)))
