# /// script
# [tool.runnable]
# exit = 1
# ///
import asyncio


async def fetch_price(item):
    await asyncio.sleep(0.5)
    return 4


def price(item):
    return asyncio.run(fetch_price(item))


async def main():
    print("asking for a price")
    print("tea costs", price("tea"))


asyncio.run(main())
