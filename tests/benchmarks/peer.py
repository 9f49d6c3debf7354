"""The usual way to tag photos, for comparison: whole decode, resize, `predict`, one by one.

    python -m tests.benchmarks.peer NETWORK keras|litert PHOTO…

prints {"images_per_s": …}. The network has random weights, which cost the same as trained ones.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import numpy as np
import tensorflow as tf
from PIL import Image

from app.core.cpu import usable_cores


def main() -> None:
    name, runtime, *photos = sys.argv[1:]
    model = getattr(tf.keras.applications, name)(weights=None)
    height, width = model.input_shape[1:3]
    run = keras(model) if runtime == "keras" else litert(model)

    def tag(path: str) -> None:
        with Image.open(path) as image:
            small = image.convert("RGB").resize((width, height), Image.Resampling.BICUBIC)
        run(np.asarray(small, dtype=np.float32)[np.newaxis] / 127.5 - 1)

    tag(photos[0])  # the first call builds the graph
    started = time.perf_counter()
    for path in photos:
        tag(path)
    print(json.dumps({"images_per_s": len(photos) / (time.perf_counter() - started)}))


def keras(model: tf.keras.Model) -> Callable[[np.ndarray], object]:
    return lambda batch: model.predict(batch, verbose=0)


def litert(model: tf.keras.Model) -> Callable[[np.ndarray], object]:
    from ai_edge_litert.interpreter import Interpreter

    content = tf.lite.TFLiteConverter.from_keras_model(model).convert()
    interpreter = Interpreter(model_content=content, num_threads=usable_cores())
    interpreter.allocate_tensors()
    inputs, outputs = interpreter.get_input_details()[0], interpreter.get_output_details()[0]

    def run(batch: np.ndarray) -> object:
        interpreter.set_tensor(inputs["index"], batch)
        interpreter.invoke()
        return interpreter.get_tensor(outputs["index"])

    return run


if __name__ == "__main__":
    main()
