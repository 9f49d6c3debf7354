"""Options that several commands share, and the types of their values."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.core.settings import DEVICES, TagSettings

#: What is in force where nothing is said.
DEFAULTS = TagSettings()


def network_options(parser: argparse.ArgumentParser) -> None:
    """Which network looks at photos, and how."""
    parser.add_argument(
        "--model",
        default=DEFAULTS.model,
        metavar="ID",
        help="the network, as `tagwright models` lists them (default: %(default)s)",
    )
    parser.add_argument(
        "--crops",
        type=int,
        choices=(1, 3),
        default=DEFAULTS.crops,
        help="look at the middle of each photo only, or also at its two ends"
        " (default: %(default)s)",
    )
    device_options(parser)


def device_options(parser: argparse.ArgumentParser) -> None:
    """What the network runs on."""
    parser.add_argument(
        "--device",
        choices=DEVICES,
        default=DEFAULTS.device,
        help="what the network runs on: the processor (cpu), a graphics card (gpu), or whichever"
        " is faster (default: %(default)s)",
    )


def path(text: str) -> Path:
    """A path that was named, as the `type` of an argument."""
    # An unset variable in a script must not mean "all of the current folder".
    if not text:
        raise argparse.ArgumentTypeError("is empty")
    return Path(text)


def share(text: str) -> float:
    """A number from 0 to 1, as the `type` of an argument."""
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"must be a number from 0 to 1, not {text!r}")
    return value


def number(text: str) -> int:
    """A whole number from 1 on, as the `type` of an argument."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a number from 1 on, not {text!r}")
    return int(text)
