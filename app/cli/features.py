"""`tagwright features`: what a network sees in a folder of photos, into a file."""

from __future__ import annotations

import argparse
from collections import Counter

from app.cli.exit_codes import OK, SOME_FAILED
from app.cli.looking import features_of
from app.cli.text import count, printable
from app.core.folders import Folders


def run_features(options: argparse.Namespace, folders: Folders) -> int:
    """Write embeddings and class scores of a folder into a NumPy archive.

    Returns:
        The exit code: 1 when some photos could not be read.
    """
    features = features_of(options.folder, options.model, options.crops, folders, options.device)
    features.save(options.output)
    classes = Counter(name for name in features.classes if name)
    print(
        f"{printable(options.output)}: {count(len(features), 'photo')} in"
        f" {len(classes)} {'folder' if len(classes) == 1 else 'folders'},"
        f" {features.embeddings.shape[1]} values each, {features.model}"
    )
    return SOME_FAILED if features.failed else OK
