"""Networks of unknown origin are looked at in a process of their own.

LiteRT is C++ and trusts what a file says of itself, so that a damaged or hostile one can end the
process or keep it busy for ever. Then that process ends, and the program says so.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from app.core.errors import DecodeError, FileError, ModelError, ReadError
from app.vision.catalogue import Activation
from app.vision.outside.examining import LABELS, NETWORK, Request
from app.vision.outside.kinds import kind_of

#: Seconds that a network may take to be converted and tried.
TIME_LIMIT: Final = 600
#: Those about a photo; all others are about the network.
_ERRORS: Final[Mapping[str | None, type[FileError]]] = {
    "ReadError": ReadError,
    "DecodeError": DecodeError,
}
_ROOT: Final = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Examined:
    """A network that was examined and tried.

    Attributes:
        network: a LiteRT file with the outputs `scores` and, unless `embedding_from` is `scores`,
            `embedding`.
        labels: the content of the file of labels that came with it.
        input_range: a key of `app.vision.outside.ranges.RANGES`, or empty.
        range_found: how it is known, in a few words.
        best: for each picture that it was tried on: its best class, and the score of that.
        information: how much its answers tell pictures apart, in nats; 0 where all are the same.
        about: what it says about itself: name, description, author, licence.
    """

    network: bytes
    labels: bytes | None
    input_size: tuple[int, int]
    layout: Literal["NHWC", "NCHW"]
    channels: Literal["RGB", "BGR"]
    input_range: str
    range_found: str
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    classes: int
    embedding_size: int
    embedding_from: Literal["output", "scores"]
    activation: Activation
    quantisation: str
    best: tuple[tuple[int, float], ...]
    information: float
    about: Mapping[str, str]


def examine(
    path: Path,
    *,
    labels: int | None = None,
    input_range: str | None = None,
    photos: Sequence[Path] = (),
    skip_unreadable: bool = False,
    time_limit: float = TIME_LIMIT,
) -> Examined:
    """Examine and try a network. Takes a second, or half a minute for one that is converted.

    Args:
        path: a TFLite file, an archive with one, a .keras file, or the folder of a SavedModel.
        labels: how many classes it should have, where that is known.
        input_range: a key of `app.vision.outside.ranges.RANGES`; without it, it is found out.
        photos: to try it on; drawn pictures where there are none.
        skip_unreadable: leave photos out that cannot be read.
        time_limit: in seconds.

    Raises:
        ModelError: it cannot be used; the reason says why.
        ReadError, DecodeError: a photo to try it on is none.
    """
    request = Request(
        path.absolute(),
        kind_of(path),
        labels,
        input_range,
        tuple(photo.absolute() for photo in photos),
        skip_unreadable,
    )
    with tempfile.TemporaryDirectory(prefix="tagwright-") as name:
        folder = Path(name)
        (folder / "request.json").write_text(request.to_json(), "utf-8")
        _run(folder, path, time_limit)
        try:
            answer = json.loads((folder / "answer.json").read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise ModelError(path, "is damaged: it could not be examined") from error
        if "error" in answer:
            raise _ERRORS.get(answer.get("kind"), ModelError)(
                path if Path(answer["file"]) == request.path else answer["file"], answer["error"]
            )
        labels_file = folder / LABELS
        return _examined(
            answer,
            (folder / NETWORK).read_bytes(),
            labels_file.read_bytes() if labels_file.exists() else None,
        )


def _examined(answer: dict[str, Any], network: bytes, labels: bytes | None) -> Examined:
    for name in ("input_size", "mean", "std"):
        answer[name] = tuple(answer[name])
    answer["best"] = tuple((int(n), float(score)) for n, score in answer["best"])
    return Examined(network=network, labels=labels, **answer)


def _run(folder: Path, path: Path, time_limit: float) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(_ROOT),
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "KERAS_BACKEND": "tensorflow",
        # What it leaves behind when it is ended goes with the folder.
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)),
    }
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "app.vision.outside", str(folder / "request.json")],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=time_limit,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        reason = f"could not be examined within {time_limit:.0f} seconds"
        raise ModelError(path, reason) from error
    if ended.returncode < 0 or ended.returncode > 255:
        raise ModelError(path, "is damaged or made to do harm: what was to run it crashed")
    if ended.returncode:
        last = ended.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise ModelError(path, f"could not be examined: {' '.join(last) or 'no reason was given'}")
