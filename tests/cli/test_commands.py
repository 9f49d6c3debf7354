"""The other subcommands."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import app
from app.cli.parser import COMMANDS
from tests.conftest import ROOT, Tagwright, run_cold


def test_version_loads_nothing_heavy() -> None:
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "app", "--version"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stdout == f"tagwright {app.__version__}\n"
    for heavy in ("numpy", "PIL", "PySide6", "yaml", "sqlite3", "rich", "litert", "tensorflow"):
        assert f" {heavy}" not in ran.stderr, heavy


def test_each_command_starts_with_nothing_imported(
    home: Path, photos: Path, tmp_path: Path
) -> None:
    cat, features, head = photos / "chelsea.jpg", tmp_path / "features.npz", tmp_path / "head"
    classes = tmp_path / "classes"
    for number, name in enumerate(("chelsea", "chelsea", "coffee", "coffee")):
        (classes / name).mkdir(parents=True, exist_ok=True)
        shutil.copy(photos / f"{name}.jpg", classes / name / f"{number}.jpg")
    quick = ("--model", "efficientnet-lite0", "--crops", "1")
    started: set[str] = set()
    for command, *more in (
        ("rules", "check", ROOT / "rules.yml"),
        ("models",),
        ("doctor",),
        ("tag", cat, *quick),
        ("edit", cat, "--add", "Mieze"),
        ("inspect", cat),
        ("export", "--for", "digikam", "--to", tmp_path / "exported"),
        ("history",),
        ("revert", "--all", "--yes"),
        ("features", classes, "-o", features, *quick),
        ("train", features, "-o", head),
        ("evaluate", features, "--head", head),
    ):
        ran = run_cold(command, *more)
        assert ran.code == 0, ran.err
        assert ran.out, command
        started.add(command)
    assert started == set(COMMANDS)


def test_models_are_listed(tagwright: Tagwright) -> None:
    ran = tagwright("models")
    assert ran.code == 0
    assert [line.split()[:2] for line in ran.out.splitlines()[:2]] == [
        ["efficientnet-lite2", "default"],
        ["efficientnet-lite0", "fast"],
    ]
    assert all("not fetched" in line for line in ran.out.splitlines()[2:])
    cards = json.loads(tagwright("models", "--json").out)
    assert cards[0]["licence"] == "Apache-2.0" and cards[0]["source"]["sha256"]


def test_a_damaged_model_is_pointed_out(tagwright: Tagwright, home: Path) -> None:
    own = home / "config" / "models"
    shutil.copytree(ROOT / "models", own)
    with open(own / "efficientnet-lite0-int8.tflite", "r+b") as file:
        file.seek(1000)
        file.write(b"damage")
    ran = tagwright("models")
    assert ran.code == 1
    assert "DAMAGED" in ran.out.splitlines()[1] and "DAMAGED" not in ran.out.splitlines()[0]


def test_rules_check(tagwright: Tagwright, tmp_path: Path) -> None:
    assert tagwright("rules", "check", ROOT / "rules.yml").code == 0
    file = tmp_path / "mine.yml"
    file.write_text("cat:\n  treshold: 0.5\nDog: {}\nlion: {priority: 1, see: cat}\n")
    ran = tagwright("rules", "check", file)
    assert ran.code == 1
    first, second, third = ran.err.splitlines()
    assert first.startswith(f"{file}:2: unknown key 'treshold'")
    assert second.startswith(f"{file}:3: label 'Dog' must be in lower case")
    assert third.startswith(f"{file}:4: warning: ")


def test_rules_check_points_out_names_that_no_network_knows(
    tagwright: Tagwright, tmp_path: Path
) -> None:
    file = tmp_path / "mine.yml"
    file.write_text("kat: {label: Cat}\nfeline: {label: Cat}\ntabby: {see: feline}\n")
    ran = tagwright("rules", "check", file)
    assert ran.code == 0
    assert "1 name that no network here knows" in ran.err
    assert ran.err.rstrip().endswith(": kat")


def test_own_rules_are_used(tagwright: Tagwright, home: Path, photos: Path) -> None:
    (home / "config").mkdir(parents=True)
    own = home / "config" / "rules.yml"
    own.write_text("tabby: {label: Mieze}\ntiger cat: {see: tabby}\negyptian cat: {see: tabby}\n")
    ran = tagwright("tag", photos / "chelsea.jpg", "--write", "none", "--json")
    assert ran.lines[0]["tags"][0]["tag"] == "Mieze"
    own.write_text("tabby: {label: }\n")
    ran = tagwright("tag", photos / "chelsea.jpg")
    assert ran.code == 2
    assert f"{own}: line 1: label must be a word" in ran.err


def test_evaluate_a_folder_per_class(tagwright: Tagwright, photos: Path, tmp_path: Path) -> None:
    for name, folder in (("chelsea", "Cat"), ("camera", "tripod"), ("coffee", "n07930864"),
                         ("motorcycle_left", "unicorn")):  # fmt: skip
        (tmp_path / "set" / folder).mkdir(parents=True)
        shutil.copy(photos / f"{name}.jpg", tmp_path / "set" / folder)
    ran = tagwright("evaluate", tmp_path / "set", "--json")
    result = json.loads(ran.out)
    assert ran.code == 0 and result["photos"] == 3
    assert result["top_1"] <= result["top_5"] <= result["top_10"] == 1.0
    assert result["unknown"] == {"unicorn": 1}
    text = tagwright("evaluate", tmp_path / "set").out
    assert "top-1" in text and "unicorn (1)" in text


def test_evaluate_photos_named_by_wordnet_id(
    tagwright: Tagwright, photos: Path, tmp_path: Path
) -> None:
    shutil.copy(photos / "camera.jpg", tmp_path / "n04485082_tripod.jpg")
    shutil.copy(photos / "chelsea.jpg", tmp_path / "n04485082_no_tripod.jpg")
    result = json.loads(tagwright("evaluate", tmp_path, "--json").out)
    assert (result["photos"], result["top_1"]) == (2, 0.5)


def test_evaluate_needs_photos_that_say_what_they_show(
    tagwright: Tagwright, tmp_path: Path
) -> None:
    ran = tagwright("evaluate", tmp_path)
    assert ran.code == 2 and "no photo here says what it shows" in ran.err
    assert tagwright("evaluate", tmp_path / "none").code == 2


def test_doctor(tagwright: Tagwright, home: Path, photos: Path) -> None:
    tagwright("tag", photos)
    ran = tagwright("doctor", "--json")
    assert ran.code == 0
    report = json.loads(ran.out)
    assert "efficientnet-lite2" in report["model"] and report["model"].endswith("runs")
    assert "4 photos" in report["library"] and str(home) in report["library"]
    assert "Everything that is needed works." in tagwright("doctor").out


def test_doctor_says_what_is_wrong(tagwright: Tagwright, home: Path) -> None:
    (home / "data").mkdir(parents=True)
    (home / "data" / "library.db").write_bytes(b"not a database" * 100)
    ran = tagwright("doctor")
    assert ran.code == 1
    assert "the library cannot be opened" in ran.out and "Traceback" not in ran.err


def test_doctor_sees_a_home_that_cannot_be_written(tagwright: Tagwright) -> None:
    ran = tagwright("doctor", TAGWRIGHT_HOME="/proc/nowhere")
    assert ran.code == 1
    assert "cannot be written" in ran.out
