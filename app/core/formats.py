"""Which files are photos."""

from __future__ import annotations

from pathlib import Path

#: Camera originals: their preview is decoded, and they share `photo.xmp` with Adobe's programs.
RAW_SUFFIXES = frozenset(
    ".3fr .arw .cr2 .cr3 .crw .dcr .dng .erf .fff .gpr .iiq .k25 .kdc .mef .mos .mrw .nef .nrw "
    ".orf .pef .raf .raw .rw2 .rwl .sr2 .srf .srw .x3f".split()
)

#: Pictures that are decoded themselves.
IMAGE_SUFFIXES = frozenset(
    ".jpg .jpeg .jpe .jfif .mpo .png .webp .tif .tiff .avif .heic .heif .hif .jxl .gif .bmp".split()
)

PHOTO_SUFFIXES = RAW_SUFFIXES | IMAGE_SUFFIXES


def is_photo(path: Path) -> bool:
    """Whether the name of a file says that it is a photo."""
    return path.suffix.lower() in PHOTO_SUFFIXES
