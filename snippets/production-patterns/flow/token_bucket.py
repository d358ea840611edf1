import asyncio


class TokenBucket:
    def __init__(self, per_second, capacity):
        self.per_second, self.capacity = per_second, capacity
        self.tokens = capacity
        self.filled = asyncio.get_running_loop().time()
        self.turn = asyncio.Lock()

    def fill(self):
        now = asyncio.get_running_loop().time()
        dropped = (now - self.filled) * self.per_second
        self.tokens = min(self.capacity, self.tokens + dropped)
        self.filled = now

    async def take(self):
        async with self.turn:
            self.fill()
            if self.tokens < 1:
                await asyncio.sleep((1 - self.tokens) / self.per_second)
                self.fill()
            self.tokens -= 1


async def call(number, limit):
    await limit.take()
    print("call", number)


async def main():
    limit = TokenBucket(per_second=6, capacity=3)
    await asyncio.sleep(0.4)
    async with asyncio.TaskGroup() as group:
        for number in range(1, 10):
            group.create_task(call(number, limit))


asyncio.run(main())
