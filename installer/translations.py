"""Bring the translations up to date: `python -m installer.translations`, with PySide6 installed.

Texts are taken from the code into `resources/translations/*.ts`, where they are translated (by
hand, or in `pyside6-linguist`); what is translated there is compiled into the `.qm` files that the
window reads. English has a file for the texts that a number decides. `--check` changes nothing and
fails if a text is missing or not translated.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("en", "de", "ja")
#: Outside of the window, texts are marked by a function of this name, for Qt is not imported there.
_MARK = "QT_TR_NOOP+=_t"


def sources() -> list[Path]:
    """The modules with texts that are shown in the window."""
    marked = [
        path
        for folder in ("core", "services", "workers")
        for path in (ROOT / "app" / folder).rglob("*.py")
        if "_t(" in path.read_text(encoding="utf-8")
    ]
    return sorted([*(ROOT / "app" / "ui").rglob("*.py"), *marked])


def collect(folder: Path, modules: Sequence[Path]) -> None:
    """Put the texts of modules into the `.ts` files of a folder; what is translated there stays."""
    for language in LANGUAGES:
        _run(
            "lupdate", "-silent", "-no-obsolete", "-locations", "none",
            "-tr-function-alias", _MARK,
            "-source-language", "en_GB", "-target-language", language,
            *(["-pluralonly"] if language == "en" else []),
            *map(str, modules), "-ts", str(folder / f"tagwright_{language}.ts"),
        )  # fmt: skip


def build(folder: Path) -> None:
    """Compile the `.ts` files of a folder."""
    for language in LANGUAGES:
        file = folder / f"tagwright_{language}"
        _run("lrelease", "-silent", f"{file}.ts", "-qm", f"{file}.qm")


def missing(folder: Path) -> Iterator[str]:
    """The texts of a folder's `.ts` files that are not translated."""
    for language in LANGUAGES:
        for message in ElementTree.parse(folder / f"tagwright_{language}.ts").iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") == "unfinished":
                yield f"{language}: {message.findtext('source')}"


def check(modules: Sequence[Path]) -> list[str]:
    """What is not translated of the texts of modules, also where the `.ts` files lack it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in FOLDER.glob("*.ts"):
            shutil.copy(path, folder)
        collect(folder, modules)
        return list(missing(folder))


def main() -> int:
    """Update everything, or only look."""
    if sys.argv[1:] == ["--check"]:
        left = check(sources())
    else:
        FOLDER.mkdir(parents=True, exist_ok=True)
        collect(FOLDER, sources())
        build(FOLDER)
        left = list(missing(FOLDER))
    for text in left:
        sys.stdout.write(f"{text}\n")
    return 1 if left else 0


def _run(tool: str, *arguments: str) -> None:
    program = Path(sys.executable).with_name(f"pyside6-{tool}")
    subprocess.run([str(program), *arguments], check=True)


if __name__ == "__main__":
    sys.exit(main())
