"""`tagwright rules check FILE`: what is wrong with a rules file, and where."""

from __future__ import annotations

import argparse
import sys

from app.services.rules_file import check_rules


def run_rules(options: argparse.Namespace) -> int:
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
    tags = len({rule.tag for rule in report.rules.values() if rule.threshold < 1})
    print(f"{options.file}: good, {len(report.rules)} rules for {tags} tags")
    return 0
