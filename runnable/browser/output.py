"""What a program in the reader's page prints: each piece with its second, posted to the page as it is written."""

from __future__ import annotations

import codecs
import io
import os
from collections.abc import Callable
from typing import Any

MOST_BYTES = 1_000_000
"""A program that prints more is stopped, as the recorder does it."""

TICK = 0.016
"""Seconds in which a browser draws once: what comes within them is drawn at once."""

MOST_POSTS = 8
"""So many pieces are posted in one tick; what comes after them is posted together."""

Post = Callable[[float, str, str], object]
"""Takes a piece of output: its second, `out` or `err`, its text."""


class TooMuchError(BaseException):
    """The program has printed more than MOST_BYTES."""


class Output:
    """Both streams of one run. `now` gives seconds since the program began, `drawn` seconds of real time."""

    def __init__(
        self, post: Post, now: Callable[[], float], drawn: Callable[[], float], shorten: Callable[[str], str]
    ) -> None:
        self._post, self._now, self._drawn, self._shorten = post, now, drawn, shorten
        self._size = 0
        self._tick, self._posts = drawn(), 0
        self._streams: dict[str, io.TextIOWrapper] = {}
        self._held: list[str] = []
        self._held_stream, self._held_second = "", 0.0
        self._decoders = {name: codecs.getincrementaldecoder("utf-8")("replace") for name in ("out", "err")}
        self.silent = False
        """Whether what is written is dropped."""
        self.full = False
        """Whether there was too much of it."""
        self.writes: list[tuple[float, Any]] = []
        """Second and stream of each write."""
        self.lines: list[tuple[float | None, str]] = []
        """The same of each line, by its first piece."""
        self._within = dict.fromkeys(self._decoders, False)

    def stream(self, name: str) -> io.TextIOWrapper:
        """What is to be `sys.stdout` (`out`) or `sys.stderr` (`err`)."""
        raw = _Raw(self, name)
        errors = "strict" if name == "out" else "backslashreplace"
        # A line in one piece, although `print` writes its end separately; `flush` takes what is less than a line.
        text = io.TextIOWrapper(raw, "utf-8", errors, newline="\n", line_buffering=True)
        vars(text)["mode"] = "w"
        self._streams[name] = text
        return text

    def write(self, name: str, data: bytes) -> int:
        """Takes bytes that the program writes. Raises TooMuchError."""
        if self.silent:
            return len(data)
        for other, stream in self._streams.items():
            if other != name and not stream.closed:
                stream.flush()
        left = MOST_BYTES - self._size
        self._size += len(data)
        text = self._decoders[name].decode(data[:left])
        if text:
            second = self._now()
            self._note(second, name, text)
            self._take(second, name, text)
        if self._size > MOST_BYTES:
            self.full = self.silent = True
            self._post_held()
            raise TooMuchError
        return len(data)

    def _note(self, second: float, name: str, text: str) -> None:
        self.writes.append((second, name))
        count = text.count("\n") + (not text.endswith("\n")) - self._within[name]
        self.lines += [(second, name)] * count
        self._within[name] = not text.endswith("\n")

    def _take(self, second: float, name: str, text: str) -> None:
        drawn = self._drawn()
        if drawn - self._tick >= TICK:
            self._post_held()
            self._tick, self._posts = drawn, 0
        if self._held and self._held_stream != name:
            self._post_held()
        if self._posts < MOST_POSTS:
            self._post_held()
            self._send(second, name, text)
            return
        if not self._held:
            self._held_stream, self._held_second = name, second
        self._held.append(text)

    def flush(self) -> None:
        """Posts what is held back."""
        for stream in self._streams.values():
            if not stream.closed:
                stream.flush()
        self._post_held()

    def _post_held(self) -> None:
        if self._held:
            text = "".join(self._held)
            self._held.clear()
            self._send(self._held_second, self._held_stream, text)

    def _send(self, second: float, name: str, text: str) -> None:
        self._posts += 1
        self._post(second, name, self._shorten(text))

    def end(self) -> None:
        """Posts all that is left."""
        self.flush()
        for name, decoder in self._decoders.items():
            if text := decoder.decode(b"", final=True):
                self._send(self._now(), name, text)


class _Raw(io.RawIOBase):
    """The bytes of one stream."""

    def __init__(self, output: Output, name: str) -> None:
        self._output, self._stream = output, name
        self.name = f"<std{name}>"
        self.mode = "wb"

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1 if self._stream == "out" else 2

    def write(self, data: Any) -> int:
        return self._output.write(self._stream, bytes(data))


def shortener(root: str, library: str, version: str) -> Callable[[str], str]:
    """What makes paths in a text those of the recorder: below the run's folder `root`, and in the `library`."""

    def shorten(text: str) -> str:
        if root in text:
            text = text.replace(f"{root}/", "").replace(root, ".")
        if library in text:
            text = text.replace(library, f"lib/python{version}")
        return text

    return shorten


def library() -> str:
    """The folder, or the zip archive, of the standard library."""
    return os.path.dirname(os.__file__)
