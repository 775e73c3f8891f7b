"""A server that speaks as much of S3 as keeping files needs, with its objects in memory."""

from __future__ import annotations

import threading
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from types import TracebackType


class S3:
    """``with S3() as server``: listens on ``server.address``; ``objects`` is what it holds."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.is_failing = False
        handler = type("Handler", (_Handler,), {"s3": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> S3:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    s3: S3
    protocol_version = "HTTP/1.1"

    @property
    def key(self) -> str:
        return unquote(urlsplit(self.path).path).lstrip("/").partition("/")[2]

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.s3.is_failing:
            self._answer(503, b"<Error><Code>SlowDown</Code></Error>")
            return
        self.s3.objects[self.key] = body
        self._answer(200)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        if not self.key:
            self._answer(200, self._listing())
        elif self.key in self.s3.objects:
            self._answer(200, self.s3.objects[self.key])
        else:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

    def do_DELETE(self) -> None:
        self.s3.objects.pop(self.key, None)
        self._answer(204)

    def _listing(self) -> bytes:
        asked = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        prefix = asked.get("prefix", [""])[0]
        below = [one[len(prefix) :] for one in self.s3.objects if one.startswith(prefix)]
        folders = sorted({one.partition("/")[0] for one in below if "/" in one})
        listed = [f"<Contents><Key>{escape(prefix + one)}</Key></Contents>" for one in below
                  if "/" not in one]  # fmt: skip
        listed += [
            f"<CommonPrefixes><Prefix>{escape(prefix + one)}/</Prefix></CommonPrefixes>"
            for one in folders
        ]
        return f"<ListBucketResult>{''.join(listed)}</ListBucketResult>".encode()

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Last-Modified", formatdate(0, usegmt=True))
        self.send_header("ETag", '"0"')
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass
