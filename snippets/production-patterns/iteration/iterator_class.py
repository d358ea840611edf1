import asyncio

PAGES = [["Ana", "Ben"], ["Cleo", "Dan"], []]


async def fetch_page(number):
    await asyncio.sleep(0.3)
    print("fetched page", number)
    return PAGES[number]


class Members:
    def __init__(self):
        self.number = 0
        self.names = iter(())

    def __aiter__(self):
        return self

    async def __anext__(self):
        for name in self.names:
            return name
        page = await fetch_page(self.number)
        if not page:
            raise StopAsyncIteration
        self.number += 1
        self.names = iter(page)
        return next(self.names)


async def main():
    async for name in Members():
        print(name)


asyncio.run(main())
