"""What was learned with one network, and then with another."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.core.tag import Tag
from app.library.learned import LearnedTag
from app.library.library import Analysis, Library

REX = Tag(("Rex",))
BEFORE, NOW = "old@1", "new@1"


def told(*photos: int) -> LearnedTag:
    ids = np.array(photos, np.int64)
    return LearnedTag("learned:3", ids, np.full(len(ids), 0.7), np.zeros(len(ids), np.int64))


def test_a_network_takes_the_place_of_another_where_it_has_looked(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        run = library.start_run(NOW, "{}")
        photos = []
        for n in range(4):
            photos.append(
                library.save_photo(Path(f"/p/{n}"), size=1, mtime_ns=1, content_hash=b"%d" % n)
            )
            for model in (BEFORE, NOW) if n < 3 else (BEFORE,):
                said = Analysis(np.ones(4, np.float32), np.ones(2, np.float32) / 2, 1)
                library.save_analysis(photos[n], model, said, run)
        library.save_learned(f"{BEFORE}+svm", {REX: told(*photos)})
        # The first says so too, the second and third no longer; at the last it did not look yet.
        changed = library.save_learned(f"{NOW}+svm", {REX: told(photos[0])})
        assert changed == set(photos[:3])
        rows = library._execute("SELECT photo_id, model FROM suggestion").fetchall()
        assert dict(rows) == {photos[0]: f"{NOW}+svm", photos[3]: f"{BEFORE}+svm"}
        assert library.save_learned(f"{NOW}+svm", {REX: None}) == {photos[0]}
        rows = library._execute("SELECT photo_id FROM suggestion").fetchall()
        assert rows == [(photos[3],)]
