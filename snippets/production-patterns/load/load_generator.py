import asyncio
import statistics
import time


class Load:
    """What `users` users did, each of whom asks again as soon as it has its answer."""

    def __init__(self):
        self.latencies, self.answers, self.failures = [], [], []

    async def ask(self, reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise ConnectionError(head.partition(b"\r\n")[0].decode())
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        self.answers.append((await reader.readexactly(length)).decode())
        return b"connection: close" in head.lower()

    async def user(self, port, end):
        writer = None
        while time.perf_counter() < end:
            began = time.perf_counter()
            try:
                if writer is None:
                    reader, writer = await asyncio.open_connection("127.0.0.1", port)
                last = await self.ask(reader, writer)
                self.latencies.append(time.perf_counter() - began)
            except (OSError, EOFError) as error:
                self.failures.append(type(error).__name__)
                last = True
            if last and writer is not None:
                writer.close()
                writer = None
        if writer is not None:
            writer.close()

    async def run(self, port, users, seconds):
        end = time.perf_counter() + seconds
        await asyncio.gather(*(self.user(port, end) for _ in range(users)))
        cuts = statistics.quantiles(self.latencies, n=100)
        per_second = round(len(self.latencies) / seconds)
        return {"per second": per_second, "p50": cuts[49], "p95": cuts[94], "p99": cuts[98]}
