"""A library as the version before left it, with the schema that it had."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import app.library
from app.core import database
from app.core.change import Edit
from app.core.tag import Suggestion, Tag
from app.library.library import DATABASE, Library

CAT, DOG, BOAT, MINE = (Tag.parse(path) for path in ("Animal/Cat", "Animal/Dog", "Boat", "Mine"))
_LAST_BEFORE = 5

_CONTENT = """
INSERT INTO run (id, model, settings) VALUES (1, 'net@1', '{}'), (2, 'net@1', '"learned"');
INSERT INTO photo (id, path, folder, size, mtime_ns, content_hash, applied, state)
    VALUES (1, '/p/1.jpg', '/p', 1, 1, x'01', 'f', 1), (2, '/p/2.jpg', '/p', 1, 1, x'02', 'f', 1);
INSERT INTO tag (id, path, key) VALUES
    (1, 'Animal/Cat', 'animal/cat'), (2, 'Animal/Dog', 'animal/dog'), (3, 'Boat', 'boat'),
    (4, 'Mine', 'mine');
INSERT INTO suggestion VALUES
    (1, 1, 'net', 0.8, 4, 'net@1', 1), (1, 4, 'learned:3', 0.7, 10, 'net@1', 2),
    (2, 1, 'net', 0.6, 4, 'net@1', 1), (2, 2, 'net', 0.5, 4, 'net@1', 1);
INSERT INTO decision (photo_id, tag_id, verdict, found_in_file) VALUES
    (1, 1, 'confirmed', 0), (1, 2, 'rejected', 0), (1, 3, 'confirmed', 0),
    (2, 2, 'confirmed', 1), (2, 3, 'rejected', 0);
INSERT INTO written VALUES (1, 1, 'embedded', 1);
INSERT INTO action (id, label, run_key) VALUES (1, 'Reject', 'k');
INSERT INTO action_photo (action_id, photo_id, edit, before, done) VALUES (1, 2,
    '{"add": [], "remove": [], "accept": [], "reject": ["Boat"], "accept_all": false}',
    '{"Boat": {"decision": [], "suggestion": [["net", 0.4, 4, "net@1", 1]], "written": []},
      "": null}', 1);
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    migrations = tmp_path / "migrations"
    migrations.mkdir()
    for script in (Path(app.library.__file__).parent / "migrations").glob("*.sql"):
        if int(script.name[:4]) <= _LAST_BEFORE:
            shutil.copy(script, migrations)
    folder = tmp_path / "library"
    with closing(database.connect(folder / DATABASE, migrations)) as before:
        before.executescript(_CONTENT)
    with Library(folder) as opened:
        yield opened


def test_nothing_of_it_is_lost(library: Library) -> None:
    assert library.decided(1, "confirmed") == {CAT, BOAT}
    assert library.decided(1, "rejected") == {DOG}
    assert library.written(1) == {CAT: "embedded"}
    assert library.suggestions(1) == (
        Suggestion(MINE, 0.7, "learned:3", 10),
        Suggestion(CAT, 0.8, "net", 4),
    )
    assert library.learned_tags("net@1") == {MINE} and not library.doubted_tags("net@1")


def test_what_was_done_in_it_can_be_taken_back(library: Library) -> None:
    library.restore(1, 2)
    assert not library.decided(2, "rejected")
    assert Suggestion(BOAT, 0.4, "net", 4) in library.suggestions(2)
    edit = Edit(reject=(CAT,))
    action = library.start_action("Reject", "new", [(2, edit)])
    library.save_before(action, 2, edit)
    library.decide(2, [CAT], "rejected")
    library.drop_suggestions(2, [CAT])
    library.restore(action, 2)
    assert Suggestion(CAT, 0.6, "net", 4) in library.suggestions(2)


def test_tags_that_photos_brought_along_do_not_count_as_answers(library: Library) -> None:
    """It may be that they were there before anything was suggested."""
    counted = {each.tag: (each.kept, each.removed, each.added) for each in library.answers()}
    assert counted == {CAT: (1, 0, 0), DOG: (0, 1, 0), BOAT: (0, 1, 1)}
    certainties, kept = library.answered_certainties()
    assert certainties.tolist() == [0.8] and kept.tolist() == [True]
