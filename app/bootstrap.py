"""The composition root: puts the parts together and starts what the command line asks for."""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from app.cli.exit_codes import INTERRUPTED, OK, SOME_FAILED, WRONG_USE
from app.cli.parser import COMMANDS, build_parser
from app.cli.text import printable
from app.core.errors import RulesError, TagwrightError, UsageError
from app.core.folders import Folders


def user_folders() -> Folders:
    """The user's folders, as the platform wants them, or all under `TAGWRIGHT_HOME`."""
    home = os.environ.get("TAGWRIGHT_HOME")
    if home:
        base = Path(home).expanduser().absolute()
        return Folders(base / "data", base / "cache", base / "config")
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("tagwright", appauthor=False)
    return Folders(dirs.user_data_path, dirs.user_cache_path, dirs.user_config_path)


def run(arguments: Sequence[str]) -> int:
    """Run the program with some arguments (without the program's name).

    Returns:
        The exit code.
    """
    try:
        paths = window_paths(arguments)
        if paths is not None:
            return _open_window(paths)
        return _start(build_parser().parse_args(arguments))
    except (UsageError, RulesError) as error:
        print(f"tagwright: {printable(error)}", file=sys.stderr)
        return WRONG_USE
    except TagwrightError as error:
        print(f"tagwright: {printable(error)}", file=sys.stderr)
        return SOME_FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has gone, as `head` does; that is no error of ours. Python
        # would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        # Whatever concerns a photo or the library has its own error: this is the output.
        print(f"tagwright: {printable(error)}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return SOME_FAILED


def window_paths(arguments: Sequence[str]) -> list[Path] | None:
    """The folders that the window is to open with; None if the arguments are a subcommand's.

    Raises:
        UsageError: the first argument is neither a subcommand nor there.
    """
    if not arguments:
        return []
    if arguments[0].startswith("-") or arguments[0] in COMMANDS:
        return None
    paths = [Path(argument) for argument in arguments]
    if not os.path.lexists(paths[0]):
        raise UsageError(f"there is no folder or command {arguments[0]!r}; see `tagwright --help`")
    return paths


def _open_window(paths: Sequence[Path]) -> int:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(map(os.environ.get, screens)):
        # Qt would end the process without a word that helps.
        raise UsageError("there is no screen for the window; `tagwright --help` lists commands")
    # Loading makes no garbage, and looking for it would take a fifth of the time.
    gc.disable()
    from app.ui.application import run_window

    return run_window(user_folders(), paths)


def _start(options: argparse.Namespace) -> int:
    # Each subcommand is a module of `app.cli` with a function of its name, and imported only when
    # it is wanted: `--version` loads none of them.
    module = importlib.import_module(f"app.cli.{options.command}")
    start = getattr(module, f"run_{options.command}")
    return int(start(options, user_folders()))
