"""Heads: what learns tags from examples over embeddings. One interface for all of them."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from app.core.errors import ModelError
from app.core.photo import PhotoId
from app.core.tag import Tag
from app.learning.background import Background
from app.learning.base import Fitted
from app.learning.boundary import Boundary
from app.learning.examples import Arrays, Example, ExampleSet

#: Changes whenever a saved head of before can no longer be read (1 knew other embeddings, see
#: `app.core.embedding`).
FORMAT = 2


class Head(Protocol):
    """Learns tags from examples and scores photos.

    A score says how much speaks for a tag, more being more; what it is worth in certainty is
    the business of `app.learning.calibration`. Scores of several tags of one photo compare.

    Attributes:
        kind: its name on the command line.
        model: key of the network whose embeddings it knows; other embeddings mean nothing to it.
        examples: all it was taught.
        background: the library it looks at.
    """

    kind: ClassVar[str]
    model: str
    examples: ExampleSet
    background: Background

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The tags it can score, in the order of the alphabet: every one with an example."""
        ...

    def count_of(self, tag: Tag) -> int:
        """How many photos teach a tag."""
        ...

    @property
    def fitted(self) -> Fitted | None:
        """What `fit` has made; the same object until it is another one."""
        ...

    def learn(self, example: Example) -> frozenset[Tag]:
        """Add what was said about a photo, in place of what was said of it before.

        Returns:
            The tags whose scores have changed (those that are gone included).
        """
        ...

    def forget(self, photo: PhotoId) -> frozenset[Tag]:
        """Take back all that was said about a photo; returns as `learn`."""
        ...

    @property
    def stale(self) -> bool:
        """Whether enough has changed that `fit` is worth its time."""
        ...

    def fit(
        self,
        background: Background | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> frozenset[Tag]:
        """Work out what is not kept up to date with each example. It may take seconds.

        Args:
            background: the library as it is now; None leaves it as it was.
            stopped: is asked now and then whether to give up; it goes on answering then.

        Returns:
            The tags whose scores have changed.
        """
        ...

    def without(self, held: Iterable[Example]) -> Head:
        """Another head that was never taught some of the examples, not fitted yet."""
        ...

    def prepare(self, tags: Iterable[Tag]) -> None:
        """Make the boundaries of many tags at once; for heads that are soon thrown away."""
        ...

    def scores(
        self,
        embeddings: NDArray[np.floating],
        tags: Iterable[Tag] | None = None,
        inverse_lengths: NDArray[np.float32] | None = None,
    ) -> NDArray[np.float32]:
        """Scores of shape (n, tags) for embeddings of shape (n, size), of any length.

        Args:
            tags: which; None for all that it knows, in their order.
            inverse_lengths: see `app.learning.boundary.score`.

        Raises:
            KeyError: it does not know one of the tags.
        """
        ...

    def boundary_of(self, tag: Tag) -> Boundary:
        """What photos are scored with for a tag; the same object until it changes.

        Raises:
            KeyError: it does not know the tag.
        """
        ...

    def state(self) -> Arrays:
        """What `restore` needs beside the examples."""
        ...

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Become what the head was whose `state` this is. The examples have been learned."""
        ...


def make_head(kind: str, model: str, size: int, background: Background | None = None) -> Head:
    """A head that knows nothing yet.

    Args:
        kind: one of `KINDS`.
        model: key of the network.
        size: values per embedding.

    Raises:
        KeyError: there is no such kind.
    """
    made: Head = KINDS[kind]()(model, size, background)
    return made


def _nearest_mean() -> type[Any]:
    from app.learning.nearest_mean import NearestMeanHead

    return NearestMeanHead


def _naive_bayes() -> type[Any]:
    from app.learning.naive_bayes import NaiveBayesHead

    return NaiveBayesHead


def _linear_svm() -> type[Any]:
    from app.learning.linear_svm import LinearSVMHead

    return LinearSVMHead


def _logistic() -> type[Any]:
    from app.learning.logistic import LogisticHead

    return LogisticHead


#: How each kind is imported.
KINDS: dict[str, Callable[[], type[Any]]] = {
    "nearest-mean": _nearest_mean,
    "gnb": _naive_bayes,
    "svm": _linear_svm,
    "logistic": _logistic,
}


def save_head(head: Head, path: Path, extra: Arrays | None = None) -> None:
    """Write a head into one file (a NumPy archive without pickles), all or nothing.

    Args:
        extra: further arrays, such as its calibration; `load_head` gives them back.

    Raises:
        ModelError: it cannot be written.
    """
    header = {
        "format": FORMAT,
        "kind": head.kind,
        "model": head.model,
        "size": head.examples.size,
    }
    arrays: Arrays = {"header": np.array(json.dumps(header))}
    for prefix, group in (
        ("examples", head.examples.to_arrays()),
        ("state", head.state()),
        (
            "background",
            {"sample": head.background.sample, "photos": np.array(head.background.photos)},
        ),
        ("extra", extra or {}),
    ):
        arrays |= {f"{prefix}.{name}": array for name, array in group.items()}
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(beside, "wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise ModelError(path, error.strerror or str(error)) from error


def load_head(path: Path, model: str | None = None) -> tuple[Head, Arrays]:
    """Read a head and the extra arrays that were saved with it.

    Args:
        model: key of the network that is in use; None takes the head of any.

    Raises:
        ModelError: it cannot be read, is no head, or belongs to another network.
    """
    try:
        # NumPy leaves a file open that it cannot read; one that it is given is closed here.
        with open(path, "rb") as file, np.load(file, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        header = json.loads(str(arrays["header"]))
        if header["format"] != FORMAT:
            raise ModelError(path, f"was written by another version ({header['format']})")
        if model is not None and header["model"] != model:
            reason = f"belongs to the network {header['model']}, and {model} is in use"
            raise ModelError(path, reason)
        groups: dict[str, Arrays] = {"examples": {}, "state": {}, "background": {}, "extra": {}}
        for name, array in arrays.items():
            group, _, rest = name.partition(".")
            if rest:
                groups[group][rest] = array
        sample = np.asarray(groups["background"]["sample"], dtype=np.float32)
        photos = int(groups["background"].get("photos", 0))
        background = Background.from_sample(sample, photos)
        head = make_head(header["kind"], header["model"], int(header["size"]), background)
        for example in ExampleSet.from_arrays(groups["examples"]):
            head.learn(example)
        head.restore(groups["state"])
    except OSError as error:
        raise ModelError(path, error.strerror or str(error)) from error
    except (ValueError, KeyError, IndexError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError(path, f"is not a head that was saved here: {error}") from error
    return head, groups["extra"]
