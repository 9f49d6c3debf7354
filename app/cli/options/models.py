"""The catalogue of networks."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.options.common import DEFAULTS, number, path

#: The keys of `app.vision.outside.ranges.RANGES`, which takes NumPy to import.
INPUT_RANGES = ("-1..1", "0..1", "0..255", "imagenet", "caffe")
PRECISIONS = ("float", "dynamic", "int8")


def models_options(parser: argparse.ArgumentParser) -> None:
    """`tagwright models` and its actions."""
    parser.description = (
        "List the networks there are, or put one of your own beside them. Without an ACTION they"
        " are listed."
    )
    parser.add_argument("--json", action="store_true", help="print the whole model cards as JSON")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions")
    _json(actions.add_parser("list", help="list the networks there are"))
    show = actions.add_parser("show", help="show what is known of a network")
    show.add_argument("model", metavar="ID")
    _json(show)
    _models_add(actions.add_parser("add", help="add a network that others have made"))
    remove = actions.add_parser("remove", help="remove a network that was added")
    remove.description = "Remove a network that was added. The tags that it gave stay."
    remove.add_argument("model", metavar="ID")
    _json(remove)
    _fetch(actions.add_parser("fetch", help="make a network usable that is not here yet"))
    _quantise(actions.add_parser("quantise", help="float, dynamic and int8 side by side"))
    _compare(actions.add_parser("compare", help="which one learns your tags best"))


def _models_add(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Examine a network that names what is in a photo, try it, and add it: a TFLite file, what"
        " Teachable Machine exports, a .keras file, or the folder of a SavedModel. Nothing in it"
        " that could run code is loaded."
    )
    parser.epilog = "Exit code: 0 added, 1 the file cannot be used, 2 wrong use."
    parser.add_argument("file", type=path, metavar="FILE")
    parser.add_argument(
        "--labels", type=path, metavar="FILE",
        help="the names of its classes, one a line, where the network does not carry them",
    )  # fmt: skip
    parser.add_argument("--name", metavar="NAME", help="what to call it (default: as the file)")
    parser.add_argument(
        "--input-range", choices=INPUT_RANGES, metavar="RANGE",
        help="the numbers in which it wants colours, where it is not found out rightly: "
        + ", ".join(INPUT_RANGES),
    )  # fmt: skip
    parser.add_argument(
        "--try", type=path, action="append", default=[], dest="photos", metavar="PHOTO",
        help="a photo to try it on; may be given again (default: some of your library)",
    )  # fmt: skip
    _json(parser)
    _lines(parser, "print lines of JSON: what is missing, or all")


def _fetch(parser: argparse.ArgumentParser) -> None:
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


def _quantise(parser: argparse.ArgumentParser) -> None:
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
        "--limit", type=number, default=500, metavar="N",
        help="so many photos at most, spread evenly (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--crops", type=int, choices=(1, 3), default=DEFAULTS.crops,
        help="as for `tagwright tag` (default: %(default)s); the time is that of one",
    )  # fmt: skip
    parser.add_argument("--threads", type=number, metavar="N", help="default: all there are")
    parser.add_argument(
        "--keep", choices=PRECISIONS, action="append", default=[],
        help="put this one into your catalogue, as ID-float, ID-dynamic or ID-int8",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    _lines(parser, "print a line of JSON for each step, then the object on one")


def _compare(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Say how well the tags that you have confirmed can be learned with each network, by"
        " teaching it four fifths of your photos and asking about the rest, five times; and how"
        " fast it is on them."
    )
    parser.add_argument(
        "models", nargs="*", metavar="ID", help="default: all networks that are here"
    )
    parser.add_argument(
        "--photos", type=number, default=300, metavar="N",
        help="so many confirmed photos at most (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    _lines(parser, "print a line of JSON for each step, then the object on one")


def _json(parser: argparse.ArgumentParser) -> None:
    # Given before an action it counts as well, and must not be set back by it.
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")


def _lines(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("--json-lines", action="store_true", help=what)
    _controlled(parser)


def _controlled(parser: argparse.ArgumentParser) -> None:
    # For the window: orders come from standard input, and the process makes way for others.
    parser.add_argument("--controlled", action="store_true", help=argparse.SUPPRESS)
