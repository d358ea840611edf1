"""The two streams of a running program, each write with its time, in the order in which they were written."""

from __future__ import annotations

import asyncio
import codecs
import contextlib
import errno
import os
import re
import socket
import struct
import sys
import time
from collections.abc import Callable, Iterator
from typing import cast

from runnable.recording import Stream, Write
from runnable.stamps import SO_TIMESTAMPNS

MOST_BYTES = 1_000_000
"""What a program may write, both streams together; more ends it."""

STREAMS: tuple[Stream, Stream] = ("out", "err")

_TIMESPEC = struct.Struct("@ll")
# Bytes that one write may have, as far as the kernel's net.core.wmem_max allows: as many as a program may write in all.
_LONGEST_WRITE = 1 << 20
_BY_NAME = re.compile(r"/dev/(?:stdout|stderr|fd/[12])\b|/proc/(?:self|\d+)/fd/[12]\b")
# One for all: a fresh one for each packet would cost four times the packet itself.
_BUFFER = memoryview(bytearray(_LONGEST_WRITE))


class Capture:
    """What one program writes. `overflow` is called once, when it has written more than MOST_BYTES."""

    def __init__(self, overflow: Callable[[], None]) -> None:
        self._overflow = overflow
        self._pieces: list[tuple[int, Stream, str]] = []
        self._size = 0
        self._decoders = {stream: codecs.getincrementaldecoder("utf-8")() for stream in STREAMS}
        self.overflowed = False
        self.not_utf8: str | None = None
        """The first bytes that are not UTF-8, as Python would show them."""
        self.links: set[str] = set()
        """What the streams are called in /proc/…/fd of a process that holds them. Linux only."""

    def feed(self, stream: Stream, data: bytes, time_ns: int) -> None:
        """Takes one piece of output."""
        if self.overflowed:
            return
        self._size += len(data)
        if self._size > MOST_BYTES:
            self.overflowed = True
            self._overflow()
            data = data[: len(data) - (self._size - MOST_BYTES)]
        if text := self._decoded(stream, data, final=False):
            self._pieces.append((time_ns, stream, text))

    def writes(self, began_ns: int, *, whole: bool = True) -> tuple[Write, ...]:
        """All pieces, with seconds counted from `began_ns` (nanoseconds of `time.time_ns`), which never go back.

        `whole` says that the program was not stopped in the middle of a character.
        """
        pieces = sorted(self._pieces, key=lambda piece: piece[0])
        for stream in STREAMS:
            if text := self._decoded(stream, b"", final=whole and not self.overflowed):
                pieces.append((pieces[-1][0] if pieces else began_ns, stream, text))
        return tuple(
            Write(round(max(0, time_ns - began_ns) / 1e9, 6), stream, text) for time_ns, stream, text in pieces
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
    """Output through two pairs of Unix sockets that keep each write as one packet. Linux only.

    Two pipes would lose the order of the streams, and the time of each write, whenever the reader is late. Here the
    kernel stamps each packet with the time at which it was written, so nothing depends on how soon we read; and a
    program waits for us only when hundreds of its writes have not been read. (Two datagram sockets that lead to one
    receiver would need no stamps for the order, but there it waits at the eleventh: net.unix.max_dgram_qlen.)

    Two things that a pipe allows a socket does not; where a program was told so, it is run again with pipes (see
    `refused`). The size of one write is bounded by the kernel, some 400 KB where net.core.wmem_max is the default;
    beyond, the program sees EMSGSIZE, or ENOBUFS. And a socket cannot be opened by a name, as /dev/stdout: ENXIO.
    (Pipes in packet mode, O_DIRECT, would allow it, but cut a write at 4 KB and have no stamps.)
    """

    def __init__(self, overflow: Callable[[], None]) -> None:
        super().__init__(overflow)
        self._theirs: list[socket.socket] = []
        self._ours: dict[Stream, socket.socket] = {}
        self._latest: dict[Stream, int] = {}
        try:
            for stream in STREAMS:
                ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
                self._ours[stream] = ours
                self._theirs.append(theirs)
                ours.setblocking(False)
                ours.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
                # The kernel doubles it.
                theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _LONGEST_WRITE // 2)
                self.links.add(f"socket:[{os.fstat(theirs.fileno()).st_ino}]")
        except OSError:
            for each in (*self._ours.values(), *self._theirs):
                each.close()
            raise
        loop = asyncio.get_running_loop()
        for stream, ours in self._ours.items():
            loop.add_reader(ours, self._read_some, stream)

    @contextlib.contextmanager
    def lent(self) -> Iterator[tuple[int, int]]:
        """What the program gets as standard output and standard error; ours until it has its own copies."""
        try:
            yield self._theirs[0].fileno(), self._theirs[1].fileno()
        finally:
            for each in self._theirs:
                each.close()

    def released(self) -> bool:
        """Whether no process holds the streams any more; takes what is still in the queue."""
        for stream in list(self._ours):
            while self._read(stream):
                pass
        return not self._ours

    async def finish(self) -> None:
        """Takes what is still in the queue. All that an ended program wrote is there."""
        self.released()
        for stream in list(self._ours):
            self._close(stream)

    @property
    def refused(self) -> bool:
        """Whether the program was told that it may not do with a socket what it may do with a pipe."""
        errors = "".join(text for _, stream, text in self._pieces if stream == "err")
        if os.strerror(errno.ENXIO) in errors and _BY_NAME.search(errors):
            return True
        return any(os.strerror(number) in errors for number in (errno.EMSGSIZE, errno.ENOBUFS))

    def _read_some(self, stream: Stream) -> None:
        """Takes what has come, but lets others have their turn when there is no end of it."""
        for _ in range(100):
            if not self._read(stream):
                break

    def _read(self, stream: Stream) -> bool:
        """Takes one write; False where there is none, or will be none any more."""
        ours = self._ours.get(stream)
        if ours is None:
            return False
        try:
            length, ancillary, _, _ = ours.recvmsg_into([_BUFFER], 64)
        except BlockingIOError:
            return False
        if not ancillary:  # Even a write of nothing has a stamp; the end has none.
            self._close(stream)
            return False
        seconds, nanoseconds = _TIMESPEC.unpack(ancillary[0][2])
        # Within a stream the order of packets is certain, even if someone sets the clock back.
        self._latest[stream] = max(self._latest.get(stream, 0), seconds * 1_000_000_000 + nanoseconds)
        self.feed(stream, bytes(_BUFFER[:length]), self._latest[stream])
        return True

    def _close(self, stream: Stream) -> None:
        ours = self._ours.pop(stream)
        asyncio.get_running_loop().remove_reader(ours)
        ours.close()


class PipeCapture(Capture, asyncio.SubprocessProtocol):
    """Output through two pipes: for platforms without the other way. The time is that of reading.

    It is the protocol of the process that asyncio starts.
    """

    def __init__(self, overflow: Callable[[], None]) -> None:
        super().__init__(overflow)
        self._loop = asyncio.get_running_loop()
        self._open = {1, 2}
        self._closed = asyncio.Event()
        self.exited_ns: asyncio.Future[int] = self._loop.create_future()
        """When the process ended, in nanoseconds of `time.time_ns`."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Notes what its pipes are called."""
        if sys.platform == "linux" and isinstance(transport, asyncio.SubprocessTransport):
            for fd in (1, 2):
                pipe = cast(asyncio.BaseTransport, transport.get_pipe_transport(fd)).get_extra_info("pipe")
                with contextlib.suppress(ValueError):  # It is closed: the program ended, and nobody holds it.
                    self.links.add(f"pipe:[{os.fstat(pipe.fileno()).st_ino}]")

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Takes what was written."""
        self.feed(STREAMS[fd - 1], data, time.time_ns())

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        """Notes that nobody holds this stream any more."""
        self._open.discard(fd)
        if not self._open:
            self._closed.set()

    def process_exited(self) -> None:
        """Notes when."""
        if not self.exited_ns.done():
            self.exited_ns.set_result(time.time_ns())

    def released(self) -> bool:
        """Whether no process holds the streams any more."""
        return not self._open

    async def finish(self) -> None:
        """Reads to the end, or for two seconds at most: a process left running may hold the pipe open."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._closed.wait(), 2)
