"""The set-up of the Android program ImageTagger, against our heads."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from app.core.embedding import powered
from app.core.tag import Tag
from app.learning.background import Background
from app.learning.cross_validation import taught_head
from app.learning.evaluation import rank_of, top_k_accuracy
from app.learning.examples import Example
from tests.benchmarks.learning.data import cache_file


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
            for n, (row, index) in enumerate(zip(powered(rows), truth, strict=True))
        ]
        background = Background.of(powered(rows).astype(np.float16))
        found = {
            "ImageTagger's naive Bayes": _their_scores(rows, truth, judged),
            "ImageTagger's, taught photo by photo": _their_feedback(rows, truth, judged),
        }
        for kind in ("gnb", "nearest-mean"):
            head = taught_head(kind, "mobilenet", examples, rows.shape[1], background)
            found[f"our {kind}"] = head.scores(powered(judged), tags)
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
    kept = cache_file(train_folder, f"mobilenet {val_folder}")
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
    kept = cache_file(folder, "mobilenet parts")
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
