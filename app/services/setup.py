"""What the command line and the window begin with: the networks, the rules, the steps."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from app.core.errors import RulesError
from app.core.folders import Folders
from app.core.paths import data_path
from app.core.rules import Labeller, RuleSet
from app.core.settings import TagSettings
from app.core.tag import Tag
from app.services.rules_file import load_rules
from app.services.tagging import Tagger
from app.vision.catalogue import Catalogue


def catalogue(folders: Folders) -> Catalogue:
    """The user's networks and those that come with the program."""
    return Catalogue([folders.own_models, data_path("models")])


def rules_path(folders: Folders, named: Path | None = None) -> Path:
    """The rules file in use: the one named, else the user's own, else the program's."""
    if named is not None:
        return named
    return folders.own_rules if folders.own_rules.exists() else data_path("rules.yml")


def rules(folders: Folders, named: Path | None = None) -> RuleSet:
    """The rules in use.

    Raises:
        RulesError: they cannot be read or break the format.
    """
    return load_rules(rules_path(folders, named), folders.cache)


@lru_cache(maxsize=1)
def _tags_of(path: Path, cache_folder: Path, _mtime_ns: int) -> tuple[Tag, ...]:
    rule_set = load_rules(path, cache_folder)
    return tuple(sorted({rule.tag for rule in rule_set.rules.values() if rule.threshold < 1}))


def rule_tags(folders: Folders) -> tuple[Tag, ...]:
    """The tags that the rules in use can suggest; none where the rules cannot be read."""
    path = rules_path(folders)
    try:
        return _tags_of(path, folders.cache, path.stat().st_mtime_ns)
    except (RulesError, OSError):
        return ()  # whoever tags says what is wrong with them


def tagger(folders: Folders, settings: TagSettings, named_rules: Path | None = None) -> Tagger:
    """The steps of tagging under some settings, with the rules in use.

    Raises:
        ModelError: the network is not there or damaged.
        RulesError: the rules cannot be read or break the format.
    """
    card = catalogue(folders).get(settings.model)
    rule_set = rules(folders, named_rules)
    labeller = Labeller(rule_set, card.labels(), card.confidence)
    return Tagger(settings, card, labeller, rule_set.version)
