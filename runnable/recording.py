"""What happened when a program ran, and the cache that keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Stream = Literal["out", "err"]

_PIECES = re.compile(r"[^\n]*\n|[^\n]+")

RECORDER_VERSION = 1
"""Raise it when the recorder changes in a way that makes older recordings untrue."""


@dataclass(frozen=True)
class Write:
    """One piece of output: when it was written (seconds since the program began), where to, and its text."""

    second: float
    stream: Stream
    text: str


@dataclass(frozen=True)
class Line:
    """One line of output: the second at which it began, its stream, and its text without the end of the line.

    A text that ends in a carriage return is a line that the program drew over.
    """

    second: float
    stream: Stream
    text: str


@dataclass(frozen=True)
class Recording:
    """What one run of a program did."""

    slug: str
    key: str
    """Stands for all that could change the result (see `runnable.record`)."""
    interpreter: str
    """As a reader is told it: `CPython 3.13.0`."""
    exit: int
    """The exit status; -n where signal n ended the program."""
    seconds: float
    """From the start of the program to its end."""
    writes: tuple[Write, ...]

    @property
    def lines(self) -> list[Line]:
        """The output as lines, in the order in which they began."""
        return assemble(self.writes)


def assemble(writes: Iterable[Write]) -> list[Line]:
    """Joins pieces of output to lines; those of the two streams are kept apart, as on two terminals."""
    lines: list[Line | None] = []
    open_lines: dict[Stream, tuple[int, Write]] = {}

    def close(stream: Stream, end: str = "") -> None:
        position, begun = open_lines.pop(stream)
        lines[position] = Line(begun.second, stream, begun.text + end)

    for write in writes:
        for piece in _PIECES.findall(write.text.replace("\r\n", "\n").replace("\r", "\r\n")):
            if write.stream in open_lines:
                position, begun = open_lines[write.stream]
                text = begun.text + piece
            else:
                position, begun, text = len(lines), write, piece
                lines.append(None)
            open_lines[write.stream] = (position, Write(begun.second, write.stream, text.removesuffix("\n")))
            if piece.endswith("\n"):
                close(write.stream)
    for stream in list(open_lines):
        close(stream)
    return [line for line in lines if line is not None]
