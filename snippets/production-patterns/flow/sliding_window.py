import asyncio
from collections import deque


class SlidingWindow:
    def __init__(self, calls, seconds):
        self.seconds = seconds
        self.latest = deque(maxlen=calls)
        self.turn = asyncio.Lock()

    async def take(self):
        now = asyncio.get_running_loop().time
        async with self.turn:
            if len(self.latest) == self.latest.maxlen:
                await asyncio.sleep(self.latest[0] + self.seconds - now())
            self.latest.append(now())


async def call(number, limit):
    await limit.take()
    print("call", number)


async def main():
    limit = SlidingWindow(calls=3, seconds=0.5)
    await asyncio.sleep(0.4)
    async with asyncio.TaskGroup() as group:
        for number in range(1, 10):
            group.create_task(call(number, limit))


asyncio.run(main())
