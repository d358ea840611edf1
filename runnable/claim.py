"""What only one program may have at a time: a fixed port, a service."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from runnable.process import describe
from runnable.project import Service


@contextlib.asynccontextmanager
async def held(names: Iterable[str]) -> AsyncIterator[None]:
    """Holds all of `names`, as in `port-8080`, against every other program on this machine, also of other builds."""
    folder = Path(tempfile.gettempdir()) / "runnable-claims"
    folder.mkdir(exist_ok=True)
    async with contextlib.AsyncExitStack() as stack:
        # In the same order everywhere, so that no two builds wait for each other.
        for name in sorted(set(names)):
            lock = FileLock(folder / f"{name}.lock", thread_local=False)
            await _acquire(lock)
            stack.callback(lock.release)
        yield


async def _acquire(lock: FileLock) -> None:
    while True:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            await asyncio.sleep(0.02)
        else:
            return


def port_holder(port: int) -> str | None:
    """Who listens on the TCP port on this machine, as `name (command)`; None where it is free."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":
            # A port whose last connections are still closing is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except OSError:
            pass
        else:
            return None
    with contextlib.suppress(psutil.Error):
        for connection in psutil.net_connections("tcp"):
            here = connection.laddr.port if connection.laddr else None
            if connection.status == psutil.CONN_LISTEN and here == port and connection.pid:
                return describe(psutil.Process(connection.pid))
    return "a process that this user cannot see"


def answers(service: Service) -> bool:
    """Whether something listens at the service's address."""
    try:
        with socket.create_connection(service.address, timeout=2):
            return True
    except OSError:
        return False
