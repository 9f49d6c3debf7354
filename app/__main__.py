"""The one entry: `tagwright` and `python -m app`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the program with the arguments of the process."""
    try:
        from app.bootstrap import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # while the program was still loading
        return 130


if __name__ == "__main__":
    sys.exit(main())
