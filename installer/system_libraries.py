"""Provides the system libraries that Qt's wheels expect of a Linux machine.

Every Linux desktop has them; a container or a small server may not. There they are taken from
the distribution's own packages and unpacked inside `.venv`, which needs no root and leaves the
system as it was.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Literal

from installer.errors import SetupError

# Shared library -> the Debian/Ubuntu package that has it.
FOR_THE_COMMAND_LINE: Final[Mapping[str, str]] = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
}
FOR_WINDOWS: Final[Mapping[str, str]] = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
# What Qt asks of X11 beyond that; desktops that do not use Qt themselves may lack some of it.
FOR_A_SCREEN: Final[Mapping[str, str]] = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
Purpose = Literal["runtime", "test", "window"]


def needed(purpose: Purpose) -> dict[str, str]:
    """The libraries, and their packages, without which it cannot start.

    Args:
        purpose: Tagwright without a window, its tests, or the window on a screen.
    """
    libraries = dict(FOR_THE_COMMAND_LINE)
    if purpose != "runtime":
        libraries |= FOR_WINDOWS
    if purpose == "window":
        libraries |= FOR_A_SCREEN
    return libraries


def variables(venv: Path) -> dict[str, str]:
    """The environment variables that make unpacked libraries be found."""
    folders = [str(folder) for folder in library_folders(venv)]
    if not folders:
        return {}
    present = os.environ.get("LD_LIBRARY_PATH")
    return {"LD_LIBRARY_PATH": ":".join([present, *folders] if present else folders)}


def library_folders(venv: Path) -> list[Path]:
    """The folders with libraries below `venv/system`."""
    system = venv / "system"
    return sorted({path.parent for path in system.glob("**/lib/*-linux-gnu/*.so*")})


def provide(purpose: Purpose, venv: Path, say: Callable[[str], None]) -> None:
    """Unpack the libraries that are missing into `venv/system`.

    Raises:
        SetupError: that is not possible here; the text names what to install.
    """
    if sys.platform != "linux":
        return
    unpacked = {path.name for folder in library_folders(venv) for path in folder.iterdir()}
    missing = [
        library
        for library in needed(purpose)
        if library not in unpacked and not is_loadable(library)
    ]
    if not missing:
        return
    packages = sorted({needed(purpose)[library] for library in missing})
    say(f"This machine lacks {', '.join(missing)}: unpacking {', '.join(packages)} in {venv} ...")
    try:
        unpack(packages, venv)
    except (OSError, subprocess.CalledProcessError) as error:
        details = getattr(error, "stderr", None) or str(error)
        raise SetupError(f"{details.strip()}\n{advice(missing, packages)}") from error


def is_loadable(library: str) -> bool:
    """Whether the system's loader finds `library`."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def advice(missing: list[str], packages: list[str]) -> str:
    """What a user should do about `missing` libraries, which Debian has in `packages`."""
    if shutil.which("apt-get") is None:
        return f"Install the packages of your system that have {', '.join(missing)}."
    return f"Install them yourself:\n    sudo apt install {' '.join(packages)}"


def unpack(packages: list[str], venv: Path) -> None:
    """Fetch Debian `packages`, and what else of theirs this machine lacks, into `venv/system`.

    apt keeps its lists and files in a folder of ours, so that it needs no root.
    """
    work = venv / "apt"
    for folder in ("lists/partial", "archives/partial"):
        (work / folder).mkdir(parents=True, exist_ok=True)
    apt = ["apt-get", "--quiet", "--option", f"Dir::State::Lists={work / 'lists'}"]
    apt += ["--option", f"Dir::Cache={work}", "--option", "APT::Sandbox::User="]
    call([*apt, "update"], work)
    plan = call([*apt, "install", "--simulate", "--no-install-recommends", *packages], work)
    call([*apt, "download", *installed_by(plan)], work)
    for archive in sorted(work.glob("*.deb")):
        call(["dpkg-deb", "--extract", str(archive), str(venv / "system")], work)
    shutil.rmtree(work)


def installed_by(plan: str) -> list[str]:
    """The packages that `apt-get --simulate` says it would install."""
    return [line.split()[1] for line in plan.splitlines() if line.startswith("Inst ")]


def call(command: list[str], folder: Path) -> str:
    """Run `command` in `folder` and return what it prints; raises CalledProcessError."""
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True, text=True)
    return done.stdout
