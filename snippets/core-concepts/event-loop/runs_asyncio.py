import asyncio
import time


class Loop(asyncio.AbstractEventLoop):
    def __init__(self):
        self.ready = []
        self.timers = []

    def time(self):
        return time.monotonic()

    def get_debug(self):
        return False

    def create_future(self):
        return asyncio.Future(loop=self)

    def create_task(self, coroutine, **options):
        return asyncio.Task(coroutine, loop=self, **options)

    def call_soon(self, callback, *args, context=None):
        self.ready.append(asyncio.Handle(callback, args, self, context))
        return self.ready[-1]

    def call_later(self, delay, callback, *args, context=None):
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(self, when, callback, *args, context=None):
        handle = asyncio.Handle(callback, args, self, context)
        self.timers.append((when, handle))
        self.timers.sort(key=lambda timer: timer[0])
        return handle

    def run_until_complete(self, coroutine):
        asyncio._set_running_loop(self)
        task = self.create_task(coroutine)
        while not task.done():
            if not self.ready:
                time.sleep(max(0, self.timers[0][0] - self.time()))
            while self.timers and self.timers[0][0] <= self.time():
                self.ready.append(self.timers.pop(0)[1])
            for _ in range(len(self.ready)):
                handle = self.ready.pop(0)
                if not handle.cancelled():
                    handle._run()
        asyncio._set_running_loop(None)
        return task.result()


# --8<-- [start:main]
async def brew(drink, seconds):
    await asyncio.sleep(seconds)
    print(f"{drink}: ready")


async def main():
    await asyncio.gather(brew("tea", 0.4), brew("coffee", 0.2))
    try:
        async with asyncio.timeout(0.3):
            await brew("cocoa", 60)
    except TimeoutError:
        print("cocoa: too slow")


Loop().run_until_complete(main())
# --8<-- [end:main]
