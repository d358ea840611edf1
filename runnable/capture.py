"""The two streams of a running program, each write with its time, in the order in which they were written."""

from __future__ import annotations

import asyncio
import codecs
import contextlib
import os
import socket
import struct
import sys
import time
from collections.abc import Callable, Iterator

from runnable.recording import Stream, Write

MOST_BYTES = 1_000_000
"""What a program may write, both streams together; more ends it."""

# Linux's <asm-generic/socket.h>; Python names it only from 3.15 on.
_SO_TIMESTAMPNS = 35
_TIMESPEC = struct.Struct("@ll")
_RECEIVED = 1 << 22


class Capture:
    """What one program writes. `overflow` is called once, when it has written more than MOST_BYTES."""

    def __init__(self, overflow: Callable[[], None]) -> None:
        self._overflow = overflow
        self._pieces: list[tuple[int, Stream, str]] = []
        self._size = 0
        self._decoders: dict[Stream, codecs.IncrementalDecoder] = {}
        self.overflowed = False
        self.not_utf8: str | None = None
        """The first bytes that are not UTF-8, as Python would show them."""
        for stream in ("out", "err"):
            self._decoders[stream] = codecs.getincrementaldecoder("utf-8")()

    def feed(self, stream: Stream, data: bytes, time_ns: int) -> None:
        """Takes one piece of output."""
        if self.overflowed:
            return
        self._size += len(data)
        if self._size > MOST_BYTES:
            self.overflowed = True
            self._overflow()
            data = data[: max(0, len(data) - (self._size - MOST_BYTES))]
        if text := self._decoded(stream, data, final=False):
            self._pieces.append((time_ns, stream, text))

    def writes(self, began_ns: int) -> tuple[Write, ...]:
        """All pieces, with seconds counted from `began_ns` (nanoseconds of `time.time_ns`)."""
        for stream in self._decoders:
            if text := self._decoded(stream, b"", final=not self.overflowed):
                self._pieces.append((self._pieces[-1][0] if self._pieces else began_ns, stream, text))
        return tuple(
            Write(round(max(0, time_ns - began_ns) / 1e9, 6), stream, text) for time_ns, stream, text in self._pieces
        )

    def _decoded(self, stream: Stream, data: bytes, *, final: bool) -> str:
        try:
            return self._decoders[stream].decode(data, final)
        except UnicodeDecodeError as error:
            if self.not_utf8 is None:
                self.not_utf8 = repr(error.object[error.start : error.start + 8])
            self._decoders[stream] = codecs.getincrementaldecoder("utf-8")(errors="replace")
            return self._decoders[stream].decode(error.object, final)


class SocketCapture(Capture):
    """Output through two Unix datagram sockets that lead to one receiver. Linux only.

    A pipe for each stream would lose their order whenever the reader is late. Here the kernel keeps one queue, tells
    which socket each write came from, and stamps it with the time at which it was made, so nothing depends on how
    soon we read. One write is one datagram: its size is bounded by the kernel (some 400 KB where wmem_max is the
    default), beyond which the program would see EMSGSIZE; see `too_long`.
    """

    def __init__(self, overflow: Callable[[], None]) -> None:
        super().__init__(overflow)
        self._receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        self._receiver.bind(b"")
        self._receiver.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
        self._senders: list[socket.socket] = []
        self._streams: dict[bytes, Stream] = {}
        stream: Stream
        for stream in ("out", "err"):
            sender = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            sender.bind(b"")
            sender.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _RECEIVED)
            sender.connect(self._receiver.getsockname())
            self._senders.append(sender)
            self._streams[sender.getsockname()] = stream
        asyncio.get_running_loop().add_reader(self._receiver, self._read)

    @contextlib.contextmanager
    def lent(self) -> Iterator[tuple[int, int]]:
        """What the program gets as standard output and standard error; ours until it has its own copies."""
        try:
            yield self._senders[0].fileno(), self._senders[1].fileno()
        except BaseException:
            self._close()
            raise
        finally:
            for sender in self._senders:
                sender.close()

    async def finish(self) -> None:
        """Takes what is still in the queue. All that an ended program wrote is there."""
        while self._read():
            pass
        self._close()

    def _close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._receiver)
        self._receiver.close()

    @property
    def too_long(self) -> bool:
        """Whether the program failed because one write did not fit into a datagram: run it with pipes then."""
        return any("[Errno 90] Message too long" in text for _, stream, text in self._pieces if stream == "err")

    def _read(self) -> bool:
        try:
            data, ancillary, _, sender = self._receiver.recvmsg(_RECEIVED, 64)
        except BlockingIOError:
            return False
        if sender in self._streams:
            seconds, nanoseconds = _TIMESPEC.unpack(ancillary[0][2])
            self.feed(self._streams[sender], data, seconds * 1_000_000_000 + nanoseconds)
        return True


class PipeCapture(Capture):
    """Output through two pipes: for platforms without the other way. The time is that of reading."""

    def __init__(self, overflow: Callable[[], None]) -> None:
        super().__init__(overflow)
        self._readers: list[asyncio.Task[None]] = []

    def attach(self, out: asyncio.StreamReader, err: asyncio.StreamReader) -> None:
        """Begins to read."""
        self._readers = [asyncio.ensure_future(self._pump("out", out)), asyncio.ensure_future(self._pump("err", err))]

    async def finish(self) -> None:
        """Reads to the end, or for two seconds at most: a process left running may hold the pipe open."""
        _, late = await asyncio.wait(self._readers, timeout=2)
        for reader in late:
            reader.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*self._readers)

    async def _pump(self, stream: Stream, reader: asyncio.StreamReader) -> None:
        while data := await reader.read(1 << 16):
            self.feed(stream, data, time.time_ns())


def sockets_work() -> bool:
    """Whether this platform has datagram sockets that keep the order of two streams and stamp each write."""
    return sys.platform == "linux" and not os.environ.get("RUNNABLE_PIPES")
