"""Changing entries of a rules file and leaving the rest of its text alone, comments included.

Only the values that differ are replaced, at the places where the YAML parser found them. The new
text is then read by the checker that everyone uses: what does not come out as it was meant is
an error, and nothing is saved.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from app.core.errors import ReadError, RulesError, WriteError
from app.core.folders import Folders
from app.core.paths import data_path
from app.core.rules import Rule, RuleSet
from app.core.tag import Tag
from app.services.rules_file import check_rules

#: What the file of a user is called after they have gone back to the program's rules.
_SET_ASIDE = "rules.before.yml"


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """An entry with a rule of its own.

    Attributes:
        name: the network's word, or a made-up one that others lead to.
        names: the words that lead to it by `see`, in the order of the file.
    """

    name: str
    rule: Rule
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RulesText:
    """A rules file as it is edited.

    Attributes:
        path: where it was read.
        own: whether it is the user's own.
        rules: what it says.
        entries: those with a rule of their own, in the order of the file.
    """

    path: Path
    text: str
    own: bool
    rules: RuleSet
    entries: tuple[RuleEntry, ...]


def read_rules(folders: Folders, *, own: bool = True) -> RulesText:
    """The rules in use, to be edited.

    Args:
        own: the user's own where there are any; if not, the program's in any case.

    Raises:
        ReadError: the file cannot be read.
        RulesError: it breaks the format.
    """
    is_own = own and folders.own_rules.exists()
    path = folders.own_rules if is_own else data_path("rules.yml")
    try:
        # Bytes, since line ends stay as they are.
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise ReadError(path, (error.strerror or str(error)).lower()) from error
    except UnicodeDecodeError as error:
        raise RulesError(path, [(0, "not YAML: it is not a text file")]) from error
    return parse_rules(path, text, own=is_own)


def parse_rules(path: Path, text: str, *, own: bool = True) -> RulesText:
    """The text of a rules file, to be edited.

    Raises:
        RulesError: it breaks the format.
    """
    report = check_rules(path, text.encode())
    if report.errors:
        raise RulesError(path, report.errors)
    sees = {name: see for name, values in _nodes(text).items() if (see := _see(values))}
    leading = defaultdict(list)
    for name in sees:
        end = name
        while end in sees:
            end = sees[end]
        leading[end].append(name)
    entries = tuple(
        RuleEntry(name, rule, tuple(leading[name]))
        for name, rule in report.rules.items()
        if name not in sees
    )
    return RulesText(path, text, own, RuleSet(report.rules), entries)


def placed(rule: Rule, tag: Tag) -> Rule:
    """A rule with another tag; its further categories stay."""
    also = rule.categories[1:]
    if len(tag.path) > 1:
        categories: tuple[Tag, ...] = (Tag(tag.path[:-1]), *also)
    else:
        # Without a parent, but with further categories, the first one is the tag itself.
        categories = (tag, *also) if also else ()
    return Rule(tag.name, rule.threshold, rule.priority, categories)


def with_also(rule: Rule, also: tuple[Tag, ...]) -> Rule:
    """A rule with other further categories."""
    return placed(Rule(rule.label, rule.threshold, rule.priority, (rule.tag, *also)), rule.tag)


def applied(rules: RulesText, changes: Mapping[str, Rule]) -> RuleSet:
    """What the rules say with some entries changed, for a preview."""
    result = dict(rules.rules.rules)
    for entry in rules.entries:
        if entry.name in changes:
            for name in (entry.name, *entry.names):
                result[name] = changes[entry.name]
    return RuleSet(result)


def changed_text(rules: RulesText, changes: Mapping[str, Rule]) -> str:
    """The text of the file with some entries changed.

    Raises:
        RulesError: the text is written in a way that cannot be changed safely.
    """
    text, nodes = rules.text, _nodes(rules.text)
    edits: list[tuple[int, int, str]] = []
    for entry in rules.entries:
        if entry.name in changes and changes[entry.name] != entry.rule:
            node = nodes[entry.name]
            edits += _entry_edits(text, node, entry, changes[entry.name])
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    try:
        again = parse_rules(rules.path, text)
    except RulesError as error:
        raise _unsafe(rules.path) from error
    if dict(again.rules.rules) != dict(applied(rules, changes).rules):
        raise _unsafe(rules.path)
    return text


def save_rules(folders: Folders, text: str) -> None:
    """Make a text the user's own rules, whole or not at all.

    Raises:
        WriteError: it cannot be written; the rules are as they were.
    """
    path = folders.own_rules
    # A link, as of who keeps their settings elsewhere, stays one.
    real = path.resolve()
    temporary = real.with_name(f".{real.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("wb") as file:
                file.write(text.encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(real)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise WriteError(path, (error.strerror or str(error)).lower()) from error


def drop_own_rules(folders: Folders) -> Path | None:
    """Use the program's rules again; the user's own file is set aside.

    Returns:
        Where it is now; None if there was none.

    Raises:
        WriteError: it cannot be moved.
    """
    aside = folders.own_rules.with_name(_SET_ASIDE)
    try:
        folders.own_rules.replace(aside)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise WriteError(folders.own_rules, (error.strerror or str(error)).lower()) from error
    return aside


def _nodes(text: str) -> dict[str, yaml.MappingNode]:
    root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if not isinstance(root, yaml.MappingNode):
        return {}
    return {
        str(key.value): value for key, value in root.value if isinstance(value, yaml.MappingNode)
    }


def _see(node: yaml.MappingNode) -> str:
    values = {key.value: value for key, value in node.value}
    return str(values["see"].value).strip() if "see" in values else ""


def _entry_edits(
    text: str, node: yaml.MappingNode, entry: RuleEntry, rule: Rule
) -> list[tuple[int, int, str]]:
    """The ranges of the text that make an entry say something else."""
    old = entry.rule
    wanted: dict[str, str] = {}
    if rule.label != old.label:
        wanted["label"] = _scalar(rule.label)
    if rule.threshold != old.threshold:
        wanted["threshold"] = f"{rule.threshold:g}"
    if rule.priority != old.priority:
        wanted["priority"] = str(rule.priority)
    if [c.path for c in rule.categories] != [c.path for c in old.categories]:
        wanted["categories"] = f"[{', '.join(_scalar(str(c)) for c in rule.categories)}]"
    edits = []
    for key, value in node.value:
        if (new := wanted.pop(str(key.value), None)) is None:
            continue
        if isinstance(value, yaml.SequenceNode) and not value.flow_style:
            # A list of lines becomes one line, behind the colon.
            colon = text.index(":", key.end_mark.index)
            edits.append((colon + 1, _end(value), f" {new}"))
        else:
            edits.append((value.start_mark.index, value.end_mark.index, new))
    if wanted:
        pairs = [f"{key}: {new}" for key, new in wanted.items()]
        if node.flow_style:
            brace = node.end_mark.index - 1
            lead = ", " if node.value else ""
            edits.append((brace, brace, lead + ", ".join(pairs)))
        else:
            end = text.find("\n", _end(node))
            end = len(text) if end < 0 else end
            indent = " " * node.start_mark.column
            edits.append((end, end, "".join(f"\n{indent}{pair}" for pair in pairs)))
    return edits


def _end(node: yaml.Node) -> int:
    """Where a node's last word ends; a block itself ends only at the next token."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return _end(node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return _end(node.value[-1])
    return int(node.end_mark.index)


def _scalar(value: str) -> str:
    """A text as YAML writes it inside `[ ]` or `{ }`."""
    written: str = yaml.safe_dump(
        [value], default_flow_style=True, allow_unicode=True, width=1 << 20
    )
    return written.strip()[1:-1]


def _unsafe(path: Path) -> RulesError:
    reason = "its text cannot be changed safely here; change it in a text editor"
    return RulesError(path, [(0, reason)])
