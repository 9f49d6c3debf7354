"""Fetching a file from a real server on this computer, with all that goes wrong on the way."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from app.core.errors import FetchError, UsageError
from app.vision.fetch import Arrived, Patience, fetch

CONTENT = bytes(range(256)) * 4096  # 1 MiB: several parts
SHA256 = hashlib.sha256(CONTENT).hexdigest()
QUICK = Patience(timeout=2, tries=3, pause=0)


@dataclass
class Site:
    """What the server has, and how it behaves.

    Attributes:
        breaks: after so many bytes each answer ends too early, as often as there are numbers.
        statuses: what the next requests are answered with instead.
        ranges: whether it knows how to send a part.
        asked: the Range headers of the requests.
    """

    content: bytes = CONTENT
    etag: str = '"one"'
    ranges: bool = True
    length: bool = True
    breaks: list[int] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    leads_to: str = ""
    stalls: bool = False
    asked: list[str | None] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/weights.h5"


class Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        site = self.site
        asked = self.headers["Range"]
        site.asked.append(asked)
        if site.statuses:
            self.send_error(site.statuses.pop(0))
            return
        if site.leads_to:
            self.send_response(302)
            self.send_header("Location", site.leads_to)
            self.end_headers()
            return
        body, first = site.content, 0
        if asked and site.ranges and self.headers["If-Range"] in (None, site.etag):
            first = int(asked.removeprefix("bytes=").removesuffix("-"))
            if first >= len(body):
                self.send_response(416)
                self.send_header("Content-Range", f"bytes */{len(body)}")
                self.end_headers()
                return
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {first}-{len(body) - 1}/{len(body)}")
        else:
            self.send_response(200)
        if site.length:
            self.send_header("Content-Length", str(len(body) - first))
        if site.etag:
            self.send_header("ETag", site.etag)
        self.end_headers()
        if site.stalls:
            site.stalls = False
            self.wfile.write(body[first : first + 10])
            self.wfile.flush()
            threading.Event().wait(2.5)
            return
        if site.breaks:
            body = body[: first + site.breaks.pop(0)]
        try:
            self.wfile.write(body[first:])
        except OSError:  # whoever asked has gone
            return

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    # A proxy that is set where the tests run is not for what is on this computer.
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    site = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"site": site}))
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "downloads" / "weights.h5"


def whole(site: Site, target: Path, **more: object) -> list[Arrived]:
    arguments = {"algorithm": "sha256", "checksum": SHA256, "patience": QUICK, **more}
    return list(fetch(site.url, target, **arguments))  # type: ignore[arg-type]


def alone(target: Path) -> bool:
    return [path.name for path in target.parent.iterdir()] == [target.name]


def test_the_file_arrives_in_steps_and_nothing_stays_beside_it(site: Site, target: Path) -> None:
    steps = whole(site, target)

    assert target.read_bytes() == CONTENT
    assert steps[0] == Arrived(0, len(CONTENT))
    assert steps[-1] == Arrived(len(CONTENT), len(CONTENT))
    assert len(steps) > 2
    assert alone(target)


def test_md5_is_what_keras_publishes(site: Site, target: Path) -> None:
    whole(site, target, algorithm="md5", checksum=hashlib.md5(CONTENT).hexdigest().upper())

    assert target.read_bytes() == CONTENT


def test_who_stops_goes_on_later_where_it_was(site: Site, target: Path) -> None:
    arriving = fetch(site.url, target, algorithm="sha256", checksum=SHA256, patience=QUICK)
    while next(arriving).done < 300_000:
        pass
    arriving.close()
    assert not target.exists()
    there = target.with_name("weights.h5.part").stat().st_size

    steps = whole(site, target)

    assert steps[0].done == there > 0
    assert site.asked == [None, f"bytes={there}-"]
    assert target.read_bytes() == CONTENT
    assert alone(target)


def test_a_bad_connection_is_tried_again_from_where_it_broke(site: Site, target: Path) -> None:
    # More often than tries in a row are allowed, but each time something arrives.
    site.breaks = [100_000] * 5

    whole(site, target)

    assert site.asked == [None, *(f"bytes={n}00000-" for n in range(1, 6))]
    assert target.read_bytes() == CONTENT


def test_a_server_that_falls_silent_is_asked_again(site: Site, target: Path) -> None:
    site.stalls = True

    whole(site, target, patience=Patience(timeout=0.3, tries=2, pause=0))

    assert site.asked == [None, "bytes=10-"]
    assert target.read_bytes() == CONTENT


def test_a_server_that_ignores_range_sends_it_all_again(site: Site, target: Path) -> None:
    site.ranges = False
    site.breaks = [100_000]

    steps = whole(site, target)

    assert [step.done for step in steps if step.done == 0] == [0, 0]
    assert target.read_bytes() == CONTENT


def test_a_file_that_has_changed_meanwhile_is_not_put_together_from_two(
    site: Site, target: Path
) -> None:
    site.breaks = [100_000]
    arriving = fetch(site.url, target, patience=QUICK)
    while next(arriving).done < 100_000:
        pass
    arriving.close()
    site.content, site.etag = CONTENT[::-1], '"two"'

    whole(site, target, checksum="")

    assert target.read_bytes() == CONTENT[::-1]


def test_what_is_there_without_a_name_or_a_checksum_is_not_trusted(
    site: Site, target: Path
) -> None:
    site.etag = ""
    arriving = fetch(site.url, target, patience=QUICK)
    while next(arriving).done < 300_000:
        pass
    arriving.close()
    site.content = CONTENT[::-1]

    whole(site, target, checksum="")

    assert site.asked == [None, None]
    assert target.read_bytes() == CONTENT[::-1]


def test_all_of_it_may_be_there_already(site: Site, target: Path) -> None:
    arriving = fetch(site.url, target, patience=QUICK)
    while next(arriving).done < len(CONTENT):
        pass
    arriving.close()

    whole(site, target)

    assert target.read_bytes() == CONTENT


def test_a_server_that_does_not_say_how_much_it_sends(site: Site, target: Path) -> None:
    site.length = False

    steps = whole(site, target)

    assert steps[-1] == Arrived(len(CONTENT), None)
    assert target.read_bytes() == CONTENT


def test_another_file_than_the_published_one_is_dropped(site: Site, target: Path) -> None:
    site.content = CONTENT[:-1] + b"!"

    with pytest.raises(FetchError, match="is not the file that was published, and was dropped"):
        whole(site, target)

    assert list(target.parent.iterdir()) == []


def test_what_was_there_before_stays_until_the_new_file_is_whole(site: Site, target: Path) -> None:
    target.parent.mkdir()
    target.write_bytes(b"of before")
    site.content = b"wrong"

    with pytest.raises(FetchError):
        whole(site, target)

    assert target.read_bytes() == b"of before"


def test_what_may_pass_is_tried_again_and_what_may_not_is_not(site: Site, target: Path) -> None:
    site.statuses = [503, 429]
    whole(site, target)
    assert len(site.asked) == 3

    site.statuses = [404, 200]
    with pytest.raises(FetchError, match="the server answers 404"):
        whole(site, target)
    assert len(site.asked) == 4

    site.statuses = [500] * 9
    with pytest.raises(FetchError, match="the server answers 500"):
        whole(site, target)
    assert len(site.asked) == 4 + QUICK.tries


def test_nobody_there_is_said_plainly(target: Path) -> None:
    with pytest.raises(FetchError, match=r"cannot reach 127\.0\.0\.1"):
        list(fetch("http://127.0.0.1:9/weights.h5", target, patience=QUICK))


@pytest.mark.parametrize(
    "url", ["http://example.org/weights.h5", "ftp://example.org/w", "file:///etc/passwd"]
)
def test_only_https_is_asked(url: str, target: Path) -> None:
    with pytest.raises(UsageError, match="https only"):
        list(fetch(url, target))


def test_a_way_from_safe_to_unsafe_is_not_followed(site: Site, target: Path) -> None:
    site.leads_to = "http://example.org/weights.h5"

    with pytest.raises(FetchError, match="which is not https"):
        whole(site, target)


def test_a_file_that_is_far_too_large_is_refused(site: Site, target: Path) -> None:
    for site.length in (True, False):
        with pytest.raises(FetchError, match="is larger than it should be"):
            whole(site, target, at_most=500_000)
        assert list(target.parent.iterdir()) == []


def test_a_disk_without_room_is_seen_before(
    site: Site, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        free = 1000

    monkeypatch.setattr("app.vision.fetch.shutil.disk_usage", lambda path: Full)

    with pytest.raises(FetchError, match="needs 1 MB on the disk, which has 0"):
        whole(site, target)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit to set")
def test_what_the_disk_does_not_take_is_said_and_the_rest_fetched_later(
    site: Site, target: Path
) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, before[1]))
    try:
        with pytest.raises(FetchError, match=f"cannot be kept in .*{os.strerror(errno.EFBIG)}"):
            whole(site, target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not target.exists()

    assert whole(site, target)[0].done > 0
    assert target.read_bytes() == CONTENT


def test_two_at_once_do_not_write_into_one_file(site: Site, target: Path) -> None:
    first = fetch(site.url, target, patience=QUICK)
    next(first)

    with pytest.raises(FetchError, match="is being fetched already"):
        list(fetch(site.url, target, patience=QUICK))

    list(first)
    assert target.read_bytes() == CONTENT
    list(fetch(site.url, target, patience=QUICK))
