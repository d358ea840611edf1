"""The network in memory: what is claimed of it is asserted of Linux's loopback as well, by the same test."""

from __future__ import annotations

import contextlib
import errno
import gc
import select
import socket as stdlib
import struct
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from runnable.browser import network, selector
from runnable.browser.network import Network, Socket

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="compares with Linux")


class Net:
    """A kind of sockets, and what a test needs of it."""

    def __init__(self, make: Any, wait: Any) -> None:
        self.socket, self.select = make, wait
        self._open: list[Any] = []

    def listener(self, backlog: int = 10, **options: int) -> Any:
        socket = self.new(**options)
        socket.bind(("127.0.0.1", 0))
        socket.listen(backlog)
        return socket

    def new(self, **options: int) -> Any:
        socket = self.socket()
        self._open.append(socket)
        socket.settimeout(5)
        for name, value in options.items():
            socket.setsockopt(stdlib.SOL_SOCKET, getattr(stdlib, name), value)
        return socket

    def pair(self, **options: int) -> tuple[Any, Any]:
        """A client and the server's end."""
        listener = self.listener(**options)
        client = self.new(**options)
        client.settimeout(None)
        client.connect(listener.getsockname())
        client.settimeout(5)
        server, _ = listener.accept()
        server.settimeout(5)
        self._open.append(server)
        return client, server

    def until_readable(self, socket: Any) -> None:
        """Waits for what is on its way inside the kernel."""
        assert self.select([socket], [], [], 5)[0]

    def close(self) -> None:
        for socket in self._open:
            socket.close()


@pytest.fixture(params=["linux", "ours"])
def net(request: pytest.FixtureRequest) -> Iterator[Net]:
    made = Net(stdlib.socket, select.select) if request.param == "linux" else Net(Socket, selector.select)
    yield made
    made.close()


def fails(call: Callable[[], Any]) -> tuple[type[BaseException], int | None, str]:
    """What a call raises: its kind, its number, its text."""
    with pytest.raises((OSError, TypeError, OverflowError)) as caught:
        call()
    return type(caught.value), getattr(caught.value, "errno", None), str(caught.value)


def blocking(socket: Any) -> Any:
    """The socket, without a timeout: with one, Linux first waits for what then fails."""
    socket.settimeout(None)
    return socket


def test_bytes_arrive_in_order_and_in_whatever_pieces_they_are_read(net: Net) -> None:
    client, server = net.pair()
    client.sendall(b"good ")
    client.sendall(b"morning")
    net.until_readable(server)
    assert server.recv(4, stdlib.MSG_PEEK) == b"good"
    assert [server.recv(4), server.recv(1)] == [b"good", b" "]
    buffer = bytearray(3)
    assert server.recv_into(buffer) == 3
    assert buffer == b"mor"
    assert server.makefile("rb").read(4) == b"ning"


def test_an_end_that_writes_no_more_can_still_read(net: Net) -> None:
    client, server = net.pair()
    client.sendall(b"all I have")
    client.shutdown(stdlib.SHUT_WR)
    net.until_readable(server)
    assert [server.recv(100), server.recv(100), server.recv(100)] == [b"all I have", b"", b""]
    server.sendall(b"thanks")
    net.until_readable(client)
    assert client.recv(100) == b"thanks"
    assert fails(lambda: client.send(b"more")) == (BrokenPipeError, errno.EPIPE, "[Errno 32] Broken pipe")


def test_an_end_that_reads_no_more_still_gets_what_comes(net: Net) -> None:
    client, server = net.pair()
    client.sendall(b"abc")
    net.until_readable(server)
    server.shutdown(stdlib.SHUT_RD)
    assert [server.recv(100), server.recv(100)] == [b"abc", b""]
    client.sendall(b"def")
    deadline = time.monotonic() + 5
    while (found := server.recv(100)) == b"" and time.monotonic() < deadline:
        time.sleep(0.001)
    assert found == b"def"


def test_closing_with_unread_bytes_resets_the_connection(net: Net) -> None:
    client, server = net.pair()
    client.sendall(b"nobody reads this")
    net.until_readable(server)
    server.close()
    net.until_readable(client)
    reset = (ConnectionResetError, errno.ECONNRESET, "[Errno 104] Connection reset by peer")
    assert fails(lambda: client.recv(100)) == reset
    assert client.recv(100) == b""
    assert fails(lambda: client.send(b"x"))[0] is BrokenPipeError


def test_closing_without_lingering_resets_the_connection(net: Net) -> None:
    client, server = net.pair()
    server.setsockopt(stdlib.SOL_SOCKET, stdlib.SO_LINGER, struct.pack("ii", 1, 0))
    server.close()
    net.until_readable(client)
    assert client.getsockopt(stdlib.SOL_SOCKET, stdlib.SO_ERROR) == errno.ECONNRESET
    assert client.getsockopt(stdlib.SOL_SOCKET, stdlib.SO_ERROR) == 0


def test_who_writes_to_an_end_that_is_gone_learns_it_the_second_time(net: Net) -> None:
    client, server = net.pair()
    server.close()
    net.until_readable(client)
    assert client.recv(100) == b""
    assert client.send(b"is anybody there?") == 17
    deadline = time.monotonic() + 5
    with pytest.raises(BrokenPipeError):
        while time.monotonic() < deadline:
            client.send(b"hello?")
            time.sleep(0.001)


def test_connecting_where_nobody_listens_is_refused(net: Net) -> None:
    gone = net.listener()
    address = gone.getsockname()
    gone.close()
    refused = (ConnectionRefusedError, errno.ECONNREFUSED, "[Errno 111] Connection refused")
    assert fails(lambda: net.new().connect(address)) == refused
    later = net.new()
    later.setblocking(False)
    assert later.connect_ex(address) == errno.EINPROGRESS
    assert net.select([], [later], [], 5)[1] == [later]
    assert later.getsockopt(stdlib.SOL_SOCKET, stdlib.SO_ERROR) == errno.ECONNREFUSED


def test_a_port_belongs_to_one(net: Net) -> None:
    first = net.listener()
    address = first.getsockname()
    in_use = (OSError, errno.EADDRINUSE, "[Errno 98] Address already in use")
    for options in ({}, {"SO_REUSEADDR": 1}):
        assert fails(lambda options=options: net.new(**options).bind(address)) == in_use  # type: ignore[misc]
    assert fails(lambda: net.new().bind(("0.0.0.0", address[1]))) == in_use
    net.new().bind(("127.0.0.2", address[1]))
    first.close()
    net.new(SO_REUSEADDR=1).bind(address)


def test_several_may_share_a_port_where_all_agree(net: Net) -> None:
    first = net.listener(SO_REUSEPORT=1)
    second = net.new(SO_REUSEPORT=1)
    second.bind(first.getsockname())
    second.listen()
    assert fails(lambda: net.new().bind(first.getsockname()))[1] == errno.EADDRINUSE


def test_a_port_is_free_again_when_its_server_is_gone_though_a_connection_lives(net: Net) -> None:
    listener = net.listener(SO_REUSEADDR=1)
    address = listener.getsockname()
    client = net.new()
    client.connect(address)
    server, _ = listener.accept()
    listener.close()
    again = net.new(SO_REUSEADDR=1)
    again.bind(address)
    again.listen()
    server.close()


@pytest.mark.parametrize("size", [16_384, 65_536])
def test_buffers_fill_up_at_about_the_size_they_were_given(net: Net, size: int) -> None:
    client, server = net.pair(SO_SNDBUF=size, SO_RCVBUF=size)
    assert client.getsockopt(stdlib.SOL_SOCKET, stdlib.SO_SNDBUF) == 2 * size
    sent = _filled(net, client)
    assert 2 * size < sent < 6 * size
    assert net.select([], [client], [], 0)[1] == []
    read = 0
    while not net.select([], [client], [], 0.05)[1]:
        read += len(server.recv(4096))
    assert read <= sent
    assert client.send(b"x" * size) > 0


def test_buffers_hold_megabytes_where_nobody_says_otherwise(net: Net) -> None:
    client, _ = net.pair()
    assert 1_000_000 < _filled(net, client) < 10_000_000


def _filled(net: Net, client: Any) -> int:
    client.setblocking(False)
    sent = 0
    while net.select([], [client], [], 0.2)[1]:
        with contextlib.suppress(BlockingIOError):
            sent += client.send(b"x" * 4096)
    return sent


def test_waiting_for_bytes_ends_as_the_timeout_says(net: Net) -> None:
    client, _ = net.pair()
    client.settimeout(0.01)
    assert fails(lambda: client.recv(1)) == (TimeoutError, None, "timed out")
    client.setblocking(False)
    busy = (BlockingIOError, errno.EAGAIN, "[Errno 11] Resource temporarily unavailable")
    assert fails(lambda: client.recv(1)) == busy
    listener = net.listener()
    listener.setblocking(False)
    assert fails(listener.accept) == busy


@pytest.mark.parametrize(
    "wrong",
    [
        lambda net: blocking(net.pair()[0]).connect(("127.0.0.1", 1)),
        lambda net: net.new().recv(1),
        lambda net: net.new().send(b"x"),
        lambda net: net.new().accept(),
        lambda net: net.new().shutdown(stdlib.SHUT_RDWR),
        lambda net: net.new().getpeername(),
        lambda net: net.listener().bind(("127.0.0.1", 0)),
        lambda net: blocking(net.listener()).send(b"x"),
        lambda net: net.pair()[0].listen(),
        lambda net: blocking(net.pair()[0]).accept(),
        lambda net: net.new().bind(("10.1.2.3", 0)),
        lambda net: net.new().connect(("127.0.0.1", 99_999)),
        lambda net: net.new().bind(("127.0.0.1", -1)),
        lambda net: net.new().connect("127.0.0.1"),
        lambda net: net.new().connect(("127.0.0.1",)),
        lambda net: net.new().connect((1, 2)),
        lambda net: net.new().bind(("127.0.0.1", "80")),
    ],
)
def test_what_is_wrong_is_said_in_the_words_of_linux(wrong: Callable[[Net], Any]) -> None:
    nets = Net(stdlib.socket, select.select), Net(Socket, selector.select)
    try:
        linux, ours = (fails(lambda each=each: wrong(each)) for each in nets)  # type: ignore[misc]
        assert ours == linux
    finally:
        for each in nets:
            each.close()


def test_a_closed_socket_does_nothing_more(net: Net) -> None:
    client, _ = net.pair()
    text = repr(client)
    assert "laddr=('127.0.0.1', " in text
    assert "raddr=('127.0.0.1', " in text
    client.close()
    assert client.fileno() == -1
    assert "[closed]" in repr(client)
    for call in (lambda: client.recv(1), lambda: client.send(b"x"), client.getsockname):
        assert fails(call) == (OSError, errno.EBADF, "[Errno 9] Bad file descriptor")


def test_a_socket_that_nobody_has_any_more_is_closed_with_a_warning(net: Net) -> None:
    client, server = net.pair()
    net._open.remove(client)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        del client
        gc.collect()
    (warning,) = caught
    assert warning.category is ResourceWarning
    assert str(warning.message).startswith("unclosed <socket.socket fd=") or "unclosed <runnable" in str(
        warning.message
    )
    net.until_readable(server)
    assert server.recv(1) == b""


# What only ours does.


@pytest.fixture
def alone() -> Iterator[Network]:
    there = Socket.network
    old = there.alone
    there.alone = lambda: True
    yield there
    there.alone = old


@pytest.mark.usefixtures("alone")
def test_a_call_that_nobody_could_end_says_so_instead_of_waiting_for_ever() -> None:
    net = Net(Socket, selector.select)
    client, _ = net.pair()
    client.settimeout(None)
    assert fails(lambda: client.recv(1)) == (
        OSError,
        errno.EDEADLK,
        "[Errno 35] this call would wait for ever: the other end is in the same program, which does nothing else "
        "while a call waits. There are no threads here; use asyncio, or give the socket a timeout",
    )
    net.close()


UNREACHABLE = (
    "this program runs on a network of its own, in which there is nothing but the servers that it starts itself"
)


def test_the_world_outside_is_told_to_be_out_of_reach() -> None:
    with Socket() as socket:
        assert fails(lambda: socket.connect(("93.184.216.34", 80))) == (
            OSError,
            errno.ENETUNREACH,
            f"[Errno 101] Network is unreachable: 93.184.216.34; {UNREACHABLE}",
        )
    unknown = f"[Errno -2] Name or service not known: “example.org”; {UNREACHABLE}"
    for call in (lambda: network.getaddrinfo("example.org", 443), lambda: network.gethostbyname("example.org")):
        assert fails(call)[::2] == (stdlib.gaierror, unknown)


def test_there_are_no_datagrams() -> None:
    with Socket(stdlib.AF_INET, stdlib.SOCK_DGRAM) as socket:
        assert fails(lambda: socket.sendto(b"x", ("127.0.0.1", 1))) == (
            OSError,
            errno.EPROTONOSUPPORT,
            f"[Errno 93] there are no datagrams here, only connections: {UNREACHABLE}",
        )


def test_names_and_numbers_of_this_machine_are_known() -> None:
    tcp = (stdlib.SOCK_STREAM, stdlib.IPPROTO_TCP, "")
    assert network.getaddrinfo("localhost", "http") == [(stdlib.AF_INET, *tcp, ("127.0.0.1", 80))]
    assert network.getaddrinfo("::1", 8080) == [(stdlib.AF_INET6, *tcp, ("::1", 8080, 0, 0))]
    assert network.gethostbyname("localhost") == "127.0.0.1"
    assert network.getnameinfo(("127.0.0.1", 80), 0) == ("127.0.0.1", "80")


def test_a_server_for_ipv6_takes_ipv4_unless_it_says_otherwise() -> None:
    with Socket(stdlib.AF_INET6) as server, Socket() as client:
        server.bind(("::", 0))
        server.listen()
        client.connect(("127.0.0.1", server.getsockname()[1]))
        accepted, address = server.accept()
        assert address[0] == "::ffff:127.0.0.1"
        accepted.close()
    with Socket(stdlib.AF_INET6) as server, Socket() as client:
        server.setsockopt(stdlib.IPPROTO_IPV6, stdlib.IPV6_V6ONLY, 1)
        server.bind(("::", 0))
        server.listen()
        with pytest.raises(ConnectionRefusedError):
            client.connect(("127.0.0.1", server.getsockname()[1]))
