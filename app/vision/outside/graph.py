"""What in a TFLite network is the picture, the scores, and the embedding.

The embedding is what the classifier, the last fully connected layer or 1x1 convolution, is given:
what the network has seen, before it decides what to call it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from app.vision.catalogue import Activation
from app.vision.outside.flatbuffer import DamagedError

#: A longer embedding is not taken: it would be a flattened feature map, and 100,000 photos' worth
#: of them would take gigabytes.
MAX_EMBEDDING: Final = 16_384
#: The library keeps the numbers of classes as 16 bits.
MAX_CLASSES: Final = 65_535
#: Sides of the picture, in pixels, within which a network is believed to mean one.
_SIDES: Final = (16, 2048)


@dataclass(frozen=True, slots=True)
class Quantisation:
    """What an integer means: real = (integer - zero) * scale."""

    scale: float
    zero: int


@dataclass(frozen=True, slots=True)
class Structure:
    """What was found in a network.

    Attributes:
        image, scores: tensors of the first subgraph.
        embedding: likewise, None where none was found.
        input_size: width and height in pixels.
        dtype: of the input: float32, uint8 or int8.
        quantisation: of the input.
        classes: number of scores.
        embedding_size: length of the embedding; of the scores where there is none.
        activation: None where the network does not say what its scores are.
        quantisation_kind: float, float16, dynamic or int8: its weights and its arithmetic.
        rescaling: the constants that it adds to its input or multiplies it by before all else.
    """

    image: int
    scores: int
    embedding: int | None
    input_size: tuple[int, int]
    layout: Literal["NHWC", "NCHW"]
    dtype: str
    quantisation: Quantisation | None
    classes: int
    embedding_size: int
    activation: Activation | None
    quantisation_kind: str
    rescaling: tuple[float, ...]


def examine(model: Any, labels: int | None) -> Structure:
    """Find picture, scores and embedding.

    Args:
        model: a `ModelT`.
        labels: how many there are, if that is known: tells several outputs apart.

    Raises:
        DamagedError: it is not a classifier of one picture; the text says why.
    """
    graph = _Graph(model)
    graph.check_operations()
    image, size, layout = graph.picture()
    scores = graph.classifier(labels)
    classes = graph.width(scores)
    assert classes is not None
    embedding = graph.embedding(scores)
    width = graph.width(embedding) if embedding is not None else None
    quantisation = graph.quantisation(image)
    dtype = graph.dtype(image)
    if dtype != "float32" and quantisation is None:
        raise DamagedError(f"takes {dtype} numbers, and does not say what they mean")
    return Structure(
        image, scores, embedding, size, layout, dtype, quantisation, classes, width or classes,
        graph.activation(scores), graph.quantisation_kind(), graph.rescaling(image),
    )  # fmt: skip


class _Graph:
    """The first subgraph of a model, with names for numbers."""

    def __init__(self, model: Any) -> None:
        from ai_edge_litert import schema_py_generated as schema

        self._names = _constants(schema.BuiltinOperator)
        self._types = {number: n.lower() for number, n in _constants(schema.TensorType).items()}
        self._model = model
        graph = model.subgraphs[0]
        self._tensors = list(graph.tensors or [])
        self._operators = list(graph.operators or [])
        self._inputs = self._valid(graph.inputs)
        self._outputs = self._valid(graph.outputs)
        self._producer: dict[int, Any] = {}
        for operator in self._operators:
            for tensor in self._valid(operator.outputs):
                self._producer[tensor] = operator

    def _valid(self, tensors: Any) -> list[int]:
        found = [int(tensor) for tensor in (tensors if tensors is not None else [])]
        if any(not -1 <= tensor < len(self._tensors) for tensor in found):
            raise DamagedError("is damaged: it names tensors that it does not have")
        return [tensor for tensor in found if tensor >= 0]

    def _name(self, operator: Any) -> str:
        codes = self._model.operatorCodes
        if not 0 <= operator.opcodeIndex < len(codes):
            raise DamagedError("is damaged: it names operations that it does not have")
        code = codes[operator.opcodeIndex]
        return self._names.get(max(code.builtinCode, code.deprecatedBuiltinCode), "unknown")

    def check_operations(self) -> None:
        """Refuse what LiteRT cannot run."""
        custom = sorted(
            {
                _text(code.customCode)
                for code in self._model.operatorCodes
                if self._names.get(max(code.builtinCode, code.deprecatedBuiltinCode)) == "CUSTOM"
            }
        )
        flex = [name for name in custom if name.startswith("Flex")]
        if flex:
            raise DamagedError(
                f"needs operations of TensorFlow that LiteRT does not have ({', '.join(flex)});"
                " it was converted with “Select TensorFlow operations”"
            )
        if custom:
            raise DamagedError(f"needs operations that LiteRT does not have ({', '.join(custom)})")

    def picture(self) -> tuple[int, tuple[int, int], Literal["NHWC", "NCHW"]]:
        """The tensor that takes the picture, its width and height, and its layout."""
        if len(self._inputs) != 1:
            raise DamagedError(f"takes {len(self._inputs)} inputs, where one picture is expected")
        image = self._inputs[0]
        shape = self.shape(image)
        if len(shape) != 4:
            raise DamagedError(f"does not take a picture: its input has the shape {_shown(shape)}")
        layout: Literal["NHWC", "NCHW"] = "NHWC"
        height, width, channels = shape[1:]
        if channels != 3 and shape[1] == 3:
            layout = "NCHW"
            channels, height, width = shape[1:]
        if channels != 3:
            reason = "grey pictures" if channels == 1 else f"pictures of {channels} channels"
            raise DamagedError(f"takes {reason}, where coloured ones are expected")
        if height < 0 or width < 0 or (height, width) == (1, 1):
            raise DamagedError("takes pictures of any size; it must be converted for one size")
        least, greatest = _SIDES
        if not (least <= height <= greatest and least <= width <= greatest):
            raise DamagedError(f"takes pictures of {width} x {height} pixels, which is no photo")
        if self.dtype(image) not in ("float32", "uint8", "int8"):
            raise DamagedError(f"takes {self.dtype(image)} numbers, which is not supported")
        return image, (width, height), layout

    def classifier(self, labels: int | None) -> int:
        """The output with the scores."""
        rows = [tensor for tensor in self._outputs if self.width(tensor) is not None]
        signed = self._signature_output("scores")
        if signed is not None and signed in rows:
            return signed
        if len(rows) > 1:
            rows = (
                [t for t in rows if labels is not None and self.width(t) == labels]
                or [t for t in rows if self.activation(t) is not None]
                or rows
            )
        if len(rows) > 1:
            raise DamagedError("has several outputs, and which one holds the scores is not clear")
        if not rows:
            shapes = ", ".join(_shown(self.shape(tensor)) for tensor in self._outputs) or "none"
            raise DamagedError(f"does not name what is in a picture: its outputs are {shapes}")
        if (self.width(rows[0]) or 0) < 2:
            raise DamagedError("has only one class, where at least two are expected")
        if (self.width(rows[0]) or 0) > MAX_CLASSES:
            raise DamagedError(f"has {self.width(rows[0]):,} classes, more than can be kept")
        if self.dtype(rows[0]) not in ("float32", "uint8", "int8"):
            raise DamagedError(f"gives {self.dtype(rows[0])} scores, which is not supported")
        return rows[0]

    def _signature_output(self, name: str) -> int | None:
        for signature in self._model.signatureDefs or []:
            for entry in signature.outputs or []:
                if _text(entry.name) == name and signature.subgraphIndex == 0:
                    return int(entry.tensorIndex)
        return None

    def embedding(self, scores: int) -> int | None:
        """The tensor that the classifier is given, if there is one."""
        signed = self._signature_output("embedding")
        if signed is not None and signed in self._outputs and signed != scores:
            return self._usable(signed)
        for operator in self._backwards(scores):
            name = self._name(operator)
            if name in ("FULLY_CONNECTED", "CONV_2D", "BATCH_MATMUL"):
                return self._usable(self._before_rounding(self._valid(operator.inputs)[0]))
            if name not in _AFTER_CLASSIFIER:
                return None
        return None

    def _backwards(self, tensor: int) -> Iterator[Any]:
        """The operations that a tensor comes from, the last one first."""
        seen: set[int] = set()
        while tensor in self._producer and tensor not in seen:
            seen.add(tensor)
            operator = self._producer[tensor]
            yield operator
            inputs = self._valid(operator.inputs)
            if self._name(operator) in _SAME_VALUES:
                inputs = inputs[:1]  # the others are a shape, which may be worked out as well
            computed = [each for each in inputs if self._is_computed(each)]
            if len(computed) != 1:
                return
            tensor = computed[0]

    def _is_computed(self, tensor: int) -> bool:
        return tensor in self._producer or tensor in self._inputs

    def _before_rounding(self, tensor: int) -> int:
        """The same values as early as they are there: in floating point, where they ever were."""
        while tensor in self._producer:
            operator = self._producer[tensor]
            inputs = self._valid(operator.inputs)
            name = self._name(operator)
            if name not in ("QUANTIZE", "RESHAPE", "SQUEEZE") or not inputs:
                break
            if self.width(inputs[0]) != self.width(tensor):
                break
            tensor = inputs[0]
        return tensor

    def _usable(self, tensor: int) -> int | None:
        width = self.width(tensor)
        is_fitting = width is not None and 2 <= width <= MAX_EMBEDDING
        if not is_fitting or tensor not in self._producer:
            return None
        return tensor if self.dtype(tensor) in ("float32", "uint8", "int8") else None

    def activation(self, scores: int) -> Activation | None:
        """What the scores of an output are, as far as the last operations tell."""
        for operator in self._backwards(scores):
            name = self._name(operator)
            if name == "SOFTMAX":
                return "softmax"
            if name == "LOGISTIC":
                return "sigmoid"
            if name not in _SAME_VALUES:
                return None
        return None

    def rescaling(self, image: int) -> tuple[float, ...]:
        """The largest number of each constant that the input meets before anything else."""
        found: list[float] = []
        tensor = image
        while len(found) < 4:
            takers = [o for o in self._operators if tensor in self._valid(o.inputs)]
            if len(takers) != 1 or self._name(takers[0]) not in ("MUL", "SUB", "ADD", "DIV"):
                break
            constants = [t for t in self._valid(takers[0].inputs) if not self._is_computed(t)]
            values = self._constant(constants[0]) if len(constants) == 1 else None
            outputs = self._valid(takers[0].outputs)
            if values is None or len(outputs) != 1:
                break
            largest = float(np.abs(values).max())
            is_division = self._name(takers[0]) == "DIV" and largest > 0
            found.append(1 / largest if is_division else largest)
            tensor = outputs[0]
        return tuple(found)

    def _constant(self, tensor: int) -> NDArray[np.float32] | None:
        found = self._tensors[tensor]
        if self.dtype(tensor) != "float32" or not 0 < found.buffer < len(self._model.buffers):
            return None
        data = self._model.buffers[found.buffer].data
        if data is None or not 0 < len(data) <= 16 or len(data) % 4:
            return None
        values = np.frombuffer(np.asarray(data, np.uint8).tobytes(), "<f4")
        return values if np.isfinite(values).all() else None

    def quantisation_kind(self) -> str:
        """Of weights and arithmetic."""
        computed = {self.dtype(t) for o in self._operators for t in self._valid(o.outputs)}
        kept = {
            self.dtype(t)
            for o in self._operators
            if self._name(o) in ("CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", "DEQUANTIZE")
            for t in self._valid(o.inputs)
            if not self._is_computed(t)
        }
        if computed & {"int8", "uint8"}:
            return "int8"
        if kept & {"int8", "uint8"}:
            return "dynamic"
        return "float16" if "float16" in kept else "float"

    # Tensors

    def shape(self, tensor: int) -> tuple[int, ...]:
        """With -1 for what is not fixed."""
        found = self._tensors[tensor]
        signature = found.shapeSignature
        shape = signature if signature is not None and len(signature) else found.shape
        return tuple(int(side) for side in (shape if shape is not None else ()))

    def width(self, tensor: int) -> int | None:
        """Of a tensor that holds one row of numbers for each picture; else None."""
        sides = self.shape(tensor)[1:]
        if not sides or min(sides) < 1 or sorted(sides)[:-1] != [1] * (len(sides) - 1):
            return None
        return max(sides)

    def dtype(self, tensor: int) -> str:
        """As NumPy names it."""
        return self._types.get(self._tensors[tensor].type, "unknown")

    def quantisation(self, tensor: int) -> Quantisation | None:
        """Of one that has one scale for all its numbers."""
        found = self._tensors[tensor].quantization
        if found is None or found.scale is None or len(found.scale) != 1:
            return None
        scale = float(found.scale[0])
        has_zero = found.zeroPoint is not None and len(found.zeroPoint)
        zero = int(found.zeroPoint[0]) if has_zero else 0
        if not np.isfinite(scale) or scale <= 0:
            raise DamagedError("is damaged: its numbers have no scale")
        return Quantisation(scale, zero)


#: What may lie between scores and the outside without changing them.
_SAME_VALUES: Final = {"RESHAPE", "SQUEEZE", "QUANTIZE", "DEQUANTIZE", "CAST"}
#: What may lie between the classifier and the scores.
_AFTER_CLASSIFIER: Final = _SAME_VALUES | {"SOFTMAX", "LOGISTIC", "LOG_SOFTMAX", "ADD", "MUL"}


def _constants(names: Any) -> dict[int, str]:
    return {value: name for name, value in vars(names).items() if isinstance(value, int)}


def _text(name: bytes | str | None) -> str:
    return name.decode("utf-8", "replace") if isinstance(name, bytes) else name or "?"


def _shown(shape: tuple[int, ...]) -> str:
    return " x ".join("?" if side < 0 else str(side) for side in shape) or "a single number"
