"""What only one program may have at a time: a fixed port, a service."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import socket
import sys
import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from runnable.group import describe


class Claims:
    """The claims of the programs of one build against each other: first come, first served."""

    def __init__(self) -> None:
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @contextlib.asynccontextmanager
    async def queued(self, names: Iterable[str]) -> AsyncIterator[None]:
        """Holds all of `names`, as in `port-8080`."""
        async with contextlib.AsyncExitStack() as stack:
            # In the same order everywhere, so that no two wait for each other.
            for name in sorted(set(names)):
                await stack.enter_async_context(self._locks[name])
            yield


@contextlib.asynccontextmanager
async def held(names: Iterable[str]) -> AsyncIterator[None]:
    """Holds all of `names` against the other builds of this user on this machine."""
    async with contextlib.AsyncExitStack() as stack:
        for name in sorted(set(names)):
            lock = FileLock(_folder() / f"{name}.lock", thread_local=False)
            await _acquire(lock)
            stack.callback(lock.release)
        yield


def _folder() -> Path:
    # One for each user: in a folder of another nobody may write.
    user = os.getuid() if sys.platform != "win32" else os.environ.get("USERNAME", "")
    folder = Path(tempfile.gettempdir()) / f"runnable-claims-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


async def _acquire(lock: FileLock) -> None:
    while True:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            await asyncio.sleep(0.02)
        else:
            return


# Where the programs of the guide listen; the port of another address is another port.
_LOOPBACKS = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


def port_holder(port: int) -> str | None:
    """Who listens on the TCP port on this machine, as `name (command)`; None where it is free."""
    if not any(_is_taken(family, host, port) for family, host in _LOOPBACKS):
        return None
    with contextlib.suppress(psutil.Error):
        for connection in psutil.net_connections("tcp"):
            here = connection.laddr.port if connection.laddr else None
            if connection.status == psutil.CONN_LISTEN and here == port and connection.pid:
                return describe(psutil.Process(connection.pid))
    return "a process that this user cannot see"


def _is_taken(family: socket.AddressFamily, host: str, port: int) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if sys.platform != "win32":
                # A port whose last connections are still closing is free.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen(1)
    except OSError as error:
        # Other errors say that this machine has no such address, or that the program may not have this port.
        return error.errno == errno.EADDRINUSE
    return False


def answers(address: tuple[str, int]) -> bool:
    """Whether something listens at the address (host, port)."""
    try:
        with socket.create_connection(address, timeout=2):
            return True
    except OSError:
        return False
