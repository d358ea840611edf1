import asyncio

prices = {}


async def fetch(item):
    await asyncio.sleep(len(item) / 10)
    return len(item)


async def update(item):
    price = await fetch(item)
    prices[item] = price
    print(f"{item}: {price}")


async def main():
    await asyncio.gather(*[update(item) for item in ["tea", "milk", "sugar"]])
    print("all:", prices)


asyncio.run(main())
