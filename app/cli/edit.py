"""`tagwright edit`: decide about tags without a window."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from app.cli.exit_codes import OK, SOME_FAILED
from app.cli.setup import writing
from app.cli.text import count, printable
from app.core.change import Edit
from app.core.errors import ReadError, UsageError
from app.core.folders import Folders
from app.core.settings import WriteOptions
from app.core.tag import Tag
from app.services.editing import Edited, edit_photos
from app.services.saving import Saver
from app.services.scan import find_photos


def run_edit(options: argparse.Namespace, folders: Folders) -> int:
    """Carry out what is decided about the tags of photos and say what became of each.

    Returns:
        The exit code.
    """
    edit = Edit(
        add=_tags(options.add),
        remove=_tags(options.remove),
        accept=_tags(options.accept),
        reject=_tags(options.reject),
        accept_all=options.accept_all,
    )
    if edit == Edit():
        raise UsageError("say what to do: --accept, --reject, --add, --remove or --accept-all")
    chosen = WriteOptions(
        embed=options.write == "auto",
        xp_keywords=options.xp_keywords,
        adobe_sidecars=options.adobe_sidecars,
        use_exiftool=options.use_exiftool,
    )
    failed = done = 0
    said = json.dumps({name: getattr(options, name) for name in ("add", "remove", "accept",
                       "reject", "accept_all", "write")})  # fmt: skip
    with writing(folders, "edit", said) as (library, journal, run):
        saver = Saver(library, journal, run, chosen)
        found = list(find_photos(options.paths))
        for problem in (each for each in found if isinstance(each, ReadError)):
            failed += 1
            _print(Edited(problem.path, error=problem.reason), options.json)
        photos = (each for each in found if not isinstance(each, ReadError))
        for edited in edit_photos(photos, edit, saver, write=options.write != "none"):
            failed += edited.error is not None
            done += edited.error is None
            _print(edited, options.json)
        library.finish_run(run.id)
        journal.finish_run(run.key)
    print(f"{count(done, 'photo')} edited, {failed} failed", file=sys.stderr)
    return SOME_FAILED if failed else OK


def _tags(texts: list[str]) -> tuple[Tag, ...]:
    return tuple(dict.fromkeys(Tag.parse(text) for text in texts))


def _print(edited: Edited, as_json: bool) -> None:
    report = edited.report
    if as_json:
        line: dict[str, Any] = {"path": str(edited.path)}
        if report is not None:
            line |= {
                "target": report.target,
                "file": str(report.written_to),
                "added": [str(tag) for tag in report.added],
                "removed": [str(tag) for tag in report.removed],
            }
        if edited.error is None:
            line["confirmed"] = [str(tag) for tag in edited.confirmed]
            line["notes"] = list(edited.notes)
        if edited.error is not None:
            line["error"] = edited.error
        print(json.dumps(line), flush=True)
        return
    if edited.error is not None:
        print(f"{printable(edited.path)}: {printable(edited.error)}", file=sys.stderr)
        return
    print(f"{printable(edited.path)}: {printable(_words(edited))}", flush=True)


def _words(edited: Edited) -> str:
    report = edited.report
    if report is None:
        parts = [f"+{tag}" for tag in edited.confirmed] + [f"-{tag}" for tag in edited.removed]
        text = f"remembered: {', '.join(parts)}" if parts else "nothing to remember"
    else:
        parts = [f"+{tag}" for tag in report.added]
        parts += [f"{tag} confirmed" for tag in edited.confirmed if tag not in report.added]
        parts += [f"-{tag}" for tag in report.removed]
        text = ", ".join(parts) or "nothing to change"
    return text + (f" ({'; '.join(edited.notes)})" if edited.notes else "")
