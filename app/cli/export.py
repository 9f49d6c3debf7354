"""`tagwright export`: tags for another program, beside the originals."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

from app.cli.exit_codes import OK, SOME_FAILED
from app.cli.text import count, printable
from app.core.errors import UsageError
from app.core.folders import Folders
from app.library.library import DATABASE, Library
from app.metadata.programs import PROGRAMS, Program
from app.services.export import Exported, ExportSettings, export

#: Of how many photos the report says what the program will show.
_EXAMPLES = 5


@dataclass
class _Report:
    """What is counted on the way."""

    photos: int = 0
    embedded: int = 0
    sidecars: int = 0
    without: int = 0
    there: int = 0
    failed: int = 0
    examples: list[Exported] = field(default_factory=list)

    def add(self, result: Exported) -> None:
        """Count one photo."""
        self.photos += 1
        if result.error:
            self.failed += 1
            return
        self.embedded += result.embedded
        self.sidecars += result.sidecars > 0
        self.without += not result.tags
        self.there += bool(result.files) and not result.new
        if len(self.examples) < _EXAMPLES:
            self.examples.append(result)

    def text(self, to: Path) -> str:
        """The counts in one sentence."""
        if not self.photos:
            return "No photos found."
        groups = [
            (self.embedded, "with tags in them"),
            (self.sidecars, "with sidecars"),
            (self.without, "without tags"),
            (self.there, "there already"),
            (self.failed, "failed"),
        ]
        parts = [f"{number:,} {what}" for number, what in groups if number]
        return f"{count(self.photos, 'photo')} to {printable(to)}: {', '.join(parts) or 'done'}."


def run_export(options: argparse.Namespace, folders: Folders) -> int:
    """Export photos and report what the program will show.

    Returns:
        The exit code: 1 when some photos failed.
    """
    program = PROGRAMS[options.program] if options.program else None
    settings = ExportSettings(program, options.how, options.min_score, options.accepted_only)
    report = _Report()
    with ExitStack() as opened:
        library = None
        if (folders.data / DATABASE).exists():
            library = opened.enter_context(Library(folders.data))
        elif not options.paths:
            raise UsageError("the library is empty; say which photos or folders to export")
        results = opened.enter_context(
            closing(export(options.paths, options.to, settings, library))
        )
        for result in results:
            report.add(result)
            _print(result)
    if program is not None and report.examples:
        print(f"{program.title} will show:")
        for line in _examples(report.examples, program):
            print(f"  {line}")
        if program.sidecar is None and report.sidecars:
            print(f"{count(report.sidecars, 'photo')} got sidecars, which it does not read.")
    print(report.text(options.to), file=sys.stderr)
    return SOME_FAILED if report.failed else OK


def _print(result: Exported) -> None:
    if result.error:
        print(f"{printable(result.path)}: {printable(result.error)}", file=sys.stderr)
        return
    for problem in result.problems:
        print(f"{printable(result.path)}: not read: {printable(problem)}", file=sys.stderr)


def _examples(results: list[Exported], program: Program) -> list[str]:
    lines = [f"{printable(r.path.name)}: {'; '.join(r.shown) or 'no tags'}" for r in results]
    return [*lines, f"({program.note})"] if program.note else lines
