"""`tagwright train --head compare`: which kind of head is best for some photos."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from app.cli.exit_codes import OK, SOME_FAILED
from app.cli.looking import features_of
from app.cli.text import count
from app.core.errors import UsageError
from app.core.folders import Folders
from app.library.library import Library
from app.services.comparison import (
    LEAST_PHOTOS,
    LEAST_TAGS,
    Comparison,
    Spread,
    compare_heads,
    examples_in_folders,
    own_examples,
)
from app.services.preferences import load_preferences


def compare(options: argparse.Namespace, folders: Folders) -> int:
    """Compare the kinds of heads on a folder per class, or on what was decided in the library.

    Returns:
        The exit code: 1 when some photos could not be read.

    Raises:
        UsageError: nothing was decided yet.
    """
    failed = 0
    if options.folder is not None:
        features = features_of(
            options.folder, options.model, options.crops, folders, options.device
        )
        failed = len(features.failed)
        known = examples_in_folders(features)
    else:
        with Library(folders.data) as library:
            own = own_examples(library)
        if own is None:
            raise UsageError("nothing has been accepted or rejected yet; name a folder instead")
        known = own
    is_shown = sys.stderr.isatty()

    def tell(done: int, total: int) -> None:
        if is_shown:
            print(f"\r{done} of {total} steps", end="", file=sys.stderr)

    in_use = load_preferences(folders.config)[0].head
    found = compare_heads(*known, in_use=in_use, told=tell)
    if is_shown:
        print("\r\033[K", end="", file=sys.stderr)
    assert found is not None
    result = {"model": known[0], **asdict(found), "in_use": in_use, "failed": failed}
    print(json.dumps(result, indent=2) if options.json else _text(found, in_use))
    return SOME_FAILED if failed else OK


def _text(found: Comparison, in_use: str) -> str:
    lines = [f"{count(found.photos, 'photo')}, {count(found.tags, 'tag')}"]
    if found.verdict == "few":
        return "\n".join(
            [
                *lines,
                f"Too few to compare: at least {LEAST_TAGS} tags need {LEAST_PHOTOS} photos each.",
            ]
        )
    lines += ["", "                  first tag right   average precision  calibration error   time"]
    lines += [
        f"  {each.kind:14}{_share(each.accuracy):>17}{_share(each.average_precision):>20}"
        f"{each.calibration_error.mean:13.3f} ± {each.calibration_error.deviation:.3f}"
        f"{each.seconds:6.1f}s"
        for each in found.heads
    ]
    if found.verdict == "best":
        lines += ["", f"Best on these photos: {found.best}"]
    elif found.best == in_use:
        lines += ["", f"No difference beyond chance: {in_use}, which is in use, is as good as any"]
    else:
        lines += ["", f"Better than {in_use}, which is in use: {found.best}"]
    return "\n".join(lines)


def _share(figure: Spread) -> str:
    return f"{figure.mean:.1%} ± {figure.deviation:.1%}"
