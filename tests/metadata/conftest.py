"""Fixtures for the metadata tests: ExifTool as the judge, and folders with real faults."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.metadata.judge import ExifTool


@pytest.fixture(scope="session")
def exiftool() -> ExifTool:
    """ExifTool, without which a test is skipped unless TAGWRIGHT_REQUIRE_PROGRAMS=1."""
    if shutil.which("exiftool") is None:
        if os.environ.get("TAGWRIGHT_REQUIRE_PROGRAMS") == "1":
            pytest.fail("exiftool is not installed, and TAGWRIGHT_REQUIRE_PROGRAMS is set")
        pytest.skip("exiftool is not installed")
    return ExifTool()


@pytest.fixture
def lent() -> Path:
    """The folder of lent photos, without which a test is skipped."""
    root = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.get("TAGWRIGHT_DATA") or root.parent / "shared" / "data")
    if not (folder / "metadata").is_dir():
        pytest.skip(f"no lent photos at {folder}")
    return folder


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """An empty tmpfs of 256 KB that can be remounted; needs the right to mount."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a file system needs root on Linux")
    folder = tmp_path / "disk"
    folder.mkdir()
    options = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if subprocess.run(options, capture_output=True).returncode:
        pytest.skip("tmpfs cannot be mounted here")
    yield folder, "mount"
    subprocess.run(["umount", str(folder)], check=False)
