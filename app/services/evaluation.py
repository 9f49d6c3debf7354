"""Judging a network and the rules on photos whose subject is known."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.cpu import usable_cores
from app.core.errors import FileError, ReadError, UsageError
from app.core.rules import Label, Labeller, RuleSet
from app.core.settings import TagSettings
from app.core.tag import Tag, fold
from app.learning.evaluation import rank_of, top_k_accuracy
from app.services.scan import find_photos
from app.vision.catalogue import ModelCard
from app.vision.crops import cut_crops, join_crops, short_side
from app.vision.decode import decode
from app.vision.embedder import Embedder

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
    """

    ranks: list[int] = field(default_factory=list)
    suggested: int = 0
    right: int = 0
    first_right: int = 0
    failed: list[FileError] = field(default_factory=list)
    known: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)

    def top_k(self) -> dict[int, float]:
        """Top-1, top-5 and top-10 accuracy, 0 to 1."""
        return top_k_accuracy(self.ranks)


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
    predictions = _predictions(examples, embedder, settings)
    for done, (example, scores) in enumerate(predictions, 1):
        if isinstance(scores, FileError):
            evaluation.failed.append(scores)
        else:
            evaluation.ranks.append(rank_of(scores, example.classes))
            wanted = {tag_of[index] for index in example.classes}
            _judge(evaluation, labeller, scores, wanted, settings)
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


def _predictions(
    examples: Iterable[Example], embedder: Embedder, settings: TagSettings
) -> Iterator[tuple[Example, NDArray[np.float32] | FileError]]:
    """Class scores for each photo; decoding goes ahead on other threads."""
    workers = usable_cores()

    def crops_of(example: Example) -> NDArray[np.uint8] | FileError:
        try:
            return load_crops(example.path, embedder.card, settings.crops)
        except FileError as error:
            return error

    with ThreadPoolExecutor(workers) as pool:
        remaining = iter(examples)
        running = []
        for example in remaining:
            running.append((example, pool.submit(crops_of, example)))
            if len(running) > 4 * workers:
                done, future = running.pop(0)
                yield done, _scores(future.result(), embedder)
        for done, future in running:
            yield done, _scores(future.result(), embedder)


def _scores(
    crops: NDArray[np.uint8] | FileError, embedder: Embedder
) -> NDArray[np.float32] | FileError:
    return crops if isinstance(crops, FileError) else join_crops(embedder.embed(crops))[1]


def load_crops(path: Path, card: ModelCard, crops: int) -> NDArray[np.uint8]:
    """Decode a photo for a network: crops of shape (1 or 3, height, width, 3).

    Raises:
        FileError: it cannot be read or decoded.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReadError(path, error.strerror or os.strerror(error.errno or 0)) from error
    image = decode(path, content, short_side(card.input_size, card.crop_fraction)).image
    return cut_crops(image, card.input_size, crops)
