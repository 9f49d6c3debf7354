"""A server on this computer from which files are fetched: whole, in parts, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread


class WeightsServer:
    """Serves one content under every name.

    Attributes:
        content: what it serves.
        status: what it answers; anything but 200 comes without content.
        stop_after: it falls silent after so many bytes, until `go_on` is set.
        ranges: the `Range` of each request, or empty.
    """

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.status = 200
        self.stop_after = len(content)
        self.go_on = Event()
        self.ranges: list[str] = []
        self.address = ""

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Answer a request."""
        asked = request.headers.get("Range", "")
        self.ranges.append(asked)
        if self.status != 200:
            request.send_error(self.status)
            return
        start = int(asked.removeprefix("bytes=").partition("-")[0]) if asked else 0
        request.send_response(206 if asked else 200)
        if asked:
            last = len(self.content) - 1
            request.send_header("Content-Range", f"bytes {start}-{last}/{last + 1}")
        request.send_header("Content-Length", str(len(self.content) - start))
        request.send_header("ETag", '"weights"')
        request.end_headers()
        with suppress(ConnectionError):  # who asked has gone
            request.wfile.write(self.content[start : self.stop_after])
            request.wfile.flush()
        if self.stop_after < len(self.content):
            self.go_on.wait(60)


@contextmanager
def serving(content: bytes) -> Iterator[WeightsServer]:
    """Serve a content until the end of the block."""
    weights = WeightsServer(content)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            weights.answer(self)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    weights.address = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield weights
    finally:
        weights.go_on.set()
        server.shutdown()
        server.server_close()
        thread.join()


def table(address: str, sha256: str, megabytes: int = 17) -> str:
    """A table of one network, a MobileNet of the name `served`, for the user's own catalogue."""
    return f"""
kind: keras-application
labels: served.labels.txt
classes: 1000
published: {{set: nothing, source: nowhere}}
weights_below: {address}
inputs:
  tf: {{mean: [127.5, 127.5, 127.5], std: [127.5, 127.5, 127.5], channels: RGB}}
networks:
- id: served
  name: Served MobileNet
  architecture: MobileNet
  accuracy: {{top1: 70.4, top5: 89.5}}
  megabytes: {megabytes}
  parameters: 4253864
  input: {{size: 224, pixels: tf, crop: 0.875}}
  embedding: 1024
  licence: Apache-2.0
  weights: mobilenet.h5
  sha256: {sha256 or "0" * 64}
"""
