"""Tagging photos, taking it back, and looking at what is there."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.options.common import DEFAULTS, device_options, network_options, path, share
from app.core.settings import CHOICES, WRITE_MODES, WRITE_SUGGESTIONS
from app.metadata.programs import PROGRAMS


def tag_options(parser: argparse.ArgumentParser) -> None:
    """`tagwright tag`."""
    parser.description = (
        "Suggest tags for photos and write the sure ones into them: into JPEGs themselves, for"
        " other formats into an XMP sidecar beside the photo. Tags that are there already stay."
        " Press Ctrl-C to stop; the same command goes on where it stopped."
    )
    parser.epilog = "Exit code: 0 all well, 1 some files failed, 2 wrong use, 130 stopped."
    parser.add_argument("paths", nargs="+", type=path, metavar="PATH", help="a folder or a photo")
    parser.add_argument(
        "--write",
        choices=WRITE_MODES,
        default=DEFAULTS.write,
        help="auto: into the photo where that is safe, else a sidecar (default); sidecar: never"
        " touch the photos; none: write nothing, only suggest",
    )
    parser.add_argument(
        "--min-score",
        type=share,
        default=DEFAULTS.min_score,
        metavar="S",
        help="write suggestions that are at least this certain, 0 to 1 (default: %(default)s)",
    )
    parser.add_argument(
        "--write-suggestions",
        choices=WRITE_SUGGESTIONS,
        default=DEFAULTS.write_suggestions,
        help="sure: write the sure ones straight away (default); accepted: only what you have"
        " accepted with `tagwright edit`",
    )
    _writing(parser)
    network_options(parser)
    parser.add_argument(
        "--rules", type=Path, metavar="FILE", help="a rules file to use instead of the usual one"
    )
    parser.add_argument(
        "--choose",
        choices=CHOICES,
        default=DEFAULTS.choice,
        dest="choice",
        help="rules: by the thresholds of the rules (default); cumulative: the most probable"
        " tags until they add up to 90 %%",
    )
    parser.add_argument("--json", action="store_true", help="print a line of JSON for each photo")


def edit_options(parser: argparse.ArgumentParser) -> None:
    """`tagwright edit`."""
    parser.description = (
        "Accept or reject suggestions for photos, add tags, take tags out. A tag of a hierarchy is"
        " written with slashes, as Animal/Cat. What you reject is never suggested for the photo"
        " again. `tagwright revert` takes all of it back."
    )
    parser.add_argument("paths", nargs="+", type=path, metavar="PATH", help="a photo or a folder")
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
        default=DEFAULTS.write,
        help="where tags are written, as for `tagwright tag`; none only remembers what you say",
    )
    _writing(parser)
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


def history_options(parser: argparse.ArgumentParser) -> None:
    """`tagwright history`."""
    parser.description = "List the runs that wrote tags, the last one first."
    parser.add_argument(
        "--photo", type=path, metavar="PATH", help="list what was written into one photo"
    )
    parser.add_argument("--json", action="store_true", help="print a line of JSON for each")


def revert_options(parser: argparse.ArgumentParser) -> None:
    """`tagwright revert`."""
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
        "--photo", nargs="+", type=path, metavar="PATH", help="everything in photos or folders"
    )
    what.add_argument("--all", action="store_true", help="everything that was ever written")
    parser.add_argument("--yes", action="store_true", help="do not ask before --all")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
    parser.add_argument("--json", action="store_true", help="print a line of JSON for each photo")


def inspect_options(parser: argparse.ArgumentParser) -> None:
    """`tagwright inspect`."""
    parser.description = (
        "Show every place in which a photo keeps tags, which of them Tagwright wrote, and what"
        " other programs show for it."
    )
    parser.add_argument("photo", type=path, metavar="PHOTO")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def export_options(parser: argparse.ArgumentParser) -> None:
    """`tagwright export`."""
    parser.description = (
        "Take the tags to another program and leave the originals alone: as copies of the photos"
        " with the tags in them, as sidecars, or as a table. Exported are the tags that are in a"
        " photo and its sidecars, those that you confirmed, and sure suggestions. Files that are"
        " in the folder already are never replaced."
    )
    parser.epilog = "Exit code: 0 all well, 1 some files failed, 2 wrong use, 130 stopped."
    parser.add_argument(
        "paths", nargs="*", type=path, metavar="PATH",
        help="a folder or a photo (default: everything in the library)",
    )  # fmt: skip
    parser.add_argument("--to", type=path, required=True, metavar="FOLDER", help="where to")
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
        "--min-score", type=share, default=DEFAULTS.min_score, metavar="S",
        help="suggestions that are at least this certain go along, 0 to 1 (default: %(default)s)",
    )  # fmt: skip
    chosen.add_argument("--accepted-only", action="store_true", help="leave all suggestions out")


def rules_options(parser: argparse.ArgumentParser) -> None:
    """`tagwright rules`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("check", help="say what is wrong with a rules file, and where")
    check.add_argument("file", type=Path, metavar="FILE")


def doctor_options(parser: argparse.ArgumentParser) -> None:
    """`tagwright doctor`."""
    parser.description = "Say what hardware, model and folders are in use, and what is missing."
    device_options(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
