"""The one place that imports TensorFlow and Keras: quietly, and without taking all GPU memory.

Keras runs on TensorFlow unless `KERAS_BACKEND` says otherwise before the first import.
"""

from __future__ import annotations

import importlib
import os
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from app.core.work_folder import work_folder
from app.vision.quiet import without_log

_LOCK: Final = threading.Lock()


def import_keras() -> Any:
    """The module `keras`, imported if it has not been.

    Nothing is printed, the environment is left as it was, no settings of another program's Keras
    (`~/.keras/keras.json`) are read or made, and TensorFlow takes memory of a GPU only as it needs
    it.

    Raises:
        ImportError: Keras or its backend is not installed, or does not run on this machine.
    """
    with _LOCK:
        if "keras" in sys.modules:
            return sys.modules["keras"]
        with work_folder() as settings:
            backend = os.environ.get("KERAS_BACKEND") or "tensorflow"
            environment = {
                "TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": backend, "KERAS_HOME": str(settings),
            }  # fmt: skip
            with _environment(environment), without_log():
                keras = importlib.import_module("keras")
                if backend == "tensorflow":
                    _take_memory_as_needed(importlib.import_module("tensorflow"))
        return keras


def import_tensorflow() -> Any:
    """The module `tensorflow`, imported as `import_keras` does.

    Raises:
        ImportError: it is not installed, or does not run on this machine.
    """
    import_keras()
    return importlib.import_module("tensorflow")


def _take_memory_as_needed(tensorflow: Any) -> None:
    for gpu in tensorflow.config.list_physical_devices("GPU"):
        try:
            tensorflow.config.experimental.set_memory_growth(gpu, True)
        except (RuntimeError, ValueError):  # it is in use already, or cannot grow
            continue


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
