"""From a Keras graph to a LiteRT file, in floating point or quantised.

In int8, weights are int8 per output channel, activations int8 per tensor (Jacob et al., 2017,
arXiv:1712.05877), input and outputs float32. Two small operations at the end stay in float,
because their int8 form would throw away what the application works with:

- the mean over the last feature map: each of its cells has 1 of 256 values, their mean in float
  has far more. Over 300 photos the int8 embedding of Lite2 had 181 distinct values, and 100 of
  its 1,280 entries fell to zero that the float network gives as small; in float it had 17,889
  values, and no such entries.
- the softmax: int8 probabilities come in steps of 1/256, which merges all unlikely classes in
  one value and caps the best at 0.996.

Neither costs measurable time or space, and top-1 is the same. The dense layer stays int8: in float
it would add 3.8 MB and is no more accurate.
"""

import warnings
from collections.abc import Callable, Iterable
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from app.core.work_folder import work_folder
from app.vision.tensorflow import import_keras, import_tensorflow

FLOAT_OPERATIONS: Final = ("MEAN", "SOFTMAX")
SIGNATURE: Final = "serving_default"


#: float: weights and arithmetic in float32; dynamic: int8 weights, arithmetic in float32 where it
#: must be; int8: weights and arithmetic.
Precision = Literal["float", "dynamic", "int8"]


def convert(
    model: Any,
    precision: Precision,
    samples: Callable[[], Iterable[NDArray[np.float32]]] | None = None,
) -> bytes:
    """A LiteRT file of a Keras graph with its weights in place.

    Args:
        model: a Keras model with one input `[batch, height, width, 3]`, already normalised, and
            the outputs `embedding` and `scores` by name; it is set to inference, so that BatchNorm
            folds into convolutions.
        precision: of its arithmetic.
        samples: for int8, gives the calibration inputs, `[1, height, width, 3]` each; called more
            than once, with the same result each time.

    Returns:
        A TFLite flatbuffer. Its signature `serving_default` has the input `image` `[batch, height,
        width, 3]` and the outputs `embedding` `[batch, size]` and `scores` `[batch, classes]`, all
        float32; `batch` can be resized before tensors are allocated.
    """
    keras, tf = import_keras(), import_tensorflow()
    model.trainable = False
    specification = tf.TensorSpec((None, *model.input_shape[1:]), tf.float32, name="image")
    with work_folder() as folder:
        # Through a SavedModel, because only that way keeps the names of the outputs.
        archive = keras.export.ExportArchive()
        archive.track(model)
        archive.add_endpoint(
            "serve", lambda image: model(image, training=False), input_signature=[specification]
        )
        archive.write_out(str(folder), verbose=False)

        converter = tf.lite.TFLiteConverter.from_saved_model(str(folder))
        if precision == "float":
            return bytes(converter.convert())
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        if precision == "dynamic":
            return bytes(converter.convert())
        return _quantised(converter, samples)


def _quantised(
    converter: Any, samples: Callable[[], Iterable[NDArray[np.float32]]] | None
) -> bytes:
    tf = import_tensorflow()
    if samples is None:
        raise ValueError("int8 needs samples")
    converter.representative_dataset = lambda: ([sample] for sample in samples())
    converter.target_spec.supported_ops = [
        tf.lite.OpsSet.TFLITE_BUILTINS_INT8,
        tf.lite.OpsSet.TFLITE_BUILTINS,
    ]
    converter.inference_input_type = tf.float32
    converter.inference_output_type = tf.float32
    # The converter itself quantises all or nothing; its debugger can leave operations out.
    warnings.filterwarnings("ignore", message=".*tf.lite.Interpreter is deprecated")
    debugger = tf.lite.experimental.QuantizationDebugger(
        converter=converter,
        debug_dataset=converter.representative_dataset,
        debug_options=tf.lite.experimental.QuantizationDebugOptions(
            denylisted_ops=list(FLOAT_OPERATIONS)
        ),
    )
    return bytes(debugger.get_nondebug_quantized_model())
