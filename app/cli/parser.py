"""What the command line understands."""

from __future__ import annotations

import argparse
from pathlib import Path

import app
from app.cli.models_options import (
    add_options,
    compare_options,
    fetch_options,
    quantise_options,
)
from app.core.settings import CHOICES, DEVICES, WRITE_MODES, WRITE_SUGGESTIONS, TagSettings
from app.metadata.programs import PROGRAMS

_DEFAULTS = TagSettings()
#: The kinds of heads: `app.learning.heads.KINDS`, which takes NumPy to import.
HEADS = ("nearest-mean", "gnb", "svm", "logistic")
#: The keys of `app.vision.outside.ranges.RANGES`, likewise.
INPUT_RANGES = ("-1..1", "0..1", "0..255", "imagenet", "caffe")
#: Stands for all of them side by side.
COMPARE = "compare"

#: The subcommands; anything else that is named is a folder for the window.
COMMANDS = (
    "tag", "edit", "history", "revert", "evaluate", "models", "rules", "doctor", "inspect",
    "export", "features", "train",
)  # fmt: skip


def build_parser() -> argparse.ArgumentParser:
    """The parser of all subcommands; it imports nothing heavy."""
    parser = argparse.ArgumentParser(
        prog="tagwright",
        usage="tagwright [FOLDER ...]\n       tagwright COMMAND ...",
        description="Suggest tags for photos and write them where other photo programs see them."
        " Without a command the window opens, with the folders that are named.",
    )
    parser.add_argument("--version", action="version", version=f"tagwright {app.__version__}")
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands", prog="tagwright"
    )
    _tag(commands.add_parser("tag", help="tag photos and folders of photos"))
    _edit(commands.add_parser("edit", help="accept, reject, add or take out tags"))
    _history(commands.add_parser("history", help="list what was written"))
    _revert(commands.add_parser("revert", help="take back what was written"))
    _evaluate(commands.add_parser("evaluate", help="measure how well a network knows your photos"))
    _features(commands.add_parser("features", help="keep what a network sees in photos, in a file"))
    _train(commands.add_parser("train", help="teach a head a folder per class, and judge it"))
    _models(commands.add_parser("models", help="list, add and remove networks"))
    _rules(commands.add_parser("rules", help="work with rules files"))
    _doctor(commands.add_parser("doctor", help="say what hardware, model and folders are in use"))
    _inspect(commands.add_parser("inspect", help="show a photo's tags, and who would show which"))
    _export(commands.add_parser("export", help="copies, sidecars or a table for another program"))
    return parser


def _tag(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Suggest tags for photos and write the sure ones into them: into JPEGs themselves, for"
        " other formats into an XMP sidecar beside the photo. Tags that are there already stay."
        " Press Ctrl-C to stop; the same command goes on where it stopped."
    )
    parser.epilog = "Exit code: 0 all well, 1 some files failed, 2 wrong use, 130 stopped."
    parser.add_argument("paths", nargs="+", type=_path, metavar="PATH", help="a folder or a photo")
    parser.add_argument(
        "--write",
        choices=WRITE_MODES,
        default=_DEFAULTS.write,
        help="auto: into the photo where that is safe, else a sidecar (default); sidecar: never"
        " touch the photos; none: write nothing, only suggest",
    )
    parser.add_argument(
        "--min-score",
        type=_share,
        default=_DEFAULTS.min_score,
        metavar="S",
        help="write suggestions that are at least this certain, 0 to 1 (default: %(default)s)",
    )
    parser.add_argument(
        "--write-suggestions",
        choices=WRITE_SUGGESTIONS,
        default=_DEFAULTS.write_suggestions,
        help="sure: write the sure ones straight away (default); accepted: only what you have"
        " accepted with `tagwright edit`",
    )
    _writing(parser)
    _network(parser)
    parser.add_argument(
        "--rules", type=Path, metavar="FILE", help="a rules file to use instead of the usual one"
    )
    parser.add_argument(
        "--choose",
        choices=CHOICES,
        default=_DEFAULTS.choice,
        dest="choice",
        help="rules: by the thresholds of the rules (default); cumulative: the most probable"
        " tags until they add up to 90 %%",
    )
    parser.add_argument("--json", action="store_true", help="print a line of JSON for each photo")


def _writing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-windows-keywords",
        action="store_false",
        dest="xp_keywords",
        help="do not write the keywords that Windows programs read from Exif",
    )
    parser.add_argument(
        "--adobe-sidecars",
        action="store_true",
        help="name new sidecars photo.xmp, as Adobe's programs do, and not photo.jpg.xmp",
    )
    parser.add_argument(
        "--use-exiftool",
        action="store_true",
        help="let ExifTool put tags into HEIC, AVIF and JPEG XL, which get sidecars otherwise",
    )


def _edit(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Accept or reject suggestions for photos, add tags, take tags out. A tag of a hierarchy is"
        " written with slashes, as Animal/Cat. What you reject is never suggested for the photo"
        " again. `tagwright revert` takes all of it back."
    )
    parser.add_argument("paths", nargs="+", type=_path, metavar="PATH", help="a photo or a folder")
    for name, what in (
        ("--accept", "accept a suggestion"),
        ("--reject", "reject a suggestion; a tag that was written goes"),
        ("--add", "add a tag of your own"),
        ("--remove", "take a tag out"),
    ):
        parser.add_argument(name, action="append", default=[], metavar="TAG", help=what)
    parser.add_argument("--accept-all", action="store_true", help="accept all suggestions")
    parser.add_argument(
        "--write",
        choices=WRITE_MODES,
        default=_DEFAULTS.write,
        help="where tags are written, as for `tagwright tag`; none only remembers what you say",
    )
    _writing(parser)
    parser.add_argument("--json", action="store_true", help="print a line of JSON for each photo")


def _network(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--model",
        default=_DEFAULTS.model,
        metavar="ID",
        help="the network, as `tagwright models` lists them (default: %(default)s)",
    )
    parser.add_argument(
        "--crops",
        type=int,
        choices=(1, 3),
        default=_DEFAULTS.crops,
        help="look at the middle of each photo only, or also at its two ends"
        " (default: %(default)s)",
    )
    _device(parser)


def _device(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--device",
        choices=DEVICES,
        default=_DEFAULTS.device,
        help="what the network runs on: the processor (cpu), a graphics card (gpu), or whichever"
        " is faster (default: %(default)s)",
    )


def _history(parser: argparse.ArgumentParser) -> None:
    parser.description = "List the runs that wrote tags, the last one first."
    parser.add_argument(
        "--photo", type=_path, metavar="PATH", help="list what was written into one photo"
    )
    parser.add_argument("--json", action="store_true", help="print a line of JSON for each")


def _revert(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Take back what was written. Photos that nobody has changed since become byte-identical"
        " to what they were; from others, just the tags that Tagwright wrote are taken out."
        " Reverting is a run itself, which can be reverted."
    )
    parser.epilog = "Exit code: 0 all well, 1 some photos failed, 2 wrong use, 130 stopped."
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--run", metavar="ID", help="one run, by the beginning of its id in `tagwright history`"
    )
    what.add_argument(
        "--photo", nargs="+", type=_path, metavar="PATH", help="everything in photos or folders"
    )
    what.add_argument("--all", action="store_true", help="everything that was ever written")
    parser.add_argument("--yes", action="store_true", help="do not ask before --all")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
    parser.add_argument("--json", action="store_true", help="print a line of JSON for each photo")


def _evaluate(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Print how often the right answer is the network's first, or among its first 5 or 10,"
        " for photos whose names begin with a WordNet id, or that lie in one folder per class."
        " With --library, how well a head finds the tags that you have confirmed, each photo"
        " judged by a head that was not taught it."
    )
    parser.add_argument("folder", nargs="?", type=_path, metavar="FOLDER")
    parser.add_argument(
        "--library", action="store_true", help="judge by your own library, not by a folder"
    )
    parser.add_argument(
        "--kind", choices=HEADS, default=HEADS[0],
        help="with --library: how it learns (default: %(default)s)",
    )  # fmt: skip
    _network(parser)
    parser.add_argument("--min-score", type=_share, default=_DEFAULTS.min_score, metavar="S")
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
    parser.add_argument("--csv", type=_path, metavar="FILE", help="write the figures as a table")
    parser.add_argument(
        "--png", type=_path, metavar="FILE",
        help="draw what was taken for what, and how honest the certainties are",
    )  # fmt: skip
    parser.add_argument(
        "--photos", type=_path, metavar="FILE",
        help="write a table of the photos: what each shows, and what it was taken for",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _features(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Run the network on every photo in a folder and keep its embeddings, class scores and the"
        " folders' names in one file (a NumPy archive), from which `tagwright train` and"
        " `tagwright evaluate --head` can start."
    )
    parser.add_argument("folder", type=_path, metavar="FOLDER")
    parser.add_argument(
        "-o", "--output", type=_path, required=True, metavar="FILE.npz", help="where to"
    )
    _network(parser)


def _train(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Teach a head the photos in one folder for each class. It learns four fifths of each"
        " folder and is judged on the rest; the head that is kept has learned all of them."
        " `--head compare` says which kind of head is best by cross-validation, on a folder per"
        " class or on the tags that you have accepted in the window. With --network, train a"
        " network of your own instead, which then is in the catalogue."
    )
    parser.add_argument(
        "folder", type=_path, metavar="FOLDER", nargs="?",
        help="or a file of `tagwright features`; without one, what is in the library is compared",
    )  # fmt: skip
    parser.add_argument(
        "--head", choices=(*HEADS, COMPARE), default=HEADS[0],
        help="how it learns (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument("-o", "--output", type=_path, metavar="HEAD", help="keep the head here")
    parser.add_argument(
        "--seed", type=int, default=0, metavar="N", help="which photos are held back"
    )
    parser.add_argument(
        "--share", type=_share, default=0.8, metavar="S",
        help="the share of each folder that is learned, 0 to 1 (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--learning-curve", action="store_true", help="also with 1, 3, 5, ... photos of each class"
    )
    _network(parser)
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


def _models(parser: argparse.ArgumentParser) -> None:
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
    fetch_options(actions.add_parser("fetch", help="make a network usable that is not here yet"))
    quantise_options(actions.add_parser("quantise", help="float, dynamic and int8 side by side"))
    compare_options(actions.add_parser("compare", help="which one learns your tags best"))


def _models_add(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Examine a network that names what is in a photo, try it, and add it: a TFLite file, what"
        " Teachable Machine exports, a .keras file, or the folder of a SavedModel. Nothing in it"
        " that could run code is loaded."
    )
    parser.epilog = "Exit code: 0 added, 1 the file cannot be used, 2 wrong use."
    parser.add_argument("file", type=_path, metavar="FILE")
    parser.add_argument(
        "--labels", type=_path, metavar="FILE",
        help="the names of its classes, one a line, where the network does not carry them",
    )  # fmt: skip
    parser.add_argument("--name", metavar="NAME", help="what to call it (default: as the file)")
    parser.add_argument(
        "--input-range", choices=INPUT_RANGES, metavar="RANGE",
        help="the numbers in which it wants colours, where it is not found out rightly: "
        + ", ".join(INPUT_RANGES),
    )  # fmt: skip
    parser.add_argument(
        "--try", type=_path, action="append", default=[], dest="photos", metavar="PHOTO",
        help="a photo to try it on; may be given again (default: some of your library)",
    )  # fmt: skip
    _json(parser)
    add_options(parser)


def _json(parser: argparse.ArgumentParser) -> None:
    # Given before an action it counts as well, and must not be set back by it.
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")


def _rules(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("check", help="say what is wrong with a rules file, and where")
    check.add_argument("file", type=Path, metavar="FILE")


def _doctor(parser: argparse.ArgumentParser) -> None:
    parser.description = "Say what hardware, model and folders are in use, and what is missing."
    _device(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _inspect(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Show every place in which a photo keeps tags, which of them Tagwright wrote, and what"
        " other programs show for it."
    )
    parser.add_argument("photo", type=_path, metavar="PHOTO")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _export(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Take the tags to another program and leave the originals alone: as copies of the photos"
        " with the tags in them, as sidecars, or as a table. Exported are the tags that are in a"
        " photo and its sidecars, those that you confirmed, and sure suggestions. Files that are"
        " in the folder already are never replaced."
    )
    parser.epilog = "Exit code: 0 all well, 1 some files failed, 2 wrong use, 130 stopped."
    parser.add_argument(
        "paths", nargs="*", type=_path, metavar="PATH",
        help="a folder or a photo (default: everything in the library)",
    )  # fmt: skip
    parser.add_argument("--to", type=_path, required=True, metavar="FOLDER", help="where to")
    parser.add_argument(
        "--for", dest="program", choices=tuple(PROGRAMS), metavar="PROGRAM",
        help="the program that will read it: " + ", ".join(PROGRAMS),
    )  # fmt: skip
    how = parser.add_mutually_exclusive_group()
    for name, text in (
        ("copy", "copy the photos and put the tags into the copies (default)"),
        ("sidecars", "write only XMP sidecars, named as the program wants them"),
        ("csv", "write one table, tags.csv"),
        ("json", "write one file, tags.json"),
    ):
        how.add_argument(f"--{name}", dest="how", action="store_const", const=name, help=text)
    parser.set_defaults(how="copy")
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument(
        "--min-score", type=_share, default=_DEFAULTS.min_score, metavar="S",
        help="suggestions that are at least this certain go along, 0 to 1 (default: %(default)s)",
    )  # fmt: skip
    chosen.add_argument("--accepted-only", action="store_true", help="leave all suggestions out")


def _path(text: str) -> Path:
    # An unset variable in a script must not mean "all of the current folder".
    if not text:
        raise argparse.ArgumentTypeError("is empty")
    return Path(text)


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"must be a number from 0 to 1, not {text!r}")
    return value
