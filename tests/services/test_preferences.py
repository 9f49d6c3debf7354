"""The file of settings: what is in it comes back, and nothing in it is lost by accident."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.errors import WriteError
from app.core.preferences import Preferences
from app.services.preferences import NAME, VERSION, load_preferences, save_preferences

CHANGED = replace(Preferences(), theme="dark", min_score=0.75, crops=1, confirm_bulk=0)


def test_without_a_file_there_are_the_defaults(tmp_path: Path) -> None:
    assert load_preferences(tmp_path / "none") == (Preferences(), ())


def test_settings_come_back(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    save_preferences(folder, CHANGED)
    assert load_preferences(folder) == (CHANGED, ())
    save_preferences(folder, Preferences())
    assert load_preferences(folder) == (Preferences(), ())


def test_only_what_was_changed_is_written(tmp_path: Path) -> None:
    save_preferences(tmp_path, replace(Preferences(), theme="dark"))
    content = json.loads((tmp_path / NAME).read_text())
    assert content == {"theme": "dark", "version": VERSION}


def test_what_is_not_known_is_kept(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text('{"future": [1, 2], "theme": "light"}')
    preferences, warnings = load_preferences(tmp_path)
    assert (preferences.theme, warnings) == ("light", ())
    save_preferences(tmp_path, CHANGED)
    content = json.loads((tmp_path / NAME).read_text())
    assert content["future"] == [1, 2] and content["theme"] == "dark"


def test_a_broken_value_falls_back_alone(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text('{"theme": "pink", "crops": 1}')
    preferences, warnings = load_preferences(tmp_path)
    assert preferences == replace(Preferences(), crops=1)
    assert len(warnings) == 1 and "theme" in warnings[0] and '"pink"' in warnings[0]
    save_preferences(tmp_path, replace(preferences, watch=False))
    # Until it is set anew: it may be a word that a newer version knows.
    assert json.loads((tmp_path / NAME).read_text())["theme"] == "pink"
    save_preferences(tmp_path, replace(preferences, theme="dark"))
    assert json.loads((tmp_path / NAME).read_text())["theme"] == "dark"


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xfe", b"null", b"[" * 100_000])
def test_a_damaged_file_is_put_aside(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    preferences, warnings = load_preferences(tmp_path)
    assert preferences == Preferences() and len(warnings) == 1
    assert (tmp_path / NAME).read_bytes() == content
    save_preferences(tmp_path, CHANGED)
    assert load_preferences(tmp_path) == (CHANGED, ())
    assert (tmp_path / "settings.damaged.json").read_bytes() == content


def test_a_newer_file_is_not_destroyed(tmp_path: Path) -> None:
    text = json.dumps({"version": VERSION + 1, "theme": "dark"})
    (tmp_path / NAME).write_text(text)
    preferences, warnings = load_preferences(tmp_path)
    assert preferences.theme == "dark" and warnings
    with pytest.raises(WriteError, match="newer"):
        save_preferences(tmp_path, CHANGED)
    assert (tmp_path / NAME).read_text() == text


def test_a_link_stays_one(tmp_path: Path) -> None:
    real = tmp_path / "kept.json"
    real.write_text("{}")
    (tmp_path / NAME).symlink_to(real)
    save_preferences(tmp_path, CHANGED)
    assert (tmp_path / NAME).is_symlink()
    assert json.loads(real.read_text())["theme"] == "dark"


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_preferences(tmp_path, CHANGED)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match="no space left"):
        save_preferences(tmp_path, Preferences())
    monkeypatch.undo()
    assert load_preferences(tmp_path) == (CHANGED, ())
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_the_file_stays_private(tmp_path: Path) -> None:
    save_preferences(tmp_path, CHANGED)
    assert (tmp_path / NAME).stat().st_mode & 0o077 == 0
