"""Finds a Python that Tagwright can run on.

This file is read by whatever Python the user has, so it keeps to a syntax that old ones can
parse: they must get as far as saying that they are too old.
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWEST = (3, 13)


def is_supported(version: "tuple[int, int]") -> bool:
    """Whether Tagwright and its locked packages run on Python `version` (major, minor)."""
    return OLDEST <= version <= NEWEST


def explain_unsupported(version: "tuple[int, int]") -> str:
    """What to tell a user whose only Python is `version`."""
    return (
        "Tagwright needs Python {}.{} to {}.{}, and this is {}.{}.\n"
        "Install one of them (https://www.python.org/downloads/) and run the same command again;\n"
        "it is found by itself, beside any other Python."
    ).format(*(OLDEST + NEWEST + version))


def candidates() -> "list[list[str]]":
    """Command lines that may start a supported Python, the newest first."""
    minors = range(NEWEST[1], OLDEST[1] - 1, -1)
    if os.name == "nt":
        return [["py", "-3.{}".format(minor)] for minor in minors]
    return [["python3.{}".format(minor)] for minor in minors]


def works(command: "list[str]") -> bool:
    """Whether `command` really starts a supported Python: a shim of that name may not."""
    if shutil.which(command[0]) is None:
        return False
    question = "import sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.check_output(command + ["-c", question], stderr=subprocess.DEVNULL)
        major, minor = answer.split()
    except (OSError, ValueError, subprocess.CalledProcessError):
        return False
    return is_supported((int(major), int(minor)))


def use_supported_python() -> None:
    """Return if this Python will do, else start the same command again with one that will.

    Ends the process with a message and code 3 where there is none.
    """
    version = sys.version_info[:2]
    if is_supported(version):
        return
    for command in candidates():
        if works(command):
            if os.name == "nt":
                sys.exit(subprocess.call(command + sys.argv))
            os.execvp(command[0], command + sys.argv)
    sys.stderr.write(explain_unsupported(version) + "\n")
    sys.exit(3)
