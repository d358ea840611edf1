"""Claims: one holder at a time, here and in other builds, and who it is that has a port."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import psutil
import pytest

from runnable import claim
from runnable.claim import Claims, answers, held, port_holder
from runnable.group import describe


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


async def turns(*holders: AbstractAsyncContextManager[None]) -> list[str]:
    """What happens when all of these are entered at once, each for a few turns of the loop."""
    happened: list[str] = []

    async def one(name: str, holder: AbstractAsyncContextManager[None]) -> None:
        async with holder:
            happened.append(f"{name} has it")
            for _ in range(5):
                await asyncio.sleep(0)
            happened.append(f"{name} gives it back")

    async with asyncio.TaskGroup() as group:
        for name, holder in zip("abc", holders, strict=False):
            group.create_task(one(name, holder))
    return happened


def one_at_a_time(happened: list[str]) -> bool:
    return all(
        (now.split()[0], now[1:], then[1:]) == (then.split()[0], " has it", " gives it back")
        for now, then in zip(happened[::2], happened[1::2], strict=True)
    )


def test_in_one_build_the_first_to_come_is_the_first_to_have_it() -> None:
    async def main() -> list[str]:
        claims = Claims()
        return await turns(*(claims.queued(["port-1"]) for _ in range(3)))

    happened = asyncio.run(main())
    assert one_at_a_time(happened)
    assert [text[0] for text in happened] == list("aabbcc")


def test_who_claims_several_waits_for_all_of_them_and_nobody_for_each_other() -> None:
    async def main() -> list[str]:
        claims = Claims()
        return await turns(
            claims.queued(["port-1", "port-2"]), claims.queued(["port-2", "port-1"]), claims.queued(["port-3"])
        )

    happened = asyncio.run(asyncio.wait_for(main(), 30))
    assert happened.index("c has it") < happened.index("b has it")
    assert one_at_a_time([text for text in happened if text[0] in "ab"])


def test_against_other_builds_there_is_a_lock() -> None:
    async def main() -> list[str]:
        return await turns(held(["service-x", "service-x"]), held(["service-x"]), held([]))

    happened = asyncio.run(asyncio.wait_for(main(), 30))
    assert one_at_a_time([text for text in happened if text[0] in "ab"])


def test_who_waits_and_is_cancelled_holds_nothing() -> None:
    async def main() -> list[str]:
        claims = Claims()
        happened: list[str] = []

        async def wait(name: str) -> None:
            async with claims.queued([name]), held([name]):
                happened.append("never")

        async with claims.queued(["port-1"]), held(["port-1", "port-2"]):
            waiting = [asyncio.create_task(wait(name)) for name in ("port-1", "port-2")]
            for _ in range(10):
                await asyncio.sleep(0.01)
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
        async with claims.queued(["port-1", "port-2"]), held(["port-1", "port-2"]):
            happened.append("free")
        return happened

    assert asyncio.run(asyncio.wait_for(main(), 30)) == ["free"]


def test_a_build_that_is_killed_holds_nothing_any_more(tmp_path: Path) -> None:
    source = """
import asyncio
from runnable.claim import held
async def main():
    async with held(["port-1"]):
        print("has it", flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""
    variables = {**os.environ, "TMPDIR": str(tmp_path), "TEMP": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", source], env=variables, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "has it\n"

        async def try_it() -> bool:
            try:
                async with asyncio.timeout(0.2), held(["port-1"]):
                    return True
            except TimeoutError:
                return False

        assert not asyncio.run(try_it())
        other.kill()
        other.wait()

        async def have_it() -> bool:
            async with held(["port-1"]):
                return True

        assert asyncio.run(asyncio.wait_for(have_it(), 30))


# Ports


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def port_of(listening: socket.socket) -> int:
    return int(listening.getsockname()[1])


def test_the_holder_of_a_port_is_told(server: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    holder = port_holder(port_of(server))
    if sys.platform == "linux":
        assert holder == describe(psutil.Process())
    else:
        assert holder is not None
    monkeypatch.setattr(psutil, "net_connections", lambda kind: [])
    assert port_holder(port_of(server)) == "a process that this user cannot see"


def test_a_free_port_has_no_holder(server: socket.socket) -> None:
    port = port_of(server)
    server.close()
    assert port_holder(port) is None


@pytest.mark.skipif(sys.platform == "win32", reason="there a port is free only when its connections are gone")
def test_a_port_whose_last_connections_are_still_closing_is_free(server: socket.socket) -> None:
    port = port_of(server)
    with socket.create_connection(("127.0.0.1", port)) as client:
        connection, _ = server.accept()
        connection.close()  # First on the server's side: that is the one which then waits.
        assert client.recv(1) == b""
    server.close()
    assert port_holder(port) is None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a port of all addresses may be shared with one of them")
def test_a_port_of_all_addresses_or_of_ipv6_is_taken_too() -> None:
    with socket.create_server(("", 0)) as listening:
        assert port_holder(port_of(listening)) is not None
    if not socket.has_dualstack_ipv6():
        pytest.skip("this machine has no IPv6")
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as listening:
        assert port_holder(port_of(listening)) is not None


def test_a_port_that_one_may_not_have_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    class Forbidden(socket.socket):
        def bind(self, address: object) -> None:
            raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(claim.socket, "socket", Forbidden)
    assert port_holder(80) is None


def test_an_address_answers_or_not(server: socket.socket) -> None:
    port = port_of(server)
    assert answers(("127.0.0.1", port))
    server.close()
    assert not answers(("127.0.0.1", port))
