"""Proof that it learns: a simulated user, the heads side by side, and the time of one correction.

    python -m tests.benchmarks.learning TRAIN VAL [--imagenet FOLDER] [--mobilenet FILE]

prints one JSON object. TRAIN and VAL hold one folder of photos per class. Nothing is chosen by
VAL: it is only judged on.

- `learning_curve`: accuracy on VAL by examples per class, mean and standard deviation over seeds,
  for each head and for three peers as they come out of the box: the nearest mean of normalised
  embeddings (cosine), scikit-learn's GaussianNB and LinearSVC.
- `simulated_user`: photos of TRAIN come in a random order; the user looks at the first answer,
  accepts it if it is right, else rejects it and sets the right tag. The share of right first
  answers so far and in the last 50, and the accuracy on VAL on the way.
- `calibration`: expected calibration error on VAL, and of the network's own tags on ImageNet.
- `one_tag`: one class of TRAIN is the user's dog: ten of its photos are named in a library of all
  classes and the ImageNet photos. How many of the others appear, and how many wrong ones.
- `imagetagger`: the set-up of the Android program ImageTagger with the lent MobileNetV2: naive
  Bayes on its embeddings, against our heads, and what its feedback with momentum does.
- `correction`: one changed tag over 100,000 photos, and a million by proportion (measured with
  --million, which needs 2.6 GB of memory).

Embeddings are kept in the temporary folder, so that a second run starts at once.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from app.core.paths import data_path
from app.core.rules import Label, Labeller, RuleSet
from app.core.settings import TagSettings
from app.core.tag import Tag
from app.learning.background import Background
from app.learning.calibration import Calibration, honest
from app.learning.cross_validation import taught_head
from app.learning.evaluation import (
    calibration_curve,
    calibration_error,
    rank_of,
    top_k_accuracy,
)
from app.learning.examples import Example
from app.learning.heads import KINDS, make_head
from app.learning.scan import score_all
from app.library.library import KEPT_SCORE
from app.services.evaluation import Example as KnownPhoto
from app.services.evaluation import evaluate, find_examples
from app.services.features import Extraction, Features
from app.services.learning_curves import CURVE, few
from app.services.rules_file import load_rules
from app.services.training import judge_trained, train
from app.vision.catalogue import Catalogue
from app.vision.litert import LiteRTEmbedder
from tests.benchmarks.machine import lent_data, machine


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", nargs="?", type=Path, default=lent_data("flowers", "train"))
    parser.add_argument("val", nargs="?", type=Path, default=lent_data("flowers", "val"))
    parser.add_argument("--imagenet", type=Path, default=lent_data("imagenet"))
    parser.add_argument(
        "--mobilenet",
        type=Path,
        default=lent_data("models", "mobilenet_v2_1.0_224_int8.tflite"),
    )
    parser.add_argument("--model", default=TagSettings().model)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--million", action="store_true", help="measure a million photos, too")
    options = parser.parse_args()
    train_set, val_set = (
        features(folder, options.model) for folder in (options.train, options.val)
    )
    result: dict[str, Any] = {
        **machine(),
        "model": train_set.model,
        "train": len(train_set),
        "val": len(val_set),
        "seeds": options.seeds,
        "learning_curve": curves(train_set, val_set, options.seeds),
        "simulated_user": simulated_user(train_set, val_set, min(options.seeds, 3)),
        "calibration": calibration(train_set, val_set),
    }
    if options.imagenet.is_dir():
        result["calibration"]["imagenet"] = imagenet(options.imagenet, options.model)
        result["one_tag"] = one_tag(train_set, features(options.imagenet, options.model))
    if options.mobilenet.is_file():
        result["imagetagger"] = imagetagger(options)
    result["correction"] = correction(100_000)
    million = {k: round(v * 10, 2) for k, v in result["correction"].items() if k.endswith("_s")}
    result["correction"]["a_million_by_proportion"] = million
    if options.million:
        result["correction"]["a_million_measured"] = correction(1_000_000)
    print(json.dumps(result, indent=2))


def features(folder: Path, model: str) -> Features:
    """What the network makes of a folder, from the cache where it is there."""
    card = Catalogue([data_path("models")]).get(model)
    kept = _cache(folder, card.key)
    if kept.exists():
        return Features.load(kept)
    extraction = Extraction(folder, LiteRTEmbedder(card), TagSettings().crops)
    for _ in extraction:
        pass
    extraction.features().save(kept)
    return Features.load(kept)


def _cache(folder: Path, what: str) -> Path:
    names = sorted(str(path) for path in folder.rglob("*"))
    said = hashlib.sha256("\n".join([what, *names]).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"tagwright-learning-{said}.npz"


# The learning curve


def curves(train_set: Features, val: Features, seeds: int) -> dict[str, Any]:
    tags = train_set.tags()
    truth, val_truth = train_set.truth(tags), val.truth(tags)
    background = Background.of(train_set.embeddings)
    size = train_set.embeddings.shape[1]
    result: dict[str, dict[str, Any]] = {}
    for count in CURVE:
        if count > np.bincount(truth).min():
            continue
        found: dict[str, list[float]] = {}
        for seed in range(seeds):
            rows = few(truth, count, seed)
            for kind in KINDS:
                examples = [
                    Example(int(r), train_set.embeddings[r], frozenset((tags[truth[r]],)))
                    for r in rows
                ]
                head = taught_head(kind, train_set.model, examples, size, background)
                guess = head.scores(val.embeddings, tags).argmax(axis=1)
                found.setdefault(kind, []).append(float(np.mean(guess == val_truth)))
            for name, guess in peers(
                train_set.embeddings[rows], truth[rows], val.embeddings
            ).items():
                found.setdefault(f"peer {name}", []).append(float(np.mean(guess == val_truth)))
        result[str(count)] = {
            name: {"mean": round(float(np.mean(each)), 4), "std": round(float(np.std(each)), 4)}
            for name, each in found.items()
        }
        ours = np.array(found["nearest-mean"])
        best = max((n for n in found if n.startswith("peer")), key=lambda n: np.mean(found[n]))
        gaps = ours - np.array(found[best])
        result[str(count)]["ours_over_best_peer"] = {
            "peer": best.removeprefix("peer "),
            "mean": round(float(gaps.mean()), 4),
            "standard_error": round(float(gaps.std() / max(1, len(gaps) - 1) ** 0.5), 4),
        }
    return result


def peers(rows: np.ndarray, truth: np.ndarray, judged: np.ndarray) -> dict[str, np.ndarray]:
    """First answers of what everybody would try."""
    from sklearn.naive_bayes import GaussianNB
    from sklearn.svm import LinearSVC

    plain, plain_judged = rows.astype(np.float32), judged.astype(np.float32)
    unit, unit_judged = (
        each / np.linalg.norm(each, axis=1, keepdims=True) for each in (plain, plain_judged)
    )
    means = np.array([unit[truth == c].mean(axis=0) for c in range(truth.max() + 1)])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    return {
        "nearest mean": (unit_judged @ means.T).argmax(axis=1),
        "GaussianNB": GaussianNB().fit(plain, truth).predict(plain_judged),
        "LinearSVC": LinearSVC().fit(unit, truth).predict(unit_judged),
        "LinearSVC, not normalised": LinearSVC(C=0.01).fit(plain, truth).predict(plain_judged),
    }


# The simulated user


def simulated_user(train_set: Features, val: Features, seeds: int) -> dict[str, Any]:
    tags = train_set.tags()
    truth, val_truth = train_set.truth(tags), val.truth(tags)
    background = Background.of(train_set.embeddings)
    runs = []
    for seed in range(seeds):
        head = make_head("nearest-mean", train_set.model, train_set.embeddings.shape[1], background)
        right, on_the_way = [], {}
        order = np.random.default_rng(seed).permutation(len(train_set))
        for number, row in enumerate(order, 1):
            embedding, wanted = train_set.embeddings[row], tags[truth[row]]
            guess = None
            if head.tags:
                guess = head.tags[int(head.scores(embedding[None]).argmax())]
            right.append(guess == wanted)
            wrong = frozenset((guess,)) if guess is not None and guess != wanted else frozenset()
            head.learn(Example(int(row), embedding, frozenset((wanted,)), wrong))
            if head.stale:
                head.fit()
            if number in (5, 10, 25, 50, 100, 250, 500):
                known = np.array([tags.index(tag) for tag in head.tags])
                first = known[head.scores(val.embeddings).argmax(axis=1)]
                on_the_way[number] = float(np.mean(first == val_truth))
        runs.append(
            {
                "right_first_answers": float(np.mean(right)),
                "right_in_the_last_50": float(np.mean(right[-50:])),
                "val_accuracy_after": on_the_way,
            }
        )
    return {
        "runs": seeds,
        "right_first_answers": _mean(run["right_first_answers"] for run in runs),
        "right_in_the_last_50": _mean(run["right_in_the_last_50"] for run in runs),
        "val_accuracy_after": {
            number: _mean(run["val_accuracy_after"][number] for run in runs)
            for number in runs[0]["val_accuracy_after"]
        },
    }


def _mean(values: Any) -> float:
    return round(float(np.mean(list(values))), 4)


# Certainties


def calibration(train_set: Features, val: Features) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for kind in KINDS:
        figures = judge_trained(train(kind, train_set), val)
        result[kind] = {
            "accuracy": round(figures.top_k[1], 4),
            "error_of_first_answers": round(figures.first_error, 4),
            "error_of_all": round(figures.error, 4),
            "precision_at_0.5": round(figures.given.precision, 4),
            "recall_at_0.5": round(figures.given.recall, 4),
        }
    tags = train_set.tags()
    truth = train_set.truth(tags)
    few_examples = {}
    for count in (3, 10):
        errors = []
        for seed in range(5):
            part = train_set.take(few(truth, count, seed))
            trained = train("nearest-mean", part, train_set.embeddings)
            errors.append(judge_trained(trained, val).first_error)
        few_examples[f"{count}_examples_a_class"] = _mean(errors)
    result["nearest-mean"]["error_of_first_answers_with_few"] = few_examples
    return {"flowers": result}


def imagenet(folder: Path, model: str) -> dict[str, Any]:
    """The network's own tags, whose certainties are taken as they are."""
    card = Catalogue([data_path("models")]).get(model)
    labels, rules = card.labels(), load_rules(data_path("rules.yml"))
    settings = TagSettings(model)
    examples, evaluation = find_examples(folder, labels, rules)
    labeller = Labeller(rules, labels)
    for _ in evaluate(
        examples, evaluation, LiteRTEmbedder(card), labeller, rules, labels, settings
    ):
        pass
    judgement = evaluation.by_tag(settings.min_score)
    assert judgement is not None
    return {
        "by_temperature": sharpened(features(folder, model), examples, labeller, rules, labels),
        "photos": len(evaluation.ranks),
        "error_of_first_tags": round(calibration_error(judgement.first_curve), 4),
        "error_of_all_suggestions": round(calibration_error(judgement.curve), 4),
        "share_tagged": round(evaluation.suggested / len(evaluation.ranks), 4),
        "precision": round(evaluation.right / max(1, evaluation.suggested), 4),
    }


def sharpened(
    seen: Features,
    examples: list[KnownPhoto],
    labeller: Labeller,
    rules: RuleSet,
    labels: tuple[Label, ...],
) -> dict[str, Any]:
    """The same with what the network keeps back given out, at some temperatures.

    `two halves` chooses the temperature by the likelihood on one half of the photos and is judged
    on the other, five times over: it is what a temperature from such photos would reach.
    """
    classes = {example.path.name: sorted(example.classes) for example in examples}
    right = [classes[Path(path).name] for path in seen.paths]
    tag_of = [rules.rule_for(label).tag for label in labels]
    kept = np.where(seen.scores >= KEPT_SCORE, seen.scores, 0)

    def figures(temperature: float, rows: np.ndarray) -> dict[str, float]:
        sure, hit, given, good, loss = [], [], 0, 0, 0.0
        for row in rows:
            scores = honest(kept[row], temperature)
            tags, joined = labeller.tag_scores(scores)
            wanted = {tag_of[index] for index in right[row]}
            sure.append(float(joined.max()))
            hit.append(tags[int(joined.argmax())] in wanted)
            suggested = [s.tag for s in labeller.suggest(scores, "") if s.score >= 0.5]
            given += bool(suggested)
            good += any(tag in wanted for tag in suggested)
            loss -= float(np.log(max(1e-6, scores[right[row]].sum())))
        error = calibration_error(calibration_curve(np.array(sure), np.array(hit)))
        return {
            "error_of_first_tags": round(error, 4),
            "share_tagged": round(given / len(rows), 4),
            "precision": round(good / max(1, given), 4),
            "loss": loss,
        }

    every = np.arange(len(right))
    steps = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
    result: dict[str, Any] = {str(step): figures(step, every) for step in steps}
    halves = []
    for seed in range(5):
        order = np.random.default_rng(seed).permutation(every)
        half = len(order) // 2
        for chosen, judged in ((order[:half], order[half:]), (order[half:], order[:half])):
            best = min(steps, key=lambda step: figures(step, chosen)["loss"])
            halves.append({"temperature": best} | figures(best, judged))
    result["two halves"] = {key: _mean(each[key] for each in halves) for key in halves[0]}
    for each in result.values():
        del each["loss"]
    return result


def one_tag(train_set: Features, others: Features) -> dict[str, Any]:
    """Ten photos get a name; how many of the rest of their kind appear, among all the others."""
    tags = train_set.tags()
    truth = train_set.truth(tags)
    library = np.concatenate([train_set.embeddings, others.embeddings])
    shows = np.concatenate([truth, np.full(len(others), -1)])
    result: dict[str, Any] = {"library": len(library)}
    for index, tag in enumerate(tags):
        for count in (3, 10):
            precision, recall = [], []
            for seed in range(3):
                named = np.random.default_rng(seed).permutation(np.flatnonzero(shows == index))
                named = named[:count]
                part = Features(
                    train_set.model, 3, tuple(map(str, named)), (str(tag),) * count,
                    library[named], np.empty((count, 0), np.float32),
                )  # fmt: skip
                trained = train("nearest-mean", part, library)
                given = trained.certainties(library)[:, 0] >= 0.5
                given[named] = False
                hits = int(np.count_nonzero(given & (shows == index)))
                precision.append(hits / max(1, int(given.sum())))
                recall.append(hits / (int(np.count_nonzero(shows == index)) - count))
            result.setdefault(f"{count}_named", {})[str(tag)] = {
                "precision": _mean(precision),
                "recall": _mean(recall),
            }
    return result


# ImageTagger


def imagetagger(options: argparse.Namespace) -> dict[str, Any]:
    """Its set-up: MobileNetV2, class means and spreads, their likelihoods; top-1, 5 and 10.

    The flowers have five classes, so that top-5 says nothing there. So the ImageNet photos, of
    which each is a class by itself, are judged as well, each by five parts of the photo: the
    corners are learned, the middle is judged.
    """
    sets = {
        "flowers": _mobilenet_folders(options.mobilenet, options.train, options.val),
    }
    if options.imagenet.is_dir():
        sets["parts of ImageNet photos"] = _mobilenet_parts(options.mobilenet, options.imagenet)
    result = {}
    for name, (rows, truth, judged, judged_truth) in sets.items():
        tags = [Tag((f"{index:04}",)) for index in range(int(truth.max()) + 1)]
        examples = [
            Example(n, row, frozenset((tags[index],)))
            for n, (row, index) in enumerate(zip(rows, truth, strict=True))
        ]
        background = Background.of(rows.astype(np.float16))
        found = {
            "ImageTagger's naive Bayes": _their_scores(rows, truth, judged),
            "ImageTagger's, taught photo by photo": _their_feedback(rows, truth, judged),
        }
        for kind in ("gnb", "nearest-mean"):
            head = taught_head(kind, "mobilenet", examples, rows.shape[1], background)
            found[f"our {kind}"] = head.scores(judged, tags)
        result[name] = {
            who: {
                f"top_{k}": round(share, 4)
                for k, share in top_k_accuracy(
                    rank_of(row, [index]) for row, index in zip(scores, judged_truth, strict=True)
                ).items()
            }
            for who, scores in found.items()
        }
    return result


def _their_scores(rows: np.ndarray, truth: np.ndarray, judged: np.ndarray) -> np.ndarray:
    """Log likelihoods under a mean and variance per class; a variance of 0 is made the mean one.

    (Theirs divides by 0 there: a class of few photos has values that never differ.)
    """
    result = []
    variances = [rows[truth == c].var(axis=0) for c in range(truth.max() + 1)]
    floor = 1e-9 * max(float(v.max()) for v in variances) + 1e-3 * float(np.mean(variances))
    for c, variance in enumerate(variances):
        kept = np.maximum(variance, floor)
        mean = rows[truth == c].mean(axis=0)
        result.append(-0.5 * (np.log(kept).sum() + ((judged - mean) ** 2 / kept).sum(axis=1)))
    return np.array(result).T


def _their_feedback(rows: np.ndarray, truth: np.ndarray, judged: np.ndarray) -> np.ndarray:
    """What its phone program does with confirmed photos one after the other, momentum 0.1."""
    momentum = 0.1
    means: dict[int, np.ndarray] = {}
    spreads: dict[int, np.ndarray] = {}
    for n in np.random.default_rng(0).permutation(len(rows)):
        x, c = rows[n], int(truth[n])
        if c not in means:
            means[c], spreads[c] = x.copy(), np.full(len(x), x.std())
            continue
        difference = x - means[c]
        step = momentum * difference
        means[c] = means[c] + step
        spreads[c] = (1 - momentum) * (spreads[c] + difference * step)
    result = []
    for c in range(truth.max() + 1):
        spread = np.maximum(spreads[c], 1e-9)
        result.append(-0.5 * (np.log(spread).sum() + ((judged - means[c]) ** 2 / spread).sum(1)))
    return np.array(result).T


class MobileNet:
    """The lent network's last layer but one, which the file does not give as an output."""

    def __init__(self, file: Path) -> None:
        import warnings

        from ai_edge_litert.interpreter import Interpreter

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # keeping every layer is for looking inside: just so
            self._network = Interpreter(
                model_path=str(file), experimental_preserve_all_tensors=True, num_threads=2
            )
        self._network.allocate_tensors()
        (pooled,) = [
            tensor
            for tensor in self._network.get_tensor_details()
            if list(tensor["shape"]) == [1, 1, 1, 1280]
        ]
        self._index = pooled["index"]
        self._scale, self._zero = pooled["quantization"]

    def embed(self, image: Image.Image) -> np.ndarray:
        """The pooled features of an image of 224 by 224 pixels, shape (1280,)."""
        self._network.set_tensor(0, np.asarray(image, np.uint8)[None])
        self._network.invoke()
        raw = self._network.get_tensor(self._index).reshape(-1).astype(np.float32)
        return (raw - self._zero) * np.float32(self._scale)


def _mobilenet_folders(
    file: Path, train_folder: Path, val_folder: Path
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    kept = _cache(train_folder, f"mobilenet {val_folder}")
    if not kept.exists():
        network = MobileNet(file)
        found = []
        for folder in (train_folder, val_folder):
            paths = sorted(folder.glob("*/*"))
            rows = [network.embed(_square(path).resize((224, 224))) for path in paths]
            found += [np.array(rows), np.array([path.parent.name for path in paths])]
        np.savez(kept, a=found[0], b=found[1], c=found[2], d=found[3])
    with np.load(kept) as file_:
        names = np.unique(file_["b"])
        truth, val_truth = (np.searchsorted(names, file_[key]) for key in ("b", "d"))
        return file_["a"], truth, file_["c"], val_truth


def _mobilenet_parts(
    file: Path, folder: Path
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    kept = _cache(folder, "mobilenet parts")
    if not kept.exists():
        network = MobileNet(file)
        corners, middles = [], []
        for path in sorted(folder.glob("*")):
            image = _square(path).resize((320, 320))
            for x, y in ((0, 0), (96, 0), (0, 96), (96, 96)):
                corners.append(network.embed(image.crop((x, y, x + 224, y + 224))))
            # Mirrored, so that no pixel is where it was learned.
            middle = image.crop((48, 48, 272, 272)).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
            middles.append(network.embed(middle))
        np.savez(kept, a=np.array(corners), c=np.array(middles))
    with np.load(kept) as file_:
        rows, judged = file_["a"], file_["c"]
    return rows, np.repeat(np.arange(len(judged)), 4), judged, np.arange(len(judged))


def _square(path: Path) -> Image.Image:
    with Image.open(path) as image:
        side = min(image.size)
        left, top = (image.width - side) // 2, (image.height - side) // 2
        return image.convert("RGB").crop((left, top, left + side, top + side))


# One correction


def correction(photos: int, tags: int = 300, examples: int = 10) -> dict[str, Any]:
    """One more example of one of many tags, over a library in a file as the library keeps it."""
    size = 1280
    generator = np.random.default_rng(0)
    with tempfile.NamedTemporaryFile(suffix=".f16") as file:
        block = np.abs(generator.standard_normal((10_000, size), dtype=np.float32))
        for first in range(0, photos, len(block)):
            file.write(block[: photos - first].astype("<f2").tobytes())
        file.flush()
        matrix = np.memmap(file.name, dtype="<f2", mode="r", shape=(photos, size))
        head = make_head("nearest-mean", "m", size, Background.of(matrix))
        names = [Tag((f"tag {n}",)) for n in range(tags)]
        for n in range(tags * examples):
            head.learn(Example(n, matrix[n], frozenset((names[n % tags],))))
        started = time.perf_counter()
        head.fit()
        fitted = time.perf_counter() - started
        certainty = Calibration()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        learned, scored, sure = [], [], []
        for n in range(7):
            started = time.perf_counter()
            changed = sorted(head.learn(Example(photos + n, matrix[n * 7], frozenset(names[:1]))))
            learned.append(time.perf_counter() - started)
            started = time.perf_counter()
            scores = score_all(head, matrix, changed)
            scored.append(time.perf_counter() - started)
            started = time.perf_counter()
            certainty.certainties(changed, scores, counts={names[0]: examples + n})
            sure.append(time.perf_counter() - started)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {
        "photos": photos,
        "tags": tags,
        "learn_s": round(float(np.median(learned)), 4),
        "score_one_tag_s": round(float(np.median(scored)), 4),
        "score_one_tag_worst_s": round(max(scored), 4),
        "certainties_s": round(float(np.median(sure)), 4),
        "all_of_it_s": round(float(np.median(np.array(learned) + scored + sure)), 4),
        "fit_s_for_all_tags": round(fitted, 3),
        # The pages of the mapped file count here, which the system takes back at will.
        "more_memory_than_before_mb": round(grown / 1024, 1),
        "result_mb": round(photos * 4 / 1e6, 1),
    }


if __name__ == "__main__":
    main()
