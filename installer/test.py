"""Runs Tagwright's tests, after setting up `.venv` with what they need.

    python3 installer/test.py

Arguments go to pytest. The exit code is pytest's, or 3 if the setup failed.
"""

import os
import sys

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from installer.interpreter import use_supported_python  # noqa: E402

if __name__ == "__main__":
    use_supported_python()

    from installer.environment import ROOT, start

    os.chdir(str(ROOT))
    sys.exit(start("test", ["-m", "pytest"] + sys.argv[1:]))
