"""Fetching one large file: resumed where it stopped, and kept only when it is the right one.

What has arrived lies beside the target as `NAME.part`, with a note of what the server called it
(`NAME.part.json`), until all of it is there. The rest is asked for as in RFC 9110, section 14: by
a `Range` with `If-Range`, so that a file that has changed meanwhile comes anew and is not put
together from two.
"""

from __future__ import annotations

import email.message
import hashlib
import http.client
import json
import os
import re
import shutil
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

import app
from app.core.errors import FetchError, UsageError
from app.core.file_lock import locked

_CHUNK: Final = 256 * 1024
#: Seconds between two words about a slow line.
_OFTEN: Final = 0.2
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_CONTENT_RANGE: Final = re.compile(r"bytes (?:(\d+)-\d+|\*)/(\d+|\*)")
#: Worth another try: too early, too many requests, and what is wrong with the server for now.
_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Arrived:
    """How much of a file is there, in bytes; `total` is None where the server does not say."""

    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to try.

    Attributes:
        timeout: seconds that the server may be silent.
        tries: how often in a row it may fail, without anything having arrived in between.
        pause: seconds before the second try; doubled before each further one.
    """

    timeout: float = 30.0
    tries: int = 5
    pause: float = 1.0


def fetch(
    url: str,
    target: Path,
    *,
    algorithm: str = "",
    checksum: str = "",
    at_most: int | None = None,
    patience: Patience | None = None,
) -> Iterator[Arrived]:
    """Fetch a file, in steps; who stops iterating stops it, and what has arrived is kept for later.

    Args:
        url: https, or also http from this computer itself. Proxies are those of the system.
        target: where it is to be; it is replaced when the whole file is there, and not before.
        algorithm, checksum: what the file must hash to, as `md5` or `sha256` in hexadecimal; a file
            that does not is dropped.
        at_most: bytes; a larger file is refused.

    Yields:
        How much is there: before the first byte, and after each part.

    Raises:
        UsageError: another kind of address.
        FetchError: it cannot be fetched, is another file, the disk is full, or somebody else is
            fetching it.
    """
    _check(url)
    lock = target.with_name(target.name + ".lock")
    try:
        with locked(lock):
            try:
                yield from _fetch(url, target, algorithm, checksum, at_most, patience or Patience())
            finally:
                with suppress(OSError):  # Windows keeps it as long as it is held
                    lock.unlink()
    except BlockingIOError as error:
        raise FetchError(url, "is being fetched already, by another Tagwright") from error
    except OSError as error:
        raise FetchError(url, f"cannot be kept in {target.parent}: {_plain(error)}") from error


def _fetch(
    url: str,
    target: Path,
    algorithm: str,
    checksum: str,
    at_most: int | None,
    patience: Patience,
) -> Iterator[Arrived]:
    transfer = _Transfer(url, target, bool(checksum), at_most, patience.timeout)
    failures = 0
    while True:
        before = transfer.done
        try:
            yield from transfer.run()
            break
        except _Passing as error:
            # Something has arrived: the connection is bad, but it is one.
            failures = 1 if transfer.done > before else failures + 1
            if failures >= patience.tries:
                raise FetchError(url, error.reason) from error
            time.sleep(max(patience.pause * 2 ** (failures - 1), error.wait))
    transfer.finish(algorithm, checksum)


def _check(url: str) -> None:
    parts = urllib.parse.urlsplit(url)
    is_here = parts.hostname in _HERE
    if parts.scheme != "https" and not (parts.scheme == "http" and is_here):
        raise UsageError(f"{url}: files are fetched by https only")


class _Passing(Exception):
    """It may work in a moment."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait


class _OnlySafeRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        try:
            _check(newurl)
        except UsageError as error:
            raise FetchError(req.full_url, f"leads to {newurl}, which is not https") from error
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(url: str) -> urllib.request.OpenerDirector:
    handlers: list[urllib.request.BaseHandler] = [_OnlySafeRedirects()]
    if urllib.parse.urlsplit(url).hostname in _HERE:
        handlers.append(urllib.request.ProxyHandler({}))
    return urllib.request.build_opener(*handlers)


class _Transfer:
    """One file on its way, over as many requests as it takes."""

    def __init__(
        self, url: str, target: Path, is_checked: bool, at_most: int | None, timeout: float
    ) -> None:
        self._url = url
        self._target = target
        self._part = target.with_name(target.name + ".part")
        self._note = target.with_name(target.name + ".part.json")
        self._is_checked = is_checked
        self._at_most = at_most
        self._timeout = timeout
        self._opener = _opener(url)
        self._validator = ""
        self.done = 0
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._resume()
        except OSError as error:
            raise self._error(error) from error

    def _resume(self) -> None:
        try:
            note = json.loads(self._note.read_text("utf-8"))
            validator = str(note["validator"]) if note["url"] == self._url else ""
        except (OSError, ValueError, KeyError, TypeError):
            return self._drop()
        # Without a name for what came before, only a checksum tells that the parts fit.
        if not self._part.is_file() or not (validator or self._is_checked):
            return self._drop()
        self._validator = validator
        self.done = self._part.stat().st_size
        return None

    def _drop(self) -> None:
        self._part.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)
        self._validator = ""
        self.done = 0

    def run(self) -> Iterator[Arrived]:
        """One request, for what is missing."""
        try:
            with self._open() as answer:
                total = self._begin(answer)
                yield Arrived(self.done, total)
                if total is None or self.done < total:
                    yield from self._read(answer, total)
        except urllib.error.HTTPError as error:
            self._refused(error)
        except FetchError:
            raise
        except urllib.error.URLError as error:
            if isinstance(error.reason, ssl.SSLCertVerificationError):
                reason = f"the server is not who it says it is: {error.reason.verify_message}"
                raise FetchError(self._url, reason) from error
            host = urllib.parse.urlsplit(self._url).hostname
            raise _Passing(f"cannot reach {host} ({_plain(error.reason)})") from error
        except (TimeoutError, ConnectionError, ssl.SSLError, http.client.HTTPException) as error:
            raise _Passing(f"the connection was lost ({_plain(error)})") from error
        except OSError as error:
            raise self._error(error) from error

    def _open(self) -> Any:
        request = urllib.request.Request(
            self._url,
            headers={
                "User-Agent": f"tagwright/{app.__version__}",
                # What is counted and resumed are the bytes of the file itself.
                "Accept-Encoding": "identity",
            },
        )
        if self.done:
            request.add_header("Range", f"bytes={self.done}-")
            if self._validator:
                request.add_header("If-Range", self._validator)
        return self._opener.open(request, timeout=self._timeout)

    def _begin(self, answer: Any) -> int | None:
        """Make the part ready for what comes; returns how large the whole file is."""
        headers = answer.headers
        if answer.status == 206:
            start, total = _content_range(headers)
            if start != self.done:
                self._drop()
                raise _Passing("the server sends another part of the file than was asked for")
        else:  # the whole file: the server knows no parts, or the file is another one now
            self._drop()
            length = headers.get("Content-Length", "")
            total = int(length) if length.isdigit() else None
        if not self.done:
            self._validator = _validator(headers)
            note = {"url": self._url, "validator": self._validator}
            self._note.write_text(json.dumps(note), "utf-8")
        self._check_size(total)
        return total

    def _check_size(self, total: int | None) -> None:
        size = self.done if total is None else total
        if self._at_most is not None and size > self._at_most:
            self._drop()
            raise FetchError(self._url, f"is larger than it should be ({size / 1e6:,.0f} MB)")
        if total is not None:
            missing, free = total - self.done, shutil.disk_usage(self._part.parent).free
            if missing > free:
                reason = f"needs {missing / 1e6:,.0f} MB on the disk, which has {free / 1e6:,.0f}"
                raise FetchError(self._url, reason)

    def _read(self, answer: Any, total: int | None) -> Iterator[Arrived]:
        told, then = self.done, time.monotonic()
        with open(self._part, "ab") as file:
            # What is there at once: when the server falls silent, nothing is lost.
            while data := answer.read1(_CHUNK):
                file.write(data)
                file.flush()
                self.done += len(data)
                if total is None:
                    self._check_size(None)
                now = time.monotonic()
                if self.done - told >= _CHUNK or now - then >= _OFTEN:
                    told, then = self.done, now
                    yield Arrived(self.done, total)
        if self.done > told:
            yield Arrived(self.done, total)
        if total is not None and self.done < total:
            raise _Passing(f"the connection ended after {self.done:,} of {total:,} bytes")

    def _refused(self, error: urllib.error.HTTPError) -> None:
        with error:
            if error.code == 416 and self.done:
                _, total = _content_range(error.headers)
                if total == self.done:
                    return  # all of it is there already
                self._drop()
                raise _Passing("the server has another file now") from error
            reason = f"the server answers {error.code} ({error.reason})"
            if error.code in _PASSING:
                wait = error.headers.get("Retry-After", "")
                raise _Passing(reason, min(int(wait), 60) if wait.isdigit() else 0) from error
            raise FetchError(self._url, reason) from error

    def finish(self, algorithm: str, checksum: str) -> None:
        """Put the file into its place, if it is the right one."""
        try:
            if checksum:
                with open(self._part, "rb") as file:
                    found = hashlib.file_digest(file, algorithm).hexdigest()
                if found != checksum.lower():
                    self._drop()
                    raise FetchError(
                        self._url,
                        "what arrived is not the file that was published, and was dropped"
                        f" ({algorithm} {found}, not {checksum})",
                    )
            os.replace(self._part, self._target)
            self._note.unlink(missing_ok=True)
        except OSError as error:
            raise self._error(error) from error

    def _error(self, error: OSError) -> FetchError:
        return FetchError(self._url, f"cannot be kept in {self._target.parent}: {_plain(error)}")


def _content_range(headers: email.message.Message) -> tuple[int | None, int | None]:
    """Where a part begins, and how large the whole is; None for what is not said."""
    found = _CONTENT_RANGE.fullmatch(headers.get("Content-Range", "").strip())
    if found is None:
        return None, None
    start, total = found.groups()
    return (int(start) if start else None), (int(total) if total != "*" else None)


def _validator(headers: email.message.Message) -> str:
    """What names this very file: a strong ETag, else when it was changed last, else nothing."""
    etag = headers.get("ETag", "")
    return etag if etag.startswith('"') else headers.get("Last-Modified", "")


def _plain(error: object) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
