"""Reading `rules.yml`: checked line by line, compiled once, cached until the file changes."""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from app.core.errors import RulesError, UsageError
from app.core.rules import SCORE_FLOOR, Rule, RuleSet
from app.core.tag import Tag

#: Raised whenever the compiled form changes, so that an old cache is not used.
_CACHE_VERSION = 1
_KEYS = ("label", "see", "threshold", "priority", "categories")


@dataclass(slots=True)
class Report:
    """What a check of a rules file found.

    Attributes:
        rules: the rules, without those that have errors.
        errors: (line, reason) of what makes the file unusable.
        warnings: (line, reason) of what is allowed but probably not meant.
        targets: names that some entry's `see` leads to.
    """

    rules: dict[str, Rule] = field(default_factory=dict)
    errors: list[tuple[int, str]] = field(default_factory=list)
    warnings: list[tuple[int, str]] = field(default_factory=list)
    targets: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Entry:
    """One entry as written, before `see` is followed."""

    line: int
    see: str = ""
    see_line: int = 0
    rule: Rule | None = None


def load_rules(path: Path, cache_folder: Path | None = None) -> RuleSet:
    """The rules of a file.

    Args:
        path: the YAML file.
        cache_folder: where the compiled form is kept; it is made when it does not exist.

    Raises:
        RulesError: the file cannot be read or breaks the format, with line and reason.
    """
    try:
        text = path.read_bytes()
    except OSError as error:
        raise RulesError(path, [(0, error.strerror or str(error))]) from error
    digest = hashlib.sha256(text).hexdigest()
    cache = cache_folder / f"rules-{_CACHE_VERSION}-{digest[:32]}.json" if cache_folder else None
    if cache and (cached := _from_cache(cache)) is not None:
        return RuleSet(cached, digest)
    report = check_rules(path, text)
    if report.errors:
        raise RulesError(path, report.errors)
    if cache:
        _to_cache(cache, report.rules)
    return RuleSet(report.rules, digest)


def check_rules(path: Path, text: bytes | None = None) -> Report:
    """Check a rules file and say everything that is wrong with it, in the order of its lines.

    Raises:
        RulesError: the file cannot be read at all.
    """
    if text is None:
        try:
            text = path.read_bytes()
        except OSError as error:
            raise RulesError(path, [(0, error.strerror or str(error))]) from error
    report = Report()
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        report.errors.append((mark.line + 1 if mark else 0, f"not YAML: {error.problem}"))
        return report
    except (yaml.YAMLError, UnicodeDecodeError):
        report.errors.append((0, "not YAML: it is not a text file"))
        return report
    if root is None:
        return report
    if not isinstance(root, yaml.MappingNode):
        report.errors.append((_line(root), "must be a mapping from labels to rules"))
        return report
    entries = dict(_entries(root, report))
    report.targets = {entry.see for entry in entries.values() if entry.see}
    for name in entries:
        rule = _follow(name, entries, report)
        if rule is not None:
            report.rules[name] = rule
    report.errors.sort()
    report.warnings.sort()
    return report


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _entries(root: yaml.MappingNode, report: Report) -> Iterator[tuple[str, _Entry]]:
    seen: dict[str, int] = {}
    for key, value in root.value:
        line, name = _line(key), str(key.value)
        if not isinstance(key, yaml.ScalarNode) or not name:
            report.errors.append((line, "a label must be a plain word or phrase"))
            continue
        if name != name.lower():
            report.errors.append((line, f"label {name!r} must be in lower case"))
        if name in seen:
            report.errors.append((line, f"label {name!r} is there already, in line {seen[name]}"))
            continue
        seen[name] = line
        yield name, _entry(name, line, value, report)


def _entry(name: str, line: int, node: yaml.Node, report: Report) -> _Entry:
    entry = _Entry(line)
    if not isinstance(node, yaml.MappingNode):
        report.errors.append((_line(node), f"the rule of {name!r} must be a mapping"))
        return entry
    values: dict[str, yaml.Node] = {}
    for key, value in node.value:
        known = str(key.value)
        if known not in _KEYS:
            report.errors.append(
                (_line(key), f"unknown key {known!r} (known are {', '.join(_KEYS)})")
            )
        elif known in values:
            report.errors.append((_line(key), f"key {known!r} is there twice"))
        else:
            values[known] = value
    problems = len(report.errors)
    label = _text(values, "label", report) or name
    threshold = _number(values, "threshold", SCORE_FLOOR, report)
    if not 0 <= threshold <= 1:
        report.errors.append((_line(values["threshold"]), "threshold must be between 0 and 1"))
    priority = _number(values, "priority", 0, report)
    if priority != int(priority):
        report.errors.append((_line(values["priority"]), "priority must be a whole number"))
    categories = tuple(_categories(values.get("categories"), report))
    if "see" in values:
        entry.see, entry.see_line = _text(values, "see", report), _line(values["see"])
        others = [key for key in values if key != "see"]
        if others:
            reason = f"'see' takes the whole rule of {entry.see!r}, so that {', '.join(others)}"
            report.warnings.append((line, f"{reason} here has no effect"))
    if len(report.errors) == problems:
        try:
            rule = Rule(label, threshold, int(priority), categories)
            entry.rule = rule
            _ = rule.tag
        except UsageError as error:
            report.errors.append((line, str(error)))
    return entry


def _text(values: dict[str, yaml.Node], key: str, report: Report) -> str:
    node = values.get(key)
    if node is None:
        return ""
    if not isinstance(node, yaml.ScalarNode) or not str(node.value).strip():
        report.errors.append((_line(node), f"{key} must be a word or phrase"))
        return ""
    return str(node.value).strip()


def _number(values: dict[str, yaml.Node], key: str, default: float, report: Report) -> float:
    node = values.get(key)
    if node is None:
        return default
    try:
        number = float(node.value)
    except (TypeError, ValueError):
        report.errors.append((_line(node), f"{key} must be a number"))
        return default
    if not math.isfinite(number):
        report.errors.append((_line(node), f"{key} must be a number"))
        return default
    return number


def _categories(node: yaml.Node | None, report: Report) -> Iterator[Tag]:
    if node is None:
        return
    if not isinstance(node, yaml.SequenceNode):
        report.errors.append((_line(node), "categories must be a list"))
        return
    for item in node.value:
        try:
            if not isinstance(item, yaml.ScalarNode):
                raise UsageError("a category must be a word, or a path such as Animal/Bird")
            yield Tag.parse(str(item.value))
        except UsageError as error:
            report.errors.append((_line(item), str(error)))


def _follow(name: str, entries: dict[str, _Entry], report: Report) -> Rule | None:
    """The rule of an entry, following `see` to the end of its chain."""
    entry, trail = entries[name], [name]
    while entry.see:
        if entry.see not in entries:
            # Said once, at the entry that names it, not at each that leads there.
            if len(trail) == 1:
                report.errors.append(
                    (entry.see_line, f"'see' names {entry.see!r}, which has no rule")
                )
            return None
        if entry.see in trail:
            loop = " -> ".join([*trail[trail.index(entry.see) :], entry.see])
            if entry.see == name:
                report.errors.append((entries[name].see_line, f"'see' goes in a circle: {loop}"))
            return None
        trail.append(entry.see)
        entry = entries[entry.see]
    return entry.rule


def _from_cache(cache: Path) -> dict[str, Rule] | None:
    try:
        rows = json.loads(cache.read_text(encoding="utf-8"))
        return {
            name: Rule(label, threshold, priority, tuple(Tag(tuple(c)) for c in categories))
            for name, label, threshold, priority, categories in rows
        }
    except (OSError, ValueError, TypeError, UsageError):
        return None


def _to_cache(cache: Path, rules: dict[str, Rule]) -> None:
    rows = [
        [name, r.label, r.threshold, r.priority, [c.path for c in r.categories]]
        for name, r in rules.items()
    ]
    # Only a shortcut: where it cannot be written, the file is read again at the next start.
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        for old in cache.parent.glob("rules-*.json"):
            old.unlink(missing_ok=True)
        temporary = cache.with_suffix(f".{os.getpid()}.tmp")
        temporary.write_text(json.dumps(rows), encoding="utf-8")
        temporary.replace(cache)
    except OSError:
        return
