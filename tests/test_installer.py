"""The installer's decisions, without a network and without installing anything."""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from pathlib import Path

import pytest

from installer import environment, interpreter, pip_wheel, system_libraries
from installer.environment import LOCKS, ROOT

OLDEST_THAT_MUST_PARSE = (3, 7)  # The oldest grammar that `ast` still knows.


# --- which Python -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "expected"),
    [((2, 7), False), ((3, 10), False), ((3, 11), True), ((3, 13), True), ((3, 14), False)],
)
def test_supported_pythons(version: tuple[int, int], expected: bool) -> None:
    assert interpreter.is_supported(version) is expected


def test_supported_pythons_are_those_of_the_project() -> None:
    (oldest, newest) = interpreter.OLDEST, interpreter.NEWEST
    expected = f">={oldest[0]}.{oldest[1]},<{newest[0]}.{newest[1] + 1}"
    assert project()["requires-python"] == expected


def test_unsupported_python_is_told_what_it_is_and_what_is_needed() -> None:
    text = interpreter.explain_unsupported((3, 9))
    assert "3.11 to 3.13" in text
    assert "this is 3.9" in text


@pytest.mark.parametrize("name", ["__init__", "run", "test", "interpreter"])
def test_what_an_old_python_reads_is_old_syntax(name: str) -> None:
    source = (ROOT / "installer" / f"{name}.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=OLDEST_THAT_MUST_PARSE)
    futures = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert "__future__" not in {node.module for node in futures}


def test_candidate_that_does_not_start_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not interpreter.works(["python3.12"])
    shim = tmp_path / "python3.12"
    shim.write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
    shim.chmod(0o755)
    assert not interpreter.works(["python3.12"])
    assert interpreter.works([sys.executable])


# --- whether a setup is due -------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `.venv` of made-up contents, and lock files beside it."""
    folder = tmp_path / ".venv"
    folder.mkdir()
    locks = {purpose: tmp_path / f"{purpose}.lock" for purpose in LOCKS}
    for purpose, lock in locks.items():
        lock.write_text(f"{purpose}==1\n", encoding="utf-8")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", folder)
    monkeypatch.setattr(environment, "STAMP", folder / "tagwright.json")
    monkeypatch.setattr(environment, "UNFINISHED", folder / "unfinished")
    monkeypatch.setattr(environment, "LOCKS", locks)
    monkeypatch.setattr(environment, "version_of", lambda python: "3.11")
    return folder


def write_stamp(purpose: environment.Purpose) -> None:
    stamp = json.dumps(environment.make_stamp(purpose))
    environment.STAMP.write_text(stamp, encoding="utf-8")


def test_nothing_is_ready_without_a_stamp(folder: Path) -> None:
    assert not environment.is_ready("runtime")
    environment.STAMP.write_text("{broken", encoding="utf-8")
    assert not environment.is_ready("runtime")


def test_tests_serve_the_runtime_but_not_the_other_way_round(folder: Path) -> None:
    write_stamp("runtime")
    assert environment.is_ready("runtime")
    assert not environment.is_ready("test")
    write_stamp("test")
    assert environment.is_ready("runtime")
    assert environment.is_ready("test")


def test_changed_lock_file_makes_a_setup_due(folder: Path) -> None:
    write_stamp("test")
    environment.LOCKS["runtime"].write_text("runtime==2\n", encoding="utf-8")
    assert not environment.is_ready("runtime")
    assert environment.is_ready("test")


def test_line_ends_of_the_checkout_do_not_matter(folder: Path) -> None:
    write_stamp("runtime")
    environment.LOCKS["runtime"].write_bytes(b"runtime==1\r\n")
    assert environment.is_ready("runtime")


def test_moved_folder_makes_a_setup_due(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_stamp("runtime")
    monkeypatch.setattr(environment, "ROOT", folder)
    assert not environment.is_ready("runtime")


@pytest.mark.parametrize("version", ["3.12", None])
def test_other_or_missing_python_makes_a_setup_due(
    folder: Path, monkeypatch: pytest.MonkeyPatch, version: str | None
) -> None:
    write_stamp("runtime")
    monkeypatch.setattr(environment, "version_of", lambda python: version)
    assert not environment.is_ready("runtime")


def test_setup_that_never_ended_makes_a_setup_due(folder: Path) -> None:
    write_stamp("runtime")
    environment.UNFINISHED.touch()
    assert not environment.is_ready("runtime")


def test_folder_that_is_no_virtual_environment_is_left_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "version_of", lambda python: None)
    letter = folder / "letter.txt"
    letter.touch()
    with pytest.raises(environment.SetupError, match="in the way"):
        environment.create_venv()
    assert letter.exists()


def test_version_of_this_python() -> None:
    major, minor = sys.version_info[:2]
    assert environment.version_of(Path(sys.executable)) == f"{major}.{minor}"


@pytest.mark.parametrize(
    ("system", "machine", "glibc", "word"),
    [
        ("linux", "x86_64", "2.36", None),
        ("linux", "x86_64", "2.31", "2.34"),
        ("linux", "x86_64", "", "another libc"),
        ("linux", "aarch64", "2.36", "2.39"),
        ("linux", "aarch64", "2.41", None),
        ("linux", "armv7l", "2.41", "armv7l"),
        ("darwin", "arm64", "", None),
        ("darwin", "x86_64", "", "Intel"),
        ("win32", "AMD64", "", None),
        ("win32", "ARM64", "", "ARM"),
    ],
)
def test_platforms(system: str, machine: str, glibc: str, word: str | None) -> None:
    reason = environment.unsupported_platform(system, machine, glibc)
    assert reason is None if word is None else word in str(reason)


# --- pip and system libraries -----------------------------------------------------------------

BASE = "https://index.example/simple/pip/"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<a href="../../files/ab/p-2.whl#sha256=00">', "https://index.example/files/ab/p-2.whl"),
        ('<a data-x="1" href="https://b.example/p-2.whl">', "https://b.example/p-2.whl"),
        ('<a href="p-1.whl"><a href="p-2.whl">p-2.whl</a>', f"{BASE}p-2.whl"),
        ('<a href="xp-2.whl"><a href="p-2.whl.metadata"><a>', None),
    ],
)
def test_wheel_is_found_on_an_index_page(page: str, expected: str | None) -> None:
    assert pip_wheel.find_link(page, "p-2.whl", BASE) == expected


def test_wheel_with_other_contents_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f'<a href="{pip_wheel.WHEEL}">'.encode()
    monkeypatch.setattr(pip_wheel, "download", lambda url: page)
    with pytest.raises(environment.SetupError, match="not the file"):
        pip_wheel.fetch(tmp_path)
    assert not list(tmp_path.iterdir())


def test_unreachable_index_says_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(url: str) -> bytes:
        raise OSError("no route")

    monkeypatch.setattr(pip_wheel, "download", fail)
    with pytest.raises(environment.SetupError, match="sudo apt install python3-venv"):
        pip_wheel.fetch(tmp_path)


def test_apt_plan() -> None:
    plan = "Note, selecting\nInst libglib2.0-0 (2.74 Debian:12 [amd64])\nConf libglib2.0-0 (2.74)\n"
    assert system_libraries.installed_by(plan) == ["libglib2.0-0"]


def test_unpacked_libraries_join_those_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LD_LIBRARY_PATH", raising=False)
    assert system_libraries.variables(tmp_path) == {}
    unpacked = tmp_path / "system/usr/lib/x86_64-linux-gnu/libglib-2.0.so.0"
    unpacked.parent.mkdir(parents=True)
    unpacked.touch()
    ours = str(unpacked.parent)
    assert system_libraries.variables(tmp_path) == {"LD_LIBRARY_PATH": ours}
    monkeypatch.setenv("LD_LIBRARY_PATH", "/theirs")
    assert system_libraries.variables(tmp_path) == {"LD_LIBRARY_PATH": f"/theirs:{ours}"}


# --- the lock files ---------------------------------------------------------------------------


def test_lock_files_name_every_dependency() -> None:
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = names(project()["dependencies"])
    assert runtime <= locked("runtime")
    assert runtime | names(configuration["dependency-groups"]["test"]) <= locked("test")
    assert locked("runtime") <= locked("test")


@pytest.mark.parametrize("purpose", LOCKS)
def test_lock_files_name_no_index_and_no_path(purpose: environment.Purpose) -> None:
    text = LOCKS[purpose].read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    assert " @ " not in text


def project() -> dict[str, list[str]]:
    """The `project` table of pyproject.toml."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    table: dict[str, list[str]] = tomllib.loads(text)["project"]
    return table


def names(requirements: list[str]) -> set[str]:
    """The normalised names (PEP 503) that requirements begin with."""
    found = [re.match(r"[\w.-]+", requirement) for requirement in requirements]
    return {re.sub(r"[-_.]+", "-", match[0]).lower() for match in found if match}


def locked(purpose: environment.Purpose) -> set[str]:
    """The normalised names in a lock file."""
    lines = LOCKS[purpose].read_text(encoding="utf-8").splitlines()
    return names([line for line in lines if re.match(r"\w", line)])
