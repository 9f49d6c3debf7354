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

import re
import warnings
from collections.abc import Callable, Collection, Iterable
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
    *,
    in_float: Collection[str] = (),
) -> bytes:
    """A LiteRT file of a Keras graph with its weights in place.

    Args:
        model: a Keras model with one input `[batch, height, width, 3]`, already normalised, and
            the outputs `embedding` and `scores` by name; it is set to inference, so that BatchNorm
            folds into convolutions.
        precision: of its arithmetic.
        samples: for int8, gives the calibration inputs, `[1, height, width, 3]` each; called more
            than once, with the same result each time.
        in_float: for int8, names of convolutions that stay in float32.

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
        return _quantised(converter, samples, in_float)


def _quantised(
    converter: Any,
    samples: Callable[[], Iterable[NDArray[np.float32]]] | None,
    in_float: Collection[str],
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
    options = tf.lite.experimental.QuantizationDebugOptions(denylisted_ops=list(FLOAT_OPERATIONS))
    debugger = tf.lite.experimental.QuantizationDebugger(
        converter=converter,
        debug_dataset=converter.representative_dataset,
        debug_options=options,
    )
    if in_float:
        # By the names that the converter gave their outputs, which are known only now.
        options.denylisted_nodes = _outputs_of(debugger.calibrated_model, in_float)
    return bytes(debugger.get_nondebug_quantized_model())


def _outputs_of(content: bytes, layers: Collection[str]) -> list[str]:
    """The names of the tensors that convolutions of a LiteRT file answer with; constants may join.

    A fused operation is named by all that is in it: `network/conv_1/BiasAdd;network/conv_1/...`.
    Keras adds numbers to names that it has used before.
    """
    interpreter = import_tensorflow().lite.Interpreter(model_content=content)
    names = [tensor["name"] for tensor in interpreter.get_tensor_details()]
    found = []
    for layer in layers:
        part = re.compile(rf"/{re.escape(layer)}(_\d+)?/BiasAdd(;|$)")
        matches = [name for name in names if part.search(name)]
        if not matches:
            raise ValueError(f"the converter has no output of {layer!r}")
        found += matches
    return found
