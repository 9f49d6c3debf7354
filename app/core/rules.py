"""Rules: from the words of a network to tags that a person would use.

A rule set maps a network's label ("tabby") to a tag ("Animal/Cat") with a threshold and a
priority. The format is PhotoPrism's `rules.yml`; reading the file is the business of
`app.services.rules_file`, this module is what the entries mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.core.confidence import AS_SAID, Confidence
from app.core.settings import Choice
from app.core.tag import Suggestion, Tag, fold

#: Scores under this never become suggestions, and a label without a rule has it as threshold.
SCORE_FLOOR = 0.1
#: What scores no more than this share of the first result is dropped.
RELATIVE_FLOOR = 1 / 3
#: What many networks call their class for "none of these". Without a rule of its own it is no tag.
BACKGROUND = "background"
#: At which cumulative probability the `cumulative` choice stops.
CUMULATIVE_STOP = 0.9


@dataclass(frozen=True, slots=True)
class Rule:
    """What a label of the network becomes.

    Attributes:
        label: the tag's own name.
        threshold: what the network itself scores under it is dropped, 0 to 1. At 1 the label is
            switched off.
        priority: of a photo's suggestions, the higher comes first, whatever the score.
        categories: the first is the parent (itself a tag, so it may be a path), the others
            are tags of their own.
    """

    label: str
    threshold: float = SCORE_FLOOR
    priority: int = 0
    categories: tuple[Tag, ...] = ()

    @property
    def tag(self) -> Tag:
        """The label in its place of the hierarchy."""
        parent = self.categories[0].path if self.categories else ()
        if parent and fold(parent[-1]) == fold(self.label):
            return Tag(parent)
        return Tag((*parent, self.label))

    @property
    def also(self) -> tuple[Tag, ...]:
        """The further categories, each a tag of its own."""
        return tuple(c for c in self.categories[1:] if fold(c.name) != fold(self.label))


@dataclass(frozen=True, slots=True)
class Label:
    """One class of a network.

    Attributes:
        name: in lower case.
        wordnet_id: where it has one.
        tag: what it is as a tag, where the one who trained the network has said so.
    """

    name: str
    wordnet_id: str = ""
    tag: Tag | None = None


@dataclass(frozen=True)
class RuleSet:
    """Rules by network label or WordNet id (which wins, since two classes may share a label).

    Attributes:
        version: changes whenever the file that they come from does.
    """

    rules: Mapping[str, Rule] = field(default_factory=dict)
    version: str = field(default="", compare=False)

    def rule_for(self, label: Label) -> Rule:
        """The rule of a class; one without an entry keeps its name and the lowest threshold.

        One that is a tag already stays that tag, under the thresholds of an entry for this very
        tag: who has trained a network on "Mouse" does not mean what others call a mouse, and wants
        "Mousetrap" suggested, which the program's rules never do.
        """
        found = self.rules.get(label.wordnet_id) or self.rules.get(label.name)
        if label.tag is not None and not _is_about(found, label.tag):
            *parents, name = label.tag.path
            return Rule(name, categories=(Tag(tuple(parents)),) if parents else ())
        if found is None and label.name == BACKGROUND:
            return Rule(label.name, threshold=1.0)
        return found or Rule(label.name)


def _is_about(rule: Rule | None, tag: Tag) -> bool:
    return rule is not None and rule.tag == tag and rule.threshold < 1


class Labeller:
    """A rule set laid over the classes of one network, ready for many photos.

    Classes whose rules give the same tag are one result. Its score is the sum of theirs, which
    is the probability that the network gives to "one of these": a mongrel that is a little of
    eight breeds is still surely a dog. `join="max"` takes the best of them, as PhotoPrism does.

    What is suggested follows from the network's own scores, which the rules' thresholds mean: of a
    photo that shows nothing that it knows a network says little of everything, and just that
    is lost in a certainty, which supposes that one of the classes is right. How certain a
    suggestion is says `Confidence`.
    """

    def __init__(
        self,
        rules: RuleSet,
        labels: Sequence[Label],
        confidence: Confidence = AS_SAID,
        *,
        join: Literal["sum", "max"] = "sum",
    ) -> None:
        of_class = [rules.rule_for(label) for label in labels]
        tags = list(dict.fromkeys(rule.tag for rule in of_class))
        index = {tag: i for i, tag in enumerate(tags)}
        self._join = join
        self.confidence = confidence
        self._tags = tags
        self._also: list[tuple[Tag, ...]] = [()] * len(tags)
        self._group = np.array([index[rule.tag] for rule in of_class], dtype=np.intp)
        self._threshold = np.ones(len(tags))
        self._priority = np.full(len(tags), np.iinfo(np.int32).min)
        for rule, group in zip(of_class, self._group, strict=True):
            self._threshold[group] = min(self._threshold[group], rule.threshold)
            self._priority[group] = max(self._priority[group], rule.priority)
            self._also[group] = self._also[group] or rule.also

    @property
    def tags(self) -> tuple[Tag, ...]:
        """All tags that the network can suggest by itself."""
        return tuple(self._tags)

    def tag_scores(self, scores: NDArray[np.floating]) -> NDArray[np.float64]:
        """Scores of shape (classes,) joined by tag, in the order of `tags`."""
        joined = np.zeros(len(self._tags))
        if self._join == "sum":
            np.add.at(joined, self._group, scores)
        else:
            np.maximum.at(joined, self._group, scores)
        return np.minimum(joined, 1.0)

    def certainties(self, scores: NDArray[np.floating]) -> NDArray[np.float64]:
        """How certain each tag is, in the order of `tags`, for scores of shape (classes,)."""
        return self.tag_scores(self.confidence.certainties(scores))

    def suggest(
        self, scores: NDArray[np.floating], source: str, *, choice: Choice = "rules"
    ) -> tuple[Suggestion, ...]:
        """The suggestions for one photo, best first.

        Args:
            scores: the network's own of shape (classes,), already joined over the crops.
            source: the id of the network.
            choice: `rules` drops what scores under 0.1, then what scores under its rule's
                threshold, sorts by priority and then score, and drops what scores no more than a
                third of the first result. `cumulative` takes the most probable tags until their
                probabilities add up to 0.9, without looking at thresholds or priorities
                (a label that is switched off counts, but is not shown).
        """
        joined = self.tag_scores(scores)
        if choice == "cumulative":
            best_first = np.argsort(-joined, kind="stable")
            before = np.concatenate([[0.0], np.cumsum(joined[best_first])[:-1]])
            chosen = best_first[(before < CUMULATIVE_STOP) & (joined[best_first] > 0)]
            chosen = chosen[self._threshold[chosen] < 1]
        else:
            (chosen,) = np.nonzero((joined >= SCORE_FLOOR) & (joined >= self._threshold))
            chosen = chosen[self._threshold[chosen] < 1]
            chosen = chosen[np.lexsort((-joined[chosen], -self._priority[chosen]))]
            if len(chosen):
                chosen = chosen[joined[chosen] > joined[chosen[0]] * RELATIVE_FLOOR]
        return self._with_categories(chosen, self.certainties(scores), source)

    def _with_categories(
        self, chosen: NDArray[np.intp], certainties: NDArray[np.float64], source: str
    ) -> tuple[Suggestion, ...]:
        found: dict[Tag, Suggestion] = {}
        for group in chosen:
            score, priority = float(certainties[group]), int(self._priority[group])
            for tag in (self._tags[group], *self._also[group]):
                # A category that two labels share is as sure as the surer one.
                if tag not in found or found[tag].score < score:
                    found[tag] = Suggestion(tag, score, source, priority)
        return tuple(found.values())
