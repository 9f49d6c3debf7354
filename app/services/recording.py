"""The last step of tagging: suggest, write into the file, remember."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.change import Origin, TagChange
from app.core.embedding import unpowered
from app.core.errors import FileError, LibraryError
from app.core.photo import PhotoId
from app.core.tag import Suggestion, Tag
from app.learning.examples import ancestry
from app.library.learned import example_count
from app.library.library import Library, Photo
from app.metadata import sidecar
from app.metadata.storage.commit import FileState
from app.metadata.storage.journal import Journal
from app.metadata.writer import WriteReport
from app.services.saving import Run, Saver
from app.services.sync import take_over
from app.services.tagging import Failed, Looked, Outcome, Tagger

#: Two looks at one picture have embeddings with at least this cosine. Measured with both networks:
#: saved again at quality 80, 0.945 to 0.998; ten percent brighter, 0.98 and more; different
#: pictures, 0.33 at most. A picture turned in its pixels (0.3 to 0.98) may count as another one.
SAME_PICTURE = 0.9
#: A learned tag is written by itself only if it was learned from so many examples. With fewer its
#: certainty is mostly the prior's, which says how tags are in general and not how this one is; and
#: a wrong tag in a file costs more than a suggestion that waits for an answer.
WRITTEN_FROM = 10

#: From a photo's embedding, what the network suggests, and what is confirmed and rejected: what
#: was learned, and which of the network's suggestions are less certain than it says. None where
#: that is not known at the moment.
Learned = Callable[
    [NDArray[np.floating], Sequence[Suggestion], Collection[Tag], Collection[Tag]],
    tuple[Suggestion, ...] | None,
]


class Recorder:
    """Records what was found out about photos. It belongs to the thread of its library.

    Args:
        tagger: the settings, and what to suggest.
        library, journal: where it is remembered.
        run: the run that this is part of.
        learned: what was learned from the user's decisions; without it, or while it gives None,
            what a photo has of that stays.
        learned_by: under which name the library keeps what `learned` says, if it is not the
            network's.
    """

    def __init__(
        self,
        tagger: Tagger,
        library: Library,
        journal: Journal,
        run: Run,
        learned: Learned = lambda *_: None,
        learned_by: Callable[[], str] = lambda: "",
    ) -> None:
        self._tagger = tagger
        self._settings = tagger.settings
        self._library = library
        self._run = run
        self._learned = learned
        self._learned_by = learned_by
        self._saver = Saver(library, journal, run, tagger.settings.write_options)

    def record(self, looked: Looked, *, hold: bool = False) -> tuple[int | None, Outcome]:
        """Suggest tags, write those that are to be written, remember everything.

        Args:
            hold: write only what the user has accepted, as it is not known yet what was learned,
                and with that whether the network is to be believed. A photo of which something
                is held back is not up to date.

        Returns:
            The photo's id (None if it is gone by now) and what became of it. A photo that could
            not be written is a failure, with its suggestions.

        Raises:
            LibraryError: the library cannot be written.
        """
        library, path = self._library, looked.task.path
        photo_id: int | None = None
        suggestions: tuple[Suggestion, ...] = ()
        report: WriteReport | None = None
        try:
            with library.transaction():
                known_id, same_picture = self._remember(looked)
                moved = take_over(
                    looked.found, known_id, library, self._run.id, same_picture=same_picture
                )
                rejected = library.decided(known_id, "rejected")
                # What is no animal is no cat either.
                suggestions = tuple(
                    each
                    for each in self._suggest(looked)
                    if rejected.isdisjoint(ancestry((each.tag,)))
                )
                learned = self._learned(
                    looked.analysis.embedding,
                    suggestions,
                    library.decided(known_id, "confirmed"),
                    rejected,
                )
                if learned:
                    # The network's own that are less certain now come again, with their source.
                    suggestions = _best_first(_with(suggestions, learned))
                elif learned is None:
                    suggestions = self._still_doubted(known_id, suggestions)
                library.save_suggestions(
                    known_id,
                    self._tagger.card.key,
                    suggestions,
                    self._run.id,
                    keep_learned=learned is None,
                    learned_by=self._learned_by(),
                )
                change, origins = self._to_write(known_id, suggestions, moved)
                held = hold and any(not origin.confirmed for origin in origins.values())
                if held:
                    origins = {tag: origin for tag, origin in origins.items() if origin.confirmed}
                    change = TagChange(tuple(origins), change.remove)
                applied = "" if held else self._tagger.fingerprint
                if not change:
                    library.mark_applied(known_id, applied, looked.found.beside)
            # Only now: an id handed out in a transaction that failed may come again.
            photo_id = known_id
            if change:
                with library.transaction():
                    report = self._saver.save(path, photo_id, change, origins, looked.task.state)
                    library.mark_applied(photo_id, applied, report.beside)
        except LibraryError:
            raise
        except FileError as error:
            if photo_id is not None:
                library.mark_failed(photo_id, error.reason, None)
            return photo_id, Outcome(path, "failed", suggestions, error=error.reason)
        written = frozenset(library.written(photo_id))
        return photo_id, Outcome(
            path, "tagged", suggestions, written, report, rejected, None, looked.fresh, held
        )

    def is_stale(self, looked: Looked) -> bool:
        """Whether a photo or its sidecars have changed since they were read."""
        path = looked.task.path
        try:
            if FileState.of(path.stat()) != looked.task.state:
                return True
            return sidecar.signature(path) != looked.found.beside
        except OSError:
            return False  # recording it will say what is wrong

    def record_failure(self, failed: Failed) -> tuple[Outcome, int | None]:
        """Remember why a photo cannot be tagged.

        What is wrong with the content stays so until it changes; a file that could not be read
        is tried again next time.

        Returns:
            What became of it, and its id where the library knows it.
        """
        library = self._library
        outcome = Outcome(failed.path, "failed", error=failed.error.reason)
        with library.transaction():
            known = library.by_path(failed.path)
            if failed.content_hash is None or failed.state is None:
                if known is not None:
                    library.mark_failed(known.id, failed.error.reason, None)
                return outcome, known.id if known is not None else None
            if known is not None and known.content_hash not in (failed.content_hash, b""):
                library.displace(failed.path)
            photo_id = library.save_photo(
                failed.path,
                size=failed.state.size,
                mtime_ns=failed.state.mtime_ns,
                content_hash=failed.content_hash,
            )
            # Whatever was said before was about other content.
            library.forget_analyses(photo_id)
            library.mark_failed(
                photo_id,
                failed.error.reason,
                self._tagger.fingerprint,
                sidecar.signature(failed.path),
            )
        return outcome, photo_id

    def _suggest(self, looked: Looked) -> tuple[Suggestion, ...]:
        suggested = self._tagger.labeller.suggest(
            looked.analysis.scores, self._tagger.card.id, choice=self._settings.choice
        )
        aliases = self._library.aliases()
        if not aliases:
            return suggested
        named = [replace(each, tag=aliases.get(each.tag, each.tag)) for each in suggested]
        # Of two that mean the same tag now, the surer one.
        best = {each.tag: each for each in sorted(named, key=lambda each: each.score)}
        return tuple(each for each in named if best[each.tag] is each)

    def _still_doubted(
        self, photo_id: PhotoId, suggestions: tuple[Suggestion, ...]
    ) -> tuple[Suggestion, ...]:
        """What the network suggests, less certain where it was so before.

        Until it is known again what was learned: what the user has rejected elsewhere must not be
        written meanwhile.
        """
        doubted = [s for s in self._library.suggestions(photo_id) if s.said is not None]
        said = {(s.tag, s.source): s for s in suggestions}
        less = [
            replace(said[key], score=s.score, said=said[key].score)
            for s in doubted
            if (key := (s.tag, s.source)) in said and s.score < said[key].score
        ]
        return _best_first(_with(suggestions, less)) if less else suggestions

    def _to_write(
        self, photo_id: int, suggestions: tuple[Suggestion, ...], moved: frozenset[Tag]
    ) -> tuple[TagChange, dict[Tag, Origin]]:
        """What is to be changed in the photo, and how the tags to add came to it."""
        if self._settings.write == "none":
            return TagChange(), {}
        accepted = self._library.decided(photo_id, "confirmed", found_in_file=False)
        origins: dict[Tag, Origin] = {}
        for suggestion in suggestions:
            known = origins.get(suggestion.tag)
            if known is not None and (known.score or 0) >= suggestion.score:
                continue  # suggested by the network and by what was learned: the surer one
            confirmed = suggestion.tag in accepted
            examples = example_count(suggestion.source)
            # A network of few classes has none for all else: it is for the user to say.
            ripe = not self._tagger.card.is_narrow if examples is None else examples >= WRITTEN_FROM
            sure = suggestion.score >= self._settings.min_score and ripe
            if confirmed or (sure and self._settings.write_suggestions == "sure"):
                origins[suggestion.tag] = Origin(
                    confirmed, round(suggestion.score, 3), suggestion.source
                )
        origins |= {tag: Origin(confirmed=True) for tag in sorted(accepted) if tag not in origins}
        origins = {tag: origin for tag, origin in origins.items() if tag not in moved}
        # Tags of ours that were rejected when nothing was to be written are still there.
        rejected = self._library.decided(photo_id, "rejected")
        gone = tuple(sorted(t for t in self._library.written(photo_id) if t in rejected))
        return TagChange(tuple(origins), gone), origins

    def _remember(self, looked: Looked) -> tuple[int, bool]:
        """Bring the library up to what was found.

        Returns:
            The photo's id, and whether its picture is the one that the library knew.
        """
        library, path = self._library, looked.task.path
        known = library.by_path(path)
        moved_id, copied_id = None, None
        if looked.source is not None and (
            known is None or known.content_hash != looked.content_hash
        ):
            # Decided here, on one thread: of two copies of a vanished photo, one is the moved one.
            source = library.by_id(looked.source.id)
            if source is not None and known is not None and self._was_decided_about(known):
                # The user was faster than the network: this one keeps what was decided.
                copied_id = source.id
            elif source is not None and _is_gone(source.path, path):
                moved_id, known = source.id, source
            elif source is not None:
                copied_id = source.id
                if known is not None:
                    library.displace(path)
                    known = None
        same_picture = known is None or self._same_picture(known, looked)
        if known is not None and not moved_id and not same_picture:
            library.displace(path)
            known = None
        photo_id = library.save_photo(
            path,
            size=looked.task.state.size,
            mtime_ns=looked.task.state.mtime_ns,
            content_hash=looked.content_hash,
            photo_id=moved_id,
            pixels=looked.pixels,
        )
        facts = looked.facts
        library.save_facts(photo_id, facts.taken, facts.camera, facts.rating)
        if copied_id is not None:
            library.copy_history(copied_id, photo_id)
        if known is not None and known.content_hash != looked.content_hash:
            library.forget_analyses(photo_id)
        if looked.fresh or self._tagger.known(photo_id, library) is None:
            library.save_analysis(photo_id, self._tagger.card.key, looked.analysis, self._run.id)
        # What a copy lacks was never taken out of it.
        return photo_id, same_picture and copied_id is None

    def _was_decided_about(self, known: Photo) -> bool:
        """Whether something was decided about a photo that was only noted so far."""
        library = self._library
        return not known.content_hash and bool(
            library.decided(known.id, "confirmed") or library.decided(known.id, "rejected")
        )

    def _same_picture(self, known: Photo, looked: Looked) -> bool:
        """Whether a photo still shows what it showed, whatever became of its metadata."""
        if known.content_hash == looked.content_hash:
            return True
        before = self._tagger.known(known.id, self._library)
        if before is None:
            return True
        a, b = unpowered(before.embedding), unpowered(looked.analysis.embedding)
        return float(a @ b) >= SAME_PICTURE * float(np.linalg.norm(a) * np.linalg.norm(b))


def _with(
    suggestions: Iterable[Suggestion], others: Iterable[Suggestion]
) -> tuple[Suggestion, ...]:
    """Both; of a tag with the same source only the second one."""
    return tuple({(s.tag, s.source): s for s in (*suggestions, *others)}.values())


def _best_first(suggestions: tuple[Suggestion, ...]) -> tuple[Suggestion, ...]:
    return tuple(sorted(suggestions, key=lambda each: (-each.priority, -each.score)))


def _is_gone(old: Path, new: Path) -> bool:
    """Whether a photo is no longer at its old path, but at the new one."""
    try:
        # The same file under another spelling, on disks that do not tell `a.jpg` from `A.JPG`.
        return os.path.samefile(old, new) and not old.is_symlink() and old.lstat().st_nlink == 1
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:  # a disk that does not answer still has its photos
        return False
