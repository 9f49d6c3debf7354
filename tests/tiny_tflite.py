"""TFLite networks of a few operations, made by hand: they say which colour a picture has most of.

Their embedding is the mean of the three colours, in the numbers that the network is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from ai_edge_litert import schema_py_generated as schema

from app.vision.outside.flatbuffer import write_model

COLOURS = ("red", "green", "blue")
#: What a quantised input or output means: -1 to 1, and 0 to 1.
INPUT_SCALE, OUTPUT_SCALE = 1 / 127.5, 1 / 256
#: By what the means are multiplied to give logits.
GAIN = 4.0

Numbers = Literal["float32", "uint8", "int8"]


class Net:
    """A graph that is being put together."""

    def __init__(self) -> None:
        self.model = schema.ModelT(version=3, operatorCodes=[], subgraphs=[], buffers=[])
        self.model.buffers.append(schema.BufferT())
        self.graph = schema.SubGraphT(tensors=[], operators=[])
        self.model.subgraphs.append(self.graph)

    def tensor(
        self,
        shape: Sequence[int],
        dtype: str = "float32",
        data: Any = None,
        *,
        scale: float = 0,
        zero: int = 0,
    ) -> int:
        buffer = 0
        if data is not None:
            content = np.ascontiguousarray(data, dtype).view(np.uint8).ravel()
            self.model.buffers.append(schema.BufferT(data=content))
            buffer = len(self.model.buffers) - 1
        quantisation = None
        if scale:
            quantisation = schema.QuantizationParametersT(
                scale=np.array([scale], np.float32), zeroPoint=np.array([zero], np.int64)
            )
        self.graph.tensors.append(
            schema.TensorT(
                shape=np.array([max(side, 1) for side in shape], np.int32),
                shapeSignature=np.array(shape, np.int32),
                type=getattr(schema.TensorType, dtype.upper()),
                buffer=buffer,
                name=f"tensor {len(self.graph.tensors)}",
                quantization=quantisation,
                hasRank=True,
            )
        )
        return len(self.graph.tensors) - 1

    def add(
        self, name: str, inputs: Sequence[int], output: int, options: str = "", **values: Any
    ) -> int:
        code = getattr(schema.BuiltinOperator, name)
        self.model.operatorCodes.append(
            schema.OperatorCodeT(builtinCode=code, deprecatedBuiltinCode=code, version=2)
        )
        operator = schema.OperatorT(
            opcodeIndex=len(self.model.operatorCodes) - 1,
            inputs=np.array(inputs, np.int32),
            outputs=np.array([output], np.int32),
        )
        if options:
            operator.builtinOptionsType = getattr(schema.BuiltinOptions, options)
            operator.builtinOptions = getattr(schema, f"{options}T")(**values)
        self.graph.operators.append(operator)
        return output

    def finish(self, inputs: Sequence[int], outputs: Sequence[int]) -> bytes:
        self.graph.inputs = np.array(inputs, np.int32)
        self.graph.outputs = np.array(outputs, np.int32)
        return write_model(self.model)


def colour_network(
    *,
    numbers: Numbers = "float32",
    outputs: Numbers = "float32",
    layout: Literal["NHWC", "NCHW"] = "NHWC",
    batch: int = -1,
    scores: Literal["softmax", "logits", "sigmoid"] = "softmax",
    size: tuple[int, int] = (32, 24),
    rescaling: float | None = None,
    background: bool = False,
    middle: Literal["mean", "none"] = "mean",
) -> bytes:
    """A network that names the colour.

    Args:
        batch: -1 for any.
        size: width and height.
        rescaling: by what it multiplies its input itself.
        background: whether it has a class for none of them, before the others.
        middle: `none` for one that has no classifier, only means of the colours.
    """
    width, height = size
    net = Net()
    shape = (batch, height, width, 3) if layout == "NHWC" else (batch, 3, height, width)
    zero = {"uint8": 127, "int8": -1}.get(numbers, 0)
    scale = INPUT_SCALE if numbers != "float32" else 0
    image = tensor = net.tensor(shape, numbers, scale=scale, zero=zero)
    if numbers != "float32":
        tensor = net.add("DEQUANTIZE", [tensor], net.tensor(shape), "DequantizeOptions")
    if layout == "NCHW":
        order = net.tensor((4,), "int32", [0, 2, 3, 1])
        shape = (batch, height, width, 3)
        tensor = net.add("TRANSPOSE", [tensor, order], net.tensor(shape), "TransposeOptions")
    if rescaling is not None:
        factor = net.tensor((), "float32", rescaling)
        tensor = net.add("MUL", [tensor, factor], net.tensor(shape), "MulOptions")
    axes = net.tensor((2,), "int32", [1, 2])
    tensor = net.add(
        "MEAN", [tensor, axes], net.tensor((batch, 3)), "ReducerOptions", keepDims=False
    )
    classes = 3
    if middle == "mean":
        classes = 4 if background else 3
        weights = net.tensor((classes, 3), "float32", GAIN * np.eye(classes, 3, -int(background)))
        bias = net.tensor((classes,), "float32", np.zeros(classes))
        tensor = net.add(
            "FULLY_CONNECTED",
            [tensor, weights, bias],
            net.tensor((batch, classes)),
            "FullyConnectedOptions",
        )
    if scores == "softmax":
        tensor = net.add(
            "SOFTMAX", [tensor], net.tensor((batch, classes)), "SoftmaxOptions", beta=1.0
        )
    elif scores == "sigmoid":
        tensor = net.add("LOGISTIC", [tensor], net.tensor((batch, classes)))
    if outputs != "float32":
        least = 0 if outputs == "uint8" else -128
        made = net.tensor((batch, classes), outputs, scale=OUTPUT_SCALE, zero=least)
        tensor = net.add("QUANTIZE", [tensor], made, "QuantizeOptions")
    return net.finish([image], [tensor])
