"""What happened when a program ran, and the cache that keeps it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from runnable import sealed
from runnable.memory import Memory
from runnable.project import Project
from runnable.snippet import Snippet
from runnable.trace import Trace

Stream = Literal["out", "err"]

_PIECES = re.compile(r"[^\r\n]*(?:\r?\n|\r)|[^\r\n]+")

DECIDING = (
    *("capture", "forkserver", "interpreter", "journal", "places", "process", "record", "recording", "server"),
    *("stamps", "trace", "traced", "tracer"),
)
"""The modules that decide what a recording says of a run."""


def recorder_version(folder: Path) -> str:
    """Stands for the text of these modules in a folder: what another text recorded may be untrue."""
    parts = hashlib.sha256()
    for name in DECIDING:
        parts.update((folder / f"{name}.py").read_bytes() + b"\0")
    return parts.hexdigest()


RECORDER_VERSION = recorder_version(Path(__file__).parent)


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
    digest: str
    """Stands for the text of the program (see `digest`)."""
    key: str
    """Stands for all that could change the result (see `runnable.record`)."""
    interpreter: str
    """As a reader is told it: `CPython 3.13.0`."""
    exit: int
    """The exit status; -n where signal n ended the program."""
    seconds: float
    """From the start of the program to its end."""
    writes: tuple[Write, ...]
    trace: Trace | None = None
    """How its tasks took turns; None where it ran no event loop, or was not traced."""
    date: str = ""
    """When it began: UTC, ISO 8601. "" where nobody told."""
    machine: str = ""
    """On what, as a reader is told it: `AMD EPYC, 2 cores, Linux x86_64`. "" where nobody told."""
    checksum: str = field(default="", compare=False)
    """Stands for all of it, where it comes from the cache."""

    @property
    def lines(self) -> list[Line]:
        """The output as lines, in the order in which they began."""
        return assemble(self.writes)


@dataclass(frozen=True)
class Unread:
    """A recording as it lies in the cache, of which no more is known than its key and its checksum."""

    key: str
    checksum: str
    body: bytes = field(repr=False)

    def read(self) -> Recording:
        """All of it."""
        entry = _parsed(self.checksum, self.body)
        assert isinstance(entry, Recording)
        return entry


@dataclass(frozen=True)
class Absence:
    """Why there is no recording of a program: this machine lacks what it needs."""

    slug: str
    digest: str
    reason: str


class Cache:
    """The recordings of a project: one file a program, in an ignored folder that may be deleted at any time.

    A file begins with the checksum of the rest, and takes its place by being renamed. So a build that is killed, or
    two at once, leave either the old one or the new one; and a damaged one counts as none.
    """

    def __init__(self, project: Project) -> None:
        self._folder = project.cache / "recordings"
        self._memory = Memory.of(project)

    def load(self, slug: str) -> Recording | Absence | None:
        """What is known of the program `slug`, fresh or not; None where that is nothing, or damaged."""
        file = self._file(slug)
        try:
            status = file.stat()
            return _loaded(file, status.st_mtime_ns, status.st_ino)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def unread(self, slug: str) -> Unread | None:
        """The recording of the program `slug`, fresh or not; None where there is none, or it is damaged."""
        try:
            checksum, body = sealed.read(self._file(slug))
            key = self._memory.fact(_key_of(checksum), lambda: _key(checksum, body))
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return Unread(key, checksum, body) if key else None

    def save(self, entry: Recording | Absence) -> Recording | Absence:
        """Keeps what is known of a program, and returns it as it is kept: a recording has its checksum then.

        Raises OSError where the folder cannot be written.
        """
        values = dict(vars(entry))
        if isinstance(entry, Recording):
            values["writes"] = [astuple(write) for write in entry.writes]
            values["trace"] = entry.trace.to_json() if entry.trace is not None else None
            del values["checksum"]
        body = json.dumps(values, ensure_ascii=False).encode()
        checksum = sealed.write(self._file(entry.slug), body)
        if not isinstance(entry, Recording):
            return entry
        self._memory.fact(_key_of(checksum), lambda: entry.key)
        return replace(entry, checksum=checksum)

    def forget(self, slug: str) -> None:
        """Drops what is known of a program."""
        self._file(slug).unlink(missing_ok=True)

    def _file(self, slug: str) -> Path:
        # Not with_suffix(): `menu.lunch` and `menu.dinner` are two programs.
        return self._folder.joinpath(*f"{slug}.json".split("/"))


@lru_cache(maxsize=4096)
def _loaded(file: Path, changed_ns: int, inode: int) -> Recording | Absence:
    """What is in a file as it was then; a build needs each several times. Raises ValueError where it is damaged."""
    del changed_ns, inode
    return _parsed(*sealed.read(file))


def _key_of(checksum: str) -> str:
    """By what the key of a recording is remembered."""
    return f"the key of a recording\0{checksum}"


def _key(checksum: str, body: bytes) -> str:
    """The key of a recording; "" where there is none."""
    entry = _parsed(checksum, body)
    return entry.key if isinstance(entry, Recording) else ""


@lru_cache(maxsize=4096)
def _parsed(checksum: str, body: bytes) -> Recording | Absence:
    """What a sound file says. Raises ValueError, TypeError or KeyError where that is no entry of ours."""
    entry = json.loads(body)
    if "reason" in entry:
        return Absence(**entry)
    entry["writes"] = tuple(Write(*write) for write in entry["writes"])
    entry["trace"] = Trace.from_json(entry["trace"]) if entry["trace"] is not None else None
    return Recording(**entry, checksum=checksum)


def recorded(slug: str, root: Path | str = ".") -> Recording:
    """The recording of the program `slug`, for a page that computes from it.

    Raises LookupError, with what to do, where there is none: pages compute only from programs that run on every Python.
    """
    entry = Cache(Project.at(root)).load(slug)
    if not isinstance(entry, Recording):
        raise LookupError(f"no recording of “{slug}”. Run “make record”, and check the name.")  # noqa: TRY004 - there is none
    return entry


def digest(snippet: Snippet) -> str:
    """Stands for the text of a program."""
    return hashlib.sha256(snippet.source.encode()).hexdigest()


def assemble(writes: Iterable[Write]) -> list[Line]:
    """Joins pieces of output to lines; those of the two streams are kept apart, as on two terminals."""
    begun: list[_Begun] = []
    unfinished: dict[Stream, _Begun] = {}
    for write in writes:
        # What follows a carriage return is drawn over what came before it: a line of its own here.
        for piece in _PIECES.findall(write.text):
            line = unfinished.pop(write.stream, None)
            if line is not None and line.drawn_over:
                if piece == "\n":  # `\r\n` in two writes
                    line.drawn_over = False
                    continue
                line = None
            if line is None:
                line = _Begun(write.second, write.stream)
                begun.append(line)
            line.pieces.append(piece.rstrip("\r\n"))
            line.drawn_over = piece.endswith("\r")
            if not piece.endswith("\n"):
                unfinished[write.stream] = line
    return [line.line() for line in begun]


@dataclass
class _Begun:
    """A line of which more may come."""

    second: float
    stream: Stream
    pieces: list[str] = field(default_factory=list)
    drawn_over: bool = False

    def line(self) -> Line:
        return Line(self.second, self.stream, "".join(self.pieces) + "\r" * self.drawn_over)
