"""SavedModels of others, turned into TFLite.

A SavedModel is a program: its operations can read and write files or run Python, and some run while
it is loaded. So its description is read as data first, and only operations that do arithmetic are
let through, besides those by which variables are kept: these only where nothing but saving and
restoring calls them.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from app.core.errors import ModelError
from app.vision.outside.kinds import MAX_BYTES

#: Arithmetic on numbers in memory, and the plumbing between it.
_ARITHMETIC: Final = frozenset(
    """
    Abs Add AddN AddV2 All Any ArgMax ArgMin AvgPool BatchMatMul BatchMatMulV2 BatchMatMulV3
    BatchToSpaceND BiasAdd BroadcastTo Cast Ceil ClipByValue Concat ConcatV2 Const Conv2D Cos
    Cumsum DepthToSpace DepthwiseConv2dNative Div DivNoNan Einsum Elu Equal Erf Exp ExpandDims
    FakeQuantWithMinMaxArgs FakeQuantWithMinMaxVars FakeQuantWithMinMaxVarsPerChannel Fill Floor
    FloorDiv FloorMod FusedBatchNorm FusedBatchNormV2 FusedBatchNormV3 Gather GatherNd GatherV2
    Greater GreaterEqual Identity IdentityN InvertPermutation L2Loss LRN LeakyRelu Less
    LessEqual LinSpace Log Log1p LogSoftmax LogicalAnd LogicalNot LogicalOr MatMul Max MaxPool
    MaxPoolV2 Maximum Mean Min Minimum MirrorPad Mul Neg NoOp NotEqual OneHot OnesLike Pack Pad
    PadV2 PartitionedCall Placeholder PlaceholderWithDefault Pow PreventGradient Prod Range Rank
    RealDiv Reciprocal Relu Relu6 Reshape ResizeArea ResizeBicubic ResizeBilinear
    ResizeNearestNeighbor ReverseV2 Round Rsqrt Select SelectV2 Selu Shape ShapeN Sigmoid Sign
    Sin Size Slice Softmax Softplus Softsign SpaceToBatchND SpaceToDepth Split SplitV Sqrt
    Square SquaredDifference Squeeze StatefulPartitionedCall StopGradient StridedSlice Sub Sum
    Tanh Tile TopK TopKV2 Transpose TruncateDiv Unpack Where ZerosLike
    """.split()
)
#: Variables of the network, in memory.
_VARIABLES: Final = frozenset(
    """
    AssignVariableOp DisableCopyOnRead ReadVariableOp ResourceGather VarHandleOp
    VarIsInitializedOp VariableShape
    """.split()
)
#: Only where variables are restored, or saved, and nothing else calls them.
_RESTORING: Final = frozenset({"RestoreV2"})
_SAVING: Final = frozenset(
    "MergeV2Checkpoints SaveV2 ShardedFilename StaticRegexFullMatch StringJoin".split()
)
_ALLOWED: Final = _ARITHMETIC | _VARIABLES
_DESCRIPTION: Final = "saved_model.pb"
_SERVING: Final = "serving_default"
#: The description alone; weights lie beside it.
_MAX_DESCRIPTION: Final = 256 << 20


def convert_saved_model(path: Path) -> bytes:
    """A SavedModel as TFLite, in floating point.

    Raises:
        ModelError: it is damaged, could do other things than arithmetic, or cannot be converted.
    """
    with tempfile.TemporaryDirectory(prefix="tagwright-") as folder:
        # What is checked is what is loaded, and nothing else of the folder.
        copy = Path(folder) / "saved"
        try:
            _copy(path, copy)
            signature = check_operations(copy)
            return _converted(copy, signature)
        except OSError as error:
            raise ModelError(path, error.strerror or str(error)) from error
        except ModelError as error:
            raise ModelError(path, error.reason) from error


def _copy(path: Path, copy: Path) -> None:
    copy.mkdir()
    (copy / "variables").mkdir()
    variables = path / "variables"
    weights = sorted(variables.iterdir()) if variables.is_dir() else []
    files = [path / _DESCRIPTION, *weights]
    if any(file.is_symlink() or not file.is_file() for file in files):
        raise ModelError(path, "holds links or folders where files are expected")
    if sum(file.stat().st_size for file in files) > MAX_BYTES:
        raise ModelError(path, "is too large: the limit is 1.1 GB")
    if files[0].stat().st_size > _MAX_DESCRIPTION:
        raise ModelError(path, f"its {_DESCRIPTION} is too large")
    for file in files:
        shutil.copyfile(file, copy / file.relative_to(path))


def check_operations(path: Path) -> str:
    """Let a SavedModel pass only if all that it can do is arithmetic.

    Returns:
        The signature to convert.

    Raises:
        ModelError: it does not pass.
    """
    from google.protobuf.message import DecodeError
    from tensorflow.core.protobuf import saved_model_pb2

    saved = saved_model_pb2.SavedModel()
    try:
        saved.ParseFromString((path / _DESCRIPTION).read_bytes())
    except DecodeError as error:
        raise ModelError(path, f"its {_DESCRIPTION} is damaged") from error
    graphs = [each for each in saved.meta_graphs if "serve" in each.meta_info_def.tags]
    if len(graphs) != 1:
        raise ModelError(path, "holds no network to be used, or several")
    for graph in saved.meta_graphs:
        _check_graph(graph, path)
    signatures = [name for name in graphs[0].signature_def if not name.startswith("__")]
    if _SERVING in signatures:
        return _SERVING
    if len(signatures) != 1:
        some = ", ".join(sorted(signatures)[:5]) or "none"
        raise ModelError(path, f"has no signature {_SERVING!r} (there are: {some})")
    return str(signatures[0])


def _check_graph(graph: Any, path: Path) -> None:
    if graph.asset_file_def:
        raise ModelError(path, "comes with files of its own, which is not opened for safety")
    nodes = {node.name: node for node in graph.graph_def.node}
    calls = {
        function.signature.name: _called(function.node_def)
        for function in graph.graph_def.library.function
    }
    saver = graph.saver_def
    save = nodes.get(saver.save_tensor_name.partition(":")[0])
    restore = nodes.get(saver.restore_op_name)
    saving = _reached(_called([save] if save is not None else []), calls)
    restoring = _reached(_called([restore] if restore is not None else []), calls)
    others = _called(node for node in nodes.values() if node not in (save, restore))
    others = _reached(others | set(graph.object_graph_def.concrete_functions), calls)
    for function in graph.graph_def.library.function:
        name = function.signature.name
        allowed = _ALLOWED
        if name not in others and name in restoring:  # which is done while loading
            allowed = _ALLOWED | _RESTORING
        elif name not in others and name in saving:  # which is never done here
            allowed = _ALLOWED | _RESTORING | _SAVING
        _check_nodes(function.node_def, allowed, path)
    # In graphs of the time before functions, saving stands among all the rest: they are refused.
    _check_nodes(nodes.values(), _ALLOWED, path)


def _called(nodes: Iterable[Any]) -> set[str]:
    """The functions that nodes call."""
    found: set[str] = set()
    for node in nodes:
        found.add(node.op)
        for value in node.attr.values():
            found.add(value.func.name)
            found.update(each.name for each in value.list.func)
    return found


def _reached(first: Iterable[str], calls: Mapping[str, set[str]]) -> set[str]:
    """Some functions, and all that they call."""
    found: set[str] = set()
    waiting = [name for name in first if name in calls]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [each for each in calls[name] if each in calls]
    return found


def _check_nodes(nodes: Iterable[Any], allowed: frozenset[str], path: Path) -> None:
    denied = sorted({node.op for node in nodes} - allowed)
    if denied:
        some = ", ".join(denied[:5]) + (", …" if len(denied) > 5 else "")
        reason = f"holds operations that are not known to be harmless ({some}); it was not opened"
        raise ModelError(path, reason)


def _converted(path: Path, signature: str) -> bytes:
    import tensorflow as tf

    try:
        converter = tf.lite.TFLiteConverter.from_saved_model(
            str(path), signature_keys=[signature], tags={"serve"}
        )
        return bytes(converter.convert())
    except MemoryError:
        raise
    except Exception as error:
        # TensorFlow raises whatever it likes about what it cannot do.
        text = " ".join(str(error).split())[:300]
        raise ModelError(path, f"TensorFlow cannot convert it: {text}") from error
