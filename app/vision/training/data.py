"""Photos for training: decoded once into one array, split by class, and handed out in batches."""

from __future__ import annotations

import os
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
from numpy.typing import NDArray

from app.core.cpu import usable_cores
from app.core.errors import DecodeError, FileError, ReadError, WriteError
from app.vision.crops import cut_crops, short_side
from app.vision.decode import decode
from app.vision.tensorflow import import_tensorflow

#: Larger files are no photos that anybody trains with.
_MOST_BYTES: Final = 500_000_000


class Rows:
    """Arrays of one shape, one after the other in a file that is gone when nobody uses it.

    In a file, thousands of photos need no memory: the system keeps in its cache what there is
    room for. It is written as it grows, since a full disk is an error then, and a crash when it
    is met through a memory map.

    Args:
        folder: where the file is to be, which is made.
        shape: of one row.
        dtype: of its values.

    Raises:
        WriteError: the file cannot be made.
    """

    def __init__(self, folder: Path, shape: tuple[int, ...], dtype: Any) -> None:
        self._folder = folder
        self._shape, self._dtype = shape, np.dtype(dtype)
        self._count = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # Without a buffer, of which closing would write the rest to a full disk.
            self._file: IO[bytes] = tempfile.TemporaryFile(  # noqa: SIM115
                dir=folder, buffering=0
            )
        except OSError as error:
            raise self._error(error) from error

    def append(self, rows: NDArray[Any]) -> None:
        """Add rows, shape `(n, *shape)`.

        Raises:
            WriteError: the disk is full.
        """
        try:
            left = memoryview(np.ascontiguousarray(rows, dtype=self._dtype).tobytes())
            while left:
                left = left[self._file.write(left) :]
        except OSError as error:
            raise self._error(error) from error
        self._count += len(rows)

    def array(self) -> NDArray[Any]:
        """All rows, to be read only."""
        if not self._count:
            return np.empty((0, *self._shape), self._dtype)
        return np.memmap(self._file, dtype=self._dtype, mode="r", shape=(self._count, *self._shape))

    def close(self) -> None:
        """Let go of the file; arrays that were given out stay valid."""
        self._file.close()

    def _error(self, error: OSError) -> WriteError:
        return WriteError(self._folder, error.strerror or str(error))


@dataclass(frozen=True, eq=False)
class PhotoSet:
    """Photos as pixels.

    Attributes:
        pixels: shape (photos, edge, edge, 3), uint8, RGB.
        classes: of each photo, the index of its class.
    """

    pixels: NDArray[np.uint8]
    classes: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.classes)


def read_photos(
    photos: Sequence[tuple[Path, int]],
    size: tuple[int, int],
    crop_fraction: float,
    rows: Rows,
    *,
    skipped: Callable[[FileError], None],
    progressed: Callable[[int], None],
) -> PhotoSet:
    """Decode photos as the network will see them: upright, in colour, the middle of each.

    Args:
        photos: (file, index of its class).
        size: width and height.
        crop_fraction: see `ModelCard`.
        rows: where the pixels go; shape (height, width, 3), uint8.
        skipped: hears of photos that cannot be read, which are left out.
        progressed: hears how many are done; what it raises ends the reading.

    Raises:
        WriteError: there is no room for the pixels.
    """
    classes: list[int] = []
    decoded = _decoded(photos, size, crop_fraction)
    for done, ((_, index), read) in enumerate(zip(photos, decoded, strict=True), 1):
        if isinstance(read, FileError):
            skipped(read)
        else:
            rows.append(read)
            classes.append(index)
        progressed(done)
    return PhotoSet(rows.array(), np.array(classes, np.int64))


def _decoded(
    photos: Sequence[tuple[Path, int]], size: tuple[int, int], crop_fraction: float
) -> Iterator[NDArray[np.uint8] | FileError]:
    workers = usable_cores()

    def pixels_of(path: Path) -> NDArray[np.uint8] | FileError:
        try:
            image = decode(path, _content(path), short_side(size, crop_fraction)).image
        except FileError as error:
            return error
        return cut_crops(image, size, 1)

    pool = ThreadPoolExecutor(workers)
    try:
        ahead: deque[Any] = deque()
        for path, _ in photos:
            ahead.append(pool.submit(pixels_of, path))
            if len(ahead) > 4 * workers:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise DecodeError(path, "is too large to be read safely")
        return path.read_bytes()
    except OSError as error:
        raise ReadError(path, error.strerror or os.strerror(error.errno or 0)) from error


def split(
    classes: NDArray[np.integer], share: float, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows to learn and rows to judge by, the same share of each class and always the same ones.

    Args:
        classes: shape (n,), at least two of each.
        share: that is learned; at least one of each class is left for either side.
    """
    generator = np.random.default_rng(seed)
    learn, held = [], []
    for index in np.unique(classes):
        rows = generator.permutation(np.flatnonzero(classes == index))
        border = min(max(1, round(len(rows) * share)), len(rows) - 1)
        learn.append(rows[:border])
        held.append(rows[border:])
    return np.sort(np.concatenate(learn)), np.sort(np.concatenate(held))


def _taking_turns(rows: NDArray[np.integer], versions: int, seed: int | None) -> Any:
    """A dataset of one version of each row in each round, in an order by chance."""
    tf = import_tensorflow()
    generator = np.random.default_rng(seed)
    count = len(rows) // versions
    by_version = np.asarray(rows, np.int64).reshape(versions, count)
    turns = generator.permuted(np.tile(np.arange(versions)[:, None], count), axis=0)
    done = 0

    def one_round() -> NDArray[np.int64]:
        nonlocal done
        chosen = by_version[turns[done % versions], np.arange(count)]
        done += 1
        return generator.permutation(chosen)

    def load(_: Any) -> Any:
        places = tf.numpy_function(one_round, [], tf.int64)
        places.set_shape((count,))
        return places

    dataset = tf.data.Dataset.range(1).map(load).unbatch()
    return dataset.apply(tf.data.experimental.assert_cardinality(count))


def class_weights(classes: NDArray[np.integer], count: int) -> dict[int, float]:
    """How much a photo of each class counts, so that all classes count the same together.

    The weights are n / (classes * n of the class), whose mean over the photos is 1 (King and
    Zeng, 2001, "Logistic regression in rare events data").
    """
    of_class = np.maximum(np.bincount(classes, minlength=count), 1)
    return {index: len(classes) / (count * int(each)) for index, each in enumerate(of_class)}


def batches(
    values: NDArray[Any],
    classes: NDArray[np.integer],
    count: int,
    batch: int,
    *,
    seed: int | None = None,
    rows: NDArray[np.integer] | None = None,
    versions: int = 1,
    smoothing: float = 0.0,
    mixing: float = 0.0,
) -> Any:
    """A `tf.data.Dataset` of (values, targets) in batches, read ahead of the training.

    Args:
        values: shape (n, ...); may be a memory map, of which only a batch is read at a time.
        classes: shape (n,).
        count: how many classes there are; targets are probabilities of shape (batch, count).
        seed: of the order, which is another one in each round; None keeps the order.
        rows: that are meant; None for all.
        versions: of each row; all first ones stand before all second ones. A round has one version
            of each, and the rounds take turns through them; needs a seed.
        smoothing: the share of each target that goes to all classes alike (Szegedy et al., 2016,
            arXiv:1512.00567, section 7).
        mixing: with more than 0, each row is mixed with another one, and so are their targets, by
            a share from the distribution Beta(mixing, mixing) (Zhang et al., 2018,
            arXiv:1710.09412; on feature maps, Verma et al., 2019, arXiv:1806.05236).
    """
    tf = import_tensorflow()

    chosen = np.arange(len(classes)) if rows is None else np.asarray(rows)
    if versions > 1:
        dataset = _taking_turns(chosen, versions, seed)
    else:
        dataset = tf.data.Dataset.from_tensor_slices(chosen.astype(np.int64))
    if seed is not None and versions == 1:
        # Only numbers are shuffled, so that the buffer can hold all of them.
        dataset = dataset.shuffle(len(chosen), seed=seed, reshuffle_each_iteration=True)
    exact = np.eye(count, dtype=np.float32)[np.asarray(classes)]
    targets = exact * np.float32(1 - smoothing) + np.float32(smoothing / count)
    generator = np.random.default_rng(seed)
    kind = np.dtype(np.float32) if mixing else values.dtype

    def look_up(places: NDArray[np.int64]) -> tuple[NDArray[Any], NDArray[np.float32]]:
        read, wanted = np.asarray(values[places], kind), targets[places]
        if not mixing:
            return read, wanted
        share = generator.beta(mixing, mixing, size=len(places)).astype(np.float32)
        other = generator.permutation(len(places))
        wide = share.reshape(-1, *[1] * (read.ndim - 1))
        read = read * wide + read[other] * (1 - wide)
        return read, wanted * share[:, None] + wanted[other] * (1 - share[:, None])

    def load(places: Any) -> Any:
        read, wanted = tf.numpy_function(look_up, [places], (kind, tf.float32))
        read.set_shape((None, *values.shape[1:]))
        wanted.set_shape((None, count))
        return read, wanted

    # One at a time, so that the same seed gives the same batches.
    return dataset.batch(batch).map(load, num_parallel_calls=1).prefetch(tf.data.AUTOTUNE)
