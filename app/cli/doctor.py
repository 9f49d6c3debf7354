"""`tagwright doctor`: what hardware, model and folders are in use, and what is missing."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import app
from app.cli.text import count
from app.core.cpu import usable_cores
from app.core.errors import LibraryError, TagwrightError
from app.core.folders import Folders
from app.core.settings import Device, TagSettings
from app.library.library import DATABASE, Library
from app.services.setup import catalogue, rules, rules_path
from app.vision.backends import GpuUse
from app.vision.gpus import find_gpus

_PACKAGES = (
    "ai-edge-litert", "tensorflow", "numpy", "pillow", "pi-heif", "imagecodecs", "rawpy",
    "PySide6_Essentials",
)  # fmt: skip


def run_doctor(options: argparse.Namespace, folders: Folders) -> int:
    """Print what is in use.

    Returns:
        The exit code: 1 when something that is needed does not work.
    """
    problems: list[str] = []

    def attempt(what: Callable[[], Any]) -> Any:
        try:
            return what()
        except (TagwrightError, OSError) as error:
            problems.append(str(error))
            return f"PROBLEM: {error}"

    report = {
        "tagwright": app.__version__,
        "python": f"{platform.python_version()} ({sys.executable})",
        "system": platform.platform(),
        "processor": f"{usable_cores()} of {os.cpu_count()} cores may be used",
        "graphics card": _gpu(),
        "model": attempt(lambda: _model(folders)),
        "runs on": attempt(lambda: _device(folders, options.device)),
        "rules": attempt(lambda: _rules(folders)),
        "library": attempt(lambda: _library(folders)),
        "cache": str(folders.cache),
        "own rules and models": _own(folders),
        "exiftool": shutil.which("exiftool") or "not installed (not needed)",
        **{name: _version(name) for name in _PACKAGES},
        "problems": problems,
    }
    if options.json:
        print(json.dumps(report, indent=2))
    else:
        width = max(map(len, report))
        for name, value in report.items():
            if name != "problems":
                print(f"{name:<{width}}  {value}")
        print("\nEverything that is needed works." if not problems else "\nProblems:")
        for problem in problems:
            print(f"  {problem}")
    return 1 if problems else 0


def _model(folders: Folders) -> str:
    """The default network, really loaded."""
    import numpy as np

    card = catalogue(folders).get(TagSettings().model)
    embedder = GpuUse(folders.cache).choose(card, "cpu")
    width, height = card.input_size
    embedder.embed(np.zeros((1, height, width, 3), dtype=np.uint8))
    return f"{card.id} {card.version}, {card.file}, runs"


def _rules(folders: Folders) -> str:
    return f"{rules_path(folders)}, {len(rules(folders).rules)} rules"


def _own(folders: Folders) -> str:
    missing = "" if folders.config.exists() else " (not there; make it if you want it)"
    return f"{folders.config}{missing}"


def _library(folders: Folders) -> str:
    for folder in (folders.data, folders.cache):
        _check_writable(folder)
    if not (folders.data / DATABASE).exists():
        return f"{folders.data} (empty)"
    with Library(folders.data) as library:
        counts = library.counts()
    size = sum(path.stat().st_size for path in folders.data.rglob("*") if path.is_file())
    return f"{folders.data}: {count(counts['photo'], 'photo')}, {size / 1e6:,.1f} MB"


def _check_writable(folder: Path) -> None:
    """Raise LibraryError unless files can be made in a folder, or the folder itself."""
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        raise LibraryError(folder, f"cannot be written: {error.strerror or error}") from error


def _gpu() -> str:
    return "; ".join(map(str, find_gpus())) or "none found"


def _device(folders: Folders, device: Device) -> str:
    """What the default network runs on, and why."""
    plan = GpuUse(folders.cache).plan(catalogue(folders).get(TagSettings().model), device)
    if plan.gpu is None:
        return f"the processor, by LiteRT: {plan.reason}"
    framework = {"keras": "Keras", "litert-gpu": "LiteRT"}[plan.backend]
    return f"{plan.gpu.name}, by {framework}: {plan.reason}"


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"
