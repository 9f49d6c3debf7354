"""Running the training: rounds, early stopping, and word of how it goes."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from app.core.errors import TagwrightError
from app.core.training import BatchDone, EpochDone, Event, Notice, Phase

#: Seconds between two words about batches.
_OFTEN: Final = 0.5
#: So many rounds without better validation, while the training loss falls, are overfitting.
OVERFITTING: Final = 4


class TrainingStopped(Exception):
    """Somebody has asked for it to end."""


class Diverged(TagwrightError):
    """The loss is not a number any more."""


@dataclass(slots=True)
class Course:
    """How a training goes.

    Attributes:
        epochs: that are done, of all phases.
        interrupted: whether it was ended before its time, with something to keep.
    """

    epochs: list[EpochDone] = field(default_factory=list)
    interrupted: bool = False


def fit(
    model: Any,
    training: Any,
    validation: Any,
    *,
    phase: Phase,
    epochs: int,
    patience: int,
    optimizer: Any,
    weights: Mapping[int, float],
    course: Course,
    emit: Callable[[Event], None],
    check: Callable[[], None],
) -> None:
    """Train a model until it no longer gets better; it ends with its best weights.

    The best are those with the lowest validation loss; also when it is interrupted, and those from
    before the first round if none was better. The loss tells rounds apart where the share of right
    answers does not: of a hundred photos, that moves by several by chance. And what it punishes,
    being sure and wrong, is what tagging suffers from.

    Args:
        model: gives logits.
        training, validation: datasets, see `app.vision.training.data.batches`.
        patience: so many rounds in which validation gets no better, neither by its loss nor by its
            share of right answers, end it.
        weights: how much a photo of each class counts.
        course: is added to.
        check: is called after each batch; it raises `TrainingStopped` to end it there.

    Raises:
        TrainingStopped: as `check` did.
        Diverged: the loss is not a number.
    """
    import keras

    model.compile(
        optimizer,
        keras.losses.CategoricalCrossentropy(from_logits=True),
        metrics=["categorical_accuracy"],
    )
    before = model.evaluate(validation, verbose=0, return_dict=True)
    watcher = _watcher(
        keras.callbacks.Callback,
        _State(
            phase,
            epochs,
            patience,
            course,
            emit,
            check,
            float(before["loss"]),
            float(before["categorical_accuracy"]),
        ),
    )
    try:
        model.fit(
            training,
            validation_data=validation,
            epochs=epochs,
            class_weight=dict(weights),
            callbacks=[watcher],
            shuffle=False,
            verbose=0,
        )
    finally:
        model.set_weights(watcher.best)


def falling(rate: float, rounds: int, photos: int, batch: int, *, rising: float = 0.0) -> Any:
    """An optimiser whose rate falls to nothing as half a cosine (Loshchilov and Hutter, 2017,
    arXiv:1608.03983): what is learned at the end is no longer shaken by single batches.

    Args:
        rate: at its greatest.
        rounds, photos, batch: how long it is trained: rounds of so many photos in such batches.
        rising: the share of the steps over which the rate first rises from nothing.
    """
    import keras

    steps = rounds * -(-photos // batch)
    if not rising:
        return keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(rate, steps))
    warm = max(1, round(rising * steps))
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0, max(1, steps - warm), warmup_target=rate, warmup_steps=warm
    )
    return keras.optimizers.Adam(schedule)


@dataclass(slots=True)
class _State:
    phase: Phase
    epochs: int
    patience: int
    course: Course
    emit: Callable[[Event], None]
    check: Callable[[], None]
    best: float
    best_accuracy: float
    training_loss_at_best: float = math.inf
    since_best: int = 0
    warned: bool = False


def _watcher(base: Any, state: _State) -> Any:
    """A Keras callback; made here because Keras is not imported before it is needed."""

    class Watcher(base):  # type: ignore[misc]
        best: Any = None
        epoch = 0
        started = told = 0.0

        def on_train_begin(self, logs: Any = None) -> None:
            self.best = self.model.get_weights()

        def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
            self.epoch = epoch + 1
            self.started = time.monotonic()

        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            state.check()
            now = time.monotonic()
            if now - self.told < _OFTEN:
                return
            self.told = now
            loss, accuracy = float(logs["loss"]), float(logs["categorical_accuracy"])
            batches = int(self.params.get("steps") or 0)
            state.emit(
                BatchDone(
                    state.phase, self.epoch, state.epochs, batch + 1, batches,
                    _plain(loss), accuracy,
                )
            )  # fmt: skip

        def on_test_batch_end(self, batch: int, logs: Any = None) -> None:
            state.check()

        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            loss, validation_loss = float(logs["loss"]), float(logs["val_loss"])
            if not (math.isfinite(loss) and math.isfinite(validation_loss)):
                raise Diverged(
                    "the training has gone astray: its loss is no longer a number."
                    " Try smaller batches or another seed"
                )
            best = validation_loss < state.best
            if best:
                state.best, self.best = validation_loss, self.model.get_weights()
            accuracy = float(logs["val_categorical_accuracy"])
            if best or accuracy > state.best_accuracy:
                # With few photos, right answers can come long before the loss falls.
                state.since_best, state.training_loss_at_best = 0, loss
                state.best_accuracy = max(state.best_accuracy, accuracy)
            else:
                state.since_best += 1
            done = EpochDone(
                state.phase, epoch + 1, state.epochs, loss, float(logs["categorical_accuracy"]),
                validation_loss, float(logs["val_categorical_accuracy"]),
                time.monotonic() - self.started, best,
            )  # fmt: skip
            state.course.epochs.append(done)
            state.emit(done)
            if overfits(state.since_best, loss, state.training_loss_at_best) and not state.warned:
                state.warned = True
                state.emit(_overfitting(state.since_best))
            if state.since_best >= state.patience and epoch + 1 < state.epochs:
                state.emit(_early_stop(state.since_best))
                self.model.stop_training = True

    return Watcher()


def overfits(since_best: int, loss: float, loss_at_best: float) -> bool:
    """Whether training still gets better while validation has not for a while.

    Args:
        since_best: rounds since validation was best.
        loss, loss_at_best: of training, now and then.
    """
    return since_best >= OVERFITTING and loss < loss_at_best


def _overfitting(rounds: int) -> Notice:
    return Notice(
        "overfitting",
        f"It learns the training photos by heart: validation has not improved for {rounds} rounds"
        " while training has. The best round is kept; more photos of each class, augmentation and"
        " dropout help.",
        rounds,
    )


def _early_stop(rounds: int) -> Notice:
    return Notice(
        "early-stop",
        f"Validation has not improved for {rounds} rounds, so this part ends here; what was best"
        " is kept.",
        rounds,
    )


def _plain(value: float) -> float:
    return value if math.isfinite(value) else 0.0
