"""What every benchmark says about where it ran, and where lent photos are."""

from __future__ import annotations

import os
import platform
from pathlib import Path

from app.core.cpu import usable_cores


def machine() -> dict[str, str | int]:
    """Processor, cores and Python: figures from different machines are not comparable."""
    model = platform.processor()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    return {"cpu": model, "cores": usable_cores(), "python": platform.python_version()}


def lent_data(*parts: str) -> Path:
    """A folder of the photos lent for testing: under `TAGWRIGHT_DATA`, else beside the project."""
    beside = Path(__file__).resolve().parents[3] / "shared" / "data"
    return Path(os.environ.get("TAGWRIGHT_DATA", beside)).joinpath(*parts)
