"""asyncio on our network: what its own transports and servers do there is what they do over loopback."""

from __future__ import annotations

import asyncio
import select
import selectors
import socket
import sys
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from runnable.browser import network, selector
from runnable.browser.loop import Loop
from runnable.browser.selector import Selector

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="compares with Linux")
Run = Callable[[Awaitable[Any]], Any]


@pytest.fixture(params=["stock", "ours"])
def run(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs a coroutine, on the stock loop over Linux's loopback or on ours."""
    factory: Any = asyncio.SelectorEventLoop
    if request.param == "ours":
        for name, value in network.replacements().items():
            monkeypatch.setattr(socket, name, value)
        monkeypatch.setattr(select, "select", selector.select)
        monkeypatch.setattr(selectors, "DefaultSelector", Selector)
        factory = Loop
    with asyncio.Runner(loop_factory=factory) as runner:
        yield lambda coroutine: runner.run(asyncio.wait_for(coroutine, 20))  # type: ignore[arg-type]


async def served(handle: Any) -> tuple[asyncio.Server, int]:
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    return server, server.sockets[0].getsockname()[1]


def test_a_reader_sees_the_end_and_may_still_answer(run: Run) -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"heard " + await reader.read())
        writer.close()
        await writer.wait_closed()

    async def main() -> bytes:
        server, port = await served(handle)
        async with server:
            reader, writer = await asyncio.open_connection("localhost", port)
            writer.write(b"all")
            writer.write_eof()
            answer = await reader.read()
            writer.close()
            await writer.wait_closed()
            return answer

    assert run(main()) == b"heard all"


def test_a_slow_reader_makes_the_writer_wait(run: Run) -> None:
    async def main() -> tuple[bool, bool, int]:
        go = asyncio.Event()
        received = 0

        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal received
            await go.wait()
            while data := await reader.read(1 << 20):
                received += len(data)
            writer.close()

        server, port = await served(handle)
        async with server:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"x" * 30_000_000)
            drained = asyncio.create_task(writer.drain())
            await asyncio.sleep(0.1)
            waits = not drained.done() and writer.transport.get_write_buffer_size() > 10_000_000
            go.set()
            await drained
            empty = writer.transport.get_write_buffer_size() <= 65_536
            writer.write_eof()
            await reader.read()
            writer.close()
            return waits, empty, received

    assert run(main()) == (True, True, 30_000_000)


def test_an_abort_with_unread_bytes_resets_the_other_end(run: Run) -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reader._transport.pause_reading()  # type: ignore[attr-defined]
        await asyncio.sleep(0.1)
        writer.transport.abort()

    async def main() -> str:
        server, port = await served(handle)
        async with server:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"unread" * 100_000)
            try:
                await reader.read()
                await writer.drain()
            except ConnectionError as error:
                return type(error).__name__
            finally:
                writer.close()
        return "nothing"

    assert run(main()) == "ConnectionResetError"


def test_nobody_there_and_somebody_there_already(run: Run) -> None:
    async def main() -> tuple[str, str]:
        server, port = await served(lambda reader, writer: writer.close())
        async with server:
            with pytest.raises(OSError, match="address already in use") as taken:
                await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", port)
        with pytest.raises(ConnectionRefusedError) as refused:
            await asyncio.open_connection("127.0.0.1", port)
        return str(taken.value).replace(str(port), "PORT"), str(refused.value).replace(str(port), "PORT")

    repeated = "[errno 98] " if sys.version_info >= (3, 13) else ""
    assert run(main()) == (
        f"[Errno 98] error while attempting to bind on address ('127.0.0.1', PORT): {repeated}address already in use",
        "[Errno 111] Connect call failed ('127.0.0.1', PORT)",
    )


def test_a_wait_for_a_connection_can_time_out_and_be_cancelled(run: Run) -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await asyncio.sleep(3600)
        finally:
            writer.close()

    async def main() -> tuple[bool, bool]:
        server, port = await served(handle)
        async with server:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05):
                    await reader.read()
            waiting = asyncio.create_task(reader.read())
            await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            writer.close()
            await writer.wait_closed()
            return writer.is_closing(), server.is_serving()

    assert run(main()) == (True, True)


def test_low_level_calls_work_on_plain_sockets(run: Run) -> None:
    async def main() -> bytes:
        loop = asyncio.get_running_loop()
        listener, client = socket.socket(), socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        for each in (listener, client):
            each.setblocking(False)
        accepting = asyncio.create_task(loop.sock_accept(listener))
        await loop.sock_connect(client, listener.getsockname())
        server, address = await accepting
        assert address == client.getsockname()
        await loop.sock_sendall(client, b"good morning")
        found = await loop.sock_recv(server, 100)
        for each in (listener, client, server):
            each.close()
        return found

    assert run(main()) == b"good morning"


def test_tasks_are_numbered_from_the_first_of_the_run() -> None:
    Loop.names = iter(range(1, 100))  # type: ignore[assignment]

    async def main() -> list[str]:
        tasks = [asyncio.create_task(asyncio.sleep(0), name=name) for name in (None, "tea", None)]
        await asyncio.wait(tasks)
        current = asyncio.current_task()
        assert current is not None
        return [current.get_name(), *(task.get_name() for task in tasks)]

    # Until 3.12 a task took a number before it got its name.
    last = "Task-3" if sys.version_info >= (3, 12) else "Task-4"
    with pytest.MonkeyPatch.context() as patch, asyncio.Runner(loop_factory=lambda: Loop(Selector())) as runner:
        patch.setattr(socket, "socketpair", network.socketpair)
        assert runner.run(main()) == ["Task-1", "Task-2", "tea", last]
