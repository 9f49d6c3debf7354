"""Searches with a name."""

from __future__ import annotations

from pathlib import Path

from app.library.library import Library
from app.library.saved_searches import SavedSearch


def test_searches_are_kept_renamed_and_forgotten(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        library.save_search("cats", "tag:cat")
        library.save_search("Best", "rating>=4")
        library.save_search("cats", "tag:cat -tag:dog")
    with Library(tmp_path) as library:
        assert library.saved_searches() == [
            SavedSearch("Best", "rating>=4"),
            SavedSearch("cats", "tag:cat -tag:dog"),
        ]
        library.rename_search("cats", "cats")
        library.rename_search("cats", "Best")
        library.rename_search("nobody", "Best of all")
        assert library.saved_searches() == [SavedSearch("Best", "tag:cat -tag:dog")]
        library.delete_search("Best")
        assert library.saved_searches() == []
