import asyncio
import threading
import time


class Background:
    """A loop in a thread of its own, for code that cannot await."""

    def __enter__(self):
        self.ready = threading.Event()
        self.thread = threading.Thread(target=asyncio.run, args=[self.serve()])
        self.thread.start()
        self.ready.wait()
        return self

    async def serve(self):
        self.loop, self.stop = asyncio.get_running_loop(), asyncio.Event()
        self.ready.set()
        await self.stop.wait()

    def submit(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop)

    def __exit__(self, *error):
        self.loop.call_soon_threadsafe(self.stop.set)
        self.thread.join()


async def price(item):
    await asyncio.sleep(0.3)
    return len(item)


with Background() as background:
    items = ["tea", "sugar", "butter"]
    futures = [background.submit(price(item)) for item in items]
    time.sleep(0.1)
    print("something else meanwhile")
    print([future.result() for future in futures])
