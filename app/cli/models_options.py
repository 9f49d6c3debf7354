"""What the command line understands of networks that are fetched, rounded and compared."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.core.settings import TagSettings

PRECISIONS = ("float", "dynamic", "int8")


def fetch_options(parser: argparse.ArgumentParser) -> None:
    """`tagwright models fetch`."""
    parser.description = (
        "Fetch the weights of a network that `tagwright models` lists as not fetched, and make it"
        " usable. What has arrived is kept when it is stopped, and the same command goes on."
    )
    parser.add_argument("model", metavar="ID", help="as `tagwright models` lists them")
    parser.add_argument(
        "--weights", type=Path, metavar="FILE.h5",
        help="take this file, in which Keras keeps the weights, and fetch nothing",
    )  # fmt: skip
    parser.add_argument(
        "--precision", choices=PRECISIONS, default="float",
        help="float: as published (default); dynamic: a quarter of the size; int8: also faster on"
        " a processor; see `tagwright models quantise` for what that costs",
    )  # fmt: skip
    parser.add_argument(
        "--photos", type=Path, metavar="FOLDER",
        help="photos to calibrate int8 with (default: those in the library)",
    )  # fmt: skip
    parser.add_argument(
        "--json", action="store_true", help="print a line of JSON for each step, then the card"
    )
    _controlled(parser)


def quantise_options(parser: argparse.ArgumentParser) -> None:
    """`tagwright models quantise`."""
    parser.description = (
        "Convert a network in three ways and put them side by side on photos: float; dynamic, with"
        " weights in int8; and int8 throughout. How often they are right is told where the photos"
        " say what they show, as for `tagwright evaluate`; otherwise how often they agree."
    )
    parser.add_argument("model", metavar="ID", help="as `tagwright models` lists them")
    parser.add_argument(
        "folder", type=Path, nargs="?", metavar="FOLDER",
        help="photos to judge with (default: those in the library)",
    )  # fmt: skip
    parser.add_argument(
        "--photos", type=Path, metavar="FOLDER",
        help="photos to calibrate int8 with (default: every fifth of those to judge with, which"
        " are then not judged)",
    )  # fmt: skip
    parser.add_argument(
        "--limit", type=_number, default=500, metavar="N",
        help="so many photos at most, spread evenly (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--crops", type=int, choices=(1, 3), default=TagSettings().crops,
        help="as for `tagwright tag` (default: %(default)s); the time is that of one",
    )  # fmt: skip
    parser.add_argument("--threads", type=_number, metavar="N", help="default: all there are")
    parser.add_argument(
        "--keep", choices=PRECISIONS, action="append", default=[],
        help="put this one into your catalogue, as ID-float, ID-dynamic or ID-int8",
    )  # fmt: skip
    _json(parser)


def compare_options(parser: argparse.ArgumentParser) -> None:
    """`tagwright models compare`."""
    parser.description = (
        "Say how well the tags that you have confirmed can be learned with each network, by"
        " teaching it four fifths of your photos and asking about the rest, five times; and how"
        " fast it is on them."
    )
    parser.add_argument(
        "models", nargs="*", metavar="ID", help="default: all networks that are here"
    )
    parser.add_argument(
        "--photos", type=_number, default=300, metavar="N",
        help="so many confirmed photos at most (default: %(default)s)",
    )  # fmt: skip
    _json(parser)


def add_options(parser: argparse.ArgumentParser) -> None:
    """What `tagwright models add` has for a window."""
    parser.add_argument(
        "--json-lines", action="store_true", help="print lines of JSON: what is missing, or all"
    )
    _controlled(parser)


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--json-lines", action="store_true", help="print a line of JSON for each step, then all"
    )
    _controlled(parser)


def _controlled(parser: argparse.ArgumentParser) -> None:
    # For the window: orders come from standard input, and the process makes way for others.
    parser.add_argument("--controlled", action="store_true", help=argparse.SUPPRESS)


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a number from 1 on, not {text!r}")
    return int(text)
