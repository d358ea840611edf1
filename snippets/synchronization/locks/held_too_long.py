import asyncio

prices = {}


async def fetch(item):
    await asyncio.sleep(len(item) / 10)
    return len(item)


async def update(lock, item):
    async with lock:
        prices[item] = await fetch(item)
        print(f"{item}: {prices[item]}")


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(*[update(lock, item) for item in ["tea", "milk", "sugar"]])
    print("all:", prices)


asyncio.run(main())
