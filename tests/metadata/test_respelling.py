"""A tag that only gets another spelling is spelt so in the file, and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from app.core.change import Origin, TagChange
from app.core.settings import WriteOptions
from app.core.tag import Tag
from app.library.library import Library
from app.metadata.reader import read_tags
from app.metadata.storage.journal import Journal
from app.metadata.writer import write_tags
from app.services.history import Selection, revert

OLD, NEW, OTHER = Tag.parse("animal/cat"), Tag.parse("Animal/Cat"), Tag.parse("place")


@pytest.mark.parametrize("embed", [True, False])
def test_a_tag_is_respelt_with_its_record_and_back(tmp_path: Path, embed: bool) -> None:
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (64, 64), "red").save(path)
    options = WriteOptions(embed=embed)
    with Journal(tmp_path / "journal.db") as journal, Library(tmp_path / "data") as library:

        def write(change: TagChange) -> str:
            run = journal.start_run("test")
            origins = {tag: Origin(confirmed=True) for tag in change.add}
            report = write_tags(
                path, change, origins=origins, options=options, journal=journal, run=run
            )
            assert report.removed == () and not any("taken out" in n for n in report.notes)
            return run

        write(TagChange((OLD, OTHER)))
        files = {each: each.read_bytes() for each in tmp_path.glob("photo*")}
        run = write(TagChange((NEW,), (OLD,)))
        found = read_tags(path)
        assert [str(tag) for tag in found.tags] == ["place", "Animal/Cat"]
        assert {str(r.tag): r.origin.confirmed for r in found.records} == {
            "place": True,
            "Animal/Cat": True,
        }
        assert (
            all("cat" not in names for _, names in found.sidecar) and "cat" not in found.dc_subject
        )
        for reverted in revert(journal, library, Selection(run=run)):
            assert reverted.exact
        assert {each: each.read_bytes() for each in tmp_path.glob("photo*")} == files
