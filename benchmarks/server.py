"""A server of files as static hosts are: compressed where that helps, kept by browsers for a while, and counted."""

from __future__ import annotations

import contextlib
import gzip
import mimetypes
import threading
from collections.abc import Iterator
from email.utils import formatdate
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

MAX_AGE = 600
"""Seconds for which a browser need not ask again: what GitHub Pages says."""

_COMPRESSED = ("text/", "image/svg+xml", "application/json", "application/javascript", "application/wasm")
_TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm", ".whl": "application/zip"}


class Sent(NamedTuple):
    """One answer: the path that was asked for, without its query, and the bytes of the body as they were sent."""

    path: str
    bytes: int


class Server:
    """The files of a folder at `address`; `sent` grows while it is served."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.address = f"http://127.0.0.1:{port}/"
        self.sent: list[Sent] = []

    def bytes(self, since: int = 0) -> int:
        """Of all bodies that were sent, but for the first `since`."""
        return sum(each.bytes for each in self.sent[since:])


@contextlib.contextmanager
def served(folder: Path) -> Iterator[Server]:
    """Serves the folder while the block runs."""
    for file in folder.rglob("*"):
        if file.is_file():
            _body(file, file.stat().st_mtime_ns)  # as it lies ready elsewhere, too
    with _Listener(("127.0.0.1", 0), _Handler) as listener:
        listener.files = Server(folder, listener.server_port)
        thread = threading.Thread(target=listener.serve_forever)
        thread.start()
        try:
            yield listener.files
        finally:
            listener.shutdown()
            thread.join()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True  # a browser keeps its connections
    block_on_close = False
    files: Server


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener

    def do_GET(self) -> None:
        files, path = self.server.files, unquote(urlsplit(self.path).path).lstrip("/")
        file = files.folder / path
        if path.endswith("/") or not path:
            file /= "index.html"
        if ".." in path.split("/") or not file.is_file():
            self.send_error(404)
            return
        status = file.stat()
        tag = f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
        if self.headers.get("If-None-Match") == tag:
            files.sent.append(Sent(path, 0))
            self.send_response(304)
            self.send_header("ETag", tag)
            self.send_header("Cache-Control", f"max-age={MAX_AGE}")
            self.end_headers()
            return
        body = _body(file, status.st_mtime_ns)
        files.sent.append(Sent(path, len(body)))
        self.send_response(200)
        self.send_header("Content-Type", _kind(file))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", tag)
        self.send_header("Last-Modified", formatdate(status.st_mtime, usegmt=True))
        self.send_header("Cache-Control", f"max-age={MAX_AGE}")
        if _is_compressed(file):
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # the reader has left
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def _kind(file: Path) -> str:
    return _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def _is_compressed(file: Path) -> bool:
    return _kind(file).startswith(_COMPRESSED)


@cache
def _body(file: Path, changed_ns: int) -> bytes:
    """What is sent of a file: to a browser, all of which take gzip."""
    del changed_ns  # it is there for the cache
    data = file.read_bytes()
    return gzip.compress(data, mtime=0) if _is_compressed(file) else data
