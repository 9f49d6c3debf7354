"""`tagwright rules check FILE`: what is wrong with a rules file, and where."""

from __future__ import annotations

import argparse
import sys

from app.cli.text import count, printable
from app.core.folders import Folders
from app.core.paths import data_path
from app.services.rules_file import Report, check_rules
from app.vision.catalogue import Catalogue


def run_rules(options: argparse.Namespace, _: Folders) -> int:
    """Check a rules file.

    Returns:
        The exit code: 1 when the file cannot be used.
    """
    report = check_rules(options.file)
    for line, reason in report.errors:
        print(f"{options.file}:{line}: {reason}", file=sys.stderr)
    for line, reason in report.warnings:
        print(f"{options.file}:{line}: warning: {reason}", file=sys.stderr)
    if report.errors:
        return 1
    strangers = unknown_names(report)
    if strangers:
        shown = ", ".join(sorted(strangers)[:8]) + (", …" if len(strangers) > 8 else "")
        print(
            f"{options.file}: warning: {count(len(strangers), 'name')} that no network here knows"
            f" and no 'see' leads to: {printable(shown)}",
            file=sys.stderr,
        )
    tags = len({rule.tag for rule in report.rules.values() if rule.threshold < 1})
    print(f"{options.file}: good, {count(len(report.rules), 'rule')} for {count(tags, 'tag')}")
    return 0


def unknown_names(report: Report) -> set[str]:
    """Entries that no class of the program's networks and no `see` leads to."""
    known = set(report.targets)
    for card in Catalogue([data_path("models")]).cards():
        for label in card.labels():
            known |= {label.name, label.wordnet_id}
    return set(report.rules) - known
