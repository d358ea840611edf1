"""A network in memory: the sockets of one program, which reach each other and nothing else.

`Socket` has the methods of `socket.socket` and behaves like a TCP socket of Linux on the loopback interface: buffers
that fill up, half-closed connections, resets, ports in use. asyncio's own selector event loop, transports, servers and
streams run on it unchanged. Addresses are those of IPv4 and IPv6; host names other than localhost are unknown, and what
is not on loopback cannot be reached, with an error that says why.
"""

from __future__ import annotations

import errno
import io
import itertools
import socket as stdlib
import threading
import time
import warnings
import weakref
from collections import deque
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any

from runnable.browser import linux
from runnable.browser.linux import error

Address = Any
"""`(host, port)` or, for IPv6, `(host, port, flow, scope)`."""

SEND_BUFFER, CONNECTED_SEND_BUFFER, RECEIVE_BUFFER = 16_384, 4_194_304, 131_072
"""What SO_SNDBUF is, what Linux lets it grow to on a connection over loopback, and SO_RCVBUF; in bytes.

What is on its way in one direction is in the send buffer of one end and in the receive buffer of the other.
"""

# What Emscripten's `socket` lacks, with Linux's values; asyncio and aiohttp name them.
_CONSTANTS = {
    "SO_REUSEADDR": 2,
    "SO_REUSEPORT": 15,
    "SO_KEEPALIVE": 9,
    "SO_ERROR": 4,
    "SO_TYPE": 3,
    "SO_SNDBUF": 7,
    "SO_RCVBUF": 8,
    "SO_LINGER": 13,
    "IPV6_V6ONLY": 26,
    "IPPROTO_IPV6": 41,
    "IPPROTO_TCP": 6,
    "TCP_NODELAY": 1,
    "TCP_KEEPIDLE": 4,
    "TCP_KEEPINTVL": 5,
    "TCP_KEEPCNT": 6,
    "AI_PASSIVE": 1,
    "AI_NUMERICHOST": 4,
    "AI_NUMERICSERV": 1024,
    "EAI_NONAME": -2,
    "EAI_SERVICE": -8,
    "MSG_PEEK": 2,
    "SHUT_RD": 0,
    "SHUT_WR": 1,
    "SHUT_RDWR": 2,
    "SOMAXCONN": 128,
}
for _name, _value in _CONSTANTS.items():
    if not hasattr(stdlib, _name):
        setattr(stdlib, _name, _value)

_LEAST_BUFFER = {stdlib.SO_SNDBUF: 4_608, stdlib.SO_RCVBUF: 2_304}
# Descriptors of the system are small numbers: nobody takes one for the other.
_FIRST_FD = 1 << 20
_ANY: dict[int, str] = {stdlib.AF_INET: "0.0.0.0", stdlib.AF_INET6: "::"}
_LOOPBACK: dict[int, str] = {stdlib.AF_INET: "127.0.0.1", stdlib.AF_INET6: "::1"}
_NAMES = frozenset({"localhost", "localhost.localdomain", "ip6-localhost"})
_EAI_SOCKTYPE = getattr(stdlib, "EAI_SOCKTYPE", -7)
_EPHEMERAL = range(32_768, 61_000)

UNREACHABLE = (
    "this program runs on a network of its own, in which there is nothing but the servers that it starts itself"
)

NO_DATAGRAMS = f"there are no datagrams here, only connections: {UNREACHABLE}"
NO_DESCRIPTOR = "a socket of this network has no descriptor that the system knows"
ALONE = (
    "this call would wait for ever: the other end is in the same program, which does nothing else while a call waits. "
    "There are no threads here; use asyncio, or give the socket a timeout"
)


class Network:
    """All sockets of a program. `changed` is notified whenever one of them may have become ready."""

    def __init__(self) -> None:
        self.changed = threading.Condition(threading.RLock())
        self.pass_time: Callable[[float | None], object] = self.changed.wait
        """Waits until something has changed, at most so many seconds. Called with `changed` held."""
        self.alone: Callable[[], bool] = lambda: False
        """Whether nothing but the caller runs, so that nobody can end a call that waits."""
        self.sockets: weakref.WeakValueDictionary[int, Socket] = weakref.WeakValueDictionary()
        """All that are open, by their descriptors. A socket that nobody has any more is closed."""
        self._bound: dict[tuple[int, int], list[int]] = {}
        """The descriptors of those that have an address, by its family and port."""
        self._fds = itertools.count(_FIRST_FD)
        self._ports = itertools.cycle(_EPHEMERAL)

    def add(self, socket: Socket) -> int:
        """Takes a new socket; its descriptor."""
        fd = next(self._fds)
        self.sockets[fd] = socket
        return fd

    def clear(self) -> None:
        """Closes all sockets, and begins with the first port again."""
        for socket in list(self.sockets.values()):
            socket._files = 0
            socket.close()
        self._fds = itertools.count(_FIRST_FD)
        self._ports = itertools.cycle(_EPHEMERAL)

    def notify(self) -> None:
        """Wakes who waits for a change."""
        with self.changed:
            self.changed.notify_all()

    def bind(self, socket: Socket, host: str, port: int) -> tuple[str, int]:
        """The address that the socket gets. Raises OSError where it is taken, or not of this network."""
        host = self.host(socket.family, host) or _ANY[socket.family]
        if host not in (_ANY[socket.family], _LOOPBACK[socket.family]) and not host.startswith("127."):
            raise error(errno.EADDRNOTAVAIL)
        if port and not self._is_free(socket, host, port):
            raise error(errno.EADDRINUSE)
        return host, port or self.free_port(socket.family)

    def _at(self, family: int, port: int) -> list[Socket]:
        """The sockets with an address of this port."""
        return [socket for fd in self._bound.get((family, port), ()) if (socket := self.sockets.get(fd)) is not None]

    def _is_free(self, socket: Socket, host: str, port: int) -> bool:
        for other in self._at(socket.family, port):
            if other is socket or other.accepted or other.bound is None:
                continue  # A connection of a server that is gone does not hold its port, given SO_REUSEADDR.
            if other.bound[0] != host and _ANY[socket.family] not in (other.bound[0], host):
                continue
            if socket.option(stdlib.SO_REUSEPORT) and other.option(stdlib.SO_REUSEPORT):
                continue
            if socket.option(stdlib.SO_REUSEADDR) and other.option(stdlib.SO_REUSEADDR) and not other.listening:
                continue
            return False
        return True

    def free_port(self, family: int) -> int:
        """A port that nobody has."""
        for port in itertools.islice(self._ports, len(_EPHEMERAL)):
            if not self._bound.get((family, port)):
                return port
        raise error(errno.EADDRINUSE)

    def has_address(self, socket: Socket) -> None:
        """A socket has got an address."""
        assert socket.bound is not None
        self._bound.setdefault((socket.family, socket.bound[1]), []).append(socket.descriptor)

    def listen(self, socket: Socket) -> None:
        """Lets others connect to the socket. Raises OSError where another listens there."""
        assert socket.bound is not None
        for other in self._at(socket.family, socket.bound[1]):
            if other is socket or not other.listening or other.bound is None:
                continue
            same = other.bound[0] == socket.bound[0] or _ANY[socket.family] in (other.bound[0], socket.bound[0])
            if same and not socket.option(stdlib.SO_REUSEPORT):
                raise error(errno.EADDRINUSE)

    def forget(self, socket: Socket) -> None:
        """Drops a closed socket."""
        self.sockets.pop(socket.descriptor, None)
        if socket.bound:
            key = (socket.family, socket.bound[1])
            there = self._bound.get(key, [])
            if socket.descriptor in there:
                there.remove(socket.descriptor)
            if not there:
                self._bound.pop(key, None)

    def listener(self, family: int, host: str, port: int) -> Socket | None:
        """Who listens there; those that share a port take turns."""
        fitting = [
            each
            for each in self._at(family, port)
            if each.listening and each.bound and each.bound[0] in (host, _ANY[family])
        ]
        if not fitting and family == stdlib.AF_INET:  # A socket for IPv6 that is not for IPv6 alone
            fitting = [
                each
                for each in self._at(stdlib.AF_INET6, port)
                if each.listening
                and each.bound
                and each.bound[0] == "::"
                and not each.option(stdlib.IPV6_V6ONLY, stdlib.IPPROTO_IPV6)
            ]
        if not fitting:
            return None
        chosen = fitting[0]
        if len(fitting) > 1:
            there = self._bound[chosen.family, port]
            there.remove(chosen.descriptor)
            there.append(chosen.descriptor)
        return chosen

    @staticmethod
    def host(family: int, host: str) -> str:
        """The numeric address of a host. Raises gaierror for names of elsewhere."""
        if host.lower().rstrip(".") in _NAMES:
            return _LOOPBACK[family]
        if host == "<broadcast>" or (host and not _is_numeric(family, host)):
            raise _unknown(host)
        return host


def _is_numeric(family: int, host: str) -> bool:
    try:
        stdlib.inet_pton(family, host.partition("%")[0])
    except OSError:
        return False
    return True


class _Pipe:
    """One direction of a connection."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.send_buffer, self.receive_buffer = CONNECTED_SEND_BUFFER, RECEIVE_BUFFER
        self.ended = False
        """Whether its writer will write no more."""
        self.deaf = False
        """Whether its reader is gone."""

    @property
    def capacity(self) -> int:
        """The bytes that may be on their way."""
        return self.send_buffer + self.receive_buffer

    @property
    def space(self) -> int:
        """The bytes that it takes now."""
        return max(0, self.capacity - len(self.data))

    def put(self, data: memoryview) -> int:
        """Takes what there is space for; how much that was."""
        taken = data[: self.space]
        if not self.deaf:
            self.data += taken
        return len(taken)

    def take(self, most: int, *, peek: bool = False) -> bytes:
        """At most so many bytes, from the oldest on."""
        found = bytes(self.data[:most])
        if not peek:
            del self.data[:most]
        return found


class Socket:
    """A socket of the network `Socket.network`: for streams only."""

    network = Network()

    def __init__(self, family: int = -1, type: int = -1, proto: int = -1, fileno: int | None = None) -> None:
        self._closed = True
        if fileno is not None:
            raise error(errno.ENOTSUP, NO_DESCRIPTOR)
        self.family = stdlib.AddressFamily(stdlib.AF_INET if family == -1 else family)
        kind = stdlib.SOCK_STREAM if type == -1 else type
        self.type = stdlib.SocketKind(kind & 0xF)
        self.proto = 0 if proto == -1 else proto
        if self.family not in _ANY:
            raise error(errno.EAFNOSUPPORT)
        if self.type not in (stdlib.SOCK_STREAM, stdlib.SOCK_DGRAM):
            raise error(errno.EPROTONOSUPPORT)
        self._timeout: float | None = stdlib.getdefaulttimeout()
        if kind & getattr(stdlib, "SOCK_NONBLOCK", 0):
            self._timeout = 0.0
        self._options: dict[tuple[int, int], int] = {}
        self._files = 0
        self._close_asked = False
        self.bound: tuple[str, int] | None = None
        self.remote: tuple[str, int] | None = None
        self.accepted = False
        self.listening = False
        self._backlog: deque[Socket] = deque()
        self._most_waiting = 0
        self._incoming: _Pipe | None = None
        self._outgoing: _Pipe | None = None
        self._peer: weakref.ref[Socket] | None = None
        self._error = 0
        """What a connection failed with, until somebody asks."""
        self._connecting = False
        self._write_ended = self._read_ended = False
        self._broken = False
        """Whether the other end said that nobody is there."""
        self._was_full = False
        self._lingers_not = False
        """Whether it resets the connection when it is closed."""
        self._closed = False
        self.descriptor = self.network.add(self)

    # As an object

    def __enter__(self) -> Socket:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        parts = [f"fd={self.fileno()}, family={int(self.family)}, type={int(self.type)}, proto={self.proto}"]
        if not self._closed:
            parts.append(f"laddr={self.getsockname()}")
            if self.remote:
                parts.append(f"raddr={self.getpeername()}")
        return f"<{'[closed] ' if self._closed else ''}socket.socket {', '.join(parts)}>".replace(
            "<[closed] socket.socket", "<socket.socket [closed]"
        )

    def __del__(self) -> None:
        if not self._closed:
            warnings.warn(f"unclosed {self!r}", ResourceWarning, source=self, stacklevel=2)
            self.close()

    def __getstate__(self) -> object:
        raise TypeError(f"cannot pickle {self.__class__.__name__!r} object")

    # Its address and its options

    def fileno(self) -> int:
        """A number that stands for it; -1 once it is closed."""
        return -1 if self._closed else self.descriptor

    @property
    def connected(self) -> bool:
        """Whether it has another end."""
        return self._incoming is not None

    def bind(self, address: Address) -> None:
        """Gives it an address."""
        self._check_open()
        self._check_stream()
        if self.bound is not None:
            raise error(errno.EINVAL)
        host, port = _host_and_port(address, self.family, "bind")
        with self.network.changed:
            self._get_address(self.network.bind(self, host, port))

    def _get_address(self, address: tuple[str, int]) -> None:
        self.bound = address
        self.network.has_address(self)

    def getsockname(self) -> Address:
        """Its own address."""
        self._check_open()
        return self._full(self.bound or (_ANY[self.family], 0))

    def getpeername(self) -> Address:
        """The address of the other end."""
        self._check_open()
        if self.remote is None or self._connecting:
            raise error(errno.ENOTCONN)
        return self._full(self.remote)

    def _full(self, address: tuple[str, int]) -> Address:
        if self.family == stdlib.AF_INET6:
            return (*address, 0, 0)
        return address

    def option(self, name: int, level: int = stdlib.SOL_SOCKET) -> int:
        """What an option was set to; 0 where it was not."""
        return self._options.get((level, name), 0)

    def setsockopt(self, level: int, name: int, value: Any, length: int | None = None) -> None:
        """Keeps an option. Those for ports in use have an effect."""
        del length
        self._check_open()
        if level == stdlib.SOL_SOCKET and name == stdlib.SO_LINGER:
            seconds = bytes(value)[4:8]
            self._lingers_not = any(bytes(value)[:4]) and not any(seconds)
        elif level == stdlib.SOL_SOCKET and name in _LEAST_BUFFER:
            # Linux doubles it, for what it keeps beside the bytes; we keep nothing, but have room for as much.
            self._options[level, name] = max(_LEAST_BUFFER[name], 2 * value)
            self._size_buffers()
        else:
            self._options[level, name] = value if isinstance(value, int) else 1

    def getsockopt(self, level: int, name: int, length: int = 0) -> Any:
        """An option; SO_ERROR is what the connection failed with, once."""
        del length
        self._check_open()
        if level == stdlib.SOL_SOCKET:
            if name == stdlib.SO_ERROR:
                found, self._error = self._error, 0
                return linux.number(found)
            if name == stdlib.SO_TYPE:
                return int(self.type)
            if name == stdlib.SO_SNDBUF:
                return self.option(name) or (CONNECTED_SEND_BUFFER if self.connected else SEND_BUFFER)
            if name == stdlib.SO_RCVBUF:
                return self.option(name) or RECEIVE_BUFFER
            if name == getattr(stdlib, "SO_ACCEPTCONN", None):
                return int(self.listening)
        return self.option(name, level)

    def setblocking(self, flag: bool) -> None:
        """Whether its calls wait."""
        self.settimeout(None if flag else 0.0)

    def getblocking(self) -> bool:
        """Whether its calls wait."""
        return self._timeout != 0.0

    def settimeout(self, seconds: float | None) -> None:
        """How long its calls wait; None: as long as it takes."""
        if seconds is not None and seconds < 0:
            raise ValueError("Timeout value out of range")
        self._check_open()
        self._timeout = None if seconds is None else float(seconds)

    def gettimeout(self) -> float | None:
        """How long its calls wait."""
        return self._timeout

    timeout = property(gettimeout)

    def get_inheritable(self) -> bool:
        """There is nobody to inherit it."""
        return False

    def set_inheritable(self, inheritable: bool) -> None:
        """There is nobody to inherit it."""

    # Connections

    def listen(self, backlog: int = 128) -> None:
        """Lets others connect; so many wait until they are accepted."""
        self._check_open()
        if self.connected:
            raise error(errno.EINVAL)
        with self.network.changed:
            if self.bound is None:
                self._get_address(self.network.bind(self, "", 0))
            self.network.listen(self)
            self.listening, self._most_waiting = True, max(0, backlog) + 1
            self.network.notify()

    def accept(self) -> tuple[Socket, Address]:
        """The next connection, and where it comes from."""
        self._check_open()
        if not self.listening:
            raise error(errno.EINVAL)
        with self.network.changed:
            self._wait(lambda: bool(self._backlog))
            socket = self._backlog.popleft()
        assert socket.remote is not None
        return socket, socket._full(socket.remote)

    def connect(self, address: Address) -> None:
        """Connects to who listens at the address."""
        self._check_open()
        self._check_stream()
        with self.network.changed:
            self._begin_connecting(address)
            if self._timeout == 0.0:
                raise error(errno.EINPROGRESS)
            self._finish_connecting(address)

    def connect_ex(self, address: Address) -> int:
        """As `connect`, but returns the number of the error."""
        try:
            self.connect(address)
        except OSError as error:
            if error.errno is None:
                raise
            return error.errno
        return 0

    def _begin_connecting(self, address: Address) -> None:
        if self.connected:
            raise error(errno.EISCONN)
        if self.listening:
            raise error(errno.EISCONN)
        host, port = _host_and_port(address, self.family, "connect")
        host = self.network.host(self.family, host)
        if host == _ANY[self.family] or not host:
            host = _LOOPBACK[self.family]
        if host != "::1" and not host.startswith("127."):
            raise error(errno.ENETUNREACH, f"{linux.text(errno.ENETUNREACH)}: {host}; {UNREACHABLE}")
        if self.bound is None:
            self._get_address((_LOOPBACK[self.family], self.network.free_port(self.family)))
        elif self.bound[0] == _ANY[self.family]:
            self.bound = (_LOOPBACK[self.family], self.bound[1])
        self.remote = (host, port)
        listener = self.network.listener(self.family, host, port)
        self._connecting = True
        if listener is None or len(listener._backlog) >= listener._most_waiting:
            self._error = errno.ECONNREFUSED
        else:
            made = listener._made_for(self)
            self._join(made)
            listener._backlog.append(made)
        self.network.notify()

    def _made_for(self, client: Socket) -> Socket:
        """The server's end of a new connection."""
        assert client.bound is not None and client.remote is not None
        made = type(self)(self.family, self.type, self.proto)
        mapped = "::ffff:" if self.family != client.family else ""
        made.remote, made.accepted = (mapped + client.bound[0], client.bound[1]), True
        made._get_address((mapped + client.remote[0], client.remote[1]))
        made._options = dict(self._options)
        return made

    def _join(self, other: Socket) -> None:
        there, back = _Pipe(), _Pipe()
        self._outgoing = other._incoming = there
        self._incoming = other._outgoing = back
        # An end that nobody has any more is closed, although the other one lives.
        self._peer, other._peer = weakref.ref(other), weakref.ref(self)
        self._size_buffers()
        other._size_buffers()

    def _size_buffers(self) -> None:
        if self._outgoing is not None and self._incoming is not None:
            self._outgoing.send_buffer = self.option(stdlib.SO_SNDBUF) or CONNECTED_SEND_BUFFER
            self._incoming.receive_buffer = self.option(stdlib.SO_RCVBUF) or RECEIVE_BUFFER

    def _finish_connecting(self, address: Address) -> None:
        self._connecting = False
        if self._error:
            number, self._error = self._error, 0
            self.remote = None
            raise error(number)

    def shutdown(self, how: int) -> None:
        """Ends one direction of a connection, or both."""
        self._check_open()
        with self.network.changed:
            if self._outgoing is None or self._incoming is None:
                raise error(errno.ENOTCONN)
            if how in (stdlib.SHUT_WR, stdlib.SHUT_RDWR):
                self._write_ended = self._outgoing.ended = True
            if how in (stdlib.SHUT_RD, stdlib.SHUT_RDWR):
                self._read_ended = True
            self.network.notify()

    def close(self) -> None:
        """Closes it, when the files made from it are closed as well."""
        self._close_asked = True
        if self._files <= 0 and not self._closed:
            self._close()

    def _close(self) -> None:
        with self.network.changed:
            self._closed = True
            self.network.forget(self)
            for waiting in self._backlog:
                waiting._reset_peer()
                waiting.close()
            self._backlog.clear()
            if self._incoming is not None and self._outgoing is not None:
                # What has not been read tells the other end that nobody will read it.
                if self._incoming.data or self._lingers_not:
                    self._reset_peer()
                self._outgoing.ended = self._incoming.deaf = True
                self._incoming.data.clear()
            self.network.notify()

    def _reset_peer(self) -> None:
        peer = self._peer() if self._peer is not None else None
        if peer is not None and not peer._closed:
            peer._broken = True
            if not (peer._incoming and peer._incoming.ended):
                peer._error = errno.ECONNRESET

    def detach(self) -> int:
        """Not on this network: nothing else could use the descriptor."""
        raise error(errno.ENOTSUP, NO_DESCRIPTOR)

    def dup(self) -> Socket:
        """Not on this network."""
        raise error(errno.ENOTSUP, NO_DESCRIPTOR)

    # Bytes

    def recv(self, most: int, flags: int = 0) -> bytes:
        """At most so many bytes; none at the end."""
        self._check_open()
        with self.network.changed:
            pipe = self._wait_for_bytes()
            return b"" if pipe is None else pipe.take(most, peek=bool(flags & stdlib.MSG_PEEK))

    def recv_into(self, buffer: Any, most: int = 0, flags: int = 0) -> int:
        """As `recv`, into a buffer; how many there are."""
        view = memoryview(buffer).cast("B")
        data = self.recv(min(most, len(view)) or len(view), flags)
        view[: len(data)] = data
        return len(data)

    def recvfrom(self, most: int, flags: int = 0) -> tuple[bytes, Address]:
        """As `recv`; a stream has no address with each piece."""
        return self.recv(most, flags), None

    def _wait_for_bytes(self) -> _Pipe | None:
        """What can be read from; None at the end."""
        pipe = self._incoming
        if pipe is None or self._connecting:
            raise error(errno.ENOTCONN)
        self._wait(self._may_read)
        if pipe.data:
            return pipe
        if self._error:
            number, self._error = self._error, 0
            raise error(number)
        return None

    def _may_read(self) -> bool:
        pipe = self._incoming
        return pipe is None or bool(pipe.data or pipe.ended or self._read_ended or self._error or self._broken)

    def send(self, data: Any, flags: int = 0) -> int:
        """Sends what there is space for; how many bytes that was."""
        del flags
        self._check_open()
        view = memoryview(data).cast("B")
        with self.network.changed:
            pipe = self._outgoing
            if pipe is None or self._connecting:
                raise error(errno.EPIPE)
            self._check_writable()
            self._wait(lambda: pipe.space > 0 or pipe.deaf or not view)
            self._check_writable()
            if pipe.deaf:
                # The other end says so in answer to the first bytes: those seem to have been sent.
                self._broken = True
                return len(view)
            sent = pipe.put(view)
            self._was_full = sent < len(view) or not pipe.space
            self.network.notify()
            return sent

    def _check_writable(self) -> None:
        if self._error:
            number, self._error = self._error, 0
            raise error(number)
        if self._write_ended or self._broken:
            raise error(errno.EPIPE)

    def sendall(self, data: Any, flags: int = 0) -> None:
        """Sends all of it."""
        view = memoryview(data).cast("B")
        while view:
            view = view[self.send(view, flags) :]

    def sendmsg(
        self, buffers: Iterable[Any], ancillary: Iterable[Any] = (), flags: int = 0, address: Address = None
    ) -> int:
        """As `send`, from several buffers."""
        del ancillary, address
        return self.send(b"".join(buffers), flags)

    def sendto(self, data: Any, *flags_and_address: Any) -> int:
        """As `send`: a connection has but one address. Raises OSError for datagrams."""
        self._check_stream()
        return self.send(data, flags_and_address[0] if len(flags_and_address) > 1 else 0)

    def makefile(self, mode: str = "r", buffering: int | None = None, **options: Any) -> Any:
        """A file that reads from it, writes to it, or both."""
        raw = stdlib.SocketIO(self, "".join(sorted(set(mode) & set("rw"))) or "r")  # type: ignore[arg-type]
        self._files += 1
        if buffering == 0:
            return raw
        size = io.DEFAULT_BUFFER_SIZE if buffering is None or buffering < 0 else buffering
        buffer: io.BufferedRWPair | io.BufferedReader | io.BufferedWriter
        if "r" in mode and "w" in mode:
            buffer = io.BufferedRWPair(raw, raw, size)
        elif "w" in mode:
            buffer = io.BufferedWriter(raw, size)
        else:
            buffer = io.BufferedReader(raw, size)
        return buffer if "b" in mode else io.TextIOWrapper(buffer, **options)

    def _decref_socketios(self) -> None:
        # `SocketIO` calls it when it is closed.
        self._files -= 1
        if self._close_asked:
            self.close()

    # Readiness

    def is_readable(self) -> bool:
        """Whether a read, or an accept, would not wait."""
        if self.listening:
            return bool(self._backlog)
        return self.connected and not self._connecting and self._may_read()

    def is_writable(self) -> bool:
        """Whether a write would not wait, or a connection has been made or has failed."""
        if self._connecting:
            self._connecting = False
            return True
        pipe = self._outgoing
        if pipe is None:
            return bool(self._error)
        if self._error or self._broken or pipe.deaf or self._write_ended:
            return True
        # As on Linux, a socket whose buffer was full is writable again when a third of it is free.
        if self._was_full and pipe.space >= pipe.capacity // 3:
            self._was_full = False
        return not self._was_full

    def _wait(self, ready: Any) -> None:
        """Waits as the timeout says. The lock is held. Raises BlockingIOError or TimeoutError."""
        if ready():
            return
        if self._timeout == 0.0:
            raise error(errno.EAGAIN)
        deadline = None if self._timeout is None else time.monotonic() + self._timeout
        while not ready() and not self._closed:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                raise TimeoutError("timed out")
            if left is None and self.network.alone():
                raise error(errno.EDEADLK, ALONE)
            self.network.pass_time(left)
        self._check_open()

    def _check_stream(self) -> None:
        if self.type != stdlib.SOCK_STREAM:
            raise error(errno.EPROTONOSUPPORT, NO_DATAGRAMS)

    def _check_open(self) -> None:
        if self._closed:
            raise error(errno.EBADF)


def _host_and_port(address: Address, family: int, call: str) -> tuple[str, int]:
    """The two, checked as CPython does it. `call` names the method in errors."""
    name = "AF_INET6" if family == stdlib.AF_INET6 else "AF_INET"
    if not isinstance(address, tuple):
        raise TypeError(f"{call}(): {name} address must be tuple, not {type(address).__name__}")
    if len(address) < 2 or (len(address) > 2 and family == stdlib.AF_INET):
        must = "a tuple (host, port[, flowinfo[, scopeid]])" if family == stdlib.AF_INET6 else "a pair (host, port)"
        raise TypeError(f"{name} address must be {must}")
    host, port = address[:2]
    if not isinstance(host, (str, bytes, bytearray)):
        raise TypeError(f"str, bytes or bytearray expected, not {type(host).__name__}")
    if not isinstance(port, int):
        raise TypeError(f"{type(port).__name__!r} object cannot be interpreted as an integer")
    if not 0 <= port <= 65_535:
        raise OverflowError(f"{call}(): port must be 0-65535.")
    return host if isinstance(host, str) else host.decode(), int(port)


def socketpair(family: int = -1, type: int = -1, proto: int = 0) -> tuple[Socket, Socket]:
    """Two connected sockets."""
    del family
    one, two = (Socket(stdlib.AF_INET, type, proto) for _ in range(2))
    one._join(two)
    for each in (one, two):
        each._get_address(("127.0.0.1", Socket.network.free_port(stdlib.AF_INET)))
    one.remote, two.remote = two.bound, one.bound
    return one, two


def getaddrinfo(  # noqa: PLR0917 - as in the standard library
    host: str | bytes | None,
    port: str | bytes | int | None,
    family: int = 0,
    type: int = 0,
    proto: int = 0,
    flags: int = 0,
) -> list[tuple[Any, ...]]:
    """The addresses of a host of this network. Raises gaierror for a host of elsewhere."""
    name = host.decode() if isinstance(host, bytes) else host
    number = _port_number(port.decode() if isinstance(port, bytes) else port)
    if type == stdlib.SOCK_DGRAM:
        raise stdlib.gaierror(stdlib.EAI_NONAME, NO_DATAGRAMS)
    if type not in (0, stdlib.SOCK_STREAM):
        raise stdlib.gaierror(_EAI_SOCKTYPE, "ai_socktype not supported")
    found: list[tuple[Any, ...]] = []
    for each in (stdlib.AF_INET6, stdlib.AF_INET):
        if family not in (0, each):
            continue
        scope = 0
        if name is None or name == "":
            address = _ANY[each] if flags & stdlib.AI_PASSIVE else _LOOPBACK[each]
        elif name.lower().rstrip(".") in _NAMES and not flags & stdlib.AI_NUMERICHOST:
            if each == stdlib.AF_INET6 and family == 0:
                continue  # localhost is 127.0.0.1, as on most machines
            address = _LOOPBACK[each]
        elif _is_numeric(each, name):
            address, _, zone = name.partition("%")
            scope = int(zone) if zone.isdecimal() else 0
        else:
            continue
        full = (address, number, 0, scope) if each == stdlib.AF_INET6 else (address, number)
        found.append((each, stdlib.SOCK_STREAM, proto or stdlib.IPPROTO_TCP, "", full))
    if not found:
        raise _unknown(str(name))
    return found


def getnameinfo(address: Address, flags: int) -> tuple[str, str]:
    """The address as texts; no names are looked up."""
    del flags
    return address[0], str(address[1])


def gethostbyname(name: str) -> str:
    """The IPv4 address of a host of this network. Raises gaierror for a host of elsewhere."""
    return Network.host(stdlib.AF_INET, name) or "0.0.0.0"


def gethostbyname_ex(name: str) -> tuple[str, list[str], list[str]]:
    """As `gethostbyname`, with other names (none) and all addresses (one)."""
    return name, [], [gethostbyname(name)]


def gethostbyaddr(address: str) -> tuple[str, list[str], list[str]]:
    """The name of a host of this network, other names (none), and its address."""
    numeric = gethostbyname(address)
    if not numeric.startswith("127."):
        raise stdlib.herror(1, f"Unknown host: “{address}”; {UNREACHABLE}")
    return "localhost", [], [numeric]


def gethostname() -> str:
    """The name of this machine, as far as there is one."""
    return "localhost"


def _unknown(host: str) -> stdlib.gaierror:
    return stdlib.gaierror(stdlib.EAI_NONAME, f"Name or service not known: “{host}”; {UNREACHABLE}")


def _port_number(port: str | int | None) -> int:
    if port is None or port == "":
        return 0
    names = {"http": 80, "https": 443}
    if isinstance(port, str) and not port.isdecimal():
        if port not in names:
            raise stdlib.gaierror(stdlib.EAI_SERVICE, f"Servname not supported for ai_socktype: “{port}”")
        return names[port]
    return int(port)


def replacements() -> dict[str, Any]:
    """What `socket` has to have in the place of what is there."""
    return {
        "socket": Socket,
        "SocketType": Socket,
        "socketpair": socketpair,
        "getaddrinfo": getaddrinfo,
        "getnameinfo": getnameinfo,
        "gethostbyname": gethostbyname,
        "gethostbyname_ex": gethostbyname_ex,
        "gethostbyaddr": gethostbyaddr,
        "gethostname": gethostname,
        "getfqdn": lambda name="": name or gethostname(),
        "has_ipv6": True,
    }


def install() -> None:
    """Puts this network in the place of the system's, for good."""
    vars(stdlib).update(replacements())
