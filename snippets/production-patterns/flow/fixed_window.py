import asyncio


class FixedWindow:
    def __init__(self, calls, seconds):
        self.calls, self.seconds = calls, seconds
        self.ends = asyncio.get_running_loop().time() + seconds
        self.used = 0
        self.turn = asyncio.Lock()

    async def take(self):
        now = asyncio.get_running_loop().time
        async with self.turn:
            if self.used == self.calls and now() < self.ends:
                await asyncio.sleep(self.ends - now())
            while now() >= self.ends:
                self.ends += self.seconds
                self.used = 0
            self.used += 1


async def call(number, limit):
    await limit.take()
    print("call", number)


async def main():
    limit = FixedWindow(calls=3, seconds=0.5)
    await asyncio.sleep(0.4)
    async with asyncio.TaskGroup() as group:
        for number in range(1, 10):
            group.create_task(call(number, limit))


asyncio.run(main())
