"""What the command line understands."""

from __future__ import annotations

import argparse

import app
from app.cli.options.learning import evaluate_options, features_options, train_options
from app.cli.options.models import models_options
from app.cli.options.tagging import (
    doctor_options,
    edit_options,
    export_options,
    history_options,
    inspect_options,
    revert_options,
    rules_options,
    tag_options,
)

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
    tag_options(commands.add_parser("tag", help="tag photos and folders of photos"))
    edit_options(commands.add_parser("edit", help="accept, reject, add or take out tags"))
    history_options(commands.add_parser("history", help="list what was written"))
    revert_options(commands.add_parser("revert", help="take back what was written"))
    evaluate_options(
        commands.add_parser("evaluate", help="measure how well a network knows your photos")
    )
    features_options(
        commands.add_parser("features", help="keep what a network sees in photos, in a file")
    )
    train_options(
        commands.add_parser("train", help="teach a head a folder per class, and judge it")
    )
    models_options(commands.add_parser("models", help="list, add and remove networks"))
    rules_options(commands.add_parser("rules", help="work with rules files"))
    doctor_options(
        commands.add_parser("doctor", help="say what hardware, model and folders are in use")
    )
    inspect_options(
        commands.add_parser("inspect", help="show a photo's tags, and who would show which")
    )
    export_options(
        commands.add_parser("export", help="copies, sidecars or a table for another program")
    )
    return parser
