"""Another network while the window is open: photos are looked at anew, decisions stay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.core.change import Edit
from app.library.library import Library
from app.metadata.reader import read_tags
from app.workers.progress import Progress
from tests.workers.test_session import CAT, MINE, SETTINGS, Bench, start, turn

__all__ = ["start"]

LITE0, LITE2 = "efficientnet-lite0@2", "efficientnet-lite2@2"
OTHER = replace(SETTINGS, model="efficientnet-lite2")


def analysed(bench: Bench, model: str) -> int:
    """How many photos a network has looked at."""
    with Library(bench.folders.data) as library:
        return len(library.embedding_rows(model))


def sources(bench: Bench, name: str) -> set[str]:
    """Who suggests tags for a photo."""
    with Library(bench.folders.data) as library:
        return {s.source for s in library.suggestions(bench.card(name).id)}


def follow(bench: Bench) -> list[Progress]:
    said: list[Progress] = []
    bench.session.progressed.connect(said.append)
    return said


def renewed(bench: Bench, photos: int) -> None:
    """Wait until the other network has looked at all photos."""
    bench.qtbot.waitUntil(lambda: analysed(bench, LITE2) == photos, timeout=60_000)
    bench.settle()


def test_all_photos_are_looked_at_anew_and_decisions_stay(
    start: Callable[..., Bench], photos: Path
) -> None:
    bench = start()
    bench.session.add([photos])
    bench.settle(done=4)
    cat = bench.card("chelsea.jpg")
    bench.do(lambda: bench.session.act([(cat.id, Edit(add=(MINE,), accept=(CAT,)))], "Accept"))
    cup = bench.card("coffee.jpg")
    refused = cup.suggested[0].tag
    bench.do(lambda: bench.session.act([(cup.id, Edit(reject=(refused,)))], "Reject"))
    said = follow(bench)

    bench.session.use(OTHER)
    renewed(bench, 4)

    assert analysed(bench, LITE0) == 4  # still there, so that the way back is short
    assert bench.card("chelsea.jpg").confirmed == (CAT, MINE)
    assert set(read_tags(photos / "chelsea.jpg").tags) == {CAT, MINE}
    assert sources(bench, "motorcycle_left.jpg") == {"efficientnet-lite2"}
    assert refused not in {each.tag for each in bench.card("coffee.jpg").suggested}
    busy = [each for each in said if each.state == "running" and each.done < each.total]
    assert busy and all(each.renewing for each in busy)
    assert not bench.problems and not bench.removed


def test_the_way_back_takes_no_second_look(start: Callable[..., Bench], photos: Path) -> None:
    bench = start()
    bench.session.add([photos])
    bench.settle(done=4)
    first = bench.card("chelsea.jpg").suggested
    bench.session.use(OTHER)
    renewed(bench, 4)
    with Library(bench.folders.data) as library:
        rows = library.embedding_rows(LITE0)
    bench.session.use(SETTINGS)
    bench.qtbot.waitUntil(lambda: bench.card("chelsea.jpg").suggested == first, timeout=30_000)
    bench.settle()
    with Library(bench.folders.data) as library:
        assert library.embedding_rows(LITE0) == rows


def test_it_can_be_paused_and_until_then_the_old_suggestions_stay(
    start: Callable[..., Bench], photos: Path
) -> None:
    bench = start()
    bench.session.add([photos])
    bench.settle(done=4)
    bench.session.pause()
    bench.session.use(OTHER)
    bench.qtbot.waitUntil(
        lambda: bench.progress.total == 4 and not bench.progress.finding, timeout=30_000
    )
    assert bench.progress.state == "paused" and bench.progress.renewing
    assert bench.progress.done == 0
    assert sources(bench, "chelsea.jpg") == {"efficientnet-lite0"}
    bench.session.resume()
    renewed(bench, 4)
    assert sources(bench, "chelsea.jpg") == {"efficientnet-lite2"}


def test_new_photos_go_before_those_that_are_looked_at_anew(
    start: Callable[..., Bench], photos: Path, tmp_path: Path
) -> None:
    turn(photos, 12)
    bench = start()
    bench.session.add([photos])
    bench.settle(done=16)
    bench.session.pause()
    bench.session.use(OTHER)
    bench.qtbot.waitUntil(
        lambda: bench.progress.total == 16 and not bench.progress.finding, timeout=30_000
    )
    more = tmp_path / "more"
    more.mkdir()
    (more / "new.jpg").write_bytes((photos / "chelsea.jpg").read_bytes() + b"\0")
    bench.session.add([more])
    bench.qtbot.waitUntil(lambda: bench.progress.total == 17, timeout=30_000)
    assert not bench.progress.renewing
    bench.session.resume()
    renewed(bench, 17)
    new = bench.card("new.jpg").id
    with Library(bench.folders.data) as library:
        rows = dict(library.embedding_rows(LITE2))
    assert rows[new] < 6  # several decoders are at work


def test_closed_in_between_it_goes_on_at_the_next_start(
    start: Callable[..., Bench], photos: Path
) -> None:
    turn(photos, 16)
    bench = start()
    bench.session.add([photos])
    bench.settle(done=20)
    bench.session.use(OTHER)
    bench.qtbot.waitUntil(lambda: analysed(bench, LITE2) >= 2, timeout=60_000)
    bench.session.close()
    before = analysed(bench, LITE2)
    assert 2 <= before < 20
    again = start(OTHER)
    said = follow(again)
    renewed(again, 20)
    assert any(progress.renewing for progress in said)
    with Library(again.folders.data) as library:
        assert not library.queued()
        tagger = again.session._looking.tagger
        assert tagger is not None and not library.outdated(tagger.fingerprint)


def test_another_number_of_suggestions_takes_no_second_look(
    start: Callable[..., Bench], photos: Path
) -> None:
    bench = start()
    bench.session.add([photos])
    bench.settle(done=4)
    with Library(bench.folders.data) as library:
        rows = library.embedding_rows(LITE0)
        ids = [photo.id for photo in library.photos()]
        before = {photo: library.suggestions(photo) for photo in ids}
    bench.session.use(replace(SETTINGS, choice="cumulative"))
    bench.settle(done=4)
    with Library(bench.folders.data) as library:
        assert library.embedding_rows(LITE0) == rows
        assert {photo: library.suggestions(photo) for photo in ids} != before
        tagger = bench.session._looking.tagger
        assert tagger is not None and not library.outdated(tagger.fingerprint)


def test_photos_whose_disk_is_not_there_are_left_as_they_are(
    start: Callable[..., Bench], photos: Path
) -> None:
    bench = start()
    bench.session.add([photos])
    bench.settle(done=4)
    away = photos.with_name("unplugged")
    photos.rename(away)
    bench.session.use(OTHER)
    bench.qtbot.waitUntil(lambda: "lite2" in bench.session.model_key, timeout=30_000)
    bench.settle()
    assert not bench.problems
    assert sources(bench, "chelsea.jpg") == {"efficientnet-lite0"}
    away.rename(photos)
