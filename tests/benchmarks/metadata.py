"""Writing tags: this program against ExifTool, Exiv2 and piexif, on the same files in one run.

    python -m tests.benchmarks.metadata [FOLDER] [--limit 300]

Prints one JSON object: for each writer the milliseconds a file (median, and the whole run divided
by the files), how many files it wrote, put beside, or failed at, and how many of those it wrote
are damaged. One judge looks at all of them: a value that ExifTool saw before and does not see
afterwards (other than the keywords, positions in the file, and what says which program wrote), or
a picture whose bytes from the scan to the end of the file are others.

This program's figure includes the journal, flushing to the disk and the proof; the others do
none of these. ExifTool runs once for all files (-stay_open). Exiv2's binding (`pip install exiv2`)
is optional.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from app.core.change import Origin, TagChange
from app.core.errors import WriteError
from app.core.tag import Tag
from app.metadata.storage.journal import DATABASE, Journal
from app.metadata.writer import write_tags
from tests.benchmarks.machine import lent_data, machine
from tests.metadata import builders

TAGS = (Tag(("Animal", "Cat")), Tag(("Sky",)))
LEAVES = ["Cat", "Sky"]
PATHS = ["Animal/Cat", "Sky"]
WINDOWS = "Cat;Sky"
_JPEG = (".jpg", ".jpeg")
#: Endings of ExifTool's names for what follows from writing keywords: the keywords themselves,
#: digests of them, positions and sizes, the writer's own name, and checks of the file.
_FOLLOWING = (
    "Subject", "Keywords", "TagsList", "IPTCDigest", "XMPToolkit", "Start", "Offset", "Offsets",
    "Length", "FileSize", "Directory", "FileName", "FileModifyDate", "FileAccessDate",
    "FileInodeChangeDate", "FilePermissions", "SourceFile", "Warning", "ExifByteOrder",
    "Padding", "ExifToolVersion", "CodedCharacterSet", "ApplicationRecordVersion",
)  # fmt: skip

#: Writes the tags into a file: "written", "beside" or "failed".
Write = Callable[[Path], str]


@contextmanager
def tagwright(work: Path) -> Iterator[Write]:
    """This program, as a run of it writes."""
    with Journal(work / DATABASE) as journal:
        run = journal.start_run("benchmark")
        origins = dict.fromkeys(TAGS, Origin(False, 0.9, "net"))

        def write(path: Path) -> str:
            try:
                report = write_tags(
                    path, TagChange(add=TAGS), origins=origins, journal=journal, run=run
                )
            except WriteError:
                return "failed"
            return "written" if report.target == "embedded" else "beside"

        yield write


@contextmanager
def exiftool(_: Path) -> Iterator[Write]:
    """ExifTool as a process that stays open."""
    process = subprocess.Popen(
        ["exiftool", "-stay_open", "True", "-@", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None
    arguments = ["-overwrite_original", "-P", "-codedcharacterset=utf8"]
    for leaf, path in zip(LEAVES, PATHS, strict=True):
        arguments += [f"-XMP-dc:Subject+={leaf}", f"-IPTC:Keywords+={leaf}"]
        arguments += [f"-XMP-lr:HierarchicalSubject+={path.replace('/', '|')}"]
        arguments += [f"-XMP-digiKam:TagsList+={path}"]
    arguments.append(f"-IFD0:XPKeywords={WINDOWS}")

    def write(path: Path) -> str:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write("\n".join((*arguments, str(path), "-execute\n")))
        process.stdin.flush()
        said = ""
        while not (line := process.stdout.readline()).startswith("{ready"):
            said += line
        return "written" if "1 image files updated" in said else "failed"

    try:
        yield write
    finally:
        process.stdin.write("-stay_open\nFalse\n")
        process.stdin.close()
        process.wait(10)


@contextmanager
def exiv2(_: Path) -> Iterator[Write]:
    """Exiv2 through its Python binding."""
    import exiv2 as library

    def write(path: Path) -> str:
        try:
            image = library.ImageFactory.open(str(path))
            image.readMetadata()
            iptc, xmp, exif = image.iptcData(), image.xmpData(), image.exifData()
            for leaf, full in zip(LEAVES, PATHS, strict=True):
                iptc.add(library.IptcKey("Iptc.Application2.Keywords"), library.StringValue(leaf))
                for key, text in (
                    ("Xmp.dc.subject", leaf),
                    ("Xmp.lr.hierarchicalSubject", full.replace("/", "|")),
                    ("Xmp.digiKam.TagsList", full),
                ):
                    values = list(xmp[key].getValue()) if key in xmp else []
                    xmp[key] = library.XmpArrayValue([*map(str, values), text])
            exif["Exif.Image.XPKeywords"] = library.DataValue((WINDOWS + "\0").encode("utf-16-le"))
            image.writeMetadata()
        except Exception:  # noqa: BLE001 (its own error class is no Exception of a fixed name)
            return "failed"
        return "written"

    yield write


@contextmanager
def piexif(_: Path) -> Iterator[Write]:
    """piexif, which knows Exif alone: Windows' keywords only."""
    import piexif as library

    def write(path: Path) -> str:
        try:
            found = library.load(str(path))
            found["0th"][0x9C9E] = (WINDOWS + "\0").encode("utf-16-le")
            library.insert(library.dump(found), str(path))
        except Exception:  # noqa: BLE001 (struct.error, ValueError and others)
            return "failed"
        return "written"

    yield write


WRITERS = {"tagwright": tagwright, "exiftool": exiftool, "exiv2": exiv2, "piexif": piexif}


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.metadata")
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--limit", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        sources = _sources(options.folder, options.limit, work)
        before = _seen(sources)
        result: dict[str, Any] = {"machine": machine(), "files": len(sources)}
        for writer, opened in WRITERS.items():
            folder = work / writer
            folder.mkdir()
            try:
                result[writer] = _measure(opened, sources, folder, before)
            except (ImportError, FileNotFoundError) as error:
                result[writer] = {"missing": str(error)}
        ours = result["tagwright"]["ms_per_file"]
        result["times_as_fast_as"] = {
            writer: round(result[writer]["ms_per_file"] / ours, 2)
            for writer in WRITERS
            if writer != "tagwright" and "ms_per_file" in result[writer]
        }
    print(json.dumps(result, indent=1))


def _sources(folder: Path | None, limit: int, work: Path) -> list[Path]:
    """Copies of the files to write, under names of their own."""
    parts = ("metadata", "camera", "imagenet")
    folders = [folder] if folder else [lent_data(part) for part in parts]
    found = [p for each in folders for p in sorted(each.rglob("*")) if p.suffix.lower() in _JPEG]
    into = work / "sources"
    into.mkdir()
    made = []
    for number, path in enumerate(found[:limit]):
        made.append(into / f"{number:04}.jpg")
        shutil.copyfile(path, made[-1])
    while not found and len(made) < min(limit, 100):
        made.append(into / f"{len(made):04}.jpg")
        made[-1].write_bytes(builders.two_pictures(builders.exif(b"maker" * 9)))
    return made


def _measure(
    opened: Callable[[Path], Any],
    sources: list[Path],
    folder: Path,
    before: dict[str, dict[str, list[str]]],
) -> dict[str, object]:
    copies = [Path(shutil.copy(source, folder)) for source in sources]
    os.sync()
    outcomes, times = [], []
    with opened(folder) as write:
        for copy in copies:
            started = time.perf_counter()
            outcomes.append(write(copy))
            times.append((time.perf_counter() - started) * 1000)
    written = [c for c, outcome in zip(copies, outcomes, strict=True) if outcome == "written"]
    after = _seen(written)
    damaged = {
        copy.name: lost
        for copy, source in zip(copies, sources, strict=True)
        if copy.name in after and (lost := _lost(before[copy.name], after[copy.name], source, copy))
    }
    kinds = Counter(key for lost in damaged.values() for key in lost)
    return {
        **Counter(outcomes),
        "damaged": len(damaged),
        "most_often_lost": dict(kinds.most_common(5)),
        "ms_per_file": round(sum(times) / len(times), 2),
        "ms_median": round(statistics.median(times), 2),
    }


def _seen(paths: list[Path]) -> dict[str, dict[str, list[str]]]:
    """Every value that ExifTool finds, by file name and 'group:tag', repeated ones together."""
    if not paths:
        return {}
    answer = subprocess.run(
        ["exiftool", "-j", "-G1:4", "-a", "-u", "-U", "-ee", "-b", "-n", *map(str, paths)],
        capture_output=True,
    )
    result = {}
    for each in json.loads(answer.stdout):
        values: dict[str, list[str]] = defaultdict(list)
        for key, value in each.items():
            parts = key.split(":")
            if not parts[-1].endswith(_FOLLOWING):
                values[f"{parts[0]}:{parts[-1]}"].append(json.dumps(value))
        result[Path(each["SourceFile"]).name] = {k: sorted(v) for k, v in values.items()}
    return result


def _lost(
    old: dict[str, list[str]], new: dict[str, list[str]], source: Path, copy: Path
) -> list[str]:
    """What was there before and is not now."""
    lost = [key for key, values in old.items() if not _within(values, new.get(key, []))]
    with suppress(IndexError):  # broken before the scan
        if builders.from_scan(source.read_bytes()) != builders.from_scan(copy.read_bytes()):
            lost.append("picture, or what stands behind it")
    return lost


def _within(old: list[str], new: list[str]) -> bool:
    return not Counter(old) - Counter(new)


if __name__ == "__main__":
    main()
