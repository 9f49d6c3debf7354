"""Which graphics cards there are, found out without TensorFlow, in milliseconds."""

from __future__ import annotations

import ctypes
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

#: `cuda`: NVIDIA's, which TensorFlow can use on Linux; `other`: what LiteRT may use.
Kind = Literal["cuda", "other"]


@dataclass(frozen=True, slots=True)
class Gpu:
    """A graphics card.

    Attributes:
        name: as its driver or the system calls it.
        memory: its own memory in bytes, 0 where that is not known or it shares the processor's.
        kind: by whom it can be used.
    """

    name: str
    memory: int = 0
    kind: Kind = "other"

    def __str__(self) -> str:
        return f"{self.name}, {self.memory / 2**30:.1f} GiB" if self.memory else self.name


@lru_cache(maxsize=1)
def find_gpus() -> tuple[Gpu, ...]:
    """The graphics cards of this machine that a program could calculate on, best first."""
    found = list(_cuda())
    if sys.platform == "darwin":
        found += _apple()
    elif sys.platform == "win32":
        found += [gpu for gpu in _windows() if not (found and "NVIDIA" in gpu.name)]
    else:
        found += [gpu for gpu in _linux() if not (found and "NVIDIA" in gpu.name)]
    return tuple(found)


def _cuda() -> Iterator[Gpu]:
    """NVIDIA's cards, as the library of their driver lists them."""
    library = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
    try:
        driver: Any = ctypes.CDLL(library)
        number = ctypes.c_int()
        # 0 is success; a driver without a card, or one that does not fit the system, is none.
        if driver.cuInit(0) or driver.cuDeviceGetCount(ctypes.byref(number)):
            return
        for index in range(number.value):
            device, memory = ctypes.c_int(), ctypes.c_size_t()
            name = ctypes.create_string_buffer(256)
            if (
                driver.cuDeviceGet(ctypes.byref(device), index)
                or driver.cuDeviceGetName(name, len(name), device)
                or driver.cuDeviceTotalMem_v2(ctypes.byref(memory), device)
            ):
                continue
            yield Gpu(name.value.decode("utf-8", "replace"), memory.value, "cuda")
    except (OSError, AttributeError):
        return


#: Makers by their numbers on the PCI bus. Cards of virtual machines and of servers' remote
#: consoles have others.
_VENDORS: Final = {"0x10de": "NVIDIA", "0x1002": "AMD", "0x8086": "Intel"}


#: In the registry of Windows: the memory of a card.
_MEMORY: Final = "HardwareInformation.qwMemorySize"


def _linux() -> Iterator[Gpu]:
    for node in sorted(Path("/sys/class/drm").glob("renderD*")):
        try:
            vendor = (node / "device" / "vendor").read_text().strip()
            device = (node / "device" / "device").read_text().strip()
        except OSError:
            continue
        if vendor in _VENDORS:
            memory = node / "device" / "mem_info_vram_total"  # AMD's driver alone has it
            try:
                size = int(memory.read_text())
            except (OSError, ValueError):
                size = 0
            yield Gpu(f"{_VENDORS[vendor]} graphics ({device})", size)


def _apple() -> Iterator[Gpu]:
    # Apple's own processors all have one; it shares the memory.
    if platform.machine() == "arm64":
        yield Gpu("Apple graphics")


def _windows() -> list[Gpu]:
    found: list[Gpu] = []
    if sys.platform == "win32":
        import winreg

        # The class of display adapters.
        root = r"SYSTEM\CurrentControlSet\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318}"
        for index in range(16):
            try:
                with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, rf"{root}\{index:04}") as key:
                    name = str(winreg.QueryValueEx(key, "DriverDesc")[0])
                    try:
                        size = int(winreg.QueryValueEx(key, _MEMORY)[0])
                    except (OSError, TypeError, ValueError):
                        size = 0
            except OSError:
                continue
            if not name.startswith("Microsoft"):  # "Basic Display Adapter", "Remote Display ..."
                found.append(Gpu(name, size))
    return found
