import asyncio


async def fetch_price(item):
    await asyncio.sleep(0.5)
    return 4


async def price(item):
    return await fetch_price(item)


async def main():
    print("asking for a price")
    print("tea costs", await price("tea"))


asyncio.run(main())
