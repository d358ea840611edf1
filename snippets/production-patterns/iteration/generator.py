import asyncio

PAGES = [["Ana", "Ben"], ["Cleo", "Dan"], []]


async def fetch_page(number):
    await asyncio.sleep(0.3)
    print("fetched page", number)
    return PAGES[number]


async def members():
    number = 0
    while page := await fetch_page(number):
        for name in page:
            yield name
        number += 1


async def main():
    async for name in members():
        print(name)
    print([name[0] async for name in members()])


asyncio.run(main())
