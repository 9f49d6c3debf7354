"""Fetches pip from the package index, for a Python that came without it."""

from __future__ import annotations

import hashlib
import os
import ssl
import urllib.error
import urllib.request
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

from installer.errors import SetupError

WHEEL: Final = "pip-26.3-py3-none-any.whl"
SHA256: Final = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
DEFAULT_INDEX: Final = "https://pypi.org/simple"
ADVICE: Final = (
    "This Python has no pip. Install it, then run the same command again; on Debian and Ubuntu:\n"
    "    sudo apt install python3-venv"
)


def fetch(folder: Path) -> Path:
    """Download the pinned wheel into `folder` and return its path.

    Raises:
        SetupError: the index cannot be reached, lacks the wheel, or sends something else.
    """
    index = os.environ.get("PIP_INDEX_URL", DEFAULT_INDEX).rstrip("/") + "/pip/"
    try:
        url = find_link(download(index).decode(), WHEEL, index)
        if url is None:
            raise SetupError(f"{index} has no {WHEEL}.\n{ADVICE}")
        content = download(url)
    except (OSError, ValueError) as error:
        raise SetupError(f"{index} cannot be read: {error}.\n{ADVICE}") from error
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise SetupError(f"{url} is not the file it should be.\n{ADVICE}")
    wheel = folder / WHEEL
    wheel.write_bytes(content)
    return wheel


def download(url: str) -> bytes:
    """The body at `url`.

    A machine without CA certificates (a minimal Debian, python.org's Python on a new Mac) cannot
    tell whom it talks to. That is no obstacle: `fetch` believes the wheel's SHA-256 alone.
    """
    request = urllib.request.Request(url, headers={"Accept": "text/html, */*;q=0.1"})
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return bytes(response.read())
    except urllib.error.URLError as error:
        if not isinstance(error.reason, ssl.SSLCertVerificationError):
            raise
    context = ssl._create_unverified_context()
    with urllib.request.urlopen(request, timeout=60, context=context) as response:
        return bytes(response.read())


def find_link(page: str, filename: str, base: str) -> str | None:
    """The address of `filename` on a simple index page (PEP 503) that lies at `base`."""
    links = _Links()
    links.feed(page)
    for link in links.found:
        url = urldefrag(urljoin(base, link)).url
        if urlsplit(url).path.rpartition("/")[2] == filename:
            return url
    return None


class _Links(HTMLParser):
    """Collects the targets of a page's links."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]
