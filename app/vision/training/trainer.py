"""A whole training, from decoded photos to a Keras network with its best weights."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.core.training import Event, Examples, Phase, TrainingSettings, Working
from app.vision.catalogue import ModelCard
from app.vision.networks.load import load_float
from app.vision.tensorflow import import_keras, import_tensorflow
from app.vision.training import cnn, finetune
from app.vision.training.augmentation import augmenter, contact_sheet
from app.vision.training.data import PhotoSet, Rows, batches, class_weights
from app.vision.training.export import Input
from app.vision.training.fit import Course, TrainingStopped, falling, fit

#: Photos of which augmented examples are shown.
_EXAMPLES: Final = 4


@dataclass(frozen=True, eq=False)
class Job:
    """What is trained, and on what.

    Attributes:
        base: the network that is refined; None for one from scratch.
        photos: all of them.
        learn, held: rows of those that are learned, and of those that only judge.
        classes: how many there are.
        work: a folder for what is kept while it goes; nothing is left there.
        emit: hears what happens.
        check: is called often; it raises `TrainingStopped` to end the training.
        phase_done: hears of each phase that has come to its end, with the core as it is then.
    """

    settings: TrainingSettings
    base: ModelCard | None
    photos: PhotoSet
    learn: NDArray[np.int64]
    held: NDArray[np.int64]
    classes: int
    work: Path
    emit: Callable[[Event], None]
    check: Callable[[], None]
    phase_done: Callable[[Phase, Any], None] = lambda phase, core: None

    @property
    def weights(self) -> dict[int, float]:
        """How much a photo of each class counts."""
        return class_weights(self.photos.classes[self.learn], self.classes)


def input_of(settings: TrainingSettings, base: ModelCard | None) -> Input:
    """What the network will want as its input."""
    if base is None:
        edge = settings.image_size
        return Input((edge, edge), cnn.MEAN, cnn.STD, 1.0)
    return Input(base.input_size, base.mean, base.std, base.crop_fraction, base.channels)


def phases_of(settings: TrainingSettings) -> tuple[Phase, ...]:
    """The parts of the training, in their order."""
    return ("whole",) if settings.network == "cnn" else ("head", "upper")


def device() -> str:
    """Where it is trained: gpu, or cpu."""
    return "gpu" if import_tensorflow().config.list_physical_devices("GPU") else "cpu"


def train(job: Job, course: Course) -> Any:
    """Train a network.

    Args:
        course: is filled. It is `interrupted` if `check` ended the training after a round or
            more; what was best until then is what is returned.

    Returns:
        The core, see `app.vision.training`, in float32.

    Raises:
        TrainingStopped: `check` ended it before there was anything to keep.
        Diverged: the loss is not a number.
    """
    keras = import_keras()
    keras.utils.set_random_seed(job.settings.seed)
    policy = "mixed_float16" if device() == "gpu" else "float32"
    with _precision(policy), ExitStack() as stack:
        core = _from_scratch(job, course) if job.base is None else _refined(job, course, stack)
    if policy == "float32":
        return core
    plain = _fresh(job)
    plain.set_weights(core.get_weights())
    return plain


def _fresh(job: Job) -> Any:
    """The core of a job with weights that mean nothing yet."""
    if job.base is None:
        return cnn.build_core(job.settings.image_size, job.classes)
    return finetune.refine(load_float(job.base), job.classes, job.settings).core


def _from_scratch(job: Job, course: Course) -> Any:
    settings = job.settings
    core = cnn.build_core(settings.image_size, job.classes)
    augment = augmenter(settings)
    show_examples(job, augment)
    model = cnn.training_model(core, augment, settings)
    photos = job.photos
    fit_or_keep(
        job,
        course,
        model,
        batches(
            photos.pixels,
            photos.classes,
            job.classes,
            settings.batch,
            seed=settings.seed,
            rows=job.learn,
        ),
        batches(photos.pixels, photos.classes, job.classes, settings.batch, rows=job.held),
        "whole",
        settings.epochs,
        falling(cnn.RATE, settings.epochs, len(job.learn), settings.batch),
    )
    return core


def _refined(job: Job, course: Course, stack: ExitStack) -> Any:
    settings, photos = job.settings, job.photos
    assert job.base is not None
    refined = finetune.refine(load_float(job.base), job.classes, settings)
    augment = augmenter(settings)
    show_examples(job, augment)
    copies = finetune.COPIES if settings.augments else 0
    total = len(job.held) + len(job.learn) * (1 + copies)
    shape = tuple(refined.lower.output.shape[1:])
    kept = {name: Rows(job.work, shape, np.float16) for name in ("learn", "held")}
    for rows in kept.values():
        stack.callback(rows.close)
    before = 0

    def progressed(done: int) -> None:
        job.check()
        job.emit(Working("features", before + done, total))

    normalise = input_of(settings, job.base).normalise
    as_is = finetune.feature_maker(refined, normalise, None)
    changed = finetune.feature_maker(refined, normalise, augment)
    for name, wanted, make in (
        ("held", job.held, as_is),
        ("learn", job.learn, as_is),
        *[("learn", job.learn, changed)] * copies,
    ):
        finetune.keep_features(make, photos.pixels, wanted, kept[name], progressed)
        before += len(wanted)
    learned, held = kept["learn"].array(), kept["held"].array()
    learned_classes = np.tile(photos.classes[job.learn], 1 + copies)
    held_classes = photos.classes[job.held]

    seen, asked = finetune.embeddings(refined, learned), finetune.embeddings(refined, held)
    rounds = min(settings.epochs, finetune.HEAD_ROUNDS)
    ended = not fit_or_keep(
        job,
        course,
        refined.head,
        batches(
            seen,
            learned_classes,
            job.classes,
            settings.batch,
            seed=settings.seed,
            smoothing=finetune.SMOOTHING,
        ),
        batches(asked, held_classes, job.classes, settings.batch),
        "head",
        rounds,
        falling(finetune.HEAD_RATE, rounds, len(seen), settings.batch),
    )
    if ended or not refined.upper.weights:
        return refined.core
    job.phase_done("head", refined.core)
    finetune.thaw(refined.upper)
    rounds = min(settings.epochs, finetune.UPPER_ROUNDS)
    batch = min(settings.batch, finetune.UPPER_BATCH)
    fit_or_keep(
        job,
        course,
        refined.tail,
        batches(
            learned,
            learned_classes,
            job.classes,
            batch,
            seed=settings.seed + 1,
            versions=1 + copies,
            smoothing=finetune.SMOOTHING,
            mixing=finetune.MIXING if settings.augments else 0.0,
        ),
        batches(held, held_classes, job.classes, settings.batch),
        "upper",
        rounds,
        falling(finetune.UPPER_RATE, rounds, len(job.learn), batch, rising=finetune.RISING),
    )
    return refined.core


def fit_or_keep(
    job: Job,
    course: Course,
    model: Any,
    training: Any,
    validation: Any,
    phase: Phase,
    epochs: int,
    optimizer: Any,
) -> bool:
    """One phase of a training.

    Returns:
        Whether it came to its end; if it did not, there is something to keep.

    Raises:
        TrainingStopped: it was ended before there was.
    """
    try:
        fit(
            model,
            training,
            validation,
            phase=phase,
            epochs=epochs,
            patience=job.settings.patience,
            optimizer=optimizer,
            weights=job.weights,
            course=course,
            emit=job.emit,
            check=job.check,
        )
    except TrainingStopped:
        if not course.epochs:
            raise
        course.interrupted = True
        return False
    return True


def show_examples(job: Job, augment: Any) -> None:
    """Write a picture of augmented training photos, of other classes where there are any."""
    if not job.settings.augments:
        return
    classes = job.photos.classes[job.learn]
    _, first = np.unique(classes, return_index=True)
    path = job.work / "examples.png"
    examples = [np.asarray(job.photos.pixels[job.learn[row]]) for row in first[:_EXAMPLES]]
    contact_sheet(augment, examples, path)
    job.emit(Examples(str(path)))


@contextmanager
def _precision(policy: str) -> Iterator[None]:
    import keras

    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


def save_keras(core: Any, folder: Path) -> Path:
    """Write a core as a .keras file into a folder; without what it was trained with."""
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".keras", delete=False) as file:
        path = Path(file.name)
    core.save(path)
    return path
