"""The catalogue: which photos there are, what was said about them, decided and written."""

from __future__ import annotations

from app.core.photo import PhotoId
from app.library.actions import ActionTable
from app.library.analyses import Analysis, AnalysisTable
from app.library.answers import AnswerTable
from app.library.browsing import Browsing
from app.library.doubted import DoubtTable
from app.library.learned import LearnedTable
from app.library.photos import Photo, PhotoTable
from app.library.saved_searches import SavedSearchTable
from app.library.scanning import ScanTable
from app.library.searching import Searching
from app.library.similar import SimilarTable
from app.library.store import DATABASE
from app.library.synonyms import Synonyms
from app.library.tags import TagTable, Verdict
from app.library.vocabulary import Vocabulary
from app.library.words import Words

__all__ = ["DATABASE", "Analysis", "Library", "Photo", "PhotoId", "Verdict"]


class Library(
    PhotoTable,
    SimilarTable,
    ActionTable,
    AnalysisTable,
    TagTable,
    AnswerTable,
    LearnedTable,
    ScanTable,
    DoubtTable,
    Searching,
    Vocabulary,
    Words,
    Synonyms,
    SavedSearchTable,
    Browsing,
):
    """The library in one folder. An instance belongs to the thread that made it.

    Args:
        folder: holds the database and the embeddings; it is made when it is not there.

    Raises:
        LibraryError: the folder or the database cannot be used.
    """

    def start_run(self, model: str, settings: str, key: str = "") -> int:
        """Note that tagging starts with a model (its key) and settings (JSON).

        Args:
            key: id of the same run in the journal.
        """
        with self.transaction():
            cursor = self._execute(
                "INSERT INTO run (model, settings, key) VALUES (?, ?, ?)", (model, settings, key)
            )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def run_of(self, key: str) -> int:
        """The run that the journal knows under a key, which must have been started here, too."""
        return int(self._execute("SELECT id FROM run WHERE key = ?", (key,)).fetchone()[0])

    def finish_run(self, run_id: int) -> None:
        """Note that a run came to its end."""
        with self.transaction():
            self._execute(
                "UPDATE run SET finished_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = ?",
                (run_id,),
            )

    def counts(self) -> dict[str, int]:
        """How much is in the library, by table."""
        tables = ("photo", "analysis", "suggestion", "tag", "decision", "written", "run")
        return {
            table: int(self._execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])
            for table in tables
        }
