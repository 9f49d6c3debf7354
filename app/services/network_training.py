"""Training a network on a folder of classes, and putting it into the catalogue."""

from __future__ import annotations

import datetime
import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np

from app.core.errors import FileError, ModelError, ReadError, UsageError
from app.core.folders import Folders
from app.core.tag import Tag
from app.core.training import (
    Checked,
    Confusion,
    EpochDone,
    Event,
    Finished,
    Skipped,
    Started,
    TrainingSettings,
    Working,
)
from app.core.work_folder import work_folder
from app.services.class_folders import ClassFolders, check_counts, find_classes
from app.services.setup import catalogue
from app.vision.catalogue import Catalogue, ModelCard
from app.vision.register import NewFloatModel, NewNetwork, id_from, register
from app.vision.training import trainer
from app.vision.training.data import PhotoSet, Rows, read_photos, split
from app.vision.training.export import CALIBRATION, Exported, Input, export
from app.vision.training.fit import Course, TrainingStopped

#: What is left free on a disk, in bytes, after all that a training keeps there.
_SPARE: Final = 500_000_000
#: Seconds between two words of progress.
_OFTEN: Final = 0.1
#: Least and greatest edge of a network from scratch, in pixels.
EDGES: Final = (16, 512)


class Control:
    """How a training hears that it is to end.

    Attributes:
        keep: whether the best so far is to be kept when it is stopped.
    """

    def __init__(self, *, keep: bool = False) -> None:
        self.keep = keep
        self._requests = 0
        self._heard = 0

    def stop(self) -> None:
        """End soon. The second time, nothing is kept."""
        self._requests += 1
        if self._requests > 1:
            self.keep = False

    def check(self) -> None:
        """Raises:
        TrainingStopped: it is to end.
        """
        if self._requests > self._heard:
            raise TrainingStopped

    def go_on(self) -> None:
        """What was heard so far is dealt with; only what comes from now on ends it."""
        self._heard = self._requests


def train_network(
    folder: Path,
    settings: TrainingSettings,
    folders: Folders,
    emit: Callable[[Event], None],
    control: Control,
) -> ModelCard:
    """Train a network and register it.

    Args:
        folder: with a folder for each class.
        emit: hears what happens.

    Returns:
        Its card.

    Raises:
        UsageError: the folder or the settings make no sense.
        TrainingStopped: `control` has ended it; nothing is registered.
        FileError: there is no room, or the network to refine cannot be loaded.
    """
    began = time.monotonic()
    emit = _less_often(emit)
    check_settings(settings)
    found = find_classes(folder)
    found.check()
    networks = catalogue(folders)
    name, model_id = _name(settings, found.folder, networks)
    base = networks.get(settings.base) if settings.network == "finetune" else None
    if base is not None and base.float_model is None:
        raise ModelError(base.path, "cannot be refined: it comes without its float form")
    for notice in found.notices():
        emit(notice)
    work = folders.cache / "training"
    wants = trainer.input_of(settings, base)
    _check_room(found.photos, settings, wants, work)
    with ExitStack() as stack:
        rows = Rows(work, (wants.size[1], wants.size[0], 3), np.uint8)
        stack.callback(rows.close)
        photos = _read(found, wants, rows, emit, control)
        names = tuple(each.name for each in found.classes)
        counts = np.bincount(photos.classes, minlength=len(names))
        check_counts(list(names), counts.tolist())
        learn, held = split(photos.classes, settings.share, settings.seed)
        emit(Working("starting"))
        device = trainer.device()
        control.check()
        emit(
            Started(
                settings.network, name, base.id if base else "", names, tuple(counts.tolist()),
                len(learn), len(held), settings.seed, device, trainer.phases_of(settings),
                settings.epochs,
            )
        )  # fmt: skip
        course = Course()
        job = trainer.Job(
            settings, base, photos, learn, held, len(names), work, emit, control.check
        )
        core = trainer.train(job, course)
        if course.interrupted:
            if not control.keep:
                raise TrainingStopped
            control.go_on()
        exported = _export(core, wants, job, emit)
        emit(Confusion(names, tuple(tuple(row) for row in exported.confusion.tolist())))
        emit(Checked(len(held), exported.accuracy, exported.forms, exported.kept))
        more = _story(job, found, names, counts.tolist(), device, course, exported)
        control.check()
        card = _register(model_id, name, names, core, wants, exported, more, folders.own_models)
    accuracy = next(f.accuracy for f in exported.forms if f.precision == exported.kept)
    emit(Finished(card.id, name, accuracy, time.monotonic() - began))
    return card


def _less_often(emit: Callable[[Event], None]) -> Callable[[Event], None]:
    """Leave out words of progress that follow each other at once."""
    told = 0.0

    def tell(event: Event) -> None:
        nonlocal told
        now = time.monotonic()
        if isinstance(event, Working) and 0 < event.done < event.total and now - told < _OFTEN:
            return
        told = now
        emit(event)

    return tell


def check_settings(settings: TrainingSettings) -> None:
    """Raises:
    UsageError: a number is out of its range.
    """
    least, greatest = EDGES
    for what, value, low, high in (
        ("the number of rounds", settings.epochs, 1, 10_000),
        ("the number of photos in a batch", settings.batch, 1, 4096),
        ("the image size", settings.image_size, least, greatest),
        ("the patience", settings.patience, 1, 10_000),
    ):
        if not low <= value <= high:
            raise UsageError(f"{what} must be from {low} to {high}, not {value}")
    if not 0 <= settings.dropout < 1:
        raise UsageError(f"the dropout must be at least 0 and less than 1, not {settings.dropout}")
    if not 0 <= settings.seed < 2**31:
        raise UsageError(f"the seed must be from 0 to {2**31 - 1}, not {settings.seed}")


def _name(settings: TrainingSettings, folder: Path, networks: Catalogue) -> tuple[str, str]:
    """A name and an id that no other network has."""
    taken = {card.id for card in networks.cards()}
    if settings.name:
        model_id = id_from(settings.name)
        if model_id in taken:
            raise UsageError(f"{settings.name}: there is a model of that name already")
        return settings.name, model_id
    try:
        base = id_from(folder.name)
    except UsageError:  # a name in another script
        base = "network"
    for number in range(1, len(taken) + 2):
        model_id = base if number == 1 else f"{base}-{number}"
        if model_id not in taken:
            break
    name = folder.name or base
    return (name if model_id == base else f"{name} {number}"), model_id


def _check_room(photos: int, settings: TrainingSettings, wants: Input, work: Path) -> None:
    width, height = wants.size
    pixels = photos * width * height * 3
    # Feature maps of a photo and its copies are about as large as two photos.
    needed = pixels * (3 if settings.network == "finetune" else 1) + _SPARE
    try:
        work.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(work).free
    except OSError as error:
        raise ReadError(work, error.strerror or str(error)) from error
    if free < needed:
        raise UsageError(
            f"{work}: training on {photos:,} photos needs {needed / 1e9:.1f} GB on this disk for a"
            f" while, and {free / 1e9:.1f} GB are free"
        )


def _read(
    found: ClassFolders,
    wants: Input,
    rows: Rows,
    emit: Callable[[Event], None],
    control: Control,
) -> PhotoSet:
    listed = [(path, index) for index, each in enumerate(found.classes) for path in each.photos]

    def skipped(error: FileError) -> None:
        emit(Skipped(str(error.path), error.reason))

    def progressed(done: int) -> None:
        control.check()
        emit(Working("reading", done, len(listed)))

    return read_photos(
        listed, wants.size, wants.crop_fraction, rows, skipped=skipped, progressed=progressed
    )


def _export(core: Any, wants: Input, job: trainer.Job, emit: Callable[[Event], None]) -> Exported:
    emit(Working("exporting"))
    generator = np.random.default_rng(job.settings.seed)
    some = np.sort(generator.permutation(job.learn)[:CALIBRATION])

    def progressed(done: int, total: int) -> None:
        job.check()
        emit(Working("exporting", done, total))

    return export(
        core,
        wants,
        [np.asarray(job.photos.pixels[row]) for row in some],
        np.asarray(job.photos.pixels[job.held]),
        job.photos.classes[job.held],
        progressed=progressed,
    )


def _story(
    job: trainer.Job,
    found: ClassFolders,
    names: tuple[str, ...],
    counts: list[int],
    device: str,
    course: Course,
    exported: Exported,
) -> dict[str, Any]:
    """What the card says about how the network came to be."""
    settings = job.settings
    kept = next(form for form in exported.forms if form.precision == exported.kept)
    changes = ("flip", "rotation", "zoom")
    return {
        "labels_are": "tags",
        "accuracy": {
            "validation": {
                "photos": len(job.held),
                "keras": _percent(exported.accuracy),
                **{form.precision: _percent(form.accuracy) for form in exported.forms},
                "note": "these photos also chose the best round",
            }
        },
        "trained": {
            "on": str(found.folder),
            "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
            "network": settings.network,
            "from": job.base.key if job.base is not None else "scratch",
            "device": device,
            "classes": dict(zip(names, counts, strict=True)),
            "seed": settings.seed,
            "split": {"learned": len(job.learn), "validation": len(job.held)},
            "batch": settings.batch,
            "dropout": settings.dropout,
            "augmentation": [name for name in changes if getattr(settings, name)],
            "stopped_early": course.interrupted,
            "curves": _curves(course.epochs),
            "confusion": exported.confusion.tolist(),
        },
        "export": {
            "kept": kept.precision,
            "against_keras": [
                {
                    "precision": form.precision,
                    "bytes": form.size,
                    "agreement": round(form.agreement, 4),
                    "largest_difference": round(form.difference, 6),
                }
                for form in exported.forms
            ],
        },
    }


def _curves(epochs: list[EpochDone]) -> dict[str, dict[str, list[float]]]:
    curves: dict[str, dict[str, list[float]]] = {}
    for each in epochs:
        phase = curves.setdefault(each.phase, {})
        for name in ("loss", "accuracy", "validation_loss", "validation_accuracy"):
            phase.setdefault(name, []).append(round(asdict(each)[name], 4))
    return curves


def _percent(share: float) -> float:
    return round(100 * share, 1)


def _register(
    model_id: str,
    name: str,
    names: tuple[str, ...],
    core: Any,
    wants: Input,
    exported: Exported,
    more: dict[str, Any],
    own_models: Path,
) -> ModelCard:
    try:
        own_models.mkdir(parents=True, exist_ok=True)
        # On the same disk as the catalogue, so that it can be moved there as a whole.
        with work_folder(own_models) as folder:
            new = NewNetwork(
                id=model_id,
                name=name,
                litert=exported.files[exported.kept],
                labels=[str(Tag(tuple(name.split("/")))) for name in names],
                input_size=wants.size,
                mean=wants.mean,
                std=wants.std,
                crop_fraction=wants.crop_fraction,
                channels=wants.channels,
                embedding_size=int(core.output["embedding"].shape[-1]),
                quantisation=exported.kept,
                float_model=NewFloatModel(
                    "keras", str(core.name), trainer.save_keras(core, folder)
                ),
                more=more,
            )
            return register(own_models, new)
    except OSError as error:
        raise ModelError(own_models, error.strerror or str(error)) from error
