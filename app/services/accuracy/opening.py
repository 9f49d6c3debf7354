"""What judging the library begins with: the network in use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.core.folders import Folders
from app.core.settings import TagSettings
from app.learning.nearest_mean import NearestMeanHead
from app.library.library import Library
from app.services.accuracy.judging import LibraryFigures, judge_library
from app.services.setup import tagger
from app.services.teaching import Teaching


def judge(
    library: Library,
    folders: Folders,
    settings: TagSettings,
    kind: str = NearestMeanHead.kind,
    *,
    progress: Callable[[int, int], None] = lambda done, all_steps: None,
    stopped: Callable[[], bool] = lambda: False,
) -> LibraryFigures | None:
    """Judge the head in use on all that the user has confirmed; see `judge_library`.

    Raises:
        ModelError: the network is not there or damaged.
        RulesError: the rules cannot be read or break the format.
        LibraryError: the library cannot be read.
        UsageError: scikit-learn is missing for this kind of head.
    """
    ready = tagger(folders, settings)
    teaching = Teaching.of(folders.data, ready)
    return judge_library(
        library, teaching, ready.card.embedding_size, kind, progress=progress, stopped=stopped
    )


def with_paths(library: Library, found: LibraryFigures) -> LibraryFigures:
    """The same with the paths of the photos behind each cell."""
    if found.figures is None:
        return found
    paths = {photo: str(path) for photo, path in library.paths_of(found.behind.tolist()).items()}
    behind = tuple(paths.get(photo, "") for photo in found.behind.tolist())
    return replace(found, figures=replace(found.figures, paths=behind))
