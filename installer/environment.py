"""Keeps `.venv` in step with the lock files, and starts programs in it.

`.venv/tagwright.json` (the stamp) says what is installed; it is compared at every start and is
the last thing a setup writes. `.venv/unfinished` exists while a setup runs: a setup that finds
one was preceded by one that never ended, and starts over.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import subprocess
import sys
import venv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal

from installer import pip_wheel, system_libraries
from installer.errors import SetupError
from installer.interpreter import is_supported

Purpose = Literal["runtime", "test"]

ROOT: Final = Path(__file__).resolve().parent.parent
VENV: Final = ROOT / ".venv"
STAMP: Final = VENV / "tagwright.json"
UNFINISHED: Final = VENV / "unfinished"
LOCKS: Final[Mapping[Purpose, Path]] = {
    "runtime": ROOT / "installer" / "requirements.lock",
    "test": ROOT / "installer" / "requirements-test.lock",
}
# What the wheels in a lock file weigh on Linux, where TensorFlow is largest.
DOWNLOAD: Final[Mapping[Purpose, str]] = {"runtime": "800 MB", "test": "830 MB"}
SETUP_FAILED: Final = 3


def start(purpose: Purpose, arguments: list[str], *, window: bool = False) -> int:
    """Run `.venv`'s Python with `arguments`, after a setup if one is due.

    `window` says that it will open one, for which the system may lack libraries.

    On POSIX this process becomes that Python, so signals and the exit code need no passing on,
    and this returns only if the setup failed.
    """
    try:
        if not is_ready(purpose):
            set_up(purpose)
        if window and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            provide_for_window()
    except SetupError as error:
        sys.stderr.write(f"Tagwright could not be set up: {error}\n")
        return SETUP_FAILED
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. The next run sets Tagwright up from the beginning.\n")
        return 130
    command = [str(python_in(VENV)), *arguments]
    environment = os.environ | system_libraries.variables(VENV)
    if os.name != "nt":
        os.execve(command[0], command, environment)
    return wait_for(subprocess.Popen(command, env=environment))


def provide_for_window() -> None:
    """Provide what a window needs; where that cannot be done, the window may open all the same."""
    try:
        system_libraries.provide("window", VENV, say)
    except SetupError as error:
        say(f"The window may not open: {error}")


def wait_for(process: subprocess.Popen[bytes]) -> int:
    """Wait for `process`, leaving it to answer Ctrl-C, which Windows sends to both."""
    while True:
        with contextlib.suppress(KeyboardInterrupt):
            return process.wait()


def python_in(folder: Path) -> Path:
    """The interpreter of the virtual environment `folder`."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


# --- what is there ---------------------------------------------------------------------------


def is_ready(purpose: Purpose) -> bool:
    """Whether `.venv` holds exactly what the lock file for `purpose` names."""
    stamp = read_stamp()
    return (
        not UNFINISHED.exists()
        and stamp.get("root") == str(ROOT)
        and stamp.get(purpose) == fingerprint(LOCKS[purpose])
        and stamp.get("python") == version_of(python_in(VENV))
    )


def read_stamp() -> dict[str, Any]:
    """The stamp of the last completed setup; empty if there is none that can be read."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def make_stamp(purpose: Purpose) -> dict[str, str]:
    """What a completed setup for `purpose` has made; a test setup serves the runtime too."""
    stamp = {"root": str(ROOT), "python": version_of(python_in(VENV)) or ""}
    purposes: tuple[Purpose, ...] = ("runtime", "test") if purpose == "test" else ("runtime",)
    return stamp | {each: fingerprint(LOCKS[each]) for each in purposes}


def fingerprint(lock: Path) -> str:
    """SHA-256 of a lock file, whatever line ends a checkout gave it."""
    return hashlib.sha256(lock.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def version_of(python: Path) -> str | None:
    """The version of an interpreter as "3.11"; None if it is missing or does not start."""
    question = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [python, "-I", "-S", "-c", question], capture_output=True, check=True, text=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return answer.stdout.strip()


def is_usable(folder: Path) -> bool:
    """Whether packages can be installed into `folder` as it is: a virtual environment whose
    Python starts, is a supported one, and is still the one it was made for.
    """
    version = version_of(python_in(folder))
    if version is None or not is_supported(parse_version(version)):
        return False
    if os.name == "nt":
        return True
    return (folder / "lib" / f"python{version}" / "site-packages").is_dir()


def parse_version(text: str) -> tuple[int, int]:
    """The first two numbers of a version: `"3.11"` as (3, 11)."""
    major, minor = text.split(".")[:2]
    return int(major), int(minor)


# --- setting up ------------------------------------------------------------------------------


def set_up(purpose: Purpose) -> None:
    """Bring `.venv` into step with the lock file for `purpose`.

    Raises:
        SetupError: it could not be done; the text says what the user can do.
    """
    reason = unsupported_platform(sys.platform, platform.machine(), platform.libc_ver()[1])
    if reason:
        raise SetupError(reason)
    with only_one_setup():
        if is_ready(purpose):  # Another process was faster.
            return
        say(f"Setting up Tagwright in {VENV} (once; it downloads about {DOWNLOAD[purpose]}) ...")
        create_venv()
        UNFINISHED.touch()
        make_pip()
        install(purpose)
        make_importable()
        system_libraries.provide(purpose, VENV, say)
        STAMP.write_text(json.dumps(make_stamp(purpose), indent=1) + "\n", encoding="utf-8")
        UNFINISHED.unlink()
        say("Tagwright is set up.")


def say(text: str) -> None:
    """Tell the user, on standard error: standard output belongs to the program."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def unsupported_platform(system: str, machine: str, glibc: str) -> str | None:
    """Why the locked packages do not run here, as far as that is known; else None.

    Args:
        system: `sys.platform`.
        machine: `platform.machine()`.
        glibc: the C library's version on Linux; empty where it is not glibc.
    """
    machine = {"amd64": "x86_64", "aarch64": "arm64"}.get(machine.lower(), machine.lower())
    if system == "darwin" and machine == "x86_64":
        return "LiteRT and TensorFlow are no longer published for Intel Macs."
    if system == "win32" and machine == "arm64":
        return "LiteRT is not published for Python on ARM. Install the 64-bit Intel/AMD Python."
    if system == "linux":
        needed = {"x86_64": "2.34", "arm64": "2.39"}.get(machine)
        if needed is None:
            return f"LiteRT is not published for Linux on {machine}."
        if not glibc or parse_version(glibc) < parse_version(needed):
            return (
                f"Qt needs glibc {needed} or newer, and this system has {glibc or 'another libc'}."
            )
    return None


@contextlib.contextmanager
def only_one_setup() -> Iterator[None]:
    """Let one process at a time through; the others wait."""
    with (ROOT / ".venv.lock").open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt

            while True:
                # Each call gives up after ten seconds.
                with contextlib.suppress(OSError):
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield  # Closing the file unlocks it.


def create_venv() -> None:
    """Make `.venv` a working virtual environment, anew unless it is one already."""
    if is_usable(VENV) and not UNFINISHED.exists():
        return
    if VENV.exists() and any(VENV.iterdir()) and not (VENV / "pyvenv.cfg").exists():
        raise SetupError(f"{VENV} is in the way and is no virtual environment; move it.")
    builder = venv.EnvBuilder(clear=True, symlinks=os.name != "nt", with_pip=False)
    try:
        builder.create(VENV)
    except OSError as error:
        raise SetupError(f"{VENV} cannot be made: {error}") from error


def make_pip() -> None:
    """Put pip into `.venv`: the one that Python brings, else the wheel from the index.

    Debian and Ubuntu take the bundled pip out of Python into a package of their own.
    """
    python = str(python_in(VENV))
    if succeeds([python, "-I", "-m", "pip", "--version"]):
        return
    if succeeds([python, "-I", "-m", "ensurepip"]):
        return
    wheel = pip_wheel.fetch(VENV)
    # A wheel is a zip archive, from which Python can run pip to install itself.
    install_pip = ["install", "--quiet", "--no-index", "--no-deps", str(wheel)]
    if not succeeds([python, "-I", str(wheel / "pip"), *install_pip]):
        raise SetupError(f"pip cannot be installed.\n{pip_wheel.ADVICE}")
    wheel.unlink()


def succeeds(command: list[str]) -> bool:
    """Whether `command` ends with code 0; what it prints is dropped."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def install(purpose: Purpose) -> None:
    """Install what the lock file names: these versions, these files, nothing built."""
    command = [str(python_in(VENV)), "-I", "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["--require-hashes", "--only-binary=:all:", "--no-deps"]
    if not sys.stderr.isatty():
        command.append("--quiet")
    command += ["--requirement", str(LOCKS[purpose])]
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode != 0:
        raise SetupError("pip failed, for the reason above. Run the same command to try again.")


def make_importable() -> None:
    """Let `.venv`'s Python import `app` from this folder, wherever it is started."""
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    answer = subprocess.run(
        [python_in(VENV), "-I", "-c", question], capture_output=True, check=True, text=True
    )
    (Path(answer.stdout.strip()) / "tagwright.pth").write_text(f"{ROOT}\n", encoding="utf-8")
