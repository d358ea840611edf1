import asyncio
from unittest.mock import AsyncMock


class Counter:
    def __init__(self, read):
        self.read, self.total = read, 0

    async def add(self, amount):
        before = self.total
        await self.read()
        self.total = before + amount


async def two_at_once(read):
    counter = Counter(read)
    await asyncio.gather(counter.add(1), counter.add(1))
    return counter.total


async def one_turn():
    await asyncio.sleep(0)


async def main():
    print("a mock that returns at once:", await two_at_once(AsyncMock()))
    print("a mock that gives its turn away:", await two_at_once(AsyncMock(side_effect=one_turn)))


asyncio.run(main())
