# /// script
# [tool.runnable]
# alone = true
# timeout = 60
# ///
import asyncio
import json
import socket
import statistics
import time

from http_server import in_process, wait_a_little


# --8<-- [start:generator]
class Load:
    """What some users met with. Each of them asks again as soon as it has its answer."""

    def __init__(self):
        self.asked, self.seconds, self.latencies, self.bodies = 0, 0, [], []

    async def ask(self, reader, writer):
        """Returns whether the connection can be used again."""
        began = time.perf_counter()
        self.asked += 1
        writer.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = head.partition(b"content-length: ")[2].partition(b"\r\n")[0]
        self.bodies.append((await reader.readexactly(int(length))).decode())
        self.latencies.append(time.perf_counter() - began)
        return b"connection: close" not in head

    async def user(self, port, over):
        while not over():
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                while await self.ask(reader, writer) and not over():
                    pass
            except (OSError, asyncio.IncompleteReadError):
                pass  # Asked, and not answered.
            finally:
                writer.close()

    async def run(self, port, users, over):
        began = time.perf_counter()
        await asyncio.gather(*(self.user(port, over) for _ in range(users)))
        self.seconds = time.perf_counter() - began

    def figures(self):
        cuts = statistics.quantiles(self.latencies, n=100, method="inclusive")
        answered = len(self.bodies)
        counts = {"answered": answered, "lost": self.asked - answered, "per_second": round(answered / self.seconds, 1)}
        return counts | {f"p{percent}": round(cuts[percent - 1], 5) for percent in (50, 95, 99)}


def measured(port, users, seconds):
    load, end = Load(), time.perf_counter() + seconds
    asyncio.run(load.run(port, users, lambda: time.perf_counter() > end))
    return load


# --8<-- [end:generator]


if __name__ == "__main__":
    with socket.create_server(("127.0.0.1", 0)) as listening, in_process(listening, wait_a_little):
        port = listening.getsockname()[1]
        for users in (1, 10, 50, 200):
            print(json.dumps({"users": users} | measured(port, users, 0.4).figures()))
