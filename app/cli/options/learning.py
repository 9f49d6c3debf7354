"""Measuring networks, and teaching heads and networks."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.options.common import DEFAULTS, network_options, path, share

#: The kinds of heads: `app.learning.heads.KINDS`, which takes NumPy to import.
HEADS = ("nearest-mean", "gnb", "svm", "logistic")
#: Stands for all of them side by side.
COMPARE = "compare"


def evaluate_options(parser: argparse.ArgumentParser) -> None:
    """`tagwright evaluate`."""
    parser.description = (
        "Print how often the right answer is the network's first, or among its first 5 or 10,"
        " for photos whose names begin with a WordNet id, or that lie in one folder per class."
        " With --library, how well a head finds the tags that you have confirmed, each photo"
        " judged by a head that was not taught it."
    )
    parser.add_argument("folder", nargs="?", type=path, metavar="FOLDER")
    parser.add_argument(
        "--library", action="store_true", help="judge by your own library, not by a folder"
    )
    parser.add_argument(
        "--kind", choices=HEADS, default=HEADS[0],
        help="with --library: how it learns (default: %(default)s)",
    )  # fmt: skip
    network_options(parser)
    parser.add_argument("--min-score", type=share, default=DEFAULTS.min_score, metavar="S")
    parser.add_argument("--rules", type=Path, metavar="FILE")
    parser.add_argument(
        "--head", type=Path, metavar="FILE",
        help="judge a head that `tagwright train` has made, on one folder per class; FOLDER may"
        " then be a file of `tagwright features`",
    )  # fmt: skip
    parser.add_argument(
        "--learning-curve", action="store_true",
        help="with --head: also how good such a head is with 1, 3, 5, ... photos of each class;"
        " --library always says so",
    )  # fmt: skip
    _figures(parser)


def _figures(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--csv", type=path, metavar="FILE", help="write the figures as a table")
    parser.add_argument(
        "--png", type=path, metavar="FILE",
        help="draw what was taken for what, and how honest the certainties are",
    )  # fmt: skip
    parser.add_argument(
        "--photos", type=path, metavar="FILE",
        help="write a table of the photos: what each shows, and what it was taken for",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def features_options(parser: argparse.ArgumentParser) -> None:
    """`tagwright features`."""
    parser.description = (
        "Run the network on every photo in a folder and keep its embeddings, class scores and the"
        " folders' names in one file (a NumPy archive), from which `tagwright train` and"
        " `tagwright evaluate --head` can start."
    )
    parser.add_argument("folder", type=path, metavar="FOLDER")
    parser.add_argument(
        "-o", "--output", type=path, required=True, metavar="FILE.npz", help="where to"
    )
    network_options(parser)


def train_options(parser: argparse.ArgumentParser) -> None:
    """`tagwright train`."""
    parser.description = (
        "Teach a head the photos in one folder for each class. It learns four fifths of each"
        " folder and is judged on the rest; the head that is kept has learned all of them."
        " `--head compare` says which kind of head is best by cross-validation, on a folder per"
        " class or on the tags that you have accepted in the window. With --network, train a"
        " network of your own instead, which then is in the catalogue."
    )
    parser.add_argument(
        "folder", type=path, metavar="FOLDER", nargs="?",
        help="or a file of `tagwright features`; without one, what is in the library is compared",
    )  # fmt: skip
    parser.add_argument(
        "--head", choices=(*HEADS, COMPARE), default=HEADS[0],
        help="how it learns (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument("-o", "--output", type=path, metavar="HEAD", help="keep the head here")
    parser.add_argument(
        "--seed", type=int, default=0, metavar="N", help="which photos are held back"
    )
    parser.add_argument(
        "--share", type=share, default=0.8, metavar="S",
        help="the share of each folder that is learned, 0 to 1 (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--learning-curve", action="store_true", help="also with 1, 3, 5, ... photos of each class"
    )
    network_options(parser)
    _figures(parser)
    _train_network(parser.add_argument_group("a network of your own"))


def _train_network(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--network", choices=("cnn", "finetune"),
        help="cnn: a small network from scratch; finetune: the network of --model, refined",
    )  # fmt: skip
    group.add_argument(
        "--name", default="", metavar="NAME", help="what it is called (default: as the folder is)"
    )
    group.add_argument(
        "--epochs", type=int, metavar="N",
        help="at most so many rounds; it ends by itself when it gets no better (default: 30)",
    )  # fmt: skip
    group.add_argument("--batch", type=int, default=32, metavar="N", help="photos at a time")
    group.add_argument(
        "--image-size", type=int, default=180, metavar="N",
        help="edge of the photos in pixels, for cnn (default: %(default)s)",
    )  # fmt: skip
    group.add_argument(
        "--no-augment", action="store_true", help="learn the photos only as they are"
    )
    for name, what in (("flip", "mirrored"), ("rotation", "turned"), ("zoom", "scaled")):
        group.add_argument(f"--no-{name}", action="store_true", help=f"not {what}")
    group.add_argument("--no-dropout", action="store_true", help="leave nothing out by chance")
    group.add_argument(
        "--keep-on-stop", action="store_true",
        help="on Ctrl-C, keep the best network so far; press it twice to keep nothing",
    )  # fmt: skip
    group.add_argument(
        "--json-lines", action="store_true", help="print what happens as lines of JSON"
    )
    # For the window: orders come from standard input, and the process makes way for others.
    group.add_argument("--controlled", action="store_true", help=argparse.SUPPRESS)
