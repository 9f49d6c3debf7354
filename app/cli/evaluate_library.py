"""`tagwright evaluate --library`: how well a head finds the tags that the user has confirmed."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from app.cli.exit_codes import OK
from app.cli.text import count, printable
from app.cli.train import as_dict, as_text, curve_as_dict, write_figures
from app.core.errors import UsageError
from app.core.folders import Folders
from app.core.settings import TagSettings
from app.library.library import Library
from app.services.accuracy.judging import ENOUGH
from app.services.accuracy.opening import judge, with_paths


def evaluate_library(options: argparse.Namespace, folders: Folders) -> int:
    """Print how good the head is, by cross-validation.

    Returns:
        The exit code.

    Raises:
        UsageError: too little is confirmed.
    """
    settings = TagSettings(options.model, options.crops, options.min_score)
    shown = sys.stderr.isatty()

    def progress(done: int, steps: int) -> None:
        if shown:
            print(f"\r{done} of {steps} steps", end="", file=sys.stderr)

    with Library(folders.data) as library:
        found = judge(library, folders, settings, options.kind, progress=progress)
        if shown:
            print("\r\033[K", end="", file=sys.stderr)
        if found is None or found.figures is None:
            raise UsageError(
                f"too little is confirmed: at least two tags with {ENOUGH} photos each are"
                f" needed, on photos that {settings.model} has looked at"
            )
        found = with_paths(library, found)
    figures = found.figures
    assert figures is not None
    result: dict[str, Any] = {
        "head": found.kind,
        "model": settings.model,
        **as_dict(figures),
        **curve_as_dict(found.curve),
        "confirmed": found.confirmed,
        "too_few": {str(tag): number for tag, number in found.too_few.items()},
    }
    write_figures(options, figures, f"{found.kind}, {count(found.photos, 'photo')}", found.curve)
    if options.json:
        print(json.dumps(result, indent=2))
        return OK
    print(as_text(result))
    if found.too_few:
        names = ", ".join(f"{printable(tag)} ({n})" for tag, n in list(found.too_few.items())[:12])
        more = f" and {len(found.too_few) - 12} more" if len(found.too_few) > 12 else ""
        print(f"Left out, because fewer than {ENOUGH} photos have them: {names}{more}")
    return OK
