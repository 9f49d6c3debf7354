"""Judging a network and the rules on photos whose subject is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.errors import FileError, ReadError, UsageError
from app.core.rules import SCORE_FLOOR, Label, Labeller, RuleSet
from app.core.settings import TagSettings
from app.core.tag import Tag, fold
from app.learning.evaluation import (
    CalibrationBin,
    TagFigures,
    calibration_curve,
    confusion,
    rank_of,
    tag_figures,
    top_k_accuracy,
)
from app.services.features import load_crops, look_at
from app.services.scan import find_photos
from app.vision.embedder import Embedder

__all__ = ["Evaluation", "Example", "TagJudgement", "evaluate", "find_examples", "load_crops"]

_WORDNET_NAME = re.compile(r"(n\d{8})[_.\-]")


@dataclass(frozen=True, slots=True)
class Example:
    """A photo whose subject is known: the classes of the network that are right for it."""

    path: Path
    classes: frozenset[int]


@dataclass(slots=True)
class Evaluation:
    """What came out.

    Attributes:
        ranks: at which place the right class stood, for each photo.
        suggested: photos with at least one suggestion at the minimum score.
        right: those of them whose suggestions include the right tag.
        first_right: those of them whose first suggestion is the right tag.
        failed: photos that could not be decoded, with the reason.
        known: what photos were taken for, by the name that said so, with the number of photos.
        unknown: folders whose class the network does not have, with the number of photos.
        tags: the tags that the network can give.
        scores: for each photo the certainty of each of them, shape (tags,).
        wanted: for each photo the indices of the tags that are right.
        paths: of the same photos.
    """

    ranks: list[int] = field(default_factory=list)
    suggested: int = 0
    right: int = 0
    first_right: int = 0
    failed: list[FileError] = field(default_factory=list)
    known: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    tags: list[Tag] = field(default_factory=list)
    scores: list[NDArray[np.float32]] = field(default_factory=list)
    wanted: list[frozenset[int]] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)

    def by_tag(self, min_score: float) -> TagJudgement | None:
        """How good each tag is that some photo should have; None for no photos.

        Args:
            min_score: from which certainty on a tag counts as given.
        """
        if not self.scores:
            return None
        scores = np.array(self.scores)
        right = np.zeros(scores.shape, dtype=bool)
        for row, indices in enumerate(self.wanted):
            right[row, list(indices)] = True
        columns = np.flatnonzero(right.any(axis=0))
        names = tuple(self.tags[column] for column in columns)
        figures = tag_figures(
            scores[:, columns], scores[:, columns] >= min_score, right[:, columns]
        )
        # What is taken for something that no photo here shows is in the last column.
        place = np.full(len(self.tags), len(columns))
        place[columns] = np.arange(len(columns))
        truth = place[right.argmax(axis=1)]
        guess = place[scores.argmax(axis=1)]
        first = np.take_along_axis(right, scores.argmax(axis=1)[:, None], axis=1)[:, 0]
        shown = scores >= SCORE_FLOOR
        return TagJudgement(
            names,
            figures,
            confusion(truth, guess, len(columns) + 1)[: len(columns)],
            calibration_curve(scores[shown], right[shown]),
            calibration_curve(scores.max(axis=1), first),
            np.stack([truth, guess], axis=1),
        )

    def top_k(self) -> dict[int, float]:
        """Top-1, top-5 and top-10 accuracy, 0 to 1."""
        return top_k_accuracy(self.ranks)


@dataclass(frozen=True, eq=False, slots=True)
class TagJudgement:
    """How good tags are.

    Attributes:
        tags: those that some photo should have.
        figures: of each; precision and recall at the minimum score.
        confusion: photos by their tag (rows) and their first tag (columns); the last column is for
            all tags that no photo should have.
        curve: certainties of everything that may be suggested against how often it is right.
        first_curve: the same for the first tag of each photo.
        behind: the row and the column of the confusion matrix for each photo, shape (photos, 2).
    """

    tags: tuple[Tag, ...]
    figures: list[TagFigures]
    confusion: NDArray[np.int64]
    curve: list[CalibrationBin]
    first_curve: list[CalibrationBin]
    behind: NDArray[np.int64]


def find_examples(
    folder: Path, labels: tuple[Label, ...], rules: RuleSet
) -> tuple[list[Example], Evaluation]:
    """Photos whose file name begins with a WordNet id, or that lie in a folder per class.

    A folder's name is a WordNet id, a label of the network, or a tag of the rules, which then
    stands for all classes with that tag.

    Raises:
        UsageError: not a folder, or no photo in it has a known class.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: is not a folder")
    classes = _classes_by_name(labels, rules)
    examples, evaluation = [], Evaluation()
    for found in find_photos([folder]):
        if isinstance(found, ReadError):
            evaluation.failed.append(found)
            continue
        named = _WORDNET_NAME.match(found.name)
        name = named[1] if named else found.parent.name
        right = classes.get(fold(name.replace("_", " ")))
        if right:
            examples.append(Example(found, frozenset(right)))
            evaluation.known[name] += 1
        else:
            evaluation.unknown[name] += 1
    if not examples:
        raise UsageError(
            f"{folder}: no photo here says what it shows. Photo names must begin with a WordNet"
            " id (n02123045_…), or each folder must be named after one of the network's classes"
        )
    return examples, evaluation


def _classes_by_name(labels: tuple[Label, ...], rules: RuleSet) -> dict[str, set[int]]:
    classes: dict[str, set[int]] = {}
    by_tag: dict[str, set[int]] = {}
    for index, label in enumerate(labels):
        classes.setdefault(fold(label.name), set()).add(index)
        if label.wordnet_id:
            classes[label.wordnet_id] = {index}
        by_tag.setdefault(fold(rules.rule_for(label).tag.name), set()).add(index)
    return {**by_tag, **classes}


def evaluate(
    examples: list[Example],
    evaluation: Evaluation,
    embedder: Embedder,
    labeller: Labeller,
    rules: RuleSet,
    labels: tuple[Label, ...],
    settings: TagSettings,
) -> Iterator[int]:
    """Fill in an evaluation, photo by photo.

    Yields:
        How many photos are done.
    """
    tag_of = [rules.rule_for(label).tag for label in labels]
    answers = look_at((example.path for example in examples), embedder, settings.crops)
    for done, (example, seen) in enumerate(zip(examples, answers, strict=True), 1):
        if isinstance(seen, FileError):
            evaluation.failed.append(seen)
        else:
            evaluation.paths.append(example.path)
            evaluation.ranks.append(rank_of(seen.scores, example.classes))
            wanted = {tag_of[index] for index in example.classes}
            tags, joined = labeller.tag_scores(seen.scores)
            evaluation.tags = tags
            evaluation.scores.append(joined.astype(np.float32))
            evaluation.wanted.append(frozenset(tags.index(tag) for tag in wanted))
            _judge(evaluation, labeller, seen.scores, wanted, settings)
        yield done


def _judge(
    evaluation: Evaluation,
    labeller: Labeller,
    scores: NDArray[np.float32],
    wanted: set[Tag],
    settings: TagSettings,
) -> None:
    suggestions = labeller.suggest(scores, settings.model, choice=settings.choice)
    sure = [s.tag for s in suggestions if s.score >= settings.min_score]
    evaluation.suggested += bool(sure)
    evaluation.right += any(tag in wanted for tag in sure)
    evaluation.first_right += bool(sure) and sure[0] in wanted
