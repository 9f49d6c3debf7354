"""How many processor cores this process may really use."""

from __future__ import annotations

import math
import os
from pathlib import Path

_CGROUP_QUOTA = Path("/sys/fs/cgroup/cpu.max")


def usable_cores() -> int:
    """Cores that affinity (taskset, schedulers) and a container's CPU quota leave, at least 1.

    `os.cpu_count()` counts the machine's; threads beyond what the process may use only wait
    for each other.
    """
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    return max(1, math.ceil(min(cores, _quota())))


def _quota() -> float:
    """The cgroup v2 quota in cores; infinite where there is none."""
    try:
        limit, period = _CGROUP_QUOTA.read_text().split()[:2]
        return float(limit) / float(period)
    except (OSError, ValueError, ZeroDivisionError):
        return math.inf
