import asyncio
import contextlib
import multiprocessing
import os
import signal
import socket
import urllib.request

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: %s\r\n\r\n"


# --8<-- [start:server]
async def serve(listening, work, ready):
    """Answers every request with what `work` returns; on SIGTERM it finishes what it has in hand."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    connections = set()

    async def answer(reader, writer):
        connections.add(asyncio.current_task())
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):  # The client may leave.
            last = False
            while not last:
                await reader.readuntil(b"\r\n\r\n")
                body = await work()
                last = stop.is_set()  # The client is to ask again on another connection.
                writer.write(HEAD % (len(body), b"close" if last else b"keep-alive") + body)
                await writer.drain()
        writer.close()
        connections.discard(asyncio.current_task())

    server = await asyncio.start_server(answer, sock=listening, backlog=1000)
    ready.set()
    await stop.wait()
    server.close()
    await asyncio.sleep(0.1)  # Who has connected this very moment gets a turn.
    if connections:
        await asyncio.wait(connections, timeout=2)  # Nobody may ask any more on some.


# --8<-- [end:server]


async def wait_a_little():
    await asyncio.sleep(0.02)
    return b"%d" % os.getpid()


def run(listening, work, ready):
    asyncio.run(serve(listening, work, ready))


@contextlib.contextmanager
def in_process(listening, work, run=run):
    """A server in a process of its own, which is told to end when the block ends."""
    ready = multiprocessing.Event()
    process = multiprocessing.Process(target=run, args=[listening, work, ready])
    process.start()
    ready.wait()
    try:
        yield process
    finally:
        process.terminate()
        process.join()


if __name__ == "__main__":
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        with in_process(listening, wait_a_little) as process:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}") as answer:
                print("answered by the server's process:", answer.read() == b"%d" % process.pid)
    print("exit status:", process.exitcode)
