import asyncio


async def fetch_price(item):
    await asyncio.sleep(0.8)
    return 4


def price(item):
    return asyncio.run(fetch_price(item))


async def tick():
    for number in range(1, 4):
        await asyncio.sleep(0.6)
        print("tick", number)


async def main():
    ticking = asyncio.create_task(tick())
    print("tea costs", await asyncio.to_thread(price, "tea"))
    await ticking


asyncio.run(main())
